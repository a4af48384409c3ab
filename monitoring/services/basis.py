"""What a signed-off return rested on, copied into it: the promise, definitions, targets, figures and verdicts."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from commitments.facts import reading_of
from commitments.models import Commitment
from monitoring.choices import ANSWERS, SECTION
from monitoring.models import Observation, ProgressReturn, ReturnVersion
from monitoring.queries.books import WITH_RECORD, OpenBook, books_on, newest_of, with_books
from monitoring.queries.measures import Judged, status_of

ANSWER_FIELDS = (*ANSWERS, "sections_done")


def answers(version: ReturnVersion, section: str) -> dict[str, str]:
    """A section's answers as text, by field."""
    return {name: str(getattr(version, name) or "") for name in SECTION[section].fields}


def of_return(progress_return: ProgressReturn, *, at: dt.datetime | None = None) -> dict:
    """The frozen copy, in one query. Figures are those known at `at`; targets are judged as on the period's end.

    Numbers are kept as text, so that none is rounded on its way. The figures are kept whole, as the record; what the
    targets say of them is kept as it may be read, without any small number.
    """
    commitment = progress_return.commitment
    on = progress_return.round.period_ends
    books = _books(commitment, at)
    judged = {book.measure.pk: book.judged(on) for book in books}
    status = status_of((each for found in judged.values() for each in found), commitment.status_rule)
    return {
        "definitions": progress_return.round.definitions,
        "commitment": {
            "number": commitment.number,
            "title": commitment.title,
            "statement": commitment.statement,
            "test_of_done": commitment.test_of_done,
            "due_on": _iso(commitment.due_on),
            "status_rule": commitment.status_rule,
        },
        "judged_on": on.isoformat(),
        "status": {
            "verdict": status.verdict.value if status.verdict else None,
            "counts": {verdict.value: count for verdict, count in status.counts.items()},
            "unread": status.unread,
        },
        "measures": [_measure(book, judged[book.measure.pk], on) for book in books],
    }


def _books(commitment: Commitment, at: dt.datetime | None) -> list[OpenBook]:
    found = books_on(with_books(Commitment.objects.filter(pk=commitment.pk), fields=WITH_RECORD).get())
    if at is None:
        return found
    return [
        OpenBook(book.measure, newest_of(row for row in book.history if row.entered_at <= at), book.history)
        for book in found
    ]


def _measure(book: OpenBook, judged: Sequence[Judged], on: dt.date) -> dict[str, Any]:
    measure = book.measure
    version = measure.version_on(on)
    return {
        "code": measure.code,
        "title": measure.title,
        "version": version.number,
        "definition": version.definition,
        "numerator_is": version.numerator_is,
        "denominator_is": version.denominator_is,
        "source": measure.source,
        "unit": measure.unit,
        "unit_kind": measure.unit_kind,
        "decimals": measure.decimals,
        "better": measure.better,
        "groups": book.facts.groups,
        "targets": [_target(each) for each in judged],
        "observations": [_observation(row) for row in book.observations],
    }


def _target(judged: Judged) -> dict[str, Any]:
    target, outcome = judged.target, judged.outcome
    return {
        "code": target.code,
        "wording": target.wording,
        "baseline": target.baseline,
        "starts": _iso(target.starts),
        "due_on": _iso(target.due_on),
        "kind": target.kind,
        "params": target.params,
        "tolerance": _text(target.tolerance),
        "trajectory": target.trajectory,
        "reading": reading_of(target),
        "problem": judged.problem,
        "outcome": outcome
        and {
            "verdict": outcome.verdict.value,
            "figure": _text(outcome.figure),
            "expected": _text(outcome.expected),
            "sentence": outcome.sentence,
            "provisional": outcome.provisional,
            "period": [_iso(day) for day in outcome.period] if outcome.period else None,
        },
    }


def _observation(row: Observation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "period": [_iso(row.period_starts), _iso(row.period_ends)],
        "group": row.group.code if row.group_id else "",
        "value": _text(row.value),
        "numerator": _text(row.numerator),
        "denominator": _text(row.denominator),
        "status": row.status,
        "revision": row.revision,
        "entered_at": row.entered_at.isoformat(),
        "by_name": row.by_name,
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number.normalize():f}"


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
