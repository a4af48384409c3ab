"""How returns read in tables: the round page and the list of returns."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from kit import marks
from kit.clock import local_date
from kit.tables import Cell, Column, Table
from monitoring import rules
from monitoring.choices import ReturnState
from monitoring.presenters import on_the_day
from monitoring.presenters.days import listed, many, short
from monitoring.presenters.standings import ORDER
from monitoring.queries.conflicts import Conflict
from monitoring.queries.rounds import Line
from people.actor import Actor
from people.models import Post

TIES = {
    "holds": "Lead and overseer are the same person ({name}).",
    "covered": "The overseer ({name}) also holds the lead’s post, where somebody acts for them now.",
    "delegate": "The overseer ({name}) is a delegate of the lead.",
    "submitted": "The overseer ({name}) submitted this return.",
}


SEPARATOR = " – "


@dataclass(frozen=True)
class Option:
    """Somebody who could act as overseer: their name and the post they hold."""

    name: str
    post: str


@dataclass(frozen=True)
class Clash:
    """A conflict as the page tells it."""

    commitment: str
    url: str
    sentence: str
    options: list[Option]
    post: Post


@dataclass(frozen=True)
class Vacancy:
    """A vacant post that returns wait with."""

    post: Post
    sentence: str


@dataclass(frozen=True)
class Entry:
    """A row of the round page: the cells, whether it can be ticked, and what may be done to it."""

    line: Line
    cells: list[Cell]
    selectable: bool
    actions: list[dict]


def round_columns(lines: list[Line], actor: Actor) -> list[Column]:
    """The columns of the round page: waiting while something waits, chased for those who run or check rounds."""
    left_out = set() if any(line.wait for line in lines) else {"waiting", "days"}
    if not (actor.is_auditor or rules.may_run_rounds(actor)):
        left_out.add("chased")
    return [column for column in _round_columns(actor) if column.key not in left_out]


def _round_columns(actor: Actor) -> list[Column]:
    return [
        commitment_column(),
        state_column(actor),
        rating_column(),
        Column(
            "lead",
            "Lead",
            _lead_cell,
            sort=lambda line: line.row.commitment.lead_post.title,
            plain=_lead_plain,
        ),
        Column(
            "waiting",
            "Waiting with",
            lambda line: _post(line.wait.post, line.wait.person) if line.wait else Cell("Nobody"),
            sort=lambda line: line.wait.post.title if line.wait else None,
            plain=lambda line: _post_plain(line.wait.post, line.wait.person) if line.wait else "Nobody",
        ),
        Column(
            "days",
            "Days",
            lambda line: Cell(str(line.wait.days) if line.wait else "", kind="number"),
            sort=lambda line: line.wait.days if line.wait else None,
            numeric=True,
        ),
        submitted_column(),
        Column(
            "chased",
            "Last chased",
            lambda line: _moment(line.row.last_chased_at),
            sort=lambda line: line.row.last_chased_at,
            plain=lambda line: _iso(line.row.last_chased_at),
        ),
    ]


def list_columns(actor: Actor) -> list[Column]:
    """The columns of the list of returns."""
    return [
        commitment_column(),
        Column(
            "round",
            "Round",
            lambda line: Cell(line.row.round.label, kind="date"),  # a label is not broken either
            sort=lambda line: (line.row.round.period_starts, line.row.commitment.number),
        ),
        Column(
            "programme",
            "Programme",
            lambda line: Cell(line.row.commitment.programme.title),
            sort=lambda line: (line.row.commitment.programme.number, line.row.commitment.number),
        ),
        state_column(actor),
        rating_column(),
        Column(
            "waiting",
            "Waiting with",
            lambda line: _post(line.wait.post, line.wait.person) if line.wait else Cell(""),
            sort=lambda line: line.wait.post.title if line.wait else None,
            plain=lambda line: _post_plain(line.wait.post, line.wait.person) if line.wait else "",
        ),
        submitted_column(),
    ]


def commitment_column() -> Column:
    return Column(
        "commitment",
        "Commitment",
        lambda line: Cell(_numbered(line), url=line.row.get_absolute_url()),
        sort=lambda line: (line.row.commitment.strategy.title, line.row.commitment.number),
    )


def _numbered(line: Line) -> str:
    return f"{line.row.commitment.number}. {on_the_day.title_of(line.row, line.version)}"


def state_column(actor: Actor) -> Column:
    return Column(
        "state",
        "State",
        lambda line: Cell(
            state_word(line), kind="state", value=state_key(line), note="; ".join(state_notes(line, actor.on))
        ),
        sort=lambda line: STATE_ORDER.index(state_key(line)),
        plain=lambda line: _with_notes(state_word(line), state_notes(line, actor.on)),
    )


def rating_column() -> Column:
    return Column(
        "rating",
        "Rating",
        lambda line: (
            Cell(
                marks.rating(line.rating)["word"],
                kind="rating",
                value=line.rating,
                note="" if line.version.signed_off_at else "Not signed off",
            )
            if line.version
            else Cell("")
        ),
        sort=lambda line: ORDER.get(line.rating),
        plain=lambda line: (
            _with_notes(marks.rating(line.rating)["word"], [] if line.version.signed_off_at else ["not signed off"])
            if line.version
            else ""
        ),
    )


def submitted_column() -> Column:
    return Column(
        "submitted",
        "Submitted",
        lambda line: _moment(line.row.first_submitted_at, note=_late(line)),
        sort=lambda line: line.row.first_submitted_at,
        plain=lambda line: _with_notes(_iso(line.row.first_submitted_at), [_late(line)] if _late(line) else []),
    )


STATE_ORDER = ["missing", "overdue", *ReturnState.values]


def state_key(line: Line) -> str:
    """The state, or "missing" and "overdue" while nothing has come in."""
    if line.row.first_submitted_at is None and line.missing and line.row.state != ReturnState.EXEMPT:
        return "missing"
    return "overdue" if line.overdue else line.row.state


def state_word(line: Line) -> str:
    key = state_key(line)
    return line.row.get_state_display() if key == line.row.state else marks.state(key)["word"]


def state_notes(line: Line, on: dt.date) -> list[str]:
    """What stands beside the state."""
    row, key, notes = line.row, state_key(line), []
    if key == "overdue":
        notes.append(f"{many((on - row.round.due_on).days, 'day')} late, {row.get_state_display().lower()}")
    if key == "missing" and row.state == ReturnState.DRAFT:
        notes.append("A draft is kept")
    if key == "missing" and row.late_until:
        notes.append(f"Let in until {short(row.late_until)}")
    if row.missed and key != "missing":
        notes.append("Was missing when the round closed")
    if row.version_number > 1:
        notes.append(f"Version {row.version_number}")
    return notes


def actions(line: Line, actor: Actor) -> list[dict]:
    """What the strategy team may do to one return, by the same rules as the pages behind the links."""
    row = line.row
    offers = (
        ("Exempt", rules.may_exempt, "monitoring:return_exempt"),
        ("Take back exemption", rules.may_include, "monitoring:return_include"),
        ("Let in late", rules.may_let_in_late, "monitoring:return_let_in_late"),
    )
    return [
        {"label": label, "hidden": f"commitment {row.commitment.number}", "url": reverse(name, args=[row.pk])}
        for label, rule, name in offers
        if rule(actor, row)
    ]


def may_chase(line: Line, actor: Actor) -> bool:
    """Whether it waits for a post that the actor may remind."""
    return line.wait is not None and bool(rules.may_chase(actor, line.row))


def is_of(line: Line, actor: Actor) -> bool:
    """Whether it is led or overseen by a post the actor speaks for."""
    commitment = line.row.commitment
    return commitment.lead_post_id in actor.speaks_for or commitment.overseer_post_id in actor.holds


def would_be_missing(line: Line) -> bool:
    """Whether closing the round now records it as missing."""
    return line.row.first_submitted_at is None and line.row.state != ReturnState.EXEMPT


def entries(table: Table, actor: Actor) -> list[Entry]:
    """The table's rows with what the strategy team may do to each."""
    return [
        Entry(
            line=line,
            cells=cells,
            selectable=may_chase(line, actor) and line.wait.person is not None,
            actions=actions(line, actor),
        )
        for line, cells in zip(table.records, table.rows, strict=True)
    ]


