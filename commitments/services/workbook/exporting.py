"""The door to exporting a strategy as a plan workbook: an XLSX file or a folder of CSV files, the same rows in both."""

from pathlib import Path
from typing import Any

from commitments.models import Strategy
from commitments.services.workbook.cells import text_of
from commitments.services.workbook.csv_folder import write_folder
from commitments.services.workbook.current import load_current
from commitments.services.workbook.layout import LIST_SEPARATOR, LONGEST_TEXT, SHEETS, Kind, SheetLayout
from commitments.services.workbook.selection import belongs
from commitments.services.workbook.xlsx import Rows, xlsx_of


class CannotExport(Exception):
    """The workbook cannot be written. Its text says why."""


def export_rows(*, strategy: Strategy, with_emails: bool) -> Rows:
    """The values of every sheet, in a fixed order, without the headings.

    Raises CannotExport when a text is longer than a cell can be.
    """
    current = load_current(strategy.slug)
    chosen = belongs(strategy, current)
    return {
        sheet.name: [
            _row(sheet, current.records[sheet.name][identity].values, with_emails)
            for identity in sorted(chosen[sheet.name])
        ]
        for sheet in SHEETS
    }


def export_xlsx(*, strategy: Strategy, with_emails: bool) -> bytes:
    """The strategy as an XLSX file, the same bytes each time. Raises CannotExport."""
    return xlsx_of(export_rows(strategy=strategy, with_emails=with_emails))


def export_folder(*, strategy: Strategy, with_emails: bool, to: Path) -> None:
    """The strategy as one CSV file for each sheet, in a folder that is made when it is not there.

    Raises CannotExport, also when the folder holds anything but an earlier export.
    """
    expected = {f"{sheet.name}.csv" for sheet in SHEETS}
    if to.exists() and not to.is_dir():
        raise CannotExport(f"{to} is a file. Give a folder, or a name that ends in .xlsx.")
    others = sorted(path.name for path in to.iterdir() if path.name not in expected) if to.exists() else []
    if others:
        raise CannotExport(f"{to} holds other files, for example {others[0]}. Give an empty folder or a new one.")
    write_folder(export_rows(strategy=strategy, with_emails=with_emails), to)


def _row(sheet: SheetLayout, values: dict[str, Any], with_emails: bool) -> list[Any]:
    row = []
    for column in sheet.columns:
        value = values[column.name]
        if column.kind == Kind.EMAIL and not with_emails:
            value = ""
        if column.kind == Kind.CHOICES:
            value = LIST_SEPARATOR.join(value)
        # A spreadsheet keeps 15 digits of a number.
        if column.kind == Kind.PARTICULARS or (column.kind == Kind.DECIMAL and len(value.as_tuple().digits) > 15):
            value = text_of(value)
        # A spreadsheet would cut it off without a word.
        if len(text_of(value)) > LONGEST_TEXT:
            which = ", ".join(text_of(values[name]) for name in sheet.identity)
            raise CannotExport(
                f"The {column.name} of the {sheet.noun} {which} is longer than the {LONGEST_TEXT:,} characters that a "
                "spreadsheet cell can hold. Shorten it first."
            )
        row.append(value)
    return row
