"""Periods tile the calendar from 1 April, whatever the cycle."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.periods import MONTHS_IN, Period, add_months, financial_year, next_period, period_holding

D = dt.date
DAYS = st.dates(D(1995, 1, 1), D(2060, 12, 31))
CYCLES = st.sampled_from(sorted(MONTHS_IN))


@pytest.mark.parametrize(
    ("day", "cycle", "starts", "ends", "label"),
    [
        (D(2021, 4, 1), "monthly", D(2021, 4, 1), D(2021, 4, 30), "April 2021"),
        (D(2024, 2, 29), "monthly", D(2024, 2, 1), D(2024, 2, 29), "February 2024"),
        (D(2023, 2, 28), "monthly", D(2023, 2, 1), D(2023, 2, 28), "February 2023"),
        (D(2021, 5, 31), "two_monthly", D(2021, 4, 1), D(2021, 5, 31), "April to May 2021"),
        (D(2024, 2, 29), "two_monthly", D(2024, 2, 1), D(2024, 3, 31), "February to March 2024"),
        (D(2021, 12, 31), "two_monthly", D(2021, 12, 1), D(2022, 1, 31), "December 2021 to January 2022"),
        (D(2021, 4, 1), "quarterly", D(2021, 4, 1), D(2021, 6, 30), "Q1 2021-22"),
        (D(2021, 9, 30), "quarterly", D(2021, 7, 1), D(2021, 9, 30), "Q2 2021-22"),
        (D(2021, 12, 31), "quarterly", D(2021, 10, 1), D(2021, 12, 31), "Q3 2021-22"),
        (D(2022, 1, 1), "quarterly", D(2022, 1, 1), D(2022, 3, 31), "Q4 2021-22"),
        (D(2024, 2, 29), "quarterly", D(2024, 1, 1), D(2024, 3, 31), "Q4 2023-24"),
        (D(2021, 9, 30), "six_monthly", D(2021, 4, 1), D(2021, 9, 30), "H1 2021-22"),
        (D(2022, 3, 31), "six_monthly", D(2021, 10, 1), D(2022, 3, 31), "H2 2021-22"),
        (D(2022, 3, 31), "yearly", D(2021, 4, 1), D(2022, 3, 31), "2021-22"),
        (D(2022, 4, 1), "yearly", D(2022, 4, 1), D(2023, 3, 31), "2022-23"),
        (D(1999, 6, 1), "yearly", D(1999, 4, 1), D(2000, 3, 31), "1999-00"),
    ],
)
def test_the_period_that_holds_a_day(day, cycle, starts, ends, label):
    assert period_holding(day, cycle) == Period(starts, ends, label)


@given(DAYS, CYCLES)
def test_a_period_holds_its_day_and_gives_itself_for_each_of_its_ends(day, cycle):
    period = period_holding(day, cycle)
    assert period.starts <= day <= period.ends
    assert period_holding(period.starts, cycle) == period_holding(period.ends, cycle) == period


@given(DAYS, CYCLES)
def test_periods_follow_each_other_without_gap_or_overlap(day, cycle):
    period = period_holding(day, cycle)
    following = next_period(period, cycle)
    assert following.starts == period.ends + dt.timedelta(days=1)
    assert following.label != period.label


@given(DAYS, CYCLES)
def test_a_year_is_a_whole_number_of_periods(day, cycle):
    year = period_holding(day, "yearly")
    period, count = period_holding(year.starts, cycle), 1
    while period.ends < year.ends:
        period, count = next_period(period, cycle), count + 1
    assert (period.ends, count) == (year.ends, 12 // MONTHS_IN[cycle])


@given(DAYS)
def test_shorter_periods_stand_inside_longer_ones(day):
    month, quarter, half, year = (
        period_holding(day, cycle) for cycle in ("monthly", "quarterly", "six_monthly", "yearly")
    )
    assert year.starts <= half.starts <= quarter.starts <= month.starts
    assert month.ends <= quarter.ends <= half.ends <= year.ends


def test_a_cycle_that_is_none_is_an_error():
    with pytest.raises(KeyError):
        period_holding(D(2021, 4, 1), "weekly")


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (D(2021, 3, 31), "2020-21"),
        (D(2021, 4, 1), "2021-22"),
        (D(2024, 2, 29), "2023-24"),
        (D(2099, 12, 31), "2099-00"),
    ],
)
def test_the_financial_year_begins_in_april(day, year):
    assert financial_year(day) == year


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (D(2023, 12, 31), 2, D(2024, 2, 29)),
        (D(2024, 2, 29), 12, D(2025, 2, 28)),
        (D(2024, 2, 29), -12, D(2023, 2, 28)),
        (D(2021, 12, 15), 1, D(2022, 1, 15)),
        (D(2021, 1, 31), 0, D(2021, 1, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_there_is(day, months, then):
    assert add_months(day, months) == then
