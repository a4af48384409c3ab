"""Whether the database still has the triggers that the models say, as they say them."""

import functools
from dataclasses import dataclass

import pgtrigger
from django.db import connections

FOUND = """
    SELECT c.relname, t.tgname, t.tgenabled::text, coalesce(obj_description(t.oid, 'pg_trigger'), ''), p.prosrc
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)
"""


@dataclass(frozen=True)
class Health:
    """Counts of triggers: not there; there but with other conditions or another function; switched off."""

    missing: int
    changed: int
    off: int


def look(using: str = "default") -> Health:
    """Hold the database's triggers against the models'. One query. Raises DatabaseError."""
    with connections[using].cursor() as cursor:
        cursor.execute(FOUND)
        found = {(table, name): (state, mark, source) for table, name, state, mark, source in cursor.fetchall()}
    wanted = _wanted()
    there = [(found[key], wanted[key]) for key in wanted if key in found]
    return Health(
        missing=len(wanted) - len(there),
        changed=sum((mark, source) != as_said for (_, mark, source), as_said in there),
        off=sum(state != "O" for (state, _, _), _ in there),
    )


@functools.cache
def _wanted() -> dict[tuple[str, str], tuple[str, str]]:
    """By table and name: the mark that the trigger carries as its comment, and the source of its function."""
    wanted = {}
    for model, trigger in pgtrigger.registered():
        compiled = trigger.compile(model)
        source = str(compiled.install_sql).split("RETURNS TRIGGER AS $$", 1)[1].split("$$ LANGUAGE plpgsql", 1)[0]
        wanted[model._meta.db_table, trigger.get_pgid(model)] = (compiled.hash, source)
    return wanted
