"""Carrying out what a decision is to do."""

import datetime as dt
from collections.abc import Iterable

from boards.models import AgendaItem, Decision, DecisionEffect
from kit.verdict import Refusal, Verdict, refused
from people.actor import Actor
from people.mandate import Mandate

from .kinds import Asked, effect_of

UNKNOWN = "Nobody knows how to do that any more. Record the decision without it."


def may(asked: Asked, *, item: AgendaItem, by: Actor) -> Verdict:
    """Whether the effect could be had now, with the sentence of the record's own rule."""
    effect = effect_of(asked.kind)
    if effect is None or asked.target not in {each.key for each in effect.targets(by, item)}:
        return refused(UNKNOWN if effect is None else "That cannot be decided here any more. Open the page again.")
    if effect.asks_day and not asked.params.get("day"):
        return refused(f"Answer first: {effect.asks_day}.")
    return effect.may(by, item, asked.target)


def lock_for(wanted: Iterable[Asked]) -> None:
    """Take the locks that the doors will take, before any other, so that two never wait for each other."""
    for asked in wanted:
        if (effect := effect_of(asked.kind)) and effect.lock:
            effect.lock()


def carry_out(*, decision: Decision, asked: Asked, by: Actor, at: dt.datetime) -> DecisionEffect:
    """Open the record's own door and write down what came of it. Raises Refusal with that door's sentence."""
    verdict = may(asked, item=decision.item, by=by)
    if not verdict:
        raise Refusal(verdict.sentence)
    effect = effect_of(asked.kind)
    label = next(each.label for each in effect.targets(by, decision.item) if each.key == asked.target)
    sentence = effect.carry_out(decision, asked.target, asked.params, by, at)
    return DecisionEffect.objects.create(
        decision=decision, kind=asked.kind, target=asked.target, label=label[:300], sentence=sentence[:500], at=at
    )


def mandate_of(decision: Decision) -> Mandate:
    """The decision as authority for a door that otherwise asks for a role."""
    return Mandate(board=str(decision.board), decision=decision.reference)
