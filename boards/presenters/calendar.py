"""How a year of meetings reads: twelve months with their meetings, bank holidays and closures."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from boards.checking import Trouble
from boards.choices import MeetingState, Nation
from boards.models import Board, Closure, Meeting
from kit.fields import in_words
from kit.periods import FIRST_MONTH, add_months, financial_year
from kit.tables import Cell, Column, Table
from kit.working_days import WorkingCalendar, at_time

ONE_DAY = dt.timedelta(days=1)
EARLIEST, LATEST = 1990, 2100
# Planned is what a meeting on a calendar is; only what else it may be is marked.
LOOKS = {
    MeetingState.PROPOSED: "outline",
    MeetingState.HELD: "good",
    MeetingState.CANCELLED: "neutral",
}


@dataclass(frozen=True)
class Year:
    """A financial year, by the calendar year in which it begins."""

    begins: int

    @property
    def starts(self) -> dt.date:
        return dt.date(self.begins, FIRST_MONTH, 1)

    @property
    def ends(self) -> dt.date:
        return dt.date(self.begins + 1, FIRST_MONTH, 1) - ONE_DAY

    @property
    def label(self) -> str:
        return financial_year(self.starts)


def year_of(asked: str, today: dt.date) -> Year:
    """The year asked for, or the one that holds today."""
    if asked.isascii() and asked.isdigit() and EARLIEST <= int(asked[:5]) <= LATEST:
        return Year(int(asked))
    return Year(today.year if today.month >= FIRST_MONTH else today.year - 1)


@dataclass(frozen=True)
class Entry:
    """One meeting on the calendar."""

    day: dt.date
    time: str
    title: str
    url: str
    place: str
    word: str
    look: str
    is_cancelled: bool
    is_troubled: bool


@dataclass
class Month:
    """A month: its meetings, and the days on which nobody works, each with why."""

    first: dt.date
    entries: list[Entry] = field(default_factory=list)
    off: list[tuple[str, str]] = field(default_factory=list)
    is_now: bool = False

    @property
    def label(self) -> str:
        return f"{self.first:%B %Y}"


def months(
    year: Year,
    meetings: Iterable[Meeting],
    boards: Sequence[Board],
    closures: Iterable[Closure],
    troubles: Iterable[Trouble],
    today: dt.date,
) -> list[Month]:
    """The twelve months of the year, in order."""
    troubled = {ref for each in troubles for ref in each.refs}
    found = {(first.year, first.month): Month(first) for first in (add_months(year.starts, n) for n in range(12))}
    for meeting in meetings:
        found[meeting.day.year, meeting.day.month].entries.append(_entry(meeting, meeting.pk in troubled))
    for day, words in sorted([*_bank_holidays(year, boards), *_closed(year, closures, boards)]):
        found[day.year, day.month].off.append(words)
    for month in found.values():
        month.is_now = (month.first.year, month.first.month) == (today.year, today.month)
    return list(found.values())


def _entry(meeting: Meeting, troubled: bool) -> Entry:
    return Entry(
        day=meeting.day,
        time=at_time(timezone.localtime(meeting.starts_at).time()),
        title=meeting.board.title,
        url=meeting.get_absolute_url(),
        place=meeting.place,
        word=meeting.get_state_display() if meeting.state in LOOKS else "",
        look=LOOKS.get(meeting.state, ""),
        is_cancelled=meeting.state == MeetingState.CANCELLED,
        is_troubled=troubled,
    )


def _bank_holidays(year: Year, boards: Sequence[Board]) -> Iterable[tuple[dt.date, tuple[str, str]]]:
    """Every bank holiday of the boards' nations; with the nations when not all of them have it."""
    nations = sorted({board.nation for board in boards}) or [Nation.ENGLAND]
    calendars = {nation: WorkingCalendar(nation) for nation in nations}
    day = year.starts
    while day <= year.ends:
        names: dict[str, list[str]] = {}
        for nation, calendar in calendars.items():
            if name := calendar.named(day):
                names.setdefault(name, []).append(Nation(nation).label)
        for name, where in names.items():
            some = f" ({', '.join(where)})" if len(where) < len(nations) else ""
            yield day, (f"{day:%a} {day.day}", f"{name}{some}")
        day += ONE_DAY


def _closed(
    year: Year, closures: Iterable[Closure], boards: Sequence[Board]
) -> Iterable[tuple[dt.date, tuple[str, str]]]:
    """Closures, in the month in which they begin within the year."""
    titles = {board.pk: board.title for board in boards}
    for closure in closures:
        starts, ends = max(closure.starts, year.starts), min(closure.ends, year.ends)
        if starts > ends or (closure.board_id and closure.board_id not in titles):
            continue
        whose = f", {titles[closure.board_id]} only" if closure.board_id else ""
        until = (
            f" to {ends:%a} {ends.day}{f' {ends:%b}' if ends.month != starts.month else ''}" if ends > starts else ""
        )
        yield starts, (f"{starts:%a} {starts.day}{until}", f"{closure.label} (closed{whose})")


def _span(starts: dt.date, ends: dt.date) -> str:
    first = f"{starts:%a} {starts.day}"
    if starts == ends:
        return first
    return f"{first} to {ends:%a} {ends.day}{f' {ends:%b}' if ends.month != starts.month else ''}"


@dataclass(frozen=True)
class TroubleLine:
    """A sentence with the pages of the meetings that it is about."""

    sentence: str
    meetings: tuple[tuple[str, str], ...]


def trouble_lines(troubles: Iterable[Trouble], meetings: Iterable[Meeting]) -> list[TroubleLine]:
    """What to look at, each with links to what can be moved."""
    by_key = {meeting.pk: meeting for meeting in meetings}
    return [
        TroubleLine(
            each.sentence,
            tuple((str(by_key[ref]), by_key[ref].get_absolute_url()) for ref in each.refs if ref in by_key),
        )
        for each in troubles
    ]


def table(request: HttpRequest, year: Year, meetings: Sequence[Meeting]) -> Table:
    """The same meetings as rows, for the file."""
    columns = [
        Column("board", "Board", lambda row: Cell(row.board.title)),
        Column("day", "Day", lambda row: Cell(in_words(row.day)), plain=lambda row: row.day.isoformat()),
        Column("starts", "Starts", lambda row: Cell(_clock(row.starts_at))),
        Column("ends", "Ends", lambda row: Cell(_clock(row.ends_at))),
        Column("place", "Place", lambda row: Cell(row.place)),
        Column("state", "State", lambda row: Cell(row.get_state_display())),
    ]
    name = f"meetings-{year.label}"
    return Table(request, caption=f"Meetings {year.label}", columns=columns, rows=meetings, name=name)


def _clock(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def crumbs(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of the calendar. The last one has no address."""
    return [("Boards", reverse("boards:boards")), ("Calendar", reverse("boards:calendar")), *last]


def meeting_crumbs(board: Board, *last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page about a board's meeting."""
    return [("Boards", reverse("boards:boards")), (board.title, board.get_absolute_url()), *last]
