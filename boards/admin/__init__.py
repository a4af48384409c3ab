"""The admin of the boards, by noun."""

from . import boards, calendar, meetings

__all__ = ["boards", "calendar", "meetings"]
