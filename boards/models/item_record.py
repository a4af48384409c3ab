import pgtrigger
from django.db import models

from kit.ledger import ledgered, refuse_truncate

from .agenda_item import AgendaItem

# Whatever the minutes are made from stays once they are confirmed. {meeting} finds the meeting of {row}.
CONFIRMED = """
    IF EXISTS (
        SELECT 1 FROM boards_minutes m WHERE m.state = 'confirmed' AND m.meeting_id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN {old} END,
            CASE WHEN TG_OP <> 'DELETE' THEN {new} END
        )
    ) THEN
        RAISE EXCEPTION 'The minutes of this meeting are confirmed. What they were made from stays as it is.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


def stays_when_confirmed(column: str = "meeting_id") -> list[pgtrigger.Trigger]:
    """The triggers of a table whose rows are what minutes are made from. `column` is meeting_id or item_id."""
    found = "{row}.meeting_id"
    if column == "item_id":
        found = "(SELECT i.meeting_id FROM boards_agendaitem i WHERE i.id = {row}.item_id)"
    return [
        pgtrigger.Trigger(
            name="stays_when_confirmed",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=CONFIRMED.format(old=found.format(row="OLD"), new=found.format(row="NEW")),
        ),
        refuse_truncate(),
    ]


@ledgered()
class ItemRecord(models.Model):
    """What was said on an agenda item, as it was noted in the room, and when it was taken."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="record")
    discussion = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["item"]
        triggers = stays_when_confirmed("item_id")

    def __str__(self) -> str:
        return f"Record of {self.item}"
