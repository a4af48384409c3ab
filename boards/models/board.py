import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from boards.choices import BoardKind, Nation, Sensitivity
from boards.querysets import BoardQuerySet
from kit.ledger import ledgered
from people.models import Unit

# They would hide behind the pages of these names.
slug_is_free = RegexValidator(
    r"^(?!(new|map|calendar|interests|papers|packs|decisions|actions|minutes|referrals|notes)$)",
    "This address is taken by STRIDE itself. Choose another.",
)


# The lock is for two who each close one half of a circle at the same moment, of parts or of relationships.
LOCK = "hashtext('boards_circle')"
NO_CIRCLE = f"""
    IF TG_OP = 'UPDATE' THEN
        IF NEW.parent_id IS NOT DISTINCT FROM OLD.parent_id THEN
            RETURN NEW;
        END IF;
    END IF;
    IF NEW.parent_id <> NEW.id THEN
        PERFORM pg_advisory_xact_lock({LOCK});
        IF EXISTS (
            WITH RECURSIVE step(low, high) AS (
                SELECT id, parent_id FROM boards_board WHERE parent_id IS NOT NULL AND id <> NEW.id
                UNION ALL SELECT board_id, to_id FROM boards_relationship WHERE kind IN ('reports_to', 'escalates_to')
                UNION ALL SELECT to_id, board_id FROM boards_relationship WHERE kind = 'directs'
            ), above(id) AS (
                SELECT NEW.parent_id
                UNION SELECT step.high FROM step JOIN above ON step.low = above.id
            ) SELECT 1 FROM above WHERE id = NEW.id
        ) THEN
            RAISE EXCEPTION 'Boards cannot be part of each other in a circle.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'board_no_circle';
        END IF;
    END IF;
    RETURN NEW;
"""


@ledgered()
class Board(models.Model):
    """A body that meets under terms of reference. One kept by others (`is_outside`) is only named and related."""

    slug = models.SlugField("short name in addresses", max_length=60, unique=True, validators=[slug_is_free])
    code = models.CharField(
        "letters before its numbers",
        max_length=8,
        unique=True,
        help_text="For example DB: its decisions will be numbered DB 2021-22/001.",
    )
    title = models.CharField(max_length=200)
    kind = models.CharField("what it is there to do", max_length=10, choices=BoardKind)
    summary = models.TextField("in one or two sentences", blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="part of"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="boards")
    sensitivity = models.CharField(
        "who may read about it", max_length=10, choices=Sensitivity, default=Sensitivity.OPEN
    )
    nation = models.CharField("whose bank holidays", max_length=3, choices=Nation, default=Nation.ENGLAND)
    is_outside = models.BooleanField(
        "kept by another body", default=False, help_text="It is named here, but its meetings are not run in STRIDE."
    )
    starts = models.DateField("first day")
    ends = models.DateField("last day", null=True, blank=True, help_text="Leave empty while it lasts.")

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="board_ends_after_it_starts",
                violation_error_message="The last day must be the same as or after the first day.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="board_not_its_own_parent",
                violation_error_message="A board cannot be part of itself.",
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
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("boards:board", args=[self.slug])
