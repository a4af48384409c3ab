"""The lock of a board, under which its numbers are given and its minutes confirmed.

Taken in one order, so that two never wait for each other: the board, then the meeting (boards.services.agenda.locked),
then what hangs on it. A referral comes after the boards on its way, since it moves between their meetings.
"""

from collections.abc import Iterable

from boards.models import Board


def locked_board(pk: int) -> Board:
    """The board, its row locked until the transaction ends. Records that only point at it are written meanwhile."""
    return Board.objects.select_for_update(no_key=True).get(pk=pk)


def locked_boards(keys: Iterable[int]) -> dict[int, Board]:
    """Several boards by their keys, locked in the order of these like one. One query."""
    rows = Board.objects.select_for_update(no_key=True).filter(pk__in=set(keys)).order_by("pk")
    return {board.pk: board for board in rows}
