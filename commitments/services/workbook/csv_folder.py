"""A plan workbook as a folder of CSV files.

Texts are written as they are, also those that start with =: an apostrophe in front would come back as part of the
text. The documentation says so to those who open the files in a spreadsheet.
"""

import csv
import io
from pathlib import Path

from commitments.services.workbook.cells import text_of
from commitments.services.workbook.layout import BY_NAME
from commitments.services.workbook.xlsx import Rows


def write_folder(rows: Rows, folder: Path) -> None:
    """One file for each sheet. UTF-8 with a byte order mark, without which spreadsheets read accents wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheet in rows.items():
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(BY_NAME[name].headings)
        writer.writerows([text_of(value) for value in row] for row in sheet)
        (folder / f"{name}.csv").write_bytes(buffer.getvalue().encode("utf-8-sig"))
