from .agenda_item import AgendaItem
from .attendance import Attendance
from .audience import AudienceEntry
from .board import Board
from .closure import Closure
from .duty import Duty
from .forward_plan import ForwardPlanEntry
from .interest import Declaration, Interest
from .meeting import Meeting, MeetingAct
from .membership import Membership
from .milestone import Milestone
from .relationship import Relationship
from .service_level import ServiceLevel
from .terms import Terms, TermsAct

__all__ = [
    "AgendaItem",
    "Attendance",
    "AudienceEntry",
    "Board",
    "Closure",
    "Declaration",
    "Duty",
    "ForwardPlanEntry",
    "Interest",
    "Meeting",
    "MeetingAct",
    "Membership",
    "Milestone",
    "Relationship",
    "ServiceLevel",
    "Terms",
    "TermsAct",
]
