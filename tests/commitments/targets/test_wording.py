"""Numbers as people write them."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.targets import wording
from tests.commitments.targets.makers import measure

SHARES = measure("share", over_time="latest")
DAYS = measure("days", 0, noun="working days")


@pytest.mark.parametrize(
    ("facts", "value", "said"),
    [
        (SHARES, "12.35", "12.4%"),
        (SHARES, "13", "13.0%"),
        (SHARES, "-0.04", "0.0%"),
        (SHARES, "-2.5", "−2.5%"),
        (DAYS, "137", "137 working days"),
        (DAYS, "1", "1 working day"),
        (measure("days", 0), "2", "2 days"),
        (measure("count", 0, noun="volunteers"), "42000", "42,000 volunteers"),
        (measure("count", 0), "1234567.5", "1,234,568"),
        (measure("points", 0), "5", "5 points"),
        (measure("yes_no", 0), "1", "yes"),
        (measure("yes_no", 0), "0", "no"),
        (measure("score"), "7.25", "7.3"),
    ],
)
def test_figures(facts, value, said):
    assert wording.figure(facts, Decimal(value)) == said


def test_a_level_is_written_as_it_was_stated():
    assert wording.level(SHARES, Decimal("15")) == "15%"
    assert wording.level(SHARES, Decimal("15.00")) == "15%"
    assert wording.level(measure("share", 0, over_time="latest"), Decimal("3.8")) == "3.8%"
    assert wording.level(DAYS, Decimal(370) / 3) == "123 working days"
    assert wording.level(measure("count", 0), Decimal("1E+3")) == "1,000"


def test_differences_between_shares_are_percentage_points():
    assert wording.difference(SHARES, Decimal("-1.6")) == "1.6 percentage points"
    assert wording.difference(SHARES, Decimal("0.0004")) == "0.0004 percentage points"
    assert wording.amount(SHARES, Decimal(1)) == "1 percentage point"
    assert wording.amount(DAYS, Decimal(3)) == "3 working days"


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (date(2019, 4, 1), date(2020, 3, 31), "2019-20"),
        (date(2021, 4, 1), date(2021, 6, 30), "Q1 2021-22"),
        (date(2022, 1, 1), date(2022, 3, 31), "Q4 2021-22"),
        (date(2022, 1, 1), date(2022, 1, 31), "1 January 2022 to 31 January 2022"),
    ],
)
def test_periods(starts, ends, said):
    assert wording.period(starts, ends) == said


def test_lists():
    assert [wording.listed("ABC"[:n]) for n in (1, 2, 3)] == ["A", "A and B", "A, B and C"]
