from django.db import models
from django.db.models import F, Q

from boards.choices import Outcome
from kit.ledger import ledgered, refuse_truncate
from people.models import Person

from .agenda_item import AgendaItem, stays_when_held
from .attendance import Attendance
from .meeting import Meeting


@ledgered()
class Interest(models.Model):
    """An entry of the register of interests: what a person has declared, from when to when."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interests")
    text = models.TextField("interest")
    starts = models.DateField("from")
    ends = models.DateField("until", null=True, blank=True, help_text="Leave empty while it lasts.")

    class Meta:
        ordering = ["person", "-starts", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="interest_ends_after_it_starts",
                violation_error_message="The last day must be the same as or after the first day.",
            )
        ]
        triggers = [refuse_truncate()]

    def __str__(self) -> str:
        return self.text


@ledgered()
class Declaration(models.Model):
    """An interest declared at a meeting, for an item or for all of it, and what was done about it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="declarations")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="declarations")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="declarations")
    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, null=True, blank=True, related_name="declarations")
    text = models.TextField("what was declared")
    outcome = models.CharField("what was done", max_length=10, choices=Outcome, default=Outcome.NOTED)

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="declaration_with_text")]
        triggers = stays_when_held()

    def __str__(self) -> str:
        return self.text
