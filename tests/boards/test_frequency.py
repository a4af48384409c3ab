import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.frequency import (
    MONTHLY,
    MONTHS,
    QUARTERLY,
    QUARTERS,
    TWICE_A_YEAR,
    WEEKS,
    Frequency,
    as_data,
    largest_gap_days,
    parse,
    slots,
    words,
)
from boards.held import held

SIX_WEEKS = Frequency(6, WEEKS)
YEAR = (dt.date(2021, 4, 1), dt.date(2022, 3, 31))


@pytest.mark.parametrize(
    ("frequency", "said"),
    [
        (SIX_WEEKS, "every six weeks"),
        (Frequency(1, WEEKS), "every week"),
        (Frequency(10, WEEKS), "every 10 weeks"),
        (MONTHLY, "monthly"),
        (QUARTERLY, "every quarter"),
        (Frequency(3, MONTHS), "every three months"),
        (Frequency(2, QUARTERS), "twice a year"),
        (TWICE_A_YEAR, "twice a year"),
        (Frequency(12, MONTHS), "once a year"),
    ],
)
def test_in_words(frequency, said):
    assert words(frequency) == said


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"every": 6},
        {"every": 0, "unit": "weeks"},
        {"every": 53, "unit": "weeks"},
        {"every": True, "unit": "weeks"},
        {"every": 6, "unit": "days"},
        {"every": 6, "unit": []},
        {"every": "6", "unit": "weeks"},
    ],
)
def test_anything_else_is_refused(data):
    with pytest.raises(ValueError, match=r"\.$"):
        parse(data)


@given(every=st.integers(1, 52), unit=st.sampled_from([WEEKS, MONTHS]))
def test_data_goes_out_and_in_unchanged(every, unit):
    assert parse(as_data(Frequency(every, unit))) == Frequency(every, unit)


def test_months_keep_their_day_where_they_have_it():
    found = list(slots(MONTHLY, dt.date(2021, 12, 31), dt.date(2022, 1, 1), dt.date(2022, 4, 30)))
    assert found == [dt.date(2022, 1, 31), dt.date(2022, 2, 28), dt.date(2022, 3, 31), dt.date(2022, 4, 30)]


def test_both_ends_are_included_and_nothing_comes_before_the_first_day():
    found = list(slots(SIX_WEEKS, dt.date(2021, 6, 3), dt.date(2021, 4, 1), dt.date(2021, 7, 15)))
    assert found == [dt.date(2021, 6, 3), dt.date(2021, 7, 15)]


@given(
    every=st.integers(1, 12),
    unit=st.sampled_from([WEEKS, MONTHS]),
    first=st.dates(dt.date(2010, 1, 1), dt.date(2022, 12, 31)),
)
def test_slots_keep_the_frequency_for_years(every, unit, first):
    frequency = Frequency(every, unit)
    found = list(slots(frequency, first, dt.date(2021, 1, 1), dt.date(2024, 12, 31)))
    gaps = [(after - before).days for before, after in itertools.pairwise(found)]
    assert all(0 < gap < largest_gap_days(frequency) for gap in gaps)
    assert len(found) >= 3


# Held


def test_a_board_that_met_as_it_should():
    days = [dt.date(2021, 4, 15) + n * dt.timedelta(weeks=6) for n in range(9)]
    found = held(days, SIX_WEEKS, *YEAR)
    assert found
    assert found.sentence == (
        "Met 9 times; its terms ask for a meeting every six weeks. "
        "At most 42 days without a meeting, and 49 days are allowed."
    )


@pytest.mark.parametrize(("weeks", "days", "kept"), [(7, 0, True), (7, 1, False)])
def test_the_boundary_of_a_gap(weeks, days, kept):
    first = dt.date(2021, 5, 6)
    second = first + dt.timedelta(weeks=weeks, days=days)
    found = held([first, second], SIX_WEEKS, YEAR[0], second)
    assert found.kept is kept
    assert len(found.too_long) == (not kept)


def test_a_gap_that_was_too_long_is_named():
    found = held([dt.date(2021, 4, 15), dt.date(2021, 9, 16), dt.date(2021, 12, 16)], QUARTERLY, *YEAR)
    assert not found
    assert found.sentence == (
        "Met 3 times; its terms ask for a meeting every quarter. Without a meeting: 154 days from 15 April 2021 "
        "to 16 September 2021. At most 107 days are allowed."
    )


def test_the_year_before_and_the_day_of_asking_count():
    """The last meeting was in January; on 1 June it is too long ago, on 1 May it was not."""
    january = dt.date(2021, 1, 20)
    assert held([], QUARTERLY, *YEAR, previous=january, today=dt.date(2021, 5, 1))
    found = held([], QUARTERLY, *YEAR, previous=january, today=dt.date(2021, 6, 1))
    assert found.sentence.startswith("Did not meet; its terms ask for a meeting every quarter. Without")
    assert found.too_long[0].days == 132


def test_meetings_of_other_years_and_of_days_to_come_do_not_count():
    days = [dt.date(2021, 3, 31), dt.date(2021, 5, 20), dt.date(2022, 4, 1), dt.date(2021, 12, 1)]
    assert held(days, QUARTERLY, *YEAR, today=dt.date(2021, 6, 1)).meetings == 1
