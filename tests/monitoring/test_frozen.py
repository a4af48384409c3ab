"""Attacks with raw SQL on what the database promises about rounds and returns."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from monitoring.models import ProgressReturn, ReturnAct, ReturnVersion
from tests.factories.monitoring import open_round, play, reopen

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(plan):
    return play(plan.first, open_round(plan.strategy), rating="amber")


def refused(sql: str, params: list | None = None) -> str:
    """Run SQL that must fail; returns what the database said."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        "done = 'We did more.'",
        "rating = 'green'",
        "submitted_by_name = 'Somebody else'",
        "lead_name = 'Somebody else'",
        "overseer_rating = 'green'",
        "signed_off_at = NULL",
        "signed_off_by_id = NULL, signed_off_at = NULL",
        "basis = '{}'",
        "number = 7",
        "progress_return_id = progress_return_id + 1",
    ],
)
def test_a_signed_version_refuses_update(signed, change):
    assert "signed-off return cannot be changed" in refused(f"UPDATE monitoring_returnversion SET {change}")


def test_a_signed_version_refuses_delete(signed):
    assert "cannot be changed or deleted" in refused("DELETE FROM monitoring_returnversion")


@pytest.mark.parametrize(
    "change",
    [
        "state = 'submitted'",
        "state = 'not_started', version_number = 0",
        "state = 'exempt', exempt_reason = 'No.'",
        "version_number = 2",
        "first_submitted_at = NULL",
        "missed = TRUE",
        "commitment_id = commitment_id + 1",
        "state = 'draft', version_number = 2",  # the door's shape, without the version that carries the reason
    ],
)
def test_a_signed_return_refuses_update(signed, change):
    said = refused(f"UPDATE monitoring_progressreturn SET {change} WHERE id = %s", [signed.pk])
    assert "signed-off return cannot be changed" in said


def test_a_signed_return_refuses_delete(signed):
    assert "cannot be deleted" in refused("DELETE FROM monitoring_progressreturn WHERE id = %s", [signed.pk])


def test_the_switch_of_the_trigger_library_switches_nothing(signed):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(tgname::text) FROM pg_trigger WHERE tgrelid = 'monitoring_returnversion'::regclass"
        )
        names = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, false)", ["{" + ",".join(names) + "}"])
    assert "signed-off" in refused("UPDATE monitoring_returnversion SET done = 'We did more.'")


@pytest.mark.parametrize(
    "table",
    [
        "monitoring_returnversion",
        "monitoring_progressreturn",
        "monitoring_returnact",
        "monitoring_changerequest",
        "monitoring_roundact",
        "monitoring_returnversionevent",
    ],
)
def test_nothing_can_be_emptied(signed, table):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the rows of this transaction are what stands in the way
    assert "cannot be emptied" in refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", ["monitoring_returnact", "monitoring_roundact"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET reason = 'Other.'", "DELETE FROM {}"])
def test_what_was_recorded_stays(signed, table, sql):
    assert "cannot be changed or deleted" in refused(sql.format(table))


@pytest.mark.parametrize("sql", ["UPDATE {} SET done = 'x'", "DELETE FROM {}"])
def test_the_ledger_takes_inserts_only(signed, sql):
    refused(sql.format("monitoring_returnversionevent"))
    assert ReturnVersion.ledger is not None


def test_a_return_is_not_signed_without_a_signed_version(plan):
    submitted = play(plan.first, open_round(plan.strategy), until="submitted")
    said = refused("UPDATE monitoring_progressreturn SET state = 'signed_off' WHERE id = %s", [submitted.pk])
    assert "only with a signed version" in said


def test_nobody_signs_their_own_by_sql(plan):
    play(plan.first, open_round(plan.strategy), until="submitted")
    said = refused(
        "UPDATE monitoring_returnversion SET signed_off_at = now(), signed_off_by_id = submitted_by_id,"
        " overseer_post_title = 'AC', overseer_name = 'Me'"
    )
    assert "return_version_not_signed_by_its_author" in said


def test_amber_needs_a_reason_once_submitted(plan):
    play(plan.first, open_round(plan.strategy), until="submitted", rating="amber")
    said = refused("UPDATE monitoring_returnversion SET rating_reason = ''")
    assert "return_version_amber_or_red_with_reason" in said


def test_one_return_per_commitment_and_round(plan):
    row = open_round(plan.strategy).returns.get(commitment=plan.first)
    with pytest.raises(IntegrityError, match="return_once_per_commitment_and_round"), transaction.atomic():
        ProgressReturn.objects.bulk_create([ProgressReturn(round=row.round, commitment=row.commitment)])


def test_reopening_opens_the_door_and_keeps_the_old_version(signed):
    reopen(signed)
    assert signed.state == "draft"
    assert signed.version_number == 2
    assert "cannot be changed" in refused("UPDATE monitoring_returnversion SET done = 'x' WHERE number = 1")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE monitoring_returnversion SET done = 'New words.' WHERE number = 2")
        assert cursor.rowcount == 1


def test_the_ledger_keeps_a_raw_change_nobody_made_through_the_pages(plan):
    draft = play(plan.first, open_round(plan.strategy), until="draft")
    before = draft.versions.get().ledger.count()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE monitoring_returnversion SET done = 'By hand.'")
    assert draft.versions.get().ledger.count() == before + 1
    assert draft.versions.get().ledger.latest("pgh_id").done == "By hand."


def test_an_exempt_return_says_why(plan):
    row = open_round(plan.strategy).returns.get(commitment=plan.first)
    said = refused("UPDATE monitoring_progressreturn SET state = 'exempt' WHERE id = %s", [row.pk])
    assert "return_exempt_with_reason" in said


def test_the_acts_of_a_return_cannot_lose_their_return(signed):
    assert ReturnAct.objects.filter(progress_return=signed).exists()
    refused("DELETE FROM monitoring_returnact WHERE progress_return_id = %s", [signed.pk])
