"""Fixed lists of rounds and returns, and the sections of a return."""

from dataclasses import dataclass

from django.db import models


class Cycle(models.TextChoices):
    MONTHLY = "monthly", "Monthly"
    TWO_MONTHLY = "two_monthly", "Every two months"
    QUARTERLY = "quarterly", "Quarterly"
    SIX_MONTHLY = "six_monthly", "Every six months"
    YEARLY = "yearly", "Yearly"


class RoundState(models.TextChoices):
    PLANNED = "planned", "Planned"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class ReturnState(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    SIGNED_OFF = "signed_off", "Signed off"
    EXEMPT = "exempt", "Exempt"


class Rating(models.TextChoices):
    """Delivery confidence. What each means is the strategy's own definition, pinned when the round opens."""

    GREEN = "green", "Green"
    AMBER = "amber", "Amber"
    RED = "red", "Red"


class Outlook(models.TextChoices):
    IMPROVING = "improving", "Improving"
    SAME = "same", "No change expected"
    WORSENING = "worsening", "Worsening"


class ObservationStatus(models.TextChoices):
    ACTUAL = "actual", "Actual"
    PROVISIONAL = "provisional", "Provisional"
    ESTIMATED = "estimated", "Estimated"


@dataclass(frozen=True)
class Section:
    """One short page of the return."""

    slug: str
    title: str
    fields: tuple[str, ...]


SECTIONS = (
    Section("progress", "Progress this period", ("done", "difference")),
    Section("rating", "Delivery confidence", ("lifecycle", "rating", "outlook")),
    Section("recovery", "Path to green", ("rating_reason", "path_to_green", "green_by", "help_needed")),
    Section("next", "What happens next", ("next_steps",)),
    Section("dates", "Completion date", ("expected_on", "date_reason")),
    Section("risks", "Risks and issues", ("risks",)),
)
SECTION = {section.slug: section for section in SECTIONS}
ANSWERS = tuple(name for section in SECTIONS for name in section.fields)
TEXT_LIMIT = 10_000  # characters in one answer
EDITABLE_STATES = (ReturnState.NOT_STARTED, ReturnState.DRAFT, ReturnState.CHANGES_REQUESTED)
