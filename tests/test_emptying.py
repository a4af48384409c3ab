"""No table on the ledger can be emptied, by SQL that goes round everything, whichever app it is in."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

LEDGERED = sorted(
    tracked._meta.db_table for model in apps.get_models() if (tracked := getattr(model, "pgh_tracked_model", None))
)


def test_the_tables_are_found():
    assert {"people_person", "commitments_strategy", "monitoring_progressreturn"} <= set(LEDGERED)


@pytest.mark.parametrize("more", ["", "CASCADE", "RESTART IDENTITY CASCADE"])
@pytest.mark.parametrize("table", LEDGERED)
def test_a_ledgered_table_cannot_be_emptied(table, more, db):
    """Without CASCADE PostgreSQL itself refuses where others point at the table."""
    refusal = pytest.raises(DatabaseError, match=r"cannot be emptied|cannot truncate a table referenced")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} {more}")


@pytest.mark.parametrize("table", LEDGERED)
def test_the_refusal_is_its_own(table, db):
    """Not only that of another table, which CASCADE would reach too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgtype & 32 = 32 AND tgenabled = 'O'",
            [table],
        )
        assert cursor.fetchone()[0] == 1  # 32 is TRUNCATE
