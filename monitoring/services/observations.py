"""Recording figures. None is overwritten: what changes is a revision, with its reason, and the old one stays."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from commitments.choices import StrategyState
from commitments.models import Commitment, Group, Measure
from kit.periods import Period
from kit.stale import Stale
from kit.verdict import Refusal, require
from monitoring import rules
from monitoring.choices import ObservationStatus
from monitoring.models import Observation, ReturnVersion
from monitoring.queries.disclosure import hidden_now
from monitoring.rules_observations import (
    Fault,
    Figure,
    faults,
    gives_why,
    may_enter,
    periods_due,
    repeats,
    worked_out,
)
from people.actor import Actor
from people.services.acts import stamp

Cell = tuple[int, dt.date, dt.date, int | None]
STANDING = (StrategyState.APPROVED, StrategyState.IN_FORCE)
# The whole is worked out from its groups, so nobody is asked for it.
FROM_GROUPS = ("sum", "average", "ratio_of_sums")


class NotAFigure(Refusal):
    """The figure cannot be recorded. Its text is the first fault's sentence; all are in `faults`."""

    def __init__(self, found: Sequence[Fault]) -> None:
        super().__init__(found[0].sentence)
        self.faults = list(found)


@dataclass(frozen=True)
class Due:
    """A figure that should have been recorded by now; the group is None for the whole."""

    measure: Measure
    period: Period
    group: Group | None


def record(
    *,
    measure: Measure,
    period: Period,
    by: Actor,
    at: dt.datetime,
    group: Group | None = None,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    status: str = ObservationStatus.ACTUAL,
    reason: str = "",
    source_note: str = "",
    return_version: ReturnVersion | None = None,
) -> Observation:
    """Record a figure, or revise the one that is there. The same again writes nothing and answers what is there.

    Of a figure that hides the same again is a revision: whoever guesses it must not be able to tell.
    Raises Refusal, and NotAFigure (a Refusal) with what is wrong with the figure.
    """
    figure = Figure(measure, period, group, value, numerator, denominator, status, reason, source_note)
    return record_many(figures=[figure], by=by, at=at, return_version=return_version)[0]


@transaction.atomic
def record_many(
    *,
    figures: Sequence[Figure],
    by: Actor,
    at: dt.datetime,
    return_version: ReturnVersion | None = None,
    seen: Mapping[Cell, int] | None = None,
) -> list[Observation]:
    """Record all of the figures or none. Raises Refusal, and NotAFigure with what is wrong with the first bad one.

    `seen`: by cell, the revision that was looked at, 0 where none was. Raises Stale when there is another by now.
    """
    measures = locked_measures({figure.measure.pk for figure in figures})
    for measure in measures.values():
        require(may_enter(by, measure))
    if return_version is not None:
        _require_return(return_version, measures.values(), by)
    current, hidden = current_of(measures), hidden_now(measures.values())
    recorded = []
    for figure in figures:
        measure = measures[figure.measure.pk]
        before = current.get(figure.cell)
        hides = before is not None and before.pk in hidden
        another = before is not None and seen is not None and seen.get(figure.cell, 0) != before.revision
        if another and not repeats(figure, before, hides):
            raise Stale(before)
        if found := faults(figure, before, by.on, hides=hides):
            raise NotAFigure(found)
        if not repeats(figure, before, hides):
            before = _write(figure, measure, before, by, at, return_version)
        current[figure.cell] = before
        recorded.append(before)
    return recorded


@transaction.atomic
def withdraw(*, observation: Observation, reason: str, by: Actor, at: dt.datetime) -> Observation:
    """Take a figure back, with a reason and nothing in its place. It stays in the record. Raises Refusal."""
    measure = locked_measures({observation.measure_id})[observation.measure_id]
    require(may_enter(by, measure))
    newest = current_of({measure.pk: measure})[cell_of(observation)]
    if newest.pk != observation.pk:
        raise Refusal("This figure has been revised since you looked. Look at the new one first.")
    if newest.withdrawn:
        raise Refusal("This figure has been withdrawn already.")
    require(gives_why(True, reason))
    period = Period(newest.period_starts, newest.period_ends, "")
    figure = Figure(measure, period, newest.group, status=newest.status, reason=reason)
    return _write(figure, measure, newest, by, at, None)


