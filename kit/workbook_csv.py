"""One CSV file as a sheet. What it holds is taken literally: a text that starts with = is a text."""

import codecs
import csv
import io
from collections.abc import Iterator

import filetype

from kit.workbook_problems import Problems
from kit.workbook_sheets import CannotRead, Limits, Sheet, build_sheet

SAVE_AS = "Save the sheet again as “CSV UTF-8 (comma delimited)”."


def read_csv(data: bytes, name: str, limits: Limits, problems: Problems) -> Sheet:
    """Raises CannotRead when the file is not UTF-8 text in comma-separated columns."""
    return build_sheet(name, _rows(_decoded(data)), limits, problems)


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise CannotRead("The file is encoded as UTF-16.", SAVE_AS)
    kind = filetype.guess(data)
    # A bitmap's mark is the two letters BM, which a text may start with too; a real one has NUL bytes.
    if kind is not None and kind.extension != "bmp":
        raise CannotRead(f"The file is not CSV: its content is {kind.mime}.", SAVE_AS)
    if b"\0" in data:
        raise CannotRead("The file is not CSV text: it has NUL bytes.", SAVE_AS)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CannotRead(f"The file is not encoded as UTF-8: see line {line}.", SAVE_AS) from error


def _rows(text: str) -> Iterator[tuple[int, list[str | None]]]:
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            if number == 1:
                check_separator(cells)
            yield number, list(cells)
    except csv.Error as error:
        raise CannotRead(
            f"Row {number + 1} is not well-formed CSV: {error}.",
            "A text with commas, line breaks or quotation marks stands in quotation marks; those inside are doubled.",
        ) from error


def check_separator(headings: list[str], accepted: str = "Columns must be separated by commas.") -> None:
    """Spreadsheets of other countries write semicolons or tabs and still call it CSV. Raises CannotRead, naming them.

    They are not read: a comma in their numbers may stand before decimals.
    """
    for mark, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")):
        if len(headings) == 1 and mark in headings[0]:
            raise CannotRead(f"The columns are separated by {word}.", accepted)
