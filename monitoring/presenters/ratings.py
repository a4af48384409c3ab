"""The three ratings in words, and where the lead is rosier than the measures."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from commitments.targets import Verdict
from commitments.targets.status import of_programme
from kit.tables import Cell, Column, Table
from monitoring.presenters.days import listed, many
from monitoring.presenters.standings import order, word
from monitoring.queries.dashboard import Dashboard, Line
from monitoring.queries.measures import differs
from monitoring.queries.ratings import Ratings, TargetSaid
from monitoring.rules import say


def warning(ratings: Ratings) -> str:
    """Said first where the lead is rosier than the measures; else nothing."""
    if not ratings.rosier:
        return ""
    names = listed([f"{each.measure} ({each.wording.rstrip('.')})" for each in ratings.against])
    said = f"The lead says {word(ratings.lead).lower()}. The measures say {word(ratings.verdict).lower()}"
    return f"{said}: {names}." if names else f"{said}."


def source(ratings: Ratings) -> str:
    """From when the measures' word is."""
    if ratings.frozen:
        return "As they stood when the return was signed off"
    return f"At {say(ratings.on)}, by the figures known today"


def count(targets: Iterable[TargetSaid]) -> str:
    """How many targets there are and how many were judged: "2 targets, 1 of them read by no machine"."""
    found = list(targets)
    unread = sum(each.verdict is None for each in found)
    return many(len(found), "target") + (f", {unread} of them read by no machine" if unread else "")


# The dashboard


@dataclass(frozen=True)
class Tally:
    """Who, with how often they were rosier than the measures, round by round, and what the measures say now."""

    name: str
    url: str
    rounds: dict[int, tuple[int, int]]
    says: str


def optimism_table(request: HttpRequest, board: Dashboard) -> Table:
    """Where the lead's rating in the round shown is not what the measures say, the rosiest first."""
    columns = [
        Column(
            "commitment",
            "Commitment",
            lambda line: Cell(str(line.commitment), url=line.commitment.get_absolute_url()),
            lambda line: line.commitment.number,
        ),
        Column("lead", "Lead says", lambda line: _tag(line.now.kind), lambda line: order(line.now)),
        Column("measures", "Measures say", lambda line: _tag(line.measures), lambda line: line.measures),
        Column("overseer", "Overseer says", lambda line: _tag(line.now.overseer)),
        Column("gap", "The lead is", lambda line: Cell(_gap(line)), lambda line: -line.optimism),
        Column(
            "post",
            "Lead",
            lambda line: Cell(line.commitment.lead_post.title),
            lambda line: line.commitment.lead_post.title,
        ),
    ]
    return Table(
        request,
        caption="Optimism gap",
        columns=columns,
        rows=[line for line in board.lines if line.optimism],
        name="optimism-gap",
        sort="gap",
        sort_param="optimism-sort",
        empty_text=f"In {board.shown.label} no lead’s rating differs from what the measures say.",
    )


def by_lead_table(request: HttpRequest, board: Dashboard) -> Table:
    """How often each lead was rosier than the measures, over the rounds."""
    return _over_time(
        request,
        board,
        "Lead",
        lambda line: (line.commitment.lead_post.title, line.commitment.lead_post.get_absolute_url()),
    )


def by_programme_table(request: HttpRequest, board: Dashboard) -> Table:
    """The same by programme, with what the measures of its commitments say now."""
    label = board.strategy.programme_label
    return _over_time(
        request,
        board,
        label,
        lambda line: (str(line.commitment.programme), line.commitment.programme.get_absolute_url()),
    )


def _over_time(request: HttpRequest, board: Dashboard, who: str, of: Callable[[Line], tuple[str, str]]) -> Table:
    grouped: dict[tuple[str, str], list[Line]] = {}
    for line in board.lines:
        grouped.setdefault(of(line), []).append(line)
    rows = [Tally(name, url, _rounds(lines, board), _says(lines)) for (name, url), lines in grouped.items()]
    columns = [
        Column("who", who, lambda row: Cell(row.name, url=row.url), lambda row: row.name),
        *(_round_column(round) for round in board.columns),
        Column("says", "Measures say", lambda row: Cell(row.says)),
    ]
    name = "optimism-by-lead" if who == "Lead" else "optimism-by-programme"
    return Table(
        request,
        caption=f"Rosier than the measures, by {who.lower()}",
        columns=columns,
        rows=rows,
        name=name,
        sort="who",
        sort_param=f"{name}-sort",
    )


def _rounds(lines: list[Line], board: Dashboard) -> dict[int, tuple[int, int]]:
    """By round: of how many commitments the lead was rosier, of how many both rated."""
    found = {}
    for round in board.columns:
        pairs = [line.pair_in(round) for line in lines]
        both = [pair for pair in pairs if pair[0] and pair[1] and pair[1] not in (Verdict.NO_DATA, Verdict.NOT_DUE)]
        found[round.pk] = (sum(differs(*pair) > 0 for pair in both), len(both))
    return found


def _round_column(round) -> Column:
    def text(row: Tally) -> str:
        rosier, both = row.rounds[round.pk]
        return f"{rosier} of {both}" if both else "None to compare"

    return Column(f"o{round.pk}", round.label, lambda row: Cell(text(row)), lambda row: row.rounds[round.pk][0])


def _says(lines: list[Line]) -> str:
    return of_programme([line.measures for line in lines if line.measures is not None]).sentence


def _tag(key: str | Verdict | None) -> Cell:
    return Cell(word(key), kind="rating", value=str(key)) if key else Cell("None")


def _gap(line: Line) -> str:
    steps = abs(line.optimism)
    return f"{many(steps, 'step')} {'rosier' if line.optimism > 0 else 'more cautious'}"
