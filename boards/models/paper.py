from django.db import models
from django.db.models import Q
from django.urls import reverse

from boards.choices_papers import FileKind, Marking, PaperState, PdfFrom
from boards.querysets_records import PaperQuerySet
from kit.ledger import ledgered, refuse_change, refuse_truncate
from kit.numbers import given_once
from people.models import Act, Person, Post

from .agenda_item import AgendaItem


@ledgered()
class Paper(models.Model):
    """A paper for an agenda item: commissioned from a post, with its front sheet. Files are in its versions.

    services.papers holds its doors. Late stays late: the chair's permission is kept beside it.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveSmallIntegerField("place among the papers of its item", editable=False)
    title = models.CharField(max_length=200)
    author_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="papers", verbose_name="written by")
    brief = models.TextField("what the author is asked for", blank=True)
    due_at = models.DateTimeField("due by")
    due_why = models.TextField("why then", blank=True, editable=False)
    marking = models.CharField("protective marking", max_length=30, choices=Marking, blank=True)
    purpose = models.TextField("what it is for", blank=True)
    recommendation = models.TextField(
        blank=True,
        help_text="Word it so that it can become the decision: “That the board approves the estates plan for 2022-23.”",
    )
    equality = models.TextField("equality implications", blank=True)
    financial = models.TextField("financial implications", blank=True)
    state = models.CharField(max_length=20, choices=PaperState, default=PaperState.COMMISSIONED, editable=False)
    submitted_at = models.DateTimeField("first submitted at", null=True, blank=True, editable=False)
    cleared_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_late = models.BooleanField(default=False, editable=False)
    late_asked = models.TextField("why it is late", blank=True, editable=False)
    late_permitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    late_permitted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    late_permitted_name = models.CharField("permitted by", max_length=254, blank=True, editable=False)
    late_reason = models.TextField("why the chair permits it", blank=True, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["item__meeting", "item__position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="paper_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="paper_with_title"),
            models.CheckConstraint(
                condition=Q(is_late=False) | Q(late_permitted_at__isnull=False) & ~Q(late_reason=""),
                name="late_paper_permitted",
                violation_error_message="A late paper needs the chair’s permission, with the reason.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "cleared"]) | Q(submitted_at__isnull=False),
                name="submitted_paper_says_when",
            ),
        ]
        triggers = [
            given_once("paper_number_next", table="boards_paper", within=("item_id",)),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("boards:paper", args=[self.pk])


@ledgered()
class RouteStep(models.Model):
    """A line of a paper's governance route: which body saw it before, when, and what it said."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="route")
    body = models.CharField("which body", max_length=200)
    on = models.DateField("when")
    comment = models.CharField("what it said", max_length=500, blank=True)

    class Meta:
        ordering = ["paper", "on", "id"]
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="route_step_with_body")]
        triggers = [refuse_truncate()]

    def __str__(self) -> str:
        return self.body


@ledgered()
class PaperVersion(models.Model):
    """A file that was given for a paper, checked when it came. It stays; a better one is the next version.

    `key` is where the private storage keeps it. The pack takes the PDF: the file itself, or that of a Word paper.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=255)
    kind = models.CharField(max_length=4, choices=FileKind)
    key = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    pdf_from = models.CharField(max_length=10, choices=PdfFrom, blank=True)
    pdf_key = models.CharField(max_length=120, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    is_tagged = models.BooleanField(null=True, blank=True)
    notes = models.JSONField("what the check said", default=list, blank=True)
    uploaded_at = models.DateTimeField()
    by_name = models.CharField("given by", max_length=254)
    by_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what_changed = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["paper", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="paper_version_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="paper_version_not_empty"),
        ]
        triggers = [
            given_once("paper_version_next", table="boards_paperversion", within=("paper_id",)),
            refuse_change("paper_version_stays", "A file that was given for a paper stays as it is."),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.paper}, version {self.number}"

    @property
    def pack_key(self) -> str:
        """Where the PDF is that a pack takes; empty when there is none."""
        return self.key if self.kind == FileKind.PDF else self.pdf_key

    @property
    def pack_sha256(self) -> str:
        """The hash of the PDF that a pack takes; empty when there is none."""
        return self.sha256 if self.kind == FileKind.PDF else self.pdf_sha256


@ledgered()
class PaperAct(Act):
    """A paper commissioned, submitted, sent back, cleared, withdrawn; permission for a late one: who, when and why."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="acts")

    class Meta(Act.Meta):
        abstract = False
        triggers = [
            refuse_change("paper_act_stays", "What was recorded of a paper cannot be changed or deleted."),
            refuse_truncate(),
        ]
