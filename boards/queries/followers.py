"""Boards that follow another board's terms of reference, and whether they could keep a new version of them."""

import datetime as dt
from collections.abc import Iterable

from boards.choices import Category
from boards.models import Board, Terms
from boards.queries.adoption import rules_of
from boards.queries.checks import of_quorum
from boards.queries.seats import quorum_seats, seats_on


def followers_of(board: Board, day: dt.date) -> list[Board]:
    """The boards whose terms of the day follow this one's, directly or through others; not those that stay with a
    version. By title. One query for each step.
    """
    found: dict[int, Board] = {}
    added = {board.pk}
    while added:
        rows = Terms.objects.in_force_on(day).filter(adopts__in=added, pinned__isnull=True).select_related("board")
        here = {row.board_id: row.board for row in rows if row.board_id not in found and row.board_id != board.pk}
        found |= here
        added = set(here)
    lasting = (each for each in found.values() if not each.ends or each.ends >= day)
    return sorted(lasting, key=lambda each: each.title)


def cannot_keep(terms: Terms, followers: Iterable[Board], day: dt.date) -> list[str]:
    """For each follower whose members of the day could not keep the quorum of these terms, a sentence that says why.

    Two queries for the seats, and those of `rules_of`.
    """
    followers = list(followers)
    rules = rules_of(terms, day) if followers else None
    if rules is None or not rules.quorum:
        return []
    seats = seats_on([each.pk for each in followers], day)
    found = []
    for board in followers:
        here = quorum_seats(seats.get(board.pk, []))
        wrong = of_quorum(rules, here)
        if not any(seat.category == Category.CHAIR for seat in here):
            wrong = ["The board has no chair.", *wrong]
        if wrong:
            found.append(f"{board} follows these terms and could not keep them. {' '.join(wrong)}")
    return found
