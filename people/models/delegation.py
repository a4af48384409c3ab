from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from kit.ledger import ledgered
from people.querysets import DelegationQuerySet

from .person import Person
from .post import Post
from .tenure import days_of


@ledgered()
class Delegation(models.Model):
    """A person whom a post lets draft and submit for it, from a day to a day, both included."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations")
    starts = models.DateField("first day")
    ends = models.DateField("last day", null=True, blank=True, help_text="Leave empty while it lasts.")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["post", "-starts"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="delegation_ends_after_it_starts",
                violation_error_message="The last day must be the same as or after the first day.",
            ),
            ExclusionConstraint(
                name="delegation_once_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (days_of(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This person is already a delegate of this post for some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.post}"
