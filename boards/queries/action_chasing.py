"""Whom actions wait for: who holds the posts whose actions are overdue or due within the week."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from boards.action_standing import DUE_SOON
from boards.choices_records import ActionState
from boards.models import BoardAction
from kit import clock
from people.models import Message, Person, Post
from people.queries import holders_on

KIND = "board_actions_due"  # of the mail


@dataclass
class Owner:
    """A person, as which posts, with all actions that wait for them, the most urgent first."""

    person: Person
    posts: list[Post] = field(default_factory=list)
    actions: list[BoardAction] = field(default_factory=list)


@dataclass(frozen=True)
class Chase:
    """`owners` get a mail; `already` have had one; of the `vacant` posts nobody can."""

    owners: list[Owner]
    already: list[Person]
    vacant: list[Post]


def due_now(on: dt.date) -> QuerySet:
    """Open actions that are overdue or due within 7 days of the day, and not parked; the most urgent first."""
    rows = BoardAction.objects.filter(state=ActionState.OPEN, due__lte=on + DUE_SOON)
    return rows.filter(Q(parked_until__isnull=True) | Q(parked_until__lte=on)).order_by("due", "pk")


def chase_of(actions: list[BoardAction], on: dt.date, *, days: int) -> Chase:
    """Who gets a mail about the actions; not who had one in the last `days` days, the day included. Two queries."""
    holders = holders_on([action.owner_post_id for action in actions], on)
    owners: dict[int, Owner] = {}
    vacant: dict[int, Post] = {}
    for action in actions:
        holding = holders.get(action.owner_post_id)
        if holding is None:
            vacant[action.owner_post_id] = action.owner_post
            continue
        owner = owners.setdefault(holding.person_id, Owner(holding.person))
        owner.actions.append(action)
        if action.owner_post not in owner.posts:
            owner.posts.append(action.owner_post)
    since = on - dt.timedelta(days=days)
    mails = Message.objects.filter(kind=KIND, to__in=owners).values_list("to", "queued_at")
    had = {person for person, moment in mails if since < clock.local_date(moment) <= on}
    return Chase(
        owners=sorted((each for key, each in owners.items() if key not in had), key=lambda each: each.person.name),
        already=sorted((each.person for key, each in owners.items() if key in had), key=lambda each: each.name),
        vacant=sorted(vacant.values(), key=lambda post: post.title),
    )
