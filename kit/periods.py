"""Reporting periods. A financial year runs from 1 April; Q1 is April to June.

Source: DESIGN, section 2 ("Reporting round"), and HM Treasury's financial year for public bodies.
"""

import calendar
import datetime as dt
from dataclasses import dataclass

FIRST_MONTH = 4  # April

MONTHS_IN = {"monthly": 1, "two_monthly": 2, "quarterly": 3, "six_monthly": 6, "yearly": 12}


@dataclass(frozen=True)
class Period:
    """What a round is about: first day, last day, and the label people say."""

    starts: dt.date
    ends: dt.date
    label: str


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month, `months` later, or the month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def financial_year(day: dt.date) -> str:
    """The financial year that holds the day, as "2021-22"."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def period_holding(day: dt.date, cycle: str) -> Period:
    """The period of a cycle that holds the day. Cycles are counted from 1 April.

    Raises KeyError for a cycle that is not one of MONTHS_IN.
    """
    months = MONTHS_IN[cycle]
    since_april = (day.month - FIRST_MONTH) % 12
    index = since_april // months
    year_start = dt.date(day.year if day.month >= FIRST_MONTH else day.year - 1, FIRST_MONTH, 1)
    starts = add_months(year_start, index * months)
    ends = add_months(starts, months) - dt.timedelta(days=1)
    return Period(starts, ends, _label(starts, ends, cycle, index))


def next_period(period: Period, cycle: str) -> Period:
    """The period that follows."""
    return period_holding(period.ends + dt.timedelta(days=1), cycle)


def _label(starts: dt.date, ends: dt.date, cycle: str, index: int) -> str:
    year = financial_year(starts)
    if cycle == "quarterly":
        return f"Q{index + 1} {year}"
    if cycle == "six_monthly":
        return f"H{index + 1} {year}"
    if cycle == "yearly":
        return year
    if cycle == "monthly":
        return f"{starts:%B %Y}"
    first = f"{starts:%B}" if starts.year == ends.year else f"{starts:%B %Y}"
    return f"{first} to {ends:%B %Y}"
