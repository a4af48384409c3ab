"""Fixed lists of what comes out of the room: decisions, actions, minutes, referrals."""

from django.db import models


class DecisionKind(models.TextChoices):
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    DEFERRED = "deferred", "Deferred"
    NOTED = "noted", "Noted"
    REFERRED = "referred", "Referred"


class ActionState(models.TextChoices):
    OPEN = "open", "Open"
    PROPOSED = "proposed", "Proposed for closure"
    CLOSED = "closed", "Closed"


class MinutesState(models.TextChoices):
    DRAFT = "draft", "Draft"
    CIRCULATED = "circulated", "Unconfirmed"
    CONFIRMED = "confirmed", "Confirmed"


class ReferralKind(models.TextChoices):
    RECOMMENDATION = "recommendation", "Recommendation"
    DIRECTION = "direction", "Direction"
    REPORT_BACK = "report_back", "Report-back"
    ESCALATION = "escalation", "Escalation"


class ReferralState(models.TextChoices):
    """Open until the last stop has answered; answered until the first board has noted what came of it."""

    OPEN = "open", "Under way"
    ANSWERED = "answered", "Answered, not yet noted"
    NOTED = "noted", "Noted"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Disposition(models.TextChoices):
    """What a board did with what was referred to it."""

    ENDORSED = "endorsed", "Endorsed"
    AMENDED = "amended", "Endorsed with changes"
    REJECTED = "rejected", "Rejected"
    DEFERRED = "deferred", "Deferred"
    REFERRED_BACK = "referred_back", "Referred back"
    NOTED = "noted", "Noted"


# They carry it to the next stop; deferred keeps it where it is; the others end its way.
GOES_ON = (Disposition.ENDORSED, Disposition.AMENDED, Disposition.NOTED)
