"""A decision that is sent twice, by a double click or after going back, is recorded once."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from boards import effects as carrying
from boards.models import AgendaItem, Decision, Paper
from boards.services import decisions
from boards.services.locks import locked_board
from people.actor import Actor


@transaction.atomic
def record(
    *,
    item: AgendaItem,
    kind: str,
    text: str,
    paper: Paper | None,
    effects: Iterable[carrying.Asked],
    after: int | None,
    by: Actor,
    at: dt.datetime,
) -> tuple[Decision, bool]:
    """The decision, and whether it is new. `after` is the key of the item's newest decision when the form was drawn.

    The same outcome in the same words, recorded since then, is what this form recorded already. Raises Refusal.
    """
    wanted = list(effects)
    carrying.lock_for(wanted)
    locked_board(item.meeting.board_id)  # where the second of two presses waits for the first
    if after is not None:
        same = Decision.objects.standing().filter(item=item, kind=kind, text=text.strip(), pk__gt=after)
        if there := same.order_by("pk").first():
            return there, False
    made = decisions.record(item=item, kind=kind, text=text, paper=paper, effects=wanted, by=by, at=at)
    return made, True
