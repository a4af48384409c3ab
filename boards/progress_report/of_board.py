"""The board's own part: its open actions, and the decisions that are due from it.

All who see the item read this, so that only items are told of which nobody has to leave out: visible to all, and with
nobody to whom they are not sent. What is said of the others stands on the agenda, for those who see them.
"""

import dataclasses
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from boards.choices import Outcome, Purpose, Visibility
from boards.disclosure import numbered
from boards.models import AgendaItem, Decision, Declaration, Meeting
from boards.presenters.board_actions import row
from boards.queries.board_actions import log_of
from kit.fields import in_words
from people.actor import Actor

Data = dict[str, Any]
KEPT = ("reference", "text", "owner", "due", "first_due", "state", "stands", "update", "updated", "silent")


ONLY_OPEN = "Only what every reader of the agenda may see is listed."


def actions(item: AgendaItem, actor: Actor) -> Data:
    """What is not closed of earlier meetings' actions, as it stands on the day of the meeting: proposals first."""
    meeting = item.meeting
    log = log_of(meeting.board, actor, meeting)
    lines = [line for line in (*log.proposed, *log.open) if line.action.meeting.starts_at < meeting.starts_at]
    told = _told_to_all(line.action.item_id for line in lines)
    rows = (dataclasses.asdict(row(line, meeting.day)) for line in lines if line.action.item_id in told)
    kept = [{name: each[name] for name in KEPT} for each in rows]
    said = "As they stand on the day of the meeting." if kept else "No action is open."
    return {"said": f"{said} {ONLY_OPEN}", "rows": kept}


def due(item: AgendaItem, actor: Actor) -> Data:
    """Items of this agenda that are for decision, and decisions that wait for a quorate meeting to ratify them."""
    items, ratify = _for_decision(item.meeting), _to_ratify(item.meeting, actor)
    said = "Items of this agenda that are for decision." if items else "No item of this agenda is for decision."
    return {"said": f"{said} {ONLY_OPEN}", "items": items, "ratify": ratify}


def _for_decision(meeting: Meeting) -> list[list[str]]:
    """Number, title and what the board is asked. Where somebody is not sent an item its title is all that is said."""
    items = list(meeting.items.all())
    numbers = numbered(items)
    wanted = [each for each in items if each.purpose == Purpose.DECISION and each.visibility == Visibility.VISIBLE]
    told = _told_to_all(each.pk for each in wanted)
    return [
        [numbers[each.pk], each.title, (each.note.strip() if each.pk in told else "") or "For decision."]
        for each in wanted
    ]


def _to_ratify(meeting: Meeting, actor: Actor) -> list[list[str]]:
    """Reference, day, text and why it was not quorate."""
    rows = Decision.objects.visible_to(actor).filter(board=meeting.board_id, meeting__starts_at__lt=meeting.starts_at)
    found = list(rows.awaiting_ratification().select_related("board", "meeting").order_by("taken_at", "year", "number"))
    told = _told_to_all(each.item_id for each in found)
    return [
        [each.reference, in_words(each.meeting.day), each.text, each.quorum_sentence]
        for each in found
        if each.item_id in told
    ]


def _told_to_all(keys: Iterable[int]) -> set[int]:
    """The keys of items of which nobody has to leave out anything. One query; none of none."""
    keys = set(keys)
    if not keys:
        return set()
    of_item = Q(item=OuterRef("pk")) | Q(item__isnull=True, meeting=OuterRef("meeting"))
    withheld = Declaration.objects.filter(of_item, outcome=Outcome.NOT_SENT)
    found = AgendaItem.objects.filter(pk__in=keys, visibility=Visibility.VISIBLE).exclude(Exists(withheld))
    return set(found.values_list("pk", flat=True))
