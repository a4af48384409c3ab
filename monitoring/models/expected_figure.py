from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commitments.models import Group, Measure
from kit.ledger import ledgered, refuse_change, refuse_truncate
from people.models import Person, Post


@ledgered()
class ExpectedFigure(models.Model):
    """Said of a figure that is due: not available yet, and when it is expected. The newest one said counts."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="expected_figures")
    period_starts = models.DateField("period from")
    period_ends = models.DateField("period to")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="expected_figures")
    expected_on = models.DateField("expected on")
    note = models.CharField("why it is not available yet", max_length=300, blank=True)
    at = models.DateTimeField()
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=254)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    post_title = models.CharField(max_length=200, blank=True)
    on_behalf = models.BooleanField(default=False, help_text="Said by a delegate for the post.")

    class Meta:
        ordering = ["measure", "period_starts", "group", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_ends__gte=F("period_starts")),
                name="expected_figure_period_in_order",
                violation_error_message="The period must end on or after the day it starts.",
            ),
            models.CheckConstraint(
                condition=Q(expected_on__gt=F("period_ends")),
                name="expected_figure_after_its_period",
                violation_error_message="A figure is expected after its period has ended.",
            ),
        ]
        triggers = [
            refuse_change("expected_figure_stays", "What was said of a figure cannot be changed or deleted."),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.period_starts} to {self.period_ends}: expected on {self.expected_on}"