def locked_measures(ids: Collection[int]) -> dict[int, Measure]:
    """The measures by key, locked in one order, with what the rules look at. Six queries at most."""
    list(Measure.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True).only("pk"))
    rows = (
        Measure.objects.filter(pk__in=ids)
        .select_related("dimension")
        .prefetch_related("commitments__strategy", "versions", "dimension__groups")
    )
    return {row.pk: row for row in rows}


def current_of(measures: Iterable[int]) -> dict[Cell, Observation]:
    """The newest revision of every figure of the measures, by cell. One query."""
    rows = Observation.objects.filter(measure__in=list(measures)).current().select_related("group")
    return {cell_of(row): row for row in rows}


def cell_of(observation: Observation) -> Cell:
    """What tells figures apart; revisions are of one cell."""
    return observation.measure_id, observation.period_starts, observation.period_ends, observation.group_id


def due_from(post_ids: Collection[int], on: dt.date, *, commitment: Commitment | None = None) -> list[Due]:
    """What the posts should have recorded by a day and have not, oldest first. Five queries.

    A measure's owner is asked; where it has none, the leads of its commitments are. Periods count from the start of the
    strategy that stands. The whole is not asked for where it is worked out from the groups.
    """
    asked = Q(owner_post__in=post_ids) | Q(owner_post__isnull=True, commitments__lead_post__in=post_ids)
    rows = Measure.objects.filter(asked, commitments__strategy__state__in=STANDING).distinct()
    if commitment is not None:
        rows = rows.filter(commitment_measures__commitment=commitment)
    measures = list(rows.select_related("dimension").prefetch_related("commitments__strategy", "dimension__groups"))
    there = current_of([measure.pk for measure in measures])
    found = []
    for measure in measures:
        starts = [each.strategy.starts for each in measure.commitments.all() if each.strategy.state in STANDING]
        for period in periods_due(measure.cadence, min(starts), on):
            for group in groups_asked(measure):
                row = there.get((measure.pk, period.starts, period.ends, group.pk if group else None))
                if row is None or row.withdrawn:
                    found.append(Due(measure, period, group))
    return sorted(found, key=lambda due: (due.period.ends, due.measure.code))


def groups_asked(measure: Measure) -> list[Group | None]:
    """The groups of a measure, after the whole where there is one that is recorded itself."""
    if measure.dimension_id is None:
        return [None]
    groups = list(measure.dimension.groups.all())
    return [None, *groups] if measure.dimension.whole and measure.over_groups not in FROM_GROUPS else groups or [None]


def _require_return(version: ReturnVersion, measures: Iterable[Measure], by: Actor) -> None:
    """Figures come in with a return while its lead may write it, and only for measures of its commitment."""
    row = version.progress_return
    require(rules.may_edit(by, row))
    if version.number != row.version_number:
        raise Refusal("This is no longer the version of the return that is being written.")
    for measure in measures:
        if all(commitment.pk != row.commitment_id for commitment in measure.commitments.all()):
            raise Refusal(f"{measure} is none of the measures of this commitment.")


def _write(
    figure: Figure,
    measure: Measure,
    before: Observation | None,
    by: Actor,
    at: dt.datetime,
    return_version: ReturnVersion | None,
) -> Observation:
    return Observation.objects.create(
        measure=measure,
        version=measure.version_on(figure.period.ends),
        unit_kind=measure.unit_kind,
        period_starts=figure.period.starts,
        period_ends=figure.period.ends,
        group=figure.group,
        value=worked_out(measure, figure.value, figure.numerator, figure.denominator),
        numerator=figure.numerator,
        denominator=figure.denominator,
        status=figure.status,
        revision=before.revision + 1 if before else 1,
        reason=figure.reason.strip() if before else "",
        source_note=figure.source_note.strip(),
        return_version=return_version,
        entered_at=at,
        **stamp(by, post_id=post_of(by, measure)),
    )


def post_of(by: Actor, measure: Measure) -> int | None:
    """The post that the figure is entered as: the owner's, else the first lead's that the actor speaks for."""
    posts = [measure.owner_post_id, *(commitment.lead_post_id for commitment in measure.commitments.all())]
    return next((post for post in posts if post in by.speaks_for), None)
