"""The board's actions and the decisions due from it in the PDF."""

from collections.abc import Mapping, Sequence
from typing import Any

from kit import reports
from kit.reports import Part

Data = Mapping[str, Any]


def actions(actions: Data) -> list[Part]:
    """The open actions with their dates and the last word on each."""
    found = [reports.heading("Actions of the board"), reports.prose(actions["said"])]
    if not actions["rows"]:
        return found
    rows = [[row["reference"], row["text"], row["owner"], _due(row), _stands(row)] for row in actions["rows"]]
    headings = ["Reference", "Action", "Owner", "Due", "How it stands"]
    return [*found, reports.table(headings, rows, widths=[4, 7, 5, 4, 6])]


def due(due: Data) -> list[Part]:
    """What the board is to decide at this meeting, and what waits to be ratified."""
    found = [reports.heading("Decisions due"), reports.prose(due["said"])]
    if due["items"]:
        rows: Sequence[Sequence[str]] = [[f"{number}. {title}", asked] for number, title, asked in due["items"]]
        found.append(reports.table(["Item", "What the board is asked"], rows, widths=[2, 3]))
    if due["ratify"]:
        found.append(reports.heading("To be ratified", 2))
        headings = ["Reference", "Taken on", "Decision", "Why it has to be ratified"]
        found.append(reports.table(headings, due["ratify"], widths=[4, 4, 7, 7]))
    return found


def _due(row: Data) -> str:
    return f"{row['due']}, first {row['first_due']}" if row["first_due"] else row["due"]


def _stands(row: Data) -> str:
    said = [row["stands"], f"{row['updated']}: {row['update']}" if row["update"] else "", row["silent"]]
    return "\n".join(filter(None, said))
