"""Chasing actions by mail: one mail to each owner, with all that is due within the week or overdue."""

import datetime as dt

from django.db import transaction

from boards import rules_actions as rules
from boards.models import BoardActionAct
from boards.queries.action_chasing import KIND, Chase, chase_of, due_now
from kit import clock
from kit.fields import in_words
from kit.verdict import require
from people.actor import Actor
from people.services.acts import stamp
from people.services.outbox import queue

WEEKLY = 7
DAILY = 1


@transaction.atomic
def chase(*, by: Actor, at: dt.datetime, days: int = DAILY) -> Chase:
    """Write to whoever has not had such a mail in the last `days` days, the day itself included; run twice, it writes
    once. Answers whom it wrote to. Raises Refusal.
    """
    require(rules.may_chase(by))
    on = clock.local_date(at)
    rows = due_now(on).select_related("board", "owner_post").select_for_update(of=("self",))
    found = chase_of(list(rows), on, days=days)
    for owner in found.owners:
        lines = [(action, _when(action.due, on)) for action in owner.actions]
        queue(to=owner.person, kind=KIND, context={"lines": lines})
    BoardActionAct.objects.bulk_create(
        BoardActionAct(
            action=action,
            verb="chased",
            from_state=action.state,
            to_state=action.state,
            at=at,
            detail=f"To {owner.person.name}, {action.owner_post.title}",
            **stamp(by),
        )
        for owner in found.owners
        for action in owner.actions
    )
    return found


def _when(due: dt.date, on: dt.date) -> str:
    """ "was due by 1 February 2022" or "is due by 1 March 2022"."""
    return f"{'was' if due < on else 'is'} due by {in_words(due)}"
