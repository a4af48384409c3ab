"""The admin of the boards, by noun."""

from . import boards, calendar, meetings, papers

__all__ = ["boards", "calendar", "meetings", "papers"]
