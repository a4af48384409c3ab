"""Seats on a board. The board is locked, so that its life cannot change meanwhile."""

from typing import Any

from django.db import transaction

from boards import rules, rules_boards
from boards.models import Board, Membership
from commitments.services.reasons import on_ledger
from kit import stale
from kit.verdict import require
from people.actor import Actor


@transaction.atomic
def add(*, membership: Membership, by: Actor) -> Membership:
    """Give a post or a person a seat. Raises Refusal, or IntegrityError when they sit on it for some of the days."""
    board = Board.objects.select_for_update(of=("self",)).get(pk=membership.board_id)
    require(rules.may_run_boards(by))
    require(rules_boards.fits_seat(board, membership))
    require(rules_boards.fits_deputy(membership))
    membership.save(force_insert=True)
    return membership


@transaction.atomic
def change(*, membership: Membership, values: dict[str, Any], seen: str, by: Actor, reason: str) -> Membership:
    """Correct a seat or end it, with the reason. Raises Refusal, Stale, or IntegrityError as `add` does."""
    board = Board.objects.select_for_update(of=("self",)).get(pk=membership.board_id)
    row = stale.current(membership, values, seen)
    require(rules.may_run_boards(by))
    for name, value in values.items():
        setattr(row, name, value)
    require(rules_boards.fits_seat(board, row))
    require(rules_boards.fits_deputy(row))
    with on_ledger(reason):
        row.save(update_fields=list(values))
    return row
