import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from boards.choices import MeetingState
from boards.querysets import MeetingQuerySet
from kit import clock
from kit.ledger import ledgered, refuse_change, refuse_truncate
from people.models import Act

from .board import Board
from .terms import Terms


@ledgered()
class Meeting(models.Model):
    """One meeting of a board. When it is held it keeps the terms of its day; services.meetings holds its doors."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PROPOSED, editable=False)
    terms = models.ForeignKey(
        Terms, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="meetings"
    )
    rules = models.ForeignKey(
        Terms,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="The version whose rules held: its own terms, or those they adopt.",
    )
    first_planned_for = models.DateField(
        null=True, blank=True, editable=False, help_text="The day it was first accepted for. It stays when it moves."
    )
    why = models.TextField("why this day", blank=True, editable=False)
    agenda_version = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text="Goes up with each change of the agenda: two editors see each other.",
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message="The meeting must end after it starts.",
            ),
            models.UniqueConstraint(
                fields=["board", "starts_at"],
                condition=~Q(state="cancelled"),
                name="meeting_once_at_a_time",
                violation_error_message="This board already meets then.",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(terms__isnull=False, rules__isnull=False),
                name="meeting_held_under_terms",
                violation_error_message="A meeting is held under the terms of its day, and there are none.",
            ),
        ]
        triggers = [
            refuse_change(
                "held_meeting_stays",
                "A meeting that was held cannot be changed or deleted.",
                condition=pgtrigger.Q(old__state="held"),
            ),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {clock.local_date(self.starts_at):%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("boards:meeting", args=[self.board.slug, self.pk])

    @property
    def day(self):
        """The day it is on, where the body is."""
        return clock.local_date(self.starts_at)

    @property
    def minutes(self) -> int:
        """Its length."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@ledgered()
class MeetingAct(Act):
    """A meeting proposed, accepted, moved, cancelled or held: who, when and why. `detail` says from when to when."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="acts")
    detail = models.CharField(max_length=300, blank=True)

    class Meta(Act.Meta):
        abstract = False
        triggers = [
            refuse_change("meeting_act_stays", "What was recorded of a meeting cannot be changed or deleted."),
            refuse_truncate(),
        ]
