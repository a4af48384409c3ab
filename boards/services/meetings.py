"""Recording a meeting as held: the door through which it keeps its terms, its names and its quorum for good."""

import datetime as dt

from django.db import transaction

from boards import rules_meetings as rules
from boards.choices import MeetingState, Presence
from boards.models import Attendance, Meeting, MeetingAct
from boards.queries.attendance import Line, lines_of
from boards.queries.quorum import answers
from boards.queries.terms import holding_on
from boards.services import decisions, minutes_items, referrals
from boards.services.agenda import locked
from boards.services.locks import locked_board
from kit.verdict import require
from people.actor import Actor
from people.services.acts import stamp


@transaction.atomic
def hold(*, meeting: Meeting, by: Actor, at: dt.datetime) -> Meeting:
    """Record that it was held. Afterwards the database refuses any change of it. Raises Refusal.

    It keeps the terms of its day and the version whose rules held, the names of its day as text, and for each item
    whether it was quorate and why.
    """
    locked_board(meeting.board_id)  # its decisions, what waits for its agendas and its minutes follow
    row = locked(meeting.pk)
    holding = holding_on([row.board], row.day).get(row.board_id)
    lines = lines_of(row)
    attendances = [line.attendance for line in lines]
    require(rules.may_hold(by, row, attendances, holding.rules if holding else None, at))
    _write_names(row, lines)
    items = list(row.items.all())
    found = answers(holding.rules, lines, items, list(row.declarations.all()))
    for item in items:
        item.quorate, item.quorum_sentence = found[item.pk].quorate, found[item.pk].sentence
        item.save(update_fields=["quorate", "quorum_sentence"])
    was = row.state
    row.terms, row.rules, row.state = holding.terms, holding.rules, MeetingState.HELD
    row.save(update_fields=["terms", "rules", "state"])
    MeetingAct.objects.create(
        meeting=row, verb="held", from_state=was, to_state=row.state, at=at, detail=_sentence(lines), **stamp(by)
    )
    decisions.weigh_again(meeting=row, by=by, at=at)
    referrals.catch_up(boards=[row.board], by=by, at=at)
    minutes_items.catch_up(boards=[row.board], at=at)
    return row


def _write_names(meeting: Meeting, lines: list[Line]) -> None:
    """Every seat of the day as it was then; replies for seats that were given up before it go, unless something hangs
    on them.
    """
    for line in lines:
        line.attendance.save()
    kept = {line.attendance.pk for line in lines}
    Attendance.objects.filter(meeting=meeting, declarations__isnull=True).exclude(pk__in=kept).delete()


def _sentence(lines: list[Line]) -> str:
    there = [line.attendance.presence for line in lines]
    came, deputies = there.count(Presence.PRESENT), there.count(Presence.DEPUTY)
    apologies, absent = there.count(Presence.APOLOGIES), there.count(Presence.ABSENT)
    said = [f"{came} present", f"{deputies} by deputy", f"{apologies} with apologies", f"{absent} absent"]
    return ", ".join(text for text in said if not text.startswith("0 ")) or "Nobody was there"
