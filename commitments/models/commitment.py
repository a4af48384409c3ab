from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse

from commitments.choices import Characteristic, DutyAim, Impact, Lifecycle, StatusRule
from commitments.querysets import CommitmentQuerySet
from kit.ledger import ledgered, refuse_change
from people.models import Act, Post

from .programme import Programme, Strand
from .strategy import Strategy


@ledgered()
class Commitment(models.Model):
    """A promise with a named lead and a named overseer, both posts."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="commitments")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="commitments")
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    title = models.CharField(max_length=200)
    statement = models.TextField(help_text="What is promised, in the words of the strategy.")
    test_of_done = models.TextField(
        "test of done", blank=True, help_text="How a reader can tell that the promise has been kept."
    )
    lead_post = models.ForeignKey(Post, verbose_name="lead", on_delete=models.PROTECT, related_name="commitments_led")
    overseer_post = models.ForeignKey(
        Post, verbose_name="overseer", on_delete=models.PROTECT, related_name="commitments_overseen"
    )
    lifecycle = models.CharField(max_length=20, choices=Lifecycle, default=Lifecycle.NOT_STARTED)
    impact = models.CharField(max_length=10, choices=Impact, default=Impact.BOTH)
    due_on = models.DateField(
        "promised by", null=True, blank=True, help_text="The day by which the strategy says it will be done."
    )
    characteristics = ArrayField(
        models.CharField(max_length=30, choices=Characteristic),
        verbose_name="protected characteristics",
        default=list,
        blank=True,
    )
    duty_aims = ArrayField(
        models.CharField(max_length=20, choices=DutyAim),
        verbose_name="equality duty aims",
        default=list,
        blank=True,
    )
    status_rule = models.CharField(
        "status from measures",
        max_length=20,
        choices=StatusRule,
        default=StatusRule.WORST_OF,
        help_text="How the verdicts of its targets make one status.",
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["strategy", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "number"],
                name="commitment_number_once",
                violation_error_message="Another commitment of this strategy has this number.",
            ),
            models.CheckConstraint(
                condition=models.Q(characteristics__contained_by=Characteristic.values),
                name="commitment_characteristics_known",
            ),
            models.CheckConstraint(
                condition=models.Q(duty_aims__contained_by=DutyAim.values), name="commitment_duty_aims_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("monitoring:commitment", args=[self.strategy.slug, self.number])


@ledgered()
class CommitmentAct(Act):
    """A commitment closed as kept: who, when and by whose decision."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="acts")

    class Meta(Act.Meta):
        abstract = False
        triggers = [
            refuse_change("commitment_act_stays", "What was recorded of a commitment cannot be changed or deleted."),
        ]
