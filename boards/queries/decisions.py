"""Decisions: whether their item is quorate now, whether their minutes are confirmed, and the register across boards."""

from collections.abc import Iterable

from boards.choices import MeetingState, Presence
from boards.choices_records import MinutesState
from boards.models import AgendaItem, Decision, DecisionEffect, Meeting, Minutes
from boards.queries.attendance import lines_of
from boards.queries.quorum import Answer, answers
from boards.queries.terms import holding_on

# The effect that a deferral has by itself. It is taken back with the decision; the others stay done.
FORWARD_PLAN = "forward_plan"


def is_confirmed(meeting: Meeting) -> bool:
    """Whether the minutes are confirmed, so that all they were made from stays. One query."""
    return Minutes.objects.filter(meeting=meeting, state=MinutesState.CONFIRMED).exists()


def quorum_now(meeting: Meeting, items: Iterable[AgendaItem]) -> tuple[dict[int, Answer], bool]:
    """Whether each item is quorate as things stand, by its key; and whether it is known at all who is there.

    Of a meeting that was held, what was written then. At most nine queries, however many items.
    """
    items = list(items)
    if meeting.state == MeetingState.HELD:
        return {item.pk: Answer(item.quorate, item.quorum_sentence) for item in items}, True
    holding = holding_on([meeting.board], meeting.day).get(meeting.board_id)
    lines = lines_of(meeting)
    recorded = any(line.attendance.presence != Presence.NOT_RECORDED for line in lines)
    return answers(holding.rules if holding else None, lines, items, meeting.declarations.all()), recorded


def taken_without_quorum(item: AgendaItem) -> bool:
    """Whether a decision on the item would now be subject to ratification."""
    found, _ = quorum_now(item.meeting, [item])
    return found[item.pk].inquorate


def ratified_by(decision: Decision) -> str:
    """The reference of the decision by which a quorate board made this one its own; empty while none has. One query."""
    made = DecisionEffect.objects.filter(kind="ratify_decision", target=decision.pk).select_related("decision__board")
    found = made.first()
    return found.decision.reference if found else ""


def what_it_did(decision: Decision) -> list[str]:
    """The sentences of what the decision did and cannot be undone. One query."""
    return list(decision.effects.exclude(kind=FORWARD_PLAN).values_list("sentence", flat=True))
