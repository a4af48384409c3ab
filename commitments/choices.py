"""Fixed lists. The equality lists are the law's own: Equality Act 2010, sections 4 and 149."""

from django.db import models


class StrategyState(models.TextChoices):
    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    IN_FORCE = "in_force", "In force"
    CLOSED = "closed", "Closed"
    SUPERSEDED = "superseded", "Superseded"


class Lifecycle(models.TextChoices):
    """Where a commitment is in its life. It is not a rating (DESIGN, section 2)."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETE = "complete", "Complete"
    PAUSED = "paused", "Paused"
    STOPPED = "stopped", "Stopped"


class Impact(models.TextChoices):
    INTERNAL = "internal", "Internal"
    EXTERNAL = "external", "External"
    BOTH = "both", "Internal and external"


class Characteristic(models.TextChoices):
    """The protected characteristics: Equality Act 2010, section 4."""

    AGE = "age", "Age"
    DISABILITY = "disability", "Disability"
    GENDER_REASSIGNMENT = "gender_reassignment", "Gender reassignment"
    MARRIAGE = "marriage", "Marriage and civil partnership"
    PREGNANCY = "pregnancy", "Pregnancy and maternity"
    RACE = "race", "Race"
    RELIGION = "religion", "Religion or belief"
    SEX = "sex", "Sex"
    SEXUAL_ORIENTATION = "sexual_orientation", "Sexual orientation"


class DutyAim(models.TextChoices):
    """The three aims of the public sector equality duty: Equality Act 2010, section 149(1)."""

    ELIMINATE = "eliminate", "Eliminate discrimination, harassment and victimisation"
    ADVANCE = "advance", "Advance equality of opportunity"
    FOSTER = "foster", "Foster good relations"
