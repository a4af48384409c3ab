"""Groups at most so many points behind another group, or behind the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .. import wording
from ..judging import Case, Part, Words, conclude
from ..params import Baseline, Groups, Params, check_group
from ..series import NEWEST, Window
from ..trajectory import Start
from ..types import Better, MeasureFacts, Outcome
from ..verdicts import Bar
from .gaps import NO_PAIR, gap, gap_part, gap_start, gap_subject, pair
from .phrases import each_of, over_window


@dataclass(frozen=True, slots=True)
class GapAtMost:
    """points: the widest gap allowed, in the measure's unit. baseline: the gap a trajectory starts from."""

    points: Decimal
    groups: Groups
    than: str = ""
    either_way: bool = False
    baseline: Baseline | None = None
    window: Window = NEWEST


def parse(params: Mapping[str, object]) -> GapAtMost:
    """points, group or groups, than, either_way, baseline, window. Raises ValueError."""
    given = Params(params)
    reading = GapAtMost(
        given.number("points", needed=True),
        given.groups(needed=True),
        given.group("than", default=""),
        given.flag("either_way"),
        given.baseline(),
        given.window(),
    )
    given.done()
    if reading.points < 0:
        raise ValueError(f"points is {reading.points}. It must be a number of 0 or more.")
    if reading.than in reading.groups.codes:
        raise ValueError("than is also one of groups. A group is compared with another one, or with the whole.")
    if reading.baseline is not None and reading.baseline.first:
        raise ValueError("baseline is “first”. For a gap it must be one or two of value, values and period.")
    return reading


def describe(reading: GapAtMost, measure: MeasureFacts) -> str:
    """Raises ValueError for a group that the measure does not have."""
    reading.groups.check(measure)
    check_group(reading.than, measure, "than")
    apart = "away from" if reading.either_way or measure.better is Better.RANGE else "behind"
    by, than = wording.amount(measure, reading.points), wording.name(measure, reading.than)
    return f"{each_of(reading.groups, measure)} at most {by} {apart} {than}{over_window(reading.window)}."


def evaluate(reading: GapAtMost, case: Case) -> Outcome:
    parts = [_part(reading, case, group) for group in reading.groups.of(case.series) if group != reading.than]
    words = Words(
        subject=lambda part: gap_subject(case, part, reading.either_way),
        asked=lambda part: f"at most {wording.amount(case.measure, reading.points)}",
        general=lambda: f"a gap of at most {wording.amount(case.measure, reading.points)}",
        show=wording.difference,
        over="too wide",
    )
    return conclude(case, parts, words)


def _part(reading: GapAtMost, case: Case, group: str) -> Part:
    found = pair(case, group, reading.than, reading.window)
    if found is None:
        return Part(group, lacks=NO_PAIR)
    part = gap_part(case, group, reading.than, found, gap(*found, case.measure, reading.either_way))
    part.bar = Bar(high=reading.points)
    part.start = baseline_gap(reading.baseline, case, group, reading.than, reading.either_way)
    return part


def baseline_gap(baseline: Baseline | None, case: Case, group: str, than: str, either_way: bool) -> Start | None:
    """The stated gap, or the observed one of the stated period."""
    if baseline is None:
        return None
    if not baseline.is_stated:
        return gap_start(case, group, than, baseline.period, either_way)
    value = baseline.value if baseline.values is None else baseline.values.get(group)
    if value is None:
        return None
    if baseline.period is None:
        return Start(value, case.target.starts)
    return Start(value, baseline.period[1], wording.period(*baseline.period))
