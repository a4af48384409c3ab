"""Fixed lists of the boards: what they are for, who sits on them, what an item asks."""

from django.db import models


class BoardKind(models.TextChoices):
    DECIDES = "decides", "Decides"
    ADVISES = "advises", "Advises"
    DELIVERS = "delivers", "Delivers"
    ASSURES = "assures", "Assures"


class Sensitivity(models.TextChoices):
    """Who may read about a board at all."""

    OPEN = "open", "Everybody who signs in"
    MEMBERS = "members", "Its members and those who support or audit it"


class Nation(models.TextChoices):
    """Whose bank holidays count."""

    ENGLAND = "ENG", "England"
    WALES = "WLS", "Wales"
    SCOTLAND = "SCT", "Scotland"
    NORTHERN_IRELAND = "NIR", "Northern Ireland"


class TermsState(models.TextChoices):
    """What is stored. In force and superseded follow from the days of the approved versions."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"


class FrequencyUnit(models.TextChoices):
    WEEKS = "weeks", "Weeks"
    MONTHS = "months", "Months"
    QUARTERS = "quarters", "Quarters"


class DeputiesRule(models.TextChoices):
    """Who may be sent. Where terms are silent anybody may, who then does not count."""

    NOT_STATED = "not_stated", "The terms say nothing of deputies"
    NONE = "none", "No deputies"
    NAMED = "named", "Named deputies only"
    SENIOR = "senior", "Any deputy of sufficient seniority"
    CONSISTENT = "consistent", "A deputy, who is to be the same each time"


class DeputiesCount(models.TextChoices):
    """Whether a deputy who is present counts towards the quorum."""

    NO = "no", "They do not count"
    YES = "yes", "They count, but do not preside"
    PRESIDING = "presiding", "They count, and may preside"


class Category(models.TextChoices):
    CHAIR = "chair", "Chair"
    DEPUTY_CHAIR = "deputy_chair", "Deputy chair"
    INTERNAL = "internal", "Internal member"
    EXTERNAL_ADVISER = "external_adviser", "External adviser"
    STANDING_INVITATION = "standing_invitation", "Standing invitation"
    ATTENDEE = "attendee", "Attendee"
    SECRETARIAT = "secretariat", "Secretariat"


# Those who are the board; the others are in the room.
MEMBERS = (Category.CHAIR, Category.DEPUTY_CHAIR, Category.INTERNAL, Category.EXTERNAL_ADVISER)


class RelationshipKind(models.TextChoices):
    REPORTS_TO = "reports_to", "Reports to"
    ADVISES = "advises", "Advises"
    DIRECTS = "directs", "Directs"
    ESCALATES_TO = "escalates_to", "Escalates to"
    DEPENDS_ON = "depends_on", "Depends on"
    MEETS_BEFORE = "meets_before", "Meets in sequence before"


class Product(models.TextChoices):
    """What a service level promises."""

    AGENDA = "agenda", "Agenda"
    PAPERS = "papers", "Papers"
    PACK = "pack", "Pack circulated"
    BRIEFING = "briefing", "Briefing"
    ACTIONS = "actions", "Actions"
    SUMMARY = "summary", "Summary of decisions"
    MINUTES = "minutes", "Draft minutes"


class TimeUnit(models.TextChoices):
    WORKING_DAYS = "working_days", "working days"
    CLEAR_WORKING_DAYS = "clear_working_days", "clear working days"
    CALENDAR_DAYS = "calendar_days", "calendar days"
    ELAPSED_HOURS = "elapsed_hours", "hours"


class Anchor(models.TextChoices):
    MEETING_START = "meeting_start", "the start of the meeting"
    MEETING_END = "meeting_end", "the end of the meeting"


class Direction(models.TextChoices):
    BEFORE = "before", "before"
    AFTER = "after", "after"


class MeetingState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class Purpose(models.TextChoices):
    DECISION = "decision", "For decision"
    DISCUSSION = "discussion", "For discussion"
    ASSURANCE = "assurance", "For assurance"
    NOTING = "noting", "For noting"
    DEEP_DIVE = "deep_dive", "Deep dive"


class StandingItem(models.TextChoices):
    """The order of business that every agenda has."""

    APOLOGIES = "apologies", "Apologies and quoracy"
    DECLARATIONS = "declarations", "Declarations of interest"
    MINUTES = "minutes", "Minutes of the last meeting"
    MATTERS_ARISING = "matters_arising", "Matters arising"
    ACTION_LOG = "action_log", "Action log"
    FORWARD_PLAN = "forward_plan", "Forward plan"
    ANY_OTHER = "any_other", "Any other business"


class Visibility(models.TextChoices):
    """What somebody outside an item's audience sees of it."""

    VISIBLE = "visible", "Everything"
    TITLE_ONLY = "title_only", "Its title only"
    COVER_TITLE = "cover_title", "Another title in its place"
    ABSENT = "absent", "Nothing: it is left out"


class Reply(models.TextChoices):
    NONE = "none", "No reply"
    COMING = "coming", "Coming"
    APOLOGIES = "apologies", "Apologies"
    DEPUTY = "deputy", "Sending a deputy"


class Presence(models.TextChoices):
    NOT_RECORDED = "not_recorded", "Not recorded"
    PRESENT = "present", "Present"
    DEPUTY = "deputy", "Deputy present"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Absent"


class Outcome(models.TextChoices):
    """What was done about an interest."""

    NOTED = "noted", "Noted; they took part"
    SILENT = "silent", "Stayed without speaking"
    WITHDREW = "withdrew", "Withdrew"
    NOT_SENT = "not_sent", "Not sent the paper, and withdrew"


RECUSED = (Outcome.SILENT, Outcome.WITHDREW, Outcome.NOT_SENT)
