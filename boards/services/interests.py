"""The register of interests, and what was declared at a meeting with what was done about it."""

import datetime as dt
from typing import Any

from django.db import transaction

from boards import rules_meetings as rules
from boards.models import Declaration, Interest, Meeting, Membership
from boards.queries.attendance import lines_of
from boards.services.agenda import locked
from boards.services.attendance import row_for
from kit import stale
from kit.verdict import Refusal, require
from people.actor import Actor


@transaction.atomic
def register(*, interest: Interest, by: Actor) -> Interest:
    """A new entry of the register. Raises Refusal."""
    require(rules.may_keep_interests(by, interest.person_id, sits_somewhere(interest.person_id, by.on)))
    interest.save(force_insert=True)
    return interest


@transaction.atomic
def change(*, interest: Interest, values: dict[str, Any], seen: str, by: Actor) -> Interest:
    """Keep new words or days of an entry. Entries end; they are not deleted. Raises Refusal and Stale."""
    require(rules.may_keep_interests(by, interest.person_id, sits_somewhere(interest.person_id, by.on)))
    row = stale.current(interest, values, seen)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row


@transaction.atomic
def declare(*, meeting: Meeting, seat: str, values: dict[str, Any], by: Actor) -> Declaration:
    """Write down what was declared for a seat, by its key, and what was done. Raises Refusal."""
    row = locked(meeting.pk)
    require(rules.may_edit_agenda(by, row))
    line = next((each for each in lines_of(row) if each.key == seat), None)
    if line is None:
        raise Refusal("This seat is not of this meeting any more. Open the page again.")
    item = values.get("item")
    if item is not None and item.meeting_id != row.pk:
        raise Refusal("This item is not on the agenda of this meeting.")
    return Declaration.objects.create(meeting=row, attendance=row_for(row, line), **values)


@transaction.atomic
def withdraw(*, declaration: Declaration, by: Actor) -> None:
    """Take back a declaration that was written down by mistake, before the meeting is held. Raises Refusal."""
    row = locked(declaration.meeting_id)
    require(rules.may_edit_agenda(by, row))
    declaration.delete()


def sits_somewhere(person_id: int, on: dt.date) -> bool:
    """Whether the person has a seat on any board on the day, as a person or by a post. One query."""
    from people.models import Tenure

    posts = Tenure.objects.holding_on(on).filter(person=person_id).values("post")
    seats = Membership.objects.lasting_on(on)
    return seats.filter(person=person_id).exists() or seats.filter(post__in=posts).exists()
