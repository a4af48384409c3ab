"""Which boards, seats and relationships fit together. Who may keep them is in boards.rules."""

import datetime as dt
from collections.abc import Iterable

from boards.choices import RelationshipKind
from boards.models import Board, Meeting, Membership
from kit.fields import in_words
from kit.verdict import ALLOWED, Verdict, refused
from people import rules as people_rules

# By these the first board stands below the second; by directing, above it.
UPWARDS = (RelationshipKind.REPORTS_TO, RelationshipKind.ESCALATES_TO)

# From one board to the next, by their keys.
Step = tuple[int, int]


def asks_reason(has_approved_terms: bool) -> bool:
    """What a board is called and is there for is changed with a reason, once it has terms."""
    return has_approved_terms


def gives_reason(has_approved_terms: bool, reason: str) -> Verdict:
    """The reason is there when it is asked."""
    if asks_reason(has_approved_terms) and not reason.strip():
        return refused("Say why you are changing the board.")
    return ALLOWED


def fits_above(board_id: int | None, parent: Board | None, steps: Iterable[Step]) -> Verdict:
    """A board is not part of one that answers to it. `steps` has who answers to whom, from boards.queries.circles."""
    if parent is None or board_id is None or not _leads(parent.pk, board_id, steps):
        return ALLOWED
    return refused(
        f"{parent} is part of this board, reports to it or is directed by it, directly or through others, "
        "so this board cannot be part of it."
    )


def may_end(last_day: dt.date | None, meetings: Iterable[Meeting]) -> Verdict:
    """A board ends when nothing is planned for it afterwards."""
    late = [meeting for meeting in meetings if last_day and meeting.day > last_day]
    if not late:
        return ALLOWED
    return refused(f"The board still meets on {in_words(late[0].day)}. Cancel or move the meetings after its last day.")


def step_of(kind: str, board_id: int, to_id: int) -> Step | None:
    """Who answers to whom by a relationship: the lower and the upper board, or None where it ranks nobody."""
    if kind in UPWARDS:
        return board_id, to_id
    return (to_id, board_id) if kind == RelationshipKind.DIRECTS else None


def fits_relationship(board: Board, to: Board, kind: str, steps: Iterable[Step], sequence: Iterable[Step]) -> Verdict:
    """Nobody answers to itself or meets before itself, however long the way.

    `steps` has who answers to whom, `sequence` who meets before whom, as pairs of keys from boards.queries.circles.
    """
    if board.pk == to.pk:
        return refused("A board has no relationship to itself. Choose another board.")
    if kind == RelationshipKind.MEETS_BEFORE and _leads(to.pk, board.pk, sequence):
        return refused(f"{to} already meets before {board}, directly or through others. That would be a circle.")
    if step := step_of(kind, board.pk, to.pk):
        lower, upper = (board, to) if step[0] == board.pk else (to, board)
        if _leads(upper.pk, lower.pk, steps):
            return refused(
                f"{upper} already reports to {lower}, escalates to it, is part of it or is directed by it, "
                "directly or through others. That would be a circle."
            )
    return ALLOWED


def _leads(start: int, end: int, steps: Iterable[Step]) -> bool:
    onwards: dict[int, set[int]] = {}
    for here, there in steps:
        onwards.setdefault(here, set()).add(there)
    waiting, seen = [start], set()
    while waiting:
        here = waiting.pop()
        if here == end:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(onwards.get(here, ()))
    return False


def fits_seat(board: Board, seat: Membership) -> Verdict:
    """A seat lasts no longer than the board and the post."""
    if seat.starts < board.starts:
        return refused(f"The board began on {in_words(board.starts)}. Give a first day no earlier than that.")
    if board.ends and (seat.ends is None or seat.ends > board.ends):
        return refused(f"The board ends on {in_words(board.ends)}. Give a last day no later than that.")
    return people_rules.fits_post(seat.post, seat.starts, seat.ends) if seat.post else ALLOWED


def fits_deputy(seat: Membership) -> Verdict:
    """Nobody is their own deputy."""
    if seat.deputy_post_id and seat.deputy_post_id == seat.post_id:
        return refused("A post cannot be its own deputy. Choose another post.")
    if seat.deputy_person_id and seat.deputy_person_id == seat.person_id:
        return refused("Nobody is their own deputy. Choose another person.")
    return ALLOWED
