"""Counting working days, for those who need the day and not the reasons."""

import datetime as dt

from .calendars import ENGLAND, WorkingCalendar

ONE_DAY = dt.timedelta(days=1)


def is_working_day(day: dt.date, calendar: WorkingCalendar = ENGLAND) -> bool:
    """Whether people are at work on the day."""
    return calendar.works(day)


def next_working_day(day: dt.date, calendar: WorkingCalendar = ENGLAND) -> dt.date:
    """The day itself when it is a working day, else the first one after it."""
    while not calendar.works(day):
        day += ONE_DAY
    return day


def previous_working_day(day: dt.date, calendar: WorkingCalendar = ENGLAND) -> dt.date:
    """The day itself when it is a working day, else the last one before it."""
    while not calendar.works(day):
        day -= ONE_DAY
    return day


def add_working_days(day: dt.date, n: int, calendar: WorkingCalendar = ENGLAND) -> dt.date:
    """The working day that is n working days after the day, or before it when n is negative.

    The day itself is not counted. With n = 0 it is the day or the first working day after it.
    """
    if n == 0:
        return next_working_day(day, calendar)
    step = ONE_DAY if n > 0 else -ONE_DAY
    left = abs(n)
    while left:
        day += step
        left -= calendar.works(day)
    return day
