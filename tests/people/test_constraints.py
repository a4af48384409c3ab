"""What the database keeps, whoever writes: each test goes round the forms and services with SQL."""

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.factories.people import PersonFactory, PostFactory, TenureFactory, UserFactory


def run(sql: str, *params) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


TENURE = "INSERT INTO people_tenure (post_id, person_id, basis, starts, ends) VALUES (%s, %s, %s, %s, %s)"
DELEGATION = "INSERT INTO people_delegation (post_id, person_id, starts, ends) VALUES (%s, %s, %s, %s)"


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2021-04-01", None), ("2000-01-01", "2021-04-01"), ("2000-01-01", None), ("2030-01-01", "2030-01-02")],
)
def test_two_people_never_hold_a_post_on_one_basis_at_a_time(starts, ends, db):
    tenure = TenureFactory()
    with pytest.raises(IntegrityError, match="tenure_one_holder_at_a_time"):
        run(TENURE, tenure.post_id, PersonFactory().pk, "substantive", starts, ends)


@pytest.mark.parametrize(
    ("basis", "starts", "ends"), [("acting", "2021-04-01", None), ("substantive", "2000-01-01", "2021-03-31")]
)
def test_cover_may_overlap_and_one_may_follow_the_other(basis, starts, ends, db):
    tenure = TenureFactory()
    run(TENURE, tenure.post_id, PersonFactory().pk, basis, starts, ends)


@pytest.mark.parametrize("sql", [TENURE.replace("%s, %s, %s, %s, %s", "%s, %s, 'acting', %s, %s"), DELEGATION])
def test_nothing_ends_before_it_starts(sql, db):
    with pytest.raises(DatabaseError, match=r"ends_after_it_starts|range lower bound"):
        run(sql, PostFactory().pk, PersonFactory().pk, "2021-04-02", "2021-04-01")


def test_nobody_is_a_delegate_twice_at_a_time(db):
    post, person = PostFactory(), PersonFactory()
    run(DELEGATION, post.pk, person.pk, "2021-04-01", None)
    with pytest.raises(IntegrityError, match="delegation_once_at_a_time"):
        run(DELEGATION, post.pk, person.pk, "2022-01-01", None)


@pytest.mark.parametrize("roles", ["{auditor,administrator}", "{viewer,auditor}"])
def test_an_auditor_has_no_other_role(roles, db):
    with pytest.raises(IntegrityError, match="user_auditor_stands_alone"):
        run("UPDATE people_user SET roles = %s WHERE id = %s", roles, UserFactory().pk)


def test_a_role_that_does_not_exist_is_refused(db):
    with pytest.raises(IntegrityError, match="user_roles_known"):
        run("UPDATE people_user SET roles = '{emperor}' WHERE id = %s", UserFactory().pk)


def test_one_address_signs_in_once_whatever_its_capitals(db):
    UserFactory(email="ada@stride.example")
    with pytest.raises(IntegrityError, match="user_email_once"):
        UserFactory(email="ADA@stride.example")


def test_a_unit_is_not_part_of_itself(db):
    with pytest.raises(IntegrityError, match="unit_not_part_of_itself"):
        run("INSERT INTO people_unit (id, code, name, kind, parent_id) VALUES (7, 'seven', 'Seven', 'team', 7)")


EVENTS = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if model._meta.app_label in {"people", "commitments"} and "pgh_id" in {field.name for field in model._meta.fields}
)


def test_every_business_table_is_on_the_ledger():
    assert len(EVENTS) == 7 + 12


@pytest.mark.parametrize("switch", [None, "SET LOCAL pgtrigger.ignore = '{}'"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("table", EVENTS)
def test_the_ledger_takes_inserts_only(table, verb, switch, db):
    """Also when a session asks pgtrigger's own switch to look away."""
    _a_row_in(table)
    with transaction.atomic(), connection.cursor() as cursor:
        if switch:
            cursor.execute("SELECT array_agg(tgname::text) FROM pg_trigger WHERE NOT tgisinternal")
            cursor.execute(switch.format("{" + ",".join(cursor.fetchone()[0]) + "}"))
        with pytest.raises(DatabaseError, match=r"pgtrigger: Cannot|cannot be emptied"), transaction.atomic():
            cursor.execute(verb.format(table))


def _a_row_in(table: str) -> None:
    """Row triggers need a row to refuse; the ledger has one as soon as something is written."""
    columns = [
        (field.column, field.db_type(connection))
        for model in apps.get_models()
        if model._meta.db_table == table
        for field in model._meta.fields
        if not field.null and field.name != "pgh_id"
    ]
    names = ", ".join(f'"{name}"' for name, _ in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(_plain(kind) for _, kind in columns)})")


def _plain(kind: str) -> str:
    samples = {"date": "'2021-04-01'", "timestamp with time zone": "now()", "boolean": "true", "jsonb": "'{}'"}
    if kind.endswith("[]"):
        return "'{}'"
    return samples.get(kind, "1" if "int" in kind or "serial" in kind or "numeric" in kind else "'x'")


def test_raw_sql_is_written_down(db):
    post = PostFactory(title="Before")
    run("UPDATE people_post SET title = 'After' WHERE id = %s", post.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, pgh_label FROM people_postevent WHERE pgh_obj_id = %s ORDER BY pgh_id", [post.pk])
        assert cursor.fetchall() == [("Before", "insert"), ("After", "update")]
