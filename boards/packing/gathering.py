"""Everything the pack of a meeting is made from, loaded once. Who may read it is asked elsewhere."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects

from boards.choices import StandingItem
from boards.choices_papers import PaperState
from boards.choices_records import MinutesState
from boards.disclosure import numbered
from boards.models import AgendaItem, BoardAction, Decision, Declaration, Meeting, Minutes, MinutesItem, Paper
from boards.packing.progress import progress_bodies
from boards.queries.papers import papers_of
from people.actor import Actor
from people.models import Tenure
from people.queries import holders_on


@dataclass(frozen=True)
class Gathered:
    """`waiting` are papers that are asked for and not cleared: they are not in the pack.

    `log` are the actions of the board that the meeting goes through; `minutes` those that are put to it, by item.
    `earlier` are the items of earlier meetings that log and minutes tell of, by key.
    """

    meeting: Meeting
    items: list[AgendaItem]
    numbers: dict[int, str]
    papers: dict[int, list[Paper]]
    waiting: list[Paper]
    holders: dict[int, Tenure]
    log: list[BoardAction] = field(default_factory=list)
    minutes: dict[int, Minutes] = field(default_factory=dict)
    earlier: dict[int, AgendaItem] = field(default_factory=dict)
    progress: dict[int, dict[str, Any]] = field(default_factory=dict)


def gathered(meeting: Meeting, by: Actor, at: dt.datetime, *, pictures: bool = False) -> Gathered:
    """At most twenty queries and those of progress reports, however many items and papers there are.

    Pictures of progress reports are for a file; what only compares does without.
    """
    prefetch_related_objects([meeting], Prefetch("declarations", Declaration.objects.select_related("attendance")))
    items = list(meeting.items.select_related("presenter_post", "progress__round").prefetch_related("audience"))
    papers = papers_of(meeting)
    cleared = {key: [each for each in rows if each.state == PaperState.CLEARED] for key, rows in papers.items()}
    prefetch_related_objects([each for rows in cleared.values() for each in rows], "route")
    log = _log(meeting, items)
    minutes = _minutes(meeting)
    return Gathered(
        meeting=meeting,
        items=items,
        numbers=numbered(items),
        papers=cleared,
        waiting=[each for rows in papers.values() for each in rows if each.state != PaperState.CLEARED],
        holders=holders_on([item.presenter_post_id for item in items if item.presenter_post_id], meeting.day),
        log=log,
        minutes=minutes,
        earlier=_earlier(log, minutes.values()),
        progress=progress_bodies(items, by, at, pictures=pictures),
    )


def _log(meeting: Meeting, items: Sequence[AgendaItem]) -> list[BoardAction]:
    """What is not closed, and what was closed at the last meeting: the board sees once that it is."""
    if not any(item.standing == StandingItem.ACTION_LOG for item in items):
        return []
    last = Meeting.objects.filter(board=meeting.board_id, state="held", starts_at__lt=meeting.starts_at)
    shown = ~Q(state="closed") | Q(closed_at_meeting=last.order_by("-starts_at").values("pk")[:1])
    rows = BoardAction.objects.filter(shown, board=meeting.board_id, meeting__starts_at__lt=meeting.starts_at)
    return list(rows.select_related("owner_post", "board").order_by("due", "year", "number"))


def _minutes(meeting: Meeting) -> dict[int, Minutes]:
    """Those that were circulated: a draft is nobody's but the secretariat's."""
    actions = BoardAction.objects.select_related("owner_post", "board")
    rows = MinutesItem.objects.filter(item__meeting=meeting).exclude(minutes__state=MinutesState.DRAFT)
    rows = rows.select_related("minutes__meeting__board").prefetch_related(
        "minutes__parts",
        "minutes__meeting__items",
        Prefetch("minutes__meeting__decisions", Decision.objects.standing().select_related("board"), to_attr="taken"),
        Prefetch("minutes__meeting__board_actions", actions, to_attr="raised"),
    )
    return {row.item_id: row.minutes for row in rows}


def items_with_readers(keys: Iterable[int]) -> list[AgendaItem]:
    """Items of any meeting with what says who sees them. Four queries."""
    attendance = Prefetch("meeting__declarations", Declaration.objects.select_related("attendance"))
    rows = AgendaItem.objects.filter(pk__in=list(keys)).select_related("meeting")
    return list(rows.prefetch_related("audience", attendance))


def _earlier(log: Iterable[BoardAction], minutes: Iterable[Minutes]) -> dict[int, AgendaItem]:
    keys = {action.item_id for action in log}
    keys |= {item.pk for each in minutes for item in each.meeting.items.all()}
    return {item.pk: item for item in items_with_readers(keys)} if keys else {}
