"""The admin of the boards, by noun."""

from . import board_actions, boards, calendar, decisions, meetings, packs, papers, referrals

__all__ = ["board_actions", "boards", "calendar", "decisions", "meetings", "packs", "papers", "referrals"]
