import pgtrigger
from django.db import models
from django.db.models import Q

from boards.choices_papers import AudienceKind, BuildState, Marking, PackKind
from boards.querysets_records import PackEditionQuerySet
from kit.ledger import ledgered, refuse_change, refuse_truncate
from kit.numbers import given_once
from people.models import Person

from .meeting import Meeting

OF_CIRCULATED = """
    IF EXISTS (
        SELECT 1 FROM boards_packedition e WHERE e.circulated_at IS NOT NULL AND e.id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.edition_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.edition_id END
        )
    ) THEN
        RAISE EXCEPTION 'A circulated pack edition cannot be changed or deleted.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'A file of a pack cannot be changed.' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    RETURN OLD;
"""
SENT = """
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.edition_id, OLD.file_id, OLD.person_id, OLD.name, OLD.seat, OLD.sent_at)
            = (NEW.edition_id, NEW.file_id, NEW.person_id, NEW.name, NEW.seat, NEW.sent_at) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'What was sent to whom stays.' USING ERRCODE = 'restrict_violation';
"""


@ledgered()
class PackEdition(models.Model):
    """A numbered edition of a meeting's pack: it comes to be with all its files at once, then is circulated.

    One that was built but not circulated gives its number to the next that is built. `what_changed` says, since the
    edition before, which items and papers are new, changed or gone, each with the item's key for disclosure.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=PackKind, default=PackKind.REPLACEMENT)
    double_sided = models.BooleanField("for double-sided print", default=False)
    built_at = models.DateTimeField()
    built_by = models.CharField(max_length=254)
    manifest = models.JSONField(default=dict)
    manifest_sha256 = models.CharField(max_length=64)
    what_changed = models.JSONField(default=list, blank=True)
    problems = models.JSONField("papers that could not be joined", default=list, blank=True)
    circulated_at = models.DateTimeField(null=True, blank=True, editable=False)
    circulated_by = models.CharField(max_length=254, blank=True, editable=False)
    message = models.TextField("what it was sent with", blank=True)

    objects = PackEditionQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="pack_edition_once"),
            models.CheckConstraint(
                condition=Q(circulated_at__isnull=True) | ~Q(circulated_by=""), name="circulated_pack_says_by_whom"
            ),
        ]
        triggers = [
            given_once("pack_edition_next", table="boards_packedition", within=("meeting_id",), stays=False),
            refuse_change(
                "circulated_pack_stays",
                "A circulated pack edition cannot be changed or deleted.",
                condition=pgtrigger.Q(old__circulated_at__isnull=False),
            ),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"Pack of {self.meeting}, edition {self.number}"


@ledgered()
class PackFile(models.Model):
    """An edition as it was assembled for an audience: the PDF, what the web shows, and what of each item it holds.

    `sights` says for each item, by its key, how much of it is inside (boards.disclosure.Sight). Whoever now
    sees less of an item than that may not open it.
    """

    edition = models.ForeignKey(PackEdition, on_delete=models.CASCADE, related_name="files")
    audience = models.CharField(max_length=20, choices=AudienceKind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    label = models.CharField(max_length=200)
    sights = models.JSONField(default=dict)
    manifest = models.JSONField(default=dict)
    body = models.JSONField("what the web shows", default=dict)
    marking = models.CharField(max_length=30, choices=Marking, blank=True)
    key = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()

    class Meta:
        ordering = ["edition", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "audience"], condition=~Q(audience="person"), name="pack_file_once_an_audience"
            ),
            models.UniqueConstraint(
                fields=["edition", "person"], condition=Q(audience="person"), name="pack_file_once_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(audience="person") | Q(person__isnull=False), name="pack_file_of_person_names_them"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stays_with_edition",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=OF_CIRCULATED,
            ),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, for {self.label}"


@ledgered()
class PackCopy(models.Model):
    """An edition sent to a person: which of its files, when, and when they opened it."""

    edition = models.ForeignKey(PackEdition, on_delete=models.PROTECT, related_name="copies")
    file = models.ForeignKey(PackFile, on_delete=models.PROTECT, related_name="copies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pack_copies")
    name = models.CharField(max_length=120)
    seat = models.CharField("as what they get it", max_length=200, blank=True)
    sent_at = models.DateTimeField()
    first_opened_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "name", "id"]
        verbose_name_plural = "pack copies"
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="pack_copy_once")]
        triggers = [
            pgtrigger.Trigger(
                name="stays_as_sent",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=SENT,
            ),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, sent to {self.name}"


@ledgered(exclude=["step", "words", "alive_at"])
class PackBuild(models.Model):
    """The building of an edition, while it goes on and as it ended. The edition comes at its end, or not at all."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="builds")
    kind = models.CharField(max_length=20, choices=PackKind, default=PackKind.REPLACEMENT)
    double_sided = models.BooleanField("for double-sided print", default=False)
    state = models.CharField(max_length=10, choices=BuildState, default=BuildState.WAITING)
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    words = models.CharField("what it is doing", max_length=250, blank=True)
    problem = models.TextField("why it failed", blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=254)
    asked_by_user = models.ForeignKey("people.User", on_delete=models.PROTECT, null=True, related_name="+")
    alive_at = models.DateTimeField(help_text="When the builder last said something. A builder that died says nothing.")
    ended_at = models.DateTimeField(null=True, blank=True)
    edition = models.ForeignKey(PackEdition, on_delete=models.SET_NULL, null=True, blank=True, related_name="builds")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state__in=["waiting", "building"]), name="one_pack_build_at_a_time"
            )
        ]
        triggers = [refuse_truncate()]

    def __str__(self) -> str:
        return f"Building the pack of {self.meeting}"
