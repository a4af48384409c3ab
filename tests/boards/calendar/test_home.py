"""Home about boards: what is overdue and due for who runs them, a member’s next meetings; and how deadlines read."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from boards.models import Meeting, Milestone, PackCopy
from boards.presenters import deadlines
from boards.services import calendar, milestones
from kit import clock
from tests.factories import records
from tests.factories.boards import (
    AgendaItemFactory,
    BoardFactory,
    DraftTermsFactory,
    MeetingFactory,
    MembershipFactory,
    approved,
)
from tests.monitoring.test_rounds_pages import text_of

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.make_aware(dt.datetime.combine(dt.date(2021, 12, 1), dt.time(9)))


@pytest.fixture
def board():
    terms = DraftTermsFactory(board__title="Delivery Board", board__slug="delivery")
    levels = (
        ("papers", 5, "working_days", "before", "meeting_start"),
        ("actions", 24, "elapsed_hours", "after", "meeting_end"),
    )
    for product, quantity, unit, direction, anchor in levels:
        terms.service_levels.create(product=product, quantity=quantity, unit=unit, direction=direction, anchor=anchor)
    return approved(terms).board


@pytest.fixture
def keeper(secretariat, actor_of):
    return actor_of(secretariat)


def planned(board, keeper, on: dt.date) -> Meeting:
    starts = timezone.make_aware(dt.datetime.combine(on, dt.time(10)))
    row = Meeting(board=board, starts_at=starts, ends_at=starts + dt.timedelta(hours=2))
    return calendar.add(meeting=row, by=keeper, at=LONG_AGO)


def test_the_secretariat_sees_what_is_overdue_and_due(client_as, board, keeper):
    planned(board, keeper, dt.date(2022, 1, 24))  # papers were due on the 17th
    planned(board, keeper, dt.date(2022, 2, 1))  # and are due on the 25th
    planned(board, keeper, dt.date(2022, 3, 8))
    shown = text_of(client_as("secretariat").get(reverse("home")))
    assert "Nothing waits for you." not in shown
    overdue = shown[shown.index("Overdue on boards") : shown.index("Due on boards in the next 7 days")]
    assert "Papers, Delivery Board, 24 January 2022 Due Monday 17 January 2022, 2 working days late Overdue" in overdue
    due = shown[shown.index("Due on boards in the next 7 days") : shown.index("Next meetings")]
    assert "Papers, Delivery Board, 1 February 2022 Due Tuesday 25 January 2022, in 6 days Due" in due
    assert "Actions, Delivery Board, 24 January 2022 Due midday on Tuesday 25 January 2022" in due
    assert "8 March 2022" not in due
    assert "Delivery Board 10am on Monday 24 January 2022, in 5 days" in shown[shown.index("Next meetings") :]


def test_what_was_cancelled_or_came_waits_for_nobody(client_as, board, keeper):
    gone, came = (planned(board, keeper, day) for day in (dt.date(2022, 1, 24), dt.date(2022, 1, 25)))
    calendar.cancel(meeting=gone, reason="None", by=keeper, at=LONG_AGO)
    for row in came.milestones.all():
        milestones.meet(milestone=row, came_at=LONG_AGO, by=keeper, at=LONG_AGO)
    shown = text_of(client_as("secretariat").get(reverse("home")))
    assert "on boards" not in shown
    assert "Nothing waits for you." in shown


def test_a_member_sees_their_own_next_meetings(client_as, board, member_post):
    MembershipFactory(board=board, post=member_post)
    MeetingFactory(board=board, on=dt.date(2022, 2, 8), place="Room 1")
    MeetingFactory(board=BoardFactory(title="Another Board"), on=dt.date(2022, 2, 9))
    shown = text_of(client_as("member").get(reverse("home")))
    assert "Your next meetings Delivery Board 10am on Tuesday 8 February 2022, in 20 days. Room 1" in shown
    assert "Another Board" not in shown
    assert "next meetings" not in text_of(client_as("viewer").get(reverse("home")))


def test_a_member_sees_papers_packs_and_actions_that_wait_for_them(client_as, member, board, member_post):
    MembershipFactory(board=board, post=member_post)
    meeting = MeetingFactory(board=board, on=dt.date(2022, 2, 8))
    item = AgendaItemFactory(meeting=meeting)
    records.PaperFactory(item=item, author_post=member_post, title="The estate")
    records.PaperFactory(item=item, title="By somebody else")
    copy = records.PackCopyFactory(
        file=records.PackFileFactory(edition=records.PackEditionFactory(meeting=meeting)),
        person=member.person,
    )
    records.BoardActionFactory(item=item, owner_post=member_post, text="Write to the landlord.")
    records.BoardActionFactory(item=item, owner_post=member_post, text="Parked.", parked_until=dt.date(2022, 12, 1))
    shown = text_of(client_as("member").get(reverse("home")))
    assert "Papers to write The estate" in shown
    assert "By somebody else" not in shown
    assert "Packs to read Read: Delivery Board, edition 1" in shown
    assert "Write to the landlord." in shown
    assert "Parked." not in shown
    PackCopy.objects.filter(pk=copy.pk).update(first_opened_at=clock.now())
    assert "Not opened" not in text_of(client_as("member").get(reverse("home")))


@pytest.mark.parametrize("count", [1, 3, 12])
def test_query_budget_for_the_secretariat(client_as, board, keeper, count, django_assert_num_queries):
    for number in range(count):
        planned(board, keeper, dt.date(2022, 1, 24) + dt.timedelta(weeks=number))
    client = client_as("secretariat")
    with django_assert_num_queries(14):
        client.get(reverse("home"))


def test_how_a_deadline_reads(board, keeper, viewer, actor_of):
    row = planned(board, keeper, dt.date(2022, 1, 24))
    now = clock.now()
    papers, actions = deadlines.of_meeting(row, keeper, now)
    assert (papers.mark["word"], papers.standing) == ("Overdue", "2 working days late")
    assert papers.explanation == "5 working days before Monday 24 January 2022: Monday 17 January 2022."
    assert (actions.due, actions.mark["word"]) == ("midday on Tuesday 25 January 2022", "Due")
    milestones.meet(milestone=row.milestones.get(product="papers"), came_at=LONG_AGO, by=keeper, at=now)
    milestones.meet(milestone=row.milestones.get(product="actions"), came_at=now, by=keeper, at=now)
    found = deadlines.of_meeting(Meeting.objects.get(pk=row.pk), actor_of(viewer), now)
    assert [line.mark["word"] for line in found] == ["On time", "On time"]
    assert {line.url for line in found} == {""}


def test_a_board_says_what_is_overdue_and_next(board, keeper):
    planned(board, keeper, dt.date(2022, 1, 24))
    found = deadlines.of_board(board, keeper, clock.now())
    assert [line.product for line in found.overdue] == ["Papers"]
    assert [line.product for line in found.next] == ["Actions"]


def test_lateness_is_told_in_the_unit_of_the_promise(board, keeper):
    row = planned(board, keeper, dt.date(2022, 1, 24))
    papers, actions = row.milestones.get(product="papers"), row.milestones.get(product="actions")
    papers.met_at = papers.due_at + dt.timedelta(days=7)  # over a weekend
    actions.met_at = actions.due_at + dt.timedelta(hours=26)
    actions.promise = "Actions go out within 24 hours of the end of the meeting"
    Milestone.objects.bulk_update([papers, actions], ["met_at", "promise"])
    found = deadlines.of_meeting(Meeting.objects.get(pk=row.pk), keeper, clock.now())
    assert [line.standing for line in found] == ["5 working days late", "26 hours late"]
