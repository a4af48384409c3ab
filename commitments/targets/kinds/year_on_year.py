"""Year on year: the newest figure against the same time a year before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kit.periods import add_months

from .. import wording
from ..judging import Case, Part, Words, conclude, figure_words
from ..params import THE_WHOLE, Groups, Params
from ..series import NEWEST, Window, window_start
from ..trajectory import Start
from ..types import MeasureFacts, Outcome, Point
from .phrases import DIRECTIONS, change_words, changed, each_of, goes_up, lacking, over_window

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """by_amount is in the measure's unit (points for a share), by_share in per cent of last year's figure."""

    direction: str = "better"
    by_amount: Decimal | None = None
    by_share: Decimal | None = None
    groups: Groups = THE_WHOLE
    window: Window = NEWEST


def parse(params: Mapping[str, object]) -> YearOnYear:
    """direction, by_amount or by_share, group or groups, window. Raises ValueError."""
    given = Params(params)
    reading = YearOnYear(
        given.choice("direction", DIRECTIONS, "better"),
        given.number("by_amount", above=0),
        given.number("by_share", above=0),
        given.groups(),
        given.window(),
    )
    given.done()
    if reading.by_amount is not None and reading.by_share is not None:
        raise ValueError("by_amount and by_share are both given. Give one of them, or neither for any change.")
    return reading


def describe(reading: YearOnYear, measure: MeasureFacts) -> str:
    """Raises ValueError for a group or a direction that the measure does not have."""
    reading.groups.check(measure)
    return f"{each_of(reading.groups, measure)} {_change(reading, measure)} a year before{over_window(reading.window)}."


def evaluate(reading: YearOnYear, case: Case) -> Outcome:
    """Raises ValueError when neither the target nor the measure says which way is better."""
    parts = [_part(reading, case, group) for group in reading.groups.of(case.series)]
    words = Words(
        subject=lambda part: figure_words(case, part),
        asked=lambda part: _asked(reading, case, part),
        general=lambda: f"{_change(reading, case.measure)} a year before",
    )
    return conclude(case, parts, words)


def _part(reading: YearOnYear, case: Case, group: str) -> Part:
    series, target = case.series, case.target
    point = series.read(group, reading.window, case.on, target.starts)
    if point is None:
        return Part(group, lacks=lacking(reading.window, series, group, case.on))
    before = _year_before(reading.window, case, group, point)
    if before is None:
        return Part(group, lacks="No figure yet of a year before")
    up = goes_up(reading.direction, case.measure)
    label = wording.period(before.starts, before.ends)
    return Part(
        group,
        point.value,
        changed(before.value, up, reading.by_amount, reading.by_share),
        start=Start(before.value, before.ends, label, before.status != "actual"),
        period=(point.starts, point.ends),
        provisional=point.status != "actual",
        hidden=group in case.hidden,
        due_on=target.due_on,
    )


def _year_before(window: Window, case: Case, group: str, point: Point) -> Point | None:
    """The figure of the same length that ended on the same day of the month, twelve months before."""
    starts = point.starts if window == NEWEST else window_start(window, point.ends)
    ends = _back(point.ends + ONE_DAY) - ONE_DAY
    found = case.series.over(group, _back(starts), ends)
    return found if found is None or found.ends == ends or case.measure.over_time != "latest" else None


def _back(day: date) -> date:
    return add_months(day, -12)


def _change(reading: YearOnYear, measure: MeasureFacts) -> str:
    return change_words(goes_up(reading.direction, measure), reading.by_amount, reading.by_share, measure)


def _asked(reading: YearOnYear, case: Case, part: Part) -> str:
    if part.hidden:
        return f"{_change(reading, case.measure)} a year before"
    if reading.by_amount is None and reading.by_share is None:
        return f"{wording.asked(case.measure, part.bar, least=part.decimals)} ({part.start.label})"
    above = _change(reading, case.measure).removeprefix("at least ")
    was = wording.level(case.measure, part.start.value, part.decimals)
    return f"{wording.asked(case.measure, part.bar, least=part.decimals)} ({above} the {was} of {part.start.label})"
