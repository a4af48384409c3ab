"""Words that the readings of several kinds share."""

from datetime import date
from decimal import Decimal

from .. import wording
from ..judging import NO_FIGURE
from ..params import Baseline, Groups
from ..series import NEWEST, YEAR_TO_DATE, Series, Window
from ..types import Better, MeasureFacts
from ..verdicts import Bar

DIRECTIONS = ("better", "increase", "decrease")


def each_of(groups: Groups, measure: MeasureFacts) -> str:
    """The figure is · The figure for Black is · The figure for each of Black and Mixed is"""
    names = [wording.name(measure, code) for code in groups.codes]
    if groups.every:
        return f"The figure for every group{f' and for {names[0]}' if names else ''} is"
    if groups.is_whole:
        return "The figure is"
    return f"The figure for {names[0] if len(names) == 1 else f'each of {wording.listed(names)}'} is"


def over_window(window: Window) -> str:
    if window == NEWEST:
        return ""
    return ", over the financial year to date" if window == YEAR_TO_DATE else f", over {window} months"


def lacking(window: Window, series: Series, group: str, on: date) -> str:
    """Why there is no figure: none at all, or not enough of them."""
    if window == NEWEST or series.newest(group, on) is None:
        return NO_FIGURE
    return f"Not all figures yet{over_window(window).removeprefix(',')}"


def baseline_words(baseline: Baseline, measure: MeasureFacts) -> str:
    """the baseline of 137 working days (2019-20)"""
    if baseline.first:
        return "the first figure recorded"
    label = wording.period(*baseline.period) if baseline.period else ""
    if baseline.value is not None:
        return f"the baseline of {wording.level(measure, baseline.value)}{f' ({label})' if label else ''}"
    return f"its baseline{f' of {label}' if label else ''}"


def goes_up(direction: str, measure: MeasureFacts) -> bool:
    """Whether the change asked for is upwards. Raises ValueError when neither the target nor the measure says."""
    if direction != "better":
        return direction == "increase"
    if measure.better is Better.RANGE:
        raise ValueError("direction is missing. It must be increase or decrease, as the measure has no better side.")
    return measure.better is Better.HIGHER


def changed(value: Decimal, up: bool, by_amount: Decimal | None, by_share: Decimal | None) -> Bar:
    """The bar for a change from a value: by an amount, by a share of it in per cent, or, with neither, any change."""
    if by_amount is None and by_share is None:
        return Bar(low=value, strict=True) if up else Bar(high=value, strict=True)
    step = by_amount if by_amount is not None else abs(value) * by_share / 100
    # A share of nothing is nothing: from a baseline of 0 any change will do, but no change will not.
    strict = step == 0
    return Bar(low=value + step, strict=strict) if up else Bar(high=value - step, strict=strict)


def change_words(up: bool, by_amount: Decimal | None, by_share: Decimal | None, measure: MeasureFacts) -> str:
    """higher than · at least 5% below · at least 2 percentage points above"""
    if by_amount is None and by_share is None:
        return "higher than" if up else "lower than"
    by = wording.amount(measure, by_amount) if by_amount is not None else wording.percent(by_share)
    return f"at least {by} {'above' if up else 'below'}"
