"""What a board puts off goes to its forward plan, and comes off it when the decision is taken back."""

import datetime as dt

from boards.choices import Visibility
from boards.models import AgendaItem, Decision, DecisionEffect, ForwardPlanEntry
from boards.queries.decisions import FORWARD_PLAN
from boards.services import forward_plan
from kit.verdict import Refusal
from people.actor import Actor

LEFT_OUT = "It was not put on the forward plan, which is read by others too."


def put_off(*, decision: Decision, by: Actor, at: dt.datetime) -> DecisionEffect:
    """Put the item on the forward plan of its board, with what everybody may know of it. The caller has the lock."""
    item = decision.item
    if item.visibility == Visibility.ABSENT:
        # Deferred again after a correction: what is said of it stands already.
        before = decision.effects.filter(kind=FORWARD_PLAN, target=0).first()
        return before or _wrote(decision, 0, item.title, LEFT_OUT, at)
    entry = forward_plan.add(entry=_entry(item, decision), by=by)
    return _wrote(decision, entry.pk, entry.title, f"It is on the forward plan of {entry.board}.", at)


def take_up(*, decision: Decision, because: str, by: Actor) -> None:
    """Take it off the forward plan again. Raises Refusal when it is on an agenda already."""
    targets = decision.effects.filter(kind=FORWARD_PLAN).values("target")
    for entry in ForwardPlanEntry.objects.filter(pk__in=targets, dropped_because="").select_related("board", "item"):
        if entry.item_id:
            raise Refusal(
                f"What was deferred is on the agenda of {entry.item.meeting} already. Take it off there first."
            )
        forward_plan.drop(entry=entry, reason=because, by=by)


def _entry(item: AgendaItem, decision: Decision) -> ForwardPlanEntry:
    entry = ForwardPlanEntry(board=decision.board, title=item.title, minutes=item.minutes)
    if item.visibility == Visibility.COVER_TITLE:
        entry.title = item.cover_title
    if item.visibility == Visibility.VISIBLE:
        entry.stream, entry.presenter_post = item.stream, item.presenter_post
        entry.duty_key = item.duty.key if item.duty else ""
        entry.purpose = item.purpose
    else:
        entry.purpose = "discussion"
    return entry


def _wrote(decision: Decision, target: int, label: str, sentence: str, at: dt.datetime) -> DecisionEffect:
    return DecisionEffect.objects.create(
        decision=decision, kind=FORWARD_PLAN, target=target, label=label, sentence=sentence, at=at
    )
