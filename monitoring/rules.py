"""Who may do what with rounds and returns, and when. Pure questions: the answer says why not, in a sentence."""

import datetime as dt
from dataclasses import dataclass

from commitments.choices import Lifecycle, StrategyState
from kit.clock import local_date
from kit.verdict import ALLOWED, Verdict, refused
from monitoring.choices import Rating, ReturnState, RoundState
from monitoring.models import ProgressReturn, ReportingRound, ReturnVersion
from people.actor import Actor
from people.models import Role

RUNS_ROUNDS = (Role.STRATEGY_TEAM, Role.ADMINISTRATOR)


def say(day: dt.date) -> str:
    """A day as people write it: 5 July 2021."""
    return f"{day.day} {day:%B %Y}"


# Rounds


def may_run_rounds(actor: Actor) -> Verdict:
    """Plan, open, close, chase, exempt and reopen."""
    return ALLOWED if actor.has(*RUNS_ROUNDS) else refused("The strategy team runs the reporting rounds.")


def may_edit_round(actor: Actor, round: ReportingRound) -> Verdict:
    """The days may move while the round is planned or open; what it is about only while it is planned."""
    if not (verdict := may_run_rounds(actor)):
        return verdict
    if round.state == RoundState.CLOSED:
        return refused("This round is closed. Its days stay as they were.")
    return ALLOWED


def may_open_round(actor: Actor, round: ReportingRound) -> Verdict:
    """A planned round of a strategy that stands."""
    if not (verdict := may_run_rounds(actor)):
        return verdict
    if round.state != RoundState.PLANNED:
        return refused("This round has already been opened.")
    if round.strategy.state not in {StrategyState.APPROVED, StrategyState.IN_FORCE}:
        return refused(f"{round.strategy} is {round.strategy.get_state_display().lower()}. Approve it first.")
    return ALLOWED


def may_close_round(actor: Actor, round: ReportingRound) -> Verdict:
    """An open round, at any time; what was not submitted by then is missing."""
    if not (verdict := may_run_rounds(actor)):
        return verdict
    if round.state != RoundState.OPEN:
        return refused("Only an open round can be closed.")
    return ALLOWED


# Returns


def takes_returns(progress_return: ProgressReturn, on: dt.date) -> Verdict:
    """Whether the round's window lets this return be written and submitted on a day."""
    round = progress_return.round
    if round.state == RoundState.PLANNED or on < round.opens_on:
        return refused(f"Returns for {round.label} open on {say(round.opens_on)}.")
    if progress_return.first_submitted_at is not None:
        return ALLOWED  # it came in; changes asked for and reopened versions may come after the close
    if progress_return.late_until is not None and on <= progress_return.late_until:
        return ALLOWED
    if round.state == RoundState.CLOSED or on > round.closes_on:
        closed = f"closed on {say(round.closes_on)}" if on > round.closes_on else "was closed early"
        return refused(
            f"{round.label} {closed}, so this return is missing. What was written is kept. "
            "The strategy team can let it in late."
        )
    return ALLOWED


def speaks_for_lead(actor: Actor, progress_return: ProgressReturn) -> bool:
    """Whether the actor holds the lead's post today or is its delegate."""
    return progress_return.commitment.lead_post_id in actor.speaks_for


def may_edit(actor: Actor, progress_return: ProgressReturn) -> Verdict:
    """Write the return: the lead's holder or delegate, while it is theirs and the round takes returns."""
    if not speaks_for_lead(actor, progress_return):
        return refused(f"Only the {progress_return.commitment.lead_post.title}, or a delegate, can write this return.")
    if progress_return.state == ReturnState.SIGNED_OFF:
        return refused("This return is signed off. The strategy team can reopen it, with a reason.")
    if progress_return.state == ReturnState.SUBMITTED:
        return refused("This return is with the overseer. It can be changed again if they ask for changes.")
    if progress_return.state == ReturnState.EXEMPT:
        return refused("This commitment is exempt in this round, so there is nothing to file.")
    return takes_returns(progress_return, actor.on)


def may_submit(actor: Actor, progress_return: ProgressReturn) -> Verdict:
    """The same people at the same times; what is still unanswered is in `gaps`."""
    if not (verdict := may_edit(actor, progress_return)):
        return verdict
    if progress_return.state == ReturnState.NOT_STARTED:
        return refused("Nothing has been written yet.")
    return ALLOWED


