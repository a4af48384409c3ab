"""What a workbook would change: rows added, changed, left as they are, and not mentioned."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from commitments.services.workbook.cells import text_of
from commitments.services.workbook.current import Current, Record
from commitments.services.workbook.layout import SHEETS, SheetLayout
from commitments.services.workbook.parse import Plan, PlanRow, label_of


@dataclass(frozen=True)
class FieldChange:
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """A row to add (no record) or to change (the columns that differ)."""

    row: PlanRow
    record: Record | None = None
    fields: tuple[FieldChange, ...] = ()

    @property
    def label(self) -> str:
        return label_of(self.row.identity)

    @property
    def title(self) -> str:
        """The row's own words, where it has any."""
        words = (self.row.values.get(name) for name in ("title", "name", "wording"))
        return next((text for text in words if text), "")


@dataclass
class SheetChanges:
    """`unchanged` and `not_mentioned` count rows: both are left as they are."""

    sheet: SheetLayout
    added: list[RowChange] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)
    unchanged: int = 0
    not_mentioned: int = 0

    @property
    def name(self) -> str:
        return self.sheet.name


@dataclass
class Changes:
    sheets: list[SheetChanges]

    @property
    def added(self) -> int:
        return sum(len(sheet.added) for sheet in self.sheets)

    @property
    def changed(self) -> int:
        return sum(len(sheet.changed) for sheet in self.sheets)

    @property
    def unchanged(self) -> int:
        return sum(sheet.unchanged for sheet in self.sheets)

    @property
    def not_mentioned(self) -> int:
        return sum(sheet.not_mentioned for sheet in self.sheets)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)

    @property
    def fingerprint(self) -> str:
        """The same for the same changes, so that what is applied is what was looked at."""
        digest = hashlib.sha256()
        for sheet in self.sheets:
            for change in sheet.added:
                texts = {name: text_of(value) for name, value in change.row.values.items()}
                digest.update(repr((sheet.name, "added", texts)).encode())
            for change in sheet.changed:
                digest.update(repr((sheet.name, change.row.identity, change.fields)).encode())
        return digest.hexdigest()


def compare(plan: Plan, current: Current) -> Changes:
    """Hold a workbook without problems against what STRIDE has."""
    return Changes([_compare_sheet(sheet, plan.rows[sheet.name], current) for sheet in SHEETS])


def _compare_sheet(sheet: SheetLayout, rows: list[PlanRow], current: Current) -> SheetChanges:
    changes = SheetChanges(sheet)
    records = current.records[sheet.name]
    for row in rows:
        record = records.get(row.identity)
        if record is None:
            changes.added.append(RowChange(row))
        elif fields := _fields(sheet, row, record.values):
            changes.changed.append(RowChange(row, record, fields))
        else:
            changes.unchanged += 1
    # Other strategies are none of a workbook's business.
    if sheet.name != "strategy":
        changes.not_mentioned = len(records) - changes.unchanged - len(changes.changed)
    return changes


def _fields(sheet: SheetLayout, row: PlanRow, old: dict[str, Any]) -> tuple[FieldChange, ...]:
    new = row.values
    return tuple(
        FieldChange(column.name, text_of(old[column.name]), text_of(new[column.name]))
        for column in sheet.columns
        if new[column.name] != old[column.name]
        and column.name not in row.left_out
        and not (column.empty_keeps and not new[column.name])
    )
