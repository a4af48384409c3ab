"""Days on which the body is closed. What is due and still ahead follows them."""

import datetime as dt
from typing import Any

from django.db import transaction

from boards.models import Board, Closure
from boards.rules import may_run_boards
from boards.services import milestones
from kit import stale
from kit.verdict import require
from people.actor import Actor


@transaction.atomic
def add(*, closure: Closure, by: Actor, at: dt.datetime) -> Closure:
    """Keep a new closure, and compute anew what is ahead of the boards it is for. Raises Refusal."""
    require(may_run_boards(by))
    closure.save(force_insert=True)
    milestones.refresh_ahead(boards=_concerned(closure), at=at)
    return closure


@transaction.atomic
def change(*, closure: Closure, values: dict[str, Any], seen: str, by: Actor, at: dt.datetime) -> Closure:
    """Keep new days or words, unless somebody else changed it since it was `seen`. Raises Refusal and Stale."""
    require(may_run_boards(by))
    row = stale.current(closure, values, seen)
    concerned = {board.pk: board for board in _concerned(row)}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    concerned |= {board.pk: board for board in _concerned(row)}
    milestones.refresh_ahead(boards=concerned.values(), at=at)
    return row


@transaction.atomic
def remove(*, closure: Closure, by: Actor, at: dt.datetime) -> Closure:
    """Take a closure away. Raises Refusal."""
    require(may_run_boards(by))
    concerned = list(_concerned(closure))
    Closure.objects.filter(pk=closure.pk).delete()
    milestones.refresh_ahead(boards=concerned, at=at)
    return closure


def _concerned(closure: Closure):
    return [closure.board] if closure.board_id else Board.objects.inside()
