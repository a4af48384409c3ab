"""Who may keep people, posts and units, and which days fit together. Pure questions: the answer says why not."""

import datetime as dt
from collections.abc import Iterable

from kit.fields import in_words
from kit.verdict import ALLOWED, Verdict, refused
from people.actor import Actor
from people.models import Delegation, Person, Post, Role, Tenure, Unit
from people.queries import parts_of

KEEPERS = (Role.STRATEGY_TEAM, Role.ADMINISTRATOR)


def may_keep_people(actor: Actor) -> Verdict:
    """Add and edit people, posts, units and tenures."""
    return ALLOWED if actor.has(*KEEPERS) else refused("The strategy team keeps people, posts and units.")


def may_delegate(actor: Actor, post: Post) -> Verdict:
    """Name and end delegates of a post: whoever holds it today, and the strategy team."""
    if actor.has(*KEEPERS) or (post.pk in actor.holds and not actor.is_auditor):
        return ALLOWED
    return refused(f"Only the holder of {post.title}, or the strategy team, names its delegates.")


def may_see_addresses(actor: Actor) -> bool:
    """E-mail addresses are for those who write to people."""
    return actor.has(*KEEPERS, Role.SECRETARIAT)


def may_see_address(actor: Actor, person: Person) -> bool:
    """Everybody's for those who see addresses; one's own for oneself."""
    return may_see_addresses(actor) or actor.person_id == person.pk


def fits_post(post: Post, starts: dt.date, ends: dt.date | None) -> Verdict:
    """Nobody holds a post, or drafts for it, after it was abolished."""
    if post.abolished_on is None or (starts <= post.abolished_on and ends is not None and ends <= post.abolished_on):
        return ALLOWED
    return refused(f"This post was abolished on {in_words(post.abolished_on)}. Give a last day no later than that.")


def fits_under(unit: Unit, parent: Unit | None, units: Iterable[Unit]) -> Verdict:
    """A unit is not part of itself, nor of what is part of it. `units` are all there are."""
    if parent is None or unit.pk is None:
        return ALLOWED
    if parent.pk == unit.pk:
        return refused("A unit cannot be part of itself.")
    if parent.pk in parts_of(unit.pk, units):
        return refused(f"{parent} is part of this unit, so this unit cannot be part of it.")
    return ALLOWED


def may_abolish(last_day: dt.date, tenures: Iterable[Tenure], delegations: Iterable[Delegation] = ()) -> Verdict:
    """A post ends when those who held it and drafted for it have ended."""
    late = [row for row in [*tenures, *delegations] if row.ends is None or row.ends > last_day]
    if not late:
        return ALLOWED
    names = ", ".join(sorted({row.person.name for row in late}))
    return refused(
        f"{names} would still be in this post, or a delegate of it, after {in_words(last_day)}. End that first."
    )
