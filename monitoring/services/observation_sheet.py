"""Figures by sheet: pasted from a spreadsheet, or a CSV or XLSX file. Every cell is checked before anything is written.

Read, then `check`, which says what would be added, revised and left as it is; then `apply`, which checks again inside
its own transaction and writes all or nothing.
"""

import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.db import transaction

from commitments.models import Group, Measure
from kit.periods import Period, period_holding
from kit.workbook_csv import check_separator, read_csv
from kit.workbook_reader import Limits, Problems, Sheet, SheetRow, read_xlsx
from kit.workbook_sheets import CannotRead, build_sheet
from monitoring.choices import ObservationStatus
from monitoring.models import Observation
from monitoring.queries.disclosure import hidden_now
from monitoring.rules_observations import LARGEST, Figure, faults, may_enter, plain, repeats, worked_out
from monitoring.services.observations import current_of, record_many
from people.actor import Actor

SHEET = "observations"
NEEDED = ("measure", "period_starts", "period_ends")
COLUMNS = (*NEEDED, "group", "value", "numerator", "denominator", "status", "reason", "source_note")
LIMITS = Limits(file_bytes=2 * 1024 * 1024, rows=5_000, columns=30)
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# With a comma between thousands or none; a decimal comma would be a guess.
NUMBER = re.compile(r"[-−]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?")
SEPARATORS = "Separate the columns with tabs, as copied from a spreadsheet, or with commas."
LONGEST = {"reason": 2_000, "source_note": 300}

ACCEPTED = {
    "measure": "The code of a measure.",
    "period_starts": "A date as year-month-day, for example 2021-07-01.",
    "period_ends": "A date as year-month-day, for example 2021-09-30.",
    "group": "The code of a group of the measure. Empty means the whole.",
    "value": "A number with a point before its decimals, for example 12.4. May be empty when numerator and denominator "
    "are there.",
    "numerator": "A number, for example 124. May be empty.",
    "denominator": "A number, for example 1000. May be empty.",
    "status": f"One of {', '.join(ObservationStatus.values)}. May be empty: then it is actual.",
    "reason": "Why a figure that is there already is revised. May be empty when it is new.",
    "source_note": "Text of at most 300 characters. May be empty.",
}
# Which column a rule's sentence stands beside.
BESIDE = {"period": "period_starts, period_ends"}


class Change(NamedTuple):
    """A figure that would be added (nothing before) or revised."""

    row: int
    figure: Figure
    value: Decimal | None
    before: Observation | None


@dataclass
class Outcome:
    """What a sheet would do, or has done. With problems nothing is written."""

    name: str
    problems: Problems
    added: list[Change] = field(default_factory=list)
    revised: list[Change] = field(default_factory=list)
    unchanged: int = 0
    applied: bool = False
    refusal: str = ""

    @property
    def changes(self) -> list[Change]:
        return [*self.added, *self.revised]

    @property
    def fingerprint(self) -> str:
        """The same for the same changes, so that what is applied is what was looked at."""
        digest = hashlib.sha256()
        for row, figure, value, before in self.changes:
            told = (row, *figure.cell, value, figure.numerator, figure.denominator, figure.status, figure.reason)
            digest.update(repr((*map(str, told), figure.source_note, before.pk if before else None)).encode())
        return digest.hexdigest()


@dataclass(frozen=True)
class ObservationSheet:
    """A sheet as it was read, under its name; no sheet when it could not be read at all."""

    name: str
    sheet: Sheet | None
    problems: Problems


# Reading


def read_text(text: str, name: str = "pasted figures") -> ObservationSheet:
    """Text pasted from a spreadsheet (tabs between the columns) or from a CSV file (commas)."""
    problems = Problems()
    if not text.strip("\ufeff \t\r\n"):
        problems.add("There is nothing here.", accepted=_headings(), sheet=SHEET)
        return ObservationSheet(name, None, problems)
    if len(text.encode("utf-8", "replace")) > LIMITS.file_bytes:
        problems.add("The text is too large.", accepted="Paste fewer rows, or upload a file.", sheet=SHEET)
        return ObservationSheet(name, None, problems)
    heading = text.lstrip("\ufeff\r\n").partition("\n")[0]
    mark = "\t" if "\t" in heading else ","
    try:
        check_separator([heading] if mark not in heading else [], SEPARATORS)
        rows = csv.reader(io.StringIO(text.lstrip("\ufeff\r\n"), newline=""), delimiter=mark, strict=True)
        sheet = build_sheet(SHEET, ((number, list(cells)) for number, cells in enumerate(rows, 1)), LIMITS, problems)
    except csv.Error as error:
        problems.add(f"The text is not well-formed: {error}.", sheet=SHEET, accepted=_headings())
        return ObservationSheet(name, None, problems)
    except CannotRead as error:
        problems.add(error.message, accepted=error.accepted or _headings(), found=error.found, sheet=SHEET)
        return ObservationSheet(name, None, problems)
    return ObservationSheet(name, sheet, problems)


