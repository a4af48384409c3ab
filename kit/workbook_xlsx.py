"""One XLSX file as sheets. Formulas are refused, cell by cell: a plan is words and dates, not sums."""

import io
import re
import warnings
from collections.abc import Iterator

import openpyxl

from kit.workbook_problems import Problems
from kit.workbook_sheets import CannotRead, Limits, Sheet, build_sheet, cell_text
from kit.workbook_zip import SAVE_AS

# It warns of every decoration that it does not keep; we keep none.
warnings.filterwarnings("ignore", module="openpyxl")

# How XLSX writes a carriage return, and how it writes text that looks like such a code: ECMA-376, part 1, 22.9.2.19.
CODED = re.compile("_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)|_x000[Dd]_")


def open_xlsx(data: bytes) -> openpyxl.Workbook:
    """The workbook, its sheets not yet read. The archive has been checked. Raises CannotRead when it is damaged."""
    try:
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    # A damaged workbook makes openpyxl raise nearly any error.
    except Exception as error:
        raise CannotRead("The workbook is damaged: it cannot be opened.", SAVE_AS) from error


def read_worksheet(worksheet, name: str, limits: Limits, problems: Problems) -> Sheet:
    """Raises CannotRead when the sheet is damaged or larger than the limits."""
    # What the file says of its own size may be wrong, and is not needed.
    worksheet.reset_dimensions()
    try:
        return build_sheet(name, _rows(worksheet, name, problems), limits, problems)
    except CannotRead:
        raise
    # See open_xlsx.
    except Exception as error:
        raise CannotRead("The sheet is damaged: it cannot be read.", SAVE_AS) from error


def _rows(worksheet, name: str, problems: Problems) -> Iterator[tuple[int, list[str | None]]]:
    headings: list[str] = []
    for number, cells in enumerate(worksheet.iter_rows(), start=1):
        texts = []
        for index, cell in enumerate(cells):
            column = headings[index] if index < len(headings) else ""
            texts.append(_text(cell, name, number, column, problems))
        if number == 1:
            headings = [text or "" for text in texts]
        yield number, texts


def _text(cell, sheet: str, row: int, column: str, problems: Problems) -> str | None:
    if cell.value is None:
        return ""
    if cell.data_type in {"f", "e"}:
        what = "a formula" if cell.data_type == "f" else "the error of a formula"
        problems.add(
            f"Cell {cell.coordinate} has {what}.",
            accepted="Paste the result as a value.",
            found=getattr(cell.value, "text", cell.value),
            sheet=sheet,
            row=row,
            column=column,
        )
        return None
    if isinstance(cell.value, str):
        return CODED.sub(lambda match: "\r" if match[0].casefold() == "_x000d_" else "_", cell.value)
    return cell_text(cell.value)
