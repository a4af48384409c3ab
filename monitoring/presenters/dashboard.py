"""The dashboard in words: groups of movement, and counts."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from commitments.models import Strategy
from kit.tables import Cell, Column, Table, counted
from monitoring.choices import Rating
from monitoring.models import ReportingRound
from monitoring.presenters.matrix import named
from monitoring.presenters.standings import notes, sentence, word
from monitoring.queries.dashboard import KINDS, Dashboard, Line
from monitoring.queries.history import SUBMITTED, Standing
from monitoring.rules import say

HEADINGS = {
    "improved": ("Improved", ""),
    "worsened": ("Worsened", ""),
    "completed": ("Completed", ""),
    "changed": ("Lifecycle changed", "Started, paused, stopped or taken up again."),
    "new": ("New", "Says where it is this time, and did not last time."),
    "missing": ("Missing", "Not submitted when the round closed."),
    "unchanged": ("Unchanged", ""),
    "nil": ("Nil return", "The lead confirmed that there is nothing to report."),
    "exempt": ("Exempt", "No return was asked for, with a reason. It does not count as missing."),
    "awaited": ("Awaited", "Not signed off yet. It does not count as missing."),
    "gone": ("No return expected", "Complete or stopped before this round opened."),
}
ALWAYS = ("improved", "worsened", "new", "missing", "unchanged")


@dataclass(frozen=True)
class Move:
    """One commitment in a group: where it was and where it is, as keys of ratings (empty: no return)."""

    commitment: str
    url: str
    before: str
    now: str
    notes: list[str]


@dataclass(frozen=True)
class Group:
    key: str
    heading: str
    hint: str
    moves: list[Move]


def groups(board: Dashboard) -> list[Group]:
    """The groups of movement that have something in them, in order."""
    return [Group(key, *HEADINGS[key], [_move(line) for line in lines]) for key, lines in board.moved.items()]


def figures(found: list[Group]) -> list[tuple[str, str, int]]:
    """Key, heading and number for the line of figures: those that matter always, the others when there are any."""
    sizes = {group.key: len(group.moves) for group in found}
    return [(key, HEADINGS[key][0], sizes.get(key, 0)) for key in HEADINGS if key in ALWAYS or key in sizes]


def _move(line: Line) -> Move:
    return Move(
        commitment=str(line.commitment),
        url=line.commitment.get_absolute_url(),
        before=line.before.kind if line.before else "",
        now=line.now.kind if line.now else "",
        notes=notes(line.now),
    )


def said_of(round: ReportingRound) -> str:
    """A round's state: "Closed, 14 of 16 signed off"."""
    return f"{round.get_state_display()}, {round.signed} of {round.expected} signed off"


# Counts


@dataclass(frozen=True)
class Count:
    """How many commitments are where: now, the round before (None: there is none), and by the overseers' ratings."""

    kind: str
    now: int
    before: int | None
    overseers: int | None

    @property
    def change(self) -> int:
        return self.now - (self.before or 0)


def counts(board: Dashboard) -> list[Count]:
    """Green, amber and red always; the rest when either round has any."""
    now, overseers = board.counts(board.shown), board.overseers(board.shown)
    then = board.counts(board.before) if board.before else None
    return [
        Count(kind, now[kind], None if then is None else then[kind], overseers[kind] if kind in Rating.values else None)
        for kind in KINDS
        if kind in Rating.values or now[kind] or (then and then[kind])
    ]


