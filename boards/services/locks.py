"""The lock of a board, under which its numbers are given and its minutes confirmed.

Taken in one order, so that two never wait for each other: the board, then the meeting (boards.services.agenda.locked),
then what hangs on it.
"""

from boards.models import Board


def locked_board(pk: int) -> Board:
    """The board, its row locked until the transaction ends. Records that only point at it are written meanwhile."""
    return Board.objects.select_for_update(no_key=True).get(pk=pk)
