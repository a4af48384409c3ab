"""Which terms hold for a board on a day: its own version in force, and the version whose rules it follows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from boards.models import Board, Terms

# Boards that adopt a board that adopts a board: further than this nobody could say what holds.
LONGEST_CHAIN = 5


@dataclass(frozen=True)
class Holding:
    """`terms` is the board's own version; `rules` the version whose rules hold, the same unless terms are adopted."""

    terms: Terms
    rules: Terms

    @property
    def is_adopted(self) -> bool:
        return self.terms.pk != self.rules.pk


def holding_on(boards: Iterable[Board], day: dt.date) -> dict[int, Holding]:
    """What holds for each board on the day, by the board's key; boards without terms in force are left out.

    Two queries for their own terms and the adopted ones, and two for each further step of adoption (at most five).
    """
    own = {terms.board_id: terms for terms in Terms.objects.in_force_on(day).filter(board__in=list(boards))}
    rules = dict(own)
    for _ in range(LONGEST_CHAIN):
        following = {board: terms for board, terms in rules.items() if terms.adopts_id}
        if not following:
            break
        found = _adopted(following.values(), day)
        rules.update({board: found[terms.pk] for board, terms in following.items() if terms.pk in found})
        for board in [board for board, terms in following.items() if terms.pk not in found]:
            del rules[board]
    return {board: Holding(own[board], terms) for board, terms in rules.items() if not terms.adopts_id}


def _adopted(following: Iterable[Terms], day: dt.date) -> dict[int, Terms]:
    """The version that each of the terms adopts on the day, by the key of the adopting terms."""
    following = list(following)
    pinned = {terms.pk: terms for terms in Terms.objects.filter(pk__in=[t.pinned_id for t in following if t.pinned_id])}
    followed = {
        terms.board_id: terms
        for terms in Terms.objects.in_force_on(day).filter(
            board__in=[t.adopts_id for t in following if not t.pinned_id],
        )
    }
    found = {t.pk: pinned.get(t.pinned_id) or followed.get(t.adopts_id) for t in following}
    return {key: terms for key, terms in found.items() if terms is not None}
