from django.db import models

from commitments.models import Commitment, Strategy
from kit.ledger import ledgered

from .agenda_item import AgendaItem
from .audience import stays_with_item

CHANGED = "What an item of a meeting that was held was about cannot be changed."


@ledgered()
class ItemStrategy(models.Model):
    """A strategy that an agenda item is about."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="strategy_links")
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item", "id"]
        verbose_name_plural = "strategies of agenda items"
        constraints = [models.UniqueConstraint(fields=["item", "strategy"], name="item_strategy_once")]
        triggers = stays_with_item(CHANGED)

    def __str__(self) -> str:
        return str(self.strategy)


@ledgered()
class ItemCommitment(models.Model):
    """A commitment that an agenda item is about."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="commitment_links")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item", "id"]
        verbose_name_plural = "commitments of agenda items"
        constraints = [models.UniqueConstraint(fields=["item", "commitment"], name="item_commitment_once")]
        triggers = stays_with_item(CHANGED)

    def __str__(self) -> str:
        return str(self.commitment)
