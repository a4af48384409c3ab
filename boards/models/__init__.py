from .agenda_item import AgendaItem
from .attendance import Attendance
from .audience import AudienceEntry
from .board import Board
from .board_action import ActionContributor, BoardAction, BoardActionAct
from .closure import Closure
from .decision import Decision, DecisionAct, DecisionEffect
from .duty import Duty
from .forward_plan import ForwardPlanEntry
from .interest import Declaration, Interest
from .item_links import ItemCommitment, ItemStrategy
from .item_progress import ItemProgress
from .item_record import ItemRecord
from .meeting import Meeting, MeetingAct
from .membership import Membership
from .milestone import Milestone
from .minutes import Correction, Minutes, MinutesAct, MinutesItem, MinutesPart
from .pack import PackBuild, PackCopy, PackEdition, PackFile
from .paper import Paper, PaperAct, PaperVersion, RouteStep
from .referral import QuarterlyNote, Referral, ReferralAct, ReferralStop
from .relationship import Relationship
from .service_level import ServiceLevel
from .summary import Summary
from .terms import Terms, TermsAct

__all__ = [
    "ActionContributor",
    "AgendaItem",
    "Attendance",
    "AudienceEntry",
    "Board",
    "BoardAction",
    "BoardActionAct",
    "Closure",
    "Correction",
    "Decision",
    "DecisionAct",
    "DecisionEffect",
    "Declaration",
    "Duty",
    "ForwardPlanEntry",
    "Interest",
    "ItemCommitment",
    "ItemProgress",
    "ItemRecord",
    "ItemStrategy",
    "Meeting",
    "MeetingAct",
    "Membership",
    "Milestone",
    "Minutes",
    "MinutesAct",
    "MinutesItem",
    "MinutesPart",
    "PackBuild",
    "PackCopy",
    "PackEdition",
    "PackFile",
    "Paper",
    "PaperAct",
    "PaperVersion",
    "QuarterlyNote",
    "Referral",
    "ReferralAct",
    "ReferralStop",
    "Relationship",
    "RouteStep",
    "ServiceLevel",
    "Summary",
    "Terms",
    "TermsAct",
]
