"""How what waits for somebody reads: one line, one next action."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from kit import marks
from kit.clock import local_date
from kit.tables import Cell, Column, Table
from monitoring.choices import ReturnState
from monitoring.models import ReportingRound, ReturnVersion
from monitoring.presenters import lines as present_lines
from monitoring.presenters import rounds as present_rounds
from monitoring.presenters.days import away, left, many
from monitoring.queries.inbox import Inbox, Pile, Reviewing, RoundWatch, Writing, until
from monitoring.queries.measures import Gap
from monitoring.rules import say
from people.actor import Actor

ROSIER = "The lead is rosier than the measures"


@dataclass(frozen=True)
class Task:
    """One line of a task list: what to do, where, what to know of it, and marks at its end (word, look, shape)."""

    action: str
    title: str
    url: str
    hint: str
    marks: tuple[dict, ...]
    warning: str = ""


@dataclass(frozen=True)
class Watch:
    """An open round as the strategy team sees it from home."""

    round: ReportingRound
    next_step: str
    progress: str
    figures: list[tuple[int, str]]
    piles: Table
    vacancies: list[present_lines.Vacancy]
    clashes: list[present_lines.Clash]


class Home:
    """The blocks of the home page, in their order, each ready to be drawn."""

    def __init__(self, inbox: Inbox, request: HttpRequest) -> None:
        actor = request.actor
        self.is_empty = inbox.is_empty
        self.to_write = [writing(each, actor) for each in inbox.to_write]
        self.to_sign_off = [reviewing(each) for each in inbox.to_sign_off]
        self.to_run = [closing(row, actor.on) for row in inbox.to_close] + [
            opening(row, actor.on) for row in inbox.to_open
        ]
        self.watched = [watch(each, request) for each in inbox.watched]
        self.filed = [filed(version) for version in inbox.filed]
        self.rosier = [gap(each) for each in inbox.rosier]
        self.latest = [signed_off(version) for version in inbox.latest]
        self.strategies = inbox.strategies
        self.judged = inbox.judged


def writing(each: Writing, actor: Actor) -> Task:
    """A return to write, with the one next action."""
    line, row = each.line, each.line.row
    post = row.commitment.lead_post
    day = until(line)
    facts = [row.round.label]
    if post.pk not in actor.holds:
        facts.append(f"for the {post.title}")
    elif len(actor.holds) > 1:
        facts.append(f"as {post.title}")
    if not each.verdict:
        facts.append(each.verdict.sentence)
    elif row.state == ReturnState.CHANGES_REQUESTED or row.first_submitted_at:
        facts.append(f"back with you for {many(line.wait.days, 'day')}")
    elif row.missed:
        facts.append(f"missing, and let in until {say(day)}: {left(day, actor.on).lower()}")
    else:
        facts.append(f"due by {say(day)}: {left(day, actor.on).lower()}")
    return Task(
        action=_next(each),
        title=str(row.commitment),
        url=row.get_absolute_url(),
        hint=_sentence(facts),
        marks=(marks.state(present_lines.state_key(line), present_lines.state_word(line)),),
    )


def _next(each: Writing) -> str:
    state = each.line.row.state
    if not each.verdict:
        return "Read"
    if state == ReturnState.CHANGES_REQUESTED:
        return f"Answer the changes asked for by {each.asked_by}" if each.asked_by else "Answer the changes asked for"
    return "Start" if state == ReturnState.NOT_STARTED else "Continue"


def reviewing(each: Reviewing) -> Task:
    """A return to sign off: how long it waits, what the lead says."""
    line, row = each.line, each.line.row
    waits = f"waiting {many(line.wait.days, 'day')}" if line.wait.days else "came in today"
    facts = [row.round.label, waits, f"from the {row.commitment.lead_post.title}"]
    says = marks.rating(line.rating)
    shown = [says | {"word": f"Lead: {says['word'].lower()}"}] if line.rating else []
    if each.measures is not None:
        said = marks.rating(each.measures.value)
        shown.append(said | {"word": f"Measures: {said['word'].lower()}"})
    if line.late:
        shown.append({"word": "Late", "look": "warn", "shape": ""})
    return Task(
        action="Read and sign off" if each.verdict else "Read",
        title=str(row.commitment),
        url=reverse("monitoring:return_review", args=[row.pk]) if each.verdict else row.get_absolute_url(),
        hint=_sentence(facts),
        marks=tuple(shown),
        warning=each.verdict.sentence or (ROSIER if each.optimism > 0 else ""),
    )


def gap(each: Gap) -> Task:
    """A signed-off return whose lead was rosier than the measures."""
    row = each.version.progress_return
    lead, said = marks.rating(each.rating), marks.rating(each.verdict.value)
    overseer = (
        f". The overseer said {marks.rating(each.overseer_rating)['word'].lower()}" if each.overseer_rating else ""
    )
    return Task(
        action="",
        title=str(each.commitment),
        url=row.get_absolute_url(),
        hint=f"{row.round.label}, {each.commitment.lead_post.title}{overseer}",
        marks=(
            lead | {"word": f"Lead: {lead['word'].lower()}"},
            said | {"word": f"Measures: {said['word'].lower()}"},
        ),
    )


def opening(row: ReportingRound, on: dt.date) -> Task:
    """A planned round whose day has come or comes soon."""
    return Task(
        action="Open",
        title=f"{row.label}, {row.strategy}",
        url=reverse("monitoring:round_open", args=[row.pk]),
        hint=f"Planned to open on {say(row.opens_on)}, {away(row.opens_on, on)}.",
        marks=(marks.state(row.state),),
    )


def closing(row: ReportingRound, on: dt.date) -> Task:
    """An open round whose last day has passed."""
    hint = f"Its last day was {say(row.closes_on)}, {away(row.closes_on, on)}."
    if row.missing_count:
        hint += f" {many(row.missing_count, 'return')} would be recorded as missing."
    return Task(
        action="Close",
        title=f"{row.label}, {row.strategy}",
        url=reverse("monitoring:round_close", args=[row.pk]),
        hint=hint,
        marks=(marks.state("overdue", "Past its last day"),),
    )


def watch(each: RoundWatch, request: HttpRequest) -> Watch:
    return Watch(
        round=each.round,
        next_step=present_rounds.next_step(each.round, request.actor),
        progress=present_rounds.progress(each.round),
        figures=present_rounds.figures(each.round),
        piles=piles_table(each, request),
        vacancies=present_lines.vacancies(each.lines),
        clashes=[present_lines.clash(conflict) for conflict in each.conflicts],
    )


def piles_table(each: RoundWatch, request: HttpRequest) -> Table:
    """Whom a round's returns wait with, the longest wait first."""

    def post(pile: Pile) -> Cell:
        query = urlencode({"waiting": pile.wait.post.code})
        return Cell(pile.wait.post.title, url=f"{each.round.get_absolute_url()}?{query}")

    def held_by(pile: Pile) -> Cell:
        return Cell(pile.wait.person.name) if pile.wait.person else Cell("", kind="vacant")

    return Table(
        request,
        caption="Waiting with",
        columns=[
            Column("post", "Post", post, lambda pile: pile.wait.post.title.casefold()),
            Column("holder", "Held by", held_by, lambda pile: pile.wait.person and pile.wait.person.name.casefold()),
            _number("to_write", "To write", lambda pile: pile.to_write),
            _number("to_sign_off", "To sign off", lambda pile: pile.to_sign_off),
            _number("days", "Longest, days", lambda pile: pile.days),
        ],
        rows=each.piles,
        name=f"waiting-{each.round.pk}",
        sort="-days",
        sort_param=f"waiting-{each.round.pk}-sort",
        empty_text="Nothing waits for anybody in this round.",
    )


