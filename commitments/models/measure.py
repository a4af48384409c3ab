import datetime as dt
from collections.abc import Collection
from decimal import Decimal

import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from commitments.choices import (
    Better,
    Cadence,
    Combine,
    MeasureUnit,
    SourceKind,
    TargetKind,
    Trajectory,
)
from commitments.facts import problem_of
from kit.ledger import ledgered
from people.models import Post

from .commitment import Commitment
from .dimension import Dimension

# Nothing that writes a measure can leave its versions behind: pages, workbooks, bulk and raw SQL alike. As long as only
# drafts have the measure, its definition is put right; after that a new, dated version starts. From which day, and
# why, is said by commitments.services.definitions; who says nothing gets today.
KEEPS_VERSIONS = """
    IF TG_OP = 'INSERT' THEN
        INSERT INTO commitments_measureversion
            (measure_id, number, applies_from, definition, numerator_is, denominator_is, reason)
        VALUES (NEW.id, 1, NULL, NEW.definition, NEW.numerator_is, NEW.denominator_is, '');
        RETURN NEW;
    END IF;
    SELECT * INTO newest FROM commitments_measureversion v WHERE v.measure_id = NEW.id ORDER BY v.number DESC LIMIT 1;
    IF (newest.definition, newest.numerator_is, newest.denominator_is)
            IS NOT DISTINCT FROM (NEW.definition, NEW.numerator_is, NEW.denominator_is) THEN
        RETURN NEW;
    END IF;
    from_day := COALESCE(NULLIF(current_setting('stride.definition_from', TRUE), '')::date, CURRENT_DATE);
    IF newest.applies_from >= from_day OR NOT EXISTS (
        SELECT 1 FROM commitments_commitmentmeasure cm
        JOIN commitments_commitment c ON c.id = cm.commitment_id
        JOIN commitments_strategy s ON s.id = c.strategy_id
        WHERE cm.measure_id = NEW.id AND s.state <> 'draft'
    ) THEN
        UPDATE commitments_measureversion
        SET definition = NEW.definition, numerator_is = NEW.numerator_is, denominator_is = NEW.denominator_is
        WHERE id = newest.id;
    ELSE
        INSERT INTO commitments_measureversion
            (measure_id, number, applies_from, definition, numerator_is, denominator_is, reason)
        VALUES (
            NEW.id, newest.number + 1, from_day, NEW.definition, NEW.numerator_is, NEW.denominator_is,
            COALESCE(NULLIF(current_setting('stride.definition_reason', TRUE), ''), 'No reason was given.')
        );
    END IF;
    RETURN NEW;
"""


@ledgered()
class Measure(models.Model):
    """What is counted, and how. Several commitments may share one. Its definitions over time are its versions."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=250)
    definition = models.TextField(blank=True, help_text="What is counted, as it is defined now.")
    numerator_is = models.TextField(
        "what is counted", blank=True, help_text="The numerator, for example hate crimes with a detection."
    )
    denominator_is = models.TextField(
        "out of what", blank=True, help_text="The denominator, for example hate crimes recorded."
    )
    source_kind = models.CharField("kind of source", max_length=10, choices=SourceKind, default=SourceKind.SYSTEM)
    source = models.CharField(max_length=200, blank=True, help_text="For example a survey or a system.")
    unit_kind = models.CharField("kind of number", max_length=10, choices=MeasureUnit, default=MeasureUnit.COUNT)
    unit = models.CharField("unit of measurement", max_length=60, blank=True, help_text="For example per cent.")
    decimals = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(4)], help_text="How many decimals are shown."
    )
    better = models.CharField("what is better", max_length=10, choices=Better, default=Better.HIGHER)
    over_time = models.CharField(
        "over time", max_length=20, choices=Combine, default=Combine.LATEST, help_text="How periods make a year."
    )
    over_groups = models.CharField(
        "over groups", max_length=20, choices=Combine, default=Combine.LATEST, help_text="How groups make the whole."
    )
    dimension = models.ForeignKey(
        Dimension,
        verbose_name="broken down by",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
    )
    cadence = models.CharField("collected", max_length=20, choices=Cadence, default=Cadence.QUARTERLY)
    owner_post = models.ForeignKey(
        Post,
        verbose_name="owner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="measures_owned",
        help_text="The post that gives the figures. When empty, the leads of its commitments do.",
    )
    small_number_threshold = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Groups with fewer people than this are not shown. Leave empty when all may be shown.",
    )
    quality_note = models.TextField(blank=True, help_text="What a reader should know about the data.")
    commitments = models.ManyToManyField(Commitment, through="CommitmentMeasure", related_name="measures")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(unit_kind="share")
                | ~(models.Q(over_time__in=["sum", "average"]) | models.Q(over_groups__in=["sum", "average"])),
                name="measure_shares_are_never_averaged",
                violation_error_message=(
                    "Percentages are never added up or averaged. Choose the latest one, or the ratio of sums."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(unit_kind__in=MeasureUnit.values), name="measure_unit_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(decimals__lte=4),
                name="measure_decimals_at_most_four",
                violation_error_message="Show at most 4 decimals.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keeps_versions",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("definition", "numerator_is", "denominator_is"),
                declare=[("newest", "commitments_measureversion%ROWTYPE"), ("from_day", "date")],
                func=KEEPS_VERSIONS,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def version_on(self, day: dt.date):
        """The definition in force on a day: the newest that applies by then."""
        found = [each for each in self.versions.all() if each.applies_from is None or each.applies_from <= day]
        return max(found, key=lambda version: version.number)


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
    """What was promised for a measure, and by when. The wording is kept as published, beside the machine's reading."""

    code = models.SlugField(max_length=60, unique=True)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="targets")
    wording = models.TextField("wording as published")
    baseline = models.CharField("baseline as published", max_length=200, blank=True)
    starts = models.DateField("applies from", null=True, blank=True)
    due_on = models.DateField("by", null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    kind = models.CharField(
        "read as",
        max_length=30,
        choices=TargetKind,
        blank=True,
        help_text="Leave empty when no machine reads it yet.",
    )
    params = models.JSONField("the particulars", default=dict, blank=True)
    tolerance = models.DecimalField(
        max_digits=18,
        decimal_places=6,
        default=Decimal(0),
        validators=[MinValueValidator(0)],
        help_text="How far short of what is expected counts as slipping. Anything further is off track.",
    )
    trajectory = models.CharField(max_length=10, choices=Trajectory, default=Trajectory.STRAIGHT)

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
            models.CheckConstraint(
                condition=models.Q(tolerance__gte=0),
                name="target_tolerance_not_negative",
                violation_error_message="A tolerance is 0 or more.",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=["", *TargetKind.values]), name="target_kind_known"),
        ]

    def __str__(self) -> str:
        return self.wording

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """What the machine is to read must be readable; it says what is not, beside the particulars.

        Not in clean, which does not know whether a form has the particulars to put the sentence beside.
        """
        super().clean_fields(exclude)
        if "params" not in (exclude or ()) and (sentence := problem_of(self)):
            raise ValidationError({"params": sentence})
