"""Who may do what about a board action, and when. Pure questions: the answer says why not, in a sentence."""

import datetime as dt

from boards.choices import MeetingState
from boards.choices_records import ActionState
from boards.models import BoardAction, Meeting
from boards.rules import may_run_boards
from kit import clock
from kit.fields import in_words
from kit.verdict import ALLOWED, Verdict, refused
from people.actor import Actor

CLOSED = "The board closed this action. It stays as it was."
CONFIRMED = "The minutes of this meeting are confirmed. Raise the action at the next meeting."


def may_raise(actor: Actor, meeting: Meeting, minutes_confirmed: bool, at: dt.datetime) -> Verdict:
    """Raise an action at a meeting: the secretariat, from its day on, until its minutes are confirmed."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if not (verdict := has_begun(meeting, at)):
        return verdict
    return refused(CONFIRMED) if minutes_confirmed else ALLOWED


def has_begun(meeting: Meeting, at: dt.datetime) -> Verdict:
    """Refused for a meeting that is only proposed, was cancelled, or is on a later day."""
    if meeting.state == MeetingState.PROPOSED:
        return refused("This meeting is only proposed. Accept it first.")
    if meeting.state == MeetingState.CANCELLED:
        return refused("This meeting was cancelled.")
    if meeting.day > clock.local_date(at):
        return refused(f"The meeting is on {in_words(meeting.day)}. Record what comes out of it from that day on.")
    return ALLOWED


def may_update(actor: Actor, action: BoardAction) -> Verdict:
    """Say how it stands: its owner, a delegate, a contributor, and the secretariat, until the board closes it.

    Needs the contributors' links.
    """
    if action.state == ActionState.CLOSED:
        return refused(CLOSED)
    helps = any(link.post_id in actor.speaks_for for link in action.contributor_links.all())
    if is_owner(actor, action) or helps or may_run_boards(actor):
        return ALLOWED
    return refused("Its owner, who contributes to it, and the secretariat say how an action stands.")


def is_owner(actor: Actor, action: BoardAction) -> bool:
    """Whether the actor holds the owner's post that day, or is a delegate of it."""
    return action.owner_post_id in actor.speaks_for


def may_steer(actor: Actor, action: BoardAction) -> Verdict:
    """Move its date, park it, or give it to another post: the secretariat, for the board."""
    if action.state == ActionState.CLOSED:
        return refused(CLOSED)
    if not may_run_boards(actor):
        return refused("The secretariat does this for the board. Say in an update what you need.")
    return ALLOWED


def may_propose(actor: Actor, action: BoardAction) -> Verdict:
    """Propose its closure: the owner, a delegate, or the secretariat on their behalf."""
    if action.state == ActionState.CLOSED:
        return refused(CLOSED)
    if action.state == ActionState.PROPOSED:
        return refused("Its closure has been proposed already. The board decides on it.")
    if is_owner(actor, action) or may_run_boards(actor):
        return ALLOWED
    return refused("Its owner proposes to close an action.")


def may_keep_open(actor: Actor, action: BoardAction) -> Verdict:
    """Record that the board keeps it open, although its closure was proposed: the secretariat."""
    if action.state == ActionState.CLOSED:
        return refused(CLOSED)
    if not may_run_boards(actor):
        return refused("The board keeps an action open, and the secretariat records it.")
    return ALLOWED if action.state == ActionState.PROPOSED else refused("Nobody has proposed to close this action.")


def may_close(actor: Actor, action: BoardAction) -> Verdict:
    """Record that the board closed it: the secretariat."""
    if action.state == ActionState.CLOSED:
        return refused(CLOSED)
    return ALLOWED if may_run_boards(actor) else refused("The board closes an action, and the secretariat records it.")


def may_be_taken_at(
    action: BoardAction,
    meeting: Meeting,
    minutes_confirmed: bool,
    raised_at: Meeting,
    at: dt.datetime,
    *,
    proposed_on: dt.date | None,
) -> Verdict:
    """Whether the board can have closed it, or kept it open, at this meeting. `raised_at` is the one it came from,
    `proposed_on` the day on which its closure was proposed.
    """
    if meeting.board_id != action.board_id:
        return refused("An action is closed by the board that raised it.")
    if meeting.starts_at < raised_at.starts_at:
        return refused(f"It was raised on {in_words(raised_at.day)}. Choose that meeting or a later one.")
    if proposed_on and meeting.day < proposed_on:
        return refused(f"Its closure was proposed on {in_words(proposed_on)}. Choose a meeting of that day or later.")
    return is_open_for(meeting, minutes_confirmed, at)


def may_close_at(actor: Actor, meeting: Meeting, minutes_confirmed: bool, at: dt.datetime) -> Verdict:
    """Record what the board closed at a meeting: the secretariat, while its minutes are open."""
    if not may_run_boards(actor):
        return refused("The board closes actions, and the secretariat records it.")
    return is_open_for(meeting, minutes_confirmed, at)


def is_open_for(meeting: Meeting, minutes_confirmed: bool, at: dt.datetime) -> Verdict:
    """Refused for a meeting that has not begun, or whose minutes are confirmed."""
    if not (verdict := has_begun(meeting, at)):
        return verdict
    if minutes_confirmed:
        return refused("The minutes of this meeting are confirmed. Record it at a later meeting.")
    return ALLOWED


def may_chase(actor: Actor) -> Verdict:
    """Remind owners by mail: the secretariat."""
    return may_run_boards(actor)
