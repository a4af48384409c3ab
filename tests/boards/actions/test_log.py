"""What the log says of an action, and to whom."""

import datetime as dt
from dataclasses import asdict

import pytest

from boards.action_standing import Standing, standing
from boards.models import BoardAction
from boards.presenters.board_actions import rows
from boards.queries.board_actions import lines, log_of
from boards.services import board_actions as services
from kit import clock
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory
from tests.factories.records import BoardActionFactory, SummaryFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)


def rows_for(actor) -> list:
    return rows(lines(BoardAction.objects.visible_to(actor), actor), TODAY)


@pytest.mark.parametrize(
    ("due", "more", "expected"),
    [
        (TODAY - dt.timedelta(days=1), {}, Standing.OVERDUE),
        (TODAY, {}, Standing.DUE),
        (TODAY + dt.timedelta(days=7), {}, Standing.DUE),
        (TODAY + dt.timedelta(days=8), {}, Standing.AHEAD),
        (TODAY - dt.timedelta(days=1), {"parked_until": TODAY + dt.timedelta(days=1)}, Standing.PARKED),
        (TODAY - dt.timedelta(days=1), {"parked_until": TODAY}, Standing.OVERDUE),
        (TODAY - dt.timedelta(days=1), {"state": "proposed"}, Standing.PROPOSED),
        (TODAY - dt.timedelta(days=1), {"state": "closed"}, Standing.CLOSED),
    ],
)
def test_how_an_action_stands_on_a_day(due, more, expected):
    assert standing(BoardAction(due=due, **more), TODAY) == expected


def test_a_row_says_where_it_came_from_who_owns_it_and_what_moved(raised, keeper, member_post):
    action = raised(contributors=[member_post])
    BoardAction.objects.filter(pk=action.pk).update(due=dt.date(2022, 1, 7))
    for _ in range(2):
        action.acts.create(verb="moved", at=clock.now(), by_name="S")
    action.acts.create(verb="updated", at=clock.now(), by_name="L", reason="A letter went out.")
    [row] = rows_for(keeper)
    assert asdict(row) == {
        "reference": "DB 2021-22/A001",
        "minute": "item 2, 11 January 2022",
        "text": "Write to the landlord.",
        "owner": "Commander for Public Protection",
        "holder": "Lena Lead",
        "contributors": ("Head of Estates",),
        "due": "7 January 2022",
        "first_due": "1 February 2022",
        "moved": "Moved twice",
        "state": "Open",
        "stands": "Overdue by 12 days",
        "update": "A letter went out.",
        "updated": "19 January 2022",
        "silent": "",
        "closed": "",
        "url": f"/boards/actions/{action.pk}/",
    }


def test_it_is_silent_when_nobody_said_how_it_stands_since_the_last_meeting(action, keeper, coming, owner, standing_at):
    assert rows_for(keeper)[0].silent == "", "it was raised at the last meeting itself"
    with standing_at(2022, 2, 9):
        assert rows_for(keeper)[0].silent == "No update since the last meeting"
        services.update(action=action, words="Begun.", by=owner, at=clock.now())
        assert rows_for(keeper)[0].silent == ""


def test_what_the_board_closed_stays_on_the_log_for_one_more_meeting(raised, keeper, board, meeting, coming, owner):
    closed, proposed, opened = raised("Closed."), raised("Proposed."), raised("Open.")
    services.close(action=closed, meeting=meeting, because="Done.", by=keeper, at=clock.now())
    services.propose(action=proposed, done="Done.", by=owner, at=clock.now())
    log = log_of(board, keeper, coming)
    assert [[line.action for line in part] for part in (log.open, log.proposed, log.closed)] == [
        [opened],
        [proposed],
        [closed],
    ]
    assert log_of(board, keeper).closed
    after = MeetingFactory(board=board, on=dt.date(2022, 3, 8))
    assert log_of(board, keeper, after).closed == [], "another meeting has been in between"
    assert [line.action for line in log_of(board, keeper, meeting).closed] == [closed], "in the minutes of its own"


def test_the_log_is_of_one_board(action, keeper):
    assert log_of(BoardFactory(), keeper).lines == []


def test_restricted_items_keep_their_title_and_their_actions_to_those_who_see_them(
    meeting, board, raised, seat, member, viewer, owner, actor_of, keeper
):
    hidden = AgendaItemFactory(meeting=meeting, title="Selling the tower", visibility="absent")
    action = raised("Ask the surveyor.", item=hidden)
    SummaryFactory(meeting=meeting)
    for user in (member, viewer):
        assert rows_for(actor_of(user)) == []
        assert log_of(board, actor_of(user)).lines == []
    [line] = lines(BoardAction.objects.visible_to(owner), owner)
    assert line.action == action
    assert (line.minute.words, line.minute.item_title) == ("11 January 2022", "")
    [line] = lines(BoardAction.objects.visible_to(keeper), keeper)
    assert (line.minute.words, line.minute.item_title) == ("item 2A, 11 January 2022", "Selling the tower")


def test_an_owner_reads_an_action_of_a_board_that_they_do_not_see(owner, lead_post):
    board = BoardFactory(sensitivity="members", code="SB")
    item = AgendaItemFactory(meeting=MeetingFactory(board=board, on=dt.date(2022, 1, 12)), title="In confidence")
    BoardActionFactory(item=item, owner_post=lead_post)
    [line] = lines(BoardAction.objects.visible_to(owner), owner)
    assert (line.minute.words, line.minute.item_title, line.minute.meeting_url) == ("12 January 2022", "", "")


def test_others_read_it_once_the_summary_went_out_and_members_at_once(action, meeting, viewer, member, seat, actor_of):
    assert rows_for(actor_of(viewer)) == []
    assert len(rows_for(actor_of(member))) == 1
    SummaryFactory(meeting=meeting)
    assert len(rows_for(actor_of(viewer))) == 1


def test_the_log_costs_the_same_for_one_and_for_four(raised, keeper, board, coming, django_assert_num_queries):
    raised()
    with django_assert_num_queries(9):
        log_of(board, keeper, coming)
    for number in range(3):
        raised(f"More {number}.")
    with django_assert_num_queries(9):
        assert len(log_of(board, keeper, coming).lines) == 4
