"""The dashboard: every commitment of a strategy in one round, the round before it, and up to eight rounds in a row."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.query import QuerySet

from commitments.models import Commitment, Strategy
from commitments.targets import Verdict
from monitoring.choices import RoundState
from monitoring.models import ProgressReturn, ReportingRound
from monitoring.queries import waiting
from monitoring.queries.books import books_on, with_books
from monitoring.queries.history import RANK, SIGNED, Standing, may_see_submitted, standing, with_reach, with_versions
from monitoring.queries.measures import commitment_status, differs
from monitoring.rules import is_missing, is_overdue
from people.actor import Actor

COLUMNS = 8
LIFECYCLES = ("complete", "paused", "stopped", "not_started")
REPORTED = (*RANK, *LIFECYCLES)
# All that a return can say, as counts and choices list it.
KINDS = ("green", "amber", "red", *LIFECYCLES, "nil", "exempt", "missing", "awaited")
# In the order that pages list them.
MOVEMENTS = (
    "improved",
    "worsened",
    "completed",
    "changed",
    "new",
    "missing",
    "unchanged",
    "nil",
    "exempt",
    "awaited",
    "gone",
)


def movement(before: str | None, now: str | None) -> str | None:
    """How a commitment moved from one round to the next, by what its two returns say (None: no return was expected).

    Nil, exempt, missing and awaited are what they are, whatever was before: none of them is a change of rating.
    """
    if now is None:
        return None if before is None else "gone"
    if now not in REPORTED:
        return now
    if now == before:
        return "unchanged"
    if now == "complete":
        return "completed"
    if before not in REPORTED:
        return "new"
    if now in LIFECYCLES or before in LIFECYCLES:
        return "changed"
    return "improved" if RANK[now] > RANK[before] else "worsened"


@dataclass(frozen=True)
class Line:
    """A commitment in the rounds: its returns and standings by round, and how it moved."""

    commitment: Commitment
    rows: dict[int, ProgressReturn]
    standings: dict[int, Standing]
    row: ProgressReturn | None
    before: Standing | None
    now: Standing | None
    movement: str | None
    measures: Verdict | None = None  # what they say in the round shown: frozen where its return is signed off

    @property
    def optimism(self) -> int:
        """How many steps the lead's rating is rosier than what the measures say; below zero when it is gloomier."""
        return differs(self.now.kind, self.measures) if self.now and self.now.is_rated else 0

    def pair_in(self, round: ReportingRound) -> tuple[str, str | None]:
        """The lead's rating in a round and what the measures said when it was signed; empty where it was not."""
        standing, row = self.standings.get(round.pk), self.rows.get(round.pk)
        if standing is None or row is None or not standing.is_rated or not standing.signed:
            return "", None
        said = row.shown_versions[0].measures_said
        return standing.kind, Verdict(said) if said else None


@dataclass(frozen=True)
class Late:
    """A return that is overdue or missing, with whom it waits (None: with nobody, the round no longer takes it)."""

    line: Line
    row: ProgressReturn
    is_missing: bool
    wait: waiting.Wait | None


@dataclass(frozen=True)
class Dashboard:
    """`rounds` are all opened ones, newest first; `columns` those of the matrix, oldest first."""

    strategy: Strategy
    rounds: list[ReportingRound]
    shown: ReportingRound
    before: ReportingRound | None
    columns: list[ReportingRound]
    lines: list[Line]
    basis: str
    late: list[Late]

    @property
    def moved(self) -> dict[str, list[Line]]:
        """The lines by movement, in the order of MOVEMENTS, without empty groups."""
        return {name: lines for name in MOVEMENTS if (lines := [line for line in self.lines if line.movement == name])}

    def counts(self, round: ReportingRound) -> Counter[str]:
        """How many commitments stood where in a round."""
        return Counter(line.standings[round.pk].kind for line in self.lines if round.pk in line.standings)

    def overseers(self, round: ReportingRound) -> Counter[str]:
        """How the overseers rated them, where they did."""
        found = (line.standings.get(round.pk) for line in self.lines)
        return Counter(each.overseer for each in found if each and each.is_rated and each.overseer)

    @property
    def differing(self) -> list[Line]:
        """Where lead and overseer differ in the round shown: the rosiest leads first."""
        lines = [line for line in self.lines if line.now and line.now.gap]
        return sorted(lines, key=lambda line: (-line.now.gap, line.commitment.number))


