"""The ways from board to board in which no circle may close."""

from boards.choices import RelationshipKind
from boards.models import Board, Relationship
from boards.rules_boards import Step, step_of


def steps_up(*, without_parent_of: int | None = None, without: int | None = None) -> set[Step]:
    """Who answers to whom: reports, escalations, directions and parts, as (lower, upper) pairs of keys. Two queries.

    What is about to be said anew is left out: what a board is part of, or a relationship, by their keys.
    """
    parts = Board.objects.filter(parent__isnull=False).exclude(pk=without_parent_of).order_by()
    found = set(parts.values_list("pk", "parent"))
    rows = Relationship.objects.exclude(pk=without).order_by().values_list("kind", "board", "to")
    return found | {step for row in rows if (step := step_of(*row))}


def sequence(*, without: int | None = None) -> set[Step]:
    """Who meets before whom, as pairs of keys; one relationship may be left out. One query."""
    rows = Relationship.objects.filter(kind=RelationshipKind.MEETS_BEFORE).exclude(pk=without)
    return set(rows.order_by().values_list("board", "to"))
