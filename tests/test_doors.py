"""One table: every address, every persona, every state that matters (DESIGN, section 5)."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from people.actor import Actor, actor_for
from people.models import User
from stride import middleware
from tests.doors import print_roles, walk
from tests.doors.table import AREAS, DOORS, reach_of
from tests.doors.words import ANONYMOUS, PERSONAS, READS_ONLY, SIGNED_IN, Answer, Door, expected
from tests.doors.world import World, build

pytestmark = pytest.mark.django_db

# In the administration, whose first page is asked by everybody.
IN_THE_HALL = {
    "admin": ("GET", "POST"),
    "team": ("GET", "POST"),
    "auditor": ("POST",),
    "lead": ("GET",),
    ANONYMOUS: ("GET",),
}
STATUS = {
    200: {Answer.OPENS, Answer.ASKS},
    302: {Answer.DOES, Answer.SENT_ON},
    403: {Answer.REFUSED},
    404: {Answer.NOT_FOUND},
    405: {Answer.NOT_TAKEN},
    422: {Answer.ASKS},
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once, never committed."""
    with quick(), django_db_blocker.unblock(), transaction.atomic():
        world = build()
        with connection.cursor() as cursor:  # asked after each request, and planned once
            rows = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in TABLES)
            cursor.execute(f"PREPARE rows_by_table AS {rows}")
        world.counts = counts()
        yield world
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE rows_by_table")
        transaction.set_rollback(True)


@contextmanager
def quick() -> Iterator[None]:
    """Thousands of requests: nobody reads their log lines, and who somebody is stays the same for all of them."""
    who: dict[int, Actor] = {}

    def remembered(user: User, on: dt.date) -> Actor:
        if user.pk not in who:
            who[user.pk] = actor_for(user, on)
        return who[user.pk]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "actor_for", remembered)
        patch.setattr(settings, "SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies")
        logging.disable(logging.ERROR)
        yield
        logging.disable(logging.NOTSET)


def test_every_address_has_a_line_and_every_line_an_address():
    known, walked = {door.name for door in DOORS}, walk.names()
    assert sorted(walked - known) == [], "addresses without a line in tests/doors"
    assert sorted(known - walked) == [], "lines in tests/doors without an address"


def test_no_line_is_there_twice():
    keys = [door.key for door in DOORS]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def at_work(area: str, doors: tuple[Door, ...]) -> list:
    """Two workers share the table."""
    group = "doors-2" if area in {"Progress returns", "Administration"} else "doors-1"
    return [pytest.param(door, id=door.key, marks=pytest.mark.xdist_group(group)) for door in doors]


@pytest.mark.parametrize("door", [line for area, doors in AREAS for line in at_work(area, doors)])
def test_door(door: Door, world: World):
    reach, url = reach_of(door), address(door, world)
    wrong = []
    for persona in PERSONAS:
        for method in methods(door, persona):
            answer = expected(door, persona, method, reach)
            response, changed = ask(world, persona, method, url, door)
            if answer not in heard(response):
                said = f"{method} {url} by {persona}: {answer.value} was expected, not {response.status_code}"
                wrong.append(f"{said} {response.headers.get('Location', '')}")
            if changed and answer not in {Answer.DOES, Answer.ASKS} and not door.own_account:
                wrong.append(f"{method} {url} by {persona} is {answer.value}, and changed {changed}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("door", [door for door in DOORS if not door.own_account], ids=lambda door: door.key)
def test_whoever_only_reads_is_refused_every_act(door):
    """What the table expects, and what `test_door` proves with a request that may change no row."""
    assert {expected(door, persona, "POST", reach_of(door)) for persona in READS_ONLY} == {Answer.REFUSED}


FIRST = {door.name: door.key for door in reversed(DOORS)}


def test_the_page_of_roles_is_printed_from_the_table():
    printed = (settings.BASE_DIR / "docs" / "roles.md").read_text(encoding="utf-8")
    assert printed == print_roles.text(), "print it again: python -m tests.doors.print_roles > docs/roles.md"


def methods(door: Door, persona: str) -> tuple[str, ...]:
    """On the first line of an address everybody reads and everybody sends.

    On its other lines, for other records, it goes without saying that those who only read send nothing (the auditor is
    asked for all of them), that what takes nothing takes nothing, that who is refused the act is refused its page, and
    that whoever has no role is a viewer.
    """
    if door.hall != SIGNED_IN and door.name != "admin:index":
        return IN_THE_HALL.get(persona, ())
    if FIRST[door.name] == door.key:
        return ("GET", "POST")
    if persona == "stranger":
        return ()
    if persona == "viewer":
        return ("GET",)
    if door.takes is None:
        return ("GET", "POST") if persona == "auditor" else ("GET",)
    refused = expected(door, persona, "POST", reach_of(door)) in {Answer.REFUSED, Answer.NOT_FOUND, Answer.SIGN_IN}
    return ("POST",) if refused else ("GET", "POST")


def address(door: Door, world: World) -> str:
    place = world.places.get(door.place, {})
    if "path" in place:
        return place["path"]
    return reverse(door.name, kwargs={**place, **door.more}) + door.query


def ask(world: World, persona: str, method: str, url: str, door: Door) -> tuple[HttpResponse, dict[str, int]]:
    """The answer, and by how many rows each table grew or shrank. Whatever was done is undone."""
    client = world.clients[persona]
    with transaction.atomic():
        response = client.get(url) if method == "GET" else client.post(url, {"sent": "yes", **door.send})
        if response.status_code == 302 and response["Location"].startswith("/admin/login/"):
            response = client.get(response["Location"])
        after = counts() if method == "POST" else world.counts
        transaction.set_rollback(True)
    return response, {table: after[table] - rows for table, rows in world.counts.items() if after[table] != rows}


def heard(response: HttpResponse) -> set[Answer]:
    """What a response may be called."""
    if response.status_code == 302 and response["Location"].startswith("/sign-in/"):
        return {Answer.SIGN_IN, Answer.DOES, Answer.SENT_ON}
    if response.status_code == 200 and b"Not saved." in getattr(response, "content", b"")[:200]:
        return {Answer.REFUSED}  # autosave answers with a line, which says why
    if response.status_code == 403 and b"You have been signed out" in response.content:
        return {Answer.SIGN_IN}  # and what was written in the form comes back
    return STATUS.get(response.status_code, set())


TABLES = [
    model._meta.db_table
    for label in ("people", "commitments", "monitoring", "boards")
    for model in apps.get_app_config(label).get_models()
]


def counts() -> dict[str, int]:
    """Rows by table. The ledger's tables are among them, so that a change of a row counts as well."""
    with connection.cursor() as cursor:
        cursor.execute("EXECUTE rows_by_table")
        return dict(cursor.fetchall())
