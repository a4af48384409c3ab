"""What the report says of the board's own items: nothing of one that somebody has to leave out."""

import datetime as dt
import json

import pytest

from boards import progress_report
from boards.models import Attendance, Declaration
from tests.factories.boards import AgendaItemFactory, MeetingFactory
from tests.factories.people import PostFactory
from tests.factories.records import BoardActionFactory, DecisionFactory

pytestmark = pytest.mark.django_db
RESTRICTED = ("title_only", "cover_title", "absent")


@pytest.fixture
def earlier(told):
    return MeetingFactory(board=told.board, on=dt.date(2021, 12, 7))


@pytest.fixture
def made(told, secretariat, actor_of, now):
    """made(): the report as it is now."""
    return lambda: progress_report.body(told.progress, actor_of(secretariat), now)


def restricted(meeting, visibility: str, **values):
    return AgendaItemFactory(meeting=meeting, visibility=visibility, cover_title="Commercial matter", **values)


def withheld(meeting, item=None, post=None) -> None:
    """Somebody is not sent the item, or nothing of the meeting."""
    seat = Attendance.objects.create(meeting=meeting, category="internal", post=post or PostFactory(), label="A seat")
    Declaration.objects.create(meeting=meeting, attendance=seat, item=item, text="A share", outcome="not_sent")


def test_open_actions_as_they_stand_on_the_day(told, earlier, made):
    item = AgendaItemFactory(meeting=earlier)
    BoardActionFactory(
        item=item, text="Write to the landlord.", original_due=dt.date(2022, 1, 27), due=dt.date(2022, 1, 27)
    )
    BoardActionFactory(
        item=item, text="Long done.", state="closed", closed_on=dt.date(2021, 12, 8), closed_at_meeting=earlier
    )
    (row,) = made()["actions"]["rows"]
    assert row["text"] == "Write to the landlord."
    assert row["stands"] == "Overdue by 12 days"
    assert row["due"] == "27 January 2022"


def test_decisions_due_and_those_to_be_ratified(told, earlier, made):
    AgendaItemFactory(meeting=told.meeting, title="Estates", purpose="decision", note="Approve the plan.")
    AgendaItemFactory(meeting=told.meeting, title="Fleet", purpose="decision")
    inquorate = {"needs_ratification": True, "quorate": False, "quorum_sentence": "Two of three were there."}
    DecisionFactory(item=AgendaItemFactory(meeting=earlier), text="The board approves the budget.", **inquorate)
    due = made()["due"]
    assert due["items"] == [["2", "Estates", "Approve the plan."], ["3", "Fleet", "For decision."]]
    assert [row[1:] for row in due["ratify"]] == [
        ["7 December 2021", "The board approves the budget.", "Two of three were there."]
    ]


@pytest.mark.parametrize("visibility", RESTRICTED)
def test_no_word_of_a_restricted_item(told, earlier, made, visibility):
    before = made()
    secret = restricted(earlier, visibility, title="Xtitle", note="Xnote")
    BoardActionFactory(item=secret, text="Xaction")
    DecisionFactory(item=secret, text="Xdecision", needs_ratification=True, quorate=False, quorum_sentence="Xquorum")
    restricted(told.meeting, visibility, title="Xnow", note="Xask", purpose="decision")
    after = made()
    assert "X" not in json.dumps([after["actions"], after["due"]])
    assert (after["actions"], after["due"]) == (before["actions"], before["due"])


@pytest.mark.parametrize("whole_meeting", [False, True])
def test_no_word_that_somebody_of_the_board_is_not_sent(told, earlier, made, whole_meeting):
    old = AgendaItemFactory(meeting=earlier)
    BoardActionFactory(item=old, text="Xaction")
    DecisionFactory(item=old, text="Xdecision", needs_ratification=True, quorate=False)
    item = AgendaItemFactory(meeting=told.meeting, title="Estates", note="Xnote", purpose="decision")
    withheld(earlier, None if whole_meeting else old)
    withheld(told.meeting, None if whole_meeting else item)
    body = made()
    assert "X" not in json.dumps([body["actions"], body["due"]])
    assert body["due"]["items"] == [["2", "Estates", "For decision."]]


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_as_often_for_many_actions_as_for_one(
    told, earlier, count, secretariat, actor_of, now, django_assert_num_queries
):
    for _ in range(count):
        item = AgendaItemFactory(meeting=earlier)
        BoardActionFactory(item=item)
        DecisionFactory(item=item, needs_ratification=True, quorate=False)
        AgendaItemFactory(meeting=told.meeting, purpose="decision")
    progress = type(told.progress).objects.select_related("item__meeting__board", "round").get()
    actor = actor_of(secretariat)
    with django_assert_num_queries(18):
        progress_report.body(progress, actor, now)
