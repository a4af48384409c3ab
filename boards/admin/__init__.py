"""The admin of the boards, by noun."""

from . import board_actions, boards, calendar, decisions, meetings, minutes, packs, papers, referrals

__all__ = ["board_actions", "boards", "calendar", "decisions", "meetings", "minutes", "packs", "papers", "referrals"]
