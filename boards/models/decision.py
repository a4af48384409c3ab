import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from boards.choices_records import DecisionKind
from boards.querysets_records import DecisionQuerySet
from kit.ledger import ledgered, refuse_change, refuse_truncate
from kit.numbers import given_once
from people.models import Act

from .agenda_item import AgendaItem
from .board import Board
from .item_record import stays_when_confirmed
from .meeting import Meeting
from .paper import Paper

OF_ONE_MEETING = """
    IF NOT EXISTS (
        SELECT 1 FROM boards_agendaitem i JOIN boards_meeting m ON m.id = i.meeting_id
        WHERE i.id = NEW.item_id AND m.id = NEW.meeting_id AND m.board_id = NEW.board_id
    ) THEN
        RAISE EXCEPTION 'A decision belongs to the meeting and the board of its agenda item.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_of_one_meeting';
    END IF;
    RETURN NEW;
"""


@ledgered()
class Decision(models.Model):
    """What a board decided on an item, in its number. One recorded in error is withdrawn, and keeps its number.

    It can be corrected until the minutes of its meeting are confirmed. `seeded_from` is the recommendation as it
    was, so that both texts can be read.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="decisions")
    year = models.CharField(max_length=7, help_text="The financial year of the meeting, as 2021-22.")
    number = models.PositiveIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    kind = models.CharField("outcome", max_length=20, choices=DecisionKind)
    text = models.TextField("what was decided")
    seeded_from = models.TextField("what was recommended", blank=True)
    taken_at = models.DateTimeField()
    quorate = models.BooleanField(null=True)
    quorum_sentence = models.TextField(blank=True)
    needs_ratification = models.BooleanField("subject to ratification", default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=250, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["board", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["board", "year", "number"], name="decision_number_once"),
            models.CheckConstraint(
                condition=~Q(text=""), name="decision_with_text", violation_error_message="Say what was decided."
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="withdrawn_decision_says_why",
                violation_error_message="Say why it was recorded in error.",
            ),
        ]
        triggers = [
            given_once("decision_number_next", table="boards_decision", within=("board_id", "year")),
            *stays_when_confirmed(),
            pgtrigger.Trigger(
                name="taken_at_its_meeting",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=OF_ONE_MEETING,
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("boards:decision", args=[self.pk])

    @property
    def reference(self) -> str:
        """As "DB 2021-22/014"."""
        return f"{self.board.code} {self.year}/{self.number:03d}"


@ledgered()
class DecisionAct(Act):
    """A decision recorded, corrected or withdrawn: who, when and why. `before` is the text that was."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="acts")
    before = models.TextField(blank=True)

    class Meta(Act.Meta):
        abstract = False
        triggers = [
            refuse_change("decision_act_stays", "What was recorded of a decision cannot be changed or deleted."),
            refuse_truncate(),
        ]


@ledgered()
class DecisionEffect(models.Model):
    """What a decision did: the record it moved, through that record's own door, in the same transaction.

    `kind` is one that is registered in boards.effects; `target` is the key of the record that it is about.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="effects")
    kind = models.CharField(max_length=40)
    target = models.PositiveBigIntegerField()
    label = models.CharField("on what", max_length=300)
    sentence = models.CharField("what it did", max_length=500)
    at = models.DateTimeField()

    class Meta:
        ordering = ["decision", "id"]
        constraints = [models.UniqueConstraint(fields=["kind", "target", "decision"], name="decision_effect_once")]
        triggers = [
            refuse_change("decision_effect_stays", "What a decision did cannot be changed or deleted."),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return self.sentence
