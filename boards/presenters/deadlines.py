"""How the service-level clock of a meeting reads: what is due when and why, what came, what is late."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from boards import rules_calendar as rules
from boards.choices import MeetingState
from boards.models import Board, Meeting, Milestone
from boards.queries.working import calendars_of
from kit.clock import local_date
from kit.working_days import WorkingCalendar, at_time, day_in_words, moment_in_words
from people.actor import Actor

NEXT = 5
LAST_MINUTE = (23, 59)
# Up to so many hours a lateness is told in hours where the promise is.
MOST_HOURS = 72
# Whose milestones count. A meeting that was cancelled owes nothing.
ALIVE = (MeetingState.PLANNED, MeetingState.HELD)


@dataclass(frozen=True)
class Deadline:
    """One line: the product, when it is due, why then, how it stands (a mark), and where to record that it came."""

    product: str
    promise: str
    due: str
    explanation: str
    mark: dict
    standing: str
    came: str
    note: str
    url: str
    act: str
    meeting: str
    meeting_url: str
    is_overdue: bool


def of_meeting(meeting: Meeting, actor: Actor, now: dt.datetime) -> list[Deadline]:
    """The deadlines of a meeting in the order of their days. One query unless its milestones were prefetched.

    One more for the working calendar where something that was promised in working days is late.
    """
    records = bool(rules.may_record_product(actor, meeting))
    rows = sorted(meeting.milestones.all(), key=lambda row: (row.due_at, row.pk))
    calendars = _calendars([(row, meeting.board) for row in rows], now)
    return [_deadline(row, meeting, records, now, calendars) for row in rows]


@dataclass(frozen=True)
class BoardDeadlines:
    """What a board has let pass, and what is due next."""

    overdue: list[Deadline]
    next: list[Deadline]


def of_board(board: Board, actor: Actor, now: dt.datetime) -> BoardDeadlines:
    """For the page of a board. One query, or two where something is overdue."""
    rows = Milestone.objects.filter(meeting__board=board, met_at__isnull=True, meeting__state__in=ALIVE)
    return split(rows.select_related("meeting__board").order_by("due_at", "pk"), actor, now)


def split(rows: Iterable[Milestone], actor: Actor, now: dt.datetime, most: int = NEXT) -> BoardDeadlines:
    """Open milestones, with their meeting and board, as what is overdue and what comes next.

    At most one query, for the working calendars of boards with something overdue.
    """
    rows = list(rows)
    calendars = _calendars([(row, row.meeting.board) for row in rows], now)
    lines = [
        _deadline(row, row.meeting, bool(rules.may_record_product(actor, row.meeting)), now, calendars) for row in rows
    ]
    coming = [line for line in lines if not line.is_overdue]
    return BoardDeadlines([line for line in lines if line.is_overdue], coming[:most])


def due_words(due_at: dt.datetime) -> str:
    """The day; with the time when it is due at a moment and not by the end of a day."""
    local = timezone.localtime(due_at)
    if (local.hour, local.minute) == LAST_MINUTE:
        return day_in_words(local.date())
    return moment_in_words(local)


def _in_working_days(row: Milestone) -> bool:
    return "working day" in row.promise


def _calendars(rows: list[tuple[Milestone, Board]], now: dt.datetime) -> dict[int, WorkingCalendar]:
    """Those of the boards that have something late which was promised in working days."""
    boards = {board.pk: board for row, board in rows if _in_working_days(row) and (row.met_at or now) > row.due_at}
    return calendars_of(boards.values()) if boards else {}


def _deadline(
    row: Milestone, meeting: Meeting, records: bool, now: dt.datetime, calendars: Mapping[int, WorkingCalendar]
) -> Deadline:
    overdue = row.met_at is None and row.due_at < now
    if row.met_at is not None:
        mark = ("Came late", "warn") if row.was_late else ("On time", "good")
    else:
        mark = ("Overdue", "bad") if overdue else ("Due", "outline")
    return Deadline(
        product=row.get_product_display(),
        promise=row.promise,
        due=due_words(row.due_at),
        explanation=row.explanation,
        mark={"word": mark[0], "look": mark[1], "shape": ""},
        standing=_standing(row, now, calendars.get(meeting.board_id)),
        came=moment_in_words(row.met_at) if row.met_at else "",
        note=row.note,
        url=reverse("boards:milestone_met", args=[meeting.board.slug, meeting.pk, row.product]) if records else "",
        act="Correct" if row.met_at else "Record when it came",
        meeting=str(meeting),
        meeting_url=meeting.get_absolute_url(),
        is_overdue=overdue,
    )


def _standing(row: Milestone, now: dt.datetime, calendar: WorkingCalendar | None) -> str:
    """How late or how far: "2 working days late", "in 3 days", "today by 3pm". Late is told in the promise’s unit."""
    end = row.met_at or now
    days = (local_date(end) - local_date(row.due_at)).days
    if end > row.due_at:
        return _length(row, end, days, calendar) + " late"
    if row.met_at:
        return ""
    if days == 0:
        local = timezone.localtime(row.due_at)
        whole_day = (local.hour, local.minute) == LAST_MINUTE
        return "today" if whole_day else f"today by {at_time(local.time())}"
    return f"in {_many(-days, 'day')}"


def _length(row: Milestone, end: dt.datetime, days: int, calendar: WorkingCalendar | None) -> str:
    hours = int((end - row.due_at).total_seconds() // 3600)
    if calendar is not None and _in_working_days(row):
        first = local_date(row.due_at)
        working = sum(calendar.works(first + dt.timedelta(days=n)) for n in range(1, days + 1))
        return _many(working, "working day") if working else "less than a working day"
    if days and not (" hour" in row.promise and hours <= MOST_HOURS):
        return _many(days, "day")
    return _many(hours, "hour") if hours else "less than an hour"


def _many(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"
