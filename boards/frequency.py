"""How often a board meets, and how far apart its meetings may lie.

Months are counted from the first meeting, so that 31 January is followed by 28 February and 31 March.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from kit.periods import add_months

WEEKS, MONTHS, QUARTERS = "weeks", "months", "quarters"
MONTHS_OF = {MONTHS: 1, QUARTERS: 3}
MOST = 52
SPECIAL = {
    (1, WEEKS): "every week",
    (1, MONTHS): "monthly",
    (1, QUARTERS): "every quarter",
    (2, QUARTERS): "twice a year",
    (4, QUARTERS): "once a year",
    (6, MONTHS): "twice a year",
    (12, MONTHS): "once a year",
}
NUMBERS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LONGEST_MONTH = 31
# What holidays, weekends and a preferred weekday may add to the time between two meetings.
ROOM_DAYS = {WEEKS: 7, MONTHS: 14, QUARTERS: 14}


@dataclass(frozen=True)
class Frequency:
    """Every so many weeks, months or quarters. Raises ValueError with a sentence for anything else."""

    every: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in ROOM_DAYS:
            raise ValueError("A board meets every so many weeks, months or quarters.")
        if not isinstance(self.every, int) or isinstance(self.every, bool) or not 1 <= self.every <= MOST:
            raise ValueError(
                f"How often a board meets is a whole number of weeks, months or quarters, from 1 to {MOST}."
            )


MONTHLY = Frequency(1, MONTHS)
QUARTERLY = Frequency(1, QUARTERS)
TWICE_A_YEAR = Frequency(6, MONTHS)


def parse(data: object) -> Frequency:
    """The frequency that {"every": 6, "unit": "weeks"} describes. Raises ValueError with a sentence otherwise."""
    if not isinstance(data, dict) or set(data) != {"every", "unit"} or not isinstance(data["unit"], str):
        raise ValueError("A frequency has exactly these parts: every, unit.")
    return Frequency(**data)


def as_data(frequency: Frequency) -> dict[str, str | int]:
    """What parse reads, for JSON."""
    return asdict(frequency)


def words(frequency: Frequency) -> str:
    """As terms say it: "every six weeks", "monthly", "twice a year"."""
    if found := SPECIAL.get((frequency.every, frequency.unit)):
        return found
    number = NUMBERS[frequency.every] if frequency.every < len(NUMBERS) else str(frequency.every)
    return f"every {number} {frequency.unit}"


def usual_gap_days(frequency: Frequency) -> int:
    """About how many days lie between two meetings, at most."""
    return frequency.every * (7 if frequency.unit == WEEKS else MONTHS_OF[frequency.unit] * LONGEST_MONTH)


def largest_gap_days(frequency: Frequency) -> int:
    """The most days between two meetings with which a board still meets on its frequency.

    A week more than the weeks, or two weeks more than the months or quarters, because meetings give way to holidays.
    """
    return usual_gap_days(frequency) + ROOM_DAYS[frequency.unit]


def slots(frequency: Frequency, first_day: dt.date, from_day: dt.date, to_day: dt.date) -> Iterator[dt.date]:
    """The days on which it would meet, counted from the first day, that lie between the two days, both included."""
    step = max(0, (from_day - first_day).days // usual_gap_days(frequency))
    while (day := _slot(frequency, first_day, step)) <= to_day:
        if day >= from_day:
            yield day
        step += 1


def _slot(frequency: Frequency, first_day: dt.date, step: int) -> dt.date:
    if frequency.unit == WEEKS:
        return first_day + dt.timedelta(weeks=step * frequency.every)
    return add_months(first_day, step * frequency.every * MONTHS_OF[frequency.unit])
