"""Who counts at one moment, and what of a rule they meet. No words: those are in `sentences`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from .people import CHAIRS, How, Presence
from .policies import Deputies, Policies
from .rules import EVERYONE, AllOf, AnyOf, AtLeast, Base, Leaf, Present, Presides, Rule, ShareOf, Who


@dataclass(frozen=True)
class Room:
    """Everybody's presence under the policies. ahead: these are replies, so whoever may preside is taken to.

    Raises ValueError when a seat is given twice.
    """

    policies: Policies
    presences: tuple[Presence, ...]
    ahead: bool = False
    _bodies: dict[Who, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys = [each.seat.key for each in self.presences]
        if len(set(keys)) < len(keys):
            raise ValueError("A seat is given twice. Give each seat one presence.")

    @cached_property
    def counted(self) -> tuple[Presence, ...]:
        return tuple(each for each in self.presences if self._counts(each))

    def _counts(self, presence: Presence) -> bool:
        if not presence.seat.counts or (presence.recused and not self.policies.recused_counts):
            return False
        if presence.how is How.DEPUTY:
            return self.policies.deputies_count is not Deputies.DO_NOT_COUNT
        return presence.how is How.PRESENT and not presence.seat.vacant

    def bodies(self, who: Who = EVERYONE) -> frozenset[str]:
        """The people who count, each once however many seats they fill."""
        if who not in self._bodies:
            self._bodies[who] = frozenset(body(each) for each in self.counted if who.has(each.seat))
        return self._bodies[who]

    def may_lead(self, presence: Presence) -> bool:
        """Whether they could be in the chair: in person, or by a deputy who may preside."""
        return presence.how is How.PRESENT or self.policies.deputies_count is Deputies.MAY_PRESIDE

    def size(self, base: Base) -> int:
        """How many people a share is taken of."""
        if base is Base.PRESENT:
            return len(self.bodies())
        with_vacancies = base is Base.MEMBERSHIP and self.policies.vacancies_count
        seats = [each.seat for each in self.presences if each.seat.counts]
        return len({seat.body for seat in seats if with_vacancies or not seat.vacant})


def body(presence: Presence) -> str:
    """Whoever is or would be there for a seat."""
    if presence.how is not How.DEPUTY:
        return presence.seat.body
    return f"person {presence.deputy}" if presence.deputy else f"deputy {presence.seat.key}"


def met(rule: Rule, room: Room) -> bool:
    """Whether the people in the room meet the rule."""
    if isinstance(rule, AllOf):
        return all(met(each, room) for each in rule.rules)
    if isinstance(rule, AnyOf):
        return any(met(each, room) for each in rule.rules)
    return len(meeting(rule, room)) >= needed(rule, room)


def needed(leaf: Leaf, room: Room) -> int:
    """How many people a condition asks for."""
    if isinstance(leaf, AtLeast):
        return leaf.n
    return leaf.needed(room.size(leaf.base)) if isinstance(leaf, ShareOf) else 1


def meeting(leaf: Leaf, room: Room) -> frozenset[str]:
    """The people who count towards a condition."""
    match leaf:
        case AtLeast(_, among, besides):
            found = room.bodies(among)
            return _without_one(found, _places(besides, room.presences)) if besides else found
        case ShareOf():
            return room.bodies(leaf.among)
    return frozenset(body(each) for each in answering(leaf, room))


def answering(leaf: Present | Presides, room: Room) -> list[Presence]:
    """The presences that meet a condition on who is there or who presides."""
    found = [each for each in room.counted if leaf.who.has(each.seat)]
    if isinstance(leaf, Presides):
        return [each for each in found if (each.presiding or room.ahead) and not each.recused and room.may_lead(each)]
    if leaf.in_person:
        return [each for each in found if each.how is How.PRESENT]
    return [each for each in found if each.seat.category not in CHAIRS or room.may_lead(each)]


def _places(besides: Who, presences: Iterable[Presence]) -> set[str]:
    """Whoever holds one of these seats, wherever they are counted, and their deputies."""
    return {name for each in presences if besides.has(each.seat) for name in (body(each), each.seat.body)}


def _without_one(found: frozenset[str], places: set[str]) -> frozenset[str]:
    """One of them fills the place; joint chairs who are both there make a chair and a member."""
    return found - {min(found & places)} if found & places else found
