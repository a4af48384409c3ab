"""What measures say together. A measure: the worst of its targets. A commitment: by a stated rule. A programme: counts.

Verdicts are never turned into percentages, and nothing is averaged.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .types import Verdict
from .verdicts import RANK, worst
from .wording import LABELS

BEST_FIRST = tuple(Verdict)


class Rule(StrEnum):
    """How a commitment's status follows from its measures."""

    WORST_OF = "worst_of"
    MAJORITY = "majority"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Status:
    """verdict is None where the rule is none. counts: every verdict, best first, with how many have it."""

    verdict: Verdict | None
    counts: tuple[tuple[Verdict, int], ...]
    sentence: str


def of_measure(verdicts: Iterable[Verdict]) -> Verdict:
    """From the verdicts of its targets: the worst. Without a target there is nothing to judge: no data."""
    return worst(verdicts)


def of_commitment(verdicts: Sequence[Verdict], rule: str) -> Status:
    """From the verdicts of its measures.

    worst_of: the worst. majority: the best verdict that more than half of the measures reach or beat; those not yet
    due are left out. none: no verdict, only counts.

    Raises ValueError for another rule.
    """
    counts = tally(verdicts)
    rule = Rule(rule)
    if rule is Rule.NONE:
        return Status(None, counts, said(verdicts, "measure"))
    verdict = worst(verdicts) if rule is Rule.WORST_OF else most_reach(verdicts)
    how = "the worst of its measures" if rule is Rule.WORST_OF else "what most of its measures reach"
    return Status(verdict, counts, f"{LABELS[verdict].capitalize()}, {how}. {said(verdicts, 'measure')}")


def of_programme(verdicts: Sequence[Verdict]) -> Status:
    """From the verdicts of its commitments: counts, never one verdict."""
    return Status(None, tally(verdicts), said(verdicts, "commitment"))


def tally(verdicts: Iterable[Verdict]) -> tuple[tuple[Verdict, int], ...]:
    found = Counter(verdicts)
    return tuple((verdict, found[verdict]) for verdict in BEST_FIRST)


def said(verdicts: Sequence[Verdict], noun: str) -> str:
    """Of 3 measures: 1 met, 2 slipping."""
    if not verdicts:
        return f"No {noun}s."
    parts = ", ".join(f"{count} {LABELS[verdict]}" for verdict, count in tally(verdicts) if count)
    return f"Of {len(verdicts)} {noun}{'' if len(verdicts) == 1 else 's'}: {parts}."


def most_reach(verdicts: Sequence[Verdict]) -> Verdict:
    """The best verdict that more than half of them reach, so that a better figure never makes it worse."""
    due = sorted((verdict for verdict in verdicts if verdict is not Verdict.NOT_DUE), key=RANK.__getitem__)
    return due[(len(due) - 1) // 2] if due else worst(verdicts)
