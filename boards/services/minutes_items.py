"""Minutes are put to their board by themselves: on its next agenda that is open, and on the one after if need be."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from boards.choices import StandingItem
from boards.models import Board
from boards.services.agenda import Wanted, locked, place, standing_values
from boards.services.minutes_links import link, named, waiting
from boards.services.referral_items import next_open


@transaction.atomic
def catch_up(*, boards: Iterable[Board], at: dt.datetime) -> None:
    """Put what waits to be confirmed on the next open agenda of each board, with an item where it lacks one.

    Two queries for a board of which nothing waits.
    """
    for board in boards:
        found = next_open(board, at)
        if found is None or not waiting(found):
            continue
        meeting = locked(found.pk)
        left = link(meeting)
        if left:
            place(meeting, [Wanted(_item(each)) for each in left])
            link(meeting)


def _item(minutes) -> dict:
    """Only this time: the standing item of the terms comes by itself."""
    return standing_values(StandingItem.MINUTES) | {"title": named(minutes), "is_one_off": True}
