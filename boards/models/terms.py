import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from boards.choices import DeputiesCount, DeputiesRule, FrequencyUnit, StandingItem, TermsState
from boards.querysets import TermsQuerySet
from kit.ledger import ledgered, refuse_change, refuse_truncate
from people.models import Act

from .board import Board

SENTENCE = "Approved terms of reference cannot be changed or deleted. Draft a new version."

# The parts of terms stay with them: none is added, changed or taken away once they are approved.
PARTS_STAY = f"""
    IF EXISTS (
        SELECT 1 FROM boards_terms t WHERE t.state = 'approved'
        AND t.id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.terms_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.terms_id END
        )
    ) THEN
        RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


def parts_stay() -> list[pgtrigger.Trigger]:
    """The triggers of a table whose rows are parts of terms of reference."""
    return [
        pgtrigger.Trigger(
            name="parts_stay",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=PARTS_STAY,
        ),
        refuse_truncate(),
    ]


@ledgered()
class Terms(models.Model):
    """A version of a board's terms of reference: draft > approved, and in force from a day until the next version is.

    Terms that adopt another board's hold no rules of their own; see boards.queries.terms for what then holds.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField("version")
    state = models.CharField(max_length=10, choices=TermsState, default=TermsState.DRAFT, editable=False)
    in_force_from = models.DateField(null=True, blank=True, editable=False)
    approved_on = models.DateField(null=True, blank=True, editable=False)
    decision = models.CharField("decision that approved them", max_length=300, blank=True, editable=False)

    adopts = models.ForeignKey(
        Board,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="adopted_by",
        verbose_name="adopts the terms of",
        help_text="Leave empty for a board with terms of its own.",
    )
    pinned = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pinned_by",
        verbose_name="stays with version",
        help_text="Leave empty to follow that board’s terms as they change.",
    )

    purpose = models.TextField(blank=True)
    authority = models.TextField("what it decides or advises on", blank=True)
    horizon_years = models.PositiveSmallIntegerField(
        "looks ahead, years", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    frequency_every = models.PositiveSmallIntegerField(
        "meets every", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(52)]
    )
    frequency_unit = models.CharField(max_length=10, choices=FrequencyUnit, blank=True)
    length_minutes = models.PositiveSmallIntegerField(
        "length of a meeting, minutes",
        null=True,
        blank=True,
        validators=[MinValueValidator(15), MaxValueValidator(720)],
    )
    quorum = models.JSONField(default=dict, blank=True)
    item_quorums = models.JSONField(default=dict, blank=True)
    vacancies_count = models.BooleanField(
        "vacant posts count in the membership", default=True, help_text="When a quorum is a share of the membership."
    )
    deputies_count = models.CharField(max_length=10, choices=DeputiesCount, default=DeputiesCount.NO)
    recused_count = models.BooleanField("a recused member counts towards the quorum", default=False)
    deputies_rule = models.CharField("deputies", max_length=10, choices=DeputiesRule, default=DeputiesRule.NOT_STATED)
    attendance_note = models.TextField("attendance, in words", blank=True)
    relationships_note = models.TextField("relationships, in words", blank=True)
    products = models.TextField("what it produces", blank=True)
    support = models.TextField("who supports it, and how", blank=True)
    standing_items = ArrayField(
        models.CharField(max_length=20, choices=StandingItem), default=list, blank=True, verbose_name="standing items"
    )
    streams = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        verbose_name="deep dives at each meeting, one of each",
        help_text="For example: operational pillar, enabling pillar.",
    )
    review_every_months = models.PositiveSmallIntegerField(
        "reviewed every, months", default=12, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    reviewed_on = models.DateField("last reviewed on", null=True, blank=True)

    objects = TermsQuerySet.as_manager()

    class Meta:
        ordering = ["board", "-number"]
        verbose_name = "terms of reference"
        verbose_name_plural = "terms of reference"
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="terms_number_once"),
            models.UniqueConstraint(
                fields=["board"],
                condition=Q(state="draft"),
                name="terms_one_draft",
                violation_error_message="This board already has a draft. Change that one.",
            ),
            models.UniqueConstraint(
                fields=["board", "in_force_from"],
                name="terms_one_from_a_day",
                violation_error_message="Another version is in force from this day.",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (Q(in_force_from__isnull=False) & Q(approved_on__isnull=False) & ~Q(decision="")),
                name="terms_approved_by_a_decision",
                violation_error_message="Say which decision approved these terms, when, and from when they hold.",
            ),
            models.CheckConstraint(
                condition=Q(adopts__isnull=True) | ~Q(adopts=F("board")),
                name="terms_not_their_own",
                violation_error_message="A board cannot adopt its own terms.",
            ),
            models.CheckConstraint(
                condition=Q(pinned__isnull=True) | Q(adopts__isnull=False),
                name="terms_pinned_are_adopted",
                violation_error_message="Only adopted terms can stay with a version.",
            ),
        ]
        triggers = [
            refuse_change("terms_stay", SENTENCE, condition=pgtrigger.Q(old__state="approved")),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"Terms of reference of {self.board}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("boards:terms_version", args=[self.board.slug, self.number])


@ledgered()
class TermsAct(Act):
    """Terms drafted or approved: who, when and why."""

    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="acts")

    class Meta(Act.Meta):
        abstract = False
        triggers = [
            refuse_change("terms_act_stays", "What was recorded of terms of reference cannot be changed or deleted."),
            refuse_truncate(),
        ]
