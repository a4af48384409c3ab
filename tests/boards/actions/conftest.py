"""A board that met on 11 January 2022 and meets again on 8 February; the clock stands at 19 January.

`lead` holds the owner's post, `member` a contributor's.
"""

import datetime as dt

import pytest

from boards.models import Board, BoardAction, Meeting
from boards.services import board_actions as services
from kit import clock
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory, MembershipFactory

MET = dt.date(2022, 1, 11)
NEXT = dt.date(2022, 2, 8)
DUE = dt.date(2022, 2, 1)


@pytest.fixture
def board(db) -> Board:
    return BoardFactory(slug="delivery", title="Delivery board", code="DB")


@pytest.fixture
def meeting(board) -> Meeting:
    """The one that was held a week ago."""
    return MeetingFactory(board=board, on=MET)


@pytest.fixture
def coming(board) -> Meeting:
    return MeetingFactory(board=board, on=NEXT)


@pytest.fixture
def item(meeting):
    AgendaItemFactory(meeting=meeting, title="Apologies")
    return AgendaItemFactory(meeting=meeting, title="The estate")


@pytest.fixture
def keeper(secretariat, actor_of):
    return actor_of(secretariat)


@pytest.fixture
def owner(lead, actor_of):
    return actor_of(lead)


@pytest.fixture
def seat(board, member, member_post):
    """The member sits on the board."""
    return MembershipFactory(board=board, post=member_post)


@pytest.fixture
def raised(item, keeper, lead, lead_post):
    """raised(text, due=…): an action of the owner's post, by the service."""

    def make(text: str = "Write to the landlord.", **values) -> BoardAction:
        values = {"item": item, "owner_post": lead_post, "due": DUE, "by": keeper, "at": clock.now()} | values
        return services.raise_action(text=text, **values)

    return make


@pytest.fixture
def action(raised) -> BoardAction:
    return raised()


@pytest.fixture
def standing_at():
    """standing_at(2022, 2, 9): the clock on another day."""

    def at(*day: int):
        return clock.standing_at(dt.date(*day))

    return at
