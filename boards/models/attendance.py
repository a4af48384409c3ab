from django.db import models
from django.db.models import Q

from boards.choices import Category, Presence, Reply
from kit.ledger import ledgered
from people.models import Person, Post

from .agenda_item import AgendaItem, stays_when_held
from .meeting import Meeting
from .membership import Membership


@ledgered()
class Attendance(models.Model):
    """A seat at one meeting: what they replied, who came, from when to when. Names stay as text when it was held."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    category = models.CharField(max_length=20, choices=Category)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    label = models.CharField("seat", max_length=200, help_text="The post, or the person, as text.")
    name = models.CharField("held by", max_length=120, blank=True, help_text="Empty when the post was vacant.")
    reply = models.CharField(max_length=20, choices=Reply, default=Reply.NONE)
    presence = models.CharField(max_length=20, choices=Presence, default=Presence.NOT_RECORDED)
    deputy_name = models.CharField("deputy", max_length=120, blank=True)
    presided = models.BooleanField("presided", default=False)
    arrived_for = models.ForeignKey(
        AgendaItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="there from item",
        help_text="Leave empty when they were there from the start.",
    )
    left_after = models.ForeignKey(
        AgendaItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="there until item",
        help_text="Leave empty when they stayed to the end.",
    )

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership"], name="attendance_once"),
            models.CheckConstraint(
                condition=~Q(presence="deputy") | ~Q(deputy_name=""),
                name="attendance_deputy_named",
                violation_error_message="Say who came as the deputy.",
            ),
        ]
        triggers = stays_when_held()

    def __str__(self) -> str:
        return f"{self.label} at {self.meeting}"
