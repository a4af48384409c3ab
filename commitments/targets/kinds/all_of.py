"""Several conditions that one promise holds together: each is judged by its own kind, and the worst decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from ..judging import Case
from ..params import Params
from ..types import MeasureFacts, Outcome, Verdict
from ..verdicts import RANK, worst
from . import (
    change_from_baseline,
    full_coverage,
    gap_at_most,
    gap_change,
    group_at_least_as_good,
    per_unit_per_year,
    reach_level,
    set_a_baseline,
    year_on_year,
)

SIMPLE: dict[str, ModuleType] = {
    "reach_level": reach_level,
    "change_from_baseline": change_from_baseline,
    "year_on_year": year_on_year,
    "gap_at_most": gap_at_most,
    "gap_change": gap_change,
    "group_at_least_as_good": group_at_least_as_good,
    "per_unit_per_year": per_unit_per_year,
    "full_coverage": full_coverage,
    "set_a_baseline": set_a_baseline,
}


@dataclass(frozen=True, slots=True)
class AllOf:
    """Readings with their kinds. They share the target's dates, tolerance and trajectory."""

    readings: tuple[tuple[str, object], ...]


def parse(params: Mapping[str, object]) -> AllOf:
    """conditions: a list of {kind, params}. Raises ValueError."""
    given = Params(params)
    conditions = given.conditions()
    given.done()
    readings = []
    for place, condition in enumerate(conditions, start=1):
        kind = condition["kind"]
        if kind not in SIMPLE:
            raise ValueError(f"conditions {place}: kind is “{kind}”. It must be one of {', '.join(SIMPLE)}.")
        try:
            readings.append((kind, SIMPLE[kind].parse(condition["params"])))
        except ValueError as error:
            raise ValueError(f"conditions {place}: {error}") from error
    return AllOf(tuple(readings))


def describe(reading: AllOf, measure: MeasureFacts) -> str:
    """Raises ValueError where one of the conditions does not fit the measure."""
    return " And: ".join(SIMPLE[kind].describe(each, measure) for kind, each in reading.readings)


def evaluate(reading: AllOf, case: Case) -> Outcome:
    outcomes = [SIMPLE[kind].evaluate(each, case) for kind, each in reading.readings]
    verdict = worst(outcome.verdict for outcome in outcomes)
    head = min(outcomes, key=lambda outcome: RANK[outcome.verdict])
    known = verdict is not Verdict.NO_DATA
    return Outcome(
        verdict,
        head.figure if known else None,
        head.expected if known else None,
        " ".join(outcome.sentence for outcome in outcomes),
        any(outcome.provisional for outcome in outcomes),
        head.period,
    )
