"""The plan workbook: a strategy with its people, commitments and measures, in one XLSX file or a folder of CSV files.

`layout` names sheets and columns, `parse` and `check` find problems, `changes` holds the workbook against STRIDE,
`write` applies it; `importing` and `exporting` are the doors.
"""

from commitments.services.workbook.cells import guide
from commitments.services.workbook.changes import SheetChanges
from commitments.services.workbook.exporting import (
    CannotExport,
    export_folder,
    export_rows,
    export_xlsx,
)
from commitments.services.workbook.importing import (
    Report,
    check_workbook,
    import_workbook,
    is_csv,
    load_plan,
    load_plan_files,
)
from commitments.services.workbook.parse import Plan
from commitments.services.workbook.report import counted, report_lines
from commitments.services.workbook.xlsx import empty_xlsx

__all__ = [
    "CannotExport",
    "Plan",
    "Report",
    "SheetChanges",
    "check_workbook",
    "counted",
    "empty_xlsx",
    "export_folder",
    "export_rows",
    "export_xlsx",
    "guide",
    "import_workbook",
    "is_csv",
    "load_plan",
    "load_plan_files",
    "report_lines",
]