def own_return(actor: Actor, progress_return: ProgressReturn, version: ReturnVersion) -> Verdict:
    """Refused for whoever submitted it, and for anyone tied to the lead's post: holder, covered holder or delegate."""
    lead = progress_return.commitment.lead_post
    overseer = progress_return.commitment.overseer_post
    if version.submitted_by_id == actor.user_id or (
        actor.person_id is not None and version.submitted_by_person_id == actor.person_id
    ):
        return refused("You submitted this return, so somebody else has to look at it.")
    if actor.person_id is not None and version.lead_person_id == actor.person_id:
        return refused(f"You were the {version.lead_post_title} on the day, and nobody signs off their own return.")
    leads = {lead.pk, version.lead_post_id}
    if leads & actor.tied_to:
        return refused(
            f"You hold both posts: {lead.title} and {overseer.title}. Nobody signs off their own return. "
            "The strategy team sees this on the round page, with who could act."
        )
    if leads & set(actor.delegate_of):
        return refused(f"You are a delegate of the {lead.title}, so somebody else has to sign off this return.")
    return ALLOWED


def may_review(actor: Actor, progress_return: ProgressReturn, version: ReturnVersion | None) -> Verdict:
    """Sign off or ask for changes: the overseer's holder, on a submitted return that is not their own."""
    overseer = progress_return.commitment.overseer_post
    if overseer.pk not in actor.holds or actor.is_auditor:
        return refused(f"Only the {overseer.title} can sign off this return or ask for changes.")
    if progress_return.state != ReturnState.SUBMITTED or version is None:
        return refused("There is nothing to sign off: this return is not with the overseer.")
    return own_return(actor, progress_return, version)


def may_reopen(actor: Actor, progress_return: ProgressReturn) -> Verdict:
    """The strategy team, with a reason; it makes a new version and keeps the old one."""
    if not actor.has(*RUNS_ROUNDS):
        return refused("Only the strategy team can reopen a return.")
    if progress_return.state != ReturnState.SIGNED_OFF:
        return refused("Only a signed-off return can be reopened.")
    return ALLOWED


def may_exempt(actor: Actor, progress_return: ProgressReturn) -> Verdict:
    """The strategy team, before anything was submitted and before the round closes."""
    if not (verdict := may_run_rounds(actor)):
        return verdict
    if progress_return.state not in {ReturnState.NOT_STARTED, ReturnState.DRAFT}:
        return refused("A return can be exempted only before it is submitted.")
    if progress_return.first_submitted_at is not None:
        return refused("This return was submitted once. It cannot be exempted.")
    if progress_return.round.state != RoundState.OPEN or actor.on > progress_return.round.closes_on:
        return refused("The round is not open.")
    return ALLOWED


def may_include(actor: Actor, progress_return: ProgressReturn) -> Verdict:
    """Take an exemption back while the round is open."""
    if not (verdict := may_run_rounds(actor)):
        return verdict
    if progress_return.state != ReturnState.EXEMPT:
        return refused("This return is not exempt.")
    if progress_return.round.state != RoundState.OPEN or actor.on > progress_return.round.closes_on:
        return refused("The round is not open.")
    return ALLOWED


def may_let_in_late(actor: Actor, progress_return: ProgressReturn) -> Verdict:
    """A return that is missing may still be let in; it stays missing in the record."""
    if not (verdict := may_run_rounds(actor)):
        return verdict
    if not progress_return.missed:
        if is_missing(progress_return, actor.on):
            return refused("The round is past its last day and still open. Close it, then let this in late.")
        return refused("This return is not missing.")
    if progress_return.first_submitted_at is not None:
        return refused("This return has come in.")
    return ALLOWED


def may_chase(actor: Actor, progress_return: ProgressReturn) -> Verdict:
    """Remind whoever it waits with."""
    if not (verdict := may_run_rounds(actor)):
        return verdict
    if progress_return.state in {ReturnState.SIGNED_OFF, ReturnState.EXEMPT}:
        return refused("This return waits for nobody.")
    if progress_return.round.state == RoundState.PLANNED:
        return refused("The round has not opened.")
    if progress_return.state != ReturnState.SUBMITTED and not takes_returns(progress_return, actor.on):
        return refused("The round no longer takes this return. Let it in late first.")
    return ALLOWED


