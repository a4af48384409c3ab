"""A chart as a report keeps it: the pictures themselves, with their words and figures."""

import re
from collections.abc import Mapping
from typing import Any

from kit import charts
from kit.charts.notes import SHORT

TAG = re.compile(rb"<[a-z][^>]*>")
# Said of the parts of the picture, where the picture has one text of its own; and what only the web needs.
PART_WORDS = re.compile(rb' (?:class|role|aria-[a-z]+)="[^"]*"')
STYLE = re.compile(rb"<style>.*?</style>", re.DOTALL)
PICTURES = ("svg", "narrow")


def drawn(chart: charts.Chart, *, pictures: bool) -> dict[str, Any] | None:
    """Alternative text, finding, notes and table, with the wide picture and the narrow one; nothing of an empty chart.

    Without pictures `key` tells whether they would be the same.
    """
    if chart.empty:
        return None
    return _words(chart) | ({"svg": _svg(chart.spec), "narrow": _svg(chart.narrow)} if pictures else {})


def undrawn(body: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A report without its pictures, to compare with one that was made without them."""
    if body is None:
        return None
    counts, measures = body["counts"], body["measures"]
    return {
        **body,
        "counts": {**counts, "chart": _without(counts["chart"])},
        "measures": {**measures, "charts": [_without(each) for each in measures["charts"]]},
    }


def _words(chart: charts.Chart) -> dict[str, Any]:
    return {
        "key": charts.digest(chart.spec),
        "title": chart.headline,
        "subtitle": chart.subtitle,
        "alt": chart.alt,
        "finding": chart.finding,
        "notes": list(chart.notes),
        "headings": list(chart.headings),
        "rows": [list(row) for row in chart.rows],
        "marks": _marks(chart),
    }


def _without(chart: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return chart and {key: value for key, value in chart.items() if key not in PICTURES}


def _svg(spec: dict[str, Any]) -> str:
    return bare(charts.svg(spec))


def _marks(chart: charts.Chart) -> str:
    """What the marks in the table's cells mean, of those that occur."""
    cells = [cell for row in chart.rows for cell in row]
    return ", ".join(f"{mark} {status}" for status, mark in SHORT.items() if any(each.endswith(mark) for each in cells))


def bare(svg: bytes) -> str:
    """The picture with presentation attributes only, so that it can stand in a page whose policy allows no styles.

    Its typeface is the page's and the document's own.
    """
    return TAG.sub(lambda tag: PART_WORDS.sub(b"", tag[0]), STYLE.sub(b"", svg)).decode()
