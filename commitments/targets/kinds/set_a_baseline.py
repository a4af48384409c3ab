"""Set a baseline: met when one is recorded. Afterwards it is the first thing that other targets can use."""

from collections.abc import Mapping
from dataclasses import dataclass

from .. import wording
from ..judging import Case
from ..params import THE_WHOLE, Groups, Params
from ..series import NEWEST, Window
from ..types import MeasureFacts, Outcome, Point, Verdict
from ..verdicts import worst
from .phrases import each_of


@dataclass(frozen=True, slots=True)
class SetABaseline:
    """months: how long a time the recorded figures must fill; none means that any one figure will do."""

    groups: Groups = THE_WHOLE
    months: int | None = None


def parse(params: Mapping[str, object]) -> SetABaseline:
    """group or groups, months. Raises ValueError."""
    given = Params(params)
    groups = given.groups()
    months = given.count("months", 0) or None
    given.done()
    return SetABaseline(groups, months)


def describe(reading: SetABaseline, measure: MeasureFacts) -> str:
    """Raises ValueError for a group that the measure does not have."""
    reading.groups.check(measure)
    over = f" over {reading.months} months" if reading.months else ""
    return f"{each_of(reading.groups, measure)} recorded{over}, to be the baseline."


def evaluate(reading: SetABaseline, case: Case) -> Outcome:
    """No data while nothing is recorded and there is still time; off track once its date has passed."""
    target = case.target
    groups = reading.groups.of(case.series) or [""]
    found = {group: _recorded(reading, case, group) for group in groups}
    late = target.due_on is not None and case.on > target.due_on
    missing = Verdict.OFF_TRACK if late else Verdict.NO_DATA
    verdict = worst(missing if point is None else Verdict.MET for point in found.values())
    when = f" by {wording.day(target.due_on)}" if target.due_on is not None else ""
    recorded = [point for point in found.values() if point is not None]
    provisional = any(point.status != "actual" for point in recorded)
    if verdict is not Verdict.MET:
        names = [wording.name(case.measure, group) for group in groups if group and found[group] is None]
        whose = f" for {wording.listed(names)}" if names else ""
        so = ", so it is off track" if late else ""
        return Outcome(verdict, None, None, f"No baseline is recorded{whose} yet; one is asked{when}{so}.", provisional)
    group, point = next(iter(found.items()))
    shown = group not in case.hidden
    text = wording.figure(case.measure, point.value) if shown else wording.TOO_FEW
    whose = f" ({wording.name(case.measure, group)})" if group else ""
    more = f" and for {len(groups) - 1} more" if len(groups) > 1 else ""
    period = wording.period(point.starts, point.ends)
    still = " It may still change." if provisional else ""
    return Outcome(
        Verdict.MET,
        point.value if shown else None,
        None,
        f"A baseline is recorded: {text}{whose} in {period}{more}.{still}",
        provisional,
        (point.starts, point.ends),
    )


def _recorded(reading: SetABaseline, case: Case, group: str) -> Point | None:
    window: Window = reading.months or NEWEST
    return case.series.read(group, window, case.on, case.target.starts)
