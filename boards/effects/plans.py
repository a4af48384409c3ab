"""A board approves a strategy, or closes a commitment as kept.

The secretariat has no part in plans: the decision is what opens the door (people.mandate). So that it can be named, a
draft strategy is offered by its title; the draft itself stays out of the secretary's reach.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from boards.models import AgendaItem, Decision
from boards.rules_decisions import gives_authority
from commitments import rules
from commitments.models import Commitment, Strategy
from commitments.services import commitments, strategies
from kit.verdict import Verdict
from people.actor import Actor
from people.mandate import Mandate

from .carrying import mandate_of
from .kinds import Effect, Target

# A rule asks whether there is authority, before there is a decision with a number.
ASKING = Mandate(board="", decision="")


def _drafts(actor: Actor, item: AgendaItem) -> list[Target]:
    """The drafts that the item is about; all of them when it names none."""
    drafts = Strategy.objects.filter(state="draft").order_by("title")
    linked = drafts.filter(pk__in=item.strategies.values("pk"))
    return [Target(each.pk, each.title) for each in linked or drafts]


def _may_approve(actor: Actor, item: AgendaItem, key: int) -> Verdict:
    if not (verdict := gives_authority(item.meeting.board)):
        return verdict
    strategy = Strategy.objects.get(pk=key)
    return rules.may_approve(actor, strategy, strategy.commitments.count(), ASKING)


def _approve(decision: Decision, key: int, params: Mapping[str, Any], by: Actor, at: dt.datetime) -> str:
    row = strategies.approve(strategy=Strategy.objects.get(pk=key), by=by, at=at, mandate=mandate_of(decision))
    return f"The strategy “{row}” is approved."


def _open_commitments(actor: Actor, item: AgendaItem) -> list[Target]:
    """Those that the item is about, or that belong to a strategy it is about."""
    rows = Commitment.objects.visible_to(actor).exclude(lifecycle__in=["complete", "stopped"])
    named = rows.filter(pk__in=item.commitments.values("pk"))
    whole = rows.filter(strategy__in=item.strategies.values("pk"), strategy__state="in_force")
    return [Target(each.pk, str(each)) for each in named or whole]


def _may_complete(actor: Actor, item: AgendaItem, key: int) -> Verdict:
    if not (verdict := gives_authority(item.meeting.board)):
        return verdict
    return rules.may_complete(actor, Commitment.objects.select_related("strategy").get(pk=key), ASKING)


def _complete(decision: Decision, key: int, params: Mapping[str, Any], by: Actor, at: dt.datetime) -> str:
    found = Commitment.objects.get(pk=key)
    row = commitments.complete(commitment=found, by=by, at=at, mandate=mandate_of(decision))
    return f"The commitment “{row}” is closed as complete."


APPROVE_STRATEGY = Effect("approve_strategy", "Approve the strategy", _drafts, _may_approve, _approve)
CLOSE_COMMITMENT = Effect(
    "close_commitment", "Close as complete the commitment", _open_commitments, _may_complete, _complete
)
