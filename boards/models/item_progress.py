from django.db import models

from kit.ledger import ledgered
from monitoring.models import ReportingRound

from .agenda_item import AgendaItem
from .audience import stays_with_item


@ledgered()
class ItemProgress(models.Model):
    """An agenda item that is the progress report of a round: the pack draws it from the returns signed off in it."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="progress")
    round = models.ForeignKey(ReportingRound, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "progress reports on agendas"
        triggers = stays_with_item("What an item of a meeting that was held reported on cannot be changed.")

    def __str__(self) -> str:
        return f"Progress report, {self.round}"
