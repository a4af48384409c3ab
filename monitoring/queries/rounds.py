"""What the pages about rounds read: counts of a round, and one line for each of its returns."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q
from django.db.models.fields.json import KT

from commitments.choices import Lifecycle
from commitments.models import Commitment, Strategy
from commitments.querysets import CommitmentQuerySet
from kit.periods import Period, next_period, period_holding
from monitoring import rules
from monitoring.choices import ReturnState, RoundState
from monitoring.models import ProgressReturn, ReportingRound, ReturnVersion
from monitoring.queries import conflicts, waiting
from monitoring.queries.conflicts import Conflict
from monitoring.queries.history import standing
from monitoring.queries.waiting import Wait
from monitoring.querysets import ProgressReturnQuerySet, ReportingRoundQuerySet
from people.actor import Actor
from people.models import Person, Post
from people.queries import holders_on

# A commitment that is over files nothing more.
OVER = (Lifecycle.COMPLETE, Lifecycle.STOPPED)
CAME_IN = (ReturnState.SUBMITTED, ReturnState.CHANGES_REQUESTED)
PERIODS_OFFERED = 6


@dataclass(frozen=True)
class Line:
    """A return as lists show it: what the actor may read of it, whom it waits with, and what stands against it.

    `rating` is the kind of queries.history.Standing, empty when there is no version to read.
    """

    row: ProgressReturn
    version: ReturnVersion | None
    rating: str
    lead: Person | None
    wait: Wait | None
    conflict: Conflict | None
    late: bool
    overdue: bool
    missing: bool


@dataclass(frozen=True)
class Opening:
    """What opening a round would do today."""

    expected: list[Commitment]
    left_out: list[Commitment]
    people: list[Person]
    vacant: list[tuple[Post, list[Commitment]]]


def with_counts(rows: ReportingRoundQuerySet, on: dt.date) -> ReportingRoundQuerySet:
    """Adds how many returns are expected, in, signed off, overdue, missing and exempt. Exempt ones are not expected."""
    asked = Q(returns__isnull=False) & ~Q(returns__state=ReturnState.EXEMPT)
    not_in = asked & Q(returns__first_submitted_at__isnull=True)
    missing = Q(returns__missed=True) | (not_in & ~Q(state=RoundState.PLANNED) & Q(closes_on__lt=on))
    overdue = not_in & Q(returns__missed=False, state=RoundState.OPEN, due_on__lt=on, closes_on__gte=on)
    came_in = asked & Q(returns__first_submitted_at__isnull=False)
    return rows.annotate(
        expected_count=Count("returns", filter=asked),
        in_count=Count("returns", filter=came_in),
        signed_off_count=Count("returns", filter=Q(returns__state=ReturnState.SIGNED_OFF)),
        with_overseer_count=Count("returns", filter=Q(returns__state=ReturnState.SUBMITTED)),
        overdue_count=Count("returns", filter=overdue),
        missing_count=Count("returns", filter=missing),
        exempt_count=Count("returns", filter=Q(returns__state=ReturnState.EXEMPT)),
    )


def for_lists(rows: ProgressReturnQuerySet) -> ProgressReturnQuerySet:
    """With everything that `lines` needs; one query more than the rows themselves.

    `current_versions` has the newest one first, as elsewhere, and here the signed ones after it.
    """
    newest_or_signed = Q(number=F("progress_return__version_number")) | Q(signed_off_at__isnull=False)
    versions = (
        ReturnVersion.objects.filter(newest_or_signed)
        .defer("basis")
        .annotate(signed_title=KT("basis__commitment__title"))
        .order_by("progress_return", "-number")
    )
    return (
        rows.select_related(
            "round__strategy",
            "commitment__strategy",
            "commitment__programme",
            "commitment__lead_post",
            "commitment__overseer_post",
        )
        .with_waiting()
        .prefetch_related(Prefetch("versions", versions, to_attr="current_versions"))
    )


def lines(rows: Iterable[ProgressReturn], actor: Actor, *, with_conflicts: bool = True) -> list[Line]:
    """One line for each return. Rows come from `for_lists`. One query; three with conflicts.

    Conflicts are for those who run or check rounds; who could act is for those who run them.
    """
    rows = list(rows)
    holders = waiting.holders_for(rows, actor.on)
    runs = bool(rules.may_run_rounds(actor))
    sees_conflicts = with_conflicts and (runs or actor.is_auditor)
    found = conflicts.of_returns(rows, holders, actor.on, candidates=runs) if sees_conflicts else {}
    versions = [shown_version(row, actor) for row in rows]
    return [
        Line(
            row=row,
            version=version,
            rating=standing(row, version, actor.on).kind if version else "",
            lead=holders.get(row.commitment.lead_post_id),
            wait=waiting.of_return(row, holders, actor.on),
            conflict=found.get(row.pk),
            late=rules.is_late(row),
            overdue=rules.is_overdue(row, actor.on),
            missing=rules.is_missing(row, actor.on),
        )
        for row, version in zip(rows, versions, strict=True)
    ]


def shown_version(row: ProgressReturn, actor: Actor) -> ReturnVersion | None:
    """The version whose rating the actor may read: the newest when it came in, else the last signed one."""
    newest = row.current_versions[0] if row.current_versions else None
    if newest is not None and (
        newest.signed_off_at is not None or (row.state in CAME_IN and rules.may_read_unsigned(actor, row))
    ):
        return newest
    return next((version for version in row.current_versions if version.signed_off_at is not None), None)


def expected_by(strategy_id: int) -> CommitmentQuerySet:
    """The commitments that a round opened now asks for: those that are not complete or stopped. With their leads."""
    return _of(strategy_id).exclude(lifecycle__in=OVER)


def opening(round: ReportingRound, on: dt.date) -> Opening:
    """What opening the round would do: three queries."""
    expected = list(expected_by(round.strategy_id))
    left_out = list(_of(round.strategy_id).filter(lifecycle__in=OVER))
    holders = holders_on((commitment.lead_post_id for commitment in expected), on)
    people: dict[int, Person] = {}
    vacant: dict[Post, list[Commitment]] = {}
    for commitment in expected:
        tenure = holders.get(commitment.lead_post_id)
        if tenure is None:
            vacant.setdefault(commitment.lead_post, []).append(commitment)
        else:
            people[tenure.person_id] = tenure.person
    return Opening(expected, left_out, sorted(people.values(), key=lambda each: each.name), list(vacant.items()))


def unused_periods(strategy: Strategy, cycle: str, on: dt.date) -> list[Period]:
    """The next periods of the strategy that no round of this cycle is about yet, the earliest first. One query."""
    used = list(strategy.rounds.filter(cycle=cycle).values_list("period_starts", "period_ends"))
    first = max(strategy.starts, min(on, strategy.ends) - dt.timedelta(days=365))
    period, found = period_holding(first, cycle), []
    while period.starts <= strategy.ends and len(found) < PERIODS_OFFERED:
        if not any(starts <= period.ends and ends >= period.starts for starts, ends in used):
            found.append(period)
        period = next_period(period, cycle)
    return found


def _of(strategy_id: int) -> CommitmentQuerySet:
    return Commitment.objects.filter(strategy=strategy_id).select_related("lead_post").order_by("number")
