"""What the database keeps of minutes, attacked with raw SQL."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from tests.boards.minutes.conftest import NOTES

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, InternalError)


def attack(sql: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE boards_minutespart SET text = 'x' WHERE minutes_id = %s",
        "DELETE FROM boards_minutespart WHERE minutes_id = %s",
        "INSERT INTO boards_minutespart (minutes_id, item_id, text) SELECT minutes_id, item_id, 'x' "
        "FROM boards_minutespart WHERE minutes_id = %s LIMIT 1",
    ],
)
def test_circulated_parts_change_by_a_correction_only(circulated, sql):
    with pytest.raises(REFUSED, match="by a correction only"):
        attack(sql, circulated.pk)


def test_a_part_changes_to_what_its_correction_says(circulated, said):
    attack(
        "INSERT INTO boards_correction (minutes_id, item_id, was, becomes, asked_by, because, at, by_name) "
        "VALUES (%s, %s, %s, 'Other.', 'A', '', now(), 'B')",
        circulated.pk,
        said[0].pk,
        NOTES[0],
    )
    part = circulated.parts.get(item=said[0])
    with pytest.raises(REFUSED, match="by a correction only"):
        attack("UPDATE boards_minutespart SET text = 'Something else.' WHERE id = %s", part.pk)
    attack("UPDATE boards_minutespart SET text = 'Other.' WHERE id = %s", part.pk)
    with pytest.raises(REFUSED, match="correction of minutes cannot"):
        attack("UPDATE boards_correction SET becomes = 'x' WHERE minutes_id = %s", circulated.pk)


@pytest.mark.parametrize("change", ["state = 'draft'", "meeting_id = meeting_id + 1"])
def test_circulated_minutes_are_no_draft_again(circulated, change):
    with pytest.raises(REFUSED, match="no draft again"):
        attack(f"UPDATE boards_minutes SET {change} WHERE id = %s", circulated.pk)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE boards_boardaction SET text = 'x' WHERE meeting_id = %s",
        "UPDATE boards_boardaction SET decision_id = NULL WHERE meeting_id = %s",
        "UPDATE boards_boardaction SET raised_at = now() WHERE meeting_id = %s",
        "UPDATE boards_boardaction SET state = 'closed', closed_on = now(), closed_at_meeting_id = meeting_id "
        "WHERE meeting_id = %s",
        "UPDATE boards_itemrecord SET discussion = 'x' WHERE item_id IN "
        "(SELECT id FROM boards_agendaitem WHERE meeting_id = %s)",
    ],
)
def test_what_confirmed_minutes_say_stays(confirmed, sql):
    with pytest.raises(REFUSED, match="minutes of this meeting are confirmed"):
        attack(sql, confirmed.meeting_id)


def test_the_progress_of_an_action_goes_on(confirmed):
    attack(
        "UPDATE boards_boardaction SET due = '2022-06-01', state = 'proposed' WHERE meeting_id = %s",
        confirmed.meeting_id,
    )
