"""A workbook once it is read: sheets of headings and rows, every cell as clean text. And how far reading goes."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kit.forms import LINE_ENDS, UNSAVEABLE
from kit.workbook_problems import Problems


@dataclass(frozen=True)
class Limits:
    """How much is read at most. Sizes in bytes; rows without the headings."""

    file_bytes: int = 10 * 1024 * 1024
    unpacked_bytes: int = 50 * 1024 * 1024
    parts: int = 500
    ratio: int = 200
    rows: int = 20_000
    columns: int = 60


@dataclass(frozen=True)
class SheetRow:
    """A cell is None when it has been reported already."""

    number: int
    cells: tuple[str | None, ...]


@dataclass(frozen=True)
class Sheet:
    name: str
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]


@dataclass
class Workbook:
    """What was read, under its file's name, with what was wrong with the files themselves."""

    name: str
    sheets: dict[str, Sheet] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)
    unreadable: set[str] = field(default_factory=set)


class CannotRead(Exception):
    """A file or sheet that cannot be read at all: what is wrong, and what would be accepted."""

    def __init__(self, message: str, accepted: str = "", found: object = "") -> None:
        super().__init__(message)
        self.message, self.accepted, self.found = message, accepted, found


def clean_text(text: str) -> str:
    """Line ends are \\n, and space around the text is left out."""
    return LINE_ENDS.sub("\n", text).strip()


def cell_text(value: object) -> str:
    """The value of a spreadsheet cell as the text that a CSV file would have."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return str(value)


def build_sheet(
    name: str, numbered_rows: Iterable[tuple[int, list[str | None]]], limits: Limits, problems: Problems
) -> Sheet:
    """The first row gives the headings; empty rows are passed over; hidden characters are reported.

    Raises CannotRead when there are no headings, or more rows or columns than the limits.
    """
    rows = iter(_within(numbered_rows, limits))
    first, cells = next(rows, (1, []))
    if first != 1 or not any(cells):
        raise CannotRead("Row 1 is empty.", "Row 1 must have the headings of the columns.")
    headings = tuple(_saveable(text, name, 1, "", problems) or "" for text in cells)
    kept = []
    for number, cells in rows:
        named = [*headings, *("" for _ in cells[len(headings) :])]
        checked = tuple(
            _saveable(text, name, number, column, problems) for text, column in zip(cells, named, strict=False)
        )
        if any(text != "" for text in checked):
            kept.append(SheetRow(number, checked))
    return Sheet(name, headings, tuple(kept))


def _within(
    numbered_rows: Iterable[tuple[int, list[str | None]]], limits: Limits
) -> Iterator[tuple[int, list[str | None]]]:
    for number, cells in numbered_rows:
        if number > limits.rows + 1:
            raise CannotRead(
                f"The sheet goes on below row {limits.rows + 1}.",
                f"A sheet may have {limits.rows:,} rows under its headings. Delete empty rows below the last one.",
            )
        if any(text != "" for text in cells[limits.columns :]):
            raise CannotRead(
                f"Row {number} has more than {limits.columns} columns.",
                f"A sheet may have {limits.columns} columns.",
            )
        yield number, cells[: limits.columns]


def _saveable(text: str | None, sheet: str, row: int, column: str, problems: Problems) -> str | None:
    if text is None:
        return None
    text = clean_text(text)
    if UNSAVEABLE.search(text) is None:
        return text
    problems.add(
        "The cell has a hidden character that cannot be saved.",
        accepted="Delete it, or paste the text again as plain text.",
        found=text,
        sheet=sheet,
        row=row,
        column=column,
    )
    return None
