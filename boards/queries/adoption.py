"""Terms that adopt another board's: whose rules hold for one version, and whom it would follow in the end."""

import datetime as dt

from boards.models import Board, Terms
from boards.queries.terms import LONGEST_CHAIN


def rules_of(terms: Terms, day: dt.date) -> Terms | None:
    """The version whose rules hold for this one on the day: itself, or the one at the end of its adoptions.

    None when a board on the way has no terms in force. No query for terms of its own; at most five otherwise.
    """
    found: Terms | None = terms
    for _ in range(LONGEST_CHAIN):
        if found is None or not found.adopts_id:
            return found
        found = _adopted(found, day)
    return found if found is not None and not found.adopts_id else None


def followed_boards(terms: Terms, day: dt.date) -> list[Board]:
    """The boards whose terms it follows on the day, one after the other; a circle ends where it closes."""
    found: list[Board] = []
    here: Terms | None = terms
    while here is not None and here.adopts_id:
        again = here.adopts_id in {board.pk for board in found}
        found.append(here.adopts)
        if again or here.adopts_id == terms.board_id:
            break
        here = _adopted(here, day)
    return found


def last_day_in_force(terms: Terms, today: dt.date) -> dt.date:
    """Today while it holds or is still to come or a draft; for superseded terms the day before the next version's."""
    if terms.in_force_from is None:
        return today
    later = terms.board.terms.filter(state="approved", in_force_from__gt=terms.in_force_from, in_force_from__lte=today)
    following = later.order_by("in_force_from").values_list("in_force_from", flat=True).first()
    return following - dt.timedelta(days=1) if following else max(today, terms.in_force_from)


def _adopted(terms: Terms, day: dt.date) -> Terms | None:
    if terms.pinned_id:
        return Terms.objects.select_related("board", "adopts").get(pk=terms.pinned_id)
    versions = Terms.objects.select_related("board", "adopts").filter(board=terms.adopts_id)
    return versions.filter(state="approved", in_force_from__lte=day).order_by("-in_force_from").first()