def _number(key: str, heading: str, number: Callable[[Pile], int]) -> Column:
    """Nought is an empty cell on the page, but a number to sort by."""
    return Column(
        key,
        heading,
        lambda pile: Cell(str(number(pile) or ""), kind="number", value=number(pile)),
        number,
        numeric=True,
    )


def filed(version: ReturnVersion) -> Task:
    """Something the reader submitted, and where it is now."""
    row = version.progress_return
    is_newest = version.number == row.version_number
    hint = f"{row.round.label}, submitted on {say(version.submitted_at.date())}"
    if version.on_behalf:
        hint += f", for the {version.lead_post_title}"
    return Task(
        action="",
        title=str(row.commitment),
        url=row.get_absolute_url(),
        hint=hint,
        marks=(marks.state(row.state) if is_newest else marks.state("signed_off", "Signed off, then reopened"),),
    )


def signed_off(version: ReturnVersion) -> Task:
    """Something that was signed off: what it says, and when it was."""
    row = version.progress_return
    newest = version.number == row.version_number
    kind = version.rating or ("nil" if version.is_nil else version.lifecycle)
    return Task(
        action="",
        title=str(row.commitment),
        url=row.get_absolute_url() if newest else reverse("monitoring:return_version", args=[row.pk, version.number]),
        hint=f"{row.round.label}, signed off on {say(local_date(version.signed_off_at))}",
        marks=(marks.rating(kind),),
    )


def _sentence(facts: list[str]) -> str:
    return ", ".join(facts)
