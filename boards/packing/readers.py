"""People as actors of a day, several at once: what the pack shows somebody is what the pages show them."""

import datetime as dt
from collections.abc import Iterable

from people.actor import Actor
from people.models import Delegation, Person, Tenure


def actors_on(people: Iterable[Person], day: dt.date) -> dict[int, Actor]:
    """Each person, by key, with the roles and posts they have on the day; people come with their user. Two queries.

    The same as people.actor.actor_for says of somebody who signs in, also of those who cannot.
    """
    people = list({person.pk: person for person in people}.values())
    keys = [person.pk for person in people]
    tenures, held, delegated = {}, {}, {}
    for each in Tenure.objects.holding_on(day).filter(person__in=keys).select_related("post"):
        held.setdefault(each.person_id, {})[each.post_id] = each.post.title
        tenures.setdefault(each.person_id, set()).add(each.post_id)
    for each in Delegation.objects.lasting_on(day).filter(person__in=keys).select_related("post"):
        delegated.setdefault(each.person_id, {})[each.post_id] = each.post.title
    return {
        person.pk: Actor(
            user_id=person.user_id,
            on=day,
            name=person.name,
            person_id=person.pk,
            roles=frozenset(person.user.roles) if person.user else frozenset(),
            holds=held.get(person.pk, {}),
            tied_to=frozenset(tenures.get(person.pk, ())),
            delegate_of=delegated.get(person.pk, {}),
        )
        for person in people
    }
