"""Whether a board met as often as its terms ask. The judge is the time between meetings, not their number."""

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from boards.frequency import Frequency, largest_gap_days
from boards.frequency import words as frequency_words
from kit.fields import in_words
from kit.working_days import listed


@dataclass(frozen=True)
class Gap:
    """Days between two meetings, or between a meeting and an end of the time that is judged."""

    after: dt.date
    before: dt.date

    @property
    def days(self) -> int:
        """How long it was."""
        return (self.before - self.after).days


@dataclass(frozen=True)
class Held:
    """The answer: kept or not, how many meetings, the most days allowed, the gaps that were longer, and a sentence."""

    kept: bool
    meetings: int
    allowed_days: int
    too_long: tuple[Gap, ...]
    sentence: str

    def __bool__(self) -> bool:
        return self.kept


def held(
    days: Iterable[dt.date],
    frequency: Frequency,
    starts: dt.date,
    ends: dt.date,
    *,
    previous: dt.date | None = None,
    today: dt.date | None = None,
) -> Held:
    """Whether the meetings held on these days kept the frequency from `starts` to `ends`, both included.

    `previous` is the last meeting before `starts`; without it time counts from `starts`. Of a year that is not over,
    only the part until `today` is judged. For a board that began or ended in the year give its own days.
    """
    until = min(ends, today) if today else ends
    met = sorted({day for day in days if starts <= day <= until})
    allowed = largest_gap_days(frequency)
    marks = [previous or starts, *met, max(until, starts)]
    gaps = [Gap(*pair) for pair in itertools.pairwise(marks)]
    too_long = tuple(gap for gap in gaps if gap.days > allowed)
    return Held(not too_long, len(met), allowed, too_long, _sentence(frequency, met, gaps, too_long, allowed))


def _sentence(
    frequency: Frequency, met: list[dt.date], gaps: list[Gap], too_long: tuple[Gap, ...], allowed: int
) -> str:
    count = f"Met {'once' if len(met) == 1 else f'{len(met)} times'}" if met else "Did not meet"
    asked = f"its terms ask for a meeting {frequency_words(frequency)}"
    if not too_long:
        longest = max(gap.days for gap in gaps)
        return f"{count}; {asked}. At most {_length(longest)} without a meeting, and {_length(allowed)} are allowed."
    each = [f"{_length(gap.days)} from {in_words(gap.after)} to {in_words(gap.before)}" for gap in too_long]
    return f"{count}; {asked}. Without a meeting: {listed(each)}. At most {_length(allowed)} are allowed."


def _length(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
