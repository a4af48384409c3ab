"""When minutes are drafted, circulated, corrected and confirmed. Pure questions, answered in a sentence."""

import datetime as dt

from boards.choices import MeetingState
from boards.choices_records import MinutesState
from boards.models import AgendaItem, Meeting, Minutes
from boards.rules import may_run_boards
from kit import clock
from kit.fields import in_words
from kit.verdict import ALLOWED, Verdict, refused
from people.actor import Actor

CONFIRMED = "These minutes are confirmed. They stay as they are."


def may_draft(actor: Actor, meeting: Meeting, there: bool, at: dt.datetime) -> Verdict:
    """Begin the minutes of a meeting that has begun. `there` says that they have been begun already."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if meeting.state == MeetingState.PROPOSED:
        return refused("This meeting is only proposed. Accept it first.")
    if meeting.state == MeetingState.CANCELLED:
        return refused("This meeting was cancelled.")
    if meeting.state == MeetingState.PLANNED and meeting.starts_at > at:
        day = in_words(clock.local_date(meeting.starts_at))
        return refused(f"The meeting is on {day}. Minutes are written once it has begun.")
    return refused("These minutes are begun already.") if there else ALLOWED


def may_write(actor: Actor, minutes: Minutes) -> Verdict:
    """Change what a draft says."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if minutes.state == MinutesState.CIRCULATED:
        return refused("These minutes went out. Change them by a correction, which says who asked for it.")
    return refused(CONFIRMED) if minutes.state == MinutesState.CONFIRMED else ALLOWED


def may_note(minutes: Minutes | None) -> Verdict:
    """Change what was noted in the room: until the minutes that began from it went out."""
    if minutes is not None and minutes.state == MinutesState.CIRCULATED:
        return refused("The minutes of this meeting went out. A note no longer changes them: correct the minutes.")
    return ALLOWED


def may_circulate(actor: Actor, minutes: Minutes) -> Verdict:
    """Send out the draft of a meeting that was recorded as held."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if minutes.state != MinutesState.DRAFT:
        return refused(CONFIRMED if minutes.state == MinutesState.CONFIRMED else "These minutes went out already.")
    if minutes.meeting.state != MeetingState.HELD:
        return refused("Record first that the meeting was held. Who was there, and the quorum, are then fixed.")
    return ALLOWED


def may_correct(actor: Actor, minutes: Minutes) -> Verdict:
    """Put right what was circulated, until the board confirms it."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if minutes.state == MinutesState.DRAFT:
        return refused("These minutes are still a draft. Change them as they stand.")
    return refused(CONFIRMED) if minutes.state == MinutesState.CONFIRMED else ALLOWED


def is_of_meeting(minutes: Minutes, item: AgendaItem) -> Verdict:
    """A part is about an item of the minutes' own meeting."""
    return ALLOWED if item.meeting_id == minutes.meeting_id else refused("This item is not one of this meeting.")


def is_a_correction(was: str, becomes: str, asked_by: str) -> Verdict:
    """Something changes, and somebody asked for it."""
    if was == becomes:
        return refused("Nothing is different. Change the text, or leave it as it is.")
    return ALLOWED if asked_by.strip() else refused("Say who asked for the correction.")


def may_confirm(actor: Actor, minutes: Minutes, item: AgendaItem, is_put: bool) -> Verdict:
    """Confirm minutes at the item where they are put to the board, at a later meeting. `is_put` says that they are."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if minutes.state == MinutesState.CONFIRMED:
        return refused("These minutes are confirmed already.")
    if minutes.state == MinutesState.DRAFT:
        return refused("These minutes are still a draft. Circulate them first, so that the board has read them.")
    if minutes.meeting.state != MeetingState.HELD:
        return refused("The meeting that these minutes are of is not recorded as held.")
    if item.meeting.board_id != minutes.meeting.board_id or not is_put:
        return refused("These minutes are not put to the board at this item.")
    if item.meeting.starts_at <= minutes.meeting.starts_at:
        return refused("Minutes are confirmed at a later meeting than their own.")
    return ALLOWED
