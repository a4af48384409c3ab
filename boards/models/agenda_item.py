import pgtrigger
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from boards.choices import Purpose, StandingItem, Visibility
from boards.querysets import AgendaItemQuerySet
from commitments.models import Commitment, Strategy
from kit.ledger import ledgered, refuse_truncate
from people.models import Post

from .duty import Duty
from .meeting import Meeting

HELD = """
    IF EXISTS (
        SELECT 1 FROM boards_meeting m WHERE m.state = 'held'
        AND m.id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.meeting_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.meeting_id END
        )
    ) THEN
        RAISE EXCEPTION 'What was recorded of a meeting that was held cannot be changed or deleted.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


def stays_when_held() -> list[pgtrigger.Trigger]:
    """The triggers of a table whose rows belong to a meeting: they stay once it was held."""
    return [
        pgtrigger.Trigger(
            name="stays_when_held",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=HELD,
        ),
        refuse_truncate(),
    ]


@ledgered()
class AgendaItem(models.Model):
    """One item of a meeting's agenda. Its number on the page is its place in the order."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.DISCUSSION)
    standing = models.CharField(max_length=20, choices=StandingItem, blank=True, editable=False)
    presenter_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="presented by"
    )
    minutes = models.PositiveSmallIntegerField(
        "minutes allotted", default=10, validators=[MaxValueValidator(720)], help_text="0 when it takes no time."
    )
    note = models.TextField("what the board is asked", blank=True)
    strategies = models.ManyToManyField(Strategy, through="ItemStrategy", blank=True, related_name="+")
    commitments = models.ManyToManyField(Commitment, through="ItemCommitment", blank=True, related_name="+")
    duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="items", verbose_name="duty it fulfils"
    )
    stream = models.CharField("kind of deep dive", max_length=40, blank=True)
    is_one_off = models.BooleanField("only this time", default=True, help_text="It is not copied to the next agenda.")
    visibility = models.CharField(
        "what others see of it", max_length=20, choices=Visibility, default=Visibility.VISIBLE
    )
    cover_title = models.CharField("title that others see", max_length=200, blank=True)
    quorum = models.JSONField("quorum of this item", default=dict, blank=True)
    quorate = models.BooleanField(null=True, blank=True, editable=False)
    quorum_sentence = models.TextField(blank=True, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="agenda_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=~Q(title=""), name="agenda_item_with_title"),
            models.CheckConstraint(
                condition=~Q(visibility="cover_title") | ~Q(cover_title=""),
                name="agenda_item_with_cover_title",
                violation_error_message="Give the title that others see in its place.",
            ),
        ]
        triggers = stays_when_held()

    def __str__(self) -> str:
        return self.title
