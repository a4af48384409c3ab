"""Replies and attendance. Each verb locks the meeting, asks the rule again and writes the seats' rows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from boards import rules_meetings as rules
from boards.choices import Presence, Reply
from boards.models import AgendaItem, Attendance, Meeting, Terms
from boards.queries.attendance import Line, lines_of
from boards.services.agenda import locked, terms_of_the_day
from kit.verdict import Refusal, require
from people.actor import Actor


class SeatRefused(Refusal):
    """What was said of one seat cannot be. `key` is the seat's."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


@dataclass(frozen=True)
class Answer:
    """What a seat replies."""

    key: str
    reply: str
    deputy: str = ""


@dataclass(frozen=True)
class Came:
    """Who was there for a seat, from which item and until which, both included."""

    key: str
    presence: str
    deputy: str = ""
    presided: bool = False
    arrived_for: AgendaItem | None = None
    left_after: AgendaItem | None = None


@transaction.atomic
def reply(*, meeting: Meeting, answers: Iterable[Answer], by: Actor, at: dt.datetime) -> list[Attendance]:
    """Keep the replies of some seats. Raises Refusal; SeatRefused for a deputy whom the terms do not allow."""
    row = locked(meeting.pk)
    lines, terms = _lines(row), terms_of_the_day(row)
    kept = []
    for answer in answers:
        line = _line(lines, answer.key)
        require(rules.may_reply(by, line.attendance, row, at))
        attendance = line.attendance
        attendance.reply = answer.reply
        attendance.deputy_name = _deputy(terms, line, answer.reply == Reply.DEPUTY, answer.deputy)
        attendance.save()
        kept.append(attendance)
    return kept


@transaction.atomic
def record(*, meeting: Meeting, came: Iterable[Came], by: Actor, at: dt.datetime) -> list[Attendance]:
    """Keep who was there. Raises Refusal; SeatRefused for a deputy or a time that cannot be."""
    row = locked(meeting.pk)
    require(rules.may_take_attendance(by, row, at))
    lines, terms = _lines(row), terms_of_the_day(row)
    kept = []
    for each in came:
        line = _line(lines, each.key)
        _insist_on_order(row, each)
        if line.vacant and each.presence == Presence.PRESENT:
            raise SeatRefused(each.key, f"{line.attendance.label} is vacant, so nobody can be present for it.")
        there = each.presence in (Presence.PRESENT, Presence.DEPUTY)
        if each.presided and not there:
            raise SeatRefused(each.key, f"{line.attendance.label} cannot preside without being there.")
        attendance = line.attendance
        attendance.presence = each.presence
        attendance.deputy_name = _deputy(terms, line, each.presence == Presence.DEPUTY, each.deputy)
        attendance.presided = each.presided
        attendance.arrived_for = each.arrived_for if there else None
        attendance.left_after = each.left_after if there else None
        attendance.save()
        kept.append(attendance)
    return kept


def row_for(meeting: Meeting, line: Line) -> Attendance:
    """The seat's row, written when nobody has answered for it yet. The meeting is locked."""
    if line.attendance.pk is None:
        line.attendance.save()
    return line.attendance


def _lines(meeting: Meeting) -> dict[str, Line]:
    return {line.key: line for line in lines_of(meeting)}


def _line(lines: dict[str, Line], key: str) -> Line:
    if key not in lines:
        raise Refusal("The members of this board have changed meanwhile. Open the page again.")
    return lines[key]


def _deputy(terms: Terms | None, line: Line, sends: bool, name: str) -> str:
    if not sends:
        return ""
    verdict = rules.may_have_deputy(terms, line.attendance.label, line.deputy, name)
    if not verdict:
        raise SeatRefused(line.key, verdict.sentence)
    return name.strip() or line.deputy


def _insist_on_order(meeting: Meeting, came: Came) -> None:
    for item in (came.arrived_for, came.left_after):
        if item is not None and item.meeting_id != meeting.pk:
            raise SeatRefused(came.key, "This item is not on the agenda of this meeting.")
    if came.arrived_for and came.left_after and came.left_after.position < came.arrived_for.position:
        raise SeatRefused(came.key, "They cannot leave before the item they came for.")
