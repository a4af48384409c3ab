"""Decisions: whether their item is quorate now, whether their minutes are confirmed, and the register across boards."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import CharField, F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, LPad

from boards.choices import MeetingState, Presence
from boards.choices_records import MinutesState, ReferralState
from boards.models import AgendaItem, BoardAction, Decision, DecisionAct, DecisionEffect, Meeting, Minutes
from boards.queries.attendance import lines_of
from boards.queries.quorum import Answer, answers
from boards.queries.terms import holding_on
from kit.fields import in_words
from people.actor import Actor

UNRATIFIED, WITHDRAWN = "unratified", "withdrawn"
# The effect that a deferral has by itself. It is taken back with the decision; the others stay done.
FORWARD_PLAN = "forward_plan"


def is_confirmed(meeting: Meeting) -> bool:
    """Whether the minutes are confirmed, so that all they were made from stays. One query."""
    return Minutes.objects.filter(meeting=meeting, state=MinutesState.CONFIRMED).exists()


def quorum_now(meeting: Meeting, items: Iterable[AgendaItem]) -> tuple[dict[int, Answer], bool]:
    """Whether each item is quorate as things stand, by its key; and whether it is known at all who is there.

    Give the whole agenda: who came late or left early did so at another item. Of a meeting that was held, what was
    written then. At most nine queries, however many items.
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
    found, _ = quorum_now(item.meeting, item.meeting.items.all())
    return found[item.pk].inquorate


def ratified_by(decision: Decision) -> str:
    """The reference of the decision by which a quorate board made this one its own; empty while none has. One query."""
    made = DecisionEffect.objects.filter(kind="ratify_decision", target=decision.pk).select_related("decision__board")
    found = made.first()
    return found.decision.reference if found else ""


def what_it_did(decision: Decision) -> list[str]:
    """The sentences of what the decision did and cannot be undone. One query."""
    return list(decision.effects.exclude(kind=FORWARD_PLAN).values_list("sentence", flat=True))


def what_rests_on(decision: Decision) -> Iterator[str]:
    """What was made from the decision and would lose its ground without it, each named. Four queries, once asked."""
    for referral in decision.referrals_sent.exclude(state=ReferralState.WITHDRAWN).select_related("from_board"):
        yield f"referral {referral.reference}"
    for stop in decision.referral_stops.select_related("board", "referral__from_board").order_by("pk"):
        yield f"the answer of {stop.board} to {stop.referral.reference}"
    for minutes in decision.confirms.select_related("meeting"):
        yield f"the confirmed minutes of {in_words(minutes.meeting.day)}"
    for action in decision.board_actions.not_closed().select_related("board").order_by("number"):
        yield f"action {action.reference}"


@dataclass(frozen=True)
class DecisionPage:
    """A decision with all that its reader may know of it."""

    decision: Decision
    acts: list[DecisionAct]
    effects: list[DecisionEffect]
    actions: list[BoardAction]
    ratified_by: Decision | None


def in_reach(actor: Actor) -> QuerySet[Decision]:
    """The decisions that the actor sees, each with `said`, its reference, and with `ratified_by`."""
    number = LPad(Cast("number", CharField()), 3, Value("0"))
    said = Concat(F("board__code"), Value(" "), F("year"), Value("/"), number)
    return Decision.objects.visible_to(actor).with_ratification().annotate(said=said)


def register(actor: Actor, asked: dict[str, str]) -> list[Decision]:
    """The decisions that match what was asked, newest first, each with `ratified_in`. Three queries.

    `asked` has words (in the decision, the title of its item or the reference), board, year, kind and standing.
    """
    rows = in_reach(actor)
    for name, lookup in (("board", "board__slug"), ("year", "year"), ("kind", "kind")):
        if value := asked.get(name):
            rows = rows.filter(**{lookup: value})
    for word in asked.get("words", "").split():
        rows = rows.filter(Q(text__icontains=word) | Q(item__title__icontains=word) | Q(said__icontains=word))
    if asked.get("standing") == UNRATIFIED:
        rows = rows.filter(needs_ratification=True, ratified_by__isnull=True, withdrawn_at__isnull=True)
    elif asked.get("standing") == WITHDRAWN:
        rows = rows.filter(withdrawn_at__isnull=False)
    found = list(
        rows.select_related("board", "meeting", "item")
        .prefetch_related("effects")
        .order_by("-meeting__starts_at", "board__code", "-number")
    )
    return with_ratifier(found)


def with_ratifier(decisions: list[Decision]) -> list[Decision]:
    """Each with `ratified_in`: the reference of the decision that made it the board's own. One query, or none."""
    keys = {each.ratified_by for each in decisions if each.ratified_by}
    named = {each.pk: each.reference for each in Decision.objects.filter(pk__in=keys).select_related("board")}
    for each in decisions:
        each.ratified_in = named.get(each.ratified_by, "")
    return decisions


def decision_page(actor: Actor, pk: int) -> DecisionPage:
    """One decision. At most seven queries. Raises Decision.DoesNotExist for those who do not see it."""
    found = (
        in_reach(actor)
        .select_related("board", "meeting__board", "item__meeting__board", "paper")
        .prefetch_related(
            Prefetch("acts", DecisionAct.objects.order_by("-id")),
            "effects",
            Prefetch("board_actions", BoardAction.objects.visible_to(actor).select_related("board", "owner_post")),
        )
        .get(pk=pk)
    )
    ratifier = Decision.objects.select_related("board").filter(pk=found.ratified_by or 0).first()
    found.ratified_in = ratifier.reference if ratifier else ""
    return DecisionPage(
        found, list(found.acts.all()), list(found.effects.all()), list(found.board_actions.all()), ratifier
    )
