"""A measure's definition over time. The database starts the new version; here is said from which day, and why."""

import contextlib
import datetime as dt
from collections.abc import Iterator

from django.db import connection

FIELDS = ("definition", "numerator_is", "denominator_is")


@contextlib.contextmanager
def dated(applies_from: dt.date, reason: str = "") -> Iterator[None]:
    """Definitions changed inside apply from this day. Only inside a transaction, which forgets it when it ends."""
    _say(applies_from.isoformat(), reason)
    yield
    _say("", "")


def _say(applies_from: str, reason: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('stride.definition_from', %s, TRUE), set_config('stride.definition_reason', %s, TRUE)",
            [applies_from, reason],
        )
