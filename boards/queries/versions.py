"""Versions of terms of reference as their pages show them."""

import datetime as dt
from dataclasses import dataclass

from boards.compare import differences
from boards.models import Board, Terms, TermsAct
from boards.queries.adoption import last_day_in_force, rules_of
from boards.quorum_of import post_names
from boards.terms_text import Said, said
from people.actor import Actor


@dataclass(frozen=True)
class TermsPage:
    """A version with the rules that hold under it (its own, or adopted; none where nothing is adopted any more)."""

    terms: Terms
    rules: Terms | None
    said: list[Said]
    acts: list[TermsAct]
    shows_adopted: bool

    @property
    def is_adopted(self) -> bool:
        return bool(self.terms.adopts_id)


def versions(actor: Actor, board: Board) -> list[Terms]:
    """The versions that the actor sees, newest first. One query."""
    return list(Terms.objects.visible_to(actor).filter(board=board).order_by("-number"))


def in_force(found: list[Terms], day: dt.date) -> Terms | None:
    """The one among the versions of a board that holds on the day."""
    begun = [each for each in found if each.in_force_from and each.in_force_from <= day]
    return max(begun, key=lambda each: each.in_force_from, default=None)


def state_of(terms: Terms, found: list[Terms], day: dt.date) -> str:
    """draft, approved (still to come), in_force or superseded: it follows from the days of the versions."""
    if terms.in_force_from is None:
        return "draft"
    if terms.in_force_from > day:
        return "approved"
    return "in_force" if in_force(found, day) == terms else "superseded"


def last_approved(found: list[Terms]) -> Terms | None:
    """Of the versions of a board the one that a draft comes after: in force, or still to come."""
    return max((each for each in found if each.in_force_from), key=lambda each: each.in_force_from, default=None)


def says_the_same(one: Terms, other: Terms) -> bool:
    """Whether two versions say the same, or follow the same terms. At most six queries."""
    if one.adopts_id or other.adopts_id:
        return (one.adopts_id, one.pinned_id) == (other.adopts_id, other.pinned_id)
    return not differences(all_said(one), all_said(other))


def terms_page(actor: Actor, terms: Terms) -> TermsPage:
    """One version with everything it says. At most five queries for terms of its own."""
    rules = rules_of(terms, last_day_in_force(terms, actor.on))
    seen = terms.adopts_id and Board.objects.visible_to(actor).filter(pk=terms.adopts_id).exists()
    return TermsPage(terms, rules, all_said(rules) if rules else [], list(terms.acts.all()), shows_adopted=bool(seen))


def all_said(rules: Terms) -> list[Said]:
    """What a version says, with its parts. Two queries, and one for the posts that its quorum names."""
    return said(rules, rules.duties.all(), rules.service_levels.all(), post_names([rules]))
