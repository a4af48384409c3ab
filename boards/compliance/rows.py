"""What compliance is judged from: plain rows, counted by the database where there are many."""

import datetime as dt
from dataclasses import dataclass, field

from boards.frequency import Frequency

Place = tuple[int, int]  # a board's key, and the first calendar year of a financial year


@dataclass(frozen=True, slots=True)
class BoardRow:
    key: int
    slug: str
    title: str
    starts: dt.date
    ends: dt.date | None = None


@dataclass(frozen=True, slots=True)
class TermsRow:
    """An approved version. `looked_at` is when it was approved or reviewed, whichever came later."""

    key: int
    board: int
    number: int
    in_force_from: dt.date
    looked_at: dt.date
    review_every_months: int
    frequency: Frequency | None = None
    adopts: int | None = None
    pinned: int | None = None


@dataclass(frozen=True, slots=True)
class DutyRow:
    terms: int
    key: str
    text: str
    times_a_year: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting that was planned. Of its items as many were quorate, were not, or have no answer."""

    key: int
    board: int
    day: dt.date
    state: str
    is_over: bool = True
    was_moved: bool = False
    quorate: int = 0
    inquorate: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class SeatTally:
    """A seat's meetings in a year, of those that were held while its membership lasted."""

    label: str
    category: str
    is_member: bool
    came: int = 0
    deputy: int = 0
    apologies: int = 0
    absent: int = 0
    unknown: int = 0
    vacant: int = 0


@dataclass(frozen=True, slots=True)
class DutyTally:
    """At how many meetings held in a year an item fulfilled a duty."""

    key: str
    meetings: int


@dataclass(frozen=True, slots=True)
class ProductTally:
    """What became of a promise at the meetings of a year that were not cancelled. `ahead` is not due yet."""

    product: str
    promise: str
    in_time: int = 0
    late: int = 0
    missing: int = 0
    ahead: int = 0


@dataclass
class Rows:
    """All of it, by board, and by board and year. Terms are those of every board, because boards adopt."""

    terms: dict[int, list[TermsRow]] = field(default_factory=dict)
    duties: dict[int, list[DutyRow]] = field(default_factory=dict)
    meetings: dict[int, list[MeetingRow]] = field(default_factory=dict)
    seats: dict[Place, list[SeatTally]] = field(default_factory=dict)
    touched: dict[Place, list[DutyTally]] = field(default_factory=dict)
    products: dict[Place, list[ProductTally]] = field(default_factory=dict)
