"""Boards as the planner reads them: frequency, members, calendar and whom they follow; and meetings as sittings."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.utils import timezone

from boards.choices import MeetingState, RelationshipKind
from boards.frequency import Frequency
from boards.models import Board, Meeting, Membership, Relationship, Terms
from boards.plans import BoardPlan, Follows, Sitting
from boards.queries.terms import holding_on
from boards.queries.working import calendars_of
from kit.working_days import ENGLAND

USUAL_TIME = dt.time(10, 0)
USUAL_MINUTES = 120
# What a board was used to is read from so many of its last meetings.
LAST_MEETINGS = 6
SEQUENCE = (RelationshipKind.MEETS_BEFORE, RelationshipKind.ADVISES, RelationshipKind.DIRECTS)
DAYS_APART = 1


def plans_of(boards: Iterable[Board], day: dt.date) -> dict[int, BoardPlan]:
    """A plan for each board whose terms in force on the day give a frequency, by its key.

    The plans count from the day, at the usual time; see `as_used_to`. Six queries and one for each step of adoption.
    """
    boards = list(boards)
    held = {key: found.rules for key, found in holding_on(boards, day).items()}
    planned = [board for board in boards if board.pk in held and _frequency(held[board.pk])]
    members, follows = members_of(planned, day), followed_by(planned)
    calendars = calendars_of(planned)
    return {
        board.pk: BoardPlan(
            key=str(board.pk),
            name=board.title,
            frequency=_frequency(held[board.pk]),
            first_day=day,
            at=USUAL_TIME,
            minutes=held[board.pk].length_minutes or USUAL_MINUTES,
            members=members.get(board.pk, {}),
            follows=follows.get(board.pk, ()),
            calendar=calendars.get(board.pk, ENGLAND),
        )
        for board in planned
    }


def members_of(boards: Iterable[Board], day: dt.date) -> dict[int, dict[str, str]]:
    """Whose diaries count on the day: a key for each post or person of a board, and what to call it."""
    found: dict[int, dict[str, str]] = {}
    rows = Membership.objects.lasting_on(day).filter(board__in=list(boards)).select_related("post", "person")
    for seat in rows:
        if seat.is_member:
            key = f"post-{seat.post_id}" if seat.post_id else f"person-{seat.person_id}"
            found.setdefault(seat.board_id, {})[key] = seat.label
    return found


def followed_by(boards: Iterable[Board]) -> dict[int, tuple[Follows, ...]]:
    """Whom each board follows: advice comes before decision, decision before delivery.

    Where a pair of boards says that one meets before the other, that is what counts for them.
    """
    keys = {board.pk for board in boards}
    rows = list(Relationship.objects.filter(kind__in=SEQUENCE, board__in=keys, to__in=keys))
    said = {frozenset((row.board_id, row.to_id)) for row in rows if row.kind == RelationshipKind.MEETS_BEFORE}
    apart: dict[tuple[int, int], int] = {}
    for row in rows:
        if row.kind == RelationshipKind.MEETS_BEFORE or frozenset((row.board_id, row.to_id)) not in said:
            pair = (row.to_id, row.board_id)
            apart[pair] = max(apart.get(pair, DAYS_APART), row.days_between or DAYS_APART)
    found: dict[int, tuple[Follows, ...]] = {}
    for (then, first), days in apart.items():
        found[then] = (*found.get(then, ()), Follows(str(first), days))
    return found


def sitting(meeting: Meeting) -> Sitting:
    """A meeting as the planner reads it. Its ref is the meeting's key."""
    return Sitting(
        key=str(meeting.board_id),
        day=meeting.day,
        at=timezone.localtime(meeting.starts_at).time(),
        minutes=meeting.minutes,
        ref=meeting.pk,
    )


def habits(sittings: Iterable[Sitting], before: dt.date) -> tuple[dt.date, dt.time, int] | None:
    """The last day on which a board met or will meet before the day, and its usual time and weekday."""
    last = sorted((each for each in sittings if each.day < before), key=lambda each: each.day)[-LAST_MEETINGS:]
    if not last:
        return None
    [(time, _)] = Counter(each.at for each in reversed(last)).most_common(1)
    [(weekday, _)] = Counter(each.day.weekday() for each in reversed(last)).most_common(1)
    return last[-1].day, time, weekday


def standing_meetings(boards: Iterable[Board], since: dt.date, until: dt.date) -> list[Meeting]:
    """The planned and held meetings of boards between two days."""
    rows = Meeting.objects.filter(board__in=list(boards), state__in=[MeetingState.PLANNED, MeetingState.HELD])
    return list(rows.filter(starts_at__date__gte=since, starts_at__date__lte=until).order_by("starts_at", "pk"))


def _frequency(rules: Terms) -> Frequency | None:
    if not rules.frequency_every or not rules.frequency_unit:
        return None
    return Frequency(rules.frequency_every, str(rules.frequency_unit))
