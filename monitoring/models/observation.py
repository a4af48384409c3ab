from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Floor

from commitments.choices import MeasureUnit
from commitments.models import Group, Measure, MeasureVersion
from kit.ledger import ledgered, refuse_change
from monitoring.choices import ObservationStatus
from monitoring.querysets import ObservationQuerySet
from people.models import Person, Post

from .return_version import ReturnVersion

# A row alone cannot know its measure's kind of number, breakdown and definitions, nor what was recorded before it.
FITS = """
    SELECT * INTO measure FROM commitments_measure m WHERE m.id = NEW.measure_id;
    IF NEW.unit_kind <> measure.unit_kind THEN
        RAISE EXCEPTION 'This is not the kind of number that the measure is.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.group_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM commitments_group g WHERE g.id = NEW.group_id AND g.dimension_id = measure.dimension_id
    ) THEN
        RAISE EXCEPTION 'The measure is not broken down by this group.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.version_id <> (
        SELECT v.id FROM commitments_measureversion v
        WHERE v.measure_id = NEW.measure_id AND (v.applies_from IS NULL OR v.applies_from <= NEW.period_ends)
        ORDER BY v.number DESC LIMIT 1
    ) THEN
        RAISE EXCEPTION 'This is not the definition in force at the end of the period.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.return_version_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM monitoring_returnversion v
        JOIN monitoring_progressreturn r ON r.id = v.progress_return_id
        JOIN commitments_commitmentmeasure cm ON cm.commitment_id = r.commitment_id
        WHERE v.id = NEW.return_version_id AND cm.measure_id = NEW.measure_id
    ) THEN
        RAISE EXCEPTION 'The measure is none of the commitment that the return is about.'
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT max(o.revision), max(o.entered_at) INTO last_revision, last_entered
    FROM monitoring_observation o
    WHERE o.measure_id = NEW.measure_id AND o.period_starts = NEW.period_starts AND o.period_ends = NEW.period_ends
        AND o.group_id IS NOT DISTINCT FROM NEW.group_id;
    IF NEW.revision <> COALESCE(last_revision, 0) + 1 OR NEW.entered_at < last_entered THEN
        RAISE EXCEPTION 'Revisions follow each other, in number and in time.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
# Written with products, since a quotient would fail on a denominator of nought: how far a percentage may be off.
SLACK = F("denominator") * Decimal("0.0001")


@ledgered()
class Observation(models.Model):
    """A value of a measure for a period, of the whole (no group) or of one group.

    A revision is a new row, with a reason; one without a value withdraws the one before. `unit_kind` is the measure's
    own, kept so that the row can be checked; `version` is the definition in force on the period's last day.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="observations")
    version = models.ForeignKey(MeasureVersion, on_delete=models.PROTECT, related_name="observations")
    unit_kind = models.CharField(max_length=10, choices=MeasureUnit)
    period_starts = models.DateField("period from")
    period_ends = models.DateField("period to")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="observations")
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    numerator = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    status = models.CharField(max_length=12, choices=ObservationStatus, default=ObservationStatus.ACTUAL)
    revision = models.PositiveSmallIntegerField(default=1)
    reason = models.TextField("why it was revised", blank=True)
    source_note = models.CharField("where it comes from", max_length=300, blank=True)
    return_version = models.ForeignKey(
        ReturnVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="observations"
    )
    entered_at = models.DateTimeField()
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=254)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    post_title = models.CharField(max_length=200, blank=True)
    on_behalf = models.BooleanField(default=False, help_text="Entered by a delegate for the post.")

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "period_starts", "group", "revision"]
        indexes = [models.Index(fields=["measure", "-entered_at"], name="observation_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period_starts", "period_ends", "group", "revision"],
                nulls_distinct=False,
                name="observation_revision_once",
                violation_error_message="Somebody else has just recorded this figure. Look at theirs first.",
            ),
            models.CheckConstraint(
                condition=Q(period_ends__gte=F("period_starts")),
                name="observation_period_in_order",
                violation_error_message="The period must end on or after the day it starts.",
            ),
            models.CheckConstraint(condition=Q(unit_kind__in=MeasureUnit.values), name="observation_unit_kind_known"),
            models.CheckConstraint(condition=Q(status__in=ObservationStatus.values), name="observation_status_known"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False, denominator__gte=0),
                name="observation_numerator_with_denominator",
                violation_error_message="Give the numerator and the denominator, or neither.",
            ),
            models.CheckConstraint(
                condition=~Q(unit_kind__in=["share", "count"])
                | Q(numerator__isnull=True)
                | Q(numerator__gte=0, numerator__lte=F("denominator")),
                name="observation_numerator_within_denominator",
                violation_error_message="The numerator cannot be greater than the denominator.",
            ),
            models.CheckConstraint(
                condition=~Q(unit_kind="share") | Q(value__isnull=True) | Q(value__gte=0, value__lte=100),
                name="observation_share_within_100",
                violation_error_message="A percentage lies between 0 and 100.",
            ),
            models.CheckConstraint(
                condition=~Q(unit_kind="share")
                | Q(value__isnull=True)
                | Q(numerator__isnull=True)
                | Q(
                    denominator__gt=0,
                    value__isnull=False,
                    numerator__gte=(F("value") * F("denominator") - SLACK) / 100,
                    numerator__lte=(F("value") * F("denominator") + SLACK) / 100,
                ),
                name="observation_share_is_its_ratio",
                violation_error_message="The percentage is not the numerator as a share of the denominator.",
            ),
            models.CheckConstraint(
                condition=~Q(unit_kind="count")
                | Q(numerator__isnull=True)
                | Q(value__isnull=False, value=F("numerator")),
                name="observation_count_is_its_numerator",
                violation_error_message="So many of so many: the numerator is the count.",
            ),
            models.CheckConstraint(
                condition=~Q(unit_kind="yes_no") | Q(value__isnull=True) | Q(value__in=[0, 1]),
                name="observation_yes_or_no",
                violation_error_message="Yes is 1 and no is 0; there is nothing else.",
            ),
            models.CheckConstraint(
                condition=~Q(unit_kind="count") | Q(value__isnull=True) | Q(value__gte=0, value=Floor("value")),
                name="observation_count_is_whole",
                violation_error_message="A count is a whole number, 0 or more.",
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | Q(revision__gt=1) & ~Q(reason=""),
                name="observation_revised_with_reason",
                violation_error_message="Say why the figure is revised.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(denominator__isnull=False, denominator=0) | Q(revision__gt=1),
                name="observation_says_something",
                violation_error_message="Give a value.",
            ),
        ]
        triggers = [
            refuse_change("observation_stays", "A recorded figure cannot be changed or deleted. Revise it."),
            pgtrigger.Trigger(
                name="fits_its_measure",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[
                    ("measure", "commitments_measure%ROWTYPE"),
                    ("last_revision", "integer"),
                    ("last_entered", "timestamptz"),
                ],
                func=FITS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.period_starts} to {self.period_ends}: {self.value}"

    @property
    def withdrawn(self) -> bool:
        """Taken back, with nothing in its place."""
        return self.value is None and self.denominator is None
