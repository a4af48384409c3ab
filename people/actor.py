"""The actor: a signed-in user with the person, roles and posts they have on a day.

Rules are asked about an actor, reach is computed for one, and services stamp their acts with one.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat

from people.models import Delegation, Person, Role, Tenure, User

DOING_ROLES = frozenset({Role.ADMINISTRATOR, Role.STRATEGY_TEAM, Role.SECRETARIAT})


@dataclass(frozen=True)
class Actor:
    """`holds` counts for authority; `tied_to` also has covered substantive tenures, for conflicts of interest.

    `seats` are those they have as a person and not by a post: the category and the title of the board.
    """

    user_id: int | None
    on: dt.date
    name: str
    person_id: int | None = None
    roles: frozenset[str] = frozenset()
    holds: dict[int, str] = field(default_factory=dict)
    tied_to: frozenset[int] = frozenset()
    delegate_of: dict[int, str] = field(default_factory=dict)
    seats: tuple[tuple[str, str], ...] = ()

    def has(self, *roles: str) -> bool:
        """Whether they have one of the roles."""
        return bool(self.roles.intersection(roles))

    @property
    def is_auditor(self) -> bool:
        return Role.AUDITOR in self.roles

    @property
    def reads_only(self) -> bool:
        """Auditors always; others when no role, post or delegation lets them do anything."""
        return self.is_auditor or not (self.roles & DOING_ROLES or self.holds or self.delegate_of)

    @property
    def speaks_for(self) -> frozenset[int]:
        """The posts they may draft and submit for: those they hold and those they are a delegate of."""
        if self.is_auditor:
            return frozenset()
        return frozenset(self.holds) | frozenset(self.delegate_of)

    @property
    def standing(self) -> str:
        """The roles and posts they act with, for the ledger: "Strategy team; Head of Estates"."""
        roles = [role.label for role in Role if role in self.roles]
        delegations = [f"delegate of {title}" for title in sorted(self.delegate_of.values())]
        return "; ".join([*roles, *sorted(self.holds.values()), *delegations])

    def post_title(self, post_id: int) -> str:
        """The title of a post they speak for, else an empty text."""
        return self.holds.get(post_id) or self.delegate_of.get(post_id, "")


def actor_for(user: User, on: dt.date) -> Actor:
    """Load who the user is on a day, in at most three queries. Auditors hold nothing here, whatever their tenures."""
    person = Person.objects.filter(user=user).annotate(sits=_seats(on)).first()
    roles = frozenset(user.roles)
    if person is None:
        return Actor(user_id=user.pk, on=on, name=user.email, roles=roles)
    tenures = Tenure.objects.filter(person=person).lasting_on(on).select_related("post")
    counting = set(Tenure.objects.holding_on(on).filter(person=person).values_list("pk", flat=True))
    delegations = Delegation.objects.filter(person=person).lasting_on(on).select_related("post")
    return Actor(
        user_id=user.pk,
        on=on,
        name=person.name,
        person_id=person.pk,
        roles=roles,
        holds={tenure.post_id: tenure.post.title for tenure in tenures if tenure.pk in counting},
        tied_to=frozenset(tenure.post_id for tenure in tenures),
        delegate_of={delegation.post_id: delegation.post.title for delegation in delegations},
        seats=tuple(tuple(seat.split(" ", 1)) for seat in person.sits or ()),
    )


def _seats(on: dt.date) -> ArrayAgg:
    """ "category board", for each seat of the day, with the person's own row and not by a query for every page."""
    lasting = Q(memberships__starts__lte=on) & (Q(memberships__ends__isnull=True) | Q(memberships__ends__gte=on))
    seat = Concat("memberships__category", Value(" "), "memberships__board__title", output_field=TextField())
    return ArrayAgg(seat, filter=lasting, order_by="memberships__board__title")
