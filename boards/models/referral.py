import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from boards.choices_records import Disposition, ReferralKind, ReferralState
from boards.querysets_records import QuarterlyNoteQuerySet, ReferralQuerySet
from kit.ledger import ledgered, refuse_change, refuse_truncate
from kit.numbers import given_once
from people.models import Act, Post

from .agenda_item import AgendaItem
from .board import Board
from .decision import Decision


@ledgered()
class Referral(models.Model):
    """A recommendation, direction, report-back or escalation that one board sends to others, and what came of it.

    The agreed text travels on from stop to stop. The outcome comes back onto an agenda of the first board by itself,
    again and again until it is noted. `restricted` is for those who see the item that it was sent from.
    """

    kind = models.CharField(max_length=20, choices=ReferralKind)
    from_board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="referrals_sent")
    year = models.CharField(max_length=7, help_text="The financial year in which it was sent, as 2021-22.")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField("what is referred, as it was agreed at first")
    restricted = models.TextField("restricted detail", blank=True)
    from_item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals_sent"
    )
    from_decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals_sent"
    )
    owner_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="who answers for it"
    )
    wanted_by = models.DateField("answer wanted by", null=True, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=254)
    state = models.CharField(max_length=20, choices=ReferralState, default=ReferralState.OPEN, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    outcome = models.TextField("outcome in short, for the first board", blank=True, editable=False)
    back_on = models.ForeignKey(
        AgendaItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="report_backs",
        help_text="The item of the first board at which the outcome is reported back.",
    )
    noted_at = models.DateTimeField(null=True, blank=True, editable=False)
    noted_by = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="notes"
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["from_board", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["from_board", "year", "number"], name="referral_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="referral_with_text"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "noted"]) | Q(answered_at__isnull=False) & ~Q(outcome=""),
                name="answered_referral_says_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state="noted") | Q(noted_at__isnull=False), name="noted_referral_says_when"
            ),
        ]
        triggers = [
            given_once("referral_number_next", table="boards_referral", within=("from_board_id", "year")),
            pgtrigger.Trigger(
                name="first_text_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__text__df=pgtrigger.F("new__text")),
                func="RAISE EXCEPTION 'What was referred stays as agreed.' USING ERRCODE = 'restrict_violation';",
            ),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("boards:referral", args=[self.pk])

    @property
    def reference(self) -> str:
        """As "DB 2021-22/R003"."""
        return f"{self.from_board.code} {self.year}/R{self.number:03d}"


@ledgered()
class ReferralStop(models.Model):
    """A board on the way of a referral: the text it received, that it was received, and what it made of it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="stops")
    number = models.PositiveSmallIntegerField()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="referral_stops")
    text_received = models.TextField(blank=True)
    received_at = models.DateTimeField("evidence of receipt", null=True, blank=True)
    received_by = models.CharField(max_length=254, blank=True)
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="referral_stops",
        help_text="The item at which this board takes it.",
    )
    disposition = models.CharField(max_length=20, choices=Disposition, blank=True)
    text_agreed = models.TextField("text that goes on", blank=True)
    summary = models.TextField("outcome in short", blank=True)
    restricted = models.TextField("restricted detail", blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="referral_stops"
    )
    disposed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["referral", "number"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="referral_stop_once"),
            models.CheckConstraint(
                condition=Q(disposition="") | Q(disposed_at__isnull=False) & ~Q(summary=""),
                name="referral_stop_says_outcome",
                violation_error_message="Say in short what came of it.",
            ),
        ]
        triggers = [
            refuse_change(
                "answered_stop_stays",
                "What a board made of a referral cannot be changed or deleted.",
                condition=~pgtrigger.Q(old__disposition="") & ~pgtrigger.Q(old__disposition="deferred"),
            ),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.referral} at {self.board}"


@ledgered()
class ReferralAct(Act):
    """A referral sent, received, placed, answered, noted or withdrawn: who, when and why."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="acts")
    detail = models.CharField(max_length=300, blank=True)

    class Meta(Act.Meta):
        abstract = False
        triggers = [
            refuse_change("referral_act_stays", "What was recorded of a referral cannot be changed or deleted."),
            refuse_truncate(),
        ]


@ledgered()
class QuarterlyNote(models.Model):
    """What one board tells another of a quarter, made from what was decided, as it was issued."""

    from_board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="notes_sent")
    to_board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="notes_received")
    starts = models.DateField("from")
    ends = models.DateField("to")
    number = models.PositiveSmallIntegerField()
    opening = models.TextField("in the secretariat’s words", blank=True)
    body = models.JSONField(default=dict)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=254)

    objects = QuarterlyNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "from_board", "to_board", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["from_board", "to_board", "starts", "number"], name="quarterly_note_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="quarterly_note_days_in_order"),
        ]
        triggers = [
            refuse_change("quarterly_note_stays", "A note that was issued cannot be changed or deleted."),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"Note from {self.from_board} to {self.to_board}"

    def get_absolute_url(self) -> str:
        return reverse("boards:note", args=[self.from_board.slug, self.pk])
