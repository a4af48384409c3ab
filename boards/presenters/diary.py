"""Meetings as a file that diaries read (iCalendar, RFC 5545). An event is revised in place by its UID and SEQUENCE."""

import datetime as dt
from collections.abc import Callable, Iterable

from icalendar import Calendar, Event

from boards.choices import MeetingState
from boards.models import Meeting

MAKER = "-//STRIDE//Boards//EN"


def diary(meetings: Iterable[Meeting], name: str, absolute: Callable[[str], str]) -> bytes:
    """The file. Meetings come with `revision` and `changed_at` (queries.calendar.for_file); times are in UTC."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for meeting in meetings:
        calendar.add_component(_event(meeting, absolute))
    return calendar.to_ical()


def _event(meeting: Meeting, absolute: Callable[[str], str]) -> Event:
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@stride")
    event.add("sequence", meeting.revision)
    changed = (meeting.changed_at or meeting.starts_at).astimezone(dt.UTC)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", meeting.starts_at.astimezone(dt.UTC))
    event.add("dtend", meeting.ends_at.astimezone(dt.UTC))
    event.add("summary", meeting.board.title)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    event.add("url", absolute(meeting.get_absolute_url()))
    return event
