import pgtrigger
from django.db import models
from django.db.models import F, Q

from boards.choices import RelationshipKind
from kit.ledger import ledgered

from .board import LOCK, Board

# The lock is for two who each close one half of a circle at the same moment.
NO_CIRCLE = f"""
    IF NEW.to_id = NEW.board_id THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock({LOCK});
    IF NEW.kind IN ('reports_to', 'escalates_to', 'directs') AND EXISTS (
        WITH RECURSIVE step(low, high) AS (
            SELECT id, parent_id FROM boards_board WHERE parent_id IS NOT NULL
            UNION ALL SELECT board_id, to_id FROM boards_relationship
                WHERE kind IN ('reports_to', 'escalates_to') AND id IS DISTINCT FROM NEW.id
            UNION ALL SELECT to_id, board_id FROM boards_relationship
                WHERE kind = 'directs' AND id IS DISTINCT FROM NEW.id
        ), above(id) AS (
            SELECT CASE NEW.kind WHEN 'directs' THEN NEW.board_id ELSE NEW.to_id END
            UNION SELECT step.high FROM step JOIN above ON step.low = above.id
        ) SELECT 1 FROM above WHERE id = CASE NEW.kind WHEN 'directs' THEN NEW.to_id ELSE NEW.board_id END
    ) THEN
        RAISE EXCEPTION 'Boards cannot report to, escalate to or direct each other in a circle.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'relationship_no_circle';
    END IF;
    IF NEW.kind = 'meets_before' AND EXISTS (
        WITH RECURSIVE later(id) AS (
            SELECT NEW.to_id
            UNION SELECT r.to_id FROM boards_relationship r JOIN later ON r.board_id = later.id
            WHERE r.kind = 'meets_before' AND r.id IS DISTINCT FROM NEW.id
        ) SELECT 1 FROM later WHERE id = NEW.board_id
    ) THEN
        RAISE EXCEPTION 'Boards cannot meet before each other in a circle.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'relationship_no_circle';
    END IF;
    RETURN NEW;
"""


@ledgered()
class Relationship(models.Model):
    """What one board is to another, said from the first: it reports to, advises, directs the second."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="relationships")
    to = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="related_from", verbose_name="board")
    kind = models.CharField("relationship", max_length=20, choices=RelationshipKind)
    days_between = models.PositiveSmallIntegerField(
        "working days between",
        null=True,
        blank=True,
        help_text="For boards that meet in sequence: at least so many working days apart.",
    )
    note = models.CharField("what for", max_length=250, blank=True)

    class Meta:
        ordering = ["board", "kind", "to"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "to", "kind"],
                name="relationship_once",
                violation_error_message="The boards already have this relationship.",
            ),
            models.CheckConstraint(
                condition=~Q(board=F("to")),
                name="relationship_not_to_itself",
                violation_error_message="A board has no relationship to itself. Choose another board.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_circle",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NO_CIRCLE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.board} {self.get_kind_display().lower()} {self.to}"
