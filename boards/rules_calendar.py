"""Who may plan, move and cancel meetings, and when. Pure questions: the answer says why not, in a sentence."""

import datetime as dt

from boards.choices import MeetingState
from boards.models import Board, Meeting
from boards.rules import may_run_boards
from kit.verdict import ALLOWED, Verdict, refused
from kit.working_days import WorkingCalendar, day_in_words
from people.actor import Actor

STANDING = (MeetingState.PLANNED, MeetingState.HELD)


def may_plan_for(actor: Actor, board: Board) -> Verdict:
    """Propose or add meetings of a board whose meetings are run here."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if board.is_outside:
        return refused(f"{board} is kept by another body, so its meetings are not run in STRIDE.")
    if board.ends and board.ends < actor.on:
        return refused(f"{board} ended on {day_in_words(board.ends)}.")
    return ALLOWED


def may_accept(actor: Actor, meeting: Meeting) -> Verdict:
    """Make a proposal a planned meeting, as long as its day is not over."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if meeting.state != MeetingState.PROPOSED:
        return refused(f"Only a proposal can be accepted. This meeting is {meeting.get_state_display().lower()}.")
    if meeting.day < actor.on:
        return refused(
            f"The day of this proposal, {day_in_words(meeting.day)}, is past. Propose again, or move it first."
        )
    return ALLOWED


def may_move(actor: Actor, meeting: Meeting) -> Verdict:
    """Give a proposed or planned meeting another day, time or place."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if meeting.state == MeetingState.HELD:
        return refused("This meeting was held, so its day stays as it was.")
    if meeting.state == MeetingState.CANCELLED:
        return refused("This meeting was cancelled. Add a new one in its place.")
    return ALLOWED


def may_cancel(actor: Actor, meeting: Meeting) -> Verdict:
    """Call off a planned meeting, or drop a proposal."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if meeting.state == MeetingState.HELD:
        return refused("This meeting was held, so it cannot be cancelled.")
    if meeting.state == MeetingState.CANCELLED:
        return refused("This meeting was cancelled already.")
    return ALLOWED


def may_record_product(actor: Actor, meeting: Meeting) -> Verdict:
    """Say when papers, an agenda or minutes came, also after the meeting was held."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if meeting.state not in STANDING:
        return refused("What is due is recorded for meetings that are planned or were held.")
    return ALLOWED


def fits_board(board: Board, day: dt.date) -> Verdict:
    """Whether the board exists on the day."""
    if day < board.starts:
        return refused(f"{board} begins on {day_in_words(board.starts)}.")
    if board.ends and day > board.ends:
        return refused(f"{board} ends on {day_in_words(board.ends)}.")
    return ALLOWED


def fits_calendar(day: dt.date, calendar: WorkingCalendar) -> Verdict:
    """Whether the body works on the day. It may meet on another all the same, when whoever plans it says so."""
    why = calendar.why_off(day)
    return refused(f"{day_in_words(day)} is {_said(why)}.") if why else ALLOWED


def fits_move(day: dt.date, today: dt.date) -> Verdict:
    """A meeting moves to a day that is still to come."""
    if day < today:
        return refused("A meeting cannot be moved into the past. Cancel it, and add the one that took place.")
    return ALLOWED


def _said(why: str) -> str:
    return why if why.startswith("a ") else f"a day off: {why}"
