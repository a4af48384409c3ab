"""A quorum rule as data. What its JSON looks like is in `data`.

Source: DESIGN, section 4, and the terms of reference of five public bodies, which are the fixtures of its tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from .people import COUNTING, Category, Seat


class Base(StrEnum):
    """What a share is taken of. The membership has its vacancies, if the policies say so; those appointed have not."""

    MEMBERSHIP = "membership"
    APPOINTED = "appointed"
    PRESENT = "present"


class Rounding(StrEnum):
    UP = "up"
    DOWN = "down"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Who:
    """Members, by category or by the code of their post; every member when both are empty."""

    categories: tuple[Category, ...] = ()
    posts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.categories or self.posts)

    def has(self, seat: Seat) -> bool:
        return seat.category in COUNTING and (not self or seat.category in self.categories or seat.post in self.posts)


EVERYONE = Who()
THE_CHAIR = Who((Category.CHAIR,))


@dataclass(frozen=True, slots=True)
class AllOf:
    rules: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    rules: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """n members. besides: one of these is left out of the count ("the chair plus five members").

    otherwise, here and below: what follows where nothing else of the rule fails ("the decision may be deferred once").
    """

    n: int
    among: Who = EVERYONE
    besides: Who | None = None
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class ShareOf:
    """A share of the base, rounded, plus a number. among: who makes it up ("half of those present are external")."""

    base: Base
    numerator: int
    denominator: int
    rounding: Rounding = Rounding.UP
    plus: int = 0
    among: Who = EVERYONE
    otherwise: str = ""

    def needed(self, size: int) -> int:
        """How many people that is. At least one, because nobody is never a quorum."""
        share = Fraction(self.numerator * size, self.denominator)
        return max(1, (floor(share) if self.rounding is Rounding.DOWN else ceil(share)) + self.plus)


@dataclass(frozen=True, slots=True)
class Present:
    """One of these is there. in_person: a deputy will not do."""

    who: Who
    in_person: bool = False
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Presides:
    """One of these is in the chair for the item."""

    who: Who
    otherwise: str = ""


Leaf = AtLeast | ShareOf | Present | Presides
Rule = AllOf | AnyOf | Leaf


def leaves(rule: Rule) -> Iterator[Leaf]:
    """Every single condition of a rule, in order."""
    if isinstance(rule, AllOf | AnyOf):
        for each in rule.rules:
            yield from leaves(each)
    else:
        yield rule


def asked_for(leaf: Leaf) -> Who:
    """Who can meet a condition."""
    return leaf.who if isinstance(leaf, Present | Presides) else leaf.among


def only_grows(rule: Rule) -> bool:
    """Whether one more member present can never break it. A share of those present can."""
    return not any(isinstance(each, ShareOf) and each.base is Base.PRESENT for each in leaves(rule))


def chair_plus(n: int, *including: tuple[int, Category]) -> AllOf:
    """The commonest rule: the chair plus n members, including so many of a category."""
    at_least = tuple(AtLeast(number, Who((category,))) for number, category in including)
    return AllOf((Present(THE_CHAIR), AtLeast(n, besides=THE_CHAIR), *at_least))
