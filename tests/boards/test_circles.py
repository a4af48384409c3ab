"""Nobody reports to itself and nothing is part of itself, however long the way: the rules say so, and the tables do."""

import itertools

import pytest
from django.db import DatabaseError, connection, transaction

from boards import rules_boards
from boards.models import Board, Relationship
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
    with pytest.raises(DatabaseError, match="cannot report to each other in a circle"):
        attack(INSERT, three[2].pk, three[0].pk, "reports_to")
    attack(INSERT, three[2].pk, three[0].pk, "advises")
    with pytest.raises(DatabaseError, match="in a circle"):
        attack("UPDATE boards_relationship SET kind = 'reports_to' WHERE kind = 'advises'")


def test_a_report_turned_round_is_no_circle(three):
    attack(
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


def test_the_rule_says_who_already_reports_to_whom(three):
    first, _, third = three
    reports = Relationship.objects.filter(kind="reports_to").values_list("board", "to")
    verdict = rules_boards.fits_report(third, first, "reports_to", reports)
    assert verdict.sentence == "First already reports to Third, directly or through others. That would be a circle."
    assert rules_boards.fits_report(third, first, "advises", reports)
    assert rules_boards.fits_report(first, third, "reports_to", reports)
    assert "no relationship to itself" in rules_boards.fits_report(first, first, "advises", ()).sentence


def test_the_rule_says_what_is_part_of_what(three):
    first, _, third = three
    parents = dict(Board.objects.values_list("pk", "parent"))
    verdict = rules_boards.fits_above(third.pk, first, parents)
    assert verdict.sentence == "First is part of this board, so this board cannot be part of it."
    assert rules_boards.fits_above(first.pk, third, parents)
    assert rules_boards.fits_above(None, first, parents)
