"""Nations, closures, clear days and hours; and that each answer names what it stepped over."""

import datetime as dt
from importlib import metadata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.working_days import (
    NATIONS,
    WorkingCalendar,
    add_working_days,
    calendar_days_from,
    clear_working_days_from,
    elapsed_hours_from,
    is_working_day,
    previous_working_day,
    table_ends,
    warns_on,
    working_days_from,
)
from kit.working_days.coverage import KNOWN_TO, RELEASE
from kit.working_days.words import at_time, listed

EASTER_WEEK = dt.date(2026, 4, 9)
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2028, 12, 31))
CALENDARS = st.builds(
    WorkingCalendar,
    st.sampled_from(sorted(NATIONS)),
    st.dictionaries(DAYS, st.sampled_from(["Office move", "Training day", "Year-end closure"]), max_size=8),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("nation", "working", "clear", "skipped"),
    [
        ("ENG", dt.date(2026, 3, 31), dt.date(2026, 3, 30), "skipping Good Friday and Easter Monday: "),
        ("WLS", dt.date(2026, 3, 31), dt.date(2026, 3, 30), "skipping Good Friday and Easter Monday: "),
        ("SCT", dt.date(2026, 4, 1), dt.date(2026, 3, 31), "skipping Good Friday: "),
        ("NIR", dt.date(2026, 3, 31), dt.date(2026, 3, 30), "skipping Good Friday and Easter Monday: "),
    ],
)
def test_five_days_before_a_meeting_after_easter(nation, working, clear, skipped):
    """The worked example of clear days against working days, by nation."""
    calendar = WorkingCalendar(nation)
    found = working_days_from(EASTER_WEEK, -5, calendar)
    assert found.when == working
    assert skipped in found.sentence
    found = clear_working_days_from(EASTER_WEEK, -5, calendar)
    assert found.when == clear
    assert skipped in found.sentence


def test_the_whole_sentence():
    assert working_days_from(EASTER_WEEK, -5).sentence == (
        "5 working days before Thursday 9 April 2026, skipping Good Friday and Easter Monday: Tuesday 31 March 2026"
    )
    assert clear_working_days_from(dt.date(2026, 6, 12), 1).sentence == (
        "1 clear working day after Friday 12 June 2026, leaving out both days: Tuesday 16 June 2026"
    )
    assert calendar_days_from(EASTER_WEEK, -1).sentence == (
        "1 day before Thursday 9 April 2026: Wednesday 8 April 2026"
    )


def test_a_closure_is_stepped_over_and_named_once():
    calendar = WorkingCalendar("SCT", {dt.date(2026, 4, 7): "Office move", dt.date(2026, 4, 8): "Office move"})
    found = working_days_from(EASTER_WEEK, -2, calendar)
    assert found.when == dt.date(2026, 4, 2)
    assert found.skipped == ("Good Friday", "Office move (2 days)")
    assert not is_working_day(dt.date(2026, 4, 7), calendar)


def test_saturday_counts_where_the_body_says_so():
    calendar = WorkingCalendar("ENG", saturday_counts=True)
    assert is_working_day(dt.date(2026, 4, 11), calendar)
    assert not is_working_day(dt.date(2026, 4, 12), calendar)
    assert add_working_days(EASTER_WEEK, -5, calendar) == dt.date(2026, 4, 1)
    assert calendar.why_off(dt.date(2026, 12, 26)) == "Boxing Day"


def test_the_last_working_day_before_a_holiday():
    assert previous_working_day(dt.date(2026, 4, 6)) == dt.date(2026, 4, 2)
    assert previous_working_day(dt.date(2026, 4, 2)) == dt.date(2026, 4, 2)


