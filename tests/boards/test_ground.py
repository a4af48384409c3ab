"""What the database keeps of boards, attacked with raw SQL."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from boards.models import Terms
from boards.queries.terms import holding_on
from tests.factories.boards import (
    AgendaItemFactory,
    BoardFactory,
    DraftTermsFactory,
    MeetingFactory,
    MembershipFactory,
    approved,
)

DAY = dt.date(2022, 1, 19)


def attack(sql: str, *params) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.fixture
def terms(db) -> Terms:
    draft = DraftTermsFactory()
    draft.duties.create(key="watch", position=1, text="Watch progress.")
    draft.service_levels.create(
        product="papers", quantity=5, unit="working_days", direction="before", anchor="meeting_start"
    )
    return approved(draft)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE boards_terms SET purpose = 'Less' WHERE id = %s",
        "DELETE FROM boards_terms WHERE id = %s",
        "UPDATE boards_duty SET text = 'Less' WHERE terms_id = %s",
        "DELETE FROM boards_duty WHERE terms_id = %s",
        "INSERT INTO boards_duty (terms_id, key, position, text) VALUES (%s, 'more', 2, 'More.')",
        "UPDATE boards_servicelevel SET quantity = 1 WHERE terms_id = %s",
    ],
)
def test_approved_terms_stay(terms, sql):
    with pytest.raises(DatabaseError, match="cannot be changed or deleted"):
        attack(sql, terms.pk)


def test_a_held_meeting_and_what_belongs_to_it_stay(terms):
    item = AgendaItemFactory(meeting__board=terms.board)
    meeting = item.meeting
    attack(
        "UPDATE boards_meeting SET state = 'held', terms_id = %s, rules_id = %s WHERE id = %s",
        terms.pk,
        terms.pk,
        meeting.pk,
    )
    for sql, key in (
        ("UPDATE boards_meeting SET state = 'planned' WHERE id = %s", meeting.pk),
        ("UPDATE boards_meeting SET terms_id = NULL WHERE id = %s", meeting.pk),
        ("UPDATE boards_agendaitem SET quorate = true WHERE id = %s", item.pk),
        ("DELETE FROM boards_agendaitem WHERE id = %s", item.pk),
    ):
        with pytest.raises(DatabaseError, match="held cannot be changed"):
            attack(sql, key)


def test_a_meeting_is_held_under_terms(db):
    meeting = MeetingFactory()
    with pytest.raises(DatabaseError, match="meeting_held_under_terms"):
        attack("UPDATE boards_meeting SET state = 'held' WHERE id = %s", meeting.pk)


@pytest.mark.parametrize("table", ["terms", "duty", "meeting", "agendaitem", "attendance", "milestone", "termsact"])
def test_no_table_can_be_emptied(db, table):
    with pytest.raises(DatabaseError, match="cannot be emptied"):
        attack(f"TRUNCATE boards_{table} CASCADE")


def test_one_seat_at_a_time(db):
    seat = MembershipFactory()
    with pytest.raises(DatabaseError, match="membership_post_once"):
        MembershipFactory(board=seat.board, post=seat.post, starts=DAY)


def test_adopted_terms_follow_as_they_change_or_stay_where_pinned(terms, django_assert_num_queries):
    following = approved(DraftTermsFactory(board=BoardFactory(), adopts=terms.board))
    pinned = approved(DraftTermsFactory(board=BoardFactory(), adopts=terms.board, pinned=terms))
    newer = approved(DraftTermsFactory(board=terms.board), DAY)
    boards = [terms.board, following.board, pinned.board]
    with django_assert_num_queries(3):
        found = holding_on(boards, DAY)
    assert found[terms.board.pk].rules == newer
    assert found[following.board.pk].rules == newer
    assert found[following.board.pk].is_adopted
    assert found[pinned.board.pk].rules == terms
    assert holding_on(boards, DAY - dt.timedelta(days=1))[following.board.pk].rules == terms
