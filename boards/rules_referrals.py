"""Who may send, receive, answer and note a referral, and when. Pure questions: the answer says why not."""

import datetime as dt
from collections.abc import Sequence

from boards.choices import MeetingState
from boards.choices_records import DecisionKind, Disposition, ReferralState
from boards.models import AgendaItem, Board, Decision, Meeting, Referral, ReferralStop
from boards.rules import may_run_boards
from kit import clock
from kit.diff import same_words
from kit.fields import in_words
from kit.verdict import ALLOWED, Verdict, refused
from people.actor import Actor

ENDED = {
    ReferralState.ANSWERED: "Every board on its way has answered.",
    ReferralState.NOTED: "The first board has noted what came of it.",
    ReferralState.WITHDRAWN: "This referral was withdrawn.",
}


def may_send(actor: Actor, board: Board, item: AgendaItem | None, decision: Decision | None) -> Verdict:
    """The secretariat sends on what a board that meets here agreed, from an item or a decision of its own."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if board.is_outside:
        return refused(f"{board} is kept by another body. What it asks for comes in as an item of a board here.")
    if item is not None and item.meeting.board_id != board.pk:
        return refused("This item is of another board.")
    if item is not None and item.meeting.state == MeetingState.CANCELLED:
        return refused("This meeting was cancelled.")
    return _may_rest_on(decision, item) if decision else ALLOWED


def _may_rest_on(decision: Decision, item: AgendaItem | None) -> Verdict:
    if item is not None and decision.item_id != item.pk:
        return refused("This decision is on another item.")
    if decision.withdrawn_at:
        return refused(f"{decision.reference} was recorded in error and withdrawn.")
    if decision.kind != DecisionKind.REFERRED:
        return refused(f"{decision.reference} does not refer it to another board. Its outcome must be “Referred”.")
    return ALLOWED


def fits_way(from_board: Board, to_boards: Sequence[Board], on: dt.date) -> Verdict:
    """A way has at least one board, none twice, and no board that has ended."""
    if not to_boards:
        return refused("Choose at least one board to send it to.")
    if from_board in to_boards:
        return refused(f"{from_board} sends it. The outcome comes back there by itself.")
    if len({board.pk for board in to_boards}) < len(to_boards):
        return refused("Each board can be on the way once.")
    for board in to_boards:
        if board.ends and board.ends < on:
            return refused(f"{board} ended on {in_words(board.ends)}. Choose another board.")
        if board.starts > on:
            return refused(f"{board} begins on {in_words(board.starts)}. Choose another board.")
    return ALLOWED


def fits_wanted_by(day: dt.date | None, on: dt.date) -> Verdict:
    """An answer is wanted for a day to come."""
    return refused("The answer must be wanted by today or later.") if day and day < on else ALLOWED


def may_receive(actor: Actor, referral: Referral, stop: ReferralStop | None) -> Verdict:
    """Confirm that it has reached the board where it is."""
    if not (verdict := _under_way(actor, referral, stop)):
        return verdict
    if stop.received_at:
        return refused(
            f"Receipt was confirmed by {stop.received_by} on {in_words(clock.local_date(stop.received_at))}."
        )
    return ALLOWED


def may_place(actor: Actor, referral: Referral, stop: ReferralStop | None, at: dt.datetime) -> Verdict:
    """Put it on an agenda, or on another one while its meeting is still to come."""
    if not (verdict := _under_way(actor, referral, stop)):
        return verdict
    if stop.board.is_outside:
        return refused(f"{stop.board} is kept by another body. Its meetings are not run in STRIDE.")
    if stop.item is None or stop.item.meeting.state == MeetingState.CANCELLED or stop.item.meeting.starts_at > at:
        return ALLOWED
    if stop.disposition == Disposition.DEFERRED and stop.item.meeting.starts_at <= stop.disposed_at:
        return ALLOWED
    return refused(f"{stop.board} took it on {in_words(stop.item.meeting.day)}. Record the answer.")


def takes(meeting: Meeting, stop: ReferralStop, at: dt.datetime) -> Verdict:
    """A meeting that can take a stop of a referral: of that board, planned, and yet to begin."""
    if meeting.board_id != stop.board_id:
        return refused(f"Choose a meeting of {stop.board}.")
    if meeting.state != MeetingState.PLANNED or meeting.starts_at <= at:
        return refused("Choose a planned meeting that is still to come.")
    if stop.item and stop.item.meeting_id == meeting.pk:
        return refused(f"It is on the agenda of {in_words(meeting.day)} already.")
    return ALLOWED


def may_answer(actor: Actor, referral: Referral, stop: ReferralStop | None, at: dt.datetime) -> Verdict:
    """Record what the board made of it, once the meeting that takes it has begun."""
    if not (verdict := _under_way(actor, referral, stop)):
        return verdict
    if stop.board.is_outside:
        return ALLOWED
    if stop.item is None or stop.item.meeting.state == MeetingState.CANCELLED:
        return refused(f"It is not on an agenda of {stop.board} yet. Place it first.")
    if stop.item.meeting.starts_at > at:
        return refused(f"{stop.board} takes it on {in_words(stop.item.meeting.day)}. Record the answer from then on.")
    if stop.disposition == Disposition.DEFERRED and stop.disposed_at and stop.item.meeting.starts_at < stop.disposed_at:
        return refused("It was deferred. Place it on a later agenda first.")
    return ALLOWED


def fits_answer(stop: ReferralStop, disposition: str, text_agreed: str, summary: str) -> Verdict:
    """An answer says in short what came of it; an amendment has a text of its own."""
    if not summary.strip():
        return refused("Say in short what came of it.")
    if disposition == Disposition.AMENDED and not text_agreed.strip():
        return refused("Enter the text as the board agreed it.")
    if disposition == Disposition.AMENDED and same_words(stop.text_received, text_agreed):
        return refused("The text is the one that was received. Change it, or choose “Endorsed”.")
    return ALLOWED


def may_note(actor: Actor, referral: Referral) -> Verdict:
    """Record that the first board has noted the outcome."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if referral.state == ReferralState.OPEN:
        return refused("It is still under way. There is no outcome to note yet.")
    return ALLOWED if referral.state == ReferralState.ANSWERED else refused(ENDED[ReferralState(referral.state)])


