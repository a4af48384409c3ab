"""What a referral waits for, in words. Given a loaded line, asks nothing."""

from boards.choices import MeetingState
from boards.choices_records import Disposition, ReferralState
from boards.models import ReferralStop
from boards.queries.referrals import Line
from kit import clock
from kit.fields import in_words

# The looks of states that other records have.
LOOKS = {
    ReferralState.OPEN: "open",
    ReferralState.ANSWERED: "submitted",
    ReferralState.NOTED: "signed_off",
    ReferralState.WITHDRAWN: "closed",
}
STOP_LOOKS = {
    Disposition.ENDORSED: "signed_off",
    Disposition.AMENDED: "submitted",
    Disposition.REJECTED: "draft",
    Disposition.DEFERRED: "changes_requested",
    Disposition.REFERRED_BACK: "changes_requested",
    Disposition.NOTED: "closed",
}


def next_step(line: Line) -> str:
    """ "Waits for Diversity Board to confirm receipt."."""
    referral = line.referral
    if referral.state == ReferralState.WITHDRAWN:
        return "None: it was withdrawn."
    if referral.state == ReferralState.NOTED:
        return f"None: {line.board(referral.from_board)} noted the outcome."
    if referral.state == ReferralState.ANSWERED:
        return _back(line)
    return _at_stop(line, line.here) if line.here else ""


def warnings(line: Line) -> list[str]:
    """What is late, in words: an answer that was wanted by a day, an escalation that nobody has confirmed."""
    found = []
    if line.not_received:
        by = in_words(line.receipt_by)
        found.append(f"Not received: {line.board(line.here.board)} was to confirm receipt by {by}.")
    if line.overdue:
        found.append(f"Overdue: an answer was wanted by {in_words(line.referral.wanted_by)}.")
    return found


def stop_state(line: Line, stop: ReferralStop) -> tuple[str, str]:
    """The state of a stop for its tag: a key, and the word."""
    if stop.disposition and not (stop == line.here and _placed_again(stop)):
        return STOP_LOOKS[Disposition(stop.disposition)], stop.get_disposition_display()
    if stop != line.here:
        ended = line.referral.state != ReferralState.OPEN
        return "planned", "Not reached" if ended else "To come"
    if line.not_received:
        return "overdue", "Not received"
    return "open", "Here now"


def placed(line: Line, stop: ReferralStop) -> str:
    """ "On the agenda of 8 February 2022", for who sees the item."""
    day = line.day(stop.item)
    if day is None:
        return ""
    if stop.item.meeting.state == MeetingState.CANCELLED:
        return f"The meeting of {in_words(day)} was cancelled"
    return f"On the agenda of {in_words(day)}"


def is_ahead(line: Line, stop: ReferralStop) -> bool:
    """Whether it is on the agenda of a meeting to come."""
    meeting = stop.item.meeting if stop.item else None
    return meeting is not None and meeting.state == MeetingState.PLANNED and meeting.starts_at > line.at


def receipt(stop: ReferralStop) -> str:
    """ "Received on 20 January 2022, confirmed by Sana"."""
    if not stop.received_at:
        return ""
    return f"Received on {in_words(clock.local_date(stop.received_at))}, confirmed by {stop.received_by}"


def _back(line: Line) -> str:
    board, back = line.board(line.referral.from_board), line.referral.back_on
    day = line.day(back)
    if back is None or (day and back.meeting.state in (MeetingState.HELD, MeetingState.CANCELLED)):
        return f"It comes back to {board} as soon as a meeting with an open agenda is planned."
    return f"{board} notes the outcome" + (f" on {in_words(day)}." if day else ".")


def _at_stop(line: Line, stop: ReferralStop) -> str:
    board, day = line.board(stop.board), line.day(stop.item)
    if stop.disposition == Disposition.DEFERRED and not _placed_again(stop):
        return f"{board} deferred it. It waits for a place on a later agenda."
    gone = stop.item is None or stop.item.meeting.state == MeetingState.CANCELLED
    if not stop.received_at:
        waits = f"Waits for {board} to confirm receipt"
        return f"{waits}; it is on the agenda of {in_words(day)}." if day and not gone else f"{waits}."
    if stop.board.is_outside:
        return f"Waits for the answer of {board}."
    if gone:
        return f"Waits for a place on an agenda of {board}."
    if day is None:
        return f"Waits for the answer of {board}."
    if stop.item.meeting.starts_at > line.at:
        return f"{board} takes it on {in_words(day)}."
    return f"Record what {board} made of it on {in_words(day)}."


def _placed_again(stop: ReferralStop) -> bool:
    item = stop.item
    return bool(item and stop.disposed_at and item.meeting.starts_at > stop.disposed_at)
