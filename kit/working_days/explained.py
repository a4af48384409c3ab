"""Days and moments that say how they were counted.

"Clear" leaves out both ends, the day of issue and the day of the meeting (R v Herefordshire JJ 1820; R v Swansea ex p.
Elitestone 1993), so what must be there 5 clear working days before is issued 6 working days before.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from .calendars import ENGLAND, WorkingCalendar
from .counting import ONE_DAY, add_working_days
from .words import day_in_words, listed, moment_in_words

LAST_MINUTE = dt.time(23, 59)


@dataclass(frozen=True)
class Explained:
    """A day, or an aware moment, and the sentence (without a full stop) that says why it is that one.

    `skipped` names the bank holidays and closures that were stepped over, once each.
    """

    when: dt.date | dt.datetime
    sentence: str
    skipped: tuple[str, ...] = ()

    @property
    def moment(self) -> dt.datetime:
        """The last moment that is in time. A day lasts until its last minute where the body is."""
        if isinstance(self.when, dt.datetime):
            return self.when
        return timezone.make_aware(dt.datetime.combine(self.when, LAST_MINUTE))


def working_days_from(day: dt.date, n: int, calendar: WorkingCalendar = ENGLAND) -> Explained:
    """The day n working days after the day, or before it when n is negative. The day itself is not counted.

    Raises ValueError for n = 0, which has no side.
    """
    if n == 0:
        raise ValueError("Working days are at least 1.")
    return _explained(day, add_working_days(day, n, calendar), n, "working day", calendar)


def clear_working_days_from(day: dt.date, n: int, calendar: WorkingCalendar = ENGLAND) -> Explained:
    """The working day that leaves n complete working days between it and the day: after it, or before when negative.

    Raises ValueError for n = 0, which has no side.
    """
    if n == 0:
        raise ValueError("Clear working days are at least 1.")
    found = add_working_days(day, n + (1 if n > 0 else -1), calendar)
    return _explained(day, found, n, "clear working day", calendar, ", leaving out both days")


def calendar_days_from(day: dt.date, n: int) -> Explained:
    """The day n days after the day, or before it when n is negative. Every day counts."""
    found = day + n * ONE_DAY
    return Explained(found, f"{_count(n, 'day')} {day_in_words(day)}: {day_in_words(found)}")


def elapsed_hours_from(moment: dt.datetime, hours: int) -> Explained:
    """The moment so many hours later, or earlier when negative. They pass also at night and when clocks change."""
    start = timezone.localtime(moment)
    found = timezone.localtime(start.astimezone(dt.UTC) + dt.timedelta(hours=hours))
    changed = found.utcoffset() - start.utcoffset()
    clocks = ", across the change of the clocks" if changed else ""
    sentence = f"{_count(hours, 'hour')} {moment_in_words(start)}{clocks}: {moment_in_words(found)}"
    return Explained(found, sentence)


def _explained(day: dt.date, found: dt.date, n: int, unit: str, calendar: WorkingCalendar, note: str = "") -> Explained:
    names = _stepped_over(day, found, calendar)
    skipping = f", skipping {listed(names)}" if names else ""
    sentence = f"{_count(n, unit)} {day_in_words(day)}{note}{skipping}: {day_in_words(found)}"
    return Explained(found, sentence, tuple(names))


def _count(n: int, unit: str) -> str:
    return f"{abs(n)} {unit}{'' if abs(n) == 1 else 's'} {'before' if n < 0 else 'after'}"


def _stepped_over(day: dt.date, found: dt.date, calendar: WorkingCalendar) -> list[str]:
    """The days off between the two that no weekend explains, in order; a closure of several days is named once."""
    low, high = sorted((day, found))
    between = (low + n * ONE_DAY for n in range(1, (high - low).days))
    off = (calendar.named(each) for each in between if not calendar.is_weekend(each))
    names = Counter(name for name in off if name)
    return [f"{name} ({days} days)" if days > 1 else name for name, days in names.items()]
