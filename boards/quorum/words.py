"""A rule and its policies in words, for the terms of reference and for people who set them."""

from collections.abc import Iterable, Mapping

from .people import Category
from .policies import Deputies, Policies
from .rules import EVERYONE, THE_CHAIR, AllOf, AnyOf, AtLeast, Base, Present, Presides, Rule, ShareOf, leaves
from .wording import BASES, any_one, capital, fraction, listed, people, rounding, spelt

NO_NAMES: Mapping[str, str] = {}
DEPUTIES = {
    Deputies.DO_NOT_COUNT: "Deputies do not count towards the quorum.",
    Deputies.COUNT: "Deputies count towards the quorum, but may not preside or stand in for the chair.",
    Deputies.MAY_PRESIDE: "Deputies count towards the quorum, and a deputy of the chair may preside.",
}


def describe(rule: Rule, names: Mapping[str, str] = NO_NAMES) -> str:
    """“The chair plus five members, including two external advisers”, no full stop. names: post code to title."""
    return capital(_phrase(rule, names))


def describe_policies(policies: Policies, rules: Iterable[Rule], *, deputies_allowed: bool = True) -> list[str]:
    """A sentence for each of the three policies that makes a difference under the rules.

    Vacancies do where a share of the membership is asked for, withdrawing where more is asked than who presides.
    """
    asked = [leaf for rule in rules for leaf in leaves(rule)]
    vacancies = "count" if policies.vacancies_count else "do not count"
    recused = "still counts" if policies.recused_counts else "does not count"
    found = []
    if any(isinstance(leaf, ShareOf) and leaf.base is Base.MEMBERSHIP for leaf in asked):
        found.append(f"Vacant seats {vacancies} in the membership that a share is taken of.")
    if deputies_allowed:
        found.append(DEPUTIES[policies.deputies_count])
    if any(not isinstance(leaf, Presides) for leaf in asked):
        found.append(f"A member who has withdrawn from an item {recused} for it.")
    return found


def chair_and_members(rule: Rule) -> tuple[AtLeast, tuple[AtLeast, ...]] | None:
    """The members besides the chair and those included in them, when the rule is of that common form."""
    match rule:
        case AllOf((Present(who, False), AtLeast(_, among, besides) as members, *rest)):
            plain = all(_is_minimum(each) for each in rest)
            if who == besides == THE_CHAIR and among == EVERYONE and plain:
                return members, tuple(rest)
    return None


def _is_minimum(rule: Rule) -> bool:
    """So many of a category that the chair is not in, so that they are among the members."""
    if not isinstance(rule, AtLeast) or rule.besides or not rule.among or rule.among.posts:
        return False
    return Category.CHAIR not in rule.among.categories


def _phrase(rule: Rule, names: Mapping[str, str]) -> str:
    common = chair_and_members(rule)
    if common:
        members, including = common
        some = [f"{spelt(each.n)} {people(each.among, each.n, names)}" for each in including]
        plus = f"the chair plus {spelt(members.n)} {people(EVERYONE, members.n, names)}"
        return f"{plus}, including {listed(some)}" if some else plus
    match rule:
        case AllOf(rules):
            return _joined([_phrase(each, names) for each in rules], "and")
        case AnyOf(rules):
            phrases = [_phrase(each, names) for each in rules]
            return phrases[0] if len(phrases) == 1 else f"either {', or '.join(phrases)}"
        case AtLeast(n, among, besides):
            without = f" besides {any_one(besides, names)}" if besides else ""
            return f"at least {spelt(n)} {people(among, n, names)}{without}"
        case ShareOf():
            return _share(rule, names)
        case Present(who, in_person):
            return f"{any_one(who, names)} must be present{' in person' if in_person else ''}"
        case Presides(who):
            return f"{any_one(who, names)} must preside"


def _joined(phrases: list[str], last: str) -> str:
    return phrases[0] if len(phrases) == 1 else f"{'; '.join(phrases[:-1])}; {last} {phrases[-1]}"


def _share(rule: ShareOf, names: Mapping[str, str]) -> str:
    share = f"{fraction(rule)} of {BASES[rule.base]}{rounding(rule)}"
    if not rule.among:
        return f"at least {share}"
    if rule.base is Base.PRESENT:
        comma = "," if rounding(rule) else ""
        return f"at least {share}{comma} must be {people(rule.among, 2, names)}"
    return f"{people(rule.among, 2, names)} numbering at least {share}"
