"""What the replies say beforehand: likely, unlikely, or how many of those who have not replied must come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product
from math import prod

from .evaluate import explained, part_of, sentence, unmet
from .people import How, Presence
from .policies import Policies
from .room import Room, met
from .rules import AnyOf, AtLeast, Rule, Who, asked_for, leaves, only_grows
from .sentences import reasons, still_needed
from .wording import listed

# Ways to come that are tried; beyond it the sentence names what is missing and gives no number.
MOST_TRIED = 1_000


class Outlook(StrEnum):
    LIKELY = "likely"
    UNLIKELY = "unlikely"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Forecast:
    """not_replied: people who have not. needed: how many of them must come at least, where that can be said."""

    outlook: Outlook
    sentence: str
    not_replied: int
    needed: int | None = None


def forecast(rule: Rule, policies: Policies, replies: Iterable[Presence]) -> Forecast:
    """The outlook from a reply for each seat; NOT_KNOWN is no reply, and whoever may preside is taken to.

    Raises ValueError when a seat is given twice.
    """
    room = Room(policies, tuple(replies), ahead=True)
    waiting = _waiting(room)
    best, worst = _with(room, waiting, waiting), _with(room, waiting, [])
    counts = _counts(rule, room, waiting)
    certain = only_grows(rule)
    if certain:
        always, never = met(rule, worst), not met(rule, best)
    else:
        always = counts is not None and all(quorate for _, quorate in counts)
        never = counts is not None and not any(quorate for _, quorate in counts)
    if always:
        said = sentence("Likely to be quorate", [explained(part_of(rule, worst), worst)])
        return Forecast(Outlook.LIKELY, said, len(waiting), 0)
    if never:
        return Forecast(Outlook.UNLIKELY, _unlikely(rule, best, len(waiting)), len(waiting))
    return _cannot_tell(rule, worst, waiting, counts)


def _unlikely(rule: Rule, best: Room, waiting: int) -> str:
    whole = part_of(rule, best)
    even = "even if everybody who has not replied comes, " if waiting else ""
    return sentence("Unlikely to be quorate", [even + explained(whole, best), *reasons(unmet(whole), best)])


def _cannot_tell(rule: Rule, worst: Room, waiting: list[str], counts: list[tuple[int, bool]] | None) -> Forecast:
    missing = _missing(rule, worst)
    if counts is None:
        tail = f"; still needed: {missing}" if missing else ""
        return Forecast(Outlook.CANNOT_TELL, f"Cannot tell yet: {len(waiting)} have not replied{tail}.", len(waiting))
    least = min(come for come, quorate in counts if quorate)
    enough = max((come for come, quorate in counts if not quorate), default=-1) + 1
    if least < enough <= len(waiting) and missing:
        said = f"at least {least} of the {len(waiting)} who have not replied must come; still needed: {missing}"
    else:
        said = f"quorate if {_how_many(least, enough, worst, waiting)}"
    return Forecast(Outlook.CANNOT_TELL, f"Cannot tell yet: {said}.", len(waiting), least)


def _how_many(least: int, enough: int, room: Room, waiting: list[str]) -> str:
    total = len(waiting)
    if total == 1:
        name = next(each.seat.name for each in room.presences if each.seat.body == waiting[0] and each.seat.counts)
        return f"{name}, who has not replied, {'comes' if least == 1 else 'does not come'}"
    if least == total:
        return f"all {total} who have not replied come"
    # Without “any” it depends on who they are or, under a share of those present, on how many more come.
    count = f"{'any ' if least == enough else ''}{least}" if least else "none"
    return f"{count} of the {total} who have not replied {'comes' if least == 1 else 'come'}"


def _missing(rule: Rule, worst: Room) -> str:
    """What the replies so far lack, when it is one list and not a choice."""
    whole = part_of(rule, worst)
    choices = [whole] if isinstance(rule, AnyOf) else [each for each in whole.parts if isinstance(each.rule, AnyOf)]
    lacking = unmet(whole)
    if not lacking or any(not each.met for each in choices):
        return ""
    return listed(list(dict.fromkeys(still_needed(each, worst) for each in lacking)))


def _waiting(room: Room) -> list[str]:
    """The people who have not replied and whose coming would count."""
    open_ones = [each for each in room.presences if each.how is How.NOT_KNOWN and not each.seat.vacant]
    return list(dict.fromkeys(each.seat.body for each in open_ones if each.seat.counts and _would_count(each, room)))


def _would_count(presence: Presence, room: Room) -> bool:
    return not presence.recused or room.policies.recused_counts


def _with(room: Room, waiting: Iterable[str], coming: Iterable[str]) -> Room:
    """The room when of those who have not replied these come, and the others do not."""
    open_ones, come = set(waiting), set(coming)

    def decided(presence: Presence) -> Presence:
        if presence.how is not How.NOT_KNOWN or presence.seat.body not in open_ones or not presence.seat.counts:
            return presence
        return replace(presence, how=How.PRESENT if presence.seat.body in come else How.NOT_KNOWN)

    return replace(room, presences=tuple(decided(each) for each in room.presences))


def _counts(rule: Rule, room: Room, waiting: list[str]) -> list[tuple[int, bool]] | None:
    """For every way to come: how many, and whether that is quorate. None when there are too many ways to try.

    People whom the rule cannot tell apart are tried only by their number.
    """
    alike = _alike(rule, room, waiting)
    if prod(len(group) + 1 for group in alike) > MOST_TRIED:
        return None
    return [(len(coming), met(rule, _with(room, waiting, coming))) for coming in _ways(alike)]


def _ways(alike: list[list[str]]) -> Iterator[list[str]]:
    for numbers in product(*(range(len(group) + 1) for group in alike)):
        yield [each for group, number in zip(alike, numbers, strict=True) for each in group[:number]]


def _alike(rule: Rule, room: Room, waiting: list[str]) -> list[list[str]]:
    found: dict[tuple, list[str]] = {}
    whos = _whos(rule)
    for each in waiting:
        seats = [presence.seat for presence in room.presences if presence.seat.body == each]
        categories = {presence.recused for presence in room.presences if presence.seat.body == each}
        marks = sorted(tuple(who.has(seat) for who in whos) for seat in seats)
        found.setdefault((tuple(marks), frozenset(categories)), []).append(each)
    return list(found.values())


def _whos(rule: Rule) -> list[Who]:
    """Every way in which the rule tells people apart."""
    found = [asked_for(each) for each in leaves(rule)]
    return found + [each.besides for each in leaves(rule) if isinstance(each, AtLeast) and each.besides]
