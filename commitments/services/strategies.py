"""The doors of a strategy: draft > approved > in force > closed or superseded. Each step records its reason."""

import datetime as dt
from typing import Any

from django.db import transaction

from commitments import rules
from commitments.choices import StrategyState
from commitments.models import Strategy, StrategyAct
from commitments.services.reasons import on_ledger
from kit import stale
from kit.verdict import require
from people.actor import Actor
from people.mandate import Mandate
from people.services.acts import stamp


@transaction.atomic
def add(*, strategy: Strategy, by: Actor) -> Strategy:
    """Keep a new draft. Raises Refusal, or IntegrityError when its slug is taken."""
    require(rules.may_keep_plans(by))
    strategy.state = StrategyState.DRAFT
    strategy.save(force_insert=True)
    return strategy


@transaction.atomic
def change(*, strategy: Strategy, values: dict[str, Any], seen: str, by: Actor, reason: str = "") -> Strategy:
    """Keep new values, unless somebody else changed it since it was `seen`. Raises Refusal and Stale."""
    row = stale.current(strategy, values, seen)
    require(rules.may_edit(by, row))
    require(rules.gives_reason(row, reason))
    for name, value in values.items():
        setattr(row, name, value)
    require(rules.may_follow(row, row.predecessor))
    with on_ledger(reason):
        row.save(update_fields=list(values))
    return row


@transaction.atomic
def approve(
    *, strategy: Strategy, by: Actor, at: dt.datetime, reason: str = "", mandate: Mandate | None = None
) -> Strategy:
    """What it promises is agreed, by the strategy team or by decision of a board. Raises Refusal."""
    row = _locked(strategy)
    require(rules.may_approve(by, row, row.commitments.count(), mandate))
    return _move(row, "approved", StrategyState.APPROVED, by, at, mandate.sentence if mandate else reason)


@transaction.atomic
def bring_into_force(*, strategy: Strategy, by: Actor, at: dt.datetime, reason: str = "") -> Strategy:
    """It counts from now on. Raises Refusal."""
    row = _locked(strategy)
    require(rules.may_bring_into_force(by, row))
    return _move(row, "brought into force", StrategyState.IN_FORCE, by, at, reason)


@transaction.atomic
def close(*, strategy: Strategy, by: Actor, at: dt.datetime, reason: str = "") -> Strategy:
    """It is over; nothing in it can be edited any more. Raises Refusal."""
    row = _locked(strategy)
    require(rules.may_close(by, row))
    return _move(row, "closed", StrategyState.CLOSED, by, at, reason)


@transaction.atomic
def supersede(*, strategy: Strategy, by: Actor, at: dt.datetime, reason: str = "") -> Strategy:
    """Another one, in force, has taken its place; nothing in it can be edited any more. Raises Refusal."""
    row = _locked(strategy)
    require(rules.may_supersede(by, row, list(row.successors.select_for_update())))
    return _move(row, "superseded", StrategyState.SUPERSEDED, by, at, reason)


def _locked(strategy: Strategy) -> Strategy:
    return Strategy.objects.select_for_update(of=("self",)).get(pk=strategy.pk)


def _move(row: Strategy, verb: str, to: StrategyState, by: Actor, at: dt.datetime, reason: str) -> Strategy:
    came_from = row.state
    row.state = to
    row.save(update_fields=["state"])
    StrategyAct.objects.create(
        strategy=row, verb=verb, from_state=came_from, to_state=to, at=at, reason=reason, **stamp(by)
    )
    return row
