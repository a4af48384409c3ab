"""Two people, one record: an edit form carries what its reader saw, and is not saved over what somebody else wrote."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import models


class Stale(Exception):
    """Raised when the record has changed since the form was opened. `current` is the record as it is now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__("Somebody else changed this while you had it open.")
        self.current = current


def token(instance: models.Model, fields: Iterable[str]) -> str:
    """A short text that changes whenever one of the fields does. Foreign keys count by their key."""
    values = {name: _plain(instance, name) for name in sorted(fields)}
    written = json.dumps([instance.pk, values], default=str, sort_keys=True)
    return hashlib.sha256(written.encode("utf-8", "backslashreplace")).hexdigest()[:24]


def current(instance: models.Model, fields: Iterable[str], seen: str) -> models.Model:
    """The row as it is now, locked until the transaction ends.

    Raises Stale when it is not what was seen, and DoesNotExist when it was deleted.
    """
    row = type(instance)._default_manager.select_for_update(of=("self",)).get(pk=instance.pk)
    if token(row, fields) != seen:
        raise Stale(row)
    return row


def _plain(instance: models.Model, name: str) -> Any:
    value = getattr(instance, instance._meta.get_field(name).attname)
    return sorted(value) if isinstance(value, list | set | tuple) else value
