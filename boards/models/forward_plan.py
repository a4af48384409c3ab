from django.core.validators import MaxValueValidator
from django.db import models

from boards.choices import Purpose
from kit.ledger import ledgered
from people.models import Post

from .agenda_item import AgendaItem
from .board import Board


@ledgered()
class ForwardPlanEntry(models.Model):
    """Something a board means to take up: a deep dive or a cyclical duty, until it is on an agenda."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="forward_plan")
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.DEEP_DIVE)
    stream = models.CharField(
        "kind of deep dive",
        max_length=40,
        blank=True,
        help_text="As the terms name it.",
    )
    duty_key = models.SlugField("duty it fulfils", max_length=60, blank=True)
    presenter_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="presented by"
    )
    minutes = models.PositiveSmallIntegerField("minutes allotted", default=20, validators=[MaxValueValidator(720)])
    not_before = models.DateField("not before", null=True, blank=True)
    wanted_by = models.DateField("wanted by", null=True, blank=True)
    item = models.OneToOneField(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="planned_as"
    )
    dropped_because = models.CharField("why it was dropped", max_length=250, blank=True)

    class Meta:
        ordering = ["board", "wanted_by", "id"]
        verbose_name_plural = "forward plan"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(not_before__isnull=True)
                | models.Q(wanted_by__isnull=True)
                | models.Q(wanted_by__gte=models.F("not_before")),
                name="forward_plan_days_in_order",
                violation_error_message="It cannot be wanted before the first day it can be taken.",
            )
        ]

    def __str__(self) -> str:
        return self.title
