from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from kit.ledger import ledgered

from .terms import Terms, parts_stay


@ledgered()
class Duty(models.Model):
    """A responsibility that terms give a board. Its key stays the same from version to version."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="duties")
    key = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    times_a_year = models.PositiveSmallIntegerField(
        "times a year",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
        help_text="Leave empty when it is not cyclical.",
    )

    class Meta:
        ordering = ["terms", "position", "id"]
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(fields=["terms", "key"], name="duty_key_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="duty_with_text"),
        ]
        triggers = parts_stay()

    def __str__(self) -> str:
        return self.text
