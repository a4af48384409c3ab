"""Which terms held for a board on a day, and whose rules, from the rows of all versions."""

import datetime as dt

from .rows import Rows, TermsRow

LONGEST_CHAIN = 5


def in_force(rows: Rows, board: int, day: dt.date) -> TermsRow | None:
    """The board's own version."""
    begun = [terms for terms in rows.terms.get(board, ()) if terms.in_force_from <= day]
    return max(begun, key=lambda terms: terms.in_force_from, default=None)


def rules_on(rows: Rows, board: int, day: dt.date) -> TermsRow | None:
    """The version whose rules held: its own, or the one at the end of its adoptions."""
    found = in_force(rows, board, day)
    for _ in range(LONGEST_CHAIN):
        if found is None or not found.adopts:
            return found
        found = _adopted(rows, found, day)
    return found if found is not None and not found.adopts else None


def spans(rows: Rows, board: int, starts: dt.date, ends: dt.date) -> list[tuple[dt.date, dt.date, TermsRow]]:
    """The stretches of time in which one version's rules held. Days without rules are left out."""
    marks = sorted({starts, *(day for day in _changes(rows, board, set()) if starts < day <= ends)})
    found: list[tuple[dt.date, dt.date, TermsRow]] = []
    for place, day in enumerate(marks):
        until = marks[place + 1] - dt.timedelta(days=1) if place + 1 < len(marks) else ends
        rules = rules_on(rows, board, day)
        if rules is None:
            continue
        if found and found[-1][2].frequency == rules.frequency and found[-1][1] == day - dt.timedelta(days=1):
            found[-1] = (found[-1][0], until, rules)
        else:
            found.append((day, until, rules))
    return found


def _adopted(rows: Rows, terms: TermsRow, day: dt.date) -> TermsRow | None:
    if terms.pinned:
        return next((each for each in rows.terms.get(terms.adopts, ()) if each.key == terms.pinned), None)
    return in_force(rows, terms.adopts, day)


def _changes(rows: Rows, board: int, seen: set[int]) -> set[dt.date]:
    """The days from which another version may hold, those of the boards it adopts included."""
    if board in seen:
        return set()
    seen.add(board)
    found: set[dt.date] = set()
    for terms in rows.terms.get(board, ()):
        found.add(terms.in_force_from)
        if terms.adopts:
            found |= _changes(rows, terms.adopts, seen)
    return found
