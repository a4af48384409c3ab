"""The service-level clock of meetings: what is due when by the rules of the meeting's day, and when it came."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from boards import rules_calendar as rules
from boards import service_levels
from boards.choices import MeetingState, TermsState
from boards.models import Board, Meeting, MeetingAct, Milestone, ServiceLevel, Terms
from boards.queries.holdings import holding_for
from boards.queries.working import calendars_of
from boards.services import papers_in
from kit.verdict import Refusal, require
from kit.working_days import WorkingCalendar, moment_in_words
from people.actor import Actor
from people.services.acts import stamp

COMPUTED = ["promise", "due_at", "explanation"]


def refresh(*, meetings: Iterable[Meeting], at: dt.datetime) -> None:
    """Compute what is due for the meetings, for what is still ahead and has not come.

    What was due before `at`, and what came, stays as it is. The caller holds the transaction; meetings come with their
    board. Six queries and those of `holding_for`, however many meetings.
    """
    meetings = list(meetings)
    promised = _promised(meetings)
    calendars = calendars_of({each.board_id: each.board for each in meetings}.values())
    kept = _by_meeting(Milestone.objects.select_for_update().filter(meeting__in=meetings))
    new, changed, gone = [], [], []
    for meeting in meetings:
        rows = kept.get(meeting.pk, {})
        levels = {level.product: level for level in promised.get(meeting.pk, ())}
        gone += [row for product, row in rows.items() if product not in levels and _is_ahead(row, at)]
        for product, level in levels.items():
            row = rows.get(product) or Milestone(meeting=meeting, product=product)
            if row.pk is None:
                new.append(_computed(row, meeting, level, calendars[meeting.board_id]))
            elif _is_ahead(row, at):
                changed.append(_computed(row, meeting, level, calendars[meeting.board_id]))
    Milestone.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Milestone.objects.bulk_update(changed, COMPUTED)
    Milestone.objects.bulk_create(new)
    papers_in.follow(changed)


@transaction.atomic
def refresh_ahead(*, boards: Iterable[Board], at: dt.datetime) -> None:
    """Compute anew what is ahead for the planned meetings of boards, whose terms or closures have changed."""
    rows = Meeting.objects.filter(board__in=list(boards), state=MeetingState.PLANNED, ends_at__gte=at)
    refresh(meetings=rows.select_related("board"), at=at)


@transaction.atomic
def follow_terms(*, board: Board, at: dt.datetime) -> None:
    """Compute anew what is ahead of a board whose terms were approved, and of all that adopt them."""
    found, added = {board.pk}, {board.pk}
    while added:
        adopting = Terms.objects.filter(state=TermsState.APPROVED, adopts__in=added).values_list("board", flat=True)
        added = set(adopting) - found
        found |= added
    refresh_ahead(boards=Board.objects.filter(pk__in=found), at=at)


@transaction.atomic
def meet(*, milestone: Milestone, came_at: dt.datetime, by: Actor, at: dt.datetime, note: str = "") -> Milestone:
    """Record when a product came, late or not. Recording it again corrects it. Raises Refusal."""
    row = Milestone.objects.select_for_update(of=("self",)).select_related("meeting__board").get(pk=milestone.pk)
    require(rules.may_record_product(by, row.meeting))
    if came_at > at:
        raise Refusal("It cannot have come in the future.")
    row.met_at, row.note = came_at, note.strip()
    row.save(update_fields=["met_at", "note"])
    late = ", late" if row.was_late else ""
    MeetingAct.objects.create(
        meeting=row.meeting,
        verb="product_came",
        from_state=row.meeting.state,
        to_state=row.meeting.state,
        at=at,
        detail=f"{row.get_product_display()}: {moment_in_words(came_at)}{late}",
        reason=row.note,
        **stamp(by),
    )
    return row


def _promised(meetings: list[Meeting]) -> dict[int, list[ServiceLevel]]:
    holding = holding_for(meetings)
    rules_of = {key: found.rules for key, found in holding.items()}
    by_terms: dict[int, list[ServiceLevel]] = {}
    for level in ServiceLevel.objects.filter(terms__in={terms.pk for terms in rules_of.values()}):
        by_terms.setdefault(level.terms_id, []).append(level)
    return {key: by_terms.get(terms.pk, []) for key, terms in rules_of.items()}


def _by_meeting(rows: Iterable[Milestone]) -> dict[int, dict[str, Milestone]]:
    found: dict[int, dict[str, Milestone]] = {}
    for row in rows:
        found.setdefault(row.meeting_id, {})[row.product] = row
    return found


def _is_ahead(row: Milestone, at: dt.datetime) -> bool:
    return row.met_at is None and row.due_at >= at


def _computed(row: Milestone, meeting: Meeting, level: ServiceLevel, calendar: WorkingCalendar) -> Milestone:
    plain = level_of(level)
    due = service_levels.due(plain, meeting.starts_at, meeting.ends_at, calendar)
    row.promise, row.due_at, row.explanation = service_levels.words(plain), due.moment, f"{due.sentence}."
    return row


def level_of(row: ServiceLevel) -> service_levels.ServiceLevel:
    """The row of the terms as the clock reads it."""
    return service_levels.ServiceLevel(row.product, row.quantity, row.unit, row.anchor, row.direction)
