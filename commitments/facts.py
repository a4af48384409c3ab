"""From rows to the plain values that targets are judged by (commitments.targets). No queries of its own."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from commitments.targets import Better, MeasureFacts, TargetFacts, describe, parse, wording

if TYPE_CHECKING:
    from commitments.models import Measure, Target

WHOLE = "all"
COUNTED = ("count", "rate", "days")  # kinds of number whose unit says what is counted


def facts_of_measure(measure: "Measure") -> MeasureFacts:
    """What is counted. Costs queries unless the dimension and its groups were loaded with the measure."""
    groups = {}
    if measure.dimension_id is not None:
        groups = {
            "": measure.dimension.whole or WHOLE,
            **{group.code: group.title for group in measure.dimension.groups.all()},
        }
    return facts_from(
        code=measure.code,
        title=measure.title,
        unit_kind=measure.unit_kind,
        unit=measure.unit,
        decimals=measure.decimals,
        better=measure.better,
        over_time=measure.over_time,
        over_groups=measure.over_groups,
        groups=groups,
    )


def facts_from(
    *,
    code: str,
    title: str,
    unit_kind: str,
    unit: str,
    decimals: int,
    better: str,
    over_time: str,
    over_groups: str,
    groups: Mapping[str, str],
) -> MeasureFacts:
    """The same from bare values, as a workbook has them. Raises ValueError for a share that would be averaged."""
    return MeasureFacts(
        code=code,
        title=title,
        unit=unit_kind,
        decimals=decimals,
        better=Better(better),
        over_time=over_time,
        over_groups=over_groups,
        groups=groups,
        noun=unit if unit_kind in COUNTED else "",
    )


def facts_of_target(target: "Target") -> TargetFacts:
    """What was promised, as the machine reads it. Ask only of a target that has a kind."""
    return TargetFacts(
        code=target.code,
        kind=target.kind,
        params=target.params,
        starts=target.starts,
        due_on=target.due_on,
        tolerance=target.tolerance,
        trajectory=target.trajectory,
    )


def problem_of(target: "Target") -> str:
    """Why a target cannot be read by machine, in a sentence; nothing when it can, or is not to be."""
    facts = None if target.measure_id is None else facts_of_measure(target.measure)
    return problem_with(target.kind, target.params, facts)


def problem_with(kind: str, params: Any, facts: MeasureFacts | None) -> str:
    """The same for bare values; without facts of the measure only the particulars themselves are read."""
    if not kind:
        return "" if not params else "Choose how the target is read before you give particulars."
    if not isinstance(params, dict):
        return "The particulars are names with values, in curly brackets."
    try:
        if facts is None:
            parse(kind, params)
        else:
            describe(kind, params, facts)
    except ValueError as error:
        return str(error)
    return ""


def nearness_of(target: "Target") -> str:
    """What parts slipping from off track, in a sentence; nothing where no machine reads the target, or it has no step.

    A tolerance of a gap or of shares is in points.
    """
    if not target.kind or problem_of(target) or target.kind == "set_a_baseline":
        return ""
    return nearness(target.tolerance, unit_judged(target.kind, facts_of_measure(target.measure)))


def nearness(tolerance: Decimal, facts: MeasureFacts) -> str:
    """The same for bare values."""
    if not tolerance:
        return "Whatever is short is off track."
    return f"Up to {wording.amount(facts, tolerance.normalize())} short is slipping, more is off track."


def unit_judged(kind: str, facts: MeasureFacts) -> MeasureFacts:
    """The measure as its tolerance is written: coverage is judged in per cent, whatever is counted."""
    if kind != "full_coverage" or facts.unit == "share":
        return facts
    return replace(facts, unit="share", over_time="latest", over_groups="latest")


def reading_of(target: "Target") -> str:
    """The machine's reading in a sentence, to stand beside the words as published; nothing when there is none."""
    if not target.kind or problem_of(target):
        return ""
    return describe(target.kind, target.params, facts_of_measure(target.measure))
