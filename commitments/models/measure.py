from django.core.validators import MinValueValidator
from django.db import models

from kit.ledger import ledgered

from .commitment import Commitment


@ledgered()
class Measure(models.Model):
    """What is counted. Several commitments may share one."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=250)
    definition = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True, help_text="For example a survey or a system.")
    unit = models.CharField("unit of measurement", max_length=60, blank=True, help_text="For example per cent.")
    commitments = models.ManyToManyField(Commitment, through="CommitmentMeasure", related_name="measures")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


@ledgered()
class CommitmentMeasure(models.Model):
    """A measure that supports a commitment."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="commitment_measures")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="commitment_measures")
    order = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["commitment", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "measure"],
                name="commitment_measure_once",
                violation_error_message="This measure already supports this commitment.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} for commitment {self.commitment.number}"


@ledgered()
class Target(models.Model):
    """What was promised for a measure, and by when. The wording is kept as published."""

    code = models.SlugField(max_length=60, unique=True)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="targets")
    wording = models.TextField("wording as published")
    baseline = models.CharField("baseline as published", max_length=200, blank=True)
    starts = models.DateField("applies from", null=True, blank=True)
    due_on = models.DateField("by", null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["measure", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts__isnull=True)
                | models.Q(due_on__isnull=True)
                | models.Q(due_on__gte=models.F("starts")),
                name="target_due_after_it_starts",
                violation_error_message="The day it is due must be the same as or after the day it applies from.",
            ),
        ]

    def __str__(self) -> str:
        return self.wording
