"""Short ways to make measures, points and targets for these tests."""

from datetime import date, timedelta
from decimal import Decimal

from commitments.targets import Better, MeasureFacts, Outcome, Point, TargetFacts, evaluate
from kit.periods import add_months

DUE = date(2022, 3, 31)
GROUPS = {"": "all Londoners", "black": "Black", "mixed": "Mixed", "disabled": "Disabled"}


def measure(unit: str = "score", decimals: int = 1, better: str = Better.HIGHER, **more) -> MeasureFacts:
    facts = {"code": "m", "title": "A measure", "groups": GROUPS} | more
    return MeasureFacts(unit=unit, decimals=decimals, better=better, **facts)


def point(starts: date, months: int, value, group: str = "", **more) -> Point:
    """A period of whole months."""
    return Point(starts, add_months(starts, months) - timedelta(days=1), Decimal(str(value)), group, **more)


def quarters(*values, group: str = "", first: date = date(2021, 4, 1), months: int = 3, **more) -> list[Point]:
    """Consecutive quarters; None leaves one out."""
    return [
        point(add_months(first, months * place), months, value, group, **more)
        for place, value in enumerate(values)
        if value is not None
    ]


def target(kind: str, params: dict, **more) -> TargetFacts:
    if "tolerance" in more:
        more["tolerance"] = Decimal(str(more["tolerance"]))
    return TargetFacts("t", kind, params, **more)


def judge(kind: str, params: dict, points, on: date, facts=None, hidden=frozenset(), **more) -> Outcome:
    return evaluate(target(kind, params, **more), facts or measure(), points, on, hidden)
