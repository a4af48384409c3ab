"""The board of the meetings' tests on the day of its meeting, which has begun; everybody but the vacant seat is there.

Items 1 to 3: open to all, restricted to the adviser, left out for others. Item 1 has a paper with a recommendation.
"""

import pytest

from boards.models import AgendaItem
from boards.services import attendance
from boards.services.attendance import Came
from tests.boards.meetings.conftest import (  # noqa: F401  the same board, meeting and seats
    BEGUN,
    agenda,
    at_the_meeting,
    board,
    keeper,
    key,
    meeting,
    seats,
    terms,
)
from tests.factories.records import ClearedPaperFactory


@pytest.fixture
def here(meeting, agenda, seats, keeper, at_the_meeting):  # noqa: F811
    """The meeting with attendance: chair, member and adviser are present."""
    agenda[1].visibility, agenda[1].title = "title_only", "Pay of the director"
    agenda[2].visibility, agenda[2].title = "absent", "Merger with Otherville"
    for each in agenda[1:]:
        each.save()
        each.audience.create(person=seats["adviser"].person)
    there = [Came(key(seats["chair"]), "present", presided=True)]
    there += [Came(key(seats[name]), "present") for name in ("member", "adviser")]
    attendance.record(meeting=meeting, came=there, by=keeper, at=BEGUN)
    return meeting


@pytest.fixture
def items(here) -> list[AgendaItem]:
    return list(here.items.select_related("meeting__board").order_by("position"))


@pytest.fixture
def paper(items):
    return ClearedPaperFactory(item=items[0], recommendation="That the board approves the estates plan.")


@pytest.fixture
def now(at_the_meeting):  # noqa: F811
    return at_the_meeting


def emptied(meeting, seats, keeper, at):  # noqa: F811
    """Only the chair stays: the quorum, chair and one more, is broken."""
    came = [Came(key(seats[name]), "absent") for name in ("member", "adviser")]
    attendance.record(meeting=meeting, came=came, by=keeper, at=at)
