"""Where a commitment stood in each round: what a return says for the record, and who may open it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.fields.json import KT

from commitments.choices import Lifecycle
from commitments.models import Commitment
from monitoring.choices import Rating, ReturnState, RoundState
from monitoring.models import ProgressReturn, ReportingRound, ReturnAct, ReturnVersion
from monitoring.querysets import SEE_ALL_RETURNS, ProgressReturnQuerySet
from monitoring.rules import is_missing
from people.actor import Actor

SIGNED, SUBMITTED = "signed", "submitted"
RANK = {Rating.RED: 0, Rating.AMBER: 1, Rating.GREEN: 2}


@dataclass(frozen=True)
class Standing:
    """Where a commitment stood in a round: a rating, a lifecycle word, nil, exempt, missing or awaited."""

    kind: str
    overseer: str = ""
    signed: bool = False
    reopened: bool = False
    was_missing: bool = False
    version: int = 0

    @property
    def is_rated(self) -> bool:
        return self.kind in RANK

    @property
    def gap(self) -> int:
        """How many steps the lead is rosier than the overseer; below zero when the overseer is."""
        if not self.is_rated or not self.overseer:
            return 0
        return RANK[self.kind] - RANK[self.overseer]


def may_see_submitted(actor: Actor) -> bool:
    """Those who run or check the rounds may also look at ratings that are not signed off yet."""
    return actor.has(*SEE_ALL_RETURNS)


def with_versions(returns: ProgressReturnQuerySet, basis: str = SIGNED) -> ProgressReturnQuerySet:
    """Adds `shown_versions`, newest first: the signed ones and, on the other basis, the one with the overseer now.

    Each has `measures_said`: the verdict of the commitment's measures as it was frozen at its signing.

    A version that was sent back may have been rewritten since, so it no longer counts as submitted.
    """
    wanted = Q(signed_off_at__isnull=False)
    if basis == SUBMITTED:
        wanted |= Q(progress_return__state=ReturnState.SUBMITTED, number=F("progress_return__version_number"))
    versions = ReturnVersion.objects.filter(wanted).defer("basis").annotate(measures_said=KT("basis__status__verdict"))
    versions = versions.order_by("progress_return", "-number")
    return returns.prefetch_related(Prefetch("versions", queryset=versions, to_attr="shown_versions"))


def standing(row: ProgressReturn, version: ReturnVersion | None, on: dt.date) -> Standing:
    """What a return says on a day. `version` is the newest that counts; a reopened return keeps its last signed one."""
    if row.state == ReturnState.EXEMPT:
        return Standing("exempt")
    if version is None:
        return Standing("missing" if is_missing(row, on) else "awaited")
    signed = version.signed_off_at is not None
    return Standing(
        kind=_kind(version),
        overseer=version.overseer_rating,
        signed=signed,
        reopened=row.state != ReturnState.SIGNED_OFF and (signed or version.number > 1),
        was_missing=row.missed,
        version=version.number,
    )


def _kind(version: ReturnVersion) -> str:
    if version.is_nil:
        return "nil"
    return version.rating if version.lifecycle == Lifecycle.IN_PROGRESS else version.lifecycle


def with_reach(returns: ProgressReturnQuerySet, actor: Actor) -> ProgressReturnQuerySet:
    """Adds `is_readable`: whether the actor may open the return. The facts that it is missing or awaited are public."""
    return returns.annotate(is_readable=Exists(ProgressReturn.objects.visible_to(actor).filter(pk=OuterRef("pk"))))


@dataclass(frozen=True)
class Entry:
    """One round of a commitment, with the versions that were signed off, newest first; `row` says `is_readable`."""

    round: ReportingRound
    row: ProgressReturn
    standing: Standing
    versions: tuple[ReturnVersion, ...]

    @property
    def version(self) -> ReturnVersion | None:
        return self.versions[0] if self.versions else None


def of_commitment(commitment: Commitment, actor: Actor) -> list[Entry]:
    """The commitment's returns in opened rounds, newest first. Two queries."""
    returns = (
        ProgressReturn.objects.filter(commitment=commitment)
        .exclude(round__state=RoundState.PLANNED)
        .select_related("round")
        .order_by("-round__period_ends", "-round_id")
    )
    entries = []
    for row in with_reach(with_versions(returns), actor):
        row.commitment = commitment
        versions = tuple(row.shown_versions)
        now = standing(row, versions[0] if versions else None, actor.on)
        entries.append(Entry(row.round, row, now, versions))
    return entries


def submitted_version(progress_return: ProgressReturn, act: ReturnAct) -> ReturnVersion | None:
    """A version as it was when an act submitted it, from the ledger; not to be saved. Two queries.

    Of the entries that carry the moment of submitting, the first is the submitting itself: a later draft carries it on.
    """
    version = progress_return.versions.filter(number=act.version_number).first()
    entry = version and version.ledger.filter(submitted_at=act.at).order_by("pgh_id").first()
    if entry is None:
        return None
    names = [field.attname for field in ReturnVersion._meta.concrete_fields]
    found = ReturnVersion(**{name: getattr(entry, name) for name in names})
    found.progress_return = progress_return
    return found


def next_round(commitment: Commitment, on: dt.date) -> ReportingRound | None:
    """The round that is planned next for the commitment's strategy, if one is."""
    rounds = ReportingRound.objects.filter(strategy=commitment.strategy_id, state=RoundState.PLANNED)
    return rounds.filter(opens_on__gte=on).order_by("opens_on").first()