def counts_table(request: HttpRequest, board: Dashboard) -> Table:
    """Counts with their denominators, this round against the one before."""
    total = sum(board.counts(board.shown).values())
    rated = sum(board.overseers(board.shown).values())
    columns = [
        Column("kind", "Rating", lambda row: Cell(word(row.kind), kind="rating", value=row.kind)),
        counted("now", board.shown.label, lambda row: row.now, lambda row: total),
    ]
    if board.before:
        before = sum(board.counts(board.before).values())
        columns += [
            counted("before", board.before.label, lambda row: row.before, lambda row: before),
            Column(
                "change", "Change", lambda row: _signed(row.now - row.before), lambda row: row.now - row.before, True
            ),
        ]
    heading = f"Overseers, {board.shown.label}"
    columns.append(counted("overseers", heading, lambda row: row.overseers, lambda row: rated))
    return Table(
        request,
        caption="Commitments by rating",
        columns=columns,
        rows=counts(board),
        name="counts",
        sort_param="counts-sort",
    )


def _signed(number: int) -> Cell:
    return Cell(f"+{number}" if number > 0 else f"−{-number}" if number else "0", kind="number", value=number)


# Movement as a file


def movement_table(request: HttpRequest, board: Dashboard) -> Table:
    """The movements as rows, for download."""
    columns = [
        Column("movement", "Movement", lambda line: Cell(HEADINGS[line.movement][0])),
        *named(board),
        Column("before", board.before.label if board.before else "Before", lambda line: Cell(sentence(line.before))),
        Column("now", board.shown.label, lambda line: Cell(sentence(line.now))),
        Column("overseer", "Overseer’s rating", lambda line: Cell(_overseer(line.now))),
    ]
    rows = [line for lines in board.moved.values() for line in lines]
    return Table(request, caption="Movement", columns=columns, rows=rows, name="movement", sort_param="movement-sort")


def newer(board: Dashboard) -> ReportingRound | None:
    """A newer round that already has returns signed off, to point to."""
    later = (each for each in board.rounds if each.cycle == board.shown.cycle and each.signed)
    return next((each for each in later if each.period_starts > board.shown.period_starts), None)


def basis_said(board: Dashboard) -> str:
    """What the ratings on the page are, in a sentence."""
    if board.basis == SUBMITTED:
        return "Ratings are as submitted. Those marked “Not signed off” may still change: do not quote them."
    return "Ratings are those of returns that the overseer has signed off."


def _overseer(standing: Standing | None) -> str:
    return word(standing.overseer) if standing and standing.overseer else ""


# The list of strategies


def strategies_table(request: HttpRequest, strategies: list[Strategy], rounds: list[ReportingRound]) -> Table:
    """The strategies with their newest opened round."""
    newest: dict[int, ReportingRound] = {}
    for round in rounds:
        newest.setdefault(round.strategy_id, round)

    def title(row: Strategy) -> Cell:
        return Cell(row.title, url=reverse("monitoring:dashboard", args=[row.slug]))

    def round_cell(row: Strategy) -> Cell:
        round = newest.get(row.pk)
        return Cell(round.label, note=said_of(round)) if round else Cell("No round yet")

    def fact(heading: str, of) -> Column:
        def plain(row: Strategy):
            return of(newest[row.pk]) if row.pk in newest else ""

        return Column("round", heading, round_cell, plain=plain)

    facts = (
        Column("round", "Newest round", lambda row: Cell(round_cell(row).text)),
        fact("State of the round", lambda round: round.get_state_display()),
        fact("Signed off", lambda round: round.signed),
        fact("Signed off: of", lambda round: round.expected),
    )

    columns = [
        Column("title", "Strategy", title, lambda row: row.title),
        Column("state", "State", lambda row: Cell(row.get_state_display(), kind="state", value=row.state)),
        Column("starts", "First day", lambda row: Cell(say(row.starts), kind="date"), lambda row: row.starts),
        Column("ends", "Last day", lambda row: Cell(say(row.ends), kind="date"), lambda row: row.ends),
        Column("round", "Newest round", round_cell, file=facts),
    ]
    return Table(
        request,
        caption="Strategies",
        columns=columns,
        rows=strategies,
        name="dashboards",
        sort="-starts",
        empty_text="There is no strategy that you can see yet. The strategy team adds the first one.",
    )
