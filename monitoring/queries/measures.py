"""What the measures say: figures made ready to be judged, and the statuses that come out of them.

Nothing computed is stored, except in a return when it is signed off (services.basis).
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import F, Prefetch, QuerySet
from django.db.models.fields.json import KT

from commitments.choices import StatusRule, StrategyState
from commitments.facts import facts_of_measure, facts_of_target, problem_of
from commitments.models import Commitment, CommitmentMeasure, Group, Measure, MeasureVersion, Target
from commitments.targets import MeasureFacts, Outcome, Point, Series, Verdict, evaluate
from commitments.targets.status import most_reach
from commitments.targets.verdicts import worst
from monitoring.choices import Rating
from monitoring.models import Observation, ReportingRound, ReturnVersion
from people.actor import Actor

# How a lead's rating and a computed verdict compare: the same step is agreement.
STEP_OF_RATING = {Rating.GREEN: 2, Rating.AMBER: 1, Rating.RED: 0}
STEP_OF_VERDICT = {Verdict.MET: 2, Verdict.ON_TRACK: 2, Verdict.SLIPPING: 1, Verdict.OFF_TRACK: 0}


@dataclass(frozen=True)
class Judged:
    """A target and what came of it: an outcome, or why no machine reads it (`problem`, empty when it has no kind)."""

    target: Target
    outcome: Outcome | None
    problem: str = ""

    @property
    def verdict(self) -> Verdict | None:
        return self.outcome.verdict if self.outcome else None


@dataclass
class Book:
    """A measure with its definitions, targets and newest figures, loaded; judging costs no query."""

    measure: Measure
    observations: list[Observation]

    @cached_property
    def facts(self) -> MeasureFacts:
        return facts_of_measure(self.measure)

    @cached_property
    def series(self) -> Series:
        """Its figures, indexed once. What was withdrawn, and nothing out of nothing, is no point."""
        return Series(self.facts, [point_of(row) for row in self.observations if row.value is not None])

    @property
    def targets(self) -> list[Target]:
        return list(self.measure.targets.all())

    def judged(self, on: dt.date, hidden: frozenset[str] = frozenset()) -> list[Judged]:
        """Each target on a day, in their order."""
        return [self._judged(target, on, hidden) for target in self.targets]

    def _judged(self, target: Target, on: dt.date, hidden: frozenset[str]) -> Judged:
        target.measure = self.measure
        if not target.kind or (problem := problem_of(target)):
            return Judged(target, None, problem if target.kind else "")
        try:
            return Judged(target, evaluate(facts_of_target(target), self.facts, self.series, on, hidden))
        except ValueError as error:
            return Judged(target, None, str(error))


@dataclass(frozen=True)
class Status:
    """What the targets of a measure, commitment or programme say together; no verdict where none is computed."""

    verdict: Verdict | None
    counts: Mapping[Verdict, int] = field(default_factory=dict)
    unread: int = 0  # targets that no machine reads

    @property
    def read(self) -> int:
        """How many targets were judged."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Gap:
    """A signed-off return whose lead's rating differs from what the measures said, as known when it was signed."""

    version: ReturnVersion
    rating: str
    verdict: Verdict
    overseer_rating: str

    @property
    def commitment(self) -> Commitment:
        return self.version.progress_return.commitment

    @property
    def rosier(self) -> bool:
        """The lead's rating is better than what the measures said."""
        return STEP_OF_RATING[self.rating] > STEP_OF_VERDICT[self.verdict]


def load(measures: Collection[int], *, known: dt.datetime | None = None) -> dict[int, Book]:
    """Books by measure, with figures as they are now, or as they were known at a moment. Five queries."""
    rows = (
        Measure.objects.filter(pk__in=measures)
        .select_related("dimension", "owner_post")
        .prefetch_related(
            Prefetch("versions", MeasureVersion.objects.order_by("number")),
            Prefetch("targets", Target.objects.order_by("order", "id")),
            Prefetch("dimension__groups", Group.objects.order_by("order", "id")),
        )
    )
    books = {measure.pk: Book(measure, []) for measure in rows}
    figures = Observation.objects.filter(measure__in=measures)
    figures = figures.current() if known is None else figures.as_known_on(known)
    for row in figures.select_related("group").order_by("period_ends", "period_starts", "group__order", "id"):
        books[row.measure_id].observations.append(row)
    return books


def point_of(observation: Observation) -> Point:
    """A figure as it is judged. The group must be loaded."""
    return Point(
        starts=observation.period_starts,
        ends=observation.period_ends,
        value=observation.value,
        group=observation.group.code if observation.group_id else "",
        numerator=observation.numerator,
        denominator=observation.denominator,
        status=observation.status,
    )


