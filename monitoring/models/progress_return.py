import pgtrigger
from django.db import models
from django.urls import reverse

from commitments.models import Commitment
from kit.ledger import ledgered, refuse_change
from monitoring.choices import ReturnState
from monitoring.querysets import ProgressReturnQuerySet
from people.models import Act

from .reporting_round import ReportingRound

# A signed-off return moves through one door only, reopening: to draft, with the next version already written and its
# reason with it, and nothing else of the row changed. Signing needs a version that carries the signature.
DOORS = """
    IF TG_OP = 'DELETE' THEN
        IF OLD.state = 'signed_off' THEN
            RAISE EXCEPTION 'A signed-off return cannot be deleted.' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state = 'signed_off' AND NOT (
        NEW.state = 'draft'
        AND NEW.version_number = OLD.version_number + 1
        AND (to_jsonb(NEW) - 'state' - 'version_number') = (to_jsonb(OLD) - 'state' - 'version_number')
        AND EXISTS (
            SELECT 1 FROM monitoring_returnversion v
            WHERE v.progress_return_id = OLD.id AND v.number = NEW.version_number AND v.reopened_reason <> ''
        )
    ) THEN
        RAISE EXCEPTION 'A signed-off return cannot be changed. The strategy team can reopen it, with a reason.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = 'signed_off' AND NOT EXISTS (
        SELECT 1 FROM monitoring_returnversion v
        WHERE v.progress_return_id = NEW.id AND v.number = NEW.version_number AND v.signed_off_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'A return is signed off only with a signed version.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
"""


@ledgered()
class ProgressReturn(models.Model):
    """One commitment in one round. Its versions hold what was written; services.returns holds its doors."""

    round = models.ForeignKey(ReportingRound, on_delete=models.PROTECT, related_name="returns")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="returns")
    state = models.CharField(max_length=20, choices=ReturnState, default=ReturnState.NOT_STARTED)
    version_number = models.PositiveSmallIntegerField(default=0)
    exempt_reason = models.TextField(blank=True)
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    missed = models.BooleanField(default=False, help_text="Not submitted when the round closed. It stays so.")
    missed_by = models.CharField(max_length=350, blank=True, help_text="The lead and its holder at the close, as text.")
    late_until = models.DateField(null=True, blank=True, help_text="Let in late, until this day.")

    objects = ProgressReturnQuerySet.as_manager()

    class Meta:
        ordering = ["round", "commitment__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "commitment"],
                name="return_once_per_commitment_and_round",
                violation_error_message="This commitment already has a return in this round.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="exempt") | ~models.Q(exempt_reason=""),
                name="return_exempt_with_reason",
                violation_error_message="Say why this commitment is exempt.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="doors",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=DOORS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}, {self.round.label}"

    def get_absolute_url(self) -> str:
        return reverse("monitoring:return", args=[self.pk])


@ledgered()
class ReturnAct(Act):
    """One step of a return: who, as which post, when and why. Pages show these as its timeline."""

    progress_return = models.ForeignKey(ProgressReturn, on_delete=models.PROTECT, related_name="acts")
    version_number = models.PositiveSmallIntegerField(default=0)

    class Meta(Act.Meta):
        abstract = False
        indexes = [models.Index(fields=["progress_return", "-at"], name="return_act_newest")]
        triggers = [
            refuse_change("return_act_stays", "What was recorded of a return cannot be changed or deleted."),
        ]
