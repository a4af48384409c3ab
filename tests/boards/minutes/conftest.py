# ruff: noqa: F811
"""The board of the decisions' tests: its meeting of 8 February 2022 with attendance, and a later one.

Items 1 to 3: open to all, restricted to the adviser, left out for others. Each has a note, a decision and an action.
"""

import datetime as dt

import pytest

from boards import effects
from boards.models import ItemRecord
from boards.queries.attendance import lines_of
from boards.services import attendance, board_actions, decisions, meetings
from boards.services import minutes as services
from boards.services.attendance import Came
from tests.boards.decisions.conftest import (  # noqa: F401  the same board, meeting and seats
    agenda,
    at_the_meeting,
    board,
    here,
    items,
    keeper,
    meeting,
    now,
    paper,
    seats,
    terms,
)
from tests.factories.boards import AgendaItemFactory, MeetingFactory
from tests.factories.people import PostFactory

NOTES = ("The roof leaks.\n\nIt is to be mended.", "The director was paid 100.", "Otherville agrees.")
DECIDED = ("The board approves the estates plan.", "The pay is 100.", "The merger goes on.")
ASKED = ("Mend the roof.", "Pay the director.", "Write to Otherville.")
SECRETS = ("Pay of the director", "Merger with Otherville", "paid 100", "Otherville", "The pay is", "Pay the director")


@pytest.fixture
def said(items, keeper, now):
    """A note, a decision and an action of each item."""
    owner = PostFactory(title="Head of Estates")
    for place, item in enumerate(items):
        ItemRecord.objects.create(item=item, discussion=NOTES[place])
        made = decisions.record(item=item, kind="approved", text=DECIDED[place], by=keeper, at=now)
        board_actions.raise_action(
            item=item, text=ASKED[place], owner_post=owner, due=dt.date(2022, 3, 1), decision=made, by=keeper, at=now
        )
    return items


@pytest.fixture
def draft(here, said, keeper, now):
    return services.draft(meeting=here, by=keeper, at=now)


@pytest.fixture
def later(board):
    """The next meeting, whose agenda has a standing item for minutes."""
    found = MeetingFactory(board=board, on=dt.date(2022, 3, 8))
    AgendaItemFactory(meeting=found, title="Minutes of the last meeting", standing="minutes", purpose="decision")
    return found


@pytest.fixture
def circulated(draft, later, keeper, now):
    meetings.hold(meeting=draft.meeting, by=keeper, at=now)
    return services.circulate(minutes=draft, by=keeper, at=now)


@pytest.fixture
def confirmed(circulated, later, keeper):
    """Confirmed at the later meeting, by the board's decision on its minutes item."""
    return confirm(circulated, later, keeper)


def confirm(minutes, meeting, by):
    """The door that a decision opens."""
    at = meeting.starts_at + dt.timedelta(minutes=5)
    everybody_came(meeting, by, at)
    decisions.record(
        item=minutes.put_at.get(item__meeting=meeting).item,
        kind="approved",
        text="The minutes are a true record.",
        effects=[effects.Asked("confirm_minutes", minutes.pk)],
        by=by,
        at=at,
    )
    minutes.refresh_from_db()
    return minutes


def everybody_came(meeting, by, at):
    came = [Came(line.key, "present") for line in lines_of(meeting) if line.attendance.name]
    attendance.record(meeting=meeting, came=came, by=by, at=at)
