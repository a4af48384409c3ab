"""A rule and its policies out of JSON and back. Whatever comes in, the only answer to a bad one is ValueError.

{"all_of": [rule, …]}, {"any_of": [rule, …]},
{"at_least": 5, "among": who, "besides": who, "otherwise": text},
{"share_of": "membership", "numerator": 1, "denominator": 3, "rounding": "down", "plus": 1, "among": who},
{"present": who, "in_person": true} and {"presides": who}, where who is {"categories": ["chair"], "posts": ["code"]}.
Only what is not the default is written. A message starts with the place: “all_of[1].at_least is …”.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from .people import COUNTING, Category
from .policies import Deputies, Policies
from .rules import EVERYONE, AllOf, AnyOf, AtLeast, Base, Present, Presides, Rounding, Rule, ShareOf, Who

DEEPEST = 5
MOST_RULES = 40
MOST_POSTS = 50
MOST_PEOPLE = 500
LONGEST_CODE = 60
LONGEST_TEXT = 200
WORDS = {True: "true", False: "false"}
Choice = TypeVar("Choice", bound=StrEnum)


def parse(data: object) -> Rule:
    """The rule that the data says. Raises ValueError with the place and a sentence."""
    return _rule(data, "", [])


def parse_policies(data: object) -> Policies:
    """All three policies. Raises ValueError with the place and a sentence."""
    names = ("vacancies_count", "deputies_count", "recused_counts")
    found = _mapping(data, "", names)
    for name in names:
        if name not in found:
            raise ValueError(f"{name} is missing. All of {', '.join(names)} must be given.")
    return Policies(
        _flag(found["vacancies_count"], "vacancies_count"),
        _choice(found["deputies_count"], "deputies_count", Deputies),
        _flag(found["recused_counts"], "recused_counts"),
    )


def as_data(rule: Rule) -> dict:
    """What parse reads back as the same rule."""
    match rule:
        case AllOf(rules):
            return {"all_of": [as_data(each) for each in rules]}
        case AnyOf(rules):
            return {"any_of": [as_data(each) for each in rules]}
        case AtLeast(n, among, besides):
            found = {"at_least": n} | _among(among) | ({"besides": _who_data(besides)} if besides else {})
        case ShareOf(base, numerator, denominator, rounding, plus, among):
            found = {"share_of": base.value, "numerator": numerator, "denominator": denominator}
            found |= {"rounding": rounding.value} | ({"plus": plus} if plus else {}) | _among(among)
        case Present(who, in_person):
            found = {"present": _who_data(who)} | ({"in_person": True} if in_person else {})
        case Presides(who):
            found = {"presides": _who_data(who)}
    return found | ({"otherwise": rule.otherwise} if rule.otherwise else {})


def policies_as_data(policies: Policies) -> dict:
    """What parse_policies reads back as the same policies."""
    return {
        "vacancies_count": policies.vacancies_count,
        "deputies_count": policies.deputies_count.value,
        "recused_counts": policies.recused_counts,
    }


def _among(who: Who) -> dict:
    return {"among": _who_data(who)} if who else {}


def _who_data(who: Who) -> dict:
    found = {"categories": [each.value for each in who.categories], "posts": list(who.posts)}
    return {name: value for name, value in found.items() if value}


def _rule(data: object, path: str, seen: list[str]) -> Rule:
    if path.count("_of[") > DEEPEST:
        raise ValueError(f"{path} is too deep. A rule may be nested {DEEPEST} times.")
    seen.append(path)
    if len(seen) > MOST_RULES:
        raise ValueError(f"{path} is one too many. A rule may have {MOST_RULES} parts.")
    if not isinstance(data, Mapping):
        raise ValueError(f"{path or 'The rule'} is {_shown(data)}. It must be an object such as {{“at_least”: 4}}.")
    kinds = [kind for kind in READERS if kind in data]
    if len(kinds) != 1:
        raise ValueError(f"{path or 'The rule'} must have exactly one of {', '.join(READERS)}.")
    return READERS[kinds[0]](data, f"{path}." if path else "", seen)


def _all_of(data: Mapping, path: str, seen: list[str]) -> AllOf:
    return AllOf(_several(data, path, "all_of", seen))


def _any_of(data: Mapping, path: str, seen: list[str]) -> AnyOf:
    return AnyOf(_several(data, path, "any_of", seen))


def _several(data: Mapping, path: str, kind: str, seen: list[str]) -> tuple[Rule, ...]:
    rules = _mapping(data, path, (kind,))[kind]
    if not isinstance(rules, list | tuple) or not rules:
        raise ValueError(f"{path}{kind} is {_shown(rules)}. It must be a list of one rule or more.")
    return tuple(_rule(each, f"{path}{kind}[{place}]", seen) for place, each in enumerate(rules))


def _at_least(data: Mapping, path: str, seen: list[str]) -> AtLeast:
    found = _mapping(data, path, ("at_least", "among", "besides", "otherwise"))
    besides = _who(found["besides"], f"{path}besides") if "besides" in found else None
    n = _count(found["at_least"], f"{path}at_least", 1)
    return AtLeast(n, _whoever(found, path), besides, _otherwise(found, path))


def _share_of(data: Mapping, path: str, seen: list[str]) -> ShareOf:
    names = ("share_of", "numerator", "denominator", "rounding", "plus", "among", "otherwise")
    found = _mapping(data, path, names)
    base = _choice(found["share_of"], f"{path}share_of", Base)
    numerator = _count(found.get("numerator"), f"{path}numerator", 1, 100)
    denominator = _count(found.get("denominator"), f"{path}denominator", 1, 100)
    if numerator > denominator:
        raise ValueError(f"{path}numerator is {numerator}. It must not be above the denominator, {denominator}.")
    rounding = _choice(found.get("rounding"), f"{path}rounding", Rounding)
    plus = _count(found.get("plus", 0), f"{path}plus", 0)
    return ShareOf(base, numerator, denominator, rounding, plus, _whoever(found, path), _otherwise(found, path))


def _present(data: Mapping, path: str, seen: list[str]) -> Present:
    found = _mapping(data, path, ("present", "in_person", "otherwise"))
    in_person = _flag(found.get("in_person", False), f"{path}in_person")
    return Present(_who(found["present"], f"{path}present"), in_person, _otherwise(found, path))


def _presides(data: Mapping, path: str, seen: list[str]) -> Presides:
    found = _mapping(data, path, ("presides", "otherwise"))
    return Presides(_who(found["presides"], f"{path}presides"), _otherwise(found, path))


READERS = {
    "all_of": _all_of,
    "any_of": _any_of,
    "at_least": _at_least,
    "share_of": _share_of,
    "present": _present,
    "presides": _presides,
}


def _mapping(data: object, path: str, names: tuple[str, ...]) -> Mapping:
    if not isinstance(data, Mapping):
        raise ValueError(f"{path.rstrip('.') or 'The data'} is {_shown(data)}. It must be an object.")
    for name in data:
        if name not in names:
            raise ValueError(f"{path}{_shown(name)} is not known here. It takes {', '.join(names)}.")
    return data


def _whoever(found: Mapping, path: str) -> Who:
    return _who(found["among"], f"{path}among") if "among" in found else EVERYONE


def _who(data: object, path: str) -> Who:
    found = _mapping(data, f"{path}.", ("categories", "posts"))
    categories = _list(found.get("categories", []), f"{path}.categories", len(COUNTING))
    posts = _list(found.get("posts", []), f"{path}.posts", MOST_POSTS)
    who = Who(
        tuple(_category(each, f"{path}.categories[{place}]") for place, each in enumerate(categories)),
        tuple(_text(each, f"{path}.posts[{place}]", LONGEST_CODE) for place, each in enumerate(posts)),
    )
    if not who:
        raise ValueError(f"{path} is empty. It must name a category or a post.")
    if len({*who.categories}) < len(who.categories) or len({*who.posts}) < len(who.posts):
        raise ValueError(f"{path} names one twice. Name each category and post once.")
    return who


def _category(value: object, path: str) -> Category:
    category = _choice(value, path, Category)
    if category not in COUNTING:
        raise ValueError(f"{path} is {_shown(value)}, who does not count towards a quorum.")
    return category


def _list(value: object, path: str, most: int) -> list | tuple:
    if not isinstance(value, list | tuple) or len(value) > most:
        raise ValueError(f"{path} is {_shown(value)}. It must be a list of at most {most}.")
    return value


def _count(value: object, path: str, least: int, most: int = MOST_PEOPLE) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"{path} is {_shown(value)}. It must be a whole number from {least} to {most}.")
    return value


def _flag(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{path} is {_shown(value)}. It must be true or false.")
    return value


def _choice(value: object, path: str, choices: type[Choice]) -> Choice:
    if not isinstance(value, str) or value not in {each.value for each in choices}:
        raise ValueError(f"{path} is {_shown(value)}. It must be one of {', '.join(choices)}.")
    return choices(value)


def _text(value: object, path: str, longest: int) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > longest or not value.isprintable():
        raise ValueError(f"{path} is {_shown(value)}. It must be printable text of 1 to {longest} characters.")
    return str(value)


def _otherwise(found: Mapping, path: str) -> str:
    return _text(found["otherwise"], f"{path}otherwise", LONGEST_TEXT) if "otherwise" in found else ""


def _shown(value: object) -> str:
    """A glimpse of what came, however large or odd."""
    if isinstance(value, bool):
        return WORDS[value]
    if isinstance(value, str):
        text = "".join(each if each.isprintable() else "�" for each in value[:60])
        return f"“{text}{'…' if len(value) > 60 else ''}”"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**12 else "a very large number"
    if isinstance(value, float):
        return repr(value)
    if value is None:
        return "missing"
    return "a list" if isinstance(value, list | tuple) else "an object" if isinstance(value, Mapping) else "not JSON"
