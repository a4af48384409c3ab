"""The door to importing a plan workbook: read, check, show what would change, apply."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import DataError, IntegrityError, InternalError, connection, transaction

from commitments import rules
from commitments.rules_workbook import may_import_plan
from commitments.services import definitions
from commitments.services.reasons import on_ledger
from commitments.services.workbook.changes import Changes, compare
from commitments.services.workbook.check import check
from commitments.services.workbook.current import Current, load_current
from commitments.services.workbook.fits import strategies_touched
from commitments.services.workbook.layout import SHEETS
from commitments.services.workbook.parse import Plan, parse
from commitments.services.workbook.write import write
from kit import clock
from kit.ledger import said
from kit.verdict import require
from kit.workbook_reader import Limits, Problems, read_csv_files, read_path, read_xlsx
from people.actor import Actor

# Any number will do, as long as nothing else in STRIDE locks on it: imports wait for each other.
IMPORT_LOCK = 20_210_927
# What our triggers raise with a sentence of their own: restrict_violation.
OUR_OWN = "23001"
SHEET_NAMES = tuple(sheet.name for sheet in SHEETS)


@dataclass(frozen=True)
class Report:
    """What came of a check or an import. `changes` is None when there are problems.

    `asks_reason` names the approved strategies that would change; `refusal` says why nothing was applied although
    nothing is wrong with the workbook.
    """

    name: str
    slug: str
    problems: Problems
    changes: Changes | None = None
    asks_reason: str = ""
    applied: bool = False
    refusal: str = ""


def load_plan(path: Path | str) -> Plan:
    """Read a folder of CSV files or an XLSX file. What is wrong with it is in the plan's problems."""
    return parse(read_path(Path(path), SHEET_NAMES, _limits()))


def load_plan_files(files: Sequence[tuple[str, bytes]]) -> Plan:
    """Read files that came as bytes under names: one XLSX file, or the CSV files of a folder."""
    (first, data), *others = files
    if not others and not is_csv(first):
        return parse(read_xlsx(data, first, SHEET_NAMES, _limits()))
    name = f"{len(files)} CSV files" if others else first
    return parse(read_csv_files(files, name, SHEET_NAMES, _limits()))


def is_csv(name: str) -> bool:
    """Whether a file is a sheet by itself, by its name."""
    return name.casefold().endswith(".csv")


def check_workbook(*, source: Plan) -> Report:
    """Check a plan against what STRIDE has and say what it would change. Writes nothing."""
    return _held_against(source, load_current(source.slug))


def import_workbook(*, source: Plan, by: Actor | None, reason: str = "", expected: str = "") -> Report:
    """Check a plan and apply it: all of it, or nothing. `by` is None when the server's own commands import.

    Approved strategies change with a `reason` only. With `expected`, the fingerprint of changes that somebody agreed
    to, nothing is applied when the changes are others. Raises Refusal when the actor may not import.
    """
    if by is not None:
        require(may_import_plan(by))
    if source.problems:
        return check_workbook(source=source)
    try:
        return _import(source, reason.strip(), expected)
    except (IntegrityError, DataError, InternalError) as error:
        problems = Problems()
        problems.add(
            _sentence_of(error),
            accepted="Nothing was changed. Put the workbook right, or tell those who look after STRIDE.",
        )
        return Report(source.name, source.slug, problems)


@transaction.atomic
def _import(source: Plan, reason: str, expected: str) -> Report:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    current = load_current(source.slug, lock=True)
    report = _held_against(source, current)
    if not report.changes:
        return report
    if expected and report.changes.fingerprint != expected:
        return replace(report, refusal="STRIDE has changed since you looked. Check again what would change.")
    if report.asks_reason and not reason:
        return replace(report, refusal=f"Say why you are changing {report.asks_reason}.")
    dated = definitions.dated(clock.today(), reason or f"By the workbook {source.name}.")
    with said(workbook=source.name), on_ledger(reason), dated:
        write(report.changes, source.slug, current)
        # Some constraints wait for the end of the transaction, which may be after our answer.
        connection.check_constraints()
    return replace(report, applied=True)


def _held_against(source: Plan, current: Current) -> Report:
    problems = check(source, current)
    if problems:
        return Report(source.name, source.slug, problems)
    changes = compare(source, current)
    touched = strategies_touched(changes, source.slug, current)
    asking = " and ".join(str(strategy) for strategy in touched if rules.asks_reason(strategy))
    return Report(source.name, source.slug, problems, changes, asks_reason=asking)


def _limits() -> Limits:
    return Limits(file_bytes=settings.WORKBOOK_MAX_BYTES)


def _sentence_of(error: Exception) -> str:
    """The sentence of the constraint that refused, where it has one."""
    diag = getattr(error.__cause__, "diag", None)
    name = getattr(diag, "constraint_name", None) or ""
    if getattr(diag, "sqlstate", "") == OUR_OWN:
        return diag.message_primary
    for sheet in SHEETS:
        for constraint in sheet.model._meta.constraints:
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
    return f"The database refused the workbook{f' ({name})' if name else ''}."
