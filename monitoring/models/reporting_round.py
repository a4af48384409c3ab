from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.urls import reverse

from commitments.models import Strategy
from kit.ledger import ledgered, refuse_change
from monitoring.choices import Cycle, RoundState
from monitoring.querysets import ReportingRoundQuerySet
from people.models import Act
from people.models.tenure import days_of


@ledgered()
class ReportingRound(models.Model):
    """One period opened for returns: the period it is about, and the window in which it is filled in.

    All days are stored; none is recomputed from today (DESIGN, section 2).
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="rounds")
    cycle = models.CharField(max_length=20, choices=Cycle, default=Cycle.QUARTERLY)
    label = models.CharField(max_length=60, help_text="What people call it, for example Q3 2021-22.")
    period_starts = models.DateField("period from")
    period_ends = models.DateField("period to")
    opens_on = models.DateField("returns open on")
    due_on = models.DateField("returns due by")
    closes_on = models.DateField("round closes after", help_text="The last day on which a return can be submitted.")
    note = models.TextField(
        "note to leads",
        blank=True,
        help_text="What you want them to think of this time. It goes in the first mail.",
    )
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.PLANNED, editable=False)
    definitions = models.JSONField(default=dict, blank=True, editable=False)

    objects = ReportingRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-period_starts", "strategy"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "label"],
                name="round_label_once",
                violation_error_message="This strategy already has a round with this label.",
            ),
            models.CheckConstraint(
                condition=models.Q(period_ends__gte=models.F("period_starts")),
                name="round_period_ends_after_it_starts",
                violation_error_message="The period must end on or after the day it starts.",
            ),
            models.CheckConstraint(
                condition=models.Q(opens_on__gte=models.F("period_starts"))
                & models.Q(due_on__gte=models.F("opens_on"))
                & models.Q(closes_on__gte=models.F("due_on")),
                name="round_window_in_order",
                violation_error_message=(
                    "The days must come in order: the period starts, returns open, returns are due, the round closes."
                ),
            ),
            ExclusionConstraint(
                name="round_periods_do_not_overlap",
                expressions=[
                    ("strategy", RangeOperators.EQUAL),
                    ("cycle", RangeOperators.EQUAL),
                    (days_of("period_starts", "period_ends"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Another round of this strategy and cycle is about some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.strategy}"

    def get_absolute_url(self) -> str:
        return reverse("monitoring:round", args=[self.pk])


@ledgered()
class RoundAct(Act):
    """A round opened, changed or closed: who, when and why."""

    round = models.ForeignKey(ReportingRound, on_delete=models.PROTECT, related_name="acts")

    class Meta(Act.Meta):
        abstract = False
        triggers = [
            refuse_change("round_act_stays", "What was recorded of a round cannot be changed or deleted."),
        ]
