"""Whether an item is quorate, with the sentence that says why."""

from collections.abc import Iterable
from dataclasses import dataclass

from .people import Presence
from .policies import Policies
from .room import Room, meeting, met, needed
from .rules import AllOf, AnyOf, Leaf, Rule
from .sentences import clause, effects, reasons
from .wording import capital, listed, people
from .words import chair_and_members


@dataclass(frozen=True)
class Part:
    """One condition, or several in parts. got and needed count people, and are none for several."""

    rule: Rule
    met: bool
    sentence: str
    got: int | None = None
    needed: int | None = None
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Finding:
    """consequence: what the terms say follows, where only one condition failed and they say it."""

    quorate: bool
    sentence: str
    parts: tuple[Part, ...]
    consequence: str = ""

    def __bool__(self) -> bool:
        return self.quorate


def evaluate(rule: Rule, policies: Policies, presences: Iterable[Presence]) -> Finding:
    """The finding for an item from everybody's presence at its moment, a presence for each seat of the board.

    A seat without a presence is not in the membership. Raises ValueError when a seat is given twice.
    """
    room = Room(policies, tuple(presences))
    whole = part_of(rule, room)
    parts = whole.parts or (whole,)
    if whole.met:
        return Finding(True, sentence("Quorate", [explained(whole, room), *effects(room)]), parts)
    missing = unmet(whole)
    consequence = finished(missing[0].otherwise) if len(missing) == 1 and missing[0].otherwise else ""
    said = sentence("Not quorate", [explained(whole, room), *reasons(missing, room)])
    return Finding(False, f"{said} {consequence}".rstrip(), parts, consequence)


def quorate(rule: Rule, policies: Policies, presences: Iterable[Presence]) -> bool:
    """The same without words, several times as fast: for counting over many meetings."""
    return met(rule, Room(policies, tuple(presences)))


def part_of(rule: Rule, room: Room) -> Part:
    """A rule's own part, with those of what it is made of."""
    if isinstance(rule, AllOf | AnyOf):
        parts = tuple(part_of(each, room) for each in rule.rules)
        whole = Part(rule, met(rule, room), "", parts=parts)
        return Part(rule, whole.met, finished(explained(whole, room)), parts=parts)
    return Part(rule, met(rule, room), finished(clause(rule, room)), len(meeting(rule, room)), needed(rule, room))


def explained(part: Part, room: Room) -> str:
    """The clauses that decide: all of what is met, or only what is not."""
    if not part.parts:
        return clause(part.rule, room)
    common = chair_and_members(part.rule)
    if common and part.met:
        return _chair_and_members(part, room)
    deciding = [each for each in part.parts if each.met == part.met]
    if isinstance(part.rule, AnyOf):
        if part.met:
            return explained(deciding[0], room)
        return " and ".join(explained(each, room) for each in deciding)
    return "; ".join(explained(each, room) for each in deciding)


def unmet(part: Part) -> list[Leaf]:
    """The single conditions that fail a part."""
    if part.met:
        return []
    return [leaf for each in part.parts for leaf in unmet(each)] if part.parts else [part.rule]


def sentence(opening: str, clauses: list[str]) -> str:
    """Quorate: one; another."""
    return f"{opening}: {'; '.join(clauses)}."


def finished(text: str) -> str:
    """With a capital and a full stop."""
    return f"{capital(text).rstrip('.')}."


def _chair_and_members(part: Part, room: Room) -> str:
    """The chair and 6 other members are present (5 needed), 2 of them external advisers (2 needed)."""
    chair, members, *including = part.parts
    verb = "coming" if room.ahead else "present"
    opening = f"{clause(chair.rule, room).removesuffix(f' is {verb}')} and {members.got} other"
    noun = people(members.rule.among, members.got, {})
    some = [f"{each.got} of them {people(each.rule.among, each.got, {})} ({each.needed} needed)" for each in including]
    are = "is" if members.got == 1 and "represented" in opening else "are"
    text = f"{opening} {noun} {are} {verb} ({members.needed} needed)"
    return f"{text}, {listed(some)}" if some else text
