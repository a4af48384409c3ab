"""What planning works on: a board as a plan, a meeting as a sitting. No models; services translate."""

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from boards.frequency import Frequency
from kit.working_days import ENGLAND, WorkingCalendar


@dataclass(frozen=True)
class Follows:
    """The board with this key meets first, at least so many working days before. Raises ValueError for less than 1."""

    key: str
    working_days: int = 1

    def __post_init__(self) -> None:
        if self.working_days < 1:
            raise ValueError("Boards that meet in sequence lie at least 1 working day apart.")


@dataclass(frozen=True)
class BoardPlan:
    """How a board wants to meet.

    `first_day` is the day that the frequency counts from; `weekday` the one it prefers (0 is Monday); `at` is local.
    `members` says whose diaries count: a key for each post or person, the same for all boards, and what to call it.
    """

    key: str
    name: str
    frequency: Frequency
    first_day: dt.date
    at: dt.time
    minutes: int
    weekday: int | None = None
    members: Mapping[str, str] = field(default_factory=dict, hash=False)
    follows: tuple[Follows, ...] = ()
    calendar: WorkingCalendar = ENGLAND


@dataclass(frozen=True)
class Sitting:
    """A meeting of a board on a day. `ref` is the caller's own name for it and comes back in what is found."""

    key: str
    day: dt.date
    at: dt.time
    minutes: int
    ref: Hashable = None

    def overlaps(self, other: "Sitting") -> bool:
        """Whether both go on at the same time."""
        if self.day != other.day:
            return False
        mine, theirs = _minute(self.at), _minute(other.at)
        return mine < theirs + other.minutes and theirs < mine + self.minutes


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute
