from django.db import models

from kit.ledger import ledgered
from people.querysets import MessageQuerySet

from .person import Person


@ledgered()
class Message(models.Model):
    """A mail in the outbox. It is written with the act that caused it, and sent once that act is committed.

    What did not go says so in `problem`, and waits for its next try. `failed_tries` stays when it has gone at last.
    """

    to = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="messages")
    to_name = models.CharField(max_length=120)
    to_email = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    kind = models.CharField(max_length=40)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=250, blank=True)
    failed_tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-id"]
        indexes = [
            models.Index(fields=["-queued_at"], name="message_newest"),
            models.Index(fields=["id"], condition=models.Q(sent_at__isnull=True), name="message_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to_name}"
