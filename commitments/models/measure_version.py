import pgtrigger
from django.db import models

from kit.ledger import ledgered

from .measure import Measure

# What was defined before stays; only the newest version may still be put right. Versions follow each other in number
# and in time.
IN_ORDER = """
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (
            SELECT 1 FROM commitments_measureversion v WHERE v.measure_id = OLD.measure_id AND v.number > OLD.number
        ) THEN
            RAISE EXCEPTION 'An earlier definition of a measure cannot be changed or deleted.'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.measure_id <> OLD.measure_id OR NEW.number <> OLD.number OR EXISTS (
        SELECT 1 FROM commitments_measureversion v WHERE v.measure_id = OLD.measure_id AND v.number > OLD.number
    )) THEN
        RAISE EXCEPTION 'An earlier definition of a measure cannot be changed or deleted.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.number <> 1 + (
        SELECT COALESCE(max(v.number), 0) FROM commitments_measureversion v WHERE v.measure_id = NEW.measure_id
    ) THEN
        RAISE EXCEPTION 'Definitions of a measure are numbered one after the other.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM commitments_measureversion v
        WHERE v.measure_id = NEW.measure_id AND v.number < NEW.number AND v.applies_from >= NEW.applies_from
    ) THEN
        RAISE EXCEPTION 'A new definition applies from a later day than the one before it.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
"""


@ledgered()
class MeasureVersion(models.Model):
    """What a measure meant from a day on. The first is made with the measure, by the database, and has no first day.

    A measure's own definition is always that of its newest version: see the trigger of Measure.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    applies_from = models.DateField(null=True, blank=True)
    definition = models.TextField(blank=True)
    numerator_is = models.TextField("what is counted", blank=True)
    denominator_is = models.TextField("out of what", blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["measure", "number"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="measure_version_once"),
            models.CheckConstraint(
                condition=models.Q(number=1, applies_from__isnull=True)
                | models.Q(number__gt=1, applies_from__isnull=False),
                name="measure_version_dated_after_the_first",
                violation_error_message="A new definition says from which day it applies.",
            ),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""),
                name="measure_version_with_reason",
                violation_error_message="Say why the definition changes.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="in_order",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=IN_ORDER,
            ),
        ]

    def __str__(self) -> str:
        return f"Definition {self.number} of {self.measure}"
