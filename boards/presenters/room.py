"""How a meeting reads while it is going on: its items by the clock, one of them open. Asks nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from boards.models import BoardAction, Decision, ItemRecord, Meeting, Paper
from boards.presenters import decisions
from boards.presenters.decisions import Tag
from boards.presenters.meetings import AgendaLine
from boards.queries.room import Room
from kit.working_days import at_time


@dataclass(frozen=True)
class DecisionRow:
    """A decision that was made on the open item."""

    decision: Decision
    tag: Tag
    standing: str
    did: Sequence[str]


@dataclass(frozen=True)
class ItemRow:
    """An item in the list beside: what is known of it in a few words."""

    line: AgendaLine
    url: str
    actual: str
    done: str
    is_open: bool


@dataclass(frozen=True)
class OpenItem:
    """The item that is worked on."""

    line: AgendaLine
    record: ItemRecord | None
    papers: Sequence[Paper]
    decisions: Sequence[DecisionRow]
    actions: Sequence[BoardAction]
    actual: str
    before: ItemRow | None
    after: ItemRow | None

    @property
    def item(self):
        return self.line.seen.item


def url_of(meeting: Meeting, item_pk: int, part: str = "") -> str:
    """The page with one item open."""
    address = reverse("boards:room", args=[meeting.board.slug, meeting.pk])
    return f"{address}?item={item_pk}{part}"


def rows(meeting: Meeting, lines: Sequence[AgendaLine], room: Room, open_pk: int | None) -> list[ItemRow]:
    """Every item, in order."""
    return [
        ItemRow(
            line,
            url_of(meeting, line.seen.item.pk),
            actual(room.records.get(line.seen.item.pk)),
            _done(line.seen.item.pk, room),
            line.seen.item.pk == open_pk,
        )
        for line in lines
    ]


def opened(found: Sequence[ItemRow], room: Room) -> OpenItem | None:
    """The open item with what stands before and after it."""
    at = next((place for place, row in enumerate(found) if row.is_open), None)
    if at is None:
        return None
    pk = found[at].line.seen.item.pk
    return OpenItem(
        line=found[at].line,
        record=room.records.get(pk),
        papers=room.papers.get(pk, ()),
        decisions=[
            DecisionRow(
                each, decisions.tag(each.kind), decisions.standing(each), [done.sentence for done in each.effects.all()]
            )
            for each in room.decisions.get(pk, ())
        ],
        actions=room.actions.get(pk, ()),
        actual=found[at].actual,
        before=found[at - 1] if at else None,
        after=found[at + 1] if at + 1 < len(found) else None,
    )


def first_to_take(lines: Sequence[AgendaLine], room: Room) -> int | None:
    """The item that is being taken, or the first that was not taken yet; the first of all when all were, or when
    nothing can be written any more."""
    keys = [line.seen.item.pk for line in lines]
    if room.confirmed:
        return next(iter(keys), None)
    running = [key for key in keys if (row := room.records.get(key)) and row.started_at and not row.ended_at]
    untouched = [key for key in keys if key not in room.records and key not in room.decisions]
    return next(iter([*running, *untouched, *keys]), None)


def seed(papers: Sequence[Paper], decided: Sequence[Decision], wanted: str) -> Paper | None:
    """The paper whose recommendation the decision starts from: the one asked for, else the first not decided yet."""
    done = {each.paper_id for each in decided if each.withdrawn_at is None}
    with_words = [paper for paper in papers if paper.recommendation.strip()]
    if wanted:
        return next((paper for paper in with_words if str(paper.pk) == wanted), None)
    return next((paper for paper in with_words if paper.pk not in done), None)


def actual(record: ItemRecord | None) -> str:
    """ "Taken 10:05am to 10:20am"; empty while it is not known."""
    if record is None or not (record.started_at or record.ended_at):
        return ""
    if record.started_at and record.ended_at:
        return f"Taken {_at(record.started_at)} to {_at(record.ended_at)}"
    return f"Started {_at(record.started_at)}" if record.started_at else f"Ended {_at(record.ended_at)}"


def _at(moment: dt.datetime) -> str:
    return at_time(timezone.localtime(moment).time())


def _done(pk: int, room: Room) -> str:
    decided = [each for each in room.decisions.get(pk, ()) if each.withdrawn_at is None]
    said = [f"{len(decided)} decision{'' if len(decided) == 1 else 's'}" if decided else ""]
    raised = len(room.actions.get(pk, ()))
    said.append(f"{raised} action{'' if raised == 1 else 's'}" if raised else "")
    record = room.records.get(pk)
    said.append("noted" if record and record.discussion.strip() else "")
    return ", ".join(filter(None, said))
