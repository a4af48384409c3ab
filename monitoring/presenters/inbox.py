"""How what waits for somebody reads: one line, one next action."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from kit import marks
from monitoring.choices import ReturnState
from monitoring.models import ReportingRound, ReturnVersion
from monitoring.presenters import lines as present_lines
from monitoring.presenters import rounds as present_rounds
from monitoring.presenters.days import away, left, many
from monitoring.queries.inbox import Inbox, Pile, Reviewing, RoundWatch, Writing, until
from monitoring.rules import say
from people.actor import Actor


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
    piles: list[Pile]
    vacancies: list[present_lines.Vacancy]
    clashes: list[present_lines.Clash]


class Home:
    """The blocks of the home page, in their order, each ready to be drawn."""

    def __init__(self, inbox: Inbox, actor: Actor) -> None:
        self.is_empty = inbox.is_empty
        self.to_write = [writing(each, actor) for each in inbox.to_write]
        self.to_sign_off = [reviewing(each) for each in inbox.to_sign_off]
        self.to_run = [closing(row, actor.on) for row in inbox.to_close] + [
            opening(row, actor.on) for row in inbox.to_open
        ]
        self.watched = [watch(each, actor) for each in inbox.watched]
        self.filed = [filed(version) for version in inbox.filed]
        self.latest = inbox.latest
        self.strategies = inbox.strategies


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
    shown = [says | {"word": f"Lead: {says['word']}"}] if line.rating else []
    if line.late:
        shown.append({"word": "Late", "look": "warn", "shape": ""})
    return Task(
        action="Read and sign off" if each.verdict else "Read",
        title=str(row.commitment),
        url=reverse("monitoring:return_review", args=[row.pk]) if each.verdict else row.get_absolute_url(),
        hint=_sentence(facts),
        marks=tuple(shown),
        warning=each.verdict.sentence,
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


def watch(each: RoundWatch, actor: Actor) -> Watch:
    return Watch(
        round=each.round,
        next_step=present_rounds.next_step(each.round, actor),
        progress=present_rounds.progress(each.round),
        figures=present_rounds.figures(each.round),
        piles=each.piles,
        vacancies=present_lines.vacancies(each.lines),
        clashes=[present_lines.clash(conflict) for conflict in each.conflicts],
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


def _sentence(facts: list[str]) -> str:
    return ", ".join(facts)