def fits_noting(referral: Referral, meeting: Meeting | None, decision: Decision | None, at: dt.datetime) -> Verdict:
    """It is noted by a decision of that kind where it was reported back, or at a meeting of the board since then."""
    if decision is not None:
        if decision.withdrawn_at or decision.kind != DecisionKind.NOTED or decision.item_id != referral.back_on_id:
            return refused("Choose a decision that notes it, on the item at which it was reported back.")
        return ALLOWED
    if meeting is None or meeting.board_id != referral.from_board_id:
        return refused(f"Say at which meeting {referral.from_board} noted it.")
    held = meeting.state in (MeetingState.PLANNED, MeetingState.HELD) and meeting.starts_at <= at
    if not held or meeting.day < clock.local_date(referral.answered_at):
        return refused("Choose a meeting that was held since the last board answered.")
    return ALLOWED


def may_withdraw(actor: Actor, referral: Referral) -> Verdict:
    """Take it back while it is under way."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    return ALLOWED if referral.state == ReferralState.OPEN else refused(ENDED[ReferralState(referral.state)])


def current_stop(referral: Referral) -> ReferralStop | None:
    """Where a referral is: the first board on its way that has not finally answered; None when it has ended."""
    if referral.state != ReferralState.OPEN:
        return None
    return next((stop for stop in referral.stops.all() if stop.disposition in ("", Disposition.DEFERRED)), None)


def _under_way(actor: Actor, referral: Referral, stop: ReferralStop | None) -> Verdict:
    if not (verdict := may_run_boards(actor)):
        return verdict
    if referral.state != ReferralState.OPEN:
        return refused(ENDED[ReferralState(referral.state)])
    return ALLOWED if stop and stop == current_stop(referral) else refused("It has gone on to another board.")
