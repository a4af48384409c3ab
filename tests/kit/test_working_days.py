import datetime as dt

import pytest

from kit.working_days import add_working_days, is_working_day, next_working_day


@pytest.mark.parametrize(
    "day",
    [
        dt.date(2022, 1, 1),  # a Saturday and New Year's Day
        dt.date(2022, 1, 3),  # its substitute
        dt.date(2022, 4, 15),  # Good Friday
        dt.date(2022, 4, 18),  # Easter Monday, which Scotland does not keep
        dt.date(2022, 6, 2),  # the moved spring bank holiday
        dt.date(2022, 6, 3),  # the Platinum Jubilee
        dt.date(2022, 9, 19),  # the state funeral
        dt.date(2022, 12, 27),  # Christmas Day fell on a Sunday
        dt.date(2022, 1, 9),  # a Sunday
    ],
)
def test_days_off_in_england(day):
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        dt.date(2022, 1, 4),  # a holiday in Scotland only
        dt.date(2022, 5, 30),  # the spring bank holiday was moved away from here
        dt.date(2024, 2, 29),
        dt.date(2022, 12, 28),
    ],
)
def test_days_at_work_in_england(day):
    assert is_working_day(day)


def test_next_working_day_is_the_day_itself_when_it_is_one():
    assert next_working_day(dt.date(2022, 1, 4)) == dt.date(2022, 1, 4)


def test_next_working_day_steps_over_a_weekend_and_the_bank_holiday_behind_it():
    assert next_working_day(dt.date(2022, 1, 1)) == dt.date(2022, 1, 4)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (dt.date(2021, 12, 23), 1, dt.date(2021, 12, 24)),
        (dt.date(2021, 12, 24), 1, dt.date(2021, 12, 29)),  # Christmas and Boxing Day with both substitutes
        (dt.date(2021, 12, 31), 1, dt.date(2022, 1, 4)),
        (dt.date(2022, 1, 4), -1, dt.date(2021, 12, 31)),
        (dt.date(2024, 2, 28), 2, dt.date(2024, 3, 1)),
        (dt.date(2022, 1, 1), 0, dt.date(2022, 1, 4)),
        (dt.date(2022, 1, 19), 10, dt.date(2022, 2, 2)),
    ],
)
def test_add_working_days(day, n, expected):
    assert add_working_days(day, n) == expected
