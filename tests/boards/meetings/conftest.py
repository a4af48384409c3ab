"""A board with a chair, a member, an external adviser and a vacant seat; a meeting three weeks ahead of the clock.

The clock stands at 19 January 2022. `lead` holds the chair's post, `member` the member's.
"""

import datetime as dt

import pytest
from django.utils import timezone

from boards import quorum
from boards.models import Board, Meeting, Terms
from kit import clock
from tests.factories.boards import (
    AgendaItemFactory,
    BoardFactory,
    DraftTermsFactory,
    ExternalFactory,
    MeetingFactory,
    MembershipFactory,
    approved,
)
from tests.factories.people import PersonFactory, PostFactory

AHEAD = dt.date(2022, 2, 8)
BEGUN = dt.datetime(2022, 2, 8, 13, 0, tzinfo=dt.UTC)
RULE = quorum.as_data(quorum.chair_plus(1))
STANDING = ["apologies", "declarations", "minutes", "any_other"]


@pytest.fixture
def board(db) -> Board:
    return BoardFactory(slug="delivery", title="Delivery board", code="DB")


@pytest.fixture
def terms(board) -> Terms:
    draft = DraftTermsFactory(
        board=board,
        quorum=RULE,
        deputies_count="yes",
        deputies_rule="named",
        standing_items=STANDING,
        streams=["operational", "enabling"],
    )
    draft.duties.create(key="watch", position=1, text="Watch progress.", times_a_year=4)
    draft.duties.create(key="review", position=2, text="Review the risks.")
    return approved(draft)


@pytest.fixture
def seats(board, terms, lead, lead_post, member, member_post) -> dict:
    """chair, member (with a named deputy), adviser, vacant."""
    deputy = PersonFactory(code="dora", name="Dora Deputy")
    return {
        "chair": MembershipFactory(board=board, post=lead_post, category="chair"),
        "member": MembershipFactory(board=board, post=member_post, deputy_person=deputy),
        "adviser": ExternalFactory(board=board, person=PersonFactory(code="ann", name="Ann Adviser")),
        "vacant": MembershipFactory(board=board, post=PostFactory(code="empty", title="Empty post")),
    }


@pytest.fixture
def meeting(board, seats) -> Meeting:
    return MeetingFactory(board=board, on=AHEAD)


@pytest.fixture
def agenda(meeting) -> list:
    return [AgendaItemFactory(meeting=meeting, position=at, title=f"Item number {at}") for at in range(1, 4)]


@pytest.fixture
def keeper(secretariat, actor_of):
    return actor_of(secretariat)


@pytest.fixture
def at_the_meeting():
    """The clock at one in the afternoon of the meeting's day, an hour after its end."""
    with clock.standing_at(timezone.localtime(BEGUN)):
        yield BEGUN


def key(seat) -> str:
    """A seat as the services name it."""
    return f"seat-{seat.pk}"
