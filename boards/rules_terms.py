"""When terms of reference may be drafted, changed, adopted and approved. Pure questions, answered in a sentence."""

import datetime as dt
from collections.abc import Iterable, Sequence

from boards.choices import DeputiesCount, DeputiesRule, TermsState
from boards.models import Board, Meeting, Terms
from boards.queries.terms import LONGEST_CHAIN
from boards.rules import may_run_boards
from kit.fields import in_words
from kit.verdict import ALLOWED, Verdict, refused
from people.actor import Actor

# Characters; "DB 14" is enough to find a decision again.
SHORTEST_DECISION = 5


def may_draft(actor: Actor, board: Board, has_draft: bool) -> Verdict:
    """One draft at a time, of a board that is run here."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if board.is_outside:
        return refused(f"{board} is kept by another body. Its terms of reference are not kept here.")
    if has_draft:
        return refused("This board already has a draft. Change that one.")
    return ALLOWED


def may_edit(actor: Actor, terms: Terms) -> Verdict:
    """Drafts only."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if terms.state != TermsState.DRAFT:
        return refused("Approved terms of reference cannot be changed or deleted. Draft a new version.")
    return ALLOWED


def may_adopt(board: Board, chain: Sequence[Board], holds: bool) -> Verdict:
    """`chain`: the boards whose terms would be followed, one after the other; `holds`: whether it ends in terms."""
    if board.pk in {each.pk for each in chain}:
        first = chain[0]
        if first.pk == board.pk:
            return refused("A board cannot adopt its own terms.")
        return refused(f"{first} adopts the terms of {board}, directly or through others. That would be a circle.")
    if len({each.pk for each in chain}) < len(chain):
        return refused(f"The terms of {chain[0]} are adopted in a circle. Nobody could say what holds.")
    if len(chain) > LONGEST_CHAIN:
        return refused(f"That would be {len(chain)} adoptions in a row; {LONGEST_CHAIN} are the most.")
    if chain and not holds:
        return refused(f"{chain[-1]} has no terms of reference in force, so there is nothing to adopt.")
    return ALLOWED


def fits_pin(adopts: Board | None, pinned: Terms | None) -> Verdict:
    """The version that terms stay with is an approved one of the board that they adopt."""
    if pinned is None:
        return ALLOWED
    if adopts is None:
        return refused("Only adopted terms can stay with a version.")
    if pinned.board_id != adopts.pk:
        return refused(f"That version is not one of {adopts}.")
    return ALLOWED if pinned.state == TermsState.APPROVED else refused("That version is not approved.")


def may_approve(actor: Actor, terms: Terms, problems: Sequence[str]) -> Verdict:
    """A draft with which nothing is wrong. `problems` comes from boards.queries.checks."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    if terms.state != TermsState.DRAFT:
        return refused("These terms are approved already.")
    return refused(" ".join(problems)) if problems else ALLOWED


def names_decision(decision: str) -> Verdict:
    """The record has to say which decision it was; a letter does not."""
    if len(decision.strip()) < SHORTEST_DECISION:
        return refused("Say in a few words which decision approved them, for example the meeting and its number.")
    return ALLOWED


def fits_decision_day(decided_on: dt.date, today: dt.date) -> Verdict:
    """A decision was taken today or before."""
    if decided_on > today:
        return refused(f"The decision cannot be later than today, {in_words(today)}.")
    return ALLOWED


def fits_in_force(from_day: dt.date, board: Board, approved: Iterable[Terms], held: Iterable[Meeting]) -> Verdict:
    """New terms hold after the last version's first day, and never for a meeting that was held under the older."""
    if from_day < board.starts:
        return refused(f"The board began on {in_words(board.starts)}. Its terms cannot hold before.")
    last = max(approved, key=lambda terms: terms.in_force_from, default=None)
    if last and from_day <= last.in_force_from:
        return refused(f"Version {last.number} is in force from {in_words(last.in_force_from)}. Choose a later day.")
    meeting = max(held, key=lambda each: each.starts_at, default=None)
    if meeting and meeting.day >= from_day:
        return refused(
            f"The board met on {in_words(meeting.day)} under the terms of that day, and that stays so. "
            "A new version holds from the day after, or later."
        )
    return ALLOWED


def missing(terms: Terms) -> list[str]:
    """What terms of their own have to say before they can hold, in sentences; nothing for adopted ones.

    A quorum need not be said: real terms of reference leave it out, and then no meeting is inquorate.
    """
    if terms.adopts_id:
        return []
    asked = (
        (terms.purpose.strip(), "Say what the board is for."),
        (terms.frequency_every and terms.frequency_unit, "Say how often the board meets."),
        (terms.length_minutes, "Say how long a meeting lasts."),
    )
    found = [sentence for said, sentence in asked if not said]
    silent = {
        DeputiesRule.NONE: "no deputies are allowed",
        DeputiesRule.NOT_STATED: "the terms do not say who may send one",
    }
    if terms.deputies_count != DeputiesCount.NO and (why := silent.get(terms.deputies_rule)):
        found.append(f"Deputies count towards the quorum, but {why}. Change one of the two.")
    return found
