import pgtrigger
from django.db import models
from django.db.models import Q

from boards.choices_records import MinutesState
from boards.querysets_minutes import MinutesQuerySet
from kit.ledger import ledgered, refuse_change, refuse_truncate
from people.models import Act

from .agenda_item import AgendaItem
from .decision import Decision
from .meeting import Meeting

OF_CONFIRMED = """
    IF EXISTS (
        SELECT 1 FROM boards_minutes m WHERE m.state = 'confirmed' AND m.id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.minutes_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.minutes_id END
        )
    ) THEN
        RAISE EXCEPTION 'Confirmed minutes cannot be changed or deleted.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""

# Once they went out, a part changes together with its correction, which was written down just before.
CORRECTED = """
    IF NOT EXISTS (
        SELECT 1 FROM boards_minutes m WHERE m.state = 'circulated' AND m.id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.minutes_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.minutes_id END
        )
    ) THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.minutes_id, OLD.item_id, OLD.text) = (NEW.minutes_id, NEW.item_id, NEW.text) THEN
            RETURN NEW;
        END IF;
        IF (OLD.minutes_id, OLD.item_id) = (NEW.minutes_id, NEW.item_id) AND EXISTS (
            SELECT 1 FROM (
                SELECT was, becomes FROM boards_correction
                WHERE minutes_id = OLD.minutes_id AND item_id = OLD.item_id ORDER BY id DESC LIMIT 1
            ) last WHERE last.was = OLD.text AND last.becomes = NEW.text
        ) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Minutes that were circulated change by a correction only.' USING ERRCODE = 'restrict_violation';
"""


def stays_with_minutes() -> list[pgtrigger.Trigger]:
    """The triggers of a table whose rows are parts of minutes: they stay once these are confirmed."""
    return [
        pgtrigger.Trigger(
            name="stays_when_confirmed",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=OF_CONFIRMED,
        ),
        refuse_truncate(),
    ]


@ledgered()
class Minutes(models.Model):
    """The minutes of a meeting: draft > circulated, unconfirmed > confirmed at the next meeting, and locked.

    Decisions and actions in them are read from their own records until they are confirmed; `record` then holds all of
    it as it was confirmed, and `sha256` its hash.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes_of")
    state = models.CharField(max_length=20, choices=MinutesState, default=MinutesState.DRAFT, editable=False)
    circulated_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="confirms"
    )
    record = models.JSONField(default=dict, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        ordering = ["-meeting__starts_at"]
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(sha256=""),
                name="minutes_confirmed_by_decision",
                violation_error_message="Minutes are confirmed by a decision of the board.",
            )
        ]
        triggers = [
            refuse_change(
                "confirmed_minutes_stay",
                "Confirmed minutes cannot be changed or deleted.",
                condition=pgtrigger.Q(old__state="confirmed"),
            ),
            pgtrigger.Trigger(
                name="minutes_go_forward",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="circulated", new__state="draft")
                | pgtrigger.Q(old__meeting__df=pgtrigger.F("new__meeting")),
                func="RAISE EXCEPTION 'Minutes that were circulated are no draft again, and stay with their meeting.' "
                "USING ERRCODE = 'restrict_violation';",
            ),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"Minutes of {self.meeting}"


@ledgered()
class MinutesPart(models.Model):
    """What the minutes say was discussed on an item. Decisions and actions have their own records."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="parts")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["minutes", "item__position"]
        constraints = [models.UniqueConstraint(fields=["minutes", "item"], name="minutes_part_once")]
        triggers = [
            *stays_with_minutes(),
            pgtrigger.Trigger(
                name="changes_by_correction",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=CORRECTED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes}: {self.item}"


@ledgered()
class Correction(models.Model):
    """What was put right in minutes after they were circulated: both texts, who asked for it, and why."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="corrections")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    was = models.TextField(blank=True)
    becomes = models.TextField(blank=True)
    asked_by = models.CharField(max_length=200)
    because = models.CharField(max_length=250, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=254)

    class Meta:
        ordering = ["minutes", "id"]
        triggers = [
            *stays_with_minutes(),
            refuse_change("correction_stays", "A correction of minutes cannot be changed or deleted."),
        ]

    def __str__(self) -> str:
        return f"Correction of {self.minutes}"


@ledgered()
class MinutesItem(models.Model):
    """The agenda item at which the minutes of an earlier meeting are put to the board."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="minutes_put")
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="put_at")

    class Meta:
        ordering = ["item"]
        triggers = [refuse_truncate()]

    def __str__(self) -> str:
        return str(self.minutes)


@ledgered()
class MinutesAct(Act):
    """Minutes drafted, circulated, corrected or confirmed: who, when and why."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="acts")

    class Meta(Act.Meta):
        abstract = False
        triggers = [
            refuse_change("minutes_act_stays", "What was recorded of minutes cannot be changed or deleted."),
            refuse_truncate(),
        ]
