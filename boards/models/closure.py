from django.db import models
from django.db.models import F, Q

from kit.ledger import ledgered

from .board import Board


@ledgered()
class Closure(models.Model):
    """Days on which the body is closed although they are no bank holidays. Without a board they count for all."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, blank=True, related_name="closures")
    label = models.CharField("why", max_length=100)
    starts = models.DateField("first day")
    ends = models.DateField("last day")

    class Meta:
        ordering = ["starts", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="closure_ends_after_it_starts",
                violation_error_message="The last day must be the same as or after the first day.",
            )
        ]

    def __str__(self) -> str:
        return self.label
