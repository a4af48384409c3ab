import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from boards.choices_records import ActionState
from boards.querysets_records import BoardActionQuerySet
from kit.ledger import ledgered, refuse_change, refuse_truncate
from kit.numbers import given_once
from people.models import Act, Post

from .agenda_item import AgendaItem
from .board import Board
from .decision import Decision
from .meeting import Meeting

RAISED = """
    IF TG_OP = 'INSERT' THEN
        IF EXISTS (SELECT 1 FROM boards_minutes m WHERE m.meeting_id = NEW.meeting_id AND m.state = 'confirmed') THEN
            RAISE EXCEPTION 'The minutes of this meeting are confirmed. Its actions are in them.'
                USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF (OLD.board_id, OLD.meeting_id, OLD.item_id) = (NEW.board_id, NEW.meeting_id, NEW.item_id) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM boards_agendaitem i JOIN boards_meeting m ON m.id = i.meeting_id
        WHERE i.id = NEW.item_id AND m.id = NEW.meeting_id AND m.board_id = NEW.board_id
    ) THEN
        RAISE EXCEPTION 'An action belongs to the meeting and the board of its agenda item.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'action_of_one_meeting';
    END IF;
    RETURN NEW;
"""
IN_MINUTES = """
    IF (OLD.text, OLD.raised_at, OLD.item_id, OLD.decision_id) IS DISTINCT FROM
        (NEW.text, NEW.raised_at, NEW.item_id, NEW.decision_id)
        AND EXISTS (SELECT 1 FROM boards_minutes m WHERE m.meeting_id = OLD.meeting_id AND m.state = 'confirmed')
        OR NEW.closed_at_meeting_id IS DISTINCT FROM OLD.closed_at_meeting_id AND EXISTS (
            SELECT 1 FROM boards_minutes m WHERE m.meeting_id = NEW.closed_at_meeting_id AND m.state = 'confirmed'
        )
    THEN
        RAISE EXCEPTION 'The minutes of this meeting are confirmed. What they say of an action stays.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
"""
OF_CLOSED = """
    IF EXISTS (
        SELECT 1 FROM boards_boardaction a WHERE a.state = 'closed' AND a.id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.action_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.action_id END
        )
    ) THEN
        RAISE EXCEPTION 'An action that the board closed cannot be changed. Who contributed to it stays.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


@ledgered()
class BoardAction(models.Model):
    """What a board asked a post to do, by when. The owner proposes its closure; the board closes it.

    The original date stays beside the current one.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="board_actions")
    year = models.CharField(max_length=7, help_text="The financial year of the meeting, as 2021-22.")
    number = models.PositiveIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="board_actions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="board_actions")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="board_actions"
    )
    text = models.TextField("what is to be done")
    owner_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="board_actions", verbose_name="owner")
    owner_name = models.CharField(
        "held by", max_length=120, blank=True, help_text="Who held the post when it was raised."
    )
    contributors = models.ManyToManyField(Post, through="ActionContributor", blank=True, related_name="+")
    raised_at = models.DateTimeField()
    original_due = models.DateField("first due")
    due = models.DateField("due by")
    parked_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.OPEN, editable=False)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    closed_at_meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="actions_closed"
    )

    objects = BoardActionQuerySet.as_manager()

    class Meta:
        ordering = ["board", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["board", "year", "number"], name="board_action_number_once"),
            models.CheckConstraint(
                condition=~Q(text=""), name="board_action_with_text", violation_error_message="Say what is to be done."
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False, closed_at_meeting__isnull=False),
                name="closed_action_says_where",
            ),
        ]
        triggers = [
            given_once("board_action_number_next", table="boards_boardaction", within=("board_id", "year")),
            refuse_change(
                "closed_action_stays",
                "An action that the board closed cannot be changed. Raise a new one.",
                condition=pgtrigger.Q(old__state="closed"),
            ),
            pgtrigger.Trigger(
                name="first_date_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__original_due__df=pgtrigger.F("new__original_due")),
                func="RAISE EXCEPTION 'The first date of an action stays.' USING ERRCODE = 'restrict_violation';",
            ),
            pgtrigger.Trigger(
                name="raised_at_its_meeting",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=RAISED,
            ),
            # Its progress goes on: dates, owner and state are not what the minutes say for good.
            pgtrigger.Trigger(
                name="stays_in_minutes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=IN_MINUTES,
            ),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("boards:action", args=[self.pk])

    @property
    def reference(self) -> str:
        """As "DB 2021-22/A014"."""
        return f"{self.board.code} {self.year}/A{self.number:03d}"


@ledgered()
class ActionContributor(models.Model):
    """A post that helps with an action."""

    action = models.ForeignKey(BoardAction, on_delete=models.CASCADE, related_name="contributor_links")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["action", "id"]
        constraints = [models.UniqueConstraint(fields=["action", "post"], name="action_contributor_once")]
        triggers = [
            pgtrigger.Trigger(
                name="stays_when_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=OF_CLOSED,
            ),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return str(self.post)


@ledgered()
class BoardActionAct(Act):
    """An action raised, updated, moved, parked, proposed for closure, kept open or closed: who, when, and the words."""

    action = models.ForeignKey(BoardAction, on_delete=models.PROTECT, related_name="acts")
    detail = models.CharField(max_length=300, blank=True)

    class Meta(Act.Meta):
        abstract = False
        triggers = [
            refuse_change("board_action_act_stays", "What was recorded of an action cannot be changed or deleted."),
            refuse_truncate(),
        ]
