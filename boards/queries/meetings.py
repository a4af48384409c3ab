"""Everything the page of a meeting shows, as one reader may see it."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from boards.choices import MeetingState
from boards.disclosure import Seen, seen_of, shown_declarations
from boards.models import Declaration, Meeting, MeetingAct, Terms
from boards.queries.attendance import Line, lines_of
from boards.queries.quorum import Answer, answers, forecast
from boards.queries.terms import holding_on
from commitments.models import Commitment, Strategy
from people.actor import Actor
from people.models import Tenure
from people.queries import holders_on


@dataclass(frozen=True)
class MeetingPage:
    """`terms` is the board's own version, `rules` the one whose rules hold: pinned, or in force on the day.

    `recorded` says whether it is known who came; before that `outlook` says what the replies promise.
    """

    meeting: Meeting
    terms: Terms | None
    rules: Terms | None
    items: list[Seen]
    lines: list[Line]
    declarations: list[Declaration]
    acts: list[MeetingAct]
    holders: dict[int, Tenure]
    quorum: dict[int, Answer] = field(default_factory=dict)
    outlook: str = ""
    recorded: bool = False


def meeting_page(actor: Actor, slug: str, pk: int) -> MeetingPage:
    """The meeting with its agenda, seats, quorum and history. Raises Meeting.DoesNotExist for those who do not see it.

    At most fourteen queries, and two more for each step of adopted terms, however many items there are.
    """
    meeting = (
        Meeting.objects.visible_to(actor)
        .select_related("board", "terms", "rules__board", "terms__board")
        .prefetch_related(
            Prefetch(
                "declarations", Declaration.objects.select_related("attendance", "item", "interest").order_by("id")
            )
        )
        .get(pk=pk, board__slug=slug)
    )
    items = agenda_of(meeting, actor)
    terms, rules = _terms(meeting)
    lines = lines_of(meeting)
    shown = seen_of(items, actor)
    recorded = meeting.state == MeetingState.HELD or any(line.attendance.presence != "not_recorded" for line in lines)
    posts = [each.item.presenter_post_id for each in shown if each.whole and each.item.presenter_post_id]
    chairs = [line.attendance.post_id for line in lines if line.attendance.category == "chair"]
    return MeetingPage(
        meeting=meeting,
        terms=terms,
        rules=rules,
        items=shown,
        lines=lines,
        declarations=shown_declarations(meeting.declarations.all(), shown, actor),
        acts=list(meeting.acts.all()),
        holders=holders_on([*posts, *(key for key in chairs if key)], meeting.day),
        quorum=_quorum(meeting, rules, lines, items) if recorded else {},
        outlook="" if recorded else forecast(rules, lines),
        recorded=recorded,
    )


def agenda_of(meeting: Meeting, actor: Actor) -> list:
    """All items in order, with what tells who may see them. Links to plans that the actor does not see are left out."""
    return list(
        meeting.items.select_related("presenter_post", "duty", "progress__round").prefetch_related(
            "audience",
            Prefetch("strategies", Strategy.objects.visible_to(actor)),
            Prefetch("commitments", Commitment.objects.visible_to(actor).select_related("strategy")),
        )
    )


def _terms(meeting: Meeting) -> tuple[Terms | None, Terms | None]:
    if meeting.state == MeetingState.HELD:
        return meeting.terms, meeting.rules
    holding = holding_on([meeting.board], meeting.day).get(meeting.board_id)
    return (holding.terms, holding.rules) if holding else (None, None)


def _quorum(meeting: Meeting, rules: Terms | None, lines: list[Line], items: list) -> dict[int, Answer]:
    """What was written when it was held; before that, what the attendance so far says."""
    if meeting.state == MeetingState.HELD:
        return {item.pk: Answer(item.quorate, item.quorum_sentence) for item in items}
    return answers(rules, lines, items, meeting.declarations.all())
