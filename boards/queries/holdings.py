"""Which rules hold for many meetings, each on its own day, in few queries."""

import bisect
from collections.abc import Iterable

from boards.choices import TermsState
from boards.models import Meeting, Terms
from boards.queries.terms import Holding, holding_on


def holding_for(meetings: Iterable[Meeting]) -> dict[int, Holding]:
    """What holds for each meeting on its day, by its key; meetings of boards without terms that day are left out.

    One query for the days on which any terms changed, and those of `holding_on` for each time between two of them that
    has a meeting.
    """
    meetings = list(meetings)
    if not meetings:
        return {}
    first, last = min(each.day for each in meetings), max(each.day for each in meetings)
    changed = Terms.objects.filter(state=TermsState.APPROVED, in_force_from__gt=first, in_force_from__lte=last)
    marks = [first, *changed.order_by("in_force_from").values_list("in_force_from", flat=True).distinct()]
    by_time: dict = {}
    for meeting in meetings:
        by_time.setdefault(marks[bisect.bisect_right(marks, meeting.day) - 1], []).append(meeting)
    found: dict[int, Holding] = {}
    for day, here in by_time.items():
        holding = holding_on({each.board_id: each.board for each in here}.values(), day)
        found.update({each.pk: holding[each.board_id] for each in here if each.board_id in holding})
    return found
