"""Measures and charts in the PDF."""

from collections.abc import Mapping
from typing import Any

from kit import reports
from kit.reports import Part

Data = Mapping[str, Any]


def measures(measures: Data) -> list[Part]:
    """The table, and the charts that go with it."""
    found = [reports.heading("Measures")]
    if not measures["rows"]:
        return [*found, reports.prose("Nothing is measured yet.")]
    rows = [
        [row["measure"], row["commitments"], row["latest"], noted(*row["verdict"][1:]), "\n".join(row["sentences"])]
        for row in measures["rows"]
    ]
    headings = ["Measure", "For", "Latest figure", "Targets", "In words"]
    found += [reports.prose(measures["said"]), reports.table(headings, rows, widths=[5, 2, 4, 4, 11])]
    if measures["charts"]:
        found += [reports.heading("Charts"), reports.prose(measures["charts_said"])]
        found += [part for each in measures["charts"] for part in chart(each)]
    return found


def chart(chart: Data) -> list[Part]:
    """The picture with its words, then its figures."""
    said = "\n\n".join(filter(None, [chart["finding"], chart["subtitle"]]))
    found = [reports.heading(chart["title"], 2), reports.picture(chart["svg"].encode(), chart["alt"], said)]
    if chart["notes"]:
        found.append(reports.listing(chart["notes"]))
    found.append(reports.table(chart["headings"], chart["rows"]))
    return [*found, reports.prose(chart["marks"])] if chart["marks"] else found


def noted(word: str, beside: str) -> str:
    """A word with what has to be said under it."""
    return f"{word}\n{beside}" if beside else word
