"""What waits for somebody: the home page reads this and nothing else."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from commitments.models import Strategy
from commitments.targets import Verdict as Said
from kit.verdict import Verdict
from monitoring import rules
from monitoring.choices import ReturnState, RoundState
from monitoring.models import ProgressReturn, ReportingRound, ReturnAct, ReturnVersion
from monitoring.queries.conflicts import Conflict
from monitoring.queries.measures import Gap, differs, newest_gaps
from monitoring.queries.ratings import measures_say
from monitoring.queries.rounds import Line, for_lists, lines, with_counts
from monitoring.queries.waiting import Wait
from people.actor import Actor

SOON = dt.timedelta(days=14)
LATELY = 5
LATEST = 5


@dataclass(frozen=True)
class Writing:
    """A return to write. `verdict` says whether it can be written today; `asked_by` who asked for changes."""

    line: Line
    verdict: Verdict
    asked_by: str


@dataclass(frozen=True)
class Reviewing:
    """A return to sign off. `verdict` refuses when it is the reader's own; `measures` is what the figures say."""

    line: Line
    verdict: Verdict
    measures: Said | None

    @property
    def optimism(self) -> int:
        """How many steps the lead is rosier than the measures."""
        return differs(self.line.rating, self.measures)


@dataclass
class Pile:
    """What one post has: how many to write and to sign off, and since when the longest waits."""

    wait: Wait
    to_write: int = 0
    to_sign_off: int = 0
    days: int = 0


@dataclass(frozen=True)
class RoundWatch:
    """A round that returns wait in, with its counts, its piles (the longest wait first) and what blocks it."""

    round: ReportingRound
    piles: list[Pile]
    lines: list[Line]
    conflicts: list[Conflict]


@dataclass
class Inbox:
    """The blocks of the home page. An empty one is not drawn."""

    to_write: list[Writing] = field(default_factory=list)
    to_sign_off: list[Reviewing] = field(default_factory=list)
    watched: list[RoundWatch] = field(default_factory=list)
    to_open: list[ReportingRound] = field(default_factory=list)
    to_close: list[ReportingRound] = field(default_factory=list)
    filed: list[ReturnVersion] = field(default_factory=list)
    latest: list[ReturnVersion] = field(default_factory=list)
    rosier: list[Gap] = field(default_factory=list)
    strategies: list[Strategy] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits for the reader."""
        return not (self.to_write or self.to_sign_off or self.watched or self.to_open or self.to_close)

    @property
    def judged(self) -> Strategy | None:
        """A strategy whose ratings or measures are shown here, one with a notice before others."""
        rows = [each.line.row for each in self.to_sign_off] + [version.progress_return for version in self.latest]
        found = [gap.commitment.strategy for gap in self.rosier] + [row.commitment.strategy for row in rows]
        return next((each for each in found if each.notice), found[0] if found else None)


def of(actor: Actor) -> Inbox:
    """What waits for the actor; when nothing does, what there is to read. Ten queries at most."""
    inbox = Inbox(filed=_filed(actor), rosier=_rosier(actor))
    runs = bool(rules.may_run_rounds(actor))
    posts = actor.speaks_for
    if posts or runs:
        found = lines(for_lists(_waiting(actor, runs)), actor)
        waiting = [line for line in found if line.wait]
        inbox.to_write = _to_write(waiting, actor)
        inbox.to_sign_off = _to_sign_off(waiting, actor)
        if runs:
            _watch(inbox, waiting, actor)
    if inbox.is_empty:
        inbox.latest = _latest(actor)
        inbox.strategies = list(Strategy.objects.visible_to(actor).in_force())
    return inbox


def _latest(actor: Actor) -> list[ReturnVersion]:
    """What was signed off last, of the returns that the actor may see."""
    signed = ReturnVersion.objects.filter(
        signed_off_at__isnull=False, progress_return__in=ProgressReturn.objects.visible_to(actor)
    ).defer("basis")
    return list(
        signed.select_related("progress_return__round", "progress_return__commitment__strategy").order_by(
            "-signed_off_at", "-pk"
        )[:LATEST]
    )


def _rosier(actor: Actor) -> list[Gap]:
    """For auditors: where the newest signed-off return is rosier than the measures."""
    return [gap for gap in newest_gaps(actor) if gap.rosier] if actor.is_auditor else []


def _waiting(actor: Actor, runs: bool):
    """Returns that may wait for somebody: of open rounds, come in once, or let in late."""
    rows = ProgressReturn.objects.visible_to(actor).exclude(state__in=[ReturnState.SIGNED_OFF, ReturnState.EXEMPT])
    if not runs:
        rows = rows.filter(
            Q(commitment__lead_post__in=actor.speaks_for) | Q(commitment__overseer_post__in=list(actor.holds))
        )
    return rows.exclude(round__state=RoundState.PLANNED).filter(
        Q(round__state=RoundState.OPEN) | Q(first_submitted_at__isnull=False) | Q(late_until__gte=actor.on)
    )


def _to_write(waiting: Iterable[Line], actor: Actor) -> list[Writing]:
    mine = [
        line for line in waiting if not line.wait.as_overseer and line.row.commitment.lead_post_id in actor.speaks_for
    ]
    asked = _asked_by([line.row for line in mine if line.row.state == ReturnState.CHANGES_REQUESTED])
    found = [Writing(line, rules.may_edit(actor, line.row), asked.get(line.row.pk, "")) for line in mine]
    return sorted(found, key=lambda each: (until(each.line), each.line.row.commitment.number))


def until(line: Line) -> dt.date:
    """The day by which a return has to be in."""
    row = line.row
    return row.late_until if row.missed and row.late_until else row.round.due_on


def _asked_by(rows: list[ProgressReturn]) -> dict[int, str]:
    """Who asked for changes last, by the return's key. One query, none when nobody did."""
    if not rows:
        return {}
    acts = ReturnAct.objects.filter(progress_return__in=rows, verb="changes_requested")
    newest = acts.order_by("progress_return", "-id").distinct("progress_return")
    return dict(newest.values_list("progress_return", "by_name"))


