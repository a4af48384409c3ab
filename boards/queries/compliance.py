"""What boards' compliance is judged from, in seven queries however many boards and years.

The database counts: of tens of thousands of seats, items and deadlines only tallies come here.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from boards.choices import MEMBERS, Category
from boards.compliance import (
    BoardRow,
    DutyRow,
    DutyTally,
    MeetingRow,
    ProductTally,
    Record,
    Rows,
    SeatTally,
    TermsRow,
    Year,
    judge,
    years_of,
)
from boards.frequency import Frequency
from boards.models import AgendaItem, Board, Duty, Meeting, MeetingAct, Milestone, Terms
from boards.queries.compliance_sql import PRODUCTS, SEATS, TOUCHED
from kit import clock

STANDING = ("planned", "held")


@dataclass(frozen=True)
class Late:
    """A product that came late or not at all, with what was said of it."""

    product: str
    day: dt.date
    meeting: int
    due_at: dt.datetime
    met_at: dt.datetime | None
    explanation: str
    note: str


@dataclass(frozen=True)
class Changed:
    """A meeting moved or cancelled, and why."""

    day: dt.date
    meeting: int
    verb: str
    detail: str
    reason: str


def records(boards: Iterable[Board], years: Iterable[Year], at: dt.datetime) -> dict[tuple[int, int], Record]:
    """The record of each board in each of the years in which it existed, by the board's key and the year's first."""
    boards, years = list(boards), sorted(years)
    if not boards or not years:
        return {}
    found, today = rows(boards, years[0], years[-1], at), clock.local_date(at)
    return {
        (board.pk, year.first): judge(found, _board(board), year, today=today)
        for board in boards
        for year in years
        if year.ends >= board.starts and (board.ends is None or year.starts <= board.ends)
    }


def years_with(board: Board, today: dt.date) -> list[Year]:
    """The years of a board until today, the newest first. Never none: a board still to begin has its first one."""
    last = min(board.ends or today, today)
    return years_of(board.starts, max(board.starts, last))[::-1]


def rows(boards: Iterable[Board], first: Year, last: Year, at: dt.datetime) -> Rows:
    """All that the boards are judged by in the years from first to last. Seven queries."""
    keys = [board.pk for board in boards]
    found = Rows()
    _terms(found)
    _duties(found)
    _meetings(found, keys, last, at)
    _seats(found, keys, first, last)
    _products(found, keys, first, last, at)
    _touched(found, keys, first, last)
    return found


def late_in(board: Board, year: Year, at: dt.datetime) -> list[Late]:
    """What came late or not at all for a board's meetings of the year, by the meeting's day. One query."""
    overdue = Q(met_at__gt=F("due_at")) | Q(met_at__isnull=True, due_at__lt=at)
    found = _in_years(Milestone.objects.filter(overdue, meeting__board=board, meeting__state__in=STANDING), year, year)
    return [
        Late(each.get_product_display(), each.meeting.day, each.meeting_id, each.due_at, each.met_at, *_said(each))
        for each in found.select_related("meeting").order_by("meeting__starts_at", "due_at", "id")
    ]


def changed_in(board: Board, year: Year) -> list[Changed]:
    """Meetings of the year that were moved or cancelled, with the reasons given. One query."""
    acts = MeetingAct.objects.filter(meeting__board=board, verb__in=["moved", "cancelled"]).select_related("meeting")
    return [
        Changed(act.meeting.day, act.meeting_id, act.verb, act.detail, act.reason)
        for act in _in_years(acts, year, year).order_by("meeting__starts_at", "id")
    ]


def _said(milestone: Milestone) -> tuple[str, str]:
    return milestone.explanation, milestone.note


def _board(board: Board) -> BoardRow:
    return BoardRow(board.pk, board.slug, board.title, board.starts, board.ends)


# Reading


def _terms(found: Rows) -> None:
    """Every approved version: boards adopt one another's."""
    fields = (
        "pk",
        "board_id",
        "number",
        "in_force_from",
        "approved_on",
        "reviewed_on",
        "review_every_months",
        "frequency_every",
        "frequency_unit",
        "adopts_id",
        "pinned_id",
    )
    for pk, board, number, from_day, approved, reviewed, months, every, unit, adopts, pinned in (
        Terms.objects.filter(state="approved").order_by("board_id", "in_force_from").values_list(*fields)
    ):
        looked_at = max(filter(None, (approved, reviewed)))
        often = Frequency(every, unit) if every and unit else None
        row = TermsRow(pk, board, number, from_day, looked_at, months, often, adopts, pinned)
        found.terms.setdefault(board, []).append(row)


