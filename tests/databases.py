"""Test databases as copies: the schema is built once for all, the example is loaded once a run, a copy takes a moment.

Both stay on the server, next to each other: NAME_schema for as long as the migrations are the same, NAME_example for
one run of the tests. Test processes that need the same one wait for whoever builds it.
"""

import gc
import hashlib
import inspect
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader

BASE = settings.DATABASES["default"]["TEST"]["NAME"]  # read before each test process adds a name of its own
SCHEMA, EXAMPLE = f"{BASE}_schema", f"{BASE}_example"
THIS_RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex


def schema() -> str:
    """The name of a database with every migration and no rows, built when the migrations are not those it has."""

    def migrate() -> None:
        gc.disable()  # each migration makes the models anew: a third of the time would go into looking for garbage
        try:
            call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
        finally:
            gc.enable()

    _build(SCHEMA, of="template0", mark=_migrations(), fill=migrate)
    return SCHEMA


@contextmanager
def example() -> Iterator[None]:
    """The connection goes to a copy of the loaded example, which is thrown away after it."""

    def load() -> None:
        settings.DEMONSTRATION, was = True, settings.DEMONSTRATION
        try:
            call_command("load_demonstration", verbosity=0)
        finally:
            settings.DEMONSTRATION = was

    _build(EXAMPLE, of=schema(), mark=THIS_RUN, fill=load)
    copy = f"{connection.settings_dict['NAME']}_copy"
    with _alone() as cursor:
        _create(cursor, copy, of=EXAMPLE)
    try:
        with _leading_to(copy):
            yield
    finally:
        with _alone() as cursor:
            _drop(cursor, copy)


def empty() -> None:
    """Delete every row that a test committed, past the triggers that refuse it to everybody.

    What migrating wrote stays. Tables with nothing in them are left alone, which is most of them; TRUNCATE would make
    new files for each.
    """
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    quoted = [connection.ops.quote_name(name) for name in connection.introspection.table_names() if name not in kept]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"LOCK TABLE {', '.join(quoted)} IN ACCESS EXCLUSIVE MODE")  # waits for requests left behind
        cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM {name} LIMIT 1)" for name in quoted))
        for (name,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {name}")


def _build(name: str, *, of: str, mark: str, fill: Callable[[], None]) -> None:
    """Copy and fill a database, unless one is there that bears the mark; only a finished one does."""
    with _alone() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() == (mark,):
            return
        _create(cursor, name, of=of)
        with _leading_to(name):
            fill()
        cursor.execute(f"COMMENT ON DATABASE {connection.ops.quote_name(name)} IS %s", [mark])


def _create(cursor: CursorWrapper, name: str, *, of: str) -> None:
    _drop(cursor, name)
    cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)} TEMPLATE {connection.ops.quote_name(of)}")


def _drop(cursor: CursorWrapper, name: str) -> None:
    cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")


@contextmanager
def _alone() -> Iterator[CursorWrapper]:
    """At the server, with one test process of these databases at a time: nobody may be in one that is copied."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [BASE])
        yield cursor


@contextmanager
def _leading_to(name: str) -> Iterator[None]:
    """The connections of this process, of every thread, lead to another database."""
    connection.close()
    connection.settings_dict["NAME"], was = name, connection.settings_dict["NAME"]
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = was


def _migrations() -> str:
    """What every migration says, and the versions of what runs them, as one hash."""
    digest = hashlib.sha256((Path(settings.BASE_DIR) / "requirements.txt").read_bytes())
    for _, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        digest.update(Path(inspect.getfile(type(migration))).read_bytes())
    return digest.hexdigest()
