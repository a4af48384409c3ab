from django.db import models

from kit.ledger import ledgered, refuse_change, refuse_truncate
from kit.numbers import given_once

from .meeting import Meeting


@ledgered()
class Summary(models.Model):
    """The summary of decisions and actions of a meeting, as circulated. The newest one counts; it is provisional.

    `body` holds its lines as they were, each with the key of its item, by which a page asks what a reader may see.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="summaries")
    number = models.PositiveSmallIntegerField()
    body = models.JSONField(default=dict)
    sent_to = models.JSONField("who it went to", default=list, blank=True)
    circulated_at = models.DateTimeField()
    circulated_by = models.CharField(max_length=254)
    because = models.CharField("why there is a new one", max_length=500, blank=True)

    class Meta:
        ordering = ["meeting", "-number"]
        verbose_name_plural = "summaries"
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="summary_once")]
        triggers = [
            given_once("summary_next", table="boards_summary", within=("meeting_id",)),
            refuse_change("summary_stays", "A summary that was circulated cannot be changed or deleted."),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"Summary of decisions, {self.meeting}"
