"""The forward plan of a board: its entries, the coming agendas that it fills, and the duties nobody has taken up."""

import datetime as dt
from dataclasses import dataclass

from boards import filling
from boards.choices import MeetingState
from boards.models import Board, Duty, ForwardPlanEntry, Meeting, Terms
from boards.queries.terms import holding_on
from kit import clock
from kit.periods import FIRST_MONTH, add_months

ON_THE_AGENDA = ("items__duty", "items__audience", "declarations__attendance")


@dataclass(frozen=True)
class Plan:
    """What the plan can be filled from."""

    terms: Terms | None
    duties: list[Duty]
    entries: list[ForwardPlanEntry]
    meetings: list[Meeting]


def year_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day of the financial year that holds the day."""
    start = dt.date(day.year if day.month >= FIRST_MONTH else day.year - 1, FIRST_MONTH, 1)
    return start, add_months(start, 12) - dt.timedelta(days=1)


def plan_of(board: Board, on: dt.date) -> Plan:
    """Everything on the plan, the duties of the rules of the day, and the meetings from this financial year on.

    At most thirteen queries, and two more for each step of adopted terms.
    """
    holding = holding_on([board], on).get(board.pk)
    terms = holding.rules if holding else None
    entries = board.forward_plan.select_related("presenter_post", "item__meeting__board").prefetch_related(
        "item__audience", "item__meeting__declarations__attendance"
    )
    meetings = board.meetings.standing().filter(starts_at__gte=_midnight(year_of(on)[0]))
    return Plan(
        terms,
        list(terms.duties.all()) if terms else [],
        list(entries),
        list(
            meetings.prefetch_related("items__duty", "items__audience", "declarations__attendance").order_by(
                "starts_at"
            )
        ),
    )


def filled(plan: Plan, at: dt.datetime) -> filling.Filling:
    """Where everything that waits would go. Asks nothing."""
    waiting = [entry for entry in plan.entries if entry.item_id is None and not entry.dropped_because]
    return filling.fill(
        [
            filling.Entry(
                entry.pk, entry.title, entry.minutes, entry.stream, entry.duty_key, entry.not_before, entry.wanted_by
            )
            for entry in waiting
        ],
        [filling.Duty(duty.key, duty.text, duty.times_a_year) for duty in plan.duties if duty.times_a_year],
        [_agenda(meeting, at) for meeting in plan.meetings],
        plan.terms.streams if plan.terms else (),
    )


def untouched(plan: Plan, on: dt.date) -> list[Duty]:
    """Duties of the terms that no agenda of this financial year has touched. Asks nothing."""
    starts, ends = year_of(on)
    touched = {
        item.duty.key
        for meeting in plan.meetings
        if starts <= meeting.day <= ends
        for item in meeting.items.all()
        if item.duty
    }
    return [duty for duty in plan.duties if duty.key not in touched]


def _agenda(meeting: Meeting, at: dt.datetime) -> filling.Agenda:
    items = list(meeting.items.all())
    return filling.Agenda(
        key=meeting.pk,
        day=meeting.day,
        minutes=meeting.minutes,
        taken=sum(item.minutes for item in items),
        streams={item.stream for item in items if item.stream},
        duties={item.duty.key for item in items if item.duty},
        open=meeting.state == MeetingState.PLANNED and meeting.starts_at > at,
    )


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.now().tzinfo)