def opened_rounds(actor: Actor) -> QuerySet[ReportingRound]:
    """The opened rounds in reach, newest first: `expected` returns are not exempt, `signed` were signed off once."""
    return (
        ReportingRound.objects.visible_to(actor)
        .exclude(state=RoundState.PLANNED)
        .annotate(
            expected=Count("returns", filter=~Q(returns__state="exempt"), distinct=True),
            signed=Count("returns", filter=Q(returns__versions__signed_off_at__isnull=False), distinct=True),
        )
        .select_related("strategy")
        .order_by("-period_ends", "-pk")
    )


def round_to_show(rounds: list[ReportingRound]) -> ReportingRound | None:
    """The newest that is closed or at least half signed off: a handful of early returns is not the picture yet.

    Without one the newest that has anything signed off, without that the newest.
    """
    tests = (
        lambda row: row.signed and (row.state == RoundState.CLOSED or 2 * row.signed >= row.expected),
        lambda row: row.signed,
        lambda row: True,
    )
    return next((row for test in tests for row in rounds if test(row)), None)


def load(
    strategy: Strategy, rounds: list[ReportingRound], shown: ReportingRound, actor: Actor, basis: str = SIGNED
) -> Dashboard:
    """Everything the page shows, in four queries at most. `rounds` come from `opened_rounds`."""
    same_cycle = [row for row in rounds if row.cycle == shown.cycle]
    place = same_cycle.index(shown)
    before = same_cycle[place + 1] if place + 1 < len(same_cycle) else None
    start = 0 if place < COLUMNS else place
    columns = same_cycle[start : start + COLUMNS][::-1]
    commitments = list(
        with_books(Commitment.objects.filter(strategy=strategy))
        .select_related("programme", "lead_post", "overseer_post")
        .order_by("number")
    )
    rows = _returns({*columns, shown, *([before] if before else [])}, commitments, actor, basis)
    lines = [
        _line(strategy, commitment, rows.get(commitment.pk, {}), shown, before, actor.on) for commitment in commitments
    ]
    return Dashboard(
        strategy=strategy,
        rounds=rounds,
        shown=shown,
        before=before,
        columns=columns,
        lines=lines,
        basis=basis,
        late=_late(lines, actor),
    )


def _returns(
    rounds: set[ReportingRound], commitments: list[Commitment], actor: Actor, basis: str
) -> dict[int, dict[int, ProgressReturn]]:
    """The returns of the rounds by commitment and round, each with its parents at hand."""
    returns = ProgressReturn.objects.filter(round__in=rounds)
    if may_see_submitted(actor):
        returns = returns.with_waiting()
    by_pk = {row.pk: row for row in rounds}
    parents = {commitment.pk: commitment for commitment in commitments}
    found: dict[int, dict[int, ProgressReturn]] = {}
    for row in with_reach(with_versions(returns, basis), actor):
        row.round, row.commitment = by_pk[row.round_id], parents[row.commitment_id]
        found.setdefault(row.commitment_id, {})[row.round_id] = row
    return found


def _line(
    strategy: Strategy,
    commitment: Commitment,
    rows: dict[int, ProgressReturn],
    shown: ReportingRound,
    before: ReportingRound | None,
    on: dt.date,
) -> Line:
    commitment.strategy = commitment.programme.strategy = strategy
    standings = {
        pk: standing(row, row.shown_versions[0] if row.shown_versions else None, on) for pk, row in rows.items()
    }
    now = standings.get(shown.pk)
    then = standings.get(before.pk) if before else None
    moved = movement(then and then.kind, now and now.kind) if before else None
    measures = _measures(commitment, rows.get(shown.pk), shown)
    return Line(commitment, rows, standings, rows.get(shown.pk), then, now, moved, measures)


def _measures(commitment: Commitment, row: ProgressReturn | None, shown: ReportingRound) -> Verdict | None:
    """What was frozen with the signed return, else what the figures known now say at the end of the round's period."""
    version = row.shown_versions[0] if row and row.shown_versions else None
    if version is not None and version.signed_off_at is not None:
        return Verdict(version.measures_said) if version.measures_said else None
    return commitment_status(commitment, books_on(commitment), shown.period_ends).verdict


def _late(lines: list[Line], actor: Actor) -> list[Late]:
    """Overdue and missing returns for those who run or check the rounds; other readers see the missing ones only."""
    tells = may_see_submitted(actor)
    late = [
        line
        for line in lines
        if line.row and (is_missing(line.row, actor.on) or (tells and is_overdue(line.row, actor.on)))
    ]
    holders = waiting.holders_for([line.row for line in late], actor.on) if tells and late else {}
    return [
        Late(
            line,
            line.row,
            is_missing(line.row, actor.on),
            waiting.of_return(line.row, holders, actor.on) if tells else None,
        )
        for line in late
    ]
