"""Working days in England: Monday to Friday without bank holidays.

Source of the bank holidays: the `holidays` package, which follows the Banking and Financial Dealings Act 1971 and the
days that the government proclaims.
"""

import datetime as dt
from functools import lru_cache

import holidays

SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)


def is_working_day(day: dt.date) -> bool:
    """Whether people in England are at work on the day."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def next_working_day(day: dt.date) -> dt.date:
    """The day itself when it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def add_working_days(day: dt.date, n: int) -> dt.date:
    """The working day that is n working days after the day, or before it when n is negative.

    The day itself is not counted. With n = 0 it is the day or the first working day after it.
    """
    if n == 0:
        return next_working_day(day)
    step = ONE_DAY if n > 0 else -ONE_DAY
    left = abs(n)
    while left:
        day += step
        left -= is_working_day(day)
    return day


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
