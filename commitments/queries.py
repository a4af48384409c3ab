"""Reads that pages, exports and other apps share. Each says how many queries it costs."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from commitments import rules
from commitments.choices import Characteristic, DutyAim
from commitments.models import (
    Commitment,
    CommitmentMeasure,
    Dimension,
    Measure,
    Programme,
    Strand,
    Strategy,
    StrategyAct,
    Target,
)
from kit.verdict import Verdict
from people.actor import Actor
from people.models import Tenure
from people.queries import holders_on


@dataclass(frozen=True)
class CommitmentLine:
    """A commitment with who holds its posts on the day; None when a post is vacant."""

    commitment: Commitment
    lead_holder: Tenure | None
    overseer_holder: Tenure | None


@dataclass
class Group:
    """The commitments of one strand, or those of a programme that stand in none (strand is None)."""

    strand: Strand | None
    lines: list[CommitmentLine] = field(default_factory=list)


@dataclass
class ProgrammePart:
    """A programme with its commitments: those in no strand first, then strand by strand."""

    programme: Programme
    groups: list[Group]

    @property
    def lines(self) -> list[CommitmentLine]:
        return sorted((line for group in self.groups for line in group.lines), key=lambda line: line.commitment.number)


@dataclass(frozen=True)
class StrategyPage:
    strategy: Strategy
    parts: list[ProgrammePart]
    acts: list[StrategyAct]
    successors: list[Strategy]

    @property
    def lines(self) -> list[CommitmentLine]:
        """All commitments, by number."""
        return sorted((line for part in self.parts for line in part.lines), key=lambda line: line.commitment.number)


@dataclass(frozen=True)
class MeasureDetail:
    """A measure of a commitment, its targets in their order."""

    link: CommitmentMeasure
    measure: Measure
    targets: list[Target]


@dataclass(frozen=True)
class CommitmentDetail:
    """Everything that the plan says of a commitment, and whether the actor may edit it."""

    commitment: Commitment
    lead_holder: Tenure | None
    overseer_holder: Tenure | None
    measures: list[MeasureDetail]
    may_edit: Verdict
    may_remove: Verdict

    @property
    def strategy(self) -> Strategy:
        return self.commitment.strategy

    @property
    def characteristics(self) -> list[str]:
        """The protected characteristics by name."""
        return [Characteristic(value).label for value in self.commitment.characteristics]

    @property
    def duty_aims(self) -> list[str]:
        """The aims of the equality duty by name."""
        return [DutyAim(value).label for value in self.commitment.duty_aims]


def strategies(actor: Actor) -> list[Strategy]:
    """The strategies the actor sees, newest first, with programme_count and commitment_count. One query."""
    return list(Strategy.objects.visible_to(actor).with_counts().select_related("predecessor"))


def strategy_page(actor: Actor, slug: str, on: dt.date, among: QuerySet[Commitment] | None = None) -> StrategyPage:
    """A strategy with everything in it. Seven queries. Raises Http404 when the actor does not see it.

    `among` are the commitments to find its own in, with whatever the caller wants them to bring along.
    """
    seen = Strategy.objects.visible_to(actor)
    strategy = get_object_or_404(seen.select_related("predecessor"), slug=slug)
    return StrategyPage(
        strategy=strategy,
        parts=_parts(strategy, list(strategy.programmes.all()), on, among),
        acts=list(strategy.acts.all()),
        successors=list(seen.filter(predecessor=strategy)),
    )


def programme_part(
    actor: Actor, slug: str, number: int, on: dt.date, among: QuerySet[Commitment] | None = None
) -> ProgrammePart:
    """One programme with its commitments. Four queries. Raises Http404 when the actor does not see it.

    `among` as for strategy_page.
    """
    seen = Strategy.objects.visible_to(actor)
    programme = get_object_or_404(
        Programme.objects.select_related("strategy").filter(strategy__in=seen), strategy__slug=slug, number=number
    )
    return _parts(programme.strategy, [programme], on, among)[0]


def _parts(
    strategy: Strategy, programmes: list[Programme], on: dt.date, among: QuerySet[Commitment] | None
) -> list[ProgrammePart]:
    """Three queries: strands, commitments, holders."""
    parts = {programme.pk: ProgrammePart(programme, [Group(None)]) for programme in programmes}
    groups = {(programme.pk, None): parts[programme.pk].groups[0] for programme in programmes}
    for strand in Strand.objects.filter(programme__in=parts):
        groups[strand.programme_id, strand.pk] = Group(strand)
        parts[strand.programme_id].groups.append(groups[strand.programme_id, strand.pk])
    found = (Commitment.objects.all() if among is None else among).filter(programme__in=parts)
    commitments = list(found.select_related("lead_post", "overseer_post", "strand"))
    holders = holders_on(_post_ids(commitments), on)
    for programme in programmes:
        programme.strategy = strategy
    for commitment in commitments:
        commitment.strategy = strategy
        commitment.programme = parts[commitment.programme_id].programme
        groups[commitment.programme_id, commitment.strand_id].lines.append(_line(commitment, holders))
    return list(parts.values())


def _line(commitment: Commitment, holders: dict[int, Tenure]) -> CommitmentLine:
    return CommitmentLine(commitment, holders.get(commitment.lead_post_id), holders.get(commitment.overseer_post_id))


def _post_ids(commitments: list[Commitment]) -> set[int]:
    return {post for each in commitments for post in (each.lead_post_id, each.overseer_post_id)}


def commitment_detail(
    actor: Actor, slug: str, number: int, on: dt.date, among: QuerySet[Commitment] | None = None
) -> CommitmentDetail:
    """Everything that the plan says of one commitment. Four queries, whatever it holds.

    `among` are the commitments to find it in, with whatever the caller wants them to bring along.

    Raises Http404 when the actor does not see it.
    """
    targets = Prefetch("measure__targets", Target.objects.order_by("order", "id"))
    try:
        commitment = (
            (Commitment.objects.all() if among is None else among)
            .visible_to(actor)
            .select_related("strategy", "programme", "strand", "lead_post", "overseer_post")
            .get(strategy__slug=slug, number=number)
        )
    except Commitment.DoesNotExist:
        raise Http404 from None
    holders = holders_on(_post_ids([commitment]), on)
    links = commitment.commitment_measures.select_related("measure").prefetch_related(targets)
    return CommitmentDetail(
        commitment=commitment,
        lead_holder=holders.get(commitment.lead_post_id),
        overseer_holder=holders.get(commitment.overseer_post_id),
        measures=[MeasureDetail(link, link.measure, list(link.measure.targets.all())) for link in links],
        may_edit=rules.may_edit(actor, commitment.strategy),
        may_remove=rules.may_remove(actor, commitment.strategy),
    )


def strategies_of(measure: Measure) -> list[Strategy]:
    """The strategies that a measure supports. One query."""
    return list(Strategy.objects.filter(commitments__commitment_measures__measure=measure).distinct())


def strategies_by(dimensions: Iterable[Dimension]) -> list[Strategy]:
    """The strategies with a measure that is broken down by one of the dimensions. One query."""
    measured = Strategy.objects.filter(commitments__measures__dimension__in=[each.pk for each in dimensions])
    return list(measured.distinct())
