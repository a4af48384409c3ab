"""Proposing a year of meetings for many boards at once. Proposals replace proposals; what was accepted stays."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from boards import rules_calendar as rules
from boards.choices import MeetingState
from boards.models import Board, Meeting
from boards.plans import BoardPlan, Sitting
from boards.proposing import Proposal
from boards.proposing import propose as find_days
from boards.queries.plans import habits, plans_of, sitting, standing_meetings
from kit.periods import add_months
from kit.verdict import Refusal, require
from people.actor import Actor

ONE_DAY = dt.timedelta(days=1)
# How far back meetings say when a board is used to meet.
LOOK_BACK = dt.timedelta(days=550)
MONTHS = 12


@dataclass(frozen=True)
class Outcome:
    """The proposals made, how many older ones they replaced, the boards left out, and what is wrong with the wishes."""

    made: list[Meeting]
    replaced: int
    left_out: list[Board]
    problems: tuple[str, ...]


@transaction.atomic
def propose(
    *,
    boards: Sequence[Board],
    from_day: dt.date,
    by: Actor,
    at: dt.datetime,
    weekday: int | None = None,
    time: dt.time | None = None,
) -> Outcome:
    """Propose a year of meetings from the day, as often as the terms in force that day ask.

    Without a weekday or a time boards keep to what they are used to. Boards whose terms give no frequency are left out.
    Raises Refusal, also when none is left.
    """
    for board in boards:
        require(rules.may_plan_for(by, board))
    if from_day < by.on:
        raise Refusal("Meetings are proposed for days to come.")
    to_day = add_months(from_day, MONTHS) - ONE_DAY
    rows = Board.objects.select_for_update().filter(pk__in=[board.pk for board in boards]).order_by("pk")
    chosen = {board.pk: board for board in rows}
    everyone = list(Board.objects.inside().exclude(ends__lt=from_day))
    plans = plans_of(everyone, from_day)
    left_out = [board for board in chosen.values() if board.pk not in plans]
    if not boards or len(left_out) == len(chosen):
        raise Refusal("None of these boards has terms in force that say how often it meets. Approve its terms first.")
    replaced = _clear(chosen.values(), from_day)
    standing = [sitting(each) for each in standing_meetings(everyone, from_day - LOOK_BACK, to_day + LOOK_BACK)]
    standing += [sitting(each) for each in _kept(everyone, from_day)]
    wishes = [
        _wish(plan, key in chosen, from_day, to_day, [each for each in standing if each.key == plan.key], weekday, time)
        for key, plan in plans.items()
    ]
    near = [each for each in standing if each.day >= from_day - LOOK_BACK / 6]
    proposed = find_days(wishes, from_day, to_day, near)
    made = [_row(each, chosen[int(each.sitting.key)]) for each in proposed.meetings]
    made = [row for row in made if rules.fits_board(row.board, row.day)]
    return Outcome(Meeting.objects.bulk_create(made), replaced, left_out, proposed.problems)


def _clear(boards, from_day: dt.date) -> int:
    """Drop the boards' proposals from the day on that nobody has worked on. How many they were."""
    rows = Meeting.objects.filter(board__in=list(boards), state=MeetingState.PROPOSED, starts_at__date__gte=from_day)
    keys = list(rows.filter(items__isnull=True, attendances__isnull=True).values_list("pk", flat=True))
    Meeting.objects.filter(pk__in=keys).delete()
    return len(keys)


def _kept(boards: list[Board], from_day: dt.date) -> list[Meeting]:
    rows = Meeting.objects.filter(board__in=boards, state=MeetingState.PROPOSED, starts_at__date__gte=from_day)
    return list(rows)


def _wish(
    plan: BoardPlan,
    is_chosen: bool,
    from_day: dt.date,
    to_day: dt.date,
    sittings: list[Sitting],
    weekday: int | None,
    time: dt.time | None,
) -> BoardPlan:
    """The plan as the board is used to meet. One that was not chosen has no slots: its meetings only stand."""
    if not is_chosen:
        return replace(plan, first_day=to_day + ONE_DAY)
    if used_to := habits(sittings, from_day):
        last, usual_time, usual_weekday = used_to
        plan = replace(plan, first_day=last, at=usual_time, weekday=usual_weekday)
    return replace(plan, at=time or plan.at, weekday=plan.weekday if weekday is None else weekday)


def _row(proposal: Proposal, board: Board) -> Meeting:
    found = proposal.sitting
    starts = timezone.make_aware(dt.datetime.combine(found.day, found.at))
    return Meeting(
        board=board,
        starts_at=starts,
        ends_at=starts + dt.timedelta(minutes=found.minutes),
        why=" ".join([proposal.sentence, *proposal.problems]),
    )
