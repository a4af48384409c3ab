"""The facts at the top of a board's page, and the ways on from it."""

import datetime as dt
from urllib.parse import urlencode

from django.urls import reverse

from boards.models import Board, Terms
from boards.queries.boards import BoardPage
from boards.review import review_due
from kit.fields import in_words

OF_ONE = (
    ("Forward plan", "boards:forward_plan"),
    ("Interests", "boards:interests"),
    ("Notes to other boards", "boards:notes"),
    ("Compliance", "boards:compliance"),
)
# Each narrows to one board.
REGISTERS = (
    ("Decisions", "boards:decisions"),
    ("Action log", "boards:actions"),
    ("Referrals", "boards:referrals"),
    ("Papers", "boards:papers"),
)
OF_ALL = (("Calendar of meetings", "boards:calendar"), ("Governance map", "boards:map"))


def facts(page: BoardPage, on: dt.date) -> dict:
    """What the state line says: terms, review, next meeting, next step."""
    line = page.line
    terms = line.holding.terms if line.holding else None
    return {
        "state": _state(page.line.board, on),
        "terms": terms,
        "adopted": bool(line.holding and line.holding.is_adopted),
        "review": review_sentence(terms, on) if terms else "",
        "review_overdue": bool(line.review_due and line.review_due < on),
        "next_step": _next_step(page, on),
    }


def review_sentence(terms: Terms, on: dt.date) -> str:
    """ "Review due 14 January 2023", or since when it is overdue."""
    due = review_due(terms)
    if due is None:
        return ""
    return f"Review overdue since {in_words(due)}" if due < on else f"Review due {in_words(due)}"


def links(board: Board | None) -> list[tuple[str, str]]:
    """Other pages about the board, or about all of them."""
    own = [(label, reverse(name, args=[board.slug])) for label, name in OF_ONE] if board else []
    narrow = f"?{urlencode({'board': board.slug})}" if board else ""
    registers = [(label, reverse(name) + narrow) for label, name in REGISTERS]
    return [*registers, *own, *((label, reverse(name)) for label, name in OF_ALL)]


def _state(board: Board, on: dt.date) -> tuple[str, str]:
    if board.ends and board.ends < on:
        return "closed", f"Ended {in_words(board.ends)}"
    if board.starts > on:
        return "planned", f"Begins {in_words(board.starts)}"
    return "in_force", "At work"


def _next_step(page: BoardPage, on: dt.date) -> str:
    line = page.line
    board = line.board
    if board.is_outside or (board.ends and board.ends < on):
        return "None"
    if not line.chairs:
        return "Add the chair to its members"
    if page.draft:
        return f"Approve version {page.draft.number} of its terms of reference"
    if line.holding is None:
        return "Draft its terms of reference"
    if line.review_due and line.review_due < on:
        return "Review its terms of reference"
    if any(not seat.holder for seat in line.chairs):
        return "Fill the post that chairs it"
    if line.next_meeting is None:
        return "Plan its next meeting"
    return f"Meets on {in_words(line.next_meeting.day)}"
