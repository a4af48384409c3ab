"""At least so many in each unit in each financial year. Names the units that are behind.

The year judged is the one of the newest figure. While it runs, a straight trajectory expects a twelfth of the year's
number for each month that is over: by days, the ends of quarters would ask for parts of a whole thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kit.periods import add_months, financial_year

from .. import wording
from ..judging import Case, Part, Words, conclude, figure_words
from ..params import Groups, Params
from ..series import ONE_DAY, months_in, year_start
from ..trajectory import Start
from ..types import MeasureFacts, Outcome
from ..verdicts import Bar

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class PerUnitPerYear:
    at_least: Decimal
    units: Groups


def parse(params: Mapping[str, object]) -> PerUnitPerYear:
    """at_least, groups (the units; every one when not given). Raises ValueError."""
    given = Params(params)
    level, units = given.number("at_least", needed=True, above=0), given.groups()
    given.done()
    return PerUnitPerYear(level, Groups((), every=True) if units.is_whole else units)


def describe(reading: PerUnitPerYear, measure: MeasureFacts) -> str:
    """Raises ValueError for a unit that the measure does not have."""
    reading.units.check(measure)
    names = [wording.name(measure, code) for code in reading.units.codes]
    units = f"Each of {wording.listed(names)}" if names else "Every unit"
    return f"{units} has at least {wording.level(measure, reading.at_least)} in each financial year."


def evaluate(reading: PerUnitPerYear, case: Case) -> Outcome:
    units = reading.units.of(case.series)
    newest = [found for unit in units if (found := case.series.newest(unit, case.on, case.target.starts)) is not None]
    starts = year_start(max((point.ends for point in newest), default=case.on))
    parts = [_part(reading, case, unit, starts) for unit in units]
    words = Words(
        subject=lambda part: figure_words(case, part),
        asked=lambda part: wording.asked(case.measure, _bar(reading)),
        general=lambda: f"{wording.asked(case.measure, _bar(reading))} in each unit",
    )
    return conclude(case, parts, words)


def _bar(reading: PerUnitPerYear) -> Bar:
    return Bar(low=reading.at_least)


def _part(reading: PerUnitPerYear, case: Case, unit: str, starts: date) -> Part:
    ends = add_months(starts, 12) - ONE_DAY
    when = f" in {financial_year(starts)}"
    found = case.series.so_far(unit, starts, min(ends, case.on))
    if found is None:
        return Part(unit, when=when)
    return Part(
        unit,
        found.value,
        _bar(reading),
        start=Start(Decimal(0), starts - ONE_DAY),
        period=(starts, found.ends),
        provisional=found.status != "actual",
        hidden=unit in case.hidden,
        due_on=ends,
        when=when,
        path=_by_months(reading, starts, found.ends) if case.target.trajectory == "straight" else None,
    )


def _by_months(reading: PerUnitPerYear, starts: date, day: date) -> tuple[Bar, int]:
    return Bar(low=reading.at_least * months_in(starts, day)), MONTHS_OF_A_YEAR