def _to_sign_off(waiting: Iterable[Line], actor: Actor) -> list[Reviewing]:
    """Where the lead is rosier than the measures comes first, then what waits longest."""
    if actor.is_auditor:
        return []
    mine = [line for line in waiting if line.wait.as_overseer and line.row.commitment.overseer_post_id in actor.holds]
    said = measures_say([line.row for line in mine])
    found = [
        Reviewing(line, rules.may_review(actor, line.row, line.row.current_versions[0]), said[line.row.pk])
        for line in mine
    ]
    return sorted(
        found, key=lambda each: (-max(each.optimism, 0), -each.line.wait.days, each.line.row.commitment.number)
    )


def _watch(inbox: Inbox, waiting: list[Line], actor: Actor) -> None:
    by_round: dict[int, list[Line]] = {}
    for line in waiting:
        by_round.setdefault(line.row.round_id, []).append(line)
    wanted = Q(state__in=[RoundState.OPEN, RoundState.PLANNED]) | Q(pk__in=by_round)
    rows = ReportingRound.objects.visible_to(actor).filter(wanted).select_related("strategy")
    for round in with_counts(rows, actor.on).order_by("-period_starts", "strategy"):
        if round.state == RoundState.PLANNED:
            if round.opens_on <= actor.on + SOON:
                inbox.to_open.append(round)
            continue
        if round.state == RoundState.OPEN and actor.on > round.closes_on:
            inbox.to_close.append(round)
        found = by_round.get(round.pk, [])
        inbox.watched.append(
            RoundWatch(round, _piles(found), found, [line.conflict for line in found if line.conflict])
        )


def _piles(waiting: Iterable[Line]) -> list[Pile]:
    piles: dict[int, Pile] = {}
    for line in waiting:
        pile = piles.setdefault(line.wait.post.pk, Pile(line.wait))
        pile.to_sign_off += line.wait.as_overseer
        pile.to_write += not line.wait.as_overseer
        pile.days = max(pile.days, line.wait.days)
    return sorted(piles.values(), key=lambda pile: (-pile.days, pile.wait.post.title))


def _filed(actor: Actor) -> list[ReturnVersion]:
    if actor.user_id is None or not (actor.speaks_for or actor.person_id):
        return []
    mine = ReturnVersion.objects.filter(submitted_by=actor.user_id).defer("basis")
    return list(
        mine.select_related("progress_return__round", "progress_return__commitment__strategy").order_by(
            "-submitted_at", "-pk"
        )[:LATELY]
    )
