"""Board actions with all that their pages, packs and minutes say of them, as one reader may see it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet

from boards.choices_records import ActionState, MinutesState
from boards.disclosure import seen_of
from boards.models import (
    ActionContributor,
    AgendaItem,
    Board,
    BoardAction,
    BoardActionAct,
    Declaration,
    Meeting,
)
from kit import clock
from kit.fields import in_words
from people.actor import Actor
from people.models import Tenure
from people.queries import holders_on

SAYS_HOW_IT_STANDS = ("updated", "proposed")


@dataclass(frozen=True)
class Minute:
    """Where an action came from: "item 5, 8 February 2022"; without what the reader does not see of it.

    `item_title` is there only when the item is seen whole, `meeting_url` when they reach the meeting.
    """

    words: str
    item_title: str = ""
    meeting_url: str = ""


@dataclass(frozen=True)
class Line:
    """An action, its acts newest first, who holds the owner's post today, and the last meeting of its board."""

    action: BoardAction
    minute: Minute
    acts: tuple[BoardActionAct, ...]
    holding: Tenure | None
    last_meeting: Meeting | None

    @cached_property
    def last_update(self) -> BoardActionAct | None:
        return next((act for act in self.acts if act.verb in SAYS_HOW_IT_STANDS), None)

    @property
    def times_moved(self) -> int:
        return sum(act.verb == "moved" for act in self.acts)

    @property
    def is_silent(self) -> bool:
        """Open since before the last meeting of its board, and nobody has said since then how it stands."""
        last = self.last_meeting
        if last is None or self.action.state != ActionState.OPEN or self.action.meeting.starts_at >= last.starts_at:
            return False
        return self.last_update is None or self.last_update.at < last.starts_at


@dataclass(frozen=True)
class Log:
    """The action log of a board: what the board closed last stays on it for one more meeting."""

    open: list[Line]
    proposed: list[Line]
    closed: list[Line]

    @property
    def lines(self) -> list[Line]:
        return [*self.proposed, *self.open, *self.closed]


def log_of(board: Board, actor: Actor, meeting: Meeting | None = None) -> Log:
    """The log as the actor sees it, for a meeting, or for now: open, proposed, and closed at it or at the one before.

    Ten queries, however many actions there are.
    """
    moment = meeting.starts_at if meeting else clock.now()
    last = last_meetings([board.pk], moment).get(board.pk)
    until = [each for each in (last, meeting) if each is not None]
    rows = BoardAction.objects.visible_to(actor).filter(board=board)
    rows = rows.filter(~Q(state=ActionState.CLOSED) | Q(closed_at_meeting__in=until))
    found = lines(rows.order_by("due", "year", "number"), actor, last={board.pk: last} if last else {})
    by_state = {state: [line for line in found if line.action.state == state] for state in ActionState}
    return Log(by_state[ActionState.OPEN], by_state[ActionState.PROPOSED], by_state[ActionState.CLOSED])


def lines(rows: QuerySet, actor: Actor, *, last: dict[int, Meeting] | None = None) -> list[Line]:
    """The actions with what is said of them; the rows are what the actor sees. At most nine queries.

    `last` is the last meeting of each board, by its key, where it is known already.
    """
    actions = list(
        rows.select_related("board", "meeting", "owner_post", "closed_at_meeting", "decision").prefetch_related(
            Prefetch("contributor_links", ActionContributor.objects.select_related("post")), "acts"
        )
    )
    if not actions:
        return []
    minutes = _minutes_of(actions, actor)
    holders = holders_on([action.owner_post_id for action in actions], actor.on)
    if last is None:
        last = last_meetings({action.board_id for action in actions}, clock.now())
    return [
        Line(
            action,
            minutes[action.pk],
            tuple(action.acts.all()),
            holders.get(action.owner_post_id),
            last.get(action.board_id),
        )
        for action in actions
    ]


def last_meetings(boards: Iterable[int], before: dt.datetime) -> dict[int, Meeting]:
    """The newest meeting of each board that began before the moment and was not cancelled. One query."""
    rows = Meeting.objects.standing().filter(board__in=list(boards), starts_at__lt=before)
    return {row.board_id: row for row in rows.order_by("board_id", "-starts_at").distinct("board_id")}


def meetings_for(action: BoardAction, at: dt.datetime) -> list[Meeting]:
    """Meetings of its board at which it can be closed or kept open: begun, not before it was raised or its closure
    proposed, their minutes not confirmed; the newest first. Two queries.
    """
    rows = Meeting.objects.standing().filter(board=action.board_id, starts_at__gte=action.meeting.starts_at)
    rows = rows.exclude(minutes_of__state=MinutesState.CONFIRMED).order_by("-starts_at")
    first = proposed_on(action) or action.meeting.day
    return [row for row in rows if first <= row.day <= clock.local_date(at)]


def proposed_on(action: BoardAction) -> dt.date | None:
    """The day on which the closure that waits for the board was proposed; None when none does. At most one query."""
    if action.state != ActionState.PROPOSED:
        return None
    act = action.acts.filter(verb="proposed").order_by("-pk").first()
    return clock.local_date(act.at) if act else None


def _minutes_of(actions: list[BoardAction], actor: Actor) -> dict[int, Minute]:
    """Where each came from. Meetings that the actor does not reach have their day only. Four queries."""
    reached = (
        Meeting.objects.visible_to(actor)
        .filter(pk__in={action.meeting_id for action in actions})
        .select_related("board")
        .prefetch_related(
            Prefetch("items", AgendaItem.objects.prefetch_related("audience")),
            Prefetch("declarations", Declaration.objects.select_related("attendance")),
        )
    )
    urls, items = {}, {}
    for meeting in reached:
        urls[meeting.pk] = meeting.get_absolute_url()
        items |= {each.item.pk: each for each in seen_of(meeting.items.all(), actor)}
    found = {}
    for action in actions:
        seen, day = items.get(action.item_id), in_words(action.meeting.day)
        found[action.pk] = Minute(
            words=f"item {seen.number}, {day}" if seen else day,
            item_title=seen.title if seen and seen.whole else "",
            meeting_url=urls.get(action.meeting_id, ""),
        )
    return found
