"""Who may issue a quarterly note, and of which quarter."""

import datetime as dt

from boards.models import Board
from boards.rules import may_run_boards
from kit.fields import in_words
from kit.periods import Period
from kit.verdict import ALLOWED, Verdict, refused
from people.actor import Actor


def may_issue(actor: Actor, board: Board) -> Verdict:
    """The secretariat writes for a board that meets here."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    return refused(f"{board} is kept by another body.") if board.is_outside else ALLOWED


def fits_note(from_board: Board, to_board: Board, quarter: Period, on: dt.date) -> Verdict:
    """A note is for another board, about a quarter that is over."""
    if from_board.pk == to_board.pk:
        return refused("Choose another board.")
    if quarter.ends >= on:
        return refused(f"The quarter ends on {in_words(quarter.ends)}. Issue the note after that.")
    return ALLOWED
