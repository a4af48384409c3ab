"""Days and moments as people write them (GOV.UK style: Thursday 9 April 2026, 2:30pm)."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone


def day_in_words(day: dt.date) -> str:
    """Thursday 9 April 2026."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def at_time(time: dt.time) -> str:
    """2:30pm, 10am, midday, midnight."""
    if (time.hour, time.minute) in ((0, 0), (12, 0)):
        return "midday" if time.hour else "midnight"
    minutes = f":{time.minute:02d}" if time.minute else ""
    return f"{(time.hour - 1) % 12 + 1}{minutes}{'am' if time.hour < 12 else 'pm'}"


def moment_in_words(moment: dt.datetime) -> str:
    """2:30pm on Thursday 9 April 2026, where the body is. The moment must be aware."""
    local = timezone.localtime(moment)
    return f"{at_time(local.time())} on {day_in_words(local.date())}"


def listed(words: Sequence[str]) -> str:
    """One, two and three."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