def read_file(data: bytes, name: str) -> ObservationSheet:
    """A CSV file, or an XLSX file whose figures are on a sheet called observations."""
    if name.casefold().endswith(".xlsx"):
        workbook = read_xlsx(data, name, (SHEET,), LIMITS)
        sheet = workbook.sheets.get(SHEET)
        if sheet is None and not workbook.problems:
            workbook.problems.add("The sheet observations is missing.", sheet=SHEET, accepted=_headings())
        return ObservationSheet(name, sheet, workbook.problems)
    problems = Problems()
    if len(data) > LIMITS.file_bytes:
        problems.add("The file is too large.", accepted="At most 2 MB are read.", sheet=SHEET)
        return ObservationSheet(name, None, problems)
    try:
        return ObservationSheet(name, read_csv(data, SHEET, LIMITS, problems), problems)
    except CannotRead as error:
        problems.add(error.message, accepted=error.accepted, found=error.found, sheet=SHEET)
        return ObservationSheet(name, None, problems)


# Checking and applying


def check(*, source: ObservationSheet, by: Actor, only: Collection[str] | None = None) -> Outcome:
    """What the sheet would change. Writes nothing. Seven queries at most, however many rows.

    `only` holds the sheet to some measures, by code: those of a page.
    """
    return _held_against(source, by, only)


@transaction.atomic
def apply(
    *,
    source: ObservationSheet,
    by: Actor,
    at: dt.datetime,
    expected: str | None = None,
    only: Collection[str] | None = None,
) -> Outcome:
    """Check again and write all of it, or nothing. With `expected`, the fingerprint of what was agreed to, nothing is
    written when it would be something else; an empty one says that nothing was agreed to.
    """
    codes = _codes(source.sheet) if source.sheet is not None else set()
    list(Measure.objects.filter(code__in=codes).order_by("pk").select_for_update(of=("self",), no_key=True).only("pk"))
    outcome = _held_against(source, by, only)
    if outcome.problems or not outcome.changes:
        return outcome
    if expected == "":
        return replace(outcome, refusal="Nothing was recorded. Check first what would change, then record it.")
    if expected is not None and outcome.fingerprint != expected:
        return replace(outcome, refusal="STRIDE has changed since you looked. Check again what would change.")
    record_many(figures=[change.figure for change in outcome.changes], by=by, at=at)
    return replace(outcome, applied=True)


def _held_against(source: ObservationSheet, by: Actor, only: Collection[str] | None) -> Outcome:
    problems = Problems(list(source.problems.shown), source.problems.total)
    outcome = Outcome(source.name, problems)
    if source.sheet is None or not _headings_right(source.sheet, problems):
        return outcome
    if not source.sheet.rows:
        problems.add("There is no figure under the headings.", sheet=SHEET, row=2, accepted=_headings())
        return outcome
    measures = _measures(_codes(source.sheet))
    current = current_of([measure.pk for measure in measures.values()])
    hidden = hidden_now(measures.values())
    refusals = {code: may_enter(by, measure) for code, measure in measures.items()}
    seen: dict[tuple, int] = {}
    for row in source.sheet.rows:
        cells = _Cells(source.sheet, row, problems)
        figure = _figure(cells, measures, only)
        if figure is None:
            continue
        if not (verdict := refusals[figure.measure.code]):
            cells.wrong("measure", verdict.sentence)
            continue
        if (first := seen.setdefault(figure.cell, row.number)) != row.number:
            cells.wrong(", ".join((*NEEDED, "group")), f"Rows {first} and {row.number} are about the same figure.")
            continue
        before = current.get(figure.cell)
        hides = before is not None and before.pk in hidden
        if found := faults(figure, before, by.on, hides=hides):
            for fault in found:
                cells.wrong(BESIDE.get(fault.field, fault.field), fault.sentence)
        elif repeats(figure, before, hides):
            outcome.unchanged += 1
        else:
            value = worked_out(figure.measure, figure.value, figure.numerator, figure.denominator)
            (outcome.revised if before else outcome.added).append(Change(row.number, figure, value, before))
    return outcome


def _headings() -> str:
    return f"The columns are {', '.join(COLUMNS)}. Only {', '.join(NEEDED)} must be there, with the figures."


def _headings_right(sheet: Sheet, problems: Problems) -> bool:
    before = problems.total
    headings = [heading.casefold() for heading in sheet.headings]
    for index, heading in enumerate(headings):
        if heading and heading not in COLUMNS:
            problems.add(
                "There is no such column.", sheet=SHEET, row=1, column=heading[:60], found=heading, accepted=_headings()
            )
        elif heading and heading in headings[:index]:
            problems.add(
                "The column is there more than once.",
                sheet=SHEET,
                row=1,
                column=heading,
                accepted="Each column comes once.",
            )
    for name in NEEDED:
        if name not in headings:
            problems.add("The column is missing.", sheet=SHEET, row=1, column=name, accepted=_headings())
    if not {"value", "numerator"} & set(headings):
        problems.add("The column is missing.", sheet=SHEET, row=1, column="value", accepted=_headings())
    return problems.total == before


