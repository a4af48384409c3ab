"""Boards and what they are to each other. What they were stays on the ledger, with the reason."""

from typing import Any

from django.db import transaction

from boards import rules, rules_boards
from boards.models import Board, Meeting, Relationship
from boards.queries import circles
from commitments.services.reasons import on_ledger
from kit import stale
from kit.verdict import require
from people.actor import Actor


@transaction.atomic
def add(*, board: Board, by: Actor) -> Board:
    """Keep a new board. Raises Refusal, or IntegrityError when its short name or letters are taken."""
    require(rules.may_run_boards(by))
    board.save(force_insert=True)
    return board


@transaction.atomic
def change(*, board: Board, values: dict[str, Any], seen: str, by: Actor, reason: str = "") -> Board:
    """Keep new values, unless somebody else changed it since it was `seen`. Raises Refusal and Stale."""
    row = stale.current(board, values, seen)
    require(rules.may_run_boards(by))
    require(rules_boards.gives_reason(row.terms.filter(state="approved").exists(), reason))
    if "parent" in values:
        steps = circles.steps_up(without_parent_of=row.pk)
        require(rules_boards.fits_above(row.pk, values["parent"], steps))
    if values.get("ends"):
        planned = Meeting.objects.filter(board=row, state__in=["proposed", "planned"]).order_by("-starts_at")
        require(rules_boards.may_end(values["ends"], planned))
    for name, value in values.items():
        setattr(row, name, value)
    with on_ledger(reason):
        row.save(update_fields=list(values))
    return row


@transaction.atomic
def relate(*, relationship: Relationship, by: Actor) -> Relationship:
    """Say what one board is to another. Raises Refusal, or IntegrityError when it was said already."""
    require(rules.may_run_boards(by))
    ways = circles.steps_up(), circles.sequence()
    require(rules_boards.fits_relationship(relationship.board, relationship.to, relationship.kind, *ways))
    relationship.save(force_insert=True)
    return relationship


@transaction.atomic
def end_relationship(*, relationship: Relationship, reason: str, by: Actor) -> Relationship:
    """Take a relationship away; what it was stays on the ledger with the reason. Raises Refusal."""
    require(rules.may_run_boards(by))
    with on_ledger(reason):
        relationship.delete()
    return relationship
