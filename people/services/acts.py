"""Whose act it was, for transition rows."""

from typing import Any

from people.actor import Actor


def stamp(actor: Actor, *, post_id: int | None = None) -> dict[str, Any]:
    """The fields of an Act that say who did it, and as which post. Names are kept as text, to outlive changes.

    Raises ValueError when the actor does not speak for the post: the rule should have refused before.
    """
    if post_id is not None and post_id not in actor.speaks_for:
        raise ValueError(f"{actor.name} does not speak for post {post_id}.")
    return {
        "by_user_id": actor.user_id,
        "by_person_id": actor.person_id,
        "by_name": actor.name,
        "post_id": post_id,
        "post_title": actor.post_title(post_id) if post_id is not None else "",
        "on_behalf": post_id is not None and post_id not in actor.holds,
    }
