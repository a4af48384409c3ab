"""Nobody reports to itself and nothing is part of itself, however long the way: the rules say so, and the tables do."""

import itertools

import pytest
from django.db import DatabaseError, connection, transaction

from boards import rules_boards
from boards.models import Board, Relationship
from boards.queries.circles import sequence, steps_up
from tests.factories.boards import BoardFactory


def attack(sql: str, *params) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.fixture
def three(db) -> list[Board]:
    """The first reports to the second, the second to the third; the same with what they are part of."""
    boards = [BoardFactory(title=title) for title in ("First", "Second", "Third")]
    for lower, upper in itertools.pairwise(boards):
        Relationship.objects.create(board=lower, to=upper, kind="reports_to")
        lower.parent = upper
        lower.save()
    return boards


INSERT = "INSERT INTO boards_relationship (board_id, to_id, kind, note) VALUES (%s, %s, %s, '')"


def test_a_circle_of_reports_is_refused_by_the_table(three):
    with pytest.raises(DatabaseError, match="each other in a circle"):
        attack(INSERT, three[2].pk, three[0].pk, "reports_to")
    attack(INSERT, three[2].pk, three[0].pk, "advises")
    with pytest.raises(DatabaseError, match="in a circle"):
        attack("UPDATE boards_relationship SET kind = 'reports_to' WHERE kind = 'advises'")


def test_a_report_turned_round_is_no_circle(three):
    attack(
        "UPDATE boards_board SET parent_id = NULL; "
        "UPDATE boards_relationship SET board_id = to_id, to_id = board_id WHERE board_id = %s AND kind = 'reports_to'",
        three[0].pk,
    )
    assert Relationship.objects.filter(board=three[1], to=three[0]).exists()


def test_a_relationship_to_itself_is_refused_by_the_table(three):
    with pytest.raises(DatabaseError, match="relationship_not_to_itself"):
        attack(INSERT, three[0].pk, three[0].pk, "reports_to")


def test_a_circle_of_parts_is_refused_by_the_table(three):
    with pytest.raises(DatabaseError, match="part of each other in a circle"):
        attack("UPDATE boards_board SET parent_id = %s WHERE id = %s", three[0].pk, three[2].pk)
    with pytest.raises(DatabaseError, match="board_not_its_own_parent"):
        attack("UPDATE boards_board SET parent_id = id WHERE id = %s", three[2].pk)


@pytest.mark.parametrize("kind", ["reports_to", "escalates_to"])
def test_reports_escalations_parts_and_directions_close_no_circle_together(three, kind):
    first, second, third = three
    fourth = BoardFactory(title="Fourth", parent=first)
    with pytest.raises(DatabaseError, match="in a circle"):
        attack(INSERT, third.pk, fourth.pk, kind)
    with pytest.raises(DatabaseError, match="in a circle"):
        attack(INSERT, fourth.pk, second.pk, "directs")
    attack(INSERT, third.pk, fourth.pk, "directs")
    with pytest.raises(DatabaseError, match="part of each other in a circle"):
        Board.objects.filter(pk=third.pk).update(parent=fourth)


def test_two_that_direct_each_other_are_refused_by_the_table(three):
    other = BoardFactory(title="Other")
    attack(INSERT, three[0].pk, other.pk, "directs")
    with pytest.raises(DatabaseError, match="direct each other in a circle"):
        attack(INSERT, other.pk, three[0].pk, "directs")


def test_a_sequence_of_meetings_does_not_bite_its_tail(three):
    first, second, third = three
    attack(INSERT, third.pk, second.pk, "meets_before")
    attack(INSERT, second.pk, first.pk, "meets_before")
    with pytest.raises(DatabaseError, match="meet before each other in a circle"):
        attack(INSERT, first.pk, third.pk, "meets_before")


def test_the_rule_says_who_already_stands_below_whom(three):
    first, second, third = three
    fourth = BoardFactory(title="Fourth", parent=first)
    steps = steps_up()
    for upper, lower, kind in ((first, third, "reports_to"), (fourth, third, "escalates_to")):
        assert rules_boards.fits_relationship(lower, upper, kind, steps, ()).sentence == (
            f"{upper} already reports to {lower}, escalates to it, is part of it or is directed by it, "
            "directly or through others. That would be a circle."
        )
    assert not rules_boards.fits_relationship(fourth, third, "directs", steps, ())
    assert rules_boards.fits_relationship(third, first, "advises", steps, ())
    assert rules_boards.fits_relationship(first, third, "reports_to", steps, ())
    assert rules_boards.fits_relationship(third, second, "directs", steps, ())
    assert "no relationship to itself" in rules_boards.fits_relationship(first, first, "advises", (), ()).sentence


def test_the_rule_says_who_already_meets_before_whom(three):
    first, second, third = three
    for one, other in ((first, second), (second, third)):
        Relationship.objects.create(board=one, to=other, kind="meets_before")
    assert rules_boards.fits_relationship(third, first, "meets_before", (), sequence()).sentence == (
        "First already meets before Third, directly or through others. That would be a circle."
    )
    assert rules_boards.fits_relationship(first, third, "meets_before", (), sequence())


def test_the_rule_says_what_cannot_be_part_of_what(three):
    first, _, third = three
    verdict = rules_boards.fits_above(third.pk, first, steps_up(without_parent_of=third.pk))
    assert verdict.sentence.startswith("First is part of this board, reports to it or is directed by it")
    assert rules_boards.fits_above(first.pk, third, steps_up(without_parent_of=first.pk))
    assert rules_boards.fits_above(None, first, steps_up())
