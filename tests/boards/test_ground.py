"""What the database keeps of boards, attacked with raw SQL."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from boards.models import ItemCommitment, ItemStrategy, Terms
from boards.queries.terms import holding_on
from tests.factories.boards import (
    AgendaItemFactory,
    BoardFactory,
    DraftTermsFactory,
    MeetingFactory,
    MembershipFactory,
    approved,
)
from tests.factories.commitments import StrategyFactory

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


def test_what_an_item_of_a_held_meeting_was_about_stays(terms, plan):
    item = AgendaItemFactory(meeting__board=terms.board)
    item.strategies.set([plan.strategy])
    item.commitments.set([plan.first])
    open_item = AgendaItemFactory(meeting__board=terms.board, meeting__on=dt.date(2022, 3, 8))
    open_item.strategies.set([plan.strategy])
    open_item.commitments.set([plan.first])
    attack(
        "UPDATE boards_meeting SET state = 'held', terms_id = %s, rules_id = %s WHERE id = %s",
        terms.pk,
        terms.pk,
        item.meeting_id,
    )
    for table, column, other in (
        ("boards_itemstrategy", "strategy_id", StrategyFactory().pk),
        ("boards_itemcommitment", "commitment_id", plan.second.pk),
    ):
        for sql, keys in (
            (f"INSERT INTO {table} (item_id, {column}) VALUES (%s, %s)", (item.pk, other)),
            (f"UPDATE {table} SET {column} = %s WHERE item_id = %s", (other, item.pk)),
            (f"UPDATE {table} SET item_id = %s WHERE item_id = %s", (item.pk, open_item.pk)),
            (f"UPDATE {table} SET item_id = %s WHERE item_id = %s", (open_item.pk, item.pk)),
            (f"DELETE FROM {table} WHERE item_id = %s", (item.pk,)),
        ):
            with pytest.raises(DatabaseError, match="was about cannot be changed"):
                attack(sql, *keys)
    assert (item.strategies.get(), item.commitments.get()) == (plan.strategy, plan.first)


def test_links_of_items_are_on_the_ledger(db, plan):
    item = AgendaItemFactory()
    item.commitments.set([plan.first])
    item.commitments.set([plan.second])
    item.strategies.set([plan.strategy])
    rows = ItemCommitment.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", "commitment")
    assert sorted(rows) == [("delete", plan.first.pk), ("insert", plan.first.pk), ("insert", plan.second.pk)]
    assert ItemStrategy.pgh_event_model.objects.get().strategy == plan.strategy


def test_a_commitment_on_an_agenda_is_not_deleted(db, plan):
    AgendaItemFactory().commitments.set([plan.first])
    with pytest.raises(ProtectedError):
        plan.first.delete()


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
