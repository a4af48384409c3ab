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


class MeasureUnit(models.TextChoices):
    """What kind of number a measure is. Its unit in words (per cent, victims) stands beside it."""

    SHARE = "share", "Share (per cent)"
    COUNT = "count", "Count"
    RATE = "rate", "Rate"
    DAYS = "days", "Days"
    POINTS = "points", "Points"
    SCORE = "score", "Score"
    YES_NO = "yes_no", "Yes or no"


class Better(models.TextChoices):
    """Which way is good."""

    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"
    RANGE = "range", "Best within a range"


class Combine(models.TextChoices):
    """How values of several periods, or of several groups, make one. Percentages are never averaged or added."""

    SUM = "sum", "Sum"
    AVERAGE = "average", "Average"
    LATEST = "latest", "Latest, as recorded"
    RATIO_OF_SUMS = "ratio_of_sums", "Ratio of sums"


class SourceKind(models.TextChoices):
    SURVEY = "survey", "Survey"
    SYSTEM = "system", "System"
    RETURN = "return", "Return"


class Cadence(models.TextChoices):
    """How often a measure is collected. The values are those of kit.periods."""

    MONTHLY = "monthly", "Monthly"
    QUARTERLY = "quarterly", "Quarterly"
    SIX_MONTHLY = "six_monthly", "Every six months"
    YEARLY = "yearly", "Yearly"


class DimensionKind(models.TextChoices):
    GROUP = "group", "Groups of people"
    UNIT = "unit", "Units"


class TargetKind(models.TextChoices):
    """How the machine reads a target: the names of commitments.targets. The words as published stay beside it."""

    REACH_LEVEL = "reach_level", "Reach a level"
    CHANGE_FROM_BASELINE = "change_from_baseline", "Change from a baseline"
    YEAR_ON_YEAR = "year_on_year", "Change year on year"
    GAP_AT_MOST = "gap_at_most", "A gap of at most so many points"
    GAP_CHANGE = "gap_change", "A gap narrower than its baseline"
    GROUP_AT_LEAST_AS_GOOD = "group_at_least_as_good", "A group at least as good as another"
    PER_UNIT_PER_YEAR = "per_unit_per_year", "So many in each unit each year"
    FULL_COVERAGE = "full_coverage", "Full coverage"
    SET_A_BASELINE = "set_a_baseline", "Set a baseline"
    ALL_OF = "all_of", "Several conditions together"


class Trajectory(models.TextChoices):
    """What is expected between the baseline and the day it is due."""

    STRAIGHT = "straight", "Straight line"
    STEPPED = "stepped", "Steps"
    NONE = "none", "None"


class StatusRule(models.TextChoices):
    """How the verdicts of a commitment's targets make one status."""

    WORST_OF = "worst_of", "The worst of its targets"
    MAJORITY = "majority", "Most of its targets"
    NONE = "none", "No status is computed"
