"""What a target is judged on and what comes out. Plain values: no database, no clock.

Source: DESIGN, section 4 ("Targets").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    MET = "met"
    ON_TRACK = "on_track"
    SLIPPING = "slipping"
    OFF_TRACK = "off_track"
    NO_DATA = "no_data"
    NOT_DUE = "not_due"


class Better(StrEnum):
    """Which way a measure gets better; RANGE has no one way."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Point:
    """A value for a period, of one group or ("") of the whole. A share is in per cent: 12.4, not 0.124."""

    starts: date
    ends: date
    value: Decimal
    group: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    status: str = "actual"  # actual, provisional or estimated


@dataclass(frozen=True)
class MeasureFacts:
    """What is counted, and how its values may be combined.

    unit: share, count, rate, days, points, score or yes_no. over_time and over_groups: sum, average, latest or
    ratio_of_sums. groups: code to name; the name of "" is that of the whole ("all Londoners").
    noun: what the numbers count, in the plural ("working days", "volunteers"), when the unit does not say it.

    Raises ValueError for a share that would be summed or averaged.
    """

    code: str
    title: str
    unit: str
    decimals: int
    better: Better
    over_time: str = "latest"
    over_groups: str = "latest"
    groups: Mapping[str, str] = field(default_factory=dict)
    noun: str = ""

    def __post_init__(self) -> None:
        if self.unit == "share" and not {self.over_time, self.over_groups} <= {"latest", "ratio_of_sums"}:
            raise ValueError("Shares are never summed or averaged: combine them by latest or ratio_of_sums.")


@dataclass(frozen=True)
class TargetFacts:
    """What was promised. tolerance is in the unit of the figure that is judged (points for a gap between shares).

    starts: the first day it applies; none means always. due_on: the day by which it holds; none means it holds at all
    times. trajectory: straight, stepped or none.
    """

    code: str
    kind: str
    params: Mapping[str, object]
    starts: date | None = None
    due_on: date | None = None
    tolerance: Decimal = Decimal(0)
    trajectory: str = "none"


@dataclass(frozen=True)
class Outcome:
    """What a target says of itself. figure and expected are unrounded, and None for a hidden group."""

    verdict: Verdict
    figure: Decimal | None
    expected: Decimal | None
    sentence: str
    provisional: bool = False
    period: tuple[date, date] | None = None