def _duties(found: Rows) -> None:
    approved = Duty.objects.filter(terms__state="approved").order_by("terms_id", "position", "id")
    for terms, key, text, times in approved.values_list("terms_id", "key", "text", "times_a_year"):
        found.duties.setdefault(terms, []).append(DutyRow(terms, key, text, times))


def _meetings(found: Rows, keys: list[int], last: Year, at: dt.datetime) -> None:
    """Earlier years too, for how long a board had not met when the first one began. Two queries."""
    until = _start_of(Year(last.first + 1))
    here = Meeting.objects.filter(board__in=keys, starts_at__lt=until).exclude(state="proposed")
    items = {
        meeting: (good, bad, unknown)
        for meeting, good, bad, unknown in AgendaItem.objects.filter(meeting__in=here.order_by().values("pk"))
        .order_by()
        .filter(meeting__state="held")
        .values("meeting")
        .annotate(
            good=Count("pk", filter=Q(quorate=True)),
            bad=Count("pk", filter=Q(quorate=False)),
            unknown=Count("pk", filter=Q(quorate=None)),
        )
        .values_list("meeting", "good", "bad", "unknown")
    }
    zone = timezone.get_current_timezone()
    fields = ("pk", "board_id", "starts_at", "ends_at", "state", "first_planned_for")
    for pk, board, starts, ends, state, planned_for in here.order_by("starts_at", "pk").values_list(*fields):
        day = starts.astimezone(zone).date()
        moved = planned_for is not None and planned_for != day
        row = MeetingRow(pk, board, day, state, ends < at, moved, *items.get(pk, (0, 0, 0)))
        found.meetings.setdefault(board, []).append(row)


def _seats(found: Rows, keys: list[int], first: Year, last: Year) -> None:
    for board, year, label, category, *counts in _tallies(SEATS, keys, first, last):
        tally = SeatTally(label, category, category in MEMBERS, *counts)
        found.seats.setdefault((board, year), []).append(tally)


def _products(found: Rows, keys: list[int], first: Year, last: Year, at: dt.datetime) -> None:
    for board, year, *tally in _tallies(PRODUCTS, keys, first, last, at=at):
        found.products.setdefault((board, year), []).append(ProductTally(*tally))


def _touched(found: Rows, keys: list[int], first: Year, last: Year) -> None:
    for board, year, key, meetings in _tallies(TOUCHED, keys, first, last):
        found.touched.setdefault((board, year), []).append(DutyTally(key, meetings))


def _tallies(sql: str, keys: list[int], first: Year, last: Year, **more: Any) -> list[tuple]:
    """The rows that a statement counts, for meetings of the boards in the years."""
    given = {
        "boards": keys,
        "starts": _start_of(first),
        "until": _start_of(Year(last.first + 1)),
        "zone": timezone.get_current_timezone_name(),
        "order": list(Category),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, given | more)
        return cursor.fetchall()


def _in_years(rows: QuerySet, first: Year, last: Year) -> QuerySet:
    """Those of meetings in these financial years."""
    from_moment, until = _start_of(first), _start_of(Year(last.first + 1))
    return rows.filter(meeting__starts_at__gte=from_moment, meeting__starts_at__lt=until)


def _start_of(year: Year) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(year.starts, dt.time()))
