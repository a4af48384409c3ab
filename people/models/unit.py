from django.db import models

from kit.circles import refuse_circle
from kit.ledger import ledgered


class UnitKind(models.TextChoices):
    ORGANISATION = "organisation", "Organisation"
    BUSINESS_GROUP = "business_group", "Business group"
    DIRECTORATE = "directorate", "Directorate"
    TEAM = "team", "Team"
    BOARD = "board", "Board"


@ledgered()
class Unit(models.Model):
    """A part of the organisation. Boards stand here until they have rooms of their own."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=UnitKind, default=UnitKind.TEAM)
    parent = models.ForeignKey(
        "self", verbose_name="part of", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="unit_not_part_of_itself",
                violation_error_message="A unit cannot be part of itself.",
            ),
        ]
        triggers = [
            refuse_circle(
                "unit_no_circle",
                "Units cannot be part of each other in a circle.",
                table="people_unit",
                column="parent_id",
            )
        ]

    def __str__(self) -> str:
        return self.name
