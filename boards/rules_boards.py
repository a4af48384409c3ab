"""Which boards, seats and relationships fit together. Who may keep them is in boards.rules."""

import datetime as dt
from collections.abc import Iterable, Mapping

from boards.choices import RelationshipKind
from boards.models import Board, Meeting, Membership
from kit.fields import in_words
from kit.verdict import ALLOWED, Verdict, refused
from people import rules as people_rules


def asks_reason(has_approved_terms: bool) -> bool:
    """What a board is called and is there for is changed with a reason, once it has terms."""
    return has_approved_terms


def gives_reason(has_approved_terms: bool, reason: str) -> Verdict:
    """The reason is there when it is asked."""
    if asks_reason(has_approved_terms) and not reason.strip():
        return refused("Say why you are changing the board.")
    return ALLOWED


def fits_above(board_id: int | None, parent: Board | None, parents: Mapping[int, int | None]) -> Verdict:
    """A board is not part of one that is part of it. `parents` has the board that each one is part of, by key."""
    here = parent.pk if parent else None
    seen: set[int] = set()
    while here is not None and here not in seen:
        if here == board_id:
            return refused(f"{parent} is part of this board, so this board cannot be part of it.")
        seen.add(here)
        here = parents.get(here)
    return ALLOWED


def may_end(last_day: dt.date | None, meetings: Iterable[Meeting]) -> Verdict:
    """A board ends when nothing is planned for it afterwards."""
    late = [meeting for meeting in meetings if last_day and meeting.day > last_day]
    if not late:
        return ALLOWED
    return refused(f"The board still meets on {in_words(late[0].day)}. Cancel or move the meetings after its last day.")


def fits_report(board: Board, to: Board, kind: str, reports: Iterable[tuple[int, int]]) -> Verdict:
    """Nobody reports to itself, however long the way. `reports` has who reports to whom, as pairs of keys."""
    if board.pk == to.pk:
        return refused("A board has no relationship to itself. Choose another board.")
    if kind != RelationshipKind.REPORTS_TO:
        return ALLOWED
    upwards: dict[int, set[int]] = {}
    for lower, upper in reports:
        upwards.setdefault(lower, set()).add(upper)
    waiting, seen = [to.pk], set()
    while waiting:
        here = waiting.pop()
        if here == board.pk:
            return refused(f"{to} already reports to {board}, directly or through others. That would be a circle.")
        if here not in seen:
            seen.add(here)
            waiting.extend(upwards.get(here, ()))
    return ALLOWED


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
