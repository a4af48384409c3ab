"""One board in one year: every figure, and what is behind it."""

import datetime as dt
from dataclasses import dataclass

from .attendance import SeatRecord, attendance, seats
from .figures import Figure, Outcome
from .meetings import CANCELLED, HELD, frequency, planned, quorate_items, quorate_meetings
from .promises import ProductRecord, products, promise
from .rows import BoardRow, MeetingRow, Rows
from .terms import DutyRecord, duties, exercised, review
from .years import Year

# What every board has, in the order of the page.
HEADLINES = (
    "frequency",
    "meetings",
    "quorate_meetings",
    "quorate_items",
    "attendance",
    "papers",
    "actions",
    "minutes",
    "review",
    "duties",
)


@dataclass(frozen=True)
class Record:
    """What a board made of its terms in a year."""

    board: BoardRow
    year: Year
    figures: dict[str, Figure]
    meetings: tuple[MeetingRow, ...]
    seats: tuple[SeatRecord, ...]
    products: tuple[ProductRecord, ...]
    duties: tuple[DutyRecord, ...]

    @property
    def judged(self) -> list[Figure]:
        """The promises of which it is known whether they were kept."""
        return [figure for figure in self.figures.values() if figure.is_judged]

    @property
    def kept(self) -> list[Figure]:
        return [figure for figure in self.judged if figure.outcome is Outcome.KEPT]

    @property
    def was_held(self) -> bool:
        """Whether it met at all."""
        return any(each.state == HELD for each in self.meetings)

    @property
    def outcome(self) -> Outcome:
        """All of it: kept, partly, not at all; no data when nothing could be judged."""
        if not self.judged:
            return Outcome.NO_DATA
        if len(self.kept) == len(self.judged):
            return Outcome.KEPT
        some = self.kept or any(figure.outcome is Outcome.PARTLY for figure in self.judged)
        return Outcome.PARTLY if some else Outcome.NOT_KEPT

    @property
    def sentence(self) -> str:
        """How many promises were kept of how many, and that it did not meet where it did not."""
        held = "" if self.was_held else "No meetings held. "
        if not self.judged:
            return f"{held}Nothing in {self.year.label} can be judged yet." if not held else held.strip()
        return f"{held}{len(self.kept)} of {len(self.judged)} promises kept in {self.year.label}."


def judge(rows: Rows, board: BoardRow, year: Year, *, today: dt.date) -> Record:
    """The record, as it is known today."""
    place = (board.key, year.first)
    starts, ends = year.starts, year.ends
    here = [each for each in rows.meetings.get(board.key, ()) if starts <= each.day <= ends]
    was_held = any(each.state == HELD for each in here)
    tallies = rows.seats.get(place, [])
    made, taken = products(rows.products.get(place, [])), duties(rows, board, year, today)
    cancelled = sum(each.state == CANCELLED for each in here)
    found = [
        frequency(rows, board, year, today),
        planned(here, year),
        quorate_meetings(here, year),
        quorate_items(here, year),
        attendance(tallies, year, was_held=was_held, cancelled=cancelled),
        *(promise(record, year, was_held=was_held) for record in made),
        review(rows, board, year, today),
        exercised(taken, year, today, was_held=was_held),
    ]
    figures = {figure.key: figure for figure in found}
    return Record(board, year, figures, tuple(here), tuple(seats(tallies)), tuple(made), tuple(taken))
