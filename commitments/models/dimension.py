from django.core.validators import MinValueValidator
from django.db import models

from commitments.choices import DimensionKind
from kit.ledger import ledgered


@ledgered()
class Dimension(models.Model):
    """What a measure may be broken down by: groups of people, or units. Several measures may share one."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=DimensionKind, default=DimensionKind.GROUP)
    whole = models.CharField(
        "word for the whole",
        max_length=120,
        blank=True,
        help_text="For example all Londoners. Leave empty when they make no whole, as two figures side by side do.",
    )

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=DimensionKind.values), name="dimension_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title


@ledgered()
class Group(models.Model):
    """One group, or one unit, of a dimension. The whole is no group: an observation of the whole names none."""

    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="groups")
    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["dimension", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dimension", "code"],
                name="group_once_in_its_dimension",
                violation_error_message="This breakdown already has a group with this code.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
