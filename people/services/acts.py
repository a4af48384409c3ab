"""Stamping an act with who did it."""

from people.actor import Actor
from people.models import Role


def stamp(actor: Actor, *, post_id: int | None = None) -> dict:
    """The fields of people.models.Act that say who: the person, and the post they acted as (or their role)."""
    title = actor.post_title(post_id) if post_id else ""
    if not title and actor.roles:
        title = ", ".join(Role(role).label for role in sorted(actor.roles))
    return {
        "by_user_id": actor.user_id,
        "by_person_id": actor.person_id,
        "by_name": actor.name,
        "post_id": post_id if post_id in actor.speaks_for else None,
        "post_title": title,
        "on_behalf": post_id is not None and post_id not in actor.holds and post_id in actor.delegate_of,
    }
