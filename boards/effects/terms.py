"""A board approves terms of reference: its own, or those of a board below it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from boards import rules_terms
from boards.models import AgendaItem, Board, Decision, Terms
from boards.queries import checks
from boards.services import terms as services
from kit.verdict import Verdict
from people.actor import Actor

from .kinds import Effect, Target


def _drafts(actor: Actor, item: AgendaItem) -> list[Target]:
    """The board's own draft first."""
    drafts = Terms.objects.visible_to(actor).filter(state="draft", board__is_outside=False).select_related("board")
    found = sorted(drafts, key=lambda each: (each.board_id != item.meeting.board_id, each.board.title))
    return [Target(each.pk, f"{each.board}, version {each.number}") for each in found]


def _may_approve(actor: Actor, item: AgendaItem, key: int) -> Verdict:
    terms = Terms.objects.select_related("board", "adopts").get(pk=key)
    return rules_terms.may_approve(actor, terms, checks.problems(terms, actor.on))


def _approve(decision: Decision, key: int, params: Mapping[str, Any], by: Actor, at: dt.datetime) -> str:
    row = services.approve(
        terms=Terms.objects.get(pk=key),
        decision=f"Decision {decision.reference}, {decision.meeting}",
        decided_on=decision.meeting.day,
        in_force_from=params["day"],
        by=by,
        at=at,
    )
    return f"{row} is approved, in force from {row.in_force_from:%-d %B %Y}."


def _lock() -> None:
    """As services.terms.approve does."""
    list(Board.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


APPROVE_TERMS = Effect(
    "approve_terms",
    "Approve the terms of reference",
    _drafts,
    _may_approve,
    _approve,
    asks_day="From which day the terms are in force",
    lock=_lock,
)
