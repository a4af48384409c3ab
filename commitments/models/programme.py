from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse

from kit.ledger import ledgered

from .strategy import Strategy


@ledgered()
class Programme(models.Model):
    """A main part of a strategy; the strategy may call it a theme or a work group."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="programmes")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ["strategy", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "number"],
                name="programme_number_once",
                violation_error_message="Another programme of this strategy has this number.",
            ),
            # For the foreign key that keeps a commitment's programme in the commitment's strategy.
            models.UniqueConstraint(fields=["id", "strategy"], name="programme_with_its_strategy"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("monitoring:programme", args=[self.strategy.slug, self.number])


@ledgered()
class Strand(models.Model):
    """An optional grouping of commitments inside a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="strands")
    number = models.PositiveSmallIntegerField("order in the programme", validators=[MinValueValidator(1)])
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="strand_number_once",
                violation_error_message="Another strand of this programme has this number.",
            ),
            # For the foreign key that keeps a commitment's strand in the commitment's programme.
            models.UniqueConstraint(fields=["id", "programme"], name="strand_with_its_programme"),
        ]

    def __str__(self) -> str:
        return self.title
