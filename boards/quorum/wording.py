"""The small words of quorum: who, how many, and lists of names."""

from collections.abc import Mapping, Sequence

from .people import Category
from .rules import Base, ShareOf, Who

ONE = {
    Category.CHAIR: "the chair",
    Category.DEPUTY_CHAIR: "the deputy chair",
    Category.INTERNAL: "an internal member",
    Category.EXTERNAL_ADVISER: "an external adviser",
}
SINGULAR = {
    Category.CHAIR: "chair",
    Category.DEPUTY_CHAIR: "deputy chair",
    Category.INTERNAL: "internal member",
    Category.EXTERNAL_ADVISER: "external adviser",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FRACTIONS = {
    (1, 2): "half",
    (1, 3): "a third",
    (2, 3): "two thirds",
    (1, 4): "a quarter",
    (3, 4): "three quarters",
    (1, 5): "a fifth",
    (1, 1): "all",
}
BASES = {Base.MEMBERSHIP: "the membership", Base.APPOINTED: "the members appointed", Base.PRESENT: "those present"}
ROUNDED = {"up": "rounded up", "down": "rounded down", "exact": ""}
MOST_NAMES = 5


def spelt(number: int) -> str:
    """one to ten in words, then figures."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def listed(names: Sequence[str], last: str = "and") -> str:
    """A, B and C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def shortened(names: Sequence[str]) -> str:
    """A, B, C, D, E and 4 others."""
    if len(names) <= MOST_NAMES + 1:
        return listed(names)
    return f"{', '.join(names[:MOST_NAMES])} and {len(names) - MOST_NAMES} others"


def post_name(code: str, names: Mapping[str, str]) -> str:
    """A post's title, or its code in quotation marks when it is not known."""
    return names.get(code) or f"“{code}”"


def any_one(who: Who, names: Mapping[str, str]) -> str:
    """The chair or the deputy chair."""
    if not who:
        return "a member"
    posts = [f"the {post_name(code, names)}" for code in who.posts]
    return listed([ONE[each] for each in who.categories] + posts, "or")


def people(who: Who, count: int, names: Mapping[str, str]) -> str:
    """External advisers, internal members or external advisers, from among named posts."""
    if not who:
        return "member" if count == 1 else "members"
    if not who.posts:
        return listed([SINGULAR[each] + ("" if count == 1 else "s") for each in who.categories], "or")
    among = [f"the {SINGULAR[each]}s" for each in who.categories] + [post_name(code, names) for code in who.posts]
    return f"from among {listed(among)}"


def fraction(rule: ShareOf) -> str:
    """Half, two thirds, or 3 out of 7."""
    found = FRACTIONS.get((rule.numerator, rule.denominator))
    return found or f"{rule.numerator} out of {rule.denominator}"


def rounding(rule: ShareOf) -> str:
    """What is done to the share: rounded down, plus one."""
    plus = f"plus {spelt(rule.plus)}" if rule.plus else ""
    return "".join(f", {each}" for each in (ROUNDED[rule.rounding.value], plus) if each)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
