"""How a plan reads: next steps, doors, columns, history. Given loaded objects, asks nothing."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from commitments import rules
from commitments.choices import Lifecycle, StrategyState
from commitments.models import Commitment, Strategy, StrategyAct
from commitments.queries import CommitmentLine, ProgrammePart, StrategyPage
from kit.fields import in_words, lower_first
from kit.tables import Cell, Column, Table
from kit.verdict import Verdict
from people.actor import Actor
from people.models import Post, Tenure


@dataclass(frozen=True)
class Door:
    """A step that a strategy can take: where its page is, whether this actor may, and whether it leads onward."""

    label: str
    url: str
    verdict: Verdict
    forward: bool


def doors(actor: Actor, page: StrategyPage) -> list[Door]:
    """The steps that lead on from the strategy's state."""
    strategy = page.strategy
    steps = {
        StrategyState.DRAFT: [
            ("Approve this strategy", "approve", rules.may_approve(actor, strategy, len(page.lines)))
        ],
        StrategyState.APPROVED: [("Bring into force", "into_force", rules.may_bring_into_force(actor, strategy))],
        StrategyState.IN_FORCE: [
            ("Say that it is superseded", "supersede", rules.may_supersede(actor, strategy, page.successors)),
            ("Close this strategy", "close", rules.may_close(actor, strategy)),
        ],
    }.get(strategy.state, [])
    return [
        Door(
            label,
            reverse(f"commitments:strategy_{name}", args=[strategy.slug]),
            verdict,
            forward=strategy.state != StrategyState.IN_FORCE,
        )
        for label, name, verdict in steps
    ]


def next_step(page: StrategyPage) -> str:
    """What has to happen to the strategy next, in a sentence."""
    strategy = page.strategy
    in_force = next((each for each in page.successors if each.state == StrategyState.IN_FORCE), None)
    if strategy.state == StrategyState.DRAFT:
        if not page.lines:
            return f"Add at least one {lower_first(strategy.commitment_label)}, then have it approved"
        return "To be approved"
    if strategy.state == StrategyState.APPROVED:
        return f"To be brought into force on {in_words(strategy.starts)}"
    if strategy.state == StrategyState.IN_FORCE:
        if in_force:
            return f"{in_force} is in force too. Say that it supersedes this one, or close this one"
        return f"To be closed, or superseded by another, when it ends on {in_words(strategy.ends)}"
    if strategy.state == StrategyState.SUPERSEDED and in_force:
        return f"None. {in_force} took its place"
    return "None. Nothing in it can be changed any more"


def days(strategy: Strategy) -> str:
    """ "1 April 2021 to 31 March 2025"."""
    return f"{in_words(strategy.starts)} to {in_words(strategy.ends)}"


def history(acts: Sequence[StrategyAct]) -> list[dict]:
    """The strategy's steps, for a timeline, newest first."""
    return [
        {
            "title": act.verb.capitalize(),
            "who": f"{act.by_name} ({act.post_title})" if act.post_title else act.by_name,
            "when": act.at,
            "text": act.reason,
            "url": "",
        }
        for act in acts
    ]


def strategies_table(request: HttpRequest, strategies: Sequence[Strategy]) -> Table:
    """The list of strategies."""
    columns = [
        Column("title", "Strategy", lambda s: Cell(s.title, url=s.get_absolute_url()), lambda s: s.title.casefold()),
        Column(
            "state",
            "State",
            lambda s: Cell(s.get_state_display(), kind="state", value=s.state),
            lambda s: StrategyState.values.index(s.state),
        ),
        _date_column("starts", "First day", lambda s: s.starts),
        _date_column("ends", "Last day", lambda s: s.ends),
        _count_column("programmes", "Main parts", "programme_count"),
        _count_column("commitments", "Commitments", "commitment_count"),
    ]
    return Table(
        request,
        caption="Strategies",
        columns=columns,
        rows=strategies,
        name="strategies",
        sort="-starts",
        empty_text="There is no strategy to read yet. The strategy team adds one, or imports a plan workbook.",
    )


