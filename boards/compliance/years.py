"""Financial years, April to March, as boards are judged by."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from kit.periods import FIRST_MONTH, financial_year


@dataclass(frozen=True, order=True)
class Year:
    """The financial year that begins in April of `first`."""

    first: int

    @classmethod
    def holding(cls, day: dt.date) -> "Year":
        """The one that a day is in."""
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @cached_property
    def starts(self) -> dt.date:
        return dt.date(self.first, FIRST_MONTH, 1)

    @cached_property
    def ends(self) -> dt.date:
        return dt.date(self.first + 1, FIRST_MONTH, 1) - dt.timedelta(days=1)

    @cached_property
    def label(self) -> str:
        """2021-22."""
        return financial_year(self.starts)


def years_of(starts: dt.date, ends: dt.date) -> list[Year]:
    """The years that hold any of these days, the oldest first; none when they end before they start."""
    return [Year(first) for first in range(Year.holding(starts).first, Year.holding(ends).first + 1)]