def books_of(commitments: Collection[int], *, known: dt.datetime | None = None) -> dict[int, list[Book]]:
    """The books of each commitment's measures, in their order. Six queries."""
    links = list(
        CommitmentMeasure.objects.filter(commitment__in=commitments)
        .order_by("commitment", "order", "id")
        .values_list("commitment", "measure")
    )
    books = load({measure for _, measure in links}, known=known)
    found: dict[int, list[Book]] = {pk: [] for pk in commitments}
    for commitment, measure in links:
        found[commitment].append(books[measure])
    return found


# Statuses


def status_of(judged: Iterable[Judged], rule: str = StatusRule.WORST_OF) -> Status:
    """Targets together, by a commitment's rule. What is not yet due counts only when nothing else does."""
    found = list(judged)
    verdicts = [each.verdict for each in found if each.verdict is not None]
    return Status(_together(verdicts, rule), dict(Counter(verdicts)), len(found) - len(verdicts))


def statuses(commitments: Sequence[Commitment], on: dt.date, *, known: dt.datetime | None = None) -> dict[int, Status]:
    """What the measures of each commitment say on a day, by its own rule. Six queries."""
    books = books_of([commitment.pk for commitment in commitments], known=known)
    return {commitment.pk: commitment_status(commitment, books[commitment.pk], on) for commitment in commitments}


def commitment_status(commitment: Commitment, books: Iterable[Book], on: dt.date) -> Status:
    """The same for one commitment whose books are loaded. No query."""
    return status_of((judged for book in books for judged in book.judged(on)), commitment.status_rule)


def programme_status(of_commitments: Iterable[Status]) -> Status:
    """Commitments together: the worst of them, and how many have which verdict. No query."""
    found = list(of_commitments)
    verdicts = [status.verdict for status in found if status.verdict is not None]
    return Status(worst(verdicts) if verdicts else None, dict(Counter(verdicts)), len(found) - len(verdicts))


def _together(verdicts: Sequence[Verdict], rule: str) -> Verdict | None:
    if rule == StatusRule.NONE or not verdicts:
        return None
    if rule == StatusRule.MAJORITY:
        return most_reach(verdicts)
    return worst(verdicts)


# Where the words and the numbers disagree


def differs(rating: str, verdict: Verdict | str | None) -> int:
    """How many steps a rating is rosier than a verdict (negative: gloomier). 0 also where either says nothing."""
    step = STEP_OF_VERDICT.get(Verdict(verdict)) if verdict else None
    return 0 if step is None or rating not in STEP_OF_RATING else STEP_OF_RATING[rating] - step


def gaps(actor: Actor, rounds: Iterable[ReportingRound]) -> list[Gap]:
    """Signed-off returns of some rounds whose rating is not what the measures said at their signing. One query.

    The rosiest come first. What the measures said is what the return froze, so late figures change nothing here.
    """
    return _gaps_in(_signed(actor).filter(progress_return__round__in=[round.pk for round in rounds]))


def newest_gaps(actor: Actor) -> list[Gap]:
    """The same of the newest signed-off return of each commitment whose strategy is in force. One query."""
    versions = _signed(actor).filter(progress_return__commitment__strategy__state=StrategyState.IN_FORCE)
    newest = versions.order_by("progress_return__commitment_id", "-progress_return__round__period_ends", "-pk")
    return _gaps_in(newest.distinct("progress_return__commitment_id"))


def _signed(actor: Actor) -> QuerySet[ReturnVersion]:
    """The version of each signed-off return in reach, without all that it rested on."""
    return (
        ReturnVersion.objects.filter(
            progress_return__commitment__in=Commitment.objects.visible_to(actor),
            progress_return__state="signed_off",
            number=F("progress_return__version_number"),
        )
        .defer("basis")
        .annotate(measures_said=KT("basis__status__verdict"))
        .select_related(
            "progress_return__round",
            "progress_return__commitment__strategy",
            "progress_return__commitment__lead_post",
            "progress_return__commitment__overseer_post",
        )
    )


def _gaps_in(versions: Iterable[ReturnVersion]) -> list[Gap]:
    found = [
        Gap(version, version.rating, Verdict(version.measures_said), version.overseer_rating)
        for version in versions
        if differs(version.rating, version.measures_said)
    ]
    return sorted(found, key=lambda gap: (-differs(gap.rating, gap.verdict), gap.commitment.number))
