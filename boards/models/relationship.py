from django.db import models
from django.db.models import F, Q

from boards.choices import RelationshipKind
from kit.ledger import ledgered

from .board import Board


@ledgered()
class Relationship(models.Model):
    """What one board is to another, said from the first: it reports to, advises, directs the second."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="relationships")
    to = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="related_from", verbose_name="board")
    kind = models.CharField("relationship", max_length=20, choices=RelationshipKind)
    days_between = models.PositiveSmallIntegerField(
        "working days between",
        null=True,
        blank=True,
        help_text="For boards that meet in sequence: at least so many working days apart.",
    )
    note = models.CharField("what for", max_length=250, blank=True)

    class Meta:
        ordering = ["board", "kind", "to"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "to", "kind"],
                name="relationship_once",
                violation_error_message="The boards already have this relationship.",
            ),
            models.CheckConstraint(
                condition=~Q(board=F("to")),
                name="relationship_not_to_itself",
                violation_error_message="A board has no relationship to itself. Choose another board.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board} {self.get_kind_display().lower()} {self.to}"
