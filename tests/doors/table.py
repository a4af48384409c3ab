"""Who may open and do what: one line for every address and every state of its record that matters.

Taken from what was decided, not from what the code does: reach that is refused is "not found", an act that is refused
is "refused", and an auditor reads everything and changes nothing.
"""

from tests.doors.table_admin import ADMINISTRATION
from tests.doors.table_board_actions import BOARD_ACTIONS
from tests.doors.table_boards import BOARDS
from tests.doors.table_calendar import CALENDAR
from tests.doors.table_compliance import COMPLIANCE
from tests.doors.table_decisions import DECISIONS
from tests.doors.table_measures import MEASURES
from tests.doors.table_meetings import MEETINGS
from tests.doors.table_minutes import MINUTES
from tests.doors.table_packs import PACKS
from tests.doors.table_papers import PAPERS
from tests.doors.table_people import PEOPLE
from tests.doors.table_plans import PLANS
from tests.doors.table_progress import PROGRESS
from tests.doors.table_referrals import REFERRALS
from tests.doors.table_returns import RETURNS
from tests.doors.table_rounds import ROUNDS
from tests.doors.table_service import SERVICE
from tests.doors.words import CHECKS, CONCERNED, OVERSEER, SIGNED_IN, WATCHES, Door, Who

AREAS: tuple[tuple[str, tuple[Door, ...]], ...] = (
    ("The service", SERVICE),
    ("People, posts and units", PEOPLE),
    ("Plans", PLANS),
    ("Measures and their figures", MEASURES),
    ("Reporting rounds and dashboards", ROUNDS),
    ("Progress returns", RETURNS),
    ("Boards, their members and terms", BOARDS),
    ("The calendar of boards", CALENDAR),
    ("Meetings, agendas and interests", MEETINGS),
    ("Papers", PAPERS),
    ("Packs", PACKS),
    ("Progress reports of agenda items", PROGRESS),
    ("In the room: notes, decisions and their summary", DECISIONS),
    ("Board actions", BOARD_ACTIONS),
    ("Minutes", MINUTES),
    ("Referrals and quarterly notes", REFERRALS),
    ("How boards keep to their terms", COMPLIANCE),
    ("Administration", ADMINISTRATION),
)
DOORS = tuple(door for _, doors in AREAS for door in doors)

# Who reaches a record at all, by the beginning of its name in the world; everybody reaches the others.
REACH: tuple[tuple[str, Who], ...] = (
    ("draft", CHECKS),
    ("shared", CHECKS),
    ("planned", CHECKS),
    ("return_signed_off", SIGNED_IN),
    ("return_reopened", SIGNED_IN),
    # That a return was missed, and why one is exempt, is for everybody; what was drafted is not.
    ("return_exempt", SIGNED_IN),
    ("return_missing", SIGNED_IN),
    ("return_drafted_and_missed", SIGNED_IN),
    ("return_let_in", SIGNED_IN),
    ("return_another_lead_signed", SIGNED_IN),
    ("return_another_lead", WATCHES),
    ("return_own", WATCHES | OVERSEER),
    ("return_", CONCERNED),
)


def reach_of(door: Door) -> Who:
    """Those who reach the record."""
    if door.reach is not None:
        return door.reach
    return next((who for start, who in REACH if door.place.startswith(start)), SIGNED_IN)
