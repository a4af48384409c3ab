from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Value

from kit.ledger import ledgered
from people.querysets import TenureQuerySet

from .person import Person
from .post import Post


class Basis(models.TextChoices):
    SUBSTANTIVE = "substantive", "Substantive"
    ACTING = "acting", "Acting"
    TEMPORARY = "temporary", "Temporary"


def days_of(starts: str = "starts", ends: str = "ends") -> Func:
    """The days from one field to another, both included; an empty end is open."""
    return Func(starts, ends, Value("[]"), function="daterange", output_field=DateRangeField())


@ledgered()
class Tenure(models.Model):
    """A person in a post from a day to a day, both included. Acting and temporary cover may overlap a substantive."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tenures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tenures")
    basis = models.CharField(max_length=20, choices=Basis, default=Basis.SUBSTANTIVE)
    starts = models.DateField("first day")
    ends = models.DateField("last day", null=True, blank=True, help_text="Leave empty while it lasts.")

    objects = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["post", "-starts"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="tenure_ends_after_it_starts",
                violation_error_message="The last day must be the same as or after the first day.",
            ),
            ExclusionConstraint(
                name="tenure_one_holder_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("basis", RangeOperators.EQUAL),
                    (days_of(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Somebody already holds this post on this basis for some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} as {self.post} ({self.get_basis_display().lower()})"