def may_read_unsigned(actor: Actor, progress_return: ProgressReturn) -> Verdict:
    """Read what is not signed off: the lead's side, those who run and check; the overseer once it is submitted."""
    if speaks_for_lead(actor, progress_return) or actor.has(*RUNS_ROUNDS, Role.AUDITOR):
        return ALLOWED
    came_in = progress_return.state in {ReturnState.SUBMITTED, ReturnState.CHANGES_REQUESTED, ReturnState.SIGNED_OFF}
    if came_in and (progress_return.commitment.overseer_post_id in actor.holds or actor.has(Role.SECRETARIAT)):
        return ALLOWED
    return refused("What is being drafted can be read here once it is submitted or signed off.")


# What a return must say


@dataclass(frozen=True)
class Gap:
    """Something still to answer: where, and the sentence that a form shows."""

    section: str
    field: str
    sentence: str


def needs_rating(version: ReturnVersion) -> bool:
    """Complete, not started, paused and stopped are lifecycle, not rating (DESIGN, section 2)."""
    return not version.is_nil and version.lifecycle == Lifecycle.IN_PROGRESS


def gaps(version: ReturnVersion) -> list[Gap]:
    """What keeps a version from being submitted, in the order of the pages. A nil return has none."""
    if version.is_nil:
        return []
    found: list[Gap] = []

    def ask(section: str, field: str, sentence: str) -> None:
        value = getattr(version, field)
        if value is None or (isinstance(value, str) and not value.strip()):
            found.append(Gap(section, field, sentence))

    ask("progress", "done", "Say what has been done")
    ask("rating", "lifecycle", "Say where the commitment is")
    if needs_rating(version):
        ask("rating", "rating", "Choose green, amber or red")
        ask("rating", "outlook", "Say whether it is improving, the same or worsening")
        if version.rating in {Rating.AMBER, Rating.RED}:
            word = version.get_rating_display().lower()
            ask("recovery", "rating_reason", f"Say why it is {word}")
            ask("recovery", "path_to_green", "Say what will bring it to green")
            ask("recovery", "green_by", "Say by when it will be green")
            if version.green_by is not None and version.green_by < version.progress_return.round.opens_on:
                found.append(Gap("recovery", "green_by", "Green by must be today or later"))
            ask("recovery", "help_needed", "Say what help is needed, or that none is")
    elif version.lifecycle in {Lifecycle.PAUSED, Lifecycle.STOPPED}:
        ask("recovery", "rating_reason", f"Say why it is {version.get_lifecycle_display().lower()}")
    if version.lifecycle in {Lifecycle.IN_PROGRESS, Lifecycle.NOT_STARTED}:
        ask("next", "next_steps", "Say what happens next")
        ask("dates", "expected_on", "Say when it is expected to be complete")
    if date_moved(version):
        ask("dates", "date_reason", "Say why the date has moved")
    return found


def needs_recovery(version: ReturnVersion) -> bool:
    """Amber and red ask for the reason, the path to green, by when and help; paused and stopped for the reason."""
    if version.lifecycle in {Lifecycle.PAUSED, Lifecycle.STOPPED}:
        return not version.is_nil
    return needs_rating(version) and version.rating in {Rating.AMBER, Rating.RED}


def date_moved(version: ReturnVersion) -> bool:
    """Whether the expected date differs from the one this return started from."""
    return (
        version.expected_on is not None
        and version.expected_was is not None
        and version.expected_on != version.expected_was
    )


# Words for where a return stands, by stored days


def is_late(progress_return: ProgressReturn) -> bool:
    """First submitted after the day it was due. By rule and stored days, never by today."""
    at = progress_return.first_submitted_at
    return at is not None and local_date(at) > progress_return.round.due_on


def is_missing(progress_return: ProgressReturn, on: dt.date) -> bool:
    """Missing at the close, and from then on; before the round is closed by hand, from the day after it should be."""
    if progress_return.missed:
        return True
    round = progress_return.round
    return (
        round.state != RoundState.PLANNED
        and progress_return.state != ReturnState.EXEMPT
        and progress_return.first_submitted_at is None
        and on > round.closes_on
    )


def is_overdue(progress_return: ProgressReturn, on: dt.date) -> bool:
    """Not submitted, past the day it was due, and the round still takes it."""
    return (
        progress_return.round.state != RoundState.PLANNED
        and progress_return.first_submitted_at is None
        and progress_return.state != ReturnState.EXEMPT
        and not is_missing(progress_return, on)
        and on > progress_return.round.due_on
    )
