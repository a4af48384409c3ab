from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from commitments.choices import StrategyState
from commitments.querysets import StrategyQuerySet
from kit.circles import refuse_circle
from kit.ledger import ledgered, refuse_change
from people.models import Act

# "new" would hide behind the page that makes a strategy.
slug_is_free = RegexValidator(r"^(?!new$)", "The address “new” is taken by STRIDE itself. Choose another.")


@ledgered()
class Strategy(models.Model):
    """What a public body promises, for some years. Its state changes only through commitments.services.strategies."""

    slug = models.SlugField("short name in addresses", max_length=60, unique=True, validators=[slug_is_free])
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    starts = models.DateField("first day")
    ends = models.DateField("last day")
    state = models.CharField(max_length=20, choices=StrategyState, default=StrategyState.DRAFT, editable=False)
    programme_label = models.CharField("word for a programme", max_length=40, default="Programme")
    strand_label = models.CharField("word for a strand", max_length=40, default="Strand")
    commitment_label = models.CharField("word for a commitment", max_length=40, default="Commitment")
    predecessor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors")
    green_means = models.TextField("what green means")
    amber_means = models.TextField("what amber means")
    red_means = models.TextField("what red means")
    notice = models.CharField(
        "notice on every page",
        max_length=250,
        blank=True,
        help_text="For example that the figures are illustrative.",
    )

    objects = StrategyQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "title"]
        verbose_name_plural = "strategies"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")),
                name="strategy_ends_after_it_starts",
                violation_error_message="The last day must be the same as or after the first day.",
            ),
            models.CheckConstraint(
                condition=models.Q(predecessor__isnull=True) | ~models.Q(predecessor=models.F("id")),
                name="strategy_not_its_own_predecessor",
                violation_error_message="A strategy cannot be its own predecessor.",
            ),
        ]
        triggers = [
            refuse_circle(
                "strategy_no_circle",
                "Strategies cannot follow each other in a circle.",
                table="commitments_strategy",
                column="predecessor_id",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("monitoring:strategy", args=[self.slug])

    @property
    def is_locked(self) -> bool:
        """Closed and superseded strategies, and all that belongs to them, can no longer be edited."""
        return self.state in {StrategyState.CLOSED, StrategyState.SUPERSEDED}

    def rating_definitions(self) -> dict[str, str]:
        """What each rating means here, by rating."""
        return {"green": self.green_means, "amber": self.amber_means, "red": self.red_means}


@ledgered()
class StrategyAct(Act):
    """A strategy's change of state: who, when and why."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="acts")

    class Meta(Act.Meta):
        abstract = False
        triggers = [
            refuse_change("strategy_act_stays", "What was recorded of a strategy cannot be changed or deleted."),
        ]
