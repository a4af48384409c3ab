from .agenda_item import AgendaItem
from .attendance import Attendance
from .audience import AudienceEntry
from .board import Board
from .closure import Closure
from .duty import Duty
from .forward_plan import ForwardPlanEntry
from .interest import Declaration, Interest
from .item_links import ItemCommitment, ItemStrategy
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
    "ItemCommitment",
    "ItemStrategy",
    "Meeting",
    "MeetingAct",
    "Membership",
    "Milestone",
    "Relationship",
    "ServiceLevel",
    "Terms",
    "TermsAct",
]
