"""The working calendar of a body: its nation's bank holidays, its own closure days, and what follows from them.

    calendar = WorkingCalendar("SCT", closures={dt.date(2026, 4, 7): "Office move"})
    working_days_from(dt.date(2026, 4, 9), -5, calendar).sentence

Without a calendar the functions count as England does, Monday to Friday.
"""

from .calendars import ENGLAND, NATIONS, WorkingCalendar
from .counting import add_working_days, is_working_day, next_working_day, previous_working_day
from .coverage import table_ends, warns_on
from .explained import (
    Explained,
    calendar_days_from,
    clear_working_days_from,
    elapsed_hours_from,
    working_days_from,
)
from .words import at_time, day_in_words, listed, moment_in_words

__all__ = [
    "ENGLAND",
    "NATIONS",
    "Explained",
    "WorkingCalendar",
    "add_working_days",
    "at_time",
    "calendar_days_from",
    "clear_working_days_from",
    "day_in_words",
    "elapsed_hours_from",
    "is_working_day",
    "listed",
    "moment_in_words",
    "next_working_day",
    "previous_working_day",
    "table_ends",
    "warns_on",
    "working_days_from",
]
