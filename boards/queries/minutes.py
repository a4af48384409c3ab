"""What minutes say: read from the meeting's own records each time, so that the two cannot disagree."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from boards.choices_records import MinutesState
from boards.disclosure import Seen, numbered, seen_of, shown_declarations
from boards.models import AgendaItem, BoardAction, Declaration, ItemRecord, Meeting, Minutes
from boards.queries.attendance import Line, lines_of
from boards.queries.decisions import quorum_now
from boards.queries.minutes_late import late_records
from boards.queries.summaries import body_of as decided_by
from people.actor import Actor

Body = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """Minutes with what their reader sees: the items, and the keys of declarations and of items of closed actions."""

    minutes: Minutes
    body: Body
    items: list[Seen]
    declarations: frozenset[int]
    closed: frozenset[int]


def minutes_of(meeting: Meeting, actor: Actor) -> Minutes | None:
    """The minutes of a meeting, when there are any that the actor may open. One query."""
    rows = Minutes.objects.visible_to(actor).filter(meeting=meeting).select_related("confirmed_by__board")
    found = rows.first()
    if found is not None:
        found.meeting = meeting
    return found


def reading(minutes: Minutes, actor: Actor) -> Reading:
    """The minutes as this reader may see them: confirmed ones as they were confirmed. At most twenty-one queries."""
    meeting = _loaded(minutes.meeting_id)
    body = minutes.record if minutes.state == MinutesState.CONFIRMED else body_of(minutes)
    items = seen_of(meeting.items.all(), actor)
    shown = shown_declarations(meeting.declarations.all(), items, actor)
    closed = {each["item"] for each in body["closed"]}
    whole = AgendaItem.objects.whole_to(actor).filter(pk__in=closed).order_by().values_list("pk", flat=True)
    return Reading(minutes, body, items, frozenset(each.pk for each in shown), frozenset(whole))


def body_of(minutes: Minutes) -> Body:
    """All of it as it stands, each line with the key of its item, which says who may read it."""
    meeting = _loaded(minutes.meeting_id)
    items = list(meeting.items.all())
    numbers = numbered(items)
    texts = texts_of(minutes)
    answers, recorded = quorum_now(meeting, items)
    decided = {line["item"]: line for line in decided_by(meeting)["lines"]}
    return {
        "board": {"title": meeting.board.title, "code": meeting.board.code},
        "meeting": _times(meeting),
        "recorded": recorded,
        "seats": [_seat(line) for line in lines_of(meeting)],
        "declarations": [_declaration(each) for each in meeting.declarations.all()],
        "items": [
            {
                "item": item.pk,
                "number": numbers[item.pk],
                "title": item.title,
                "quorum": answers[item.pk].sentence if recorded else "",
                "inquorate": recorded and answers[item.pk].inquorate,
                "text": texts.get(item.pk, ""),
                "decisions": decided.get(item.pk, {}).get("decisions", []),
                "actions": decided.get(item.pk, {}).get("actions", []),
            }
            for item in items
        ],
        "closed": [_closed(each) for each in _closed_at(meeting)],
        "next": _next(meeting),
        "corrections": sorted(
            [*(_correction(each, numbers) for each in minutes.corrections.all()), *late_records(minutes, numbers)],
            key=lambda each: each["at"],
        ),
    }


def texts_of(minutes: Minutes) -> dict[int, str]:
    """What was discussed, by item: as written in the minutes, else as noted in the room. Two queries."""
    noted = ItemRecord.objects.filter(item__meeting=minutes.meeting_id)
    found = {each.item_id: each.discussion for each in noted}
    return found | {each.item_id: each.text for each in minutes.parts.all()}


def hash_of(body: Mapping[str, Any]) -> str:
    """The SHA-256 of a record, whatever order the database keeps its names in."""
    written = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "backslashreplace")).hexdigest()


def _loaded(pk: int) -> Meeting:
    declared = Declaration.objects.select_related("attendance").order_by("id")
    return (
        Meeting.objects.select_related("board")
        .prefetch_related(
            Prefetch("items", AgendaItem.objects.prefetch_related("audience").order_by("position", "id")),
            Prefetch("declarations", declared),
        )
        .get(pk=pk)
    )


def _times(meeting: Meeting) -> dict[str, Any]:
    return {
        "starts": meeting.starts_at.isoformat(),
        "ends": meeting.ends_at.isoformat(),
        "place": meeting.place,
    }


def _seat(line: Line) -> dict[str, Any]:
    row = line.attendance
    return {
        "label": row.label,
        "category": row.category,
        "name": row.name,
        "presence": row.presence,
        "deputy": row.deputy_name,
        "presided": row.presided,
        "from": row.arrived_for_id,
        "until": row.left_after_id,
    }


def _declaration(row: Declaration) -> dict[str, Any]:
    who = row.attendance.name or row.attendance.label
    return {"key": row.pk, "item": row.item_id, "who": who, "what": row.text, "outcome": row.get_outcome_display()}


def _closed_at(meeting: Meeting) -> list[BoardAction]:
    rows = BoardAction.objects.filter(closed_at_meeting=meeting).select_related("board", "owner_post")
    return list(rows.order_by("year", "number"))


def _closed(row: BoardAction) -> dict[str, Any]:
    return {
        "item": row.item_id,
        "key": row.pk,
        "reference": row.reference,
        "text": row.text,
        "owner": str(row.owner_post),
    }


def _next(meeting: Meeting) -> dict[str, Any] | None:
    later = Meeting.objects.standing().filter(board=meeting.board_id, starts_at__gt=meeting.starts_at)
    found = later.order_by("starts_at").first()
    return _times(found) if found else None


def _correction(row, numbers: Mapping[int, str]) -> dict[str, Any]:
    return {
        "item": row.item_id,
        "number": numbers[row.item_id],
        "was": row.was,
        "becomes": row.becomes,
        "asked_by": row.asked_by,
        "because": row.because,
        "at": row.at.isoformat(),
        "by": row.by_name,
    }
