"""What several journeys do alike."""

import datetime as dt

from django.urls import reverse

from boards.models import Meeting
from tests.journeys.walker import Walker


def at(meeting: Meeting, name: str, *more) -> str:
    """The address of a page of a meeting."""
    return reverse(f"boards:{name}", args=[meeting.board.slug, meeting.pk, *more])


def day(window: Walker, name: str, on: dt.date) -> None:
    """Fill in the three parts of a date."""
    for part in ("day", "month", "year"):
        window.page.fill(f"#id_{name}_{part}", str(getattr(on, part)))


def came(window: Walker, label: str, how: str) -> None:
    """Mark one seat of the attendance page."""
    window.page.get_by_role("group", name=f"Attendance: {label}").get_by_label(how, exact=True).check()
