"""The register of interests: of a board's members, of one person."""

import datetime as dt
from dataclasses import dataclass

from boards.models import Board, Interest, Membership
from people.actor import Actor
from people.models import Person, Tenure
from people.queries import holders_on


@dataclass(frozen=True)
class PersonInterests:
    """Somebody who sits on the board, as what, and what they have declared that lasts."""

    person: Person
    seats: tuple[str, ...]
    interests: tuple[Interest, ...]


def of_board(board: Board, on: dt.date) -> list[PersonInterests]:
    """Everybody who sits on the board on the day, by name. Three queries."""
    seats: dict[int, list[str]] = {}
    people: dict[int, Person] = {}
    rows = list(board.memberships.lasting_on(on).select_related("post", "person"))
    held = holders_on([row.post_id for row in rows if row.post_id], on)
    for row in rows:
        holding = held.get(row.post_id)
        person = row.person or (holding.person if holding else None)
        if person is not None:
            people[person.pk] = person
            seats.setdefault(person.pk, []).append(row.label if row.post else row.get_category_display())
    found: dict[int, list[Interest]] = {}
    for interest in Interest.objects.filter(person__in=people).order_by("person", "-starts", "id"):
        if interest.ends is None or interest.ends >= on:
            found.setdefault(interest.person_id, []).append(interest)
    return [
        PersonInterests(person, tuple(seats[person.pk]), tuple(found.get(person.pk, ())))
        for person in sorted(people.values(), key=lambda each: each.name)
    ]


def boards_of(person: Person, on: dt.date) -> list[Board]:
    """The boards on which the person sits on the day, by a post or as themselves. One query."""
    posts = Tenure.objects.holding_on(on).filter(person=person).values("post")
    seats = Membership.objects.lasting_on(on)
    keys = seats.filter(person=person).values("board").union(seats.filter(post__in=posts).values("board"))
    return list(Board.objects.filter(pk__in=keys))


def reaches(actor: Actor, person: Person, boards: list[Board]) -> bool:
    """Whether the actor reads the person's register: their own, or that of somebody on a board they see. One query."""
    if actor.person_id == person.pk:
        return True
    return Board.objects.visible_to(actor).filter(pk__in=[board.pk for board in boards]).exists()