def _codes(sheet: Sheet) -> set[str]:
    headings = [heading.casefold() for heading in sheet.headings]
    if "measure" not in headings:
        return set()
    index = headings.index("measure")
    return {row.cells[index] or "" for row in sheet.rows if index < len(row.cells)}


def _measures(codes: set[str]) -> dict[str, Measure]:
    """The measures of a sheet with what the rules look at. Five queries at most."""
    rows = (
        Measure.objects.filter(code__in=codes)
        .select_related("dimension")
        .prefetch_related("commitments__strategy", "versions", "dimension__groups")
    )
    return {measure.code: measure for measure in rows}


class _Cells:
    """One row's cells by column, and where what is wrong with them is told."""

    def __init__(self, sheet: Sheet, row: SheetRow, problems: Problems) -> None:
        headings = [heading.casefold() for heading in sheet.headings]
        self.texts = dict(zip(headings, [*row.cells, *[""] * (len(headings) - len(row.cells))], strict=False))
        self.row, self.problems, self.before = row.number, problems, problems.total
        # A cell that could not be read has been told; nothing is held against its row.
        self.unread = any(self.texts.get(name) is None for name in COLUMNS if name in self.texts)

    def text(self, column: str) -> str:
        return self.texts.get(column) or ""

    def wrong(self, column: str, message: str) -> None:
        names = column.split(", ")
        self.problems.add(
            message,
            sheet=SHEET,
            row=self.row,
            column=column,
            found=", ".join(text for name in names if (text := self.text(name))),
            accepted=ACCEPTED[names[0]] if len(names) == 1 else "",
        )

    @property
    def right(self) -> bool:
        return not self.unread and self.problems.total == self.before


def _figure(cells: _Cells, measures: dict[str, Measure], only: Collection[str] | None) -> Figure | None:
    """The row as a figure, each cell read by itself; None when one of them cannot be."""
    measure = _measure(cells, measures, only)
    starts, ends = _date(cells, "period_starts"), _date(cells, "period_ends")
    group = _group(cells, measure) if measure is not None else None
    value, numerator, denominator = (_number(cells, name) for name in ("value", "numerator", "denominator"))
    status = cells.text("status").casefold() or ObservationStatus.ACTUAL
    if status not in ObservationStatus.values:
        cells.wrong("status", "This is not one of the choices.")
    for name, longest in LONGEST.items():
        if len(cells.text(name)) > longest:
            cells.wrong(name, f"The text is too long: it has {len(cells.text(name)):,} characters.")
    if not cells.right or measure is None or starts is None or ends is None:
        return None
    period = Period(starts, ends, period_holding(starts, measure.cadence).label)
    note = cells.text("source_note")
    return Figure(measure, period, group, value, numerator, denominator, status, cells.text("reason"), note)


def _measure(cells: _Cells, measures: dict[str, Measure], only: Collection[str] | None) -> Measure | None:
    code = cells.text("measure")
    if not code:
        cells.wrong("measure", "The cell is empty.")
    elif code not in measures:
        cells.wrong("measure", "There is no such measure.")
    elif only is not None and code not in only:
        cells.wrong("measure", "This measure has a page of its own. Give its figures there.")
    else:
        return measures[code]
    return None


def _group(cells: _Cells, measure: Measure) -> Group | None:
    code = cells.text("group")
    if not code:
        return None
    groups = list(measure.dimension.groups.all()) if measure.dimension_id else []
    found = next((group for group in groups if group.code == code), None)
    if found is None:
        known = f" Its groups are {', '.join(group.code for group in groups)}." if groups else " It is not broken down."
        cells.wrong("group", f"There is no such group of this measure.{known}")
    return found


def _date(cells: _Cells, column: str) -> dt.date | None:
    text = cells.text(column)
    if not text:
        cells.wrong(column, "The cell is empty.")
    elif not ISO_DATE.fullmatch(text):
        cells.wrong(column, "This is not a date that can be read.")
    else:
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            cells.wrong(column, "There is no such date.")
    return None


def _number(cells: _Cells, column: str) -> Decimal | None:
    text = cells.text(column).removesuffix("%").strip()
    if not text:
        return None
    if not NUMBER.fullmatch(text):
        cells.wrong(column, "This is not a number that can be read.")
        return None
    try:
        number = Decimal(text.replace(",", "").replace("−", "-"))
    except InvalidOperation:
        cells.wrong(column, "This is not a number that can be read.")
        return None
    if abs(number) >= LARGEST:
        cells.wrong(column, "This number is too large to be kept.")
        return None
    return number


def told(change: Change) -> str:
    """A change in words, for a list: "Q2 2021-22, black: 12.4, was 12"."""
    figure = change.figure
    whose = f", {figure.group.title}" if figure.group else ""
    value = "no value" if change.value is None else plain(change.value)
    before = change.before
    was = "" if before is None else f", was {'nothing' if before.value is None else plain(before.value)}"
    return f"{figure.period.label}{whose}: {value}{was}"
