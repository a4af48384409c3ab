"""Rules that hold for some items only. They come on top of the board's rule, never instead of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from .data import as_data, parse
from .rules import AllOf, Rule

MOST_ITEM_RULES = 20
LONGEST_KIND = 60


@dataclass(frozen=True, slots=True)
class ItemRule:
    """What an item of this kind needs besides the board's rule. kind is whatever the board calls it ("appointment")."""

    kind: str
    rule: Rule


def rule_for(rule: Rule, items: Iterable[ItemRule] = (), *, kind: str = "", extra: Rule | None = None) -> Rule:
    """The rule for one item: the board's, those for its kind, and one for this item alone."""
    more = [each.rule for each in items if kind and each.kind == kind]
    if extra is not None:
        more.append(extra)
    return AllOf((rule, *more)) if more else rule


def parse_items(data: object) -> tuple[ItemRule, ...]:
    """From [{"kind": "appointment", "rule": …}, …]. Raises ValueError with the place and a sentence."""
    if not isinstance(data, list | tuple) or len(data) > MOST_ITEM_RULES:
        raise ValueError(f"The rules for items must be a list of at most {MOST_ITEM_RULES}.")
    return tuple(_item(each, f"[{place}]") for place, each in enumerate(data))


def items_as_data(items: Iterable[ItemRule]) -> list[dict]:
    """What parse_items reads back as the same rules."""
    return [{"kind": each.kind, "rule": as_data(each.rule)} for each in items]


def _item(data: object, path: str) -> ItemRule:
    if not isinstance(data, dict) or set(data) != {"kind", "rule"}:
        raise ValueError(f"{path} must be an object with kind and rule, and nothing else.")
    kind = data["kind"]
    if not isinstance(kind, str) or not kind.strip() or len(kind) > LONGEST_KIND or not kind.isprintable():
        raise ValueError(f"{path}.kind must be printable text of 1 to {LONGEST_KIND} characters.")
    try:
        return ItemRule(kind, parse(data["rule"]))
    except ValueError as error:
        raise ValueError(f"{path}.rule: {error}") from error
