"""The gap between groups and another group, or the whole, narrower than it was at its baseline."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .. import wording
from ..judging import NO_BASELINE, NONE_SINCE, Case, Part, Words, conclude, ended_by
from ..params import Baseline, Groups, Params, check_group
from ..series import NEWEST, Window
from ..types import MeasureFacts, Outcome
from .gap_at_most import baseline_gap
from .gaps import NO_PAIR, gap, gap_part, gap_subject, pair
from .phrases import changed, each_of, over_window


@dataclass(frozen=True, slots=True)
class GapChange:
    """by_amount: how much narrower, in the measure's unit (points for a share); none means at all."""

    baseline: Baseline
    groups: Groups
    than: str = ""
    by_amount: Decimal | None = None
    by_share: Decimal | None = None
    either_way: bool = False
    window: Window = NEWEST


def parse(params: Mapping[str, object]) -> GapChange:
    """baseline, group or groups, than, by_amount or by_share, either_way, window. Raises ValueError."""
    given = Params(params)
    reading = GapChange(
        given.baseline(needed=True),
        given.groups(needed=True),
        given.group("than", default=""),
        given.number("by_amount", above=0),
        given.number("by_share", above=0),
        given.flag("either_way"),
        given.window(),
    )
    given.done()
    if reading.by_amount is not None and reading.by_share is not None:
        raise ValueError("by_amount and by_share are both given. Give one of them, or neither for any change.")
    if reading.than in reading.groups.codes:
        raise ValueError("than is also one of groups. A group is compared with another one, or with the whole.")
    if reading.baseline.first:
        raise ValueError("baseline is “first”. For a gap it must be one or two of value, values and period.")
    return reading


def describe(reading: GapChange, measure: MeasureFacts) -> str:
    """Raises ValueError for a group that the measure does not have."""
    reading.groups.check(measure)
    check_group(reading.than, measure, "than")
    than = wording.name(measure, reading.than)
    groups = each_of(reading.groups, measure)
    return f"{groups} closer to {than} than at its baseline{_by(reading, measure)}{over_window(reading.window)}."


def evaluate(reading: GapChange, case: Case) -> Outcome:
    parts = [_part(reading, case, group) for group in reading.groups.of(case.series) if group != reading.than]
    words = Words(
        subject=lambda part: gap_subject(case, part, reading.either_way),
        asked=lambda part: _asked(reading, case, part),
        general=lambda: f"a gap narrower than its baseline{_by(reading, case.measure)}",
        show=wording.difference,
        over="too wide",
    )
    return conclude(case, parts, words)


def _part(reading: GapChange, case: Case, group: str) -> Part:
    found = pair(case, group, reading.than, reading.window)
    if found is None:
        return Part(group, lacks=NO_PAIR)
    start = baseline_gap(reading.baseline, case, group, reading.than, reading.either_way)
    if start is None:
        return Part(group, lacks=NO_BASELINE)
    part = gap_part(case, group, reading.than, found, gap(*found, case.measure, reading.either_way))
    if ended_by(start, part.period):
        return Part(group, lacks=NONE_SINCE)
    part.start = start
    part.bar = changed(start.value, False, reading.by_amount, reading.by_share)
    return part


def _asked(reading: GapChange, case: Case, part: Part) -> str:
    measure = case.measure
    if part.hidden:
        return f"a gap narrower than its baseline{_by(reading, measure)}"
    label = f" in {part.start.label}" if part.start.label else ""
    asked = wording.asked(measure, part.bar, wording.amount, part.decimals)
    if reading.by_amount is None and reading.by_share is None:
        return f"{asked} (its gap{label})"
    return f"{asked} ({_by(reading, measure).removeprefix(', by at least ')} below its gap{label})"


def _by(reading: GapChange, measure: MeasureFacts) -> str:
    if reading.by_amount is not None:
        return f", by at least {wording.amount(measure, reading.by_amount)}"
    return f", by at least {wording.percent(reading.by_share)}" if reading.by_share is not None else ""
