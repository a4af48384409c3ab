"""Measures and their targets. A measure may support several strategies: all of them are locked, and asked, first."""

import datetime as dt
from typing import Any

from django.db import models, transaction

from commitments import rules
from commitments.models import Commitment, CommitmentMeasure, Measure, Strategy, Target
from commitments.services import definitions
from commitments.services.plans import delete
from commitments.services.reasons import on_ledger
from kit import stale
from kit.verdict import require
from people.actor import Actor


@transaction.atomic
def add(*, measure: Measure, commitment: Commitment, by: Actor, reason: str = "") -> Measure:
    """Keep a new measure that supports the commitment. Raises Refusal, or IntegrityError when its code is taken."""
    _open(_strategy_of(commitment), by, reason)
    with on_ledger(reason):
        measure.save(force_insert=True)
        CommitmentMeasure.objects.create(commitment=commitment, measure=measure, order=_next(commitment))
    return measure


@transaction.atomic
def link(*, measure: Measure, commitment: Commitment, by: Actor, reason: str = "") -> CommitmentMeasure:
    """Let a measure that exists support the commitment too. Raises Refusal, or IntegrityError when it does already."""
    _open(_strategy_of(commitment), by, reason)
    with on_ledger(reason):
        return CommitmentMeasure.objects.create(commitment=commitment, measure=measure, order=_next(commitment))


@transaction.atomic
def change(
    *,
    measure: Measure,
    values: dict[str, Any],
    seen: str,
    by: Actor,
    reason: str = "",
    applies_from: dt.date | None = None,
) -> Measure:
    """Keep new values, unless somebody else changed the measure since it was `seen`. Raises Refusal and Stale.

    A definition that changes once a strategy is approved starts a new version, from `applies_from` or today.
    """
    _open(_strategies_of(measure), by, reason)
    if applies_from is not None and any(name in values for name in definitions.FIELDS):
        require(rules.follows_definition(measure, applies_from))
    with definitions.dated(applies_from or by.on, reason):
        return _changed(measure, values, seen, reason)


@transaction.atomic
def remove(*, link: CommitmentMeasure, by: Actor) -> None:
    """Take a measure from a commitment of a draft; one that then belongs to nothing goes. Raises Refusal."""
    strategies = _locked(_strategy_of(link.commitment))
    require(rules.may_remove(by, strategies[0]))
    measure = link.measure
    link.delete()
    if not measure.commitment_measures.exists() and not measure.targets.exists():
        delete(measure)


@transaction.atomic
def add_target(*, target: Target, by: Actor, reason: str = "") -> Target:
    """Keep a new target of a measure. Raises Refusal, or IntegrityError when its code is taken."""
    _open(_strategies_of(target.measure), by, reason)
    with on_ledger(reason):
        target.save(force_insert=True)
    return target


@transaction.atomic
def change_target(*, target: Target, values: dict[str, Any], seen: str, by: Actor, reason: str = "") -> Target:
    """Keep new values, unless somebody else changed the target since it was `seen`. Raises Refusal and Stale."""
    _open(_strategies_of(target.measure), by, reason)
    return _changed(target, values, seen, reason)


@transaction.atomic
def remove_target(*, target: Target, by: Actor) -> None:
    """Take out a target that only drafts promise. Raises Refusal."""
    for strategy in _locked(_strategies_of(target.measure)):
        require(rules.may_remove(by, strategy))
    delete(target)


def _changed(record: models.Model, values: dict[str, Any], seen: str, reason: str) -> Any:
    row = stale.current(record, values, seen)
    for name, value in values.items():
        setattr(row, name, value)
    with on_ledger(reason):
        row.save(update_fields=list(values))
    return row


def _open(strategies: models.QuerySet, by: Actor, reason: str) -> None:
    rows = _locked(strategies)
    require(rules.may_edit_measure(by, rows) if len(rows) > 1 else rules.may_edit(by, rows[0]))
    for row in rows:
        require(rules.gives_reason(row, reason))


def _locked(strategies: models.QuerySet) -> list[Strategy]:
    """In one order everywhere, so that two saves cannot wait for each other."""
    return list(strategies.order_by("pk").select_for_update(of=("self",)))


def _strategy_of(commitment: Commitment) -> models.QuerySet:
    return Strategy.objects.filter(pk=commitment.strategy_id)


def _strategies_of(measure: Measure) -> models.QuerySet:
    ids = Commitment.objects.filter(commitment_measures__measure=measure).order_by().values("strategy")
    return Strategy.objects.filter(pk__in=ids)


def _next(commitment: Commitment) -> int:
    last = commitment.commitment_measures.aggregate(last=models.Max("order"))["last"]
    return (last or 0) + 1
