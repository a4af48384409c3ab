"""A quorate board makes its own what it decided when too few were there."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from boards import rules_decisions as rules
from boards.models import AgendaItem, Decision
from boards.queries.decisions import taken_without_quorum
from kit.verdict import Verdict, require
from people.actor import Actor

from .kinds import Effect, Target

KIND = "ratify_decision"


def _unratified(actor: Actor, item: AgendaItem) -> list[Target]:
    rows = Decision.objects.visible_to(actor).filter(board=item.meeting.board_id).awaiting_ratification()
    return [Target(each.pk, each.reference) for each in rows.select_related("board").order_by("year", "number")]


def _may_ratify(actor: Actor, item: AgendaItem, key: int) -> Verdict:
    return rules.may_ratify(Decision.objects.select_related("board").get(pk=key), item, taken_without_quorum(item))


def _ratify(decision: Decision, key: int, params: Mapping[str, Any], by: Actor, at: dt.datetime) -> str:
    row = Decision.objects.select_for_update(of=("self",)).select_related("board").get(pk=key)
    require(rules.may_ratify(row, decision.item, decision.needs_ratification))
    return f"{row.reference} is ratified."


RATIFY_DECISION = Effect(KIND, "Ratify the decision", _unratified, _may_ratify, _ratify)
