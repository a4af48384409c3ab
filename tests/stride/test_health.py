"""Health: the process answers, and whether it can serve, by the name of what fails."""

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from kit import ledger_health
from people.models import Person
from stride.views import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(client, monkeypatch):
    """ready(): the answer. Assets are taken as built, unless a test is about them."""
    monkeypatch.setattr(health.finders, "find", lambda name: f"/somewhere/{name}")

    def ask():
        return client.get(reverse("health_ready"))

    return ask


def test_live_answers_without_asking_anything(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(reverse("health_live"))
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


def test_ready_names_every_check(ready):
    response = ready()
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "failing": [],
        "checks": {"database": "ok", "migrations": "ok", "ledger": "ok", "assets": "ok"},
    }


def test_a_migration_that_waits(ready, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [("people", "0002")])
    response = ready()
    assert (response.status_code, response.json()["failing"]) == (503, ["migrations"])
    assert response.json()["checks"]["migrations"] == "1 migrations have not been applied"


def test_a_trigger_that_is_switched_off(ready):
    table = Person._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger_%%'", [table]
        )
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {cursor.fetchone()[0]}")
    response = ready()
    assert (response.status_code, response.json()["failing"]) == (503, ["ledger"])
    assert response.json()["checks"]["ledger"] == "1 triggers are switched off"


def _first_trigger(cursor, table: str) -> tuple[str, str]:
    cursor.execute(
        "SELECT tgname, tgfoid::regproc::text FROM pg_trigger WHERE tgrelid = %s::regclass"
        " AND tgname LIKE 'pgtrigger_update%%' ORDER BY 1",
        [table],
    )
    return cursor.fetchone()


@pytest.mark.parametrize(
    ("attack", "sentence"),
    [
        ("DROP TRIGGER {name} ON {table}", "1 triggers are missing"),
        ("ALTER TRIGGER {name} ON {table} RENAME TO somebody_elses", "1 triggers are missing"),
        (
            "DROP TRIGGER {name} ON {table};"
            " CREATE TRIGGER {name} AFTER UPDATE ON {table} FOR EACH ROW WHEN (false) EXECUTE FUNCTION {function}()",
            "1 triggers are not what this version of STRIDE put there",
        ),
        (
            "CREATE OR REPLACE FUNCTION {function}() RETURNS TRIGGER AS $$ BEGIN RETURN NULL; END; $$ LANGUAGE plpgsql",
            "1 triggers are not what this version of STRIDE put there",
        ),
        ("ALTER TABLE {table} ENABLE REPLICA TRIGGER {name}", "1 triggers are switched off"),
    ],
    ids=["dropped", "renamed", "never fires", "does nothing", "for replicas"],
)
def test_a_trigger_that_is_not_as_the_models_say(ready, attack, sentence):
    table = Person._meta.db_table
    with connection.cursor() as cursor:
        name, function = _first_trigger(cursor, table)
        cursor.execute(attack.format(table=table, name=name, function=function))
    response = ready()
    assert (response.status_code, response.json()["failing"]) == (503, ["ledger"])
    assert response.json()["checks"]["ledger"] == sentence


def test_the_off_switch_of_the_trigger_library_is_back(ready):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN AS $$ "
            "BEGIN RETURN trigger_name = ANY(CURRENT_SETTING('pgtrigger.ignore', TRUE)::TEXT[]); END; "
            "$$ LANGUAGE plpgsql"
        )
    response = ready()
    assert (response.status_code, response.json()["failing"]) == (503, ["ledger"])
    assert "run migrate" in response.json()["checks"]["ledger"]


class Down:
    """A connection to a database that is not there."""

    def __getattr__(self, name: str):
        raise OperationalError("the server closed the connection")


def test_a_database_that_is_down_is_named_and_not_a_fault(ready, monkeypatch):
    monkeypatch.setattr(health, "connection", Down())
    monkeypatch.setattr(ledger_health, "connections", {"default": Down()})
    response = ready()
    assert response.status_code == 503
    assert response.json()["failing"] == ["database", "migrations", "ledger"]
    assert "closed the connection" not in response.content.decode()


def test_a_stylesheet_that_was_not_built(client, monkeypatch):
    monkeypatch.setattr(health.finders, "find", lambda name: None)
    monkeypatch.setattr(health.staticfiles_storage, "exists", lambda name: False)
    response = client.get(reverse("health_ready"))
    assert (response.status_code, response.json()["failing"]) == (503, ["assets"])


@pytest.mark.parametrize("name", ["health_live", "health_ready"])
def test_health_is_only_read(name, client):
    assert client.post(reverse(name)).status_code == 405
