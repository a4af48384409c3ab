"""Units, people and posts: adding and changing them. What they were stays on the ledger."""

from typing import Any

from django.db import transaction

from kit import stale
from kit.verdict import require
from people import rules
from people.actor import Actor
from people.models import Person, Post, Unit


@transaction.atomic
def add(*, record: Unit | Person | Post, by: Actor) -> Unit | Person | Post:
    """Keep a new one. Raises Refusal, or IntegrityError when its code is taken."""
    require(rules.may_keep_people(by))
    record.save(force_insert=True)
    return record


@transaction.atomic
def change(*, record: Unit | Person | Post, values: dict[str, Any], seen: str, by: Actor) -> Unit | Person | Post:
    """Keep new values, unless somebody else changed it since it was `seen`. Raises Refusal and Stale."""
    row = stale.current(record, values, seen)
    require(rules.may_keep_people(by))
    if isinstance(row, Post) and values.get("abolished_on"):
        tenures = row.tenures.select_related("person")
        delegations = row.delegations.select_related("person")
        require(rules.may_abolish(values["abolished_on"], tenures, delegations))
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, Unit):
        require(rules.fits_under(row, row.parent, Unit.objects.all()))
    row.save(update_fields=list(values))
    return row
