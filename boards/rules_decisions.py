"""When decisions are recorded, put right and withdrawn, and what they do. Pure questions, answered in a sentence."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from boards.choices import BoardKind, MeetingState
from boards.choices_records import DecisionKind
from boards.disclosure import SEE_ALL_ITEMS
from boards.models import AgendaItem, Board, Decision, Meeting, Paper
from boards.queries.quorum import Answer
from boards.rules import may_run_boards
from kit import clock
from kit.fields import in_words
from kit.verdict import ALLOWED, Verdict, refused
from people.actor import Actor

CONFIRMED = "The minutes of this meeting are confirmed. What they were made from stays as it is."


def may_see_room(actor: Actor) -> Verdict:
    """Watch what is written down in the room: those who write it, and those who check it."""
    return ALLOWED if actor.has(*SEE_ALL_ITEMS) else refused("The secretariat writes down what is said in the room.")


def may_record(actor: Actor, meeting: Meeting, confirmed: bool, at: dt.datetime) -> Verdict:
    """Note what is said and decided: the secretariat, from the start of a meeting until its minutes are confirmed."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if meeting.state == MeetingState.PROPOSED:
        return refused("This meeting is only proposed. Accept it first.")
    if meeting.state == MeetingState.CANCELLED:
        return refused("This meeting was cancelled.")
    if meeting.state == MeetingState.PLANNED and meeting.starts_at > at:
        day = clock.local_date(meeting.starts_at)
        return refused(f"The meeting is on {in_words(day)}. What is said and decided is recorded once it has begun.")
    return refused(CONFIRMED) if confirmed else ALLOWED


def may_change(actor: Actor, decision: Decision, confirmed: bool, at: dt.datetime, *, ratified_by: str = "") -> Verdict:
    """Correct or withdraw a decision that stands. `ratified_by` is the decision that made it the board's own."""
    if not (verdict := may_record(actor, decision.meeting, confirmed, at)):
        return verdict
    if decision.withdrawn_at is not None:
        return refused(f"{decision.reference} was withdrawn. It keeps its number; record the decision anew.")
    if ratified_by:
        return refused(f"{decision.reference} was ratified by {ratified_by}. What was ratified stays as it was.")
    return ALLOWED


def may_withdraw(
    actor: Actor,
    decision: Decision,
    done: Iterable[str],
    rests: Iterable[str],
    confirmed: bool,
    at: dt.datetime,
    *,
    ratified_by: str = "",
) -> Verdict:
    """A decision that did nothing besides and that nothing rests on.

    `done` are the sentences of what it did, `rests` the names of what was made from it.
    """
    if not (verdict := may_change(actor, decision, confirmed, at, ratified_by=ratified_by)):
        return verdict
    done = list(done)
    if done:
        return refused(f"This decision was carried out: {' '.join(done)} It cannot be withdrawn; decide anew.")
    if named := ", ".join(rests):
        return refused(
            f"What was made from this decision still stands: {named}. Withdraw referrals and close actions first. "
            "Where that is too late, correct the decision."
        )
    return ALLOWED


def fits_kind(kind: str, done: Iterable[str]) -> Verdict:
    """What was carried out by an approval stays approved."""
    done = list(done)
    if kind != DecisionKind.APPROVED and done:
        return refused(f"This decision was carried out: {' '.join(done)} Its outcome stays “Approved”.")
    return ALLOWED


def fits_item(paper: Paper | None, item: AgendaItem) -> Verdict:
    """A decision follows a paper of its own item."""
    if paper is not None and (paper.item_id != item.pk or paper.state == "withdrawn"):
        return refused("That paper is not one of this item any more. Open the page again.")
    return ALLOWED


def says_something(text: str) -> Verdict:
    """A decision has words."""
    return ALLOWED if text.strip() else refused("Enter what was decided.")


def ends_after_it_starts(started_at: dt.datetime | None, ended_at: dt.datetime | None) -> Verdict:
    """An item is taken from one time to a later one."""
    if started_at and ended_at and ended_at < started_at:
        return refused("The item cannot end before it starts.")
    return ALLOWED


def says_why(because: str) -> Verdict:
    """What was recorded is changed with a reason."""
    return ALLOWED if because.strip() else refused("Say why.")


def knows_who_is_there(answer: Answer, recorded: bool) -> Verdict:
    """Where the terms set a quorum, attendance comes first: it tells whether the decision counts."""
    if answer.quorate is not None and not recorded:
        return refused("Record who is there first: from that it follows whether the item is quorate.")
    return ALLOWED


def may_have_effects(kind: str, answer: Answer) -> Verdict:
    """Only what was approved by enough of the board is carried out."""
    if kind != DecisionKind.APPROVED:
        return refused("Only an approval does something besides. Choose “Approved”, or take away what it does.")
    if answer.inquorate:
        return refused(
            "The item is not quorate, so nothing can be carried out yet. Record the decision alone. "
            "A quorate meeting can ratify it and carry it out."
        )
    return ALLOWED


def gives_authority(board: Board) -> Verdict:
    """Whether what the board decides stands in for a role. A board that advises is asked, it does not decide."""
    if board.kind == BoardKind.ADVISES:
        return refused(f"{board} advises. Refer this to a board that decides.")
    return ALLOWED


def may_ratify(decision: Decision, item: AgendaItem, without_quorum: bool) -> Verdict:
    """A decision of the same board, subject to ratification, at an item where enough of the board are there."""
    if decision.board_id != item.meeting.board_id:
        return refused(f"{decision.reference} was taken by {decision.board}. That board ratifies it.")
    if not decision.needs_ratification or decision.withdrawn_at is not None:
        return refused(f"{decision.reference} needs no ratification.")
    if decision.item_id == item.pk:
        return refused(f"{decision.reference} was taken at this very item.")
    if without_quorum:
        return refused(f"The item is not quorate either, so it cannot ratify {decision.reference}.")
    return ALLOWED


def says_something_new(meeting: Meeting, body: dict[str, Any], last: dict[str, Any] | None) -> Verdict:
    """A summary has something to say: what was decided, what changed since the last, or that nothing was decided."""
    if last is not None:
        return refused("Nothing has changed since the last summary went out.") if body == last else ALLOWED
    if not body["lines"] and meeting.state != MeetingState.HELD:
        return refused("Nothing is decided yet, and no action raised. Record the meeting as held, or decide something.")
    return ALLOWED
