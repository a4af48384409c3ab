"""Figures as people read them."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\N{MINUS SIGN}"
PER_CENT = ("%", "per cent", "percent", "percentage")
POINTS = ("points", "percentage points")


def rounded(value: float, decimals: int) -> Decimal:
    """Half away from zero, as published statistics are rounded; never "minus nought"."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) + 0


def written(data) -> int | None:
    """The decimals that a picture of these figures is drawn with; none when it is drawn from them as they are."""
    return data.decimals if data.rounded else None


def number(value: float, decimals: int, trim: bool = False) -> str:
    """1,234.5. `trim` drops noughts at the end, for levels that were promised as whole numbers."""
    text = f"{abs(rounded(value, decimals)):,.{decimals}f}"
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if rounded(value, decimals) < 0 else text


def is_per_cent(unit: str) -> bool:
    return unit.strip().lower() in PER_CENT


def with_unit(value: float, unit: str, decimals: int, trim: bool = False) -> str:
    """13.4%, £1,200, 1 point, 14 recruits."""
    text = number(value, decimals, trim)
    if is_per_cent(unit):
        return f"{text}%"
    if unit == "£":
        return f"{MINUS}£{text[1:]}" if text.startswith(MINUS) else f"£{text}"
    if unit in POINTS:
        return f"{text} point" if text in ("1", f"{MINUS}1") else f"{text} points"
    return f"{text} {unit}".strip()


def level(value: float, unit: str, decimals: int) -> str:
    """A promised level in its own precision: 15%, 2.5%."""
    return with_unit(value, unit, max(decimals, _own_decimals(value)), trim=True)


def apart(value: float, unit: str, decimals: int) -> str:
    """How far two values are from each other. Percentages differ by points, and never by "0.0"."""
    unit = "points" if is_per_cent(unit) else unit
    if value and not rounded(value, decimals):
        return f"less than {with_unit(float(Decimal(1).scaleb(-decimals)), unit, decimals)}"
    return with_unit(abs(value), unit, decimals)


def axis_title(unit: str) -> str:
    """What the vertical axis counts."""
    if is_per_cent(unit):
        return "Per cent"
    return unit[:1].upper() + unit[1:]


def day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"


def _own_decimals(value: float) -> int:
    return min(max(0, -Decimal(repr(value)).normalize().as_tuple().exponent), 3)
