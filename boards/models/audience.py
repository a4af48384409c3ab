import pgtrigger
from django.db import models
from django.db.models import Q

from kit.ledger import ledgered, refuse_truncate
from people.models import Person, Post

from .agenda_item import AgendaItem

OF_HELD = """
    IF EXISTS (
        SELECT 1 FROM boards_agendaitem i JOIN boards_meeting m ON m.id = i.meeting_id WHERE m.state = 'held'
        AND i.id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.item_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.item_id END
        )
    ) THEN
        RAISE EXCEPTION '{sentence}'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


def stays_with_item(sentence: str) -> list[pgtrigger.Trigger]:
    """The triggers of a table whose rows belong to an agenda item: they stay once its meeting was held."""
    return [
        pgtrigger.Trigger(
            name="stays_when_held",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=OF_HELD.replace("{sentence}", sentence),
        ),
        refuse_truncate(),
    ]


@ledgered()
class AudienceEntry(models.Model):
    """A post or a person who may see a restricted item. Who presents it, runs the board or audits it always may."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="audience")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["item", "id"]
        verbose_name_plural = "audience"
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, person__isnull=True) | Q(post__isnull=True, person__isnull=False),
                name="audience_post_or_person",
                violation_error_message="Choose a post or a person, not both.",
            ),
            models.UniqueConstraint(fields=["item", "post"], name="audience_post_once"),
            models.UniqueConstraint(fields=["item", "person"], name="audience_person_once"),
        ]
        triggers = stays_with_item("Who may see an item of a meeting that was held cannot be changed.")

    def __str__(self) -> str:
        return str(self.post or self.person)
