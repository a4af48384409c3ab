"""How points are combined over time and groups, and when they are not."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.targets import Better, Series
from commitments.targets.series import window_start
from tests.commitments.targets.makers import measure, point, quarters

APRIL = date(2021, 4, 1)
END = date(2022, 3, 31)
TWO = {"a": "A", "b": "B"}


def counted(numerator: int, denominator: int, starts: date, group: str = ""):
    value = round(Decimal(100 * numerator) / denominator, 1)
    return point(starts, 3, value, group, numerator=Decimal(numerator), denominator=Decimal(denominator))


def test_a_share_over_a_year_is_the_ratio_of_the_sums_and_not_the_average():
    facts = measure("share", over_time="ratio_of_sums")
    series = Series(facts, [counted(1, 10, APRIL), counted(90, 100, date(2021, 7, 1))])
    assert series.over("", APRIL, date(2021, 9, 30)).value == Decimal(9100) / 110


def test_a_rate_keeps_its_scale():
    facts = measure("rate", over_time="ratio_of_sums")
    rates = [
        point(APRIL, 3, 0, numerator=Decimal(0), denominator=Decimal(1000)),
        point(date(2021, 7, 1), 3, 2, numerator=Decimal(6), denominator=Decimal(3000)),
    ]
    assert Series(facts, rates).over("", APRIL, date(2021, 9, 30)).value == Decimal("1.5")


def test_shares_without_counts_are_not_combined():
    facts = measure("share", over_time="ratio_of_sums")
    assert Series(facts, quarters(10, 20)).over("", APRIL, date(2021, 9, 30)) is None


@pytest.mark.parametrize(("how", "value"), [("sum", 10), ("average", Decimal("2.5")), ("latest", 4)])
def test_a_year_of_quarters(how, value):
    series = Series(measure(over_time=how), quarters(1, 2, 3, 4))
    assert series.over("", APRIL, END).value == value
    assert series.read("", 12, END).value == value
    assert series.read("", "year_to_date", date(2021, 9, 30)).value == {"sum": 3, "average": Decimal("1.5")}.get(how, 2)


def test_a_hole_is_not_filled():
    series = Series(measure(over_time="sum"), quarters(1, None, 3, 4))
    assert series.over("", APRIL, END) is None
    assert series.so_far("", APRIL, END).value == 8


def test_months_and_quarters_and_years_may_lie_side_by_side():
    both = [*quarters(1, 2, 3, 4), point(APRIL, 12, 11), point(APRIL, 1, 7)]
    series = Series(measure(over_time="sum"), both)
    assert series.over("", APRIL, END).value == 11
    assert series.newest("", END).value == 4


def test_of_two_values_for_one_period_the_later_given_counts():
    series = Series(measure(over_time="sum"), [*quarters(1, 2), *quarters(5)])
    assert series.over("", APRIL, date(2021, 9, 30)).value == 7


@pytest.mark.parametrize(("how", "value"), [("sum", 6), ("average", 3), ("latest", None)])
def test_the_whole_is_made_of_its_groups_where_all_have_a_point(how, value):
    facts = measure("count", over_groups=how, groups=TWO)
    series = Series(facts, [*quarters(2, 9, group="a"), *quarters(4, group="b")])
    found = series.newest("", END)
    assert (found and found.value) == value
    own = Series(facts, [*quarters(2, group="a"), *quarters(4, group="b"), *quarters(100)])
    assert own.newest("", END).value == 100


def test_one_provisional_point_makes_the_whole_provisional():
    facts = measure("count", over_groups="sum", groups=TWO, better=Better.HIGHER)
    series = Series(facts, [*quarters(2, group="a", status="estimated"), *quarters(4, group="b")])
    assert series.newest("", END).status == "estimated"


def test_windows_start_on_first_days():
    assert window_start(12, END) == APRIL
    assert window_start(3, date(2022, 2, 28)) == date(2021, 12, 1)
    assert window_start("year_to_date", date(2022, 1, 31)) == APRIL
