"""How rounds read: their sentences, tables and history."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest
from django.urls import reverse

from commitments.models import Commitment, Strategy
from kit.tables import Cell, Column, Table, counted
from monitoring.choices import RoundState
from monitoring.models import ReportingRound, RoundAct
from monitoring.presenters.days import away, left, listed, many, short
from monitoring.queries import rounds as queries
from monitoring.rules import say
from people.actor import Actor
from people.models import Post

VERBS = {"planned": "Planned", "changed": "Changed", "opened": "Opened", "closed": "Closed"}


def rounds_tables(request: HttpRequest, rows: Iterable[ReportingRound]) -> list[Table]:
    """One table for each strategy that has rounds. Rows come `with_counts` and with their strategy."""
    by_strategy: dict[Strategy, list[ReportingRound]] = {}
    for row in rows:
        by_strategy.setdefault(row.strategy, []).append(row)
    return [
        Table(
            request,
            caption=strategy.title,
            columns=_columns(),
            rows=found,
            name=f"rounds-{strategy.slug}",
            sort="-period",
            sort_param=f"sort-{strategy.slug}",
        )
        for strategy, found in by_strategy.items()
    ]


def _columns() -> list[Column]:
    return [
        Column(
            "round",
            "Round",
            lambda row: Cell(row.label, url=row.get_absolute_url()),
            sort=lambda row: row.period_starts,
        ),
        Column(
            "period",
            "Period",
            lambda row: Cell(f"{short(row.period_starts)} to {short(row.period_ends)}"),
            sort=lambda row: (row.period_starts, row.period_ends),
        ),
        _day("opens", "Opens", "opens_on"),
        _day("due", "Due", "due_on"),
        _day("closes", "Closes after", "closes_on"),
        Column(
            "state",
            "State",
            lambda row: Cell(row.get_state_display(), kind="state", value=row.state),
            sort=lambda row: RoundState.values.index(row.state),
        ),
        counted("in", "Submitted", _once_open("in_count"), lambda row: row.expected_count),
        counted("signed", "Signed off", _once_open("signed_off_count"), lambda row: row.expected_count),
        Column(
            "missing",
            "Missing",
            lambda row: Cell("" if row.state == RoundState.PLANNED else str(row.missing_count), kind="number"),
            sort=_once_open("missing_count"),
            numeric=True,
        ),
    ]


def _day(key: str, heading: str, name: str) -> Column:
    return Column(
        key,
        heading,
        lambda row: Cell(short(getattr(row, name)), kind="date"),
        sort=lambda row: getattr(row, name),
        plain=lambda row: getattr(row, name).isoformat(),
    )


def _once_open(name: str) -> Callable[[ReportingRound], int | None]:
    """A count that a planned round does not have yet."""
    return lambda row: None if row.state == RoundState.PLANNED else getattr(row, name)


def progress(row: ReportingRound) -> str:
    """Where a round stands, in one sentence: "9 of 16 are in; 4 are signed off; 2 are overdue." """
    if row.state == RoundState.PLANNED:
        return "No returns have been asked for yet."
    parts = [
        f"{row.in_count} of {row.expected_count} {_are(row.in_count)} in",
        f"{row.signed_off_count} {_are(row.signed_off_count)} signed off",
    ]
    parts += [f"{row.overdue_count} {_are(row.overdue_count)} overdue"] if row.overdue_count else []
    parts += [f"{row.missing_count} {_was(row.missing_count)} missing"] if row.missing_count else []
    parts += [f"{row.exempt_count} {_are(row.exempt_count)} exempt"] if row.exempt_count else []
    return "; ".join(parts) + "."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def figures(row: ReportingRound) -> list[tuple[int, str]]:
    """The numbers of an open round, with what each counts."""
    return [
        (row.expected_count, "expected"),
        (row.in_count, "submitted"),
        (row.with_overseer_count, "to be signed off"),
        (row.signed_off_count, "signed off"),
        (row.overdue_count, "overdue"),
        (row.missing_count, "missing"),
    ]


def next_step(row: ReportingRound, actor: Actor) -> str:
    """What happens next with a round."""
    on = actor.on
    if row.state == RoundState.PLANNED:
        return f"Opens on {say(row.opens_on)}, {away(row.opens_on, on)}."
    if row.state == RoundState.CLOSED:
        waiting = row.with_overseer_count
        return f"{many(waiting, 'return')} still to be signed off." if waiting else "None. It is closed."
    if on < row.opens_on:
        return f"Returns can be written from {say(row.opens_on)}, {away(row.opens_on, on)}."
    if on > row.closes_on:
        return f"To be closed: its last day was {say(row.closes_on)}, {away(row.closes_on, on)}."
    if on > row.due_on:
        return f"Was due by {say(row.due_on)}. Closes after {say(row.closes_on)}, {away(row.closes_on, on)}."
    return f"Due by {say(row.due_on)}: {left(row.due_on, on).lower()}."


def facts(row: ReportingRound) -> list[dict]:
    """The days of a round, for a summary list."""
    return [
        {"key": "Covers", "value": f"{say(row.period_starts)} to {say(row.period_ends)}"},
        {"key": "Returns open on", "value": say(row.opens_on)},
        {"key": "Returns due by", "value": say(row.due_on)},
        {"key": "Closes after", "value": say(row.closes_on)},
    ]


def early(row: ReportingRound, actor: Actor) -> str:
    """What closing before the last day takes away."""
    days = (row.closes_on - actor.on).days
    if days == 0:
        return "Today is the last day on which returns can be submitted. Closing now takes the rest of it away."
    return (
        f"Returns can be submitted until {say(row.closes_on)}. Closing now takes {many(days, 'day')} away from leads."
    )


class Opening:
    """What opening a round today does, in sentences."""

    def __init__(self, would: queries.Opening, row: ReportingRound, actor: Actor) -> None:
        self.would, self.row, self.on = would, row, actor.on

    @property
    def sentence(self) -> str:
        returns, people = many(len(self.would.expected), "return"), many(len(self.would.people), "lead")
        return f"Opening creates {returns} and writes to {people}."

    @property
    def vacant(self) -> list[tuple[Post, str]]:
        """The vacant lead posts, each with the commitments that nobody is asked for."""
        return [(post, _numbers(commitments)) for post, commitments in self.would.vacant]

    @property
    def unreachable(self) -> str:
        """Leads without an e-mail address."""
        return listed([person.name for person in self.would.people if not person.email])

    @property
    def left_out(self) -> str:
        return _numbers(self.would.left_out)

    @property
    def timing(self) -> str:
        """What it means to open on another day than planned."""
        if self.on < self.row.opens_on:
            return f"Leads hear of it today, and can write their returns from {say(self.row.opens_on)}."
        if self.on > self.row.closes_on:
            return f"Its last day, {say(self.row.closes_on)}, has passed. Move its days first."
        if self.on > self.row.due_on:
            return (
                f"Returns were due by {say(self.row.due_on)}, so all of them are overdue at once. Move the days first."
            )
        if self.on > self.row.opens_on:
            return (
                f"It was to open on {say(self.row.opens_on)}. It now opens today, which leaves "
                f"{many((self.row.due_on - self.on).days, 'day')} to file."
            )
        return ""


def _numbers(commitments: list[Commitment]) -> str:
    if not commitments:
        return ""
    word = "commitment" if len(commitments) == 1 else "commitments"
    return f"{word} {listed([str(commitment.number) for commitment in commitments])}"


def timeline(acts: Iterable[RoundAct]) -> list[dict]:
    """The acts as timeline entries, newest first."""
    return [
        {
            "title": VERBS.get(act.verb, act.verb.capitalize()),
            "who": ", ".join(filter(None, [act.by_name, act.post_title])),
            "when": act.at,
            "text": act.reason,
        }
        for act in acts
    ]


def crumbs(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page about rounds. The last one has no address."""
    return [("Returns", reverse("monitoring:returns")), ("Rounds", reverse("monitoring:rounds")), *last]
