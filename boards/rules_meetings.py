"""Who may do what about a meeting, and when. Pure questions: the answer says why not, in a sentence."""

import datetime as dt
from collections.abc import Iterable

from boards.choices import DeputiesRule, MeetingState, Presence
from boards.models import Attendance, Board, ForwardPlanEntry, Meeting, Terms
from boards.rules import may_run_boards
from kit import clock
from kit.fields import in_words
from kit.verdict import ALLOWED, Verdict, refused
from people.actor import Actor

HELD = "This meeting was held. What was recorded of it stays as it was."


def may_edit_agenda(actor: Actor, meeting: Meeting) -> Verdict:
    """Change the agenda, the replies and the declarations of a meeting that is still to be held."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    return still_open(meeting)


def still_open(meeting: Meeting) -> Verdict:
    """Refused for a meeting that was held or cancelled."""
    if meeting.state == MeetingState.HELD:
        return refused(HELD)
    if meeting.state == MeetingState.CANCELLED:
        return refused("This meeting was cancelled.")
    return ALLOWED


def may_reply(actor: Actor, attendance: Attendance, meeting: Meeting, at: dt.datetime) -> Verdict:
    """For a seat: its holder, their delegate and the secretariat, until the meeting starts."""
    mine = attendance.post_id in actor.speaks_for or (
        attendance.person_id is not None and attendance.person_id == actor.person_id and not actor.is_auditor
    )
    if not mine and not may_run_boards(actor):
        return refused("You can reply for your own seat only.")
    if not (verdict := may_be_planned(meeting)):
        return verdict
    if meeting.starts_at <= at:
        return refused("The meeting has begun. The secretariat records who is there.")
    return ALLOWED


def may_be_planned(meeting: Meeting) -> Verdict:
    """Refused unless the meeting is planned."""
    if meeting.state == MeetingState.PROPOSED:
        return refused("This meeting is only proposed. Accept it first.")
    return still_open(meeting)


def may_take_attendance(actor: Actor, meeting: Meeting, at: dt.datetime) -> Verdict:
    """Record who is there: the secretariat, from the day of the meeting until it is held."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if not (verdict := may_be_planned(meeting)):
        return verdict
    if meeting.day > clock.local_date(at):
        return refused(f"The meeting is on {in_words(meeting.day)}. Record who is there from that day on.")
    return ALLOWED


def may_hold(
    actor: Actor, meeting: Meeting, attendances: Iterable[Attendance], terms: Terms | None, at: dt.datetime
) -> Verdict:
    """Record a meeting as held: it has begun, terms are in force, and it is known of every seat who came."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if not (verdict := may_be_planned(meeting)):
        return verdict
    if meeting.starts_at > at:
        return refused(f"The meeting is on {in_words(meeting.day)}. It can be recorded as held once it has begun.")
    if terms is None:
        return refused(
            f"{meeting.board} has no terms of reference in force on {in_words(meeting.day)}. "
            "A meeting is held under the terms of its day."
        )
    return attendance_is_complete(attendances)


def attendance_is_complete(attendances: Iterable[Attendance]) -> Verdict:
    """Refused while it is not recorded of somebody whether they came. A vacant seat needs no answer."""
    attendances = list(attendances)
    if not attendances:
        return refused("Nobody sits on this board on that day. Add its members first.")
    open_ones = [each for each in attendances if each.presence == Presence.NOT_RECORDED and each.name]
    if not open_ones:
        return ALLOWED
    names = ", ".join(each.label for each in open_ones[:3])
    more = f" and {len(open_ones) - 3} more" if len(open_ones) > 3 else ""
    return refused(f"Record first whether they came: {names}{more}.")


def may_have_deputy(rules: Terms | None, seat: str, named: str, deputy: str) -> Verdict:
    """Whether the person may come in place of a seat. `named` is the seat's own deputy, empty when none is named."""
    kind = rules.deputies_rule if rules else DeputiesRule.NONE
    if kind == DeputiesRule.NONE:
        return refused("The terms of reference allow no deputies. Record apologies instead.")
    if kind != DeputiesRule.NAMED:
        known = deputy.strip() or (kind == DeputiesRule.CONSISTENT and named)
        return ALLOWED if known else refused(f"Say who comes in place of {seat}.")
    if not named:
        return refused(f"The terms of reference allow named deputies only, and none is named for {seat}.")
    if deputy.strip() and deputy.strip().casefold() != named.casefold():
        return refused(f"The terms of reference allow named deputies only. {named} is the deputy named for {seat}.")
    return ALLOWED


def allows_deputies(rules: Terms | None) -> bool:
    """Whether the terms know deputies at all."""
    return rules is not None and rules.deputies_rule != DeputiesRule.NONE


def may_plan_ahead(actor: Actor, board: Board) -> Verdict:
    """Keep the forward plan of a board that meets here."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    return refused(f"{board} is kept by another body.") if board.is_outside else ALLOWED


def may_keep_interests(actor: Actor, person_id: int, sits_somewhere: bool) -> Verdict:
    """Everybody who sits on a board keeps their own register; the secretariat keeps everybody's."""
    if may_run_boards(actor):
        return ALLOWED
    if actor.is_auditor or actor.person_id != person_id:
        return refused("People keep their own register of interests, and the secretariat helps them.")
    return ALLOWED if sits_somewhere else refused("The register is for those who sit on a board.")


def may_change_entry(entry: ForwardPlanEntry) -> Verdict:
    """An entry of the forward plan is changed while it waits."""
    if entry.item_id is not None:
        return refused("It is on an agenda already. Change it there.")
    if entry.dropped_because:
        return refused("It was dropped. Add it again if the board means to take it up after all.")
    return ALLOWED