@pytest.mark.parametrize(
    ("nation", "day", "name"),
    [
        ("SCT", dt.date(2026, 1, 2), "2nd January"),
        ("SCT", dt.date(2026, 11, 30), "St Andrew’s Day"),
        ("SCT", dt.date(2026, 4, 6), ""),
        ("NIR", dt.date(2026, 7, 13), "Battle of the Boyne (Orangemen’s Day) (substitute day)"),
        ("WLS", dt.date(2026, 8, 31), "Summer bank holiday"),
        ("ENG", dt.date(2026, 5, 4), "Early May bank holiday"),
        ("ENG", dt.date(2026, 12, 28), "Boxing Day (substitute day)"),
        ("ENG", dt.date(2026, 12, 27), "a Sunday"),
    ],
)
def test_days_off_have_the_names_that_people_know(nation, day, name):
    assert WorkingCalendar(nation).why_off(day) == name


def test_an_unknown_nation_is_refused():
    with pytest.raises(ValueError, match="“FRA” is not a nation"):
        WorkingCalendar("FRA")


def test_no_days_have_no_side():
    with pytest.raises(ValueError, match="at least 1"):
        working_days_from(EASTER_WEEK, 0)
    with pytest.raises(ValueError, match="at least 1"):
        clear_working_days_from(EASTER_WEEK, 0)


def test_hours_pass_while_the_clocks_change():
    start = dt.datetime(2022, 3, 26, 14, 30, tzinfo=dt.UTC)
    assert elapsed_hours_from(start, 24).sentence == (
        "24 hours after 2:30pm on Saturday 26 March 2022, across the change of the clocks: "
        "3:30pm on Sunday 27 March 2022"
    )


def test_a_day_is_in_time_until_its_last_minute():
    moment = working_days_from(EASTER_WEEK, -5).moment
    assert (moment.hour, moment.minute, moment.date()) == (23, 59, dt.date(2026, 3, 31))
    start = dt.datetime(2022, 1, 19, 10, tzinfo=dt.UTC)
    assert elapsed_hours_from(start, 1).moment == start + dt.timedelta(hours=1)


def test_the_table_warns_a_year_before_it_ends():
    assert metadata.version("holidays") == RELEASE, "a new release: look again how far the bank holidays are known"
    assert table_ends() == KNOWN_TO
    assert warns_on(dt.date(KNOWN_TO - 1, 12, 31)) == ""
    assert "Update STRIDE before then" in warns_on(dt.date(KNOWN_TO, 1, 1))
    assert "may be wrong: update STRIDE" in warns_on(dt.date(KNOWN_TO + 1, 1, 1))


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (dt.time(0), "midnight"),
        (dt.time(9), "9am"),
        (dt.time(12), "midday"),
        (dt.time(12, 30), "12:30pm"),
        (dt.time(14, 5), "2:05pm"),
        (dt.time(0, 15), "12:15am"),
    ],
)
def test_times_in_words(time, words):
    assert at_time(time) == words


def test_lists_in_words():
    assert [listed(()), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@given(day=DAYS, n=st.integers(-30, 30).filter(bool), calendar=CALENDARS)
def test_every_day_off_in_between_is_named(day, n, calendar):
    found = working_days_from(day, n, calendar)
    assert calendar.works(found.when)
    low, high = sorted((day, found.when))
    between = [low + dt.timedelta(days=each) for each in range(1, (high - low).days)]
    names = {calendar.named(each) for each in between if not calendar.is_weekend(each)} - {""}
    assert all(name in found.sentence for name in names)
    assert len(found.skipped) == len(names)
    assert sum(calendar.works(each) for each in between) == abs(n) - 1


@given(day=DAYS, n=st.integers(1, 30), calendar=CALENDARS)
def test_clear_days_leave_both_ends_out(day, n, calendar):
    for found in (clear_working_days_from(day, n, calendar), clear_working_days_from(day, -n, calendar)):
        low, high = sorted((day, found.when))
        between = [low + dt.timedelta(days=each) for each in range(1, (high - low).days)]
        assert sum(calendar.works(each) for each in between) == n


@given(day=DAYS, later=st.integers(0, 40), n=st.integers(-30, 30).filter(bool), calendar=CALENDARS)
def test_a_later_day_never_has_an_earlier_answer(day, later, n, calendar):
    moved = day + dt.timedelta(days=later)
    assert working_days_from(moved, n, calendar).when >= working_days_from(day, n, calendar).when
