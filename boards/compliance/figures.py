"""A figure: what it counts, of how many, what that means, and the sentence that says so."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a figure says of a promise. `COUNTED` is for figures about which the terms promise nothing."""

    KEPT = "kept"
    PARTLY = "partly_kept"
    NOT_KEPT = "not_kept"
    NO_DATA = "no_data"
    COUNTED = "counted"


WORDS = {
    Outcome.KEPT: "Kept",
    Outcome.PARTLY: "Partly kept",
    Outcome.NOT_KEPT: "Not kept",
    Outcome.NO_DATA: "No data",
    Outcome.COUNTED: "",
}


@dataclass(frozen=True)
class Figure:
    """`good` of `of`; both are None where nothing can be counted, so that nothing is ever 100% of nothing."""

    key: str
    label: str
    outcome: Outcome
    sentence: str
    good: int | None = None
    of: int | None = None

    @property
    def share(self) -> float | None:
        """In per cent, unrounded; None without a denominator."""
        return 100 * self.good / self.of if self.of and self.good is not None else None

    @property
    def word(self) -> str:
        return WORDS[self.outcome]

    @property
    def is_judged(self) -> bool:
        """Whether it says that a promise was kept or not."""
        return self.outcome not in (Outcome.NO_DATA, Outcome.COUNTED)


def counted(key: str, label: str, good: int, of: int, sentence: str) -> Figure:
    """A promise made `of` times and kept `good` times. `of` is at least 1."""
    outcome = Outcome.KEPT if good == of else Outcome.PARTLY if good else Outcome.NOT_KEPT
    return Figure(key, label, outcome, sentence, good, of)


def no_data(key: str, label: str, sentence: str) -> Figure:
    """Nothing to count, and why."""
    return Figure(key, label, Outcome.NO_DATA, sentence)


def many(count: int, one: str, more: str = "") -> str:
    """1 meeting, 2 meetings."""
    return f"{count} {one if count == 1 else more or f'{one}s'}"


def per_cent(good: int, of: int) -> str:
    """83%, never rounded up to all nor down to none."""
    share = round(100 * good / of)
    if good < of:
        share = min(share, 99)
    return f"{max(share, 1) if good else 0}%"
