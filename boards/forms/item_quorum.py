"""An item's own quorum as three plain questions, and back. Rules of another shape are described and left alone."""

from typing import Any

from boards import quorum
from boards.quorum import AllOf, AtLeast, Present


def to_data(answers: dict[str, Any]) -> dict:
    """The rule as stored; empty when nothing was asked for."""
    rules: list[quorum.Rule] = []
    if answers.get("quorum_chair"):
        rules.append(Present(quorum.THE_CHAIR))
    if answers.get("quorum_members"):
        rules.append(AtLeast(answers["quorum_members"]))
    if answers.get("quorum_category") and answers.get("quorum_of_category"):
        among = quorum.Who((quorum.Category(answers["quorum_category"]),))
        rules.append(AtLeast(answers["quorum_of_category"], among))
    if not rules:
        return {}
    return quorum.as_data(rules[0] if len(rules) == 1 else AllOf(tuple(rules)))


def from_data(data: dict) -> dict[str, Any] | None:
    """The answers that make the rule, or None for a rule that these questions cannot make."""
    if not data:
        return {}
    try:
        rule = quorum.parse(data)
    except ValueError:
        return None
    found: dict[str, Any] = {}
    for each in rule.rules if isinstance(rule, AllOf) else (rule,):
        if isinstance(each, Present) and each.who == quorum.THE_CHAIR:
            found["quorum_chair"] = True
        elif isinstance(each, AtLeast) and not each.among:
            found["quorum_members"] = each.n
        elif isinstance(each, AtLeast) and len(each.among.categories) == 1:
            found |= {"quorum_category": each.among.categories[0].value, "quorum_of_category": each.n}
    return found if to_data(found) == data else None


def described(data: dict) -> str:
    """The rule in words."""
    try:
        return quorum.describe(quorum.parse(data))
    except ValueError:
        return "It cannot be read."
