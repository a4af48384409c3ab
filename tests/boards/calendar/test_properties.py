"""What must hold of any meeting on real rows; and a year for 50 boards under a second."""

import datetime as dt
import time

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boards.models import Meeting
from boards.services import calendar, proposals
from tests.factories.boards import BoardFactory, DraftTermsFactory, MembershipFactory, approved
from tests.factories.people import PostFactory

FIRST = dt.date(2022, 3, 1)
AT = timezone.make_aware(dt.datetime.combine(dt.date(2022, 1, 19), dt.time(9)))
UNITS = ("working_days", "clear_working_days", "calendar_days", "elapsed_hours")
BOARDS = 50
MOST_SECONDS = 1.0


@pytest.fixture
def keeper(secretariat, actor_of):
    return actor_of(secretariat)


@pytest.fixture
def board(db):
    terms = DraftTermsFactory()
    for product, unit in zip(("agenda", "papers", "pack", "briefing"), UNITS, strict=True):
        terms.service_levels.create(product=product, quantity=5, unit=unit, direction="before", anchor="meeting_start")
    for product, unit in zip(("actions", "summary", "minutes"), UNITS, strict=False):
        terms.service_levels.create(product=product, quantity=5, unit=unit, direction="after", anchor="meeting_end")
    return approved(terms).board


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.integers(0, 300), later=st.integers(1, 90), hour=st.integers(7, 20), then=st.integers(7, 20))
def test_moving_a_meeting_forward_never_makes_a_deadline_earlier(board, keeper, day, later, hour, then):
    starts = _moment(FIRST + dt.timedelta(days=day), hour)
    meeting = Meeting(board=board, starts_at=starts, ends_at=starts + dt.timedelta(hours=2))
    Meeting.objects.filter(board=board).update(state="cancelled")
    calendar.add(meeting=meeting, by=keeper, at=AT, anyway=True)
    before = dict(meeting.milestones.values_list("product", "due_at"))
    to = _moment(FIRST + dt.timedelta(days=day + later), then)
    calendar.move(
        meeting=meeting,
        starts_at=to,
        ends_at=to + dt.timedelta(hours=2),
        place="",
        reason="Later",
        by=keeper,
        at=AT,
        anyway=True,
    )
    after = dict(meeting.milestones.values_list("product", "due_at"))
    assert set(after) == set(before)
    assert len(after) == 7
    assert all(after[product] >= before[product] for product in before)


def test_a_year_for_fifty_boards_in_under_a_second(keeper, django_assert_max_num_queries, capsys):
    posts = PostFactory.create_batch(20)
    boards = []
    for number in range(BOARDS):
        board = BoardFactory(kind="advises" if number % 2 else "decides")
        for seat in range(6):
            MembershipFactory(board=board, post=posts[(number * 3 + seat) % len(posts)])
        approved(DraftTermsFactory(board=board, frequency_every=(4, 6, 13)[number % 3]))
        if number % 2:
            board.relationships.create(to=boards[-1], kind="advises", days_between=3)
        boards.append(board)
    began = time.perf_counter()
    with django_assert_max_num_queries(20):
        done = proposals.propose(boards=boards, from_day=dt.date(2022, 4, 1), by=keeper, at=AT)
    took = time.perf_counter() - began
    with capsys.disabled():
        print(f"\na year for {BOARDS} boards, {len(done.made)} meetings: {took:.2f} s")
    assert len({row.board_id for row in done.made}) == BOARDS
    assert took < MOST_SECONDS


def _moment(day: dt.date, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
