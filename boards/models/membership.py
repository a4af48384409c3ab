from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from boards.choices import MEMBERS, Category
from boards.querysets import MembershipQuerySet
from kit.ledger import ledgered
from people.models import Person, Post
from people.models.tenure import days_of

from .board import Board


@ledgered()
class Membership(models.Model):
    """A seat: a post or a person on a board, in a category, from a day to a day, both included."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="memberships")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    category = models.CharField(max_length=20, choices=Category)
    note = models.CharField("why they sit on it", max_length=250, blank=True)
    deputy_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="named deputy (post)"
    )
    deputy_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="named deputy (person)"
    )
    starts = models.DateField("first day")
    ends = models.DateField("last day", null=True, blank=True, help_text="Leave empty while it lasts.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["board", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, person__isnull=True) | Q(post__isnull=True, person__isnull=False),
                name="membership_post_or_person",
                violation_error_message="Choose a post or a person, not both.",
            ),
            models.CheckConstraint(
                condition=Q(deputy_post__isnull=True) | Q(deputy_person__isnull=True),
                name="membership_one_named_deputy",
                violation_error_message="Name one deputy: a post or a person.",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="membership_ends_after_it_starts",
                violation_error_message="The last day must be the same as or after the first day.",
            ),
            ExclusionConstraint(
                name="membership_post_once",
                expressions=[
                    ("board", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    (days_of(), RangeOperators.OVERLAPS),
                ],
                condition=Q(post__isnull=False),
                violation_error_message="This post already sits on the board for some of these days.",
            ),
            ExclusionConstraint(
                name="membership_person_once",
                expressions=[
                    ("board", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (days_of(), RangeOperators.OVERLAPS),
                ],
                condition=Q(person__isnull=False),
                violation_error_message="This person already sits on the board for some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.board}"

    @property
    def label(self) -> str:
        """The post's title, or the person's name."""
        return str(self.post or self.person)

    @property
    def is_member(self) -> bool:
        """Whether they are of the board, and not only in the room."""
        return self.category in MEMBERS