def commitments_table(
    request: HttpRequest,
    strategy: Strategy,
    lines: Sequence[CommitmentLine],
    *,
    caption: str,
    name: str,
    more: Sequence[Column] = (),
) -> Table:
    """Commitments with their posts and who holds them today, and whatever columns the caller has more."""

    def of(line: CommitmentLine) -> Commitment:
        return line.commitment

    def strand(line: CommitmentLine) -> str:
        return line.commitment.strand.title if line.commitment.strand else ""

    columns = [
        Column(
            "number",
            strategy.commitment_label,
            lambda line: Cell(str(of(line)), url=of(line).get_absolute_url()),
            lambda line: of(line).number,
        ),
        Column("strand", strategy.strand_label, lambda line: Cell(strand(line)), lambda line: strand(line).casefold()),
        Column(
            "lead",
            "Lead",
            lambda line: post_cell(of(line).lead_post, line.lead_holder),
            lambda line: of(line).lead_post.title.casefold(),
            plain=lambda line: plain_post(of(line).lead_post, line.lead_holder),
        ),
        Column(
            "overseer",
            "Overseer",
            lambda line: post_cell(of(line).overseer_post, line.overseer_holder),
            lambda line: of(line).overseer_post.title.casefold(),
            plain=lambda line: plain_post(of(line).overseer_post, line.overseer_holder),
        ),
        Column(
            "lifecycle",
            "Where it is",
            lambda line: Cell(of(line).get_lifecycle_display()),
            lambda line: Lifecycle.values.index(of(line).lifecycle),
        ),
        _date_column("due", "Promised by", lambda line: of(line).due_on),
        *more,
    ]
    return Table(
        request,
        caption=caption,
        columns=columns,
        rows=lines,
        name=name,
        sort="number",
        empty_text=f"There is no {lower_first(strategy.commitment_label)} here yet.",
    )


def in_order(parts: Sequence[ProgrammePart], table: Table) -> None:
    """Put the commitments of every group in the order that the table is sorted by."""
    places = {line.commitment.pk: place for place, line in enumerate(table.records)}
    for part in parts:
        for group in part.groups:
            group.lines.sort(key=lambda line: places[line.commitment.pk])


def post_cell(post: Post, holder: Tenure | None) -> Cell:
    """A post and its holder today; a vacant one says so."""
    if holder is None:
        return Cell(post.title, kind="vacant")
    return Cell(post.title, url=post.get_absolute_url(), note=holder.person.name)


def plain_post(post: Post, holder: Tenure | None) -> str:
    """The same for a file."""
    return f"{post.title} ({holder.person.name if holder else 'Vacant'})"


def crumbs(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page about plans."""
    return [("Plans", reverse("commitments:strategies")), *last]


def strategy_crumbs(strategy: Strategy, *last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page inside a strategy."""
    return crumbs((strategy.title, strategy.get_absolute_url()), *last)


def commitment_crumbs(commitment: Commitment) -> list[tuple[str, str]]:
    """The way to a page about one commitment."""
    label = f"{commitment.strategy.commitment_label} {commitment.number}"
    return strategy_crumbs(commitment.strategy, (label, commitment.get_absolute_url()))


def _count_column(key: str, heading: str, name: str) -> Column:
    def count(strategy: Strategy) -> int:
        return getattr(strategy, name)

    return Column(
        key, heading, lambda s: Cell(str(count(s)), kind="number", value=count(s)), count, numeric=True, plain=count
    )


def _date_column(key: str, heading: str, day: Callable[[Any], dt.date | None]) -> Column:
    def cell(row: Any) -> Cell:
        return Cell(in_words(day(row)), kind="date", value=day(row)) if day(row) else Cell("")

    return Column(key, heading, cell, day, plain=lambda row: day(row).isoformat() if day(row) else "")
