"""Issuing a quarterly note: it is made from the record, numbered, and stays as it was issued."""

import datetime as dt

from django.db import transaction

from boards import rules_notes as rules
from boards.models import Board, QuarterlyNote
from boards.queries.notes import note_body, token
from boards.services.locks import locked_board
from kit import clock
from kit.numbers import next_number
from kit.periods import Period
from kit.verdict import Refusal, require
from people.actor import Actor


@transaction.atomic
def issue(
    *, from_board: Board, to_board: Board, quarter: Period, opening: str, seen: str, by: Actor, at: dt.datetime
) -> QuarterlyNote:
    """Issue the note that the preview showed; `seen` is its token. Raises Refusal, also when the record has changed."""
    board = locked_board(from_board.pk)
    require(rules.may_issue(by, board))
    require(rules.fits_note(board, to_board, quarter, clock.local_date(at)))
    body = note_body(board, to_board, quarter)
    if token(body) != seen:
        raise Refusal("The record has changed since you looked at the note. Look at it again before you issue it.")
    rows = QuarterlyNote.objects.filter(from_board=board, to_board=to_board, starts=quarter.starts)
    return QuarterlyNote.objects.create(
        from_board=board,
        to_board=to_board,
        starts=quarter.starts,
        ends=quarter.ends,
        number=next_number(rows),
        opening=opening.strip(),
        body=body,
        issued_at=at,
        issued_by=by.name,
    )
