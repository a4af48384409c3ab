"""The forward plan: what a board means to take up, and putting it on the coming agendas."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import transaction

from boards import rules_meetings as rules
from boards.choices import Purpose
from boards.filling import DUTY_MINUTES, Filling, Placement
from boards.models import AgendaItem, Board, Duty, ForwardPlanEntry, Meeting
from boards.queries.forward_plan import Plan, filled, plan_of
from boards.services.agenda import Wanted, place
from kit import stale
from kit.ledger import said
from kit.verdict import Refusal, require
from people.actor import Actor

TITLE_LENGTH = AgendaItem._meta.get_field("title").max_length


class Moved(Exception):
    """The plan or an agenda has changed since the preview was read."""


@transaction.atomic
def add(*, entry: ForwardPlanEntry, by: Actor) -> ForwardPlanEntry:
    """A new entry. Raises Refusal."""
    require(rules.may_plan_ahead(by, entry.board))
    entry.save(force_insert=True)
    return entry


@transaction.atomic
def change(*, entry: ForwardPlanEntry, values: dict[str, Any], seen: str, by: Actor) -> ForwardPlanEntry:
    """Keep new values of an entry that waits. Raises Refusal and Stale."""
    require(rules.may_plan_ahead(by, entry.board))
    row = stale.current(entry, values, seen)
    require(rules.may_change_entry(row))
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row


@transaction.atomic
def drop(*, entry: ForwardPlanEntry, reason: str, by: Actor) -> ForwardPlanEntry:
    """Say that the board will not take it up, and why. It stays in the record. Raises Refusal."""
    require(rules.may_plan_ahead(by, entry.board))
    row = ForwardPlanEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    require(rules.may_change_entry(row))
    row.dropped_because = reason
    with said(reason=reason):
        row.save(update_fields=["dropped_because"])
    return row


@transaction.atomic
def fill(*, board: Board, seen: str, by: Actor, at: dt.datetime) -> Filling:
    """Put everything where the preview said. Raises Refusal, and Moved when the preview would now say otherwise."""
    require(rules.may_plan_ahead(by, board))
    meetings = {
        meeting.pk: meeting
        for meeting in Meeting.objects.select_for_update(of=("self",)).select_related("board").filter(board=board)
    }
    waiting = list(ForwardPlanEntry.objects.select_for_update(of=("self",)).filter(board=board))
    plan = plan_of(board, by.on)
    filling = filled(plan, at)
    if preview_token(plan, filling) != seen:
        raise Moved
    if not filling.placed:
        raise Refusal("Nothing on the forward plan waits for a coming agenda.")
    duties = {duty.key: duty for duty in plan.duties}
    by_key = {entry.pk: entry for entry in waiting}
    for meeting in plan.meetings:
        mine = [each for each in filling.placed if each.meeting == meeting.pk]
        if not mine:
            continue
        items = place(meetings[meeting.pk], [_wanted(each, by_key, duties) for each in mine])
        for each, item in zip(mine, items, strict=True):
            if each.entry:
                entry = by_key[each.entry.key]
                entry.item = item
                entry.save(update_fields=["item"])
    return filling


def preview_token(plan: Plan, filling: Filling) -> str:
    """A short text that changes with what the preview says and with the agendas it says it of."""
    versions = [(meeting.pk, meeting.agenda_version) for meeting in plan.meetings]
    placed = [(each.meeting, each.entry.key if each.entry else each.duty.key) for each in filling.placed]
    return hashlib.sha256(json.dumps([versions, placed]).encode()).hexdigest()[:24]


def _wanted(placement: Placement, entries: dict[int, ForwardPlanEntry], duties: dict[str, Duty]) -> Wanted:
    if placement.entry is None:
        duty = duties[placement.duty.key]
        title = duty.text if len(duty.text) <= TITLE_LENGTH else f"{duty.text[: TITLE_LENGTH - 1]}…"
        return Wanted(
            {"title": title, "purpose": Purpose.ASSURANCE, "duty": duty, "minutes": DUTY_MINUTES, "is_one_off": True}
        )
    entry = entries[placement.entry.key]
    return Wanted(
        {
            "title": entry.title,
            "purpose": entry.purpose,
            "presenter_post_id": entry.presenter_post_id,
            "minutes": entry.minutes,
            "stream": entry.stream,
            "duty": duties.get(entry.duty_key),
            "is_one_off": True,
        }
    )
