"""The working calendars of boards: the bank holidays of their nation, and the closures of the body and of their own."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Q

from boards.models import Board, Closure
from kit.working_days import WorkingCalendar

ONE_DAY = dt.timedelta(days=1)


def calendars_of(boards: Iterable[Board]) -> dict[int, WorkingCalendar]:
    """The working calendar of each board, by its key. One query."""
    boards = list(boards)
    closures = list(Closure.objects.filter(Q(board__isnull=True) | Q(board__in=boards)))
    return {board.pk: WorkingCalendar(board.nation, closed_days(closures, board)) for board in boards}


def closed_days(closures: Iterable[Closure], board: Board) -> Mapping[dt.date, str]:
    """The days on which the board's body is closed, with why. A board's own closure speaks before a general one."""
    days: dict[dt.date, str] = {}
    mine = [each for each in closures if each.board_id in (None, board.pk)]
    for closure in sorted(mine, key=lambda each: each.board_id is not None):
        day = closure.starts
        while day <= closure.ends:
            days[day] = closure.label
            day += ONE_DAY
    return days
