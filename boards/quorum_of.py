"""The quorum that terms of reference hold, read out of their fields."""

from collections.abc import Iterable, Mapping

from boards import quorum
from boards.choices import DeputiesCount, DeputiesRule, Purpose
from boards.models import Terms
from boards.quorum.rules import asked_for, leaves
from people.models import Post

DEPUTIES = {
    DeputiesCount.NO: quorum.Deputies.DO_NOT_COUNT,
    DeputiesCount.YES: quorum.Deputies.COUNT,
    DeputiesCount.PRESIDING: quorum.Deputies.MAY_PRESIDE,
}
NO_NAMES: Mapping[str, str] = {}


def rule_of(terms: Terms) -> quorum.Rule | None:
    """The board's rule, or None where the terms give none. Raises ValueError when what is stored is no rule."""
    return quorum.parse(terms.quorum) if terms.quorum else None


def items_of(terms: Terms) -> tuple[quorum.ItemRule, ...]:
    """What items of a purpose need besides: stored as {purpose: rule}. Raises ValueError as `rule_of` does."""
    stored = terms.item_quorums or {}
    return tuple(quorum.ItemRule(kind, quorum.parse(rule)) for kind, rule in stored.items())


def policies_of(terms: Terms) -> quorum.Policies:
    """The three policies."""
    return quorum.Policies(
        vacancies_count=terms.vacancies_count,
        deputies_count=DEPUTIES[DeputiesCount(terms.deputies_count)],
        recused_counts=terms.recused_count,
    )


def sentences(terms: Terms, names: Mapping[str, str] = NO_NAMES) -> list[str]:
    """The rule, what is stricter for some items, and the policies that matter, each as a sentence; none without a rule.

    `names`: post code to title.
    """
    rule = rule_of(terms)
    if rule is None:
        return []
    found = [f"{quorum.describe(rule, names)}."]
    for item in items_of(terms):
        label = Purpose(item.kind).label if item.kind in Purpose.values else item.kind
        found.append(f"Items {label[:1].lower()}{label[1:]} also need: {_lower(quorum.describe(item.rule, names))}.")
    allowed = terms.deputies_rule != DeputiesRule.NONE
    rules = [rule, *(item.rule for item in items_of(terms))]
    return [*found, *quorum.describe_policies(policies_of(terms), rules, deputies_allowed=allowed)]


def post_names(versions: Iterable[Terms]) -> dict[str, str]:
    """Titles of the posts that the rules name, by code. One query, or none when they name no post."""
    codes = {code for terms in versions for code in _codes(terms)}
    return dict(Post.objects.filter(code__in=codes).values_list("code", "title")) if codes else {}


def _codes(terms: Terms) -> Iterable[str]:
    rules = [rule for rule in (rule_of(terms), *(item.rule for item in items_of(terms))) if rule is not None]
    for rule in rules:
        for leaf in leaves(rule):
            yield from asked_for(leaf).posts
            yield from leaf.besides.posts if isinstance(leaf, quorum.AtLeast) and leaf.besides else ()


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
