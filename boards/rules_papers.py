"""Who may do what with a paper, and when. Pure questions: the answer says why not, in a sentence."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from boards.choices import Purpose
from boards.choices_papers import WITH_AUTHOR, PaperState
from boards.models import Meeting, Paper
from boards.querysets import SEE_ALL_BOARDS
from boards.rules import may_run_boards
from boards.rules_meetings import may_be_planned
from kit.clock import local_date
from kit.fields import in_words
from kit.verdict import ALLOWED, Verdict, refused
from kit.working_days import day_in_words, listed
from people.actor import Actor

WITHDRAWN = "This paper was withdrawn. Commission another one."
NEEDS_PDF = "The pack needs a PDF of this Word paper. Add a version with its PDF."
WITH_THE_SECRETARIAT = "This paper is with the secretariat. Ask them to send it back if it has to change."


@dataclass(frozen=True)
class Given:
    """What else a rule has to know of a paper: its file, whether a pack can hold that, when it was last sent back."""

    has_file: bool = False
    sent_back_at: dt.datetime | None = None
    fits_pack: bool = True


def writes(actor: Actor, paper: Paper) -> bool:
    """Whether it is the paper of a post that the actor speaks for."""
    return paper.author_post_id in actor.speaks_for


def reads_drafts(actor: Actor, paper: Paper) -> bool:
    """Whether they read the paper while it is written, with its earlier versions and all that was said of it."""
    return writes(actor, paper) or actor.has(*SEE_ALL_BOARDS)


def may_commission(actor: Actor, meeting: Meeting) -> Verdict:
    """Ask a post for a paper, for a meeting to come."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    return may_be_planned(meeting)


def may_chase(actor: Actor, meeting: Meeting) -> Verdict:
    """Remind the authors whose papers are missing."""
    return may_commission(actor, meeting)


def due_fits(due: dt.date, meeting: Meeting, today: dt.date) -> Verdict:
    """A day that is typed is still to come, and not after the meeting."""
    if due < today:
        return refused("The day it is due must not be past")
    if due > meeting.day:
        return refused(f"The day it is due must not be after the meeting on {in_words(meeting.day)}")
    return ALLOWED


def may_write(actor: Actor, paper: Paper, meeting: Meeting) -> Verdict:
    """Change the front sheet, its governance route and the files: the author, and the secretariat for them."""
    if not writes(actor, paper) and not may_run_boards(actor):
        return refused("The post that was asked for it writes it, and the secretariat helps.")
    if not (verdict := may_be_planned(meeting)):
        return verdict
    if paper.state == PaperState.WITHDRAWN:
        return refused(WITHDRAWN)
    if paper.state == PaperState.CLEARED:
        return refused("This paper was cleared. Ask the secretariat to send it back if it has to change.")
    return ALLOWED if paper.state in WITH_AUTHOR else refused(WITH_THE_SECRETARIAT)


def may_submit(actor: Actor, paper: Paper, meeting: Meeting, given: Given, at: dt.datetime) -> Verdict:
    """Give it in: complete, and in time or with the chair's permission."""
    if not (verdict := may_write(actor, paper, meeting)):
        return verdict
    if not (verdict := is_complete(paper, given)):
        return verdict
    if needs_permission(paper, given, at):
        return refused(
            f"It was due by {day_in_words(local_date(paper.due_at))}. A late paper needs the chair’s permission."
        )
    return ALLOWED


def is_complete(paper: Paper, given: Given) -> Verdict:
    """Whether there is enough to read, and something to decide where the board is asked to."""
    if not paper.purpose.strip():
        return refused("Say on the front sheet what the paper is for.")
    if paper.item.purpose == Purpose.DECISION and not paper.recommendation.strip():
        return refused("The board is asked to decide. Write the recommendation on the front sheet first.")
    if given.has_file and not given.fits_pack:
        return refused(NEEDS_PDF)
    return ALLOWED


def is_late_now(paper: Paper, given: Given, at: dt.datetime) -> bool:
    """Whether a submission at that moment is late: after it was due. Sent back only after that, it came in time."""
    back_after = given.sent_back_at is not None and given.sent_back_at > paper.due_at
    return at > paper.due_at and not back_after


def needs_permission(paper: Paper, given: Given, at: dt.datetime) -> bool:
    """Whether it is late, and the chair has not permitted that."""
    return is_late_now(paper, given, at) and paper.late_permitted_at is None


def may_ask_late(actor: Actor, paper: Paper, meeting: Meeting) -> Verdict:
    """Ask the chair to let a late paper in; also ahead of the day."""
    if not (verdict := may_write(actor, paper, meeting)):
        return verdict
    if paper.late_permitted_at:
        return refused("The chair has permitted it already.")
    return ALLOWED


def may_permit_late(actor: Actor, paper: Paper, meeting: Meeting, *, presides: bool) -> Verdict:
    """Let a late paper in: the chair or deputy chair, or the secretariat when it records what a chair said."""
    if not presides and not may_run_boards(actor):
        return refused("The chair or deputy chair permits a late paper, and the secretariat records it.")
    if not (verdict := may_be_planned(meeting)):
        return verdict
    if paper.late_permitted_at:
        return refused("The chair has permitted it already.")
    if paper.state not in WITH_AUTHOR:
        return refused(f"This paper is {paper.get_state_display().lower()}. There is nothing to permit.")
    if not paper.late_asked:
        return refused("The author has not asked for it yet.")
    if writes(actor, paper) and not may_run_boards(actor):
        return refused("You write this paper. Ask another chair, or the secretariat to record what they said.")
    return ALLOWED


def may_send_back(actor: Actor, paper: Paper, meeting: Meeting) -> Verdict:
    """Give a paper back to its author."""
    if not (verdict := may_commission(actor, meeting)):
        return verdict
    if paper.state not in (PaperState.SUBMITTED, PaperState.CLEARED):
        return refused("Only a paper that was submitted can be sent back.")
    return ALLOWED


def may_clear(actor: Actor, paper: Paper, meeting: Meeting, given: Given) -> Verdict:
    """Say that a paper is fit for the pack: from then on those whom its item is put before read it."""
    if not (verdict := may_commission(actor, meeting)):
        return verdict
    if paper.state != PaperState.SUBMITTED:
        return refused("Only a submitted paper can be cleared.")
    if given.has_file and not given.fits_pack:
        return refused("The pack needs a PDF of this Word paper. Send it back, so that its author adds one.")
    return ALLOWED


def may_withdraw(actor: Actor, paper: Paper, meeting: Meeting) -> Verdict:
    """Take a paper back: the secretariat, and its author until it is cleared."""
    runs = may_run_boards(actor)
    if not runs and not writes(actor, paper):
        return refused("The post that was asked for it, or the secretariat, withdraws a paper.")
    if not (verdict := may_be_planned(meeting)):
        return verdict
    if paper.state == PaperState.WITHDRAWN:
        return refused("This paper was withdrawn already.")
    if paper.state == PaperState.CLEARED and not runs:
        return refused("This paper was cleared. Only the secretariat can withdraw it now.")
    return ALLOWED


def holds_nothing(kept: Sequence[str]) -> Verdict:
    """An agenda item goes only while nothing hangs on it. `kept` says what does: "2 papers"."""
    if not kept:
        return ALLOWED
    return refused(f"This item has {listed(kept)}, which would lose its place. It stays on the agenda.")
