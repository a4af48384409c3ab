"""The doors of minutes: draft, write, circulate, correct, confirm. Each locks the board and asks the rule."""

import datetime as dt

from django.db import transaction

from boards import rules_minutes as rules
from boards.choices import Product
from boards.choices_records import MinutesState
from boards.models import (
    AgendaItem,
    Correction,
    Decision,
    ItemRecord,
    Meeting,
    Minutes,
    MinutesAct,
    MinutesItem,
    MinutesPart,
)
from boards.queries.minutes import body_of, hash_of, texts_of
from boards.queries.summaries import addressees
from boards.services import milestones, minutes_items, minutes_links
from boards.services.locks import locked_board
from kit import clock, stale
from kit.stale import Stale
from kit.verdict import require
from people.actor import Actor
from people.services.acts import stamp
from people.services.outbox import queue


@transaction.atomic
def draft(*, meeting: Meeting, by: Actor, at: dt.datetime) -> Minutes:
    """Begin the minutes, with what was noted in the room as their first words. Raises Refusal."""
    locked_board(meeting.board_id)
    row = Meeting.objects.select_related("board").get(pk=meeting.pk)
    require(rules.may_draft(by, row, Minutes.objects.filter(meeting=row).exists(), at))
    made = Minutes.objects.create(meeting=row)
    noted = ItemRecord.objects.filter(item__meeting=row).exclude(discussion="")
    for record in noted.order_by("item__position"):
        MinutesPart.objects.create(minutes=made, item_id=record.item_id, text=record.discussion)
    _act(made, "drafted", "", by, at)
    return made


@transaction.atomic
def write(*, minutes: Minutes, item: AgendaItem, text: str, seen: str, by: Actor) -> MinutesPart:
    """Keep what the draft says was discussed on an item, unless somebody else wrote it since it was `seen` (`token`).

    Raises Refusal; Stale with the part as it is now.
    """
    row = _locked(minutes)
    require(rules.may_write(by, row))
    part = _unchanged(row, item, text, seen)
    if part.pk is None or part.text != text:
        part.text = text
        part.save()
    return part


@transaction.atomic
def circulate(*, minutes: Minutes, by: Actor, at: dt.datetime) -> Minutes:
    """Send the members a link to them, unconfirmed, and put them on the board's next agenda. Raises Refusal.

    From here on every change of a part is a correction. The mails hold no word of them.
    """
    row = _locked(minutes)
    require(rules.may_circulate(by, row))
    there = set(row.parts.values_list("item", flat=True))
    texts = texts_of(row)
    for item in row.meeting.items.exclude(pk__in=there):
        MinutesPart.objects.create(minutes=row, item=item, text=texts.get(item.pk, ""))
    was, row.state, row.circulated_at = row.state, MinutesState.CIRCULATED, at
    row.save(update_fields=["state", "circulated_at"])
    going = [each for each in addressees(row.meeting, clock.local_date(at)) if each.is_member]
    for each in going:
        queue(to=each.person, kind="minutes_circulated", context={"minutes": row})
    names = ", ".join(each.person.name for each in going)
    _act(row, "circulated", was, by, at, reason=f"To {names}" if names else "")
    for due in row.meeting.milestones.filter(product=Product.MINUTES, met_at__isnull=True):
        milestones.meet(milestone=due, came_at=at, by=by, at=at)
    minutes_items.catch_up(boards=[row.meeting.board], at=at)
    return row


@transaction.atomic
def correct(
    *,
    minutes: Minutes,
    item: AgendaItem,
    text: str,
    asked_by: str,
    because: str = "",
    seen: str,
    by: Actor,
    at: dt.datetime,
) -> Correction:
    """Change a part of circulated minutes and record both texts. Raises Refusal; Stale with the part as it is now."""
    row = _locked(minutes)
    require(rules.may_correct(by, row))
    part = _unchanged(row, item, text, seen)
    require(rules.is_a_correction(part.text, text, asked_by))
    made = Correction.objects.create(
        minutes=row,
        item=item,
        was=part.text,
        becomes=text,
        asked_by=asked_by.strip(),
        because=because.strip(),
        at=at,
        by_name=by.name,
    )
    part.text = text
    part.save(update_fields=["text"])
    _act(row, "corrected", row.state, by, at, reason=because.strip())
    return made


@transaction.atomic
def confirm(*, minutes: Minutes, decision: Decision, by: Actor, at: dt.datetime) -> Minutes:
    """Freeze all of them, with the hash, by a decision of the board on the item where they were put. Raises Refusal.

    Afterwards the database refuses any change of them and of what they were made from.
    """
    row = _locked(minutes)
    put = MinutesItem.objects.filter(minutes=row, item=decision.item_id).exists()
    require(rules.may_confirm(by, row, decision.item, put))
    was, record = row.state, body_of(row)
    row.state, row.confirmed_by, row.confirmed_at = MinutesState.CONFIRMED, decision, at
    row.record, row.sha256 = record, hash_of(record)
    row.save(update_fields=["state", "confirmed_by", "confirmed_at", "record", "sha256"])
    _act(row, "confirmed", was, by, at, reason=f"By decision {decision.reference}")
    minutes_links.unlink_ahead(row, decision.item)
    return row


def token(text: str) -> str:
    """A short text that changes with what a part says."""
    return stale.token(MinutesPart(pk=0, text=text), ("text",))


def _locked(minutes: Minutes) -> Minutes:
    """The row as it is now, its board locked until the transaction ends: decisions and actions wait there too."""
    locked_board(Meeting.objects.get(pk=minutes.meeting_id).board_id)
    return Minutes.objects.select_for_update(of=("self",)).select_related("meeting__board").get(pk=minutes.pk)


def _unchanged(minutes: Minutes, item: AgendaItem, text: str, seen: str) -> MinutesPart:
    """The part, or a new one that says what was noted in the room. Raises Refusal; Stale when it was not seen so."""
    require(rules.is_of_meeting(minutes, item))
    part = minutes.parts.filter(item=item).first()
    if part is None:
        part = MinutesPart(minutes=minutes, item=item, text=texts_of(minutes).get(item.pk, ""))
    if token(part.text) != seen and part.text != text:
        raise Stale(part)
    return part


def _act(row: Minutes, verb: str, was: str, by: Actor, at: dt.datetime, *, reason: str = "") -> None:
    MinutesAct.objects.create(
        minutes=row, verb=verb, from_state=was, to_state=row.state, at=at, reason=reason, **stamp(by)
    )
