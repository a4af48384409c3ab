"""A quorum as the answers of a plain form, and back. A rule that the form cannot ask has no answers."""

from typing import Any

from boards.quorum import (
    THE_CHAIR,
    AllOf,
    AtLeast,
    Base,
    Category,
    Present,
    Presides,
    Rounding,
    Rule,
    ShareOf,
    Who,
)

CHAIR_OR_DEPUTY = Who((Category.CHAIR, Category.DEPUTY_CHAIR))
LEADS = {"chair": THE_CHAIR, "either": CHAIR_OR_DEPUTY}
MINIMUMS = {"externals": Category.EXTERNAL_ADVISER, "internals": Category.INTERNAL}
SHARES = {"1/2": (1, 2), "1/3": (1, 3), "2/3": (2, 3)}

Answers = dict[str, Any]


def build(answers: Answers) -> Rule | None:
    """The rule that the answers make; None when they ask for nobody."""
    parts: list[Rule] = []
    if lead := LEADS.get(answers.get("present", "")):
        parts.append(Present(lead, in_person=bool(answers.get("in_person"))))
    if answers.get("how") == "number" and answers.get("number"):
        parts.append(AtLeast(answers["number"], besides=THE_CHAIR if answers.get("besides") else None))
    if answers.get("how") == "share":
        parts.append(
            ShareOf(
                Base(answers["base"]),
                answers["numerator"],
                answers["denominator"],
                Rounding(answers["rounding"]),
                answers.get("plus") or 0,
            )
        )
    parts += [AtLeast(answers[name], Who((kind,))) for name, kind in MINIMUMS.items() if answers.get(name)]
    parts += [Present(Who(posts=(code,))) for code in answers.get("posts") or ()]
    if share := SHARES.get(answers.get("external_share", "")):
        among, otherwise = Who((Category.EXTERNAL_ADVISER,)), answers.get("otherwise", "")
        parts.append(ShareOf(Base.PRESENT, *share, Rounding.EXACT, 0, among, otherwise))
    if lead := LEADS.get(answers.get("presides", "")):
        parts.append(Presides(lead))
    return AllOf(tuple(parts)) if parts else None


def answers_of(rule: Rule) -> Answers | None:
    """The answers that make this rule, or None when none do."""
    found: Answers = {"posts": [], "how": "none"}
    for part in rule.rules if isinstance(rule, AllOf) else (rule,):
        found.update(_answers_of_part(part, found))
    whole = rule if isinstance(rule, AllOf) else AllOf((rule,))
    made = build(found)
    return found if made is not None and _same(made, whole) else None


def build_stricter(answers: Answers) -> Rule | None:
    """What some items need besides."""
    parts: list[Rule] = []
    if lead := LEADS.get(answers.get("stricter_present", "")):
        parts.append(Present(lead, in_person=bool(answers.get("stricter_in_person"))))
    if answers.get("stricter_number"):
        parts.append(AtLeast(answers["stricter_number"]))
    if answers.get("stricter_externals"):
        parts.append(AtLeast(answers["stricter_externals"], Who((Category.EXTERNAL_ADVISER,))))
    return AllOf(tuple(parts)) if parts else None


def stricter_answers_of(rule: Rule) -> Answers | None:
    """The answers that make this rule for some items, or None when none do."""
    found: Answers = {}
    for part in rule.rules if isinstance(rule, AllOf) else (rule,):
        match part:
            case Present(who, in_person):
                found |= {"stricter_present": _lead(who), "stricter_in_person": in_person}
            case AtLeast(n, Who((), ()), None):
                found["stricter_number"] = n
            case AtLeast(n, Who((Category.EXTERNAL_ADVISER,), ()), None):
                found["stricter_externals"] = n
    made = build_stricter(found)
    whole = rule if isinstance(rule, AllOf) else AllOf((rule,))
    return found if made is not None and _same(made, whole) else None


def _answers_of_part(part: Rule, found: Answers) -> Answers:
    match part:
        case Present(Who((), (code,)), False):
            return {"posts": [*found["posts"], code]}
        case Present(who, in_person):
            return {"present": _lead(who), "in_person": in_person}
        case AtLeast(n, Who((), ()), besides) if besides in (None, THE_CHAIR):
            return {"how": "number", "number": n, "besides": besides is not None}
        case AtLeast(n, Who((Category.EXTERNAL_ADVISER,), ()), None):
            return {"externals": n}
        case AtLeast(n, Who((Category.INTERNAL,), ()), None):
            return {"internals": n}
        case ShareOf(Base.PRESENT, a, b, _, 0, Who((Category.EXTERNAL_ADVISER,), ()), otherwise):
            share = next((key for key, pair in SHARES.items() if pair == (a, b)), "")
            return {"external_share": share, "otherwise": otherwise}
        case ShareOf(base, a, b, rounding, plus, Who((), ())):
            return {
                "how": "share",
                "base": base.value,
                "numerator": a,
                "denominator": b,
                "rounding": rounding.value,
                "plus": plus,
            }
        case Presides(who):
            return {"presides": _lead(who)}
    return {}


def _lead(who: Who) -> str:
    return next((name for name, each in LEADS.items() if each == who), "")


def _same(one: AllOf, other: AllOf) -> bool:
    """The same conditions, in whatever order."""
    return len(one.rules) == len(other.rules) and {*map(repr, one.rules)} == {*map(repr, other.rules)}
