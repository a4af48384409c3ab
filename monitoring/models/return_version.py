import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from commitments.choices import Lifecycle
from kit.ledger import ledgered, refuse_change
from monitoring.choices import SECTION, Outlook, Rating
from people.models import Person, Post

from .progress_return import ProgressReturn, ReturnAct


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        Person, verbose_name=name, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )


def _post(name: str) -> models.ForeignKey:
    return models.ForeignKey(Post, verbose_name=name, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


def _user(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=name,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )


def _title(name: str) -> models.CharField:
    return models.CharField(name, max_length=254, blank=True)


@ledgered()
class ReturnVersion(models.Model):
    """What one version of a return says, and who stood behind it on the day. Signing freezes the row."""

    progress_return = models.ForeignKey(ProgressReturn, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    reopened_reason = models.TextField(blank=True)

    is_nil = models.BooleanField("nothing to report", default=False)
    done = models.TextField("what has been done", blank=True)
    difference = models.TextField("what difference it has made", blank=True)
    lifecycle = models.CharField("where it is", max_length=20, choices=Lifecycle, blank=True)
    rating = models.CharField("delivery confidence", max_length=10, choices=Rating, blank=True)
    rating_reason = models.TextField("why", blank=True)
    path_to_green = models.TextField("path to green", blank=True)
    green_by = models.DateField("green by", null=True, blank=True)
    help_needed = models.TextField("help needed", blank=True)
    outlook = models.CharField("outlook", max_length=10, choices=Outlook, blank=True)
    next_steps = models.TextField("what happens next", blank=True)
    expected_on = models.DateField("expected to be complete on", null=True, blank=True)
    expected_was = models.DateField("expected date before this return", null=True, blank=True)
    date_reason = models.TextField("why the date has moved", blank=True)
    risks = models.TextField("risks and issues", blank=True)
    sections_done = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    lead_post = _post("lead")
    lead_post_title = _title("lead on the day")
    lead_person = _person("holder of the lead")
    lead_name = _title("holder of the lead on the day")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = _user("submitted by")
    submitted_by_person = _person("person who submitted")
    submitted_by_name = _title("submitted by, on the day")
    on_behalf = models.BooleanField("submitted by a delegate", default=False)

    overseer_post = _post("overseer")
    overseer_post_title = _title("overseer on the day")
    overseer_person = _person("holder of the overseer")
    overseer_name = _title("holder of the overseer on the day")
    overseer_rating = models.CharField("overseer's rating", max_length=10, choices=Rating, blank=True)
    overseer_comment = models.TextField("overseer's comment", blank=True)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = _user("signed off by")
    basis = models.JSONField("what it rested on", default=dict, blank=True)

    class Meta:
        ordering = ["progress_return", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["progress_return", "number"], name="return_version_once"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | (~Q(lead_post_title="") & ~Q(submitted_by_name="") & Q(submitted_by__isnull=False)),
                name="return_version_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | ~Q(rating__in=["amber", "red"]) | ~Q(rating_reason=""),
                name="return_version_amber_or_red_with_reason",
                violation_error_message="Amber and red need a reason.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | Q(expected_on=F("expected_was"))
                | Q(expected_on__isnull=True)
                | Q(expected_was__isnull=True)
                | ~Q(date_reason=""),
                name="return_version_moved_date_with_reason",
                violation_error_message="A moved date needs a reason.",
            ),
            models.CheckConstraint(
                condition=Q(signed_off_at__isnull=True)
                | (
                    Q(submitted_at__isnull=False)
                    & Q(signed_off_by__isnull=False)
                    & ~Q(overseer_post_title="")
                    & ~Q(overseer_name="")
                ),
                name="return_version_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(signed_off_by__isnull=True) | ~Q(signed_off_by=F("submitted_by")),
                name="return_version_not_signed_by_its_author",
                violation_error_message="Nobody signs off a return that they submitted.",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reopened_reason=""), name="return_version_reopened_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(sections_done__contained_by=list(SECTION)), name="return_version_sections_known"
            ),
        ]
        triggers = [
            refuse_change(
                "signed_off_stays",
                "A signed-off return cannot be changed or deleted. The strategy team can reopen it, with a reason.",
                condition=pgtrigger.Q(old__signed_off_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.progress_return}"


@ledgered()
class ChangeRequest(models.Model):
    """What an overseer asked to have changed in one section, with that section's answers as they were."""

    version = models.ForeignKey(ReturnVersion, on_delete=models.PROTECT, related_name="change_requests")
    act = models.ForeignKey(ReturnAct, on_delete=models.PROTECT, related_name="change_requests")
    section = models.CharField(max_length=20)
    reason = models.TextField()
    answers = models.JSONField(default=dict)

    class Meta:
        ordering = ["-act_id", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="change_request_with_reason"),
            models.CheckConstraint(condition=Q(section__in=list(SECTION)), name="change_request_section_known"),
        ]
        triggers = [
            refuse_change("change_request_stays", "A request for changes cannot be changed or deleted."),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.reason[:60]}"