def reach(lines: list[Line], count: int) -> str:
    """Why somebody sees fewer returns than the round has."""
    if len(lines) >= count:
        return ""
    seen = f"You see {len(lines)} of {many(count, 'return')}"
    return f"{seen}: those of your posts, and those signed off, exempt or missing."


def choices(lines: Iterable[Line], *names: str) -> dict[str, list[tuple[str, str]]]:
    """What the lines can be narrowed to, by field: only what would find something."""
    found: dict[str, dict[tuple, tuple[str, str]]] = {name: {} for name in names}
    for line in lines:
        for name in names:
            if option := OPTIONS[name](line):
                order, value, label = option
                found[name][order] = (value, label)
    return {name: _short([options[order] for order in sorted(options)]) for name, options in found.items()}


def _short(options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without the strategy behind each label when it is the same everywhere."""
    ends = {label.partition(SEPARATOR)[2] for _, label in options}
    return [(value, label.partition(SEPARATOR)[0]) for value, label in options] if len(ends) == 1 else options


def narrowed(lines: Iterable[Line], asked: dict[str, str]) -> list[Line]:
    """The lines that fit everything asked."""
    return [line for line in lines if all(_value(line, name) == value for name, value in asked.items())]


def _value(line: Line, name: str) -> str | None:
    option = OPTIONS[name](line)
    return option[1] if option else None


# How a line is filed under each filter: (order, value, label), or None.
OPTIONS = {
    "round": lambda line: (
        (-line.row.round.period_starts.toordinal(), line.row.round_id),
        str(line.row.round_id),
        f"{line.row.round.label}{SEPARATOR}{line.row.round.strategy.title}",
    ),
    "state": lambda line: (STATE_ORDER.index(state_key(line)), state_key(line), state_word(line)),
    "waiting": lambda line: (line.wait.post.title, line.wait.post.code, line.wait.post.title) if line.wait else None,
    "programme": lambda line: (
        (line.row.commitment.strategy_id, line.row.commitment.programme.number),
        str(line.row.commitment.programme_id),
        str(line.row.commitment.programme),
    ),
    "rating": lambda line: (
        (ORDER[line.rating], line.rating, marks.rating(line.rating)["word"]) if line.rating else None
    ),
}


def clashes(lines: Iterable[Line]) -> list[Clash]:
    """The conflicts, each with who could act."""
    return [clash(line.conflict) for line in lines if line.conflict]


def clash(conflict: Conflict) -> Clash:
    row = conflict.progress_return
    return Clash(
        commitment=str(row.commitment),
        url=row.get_absolute_url(),
        sentence=TIES[conflict.tie].format(name=conflict.person.name),
        options=[Option(tenure.person.name, tenure.post.title) for tenure in conflict.candidates],
        post=row.commitment.overseer_post,
    )


def vacancies(lines: Iterable[Line]) -> list[Vacancy]:
    """The vacant posts that returns wait with, and for how long."""
    by_post: dict[Post, list[Line]] = {}
    for line in lines:
        if line.wait and line.wait.person is None:
            by_post.setdefault(line.wait.post, []).append(line)
    found = []
    for post, held in by_post.items():
        numbers = listed([str(line.row.commitment.number) for line in held])
        longest = max(line.wait.days for line in held)
        one = len(held) == 1
        if longest:
            has = f"commitment {numbers} has waited" if one else f"commitments {numbers} have waited up to"
            found.append(Vacancy(post, f"{has} {many(longest, 'day')}."))
        else:
            found.append(
                Vacancy(post, f"commitment{' ' if one else 's '}{numbers} {'waits' if one else 'wait'} since today.")
            )
    return sorted(found, key=lambda vacancy: vacancy.post.title)


def _post(post: Post, person) -> Cell:
    return Cell(post.title, note=person.name) if person else Cell(post.title, kind="vacant")


def _post_plain(post: Post, person) -> str:
    return f"{post.title} ({person.name if person else 'vacant'})"


def _lead_cell(line: Line) -> Cell:
    title, holder = on_the_day.lead_words(line.row, line.version, line.lead)
    return Cell(title, note=holder) if holder else Cell(title, kind="vacant")


def _lead_plain(line: Line) -> str:
    title, holder = on_the_day.lead_words(line.row, line.version, line.lead)
    return f"{title} ({holder or 'vacant'})"


def _moment(at: dt.datetime | None, note: str = "") -> Cell:
    return Cell(short(local_date(at)), kind="date", note=note) if at else Cell("")


def _iso(at: dt.datetime | None) -> str:
    return local_date(at).isoformat() if at else ""


def _late(line: Line) -> str:
    if not line.late:
        return ""
    days = (local_date(line.row.first_submitted_at) - line.row.round.due_on).days
    return f"{many(days, 'day')} late"


def _with_notes(word: str, notes: list[str]) -> str:
    return f"{word} ({'; '.join(notes)})" if notes else word
