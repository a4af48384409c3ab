"""Writing what a workbook changes, sheet by sheet, each after those that it points into."""

from typing import Any

import pgtrigger

from commitments.services.workbook.changes import Changes, RowChange, SheetChanges
from commitments.services.workbook.current import Current
from commitments.services.workbook.layout import Column, Kind, SheetLayout
from commitments.services.workbook.parse import PlanRow

BATCH = 500
TREES = ("people.Unit:no_circle", "commitments.Strategy:no_circle")

# By sheet: what tells a row apart, and its primary key.
Keys = dict[str, dict[tuple, int]]


def write(changes: Changes, slug: str, current: Current) -> None:
    """Write rows that differ and add rows that are new; what is the same is not touched, so the ledger stays quiet.

    The caller holds the transaction. Raises what the database raises.
    """
    keys: Keys = {
        name: {identity: record.row.pk for identity, record in records.items()}
        for name, records in current.records.items()
    }
    # Rows that change places are written in several statements; only where they end up has to be no circle.
    pgtrigger.constraints(pgtrigger.Deferred, *TREES)
    for sheet in changes.sheets:
        own = {"strategy_id": keys["strategy"][(slug,)]} if sheet.sheet.within == "strategy__slug" else {}
        # A unit may move under one that is only being added. Anywhere else room is made first: one tenure of a post
        # ends before the next begins.
        if sheet.sheet.parent:
            _add(sheet, keys, own)
            _change(sheet, keys)
        else:
            _change(sheet, keys)
            _add(sheet, keys, own)


def _add(sheet: SheetChanges, keys: Keys, own: dict[str, int]) -> None:
    """In rounds, so that parents are there before their parts; one round where there are no parents."""
    layout, left = sheet.sheet, sheet.added
    while left:
        now = [change for change in left if _has_parent(layout, change.row, keys)]
        objects = [layout.model(**own, **_attributes(layout, layout.columns, change.row, keys)) for change in now]
        layout.model.objects.bulk_create(objects, batch_size=BATCH)
        keys[layout.name] |= {change.row.identity: made.pk for change, made in zip(now, objects, strict=True)}
        left = [change for change in left if change.row.identity not in keys[layout.name]]


def _has_parent(layout: SheetLayout, row: PlanRow, keys: Keys) -> bool:
    parent = row.values[layout.parent] if layout.parent else None
    return parent is None or (parent,) in keys[layout.name]


def _change(sheet: SheetChanges, keys: Keys) -> None:
    layout = sheet.sheet
    names = {field.column for change in sheet.changed for field in change.fields}
    if not names:
        return
    for change in sheet.changed:
        _assign(layout, change, keys)
    objects = [change.record.row for change in sheet.changed]
    layout.model.objects.bulk_update(objects, sorted(names), batch_size=BATCH)


def _assign(layout: SheetLayout, change: RowChange, keys: Keys) -> None:
    columns = tuple(layout.by_name[field.column] for field in change.fields)
    for name, value in _attributes(layout, columns, change.row, keys).items():
        setattr(change.record.row, name, value)


def _attributes(layout: SheetLayout, columns: tuple[Column, ...], row: PlanRow, keys: Keys) -> dict[str, Any]:
    return {column.field.attname: _attribute(layout, column, row, keys) for column in columns}


def _attribute(layout: SheetLayout, column: Column, row: PlanRow, keys: Keys) -> Any:
    value = row.values[column.name]
    if column.kind != Kind.REFERENCE or value is None:
        return value
    return keys[column.to][row.key(layout.key_columns(column))]
