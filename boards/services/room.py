"""What is noted of an item in the room: what was said, and when it was taken. Two who write at once lose nothing."""

import datetime as dt

from django.db import transaction

from boards import rules_decisions as rules
from boards import rules_minutes
from boards.models import AgendaItem, ItemRecord, Meeting, Minutes
from boards.queries.decisions import is_confirmed
from boards.services.agenda import locked
from boards.services.locks import locked_board
from kit import clock, stale
from kit.stale import Stale
from kit.verdict import require
from people.actor import Actor

WATCHED = ("discussion", "started_at", "ended_at")


@transaction.atomic
def note(
    *,
    item: AgendaItem,
    discussion: str,
    started_at: dt.datetime | None,
    ended_at: dt.datetime | None,
    seen: str,
    by: Actor,
    at: dt.datetime,
) -> ItemRecord:
    """Keep the note and the times of an item, unless somebody else wrote them since they were `seen` (`token`).

    Raises Refusal; Stale with the record as it is now, and nothing is written.
    """
    meeting = _locked(item)
    require(rules.may_record(by, meeting, is_confirmed(meeting), at))
    require(rules_minutes.may_note(Minutes.objects.filter(meeting=meeting).first()))
    require(rules.ends_after_it_starts(started_at, ended_at))
    row = ItemRecord.objects.filter(item=item).first() or ItemRecord(item=item)
    wanted = ItemRecord(item=item, discussion=discussion, started_at=started_at, ended_at=ended_at)
    if _words(wanted) == _words(row):
        return row  # the same again, as whoever presses twice sends it
    if token(row) != seen:
        raise Stale(row)
    for name in WATCHED:
        setattr(row, name, getattr(wanted, name))
    row.save()
    return row


@transaction.atomic
def start(*, item: AgendaItem, by: Actor, at: dt.datetime) -> ItemRecord:
    """Note that the item is taken now: on the day of its meeting, and when nothing is noted of it. Raises Refusal."""
    meeting = _locked(item)
    require(rules.may_record(by, meeting, is_confirmed(meeting), at))
    row = ItemRecord.objects.filter(item=item).first() or ItemRecord(item=item)
    if row.pk is None and clock.local_date(at) == meeting.day:
        row.started_at = at
        row.save()
    return row


def token(record: ItemRecord | None) -> str:
    """A short text that changes with what is noted; the same for all items of which nothing is."""
    return stale.token(ItemRecord(pk=0, **(_words(record) if record else {})), WATCHED)


def _locked(item: AgendaItem) -> Meeting:
    """The meeting, its board locked before it: minutes that are being confirmed wait, or this does."""
    locked_board(item.meeting.board_id)
    return locked(item.meeting_id)


def _words(record: ItemRecord) -> dict:
    """Times in one zone: the database answers in its own."""
    times = {name: getattr(record, name) for name in ("started_at", "ended_at")}
    return {"discussion": record.discussion} | {
        name: moment.astimezone(dt.UTC) if moment else None for name, moment in times.items()
    }
