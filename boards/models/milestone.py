from django.db import models
from django.db.models import Q

from boards.choices import Product
from kit.ledger import ledgered, refuse_truncate

from .meeting import Meeting


@ledgered()
class Milestone(models.Model):
    """When a product of a meeting is due by the board's service level, with the explanation, and when it came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="milestones")
    product = models.CharField(max_length=20, choices=Product)
    promise = models.CharField("service level", max_length=200)
    due_at = models.DateTimeField()
    explanation = models.TextField()
    met_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "product"], name="milestone_once"),
            models.CheckConstraint(condition=~Q(explanation=""), name="milestone_explained"),
        ]
        triggers = [refuse_truncate()]

    def __str__(self) -> str:
        return f"{self.get_product_display()} of {self.meeting}"

    @property
    def was_late(self) -> bool:
        """Whether it came after it was due."""
        return self.met_at is not None and self.met_at > self.due_at
