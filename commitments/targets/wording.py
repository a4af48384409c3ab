"""Numbers, dates and periods as people write them: 12.4%, 5 percentage points, 137 working days."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from kit.periods import add_months, financial_year

from .series import ONE_DAY, year_start
from .types import MeasureFacts, Verdict
from .verdicts import Bar

LABELS = {
    Verdict.MET: "met",
    Verdict.ON_TRACK: "on track",
    Verdict.SLIPPING: "slipping",
    Verdict.OFF_TRACK: "off track",
    Verdict.NO_DATA: "no data yet",
    Verdict.NOT_DUE: "not yet due",
}
TOO_FEW = "too few to show"
MOST_DECIMALS = 6
STATED_DECIMALS = 4  # a level with more is computed, not stated, and is rounded like a figure
# Not those of the server's locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def number(value: Decimal, decimals: int) -> str:
    """1,234.5, rounded half up."""
    text = f"{rounded(value, decimals):,f}"
    return text.replace("-", "−") if any(digit in "123456789" for digit in text) else text.lstrip("-")


def rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def apart(measure: MeasureFacts, value: Decimal, *others: Decimal | None) -> int:
    """How many decimals tell a value from each of the others, so that all of them can be written with as many."""
    return max((_decimals(measure, value, other) for other in others), default=measure.decimals)


def figure(measure: MeasureFacts, value: Decimal, least: int = 0) -> str:
    """A value with its unit, with at least so many decimals."""
    return _with_unit(measure, number(value, max(measure.decimals, least)), value)


def level(measure: MeasureFacts, value: Decimal, least: int = 0) -> str:
    """A level with its unit: as it was stated, or rounded like a figure when it was computed."""
    return _with_unit(measure, _plain(measure, value, least), value)


def difference(measure: MeasureFacts, value: Decimal, least: int = 0) -> str:
    """A difference between two values, without its sign: percentage points for shares.

    It gets more decimals where rounding would make it 0.
    """
    value = abs(value)
    return _points(measure, number(value, max(_decimals(measure, value, Decimal(0)), least)))


def amount(measure: MeasureFacts, value: Decimal, least: int = 0) -> str:
    """A difference as it was stated, or rounded when it was computed."""
    return _points(measure, _plain(measure, value, least))


def asked(measure: MeasureFacts, bar: Bar, words=level, least: int = 0) -> str:
    """The condition: at least 15%, more than 15%, between 3% and 5%. words: level, or amount for differences."""
    if bar.low is not None and bar.high is not None:
        return f"between {words(measure, bar.low, least)} and {words(measure, bar.high, least)}"
    if bar.low is not None:
        return f"{'more than' if bar.strict else 'at least'} {words(measure, bar.low, least)}"
    return f"{'less than' if bar.strict else 'at most'} {words(measure, bar.high, least)}"


def percent(value: Decimal) -> str:
    return f"{_trim(f'{value:,f}')}%"


def name(measure: MeasureFacts, group: str) -> str:
    """What a group is called; the whole is "all" unless the measure names it."""
    return measure.groups.get(group) or group or "all"


def listed(names: Sequence[str]) -> str:
    """A, B and C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def day(value: date) -> str:
    """31 March 2022"""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def period(starts: date, ends: date) -> str:
    """2019-20 for a financial year, Q1 2021-22 for a quarter of one, else both days."""
    after = ends + ONE_DAY
    if starts == year_start(starts) and after == add_months(starts, 12):
        return financial_year(starts)
    if starts.day == 1 and starts.month % 3 == 1 and after == add_months(starts, 3):
        return f"Q{(starts.month - 4) % 12 // 3 + 1} {financial_year(starts)}"
    return f"{day(starts)} to {day(ends)}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _decimals(measure: MeasureFacts, value: Decimal, beside: Decimal | None) -> int:
    decimals = measure.decimals
    if beside is None or value == beside:
        return decimals
    while decimals < MOST_DECIMALS and rounded(value, decimals) == rounded(beside, decimals):
        decimals += 1
    return decimals


def _plain(measure: MeasureFacts, value: Decimal, least: int = 0) -> str:
    own = -value.as_tuple().exponent
    computed = own > STATED_DECIMALS
    return _trim(number(value, max(measure.decimals, least if computed else own)))


def _trim(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _with_unit(measure: MeasureFacts, text: str, value: Decimal) -> str:
    if measure.unit == "share":
        return f"{text}%"
    if measure.unit == "yes_no":
        return "yes" if value >= 1 else "no"
    return _points(measure, text)


def _points(measure: MeasureFacts, text: str) -> str:
    noun = {"share": "percentage points", "days": "days", "points": "points"}.get(measure.unit, "")
    if measure.unit != "share":
        noun = measure.noun or noun
    if text == "1" and noun.endswith("s"):
        noun = noun[:-1]
    return f"{text} {noun}".rstrip()
