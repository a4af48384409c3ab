"""A plan workbook as an XLSX file: texts as texts, never as formulas; the same rows give the same bytes."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Font

from commitments.services.workbook.cells import guide
from commitments.services.workbook.layout import BY_NAME, SHEETS, Kind, SheetLayout

Rows = dict[str, list[list[Any]]]

# How wide columns are, in characters; the words of a plan wrap inside.
WIDTHS = {Kind.TEXT: 40, Kind.DATE: 12, Kind.NUMBER: 10, Kind.CHOICES: 30}
USUAL_WIDTH = 22
NOTES_WIDTHS = {"A": 22, "B": 22, "C": 100}
# Before it, spreadsheets count days in two different ways, so that earlier dates are written as text.
FIRST_SURE_DATE = dt.date(1900, 3, 1)
# Text that XLSX would read as the code of a character: ECMA-376, part 1, 22.9.2.19.
LOOKS_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
STILL = dt.datetime(2000, 1, 1)  # noqa: DTZ001  archives know no time zones


def xlsx_of(rows: Rows) -> bytes:
    """One sheet for each entry of rows, with a heading row that stays in view."""
    return _written(_book(rows))


def empty_xlsx() -> bytes:
    """A workbook to fill in: headings only, and notes on every column, which an import passes over."""
    book = _book({sheet.name: [] for sheet in SHEETS})
    notes = book.create_sheet("notes", 0)
    told = [[sheet.name, column, sentence] for sheet, columns in guide() for column, sentence in columns]
    _fill(notes, [["Sheet", "Column", "What is accepted"], *told])
    for letter, width in NOTES_WIDTHS.items():
        notes.column_dimensions[letter].width = width
    notes.freeze_panes = "A2"
    return _written(book)


def _book(rows: Rows) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, values in rows.items():
        worksheet = book.create_sheet(name)
        _lay_out(worksheet, BY_NAME[name])
        _fill(worksheet, [BY_NAME[name].headings, *values])
    return book


def _lay_out(worksheet, sheet: SheetLayout) -> None:
    worksheet.freeze_panes = "A2"
    for index, column in enumerate(sheet.columns, start=1):
        letter = openpyxl.utils.get_column_letter(index)
        worksheet.column_dimensions[letter].width = WIDTHS.get(column.kind, USUAL_WIDTH)


def _fill(worksheet, rows: list[list[Any]]) -> None:
    for number, values in enumerate(rows, start=1):
        for index, value in enumerate(values, start=1):
            if value not in (None, ""):
                _write(worksheet.cell(row=number, column=index), value)


def _write(cell, value: Any) -> None:
    if isinstance(value, dt.date) and value < FIRST_SURE_DATE:
        value = value.isoformat()
    if isinstance(value, str):
        cell.value = LOOKS_CODED.sub("_x005F_", value)
        # Set after the value, which openpyxl would take for a formula or an error by its first letter.
        cell.data_type = "s"
    else:
        cell.value = value
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if cell.row == 1:
        cell.font = Font(bold=True)


def _written(book: openpyxl.Workbook) -> bytes:
    """The file's bytes, with the moments of writing, in its properties and in the archive, set to one that stays."""
    raw, still = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as after:
        for name in sorted(before.namelist()):
            content = before.read(name)
            if name == "docProps/core.xml":
                content = MODIFIED.sub(rb"\g<1>" + STILL.isoformat().encode() + b"Z", content)
            after.writestr(zipfile.ZipInfo(name, STILL.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return still.getvalue()
