"""What STRIDE has now, in the same shape as a workbook: one query for each table, however many rows."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from commitments.models import CommitmentMeasure
from commitments.services.workbook.cells import stored
from commitments.services.workbook.layout import SHEETS, Column, Kind, SheetLayout

Identity = tuple[Any, ...]


@dataclass(frozen=True)
class Record:
    """A row of the database, with its values as a workbook would have them."""

    row: models.Model
    values: dict[str, Any]


@dataclass
class Current:
    """Records by sheet and by what tells them apart. Units, posts, people and measures are those of all strategies."""

    records: dict[str, dict[Identity, Record]]
    measured: dict[str, set[str]]

    def strategies_of(self, measure: str) -> set[str]:
        """The slugs of the strategies whose commitments a measure supports."""
        return self.measured.get(measure, set())

    def has(self, sheet: str, identity: Identity) -> bool:
        return identity in self.records[sheet]


def load_current(slug: str, *, lock: bool = False) -> Current:
    """The tables of a workbook. Of programmes, strands and commitments only the strategy's. `lock` holds them still."""
    records: dict[str, dict[Identity, Record]] = {}
    identities: dict[str, dict[int, Identity]] = {}
    for sheet in SHEETS:
        rows = list(_queryset(sheet, slug, lock))
        identities[sheet.name] = {row.pk: _identity(sheet, row, identities) for row in rows}
        records[sheet.name] = {
            identities[sheet.name][row.pk]: Record(row, _values(sheet.columns, row, identities)) for row in rows
        }
    return Current(records, _measured())


def _measured() -> dict[str, set[str]]:
    slugs: dict[str, set[str]] = {}
    pairs = CommitmentMeasure.objects.order_by().values_list("measure__code", "commitment__strategy__slug").distinct()
    for measure, slug in pairs:
        slugs.setdefault(measure, set()).add(slug)
    return slugs


def _queryset(sheet: SheetLayout, slug: str, lock: bool) -> models.QuerySet:
    # In one order everywhere, so that two that lock cannot wait for each other.
    rows = sheet.model.objects.order_by("pk")
    if sheet.within:
        rows = rows.filter(**{sheet.within: slug})
    # Others may still point to these rows meanwhile, but not change them.
    return rows.select_for_update(of=("self",), no_key=True) if lock else rows


def _identity(sheet: SheetLayout, row: models.Model, identities: dict[str, dict[int, Identity]]) -> Identity:
    values = _values(tuple(sheet.by_name[name] for name in sheet.identity), row, identities)
    return tuple(values[name] for name in sheet.identity)


def _values(
    columns: tuple[Column, ...], row: models.Model, identities: dict[str, dict[int, Identity]]
) -> dict[str, Any]:
    return {column.name: _value(column, row, identities) for column in columns}


def _value(column: Column, row: models.Model, identities: dict[str, dict[int, Identity]]) -> Any:
    if column.kind != Kind.REFERENCE:
        return stored(column, getattr(row, column.name))
    pointed_at = getattr(row, column.field.attname)
    return None if pointed_at is None else identities[column.to][pointed_at][-1]
