import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.service_levels import ANCHORS, DIRECTIONS, PRODUCTS, UNITS, ServiceLevel, as_data, due, parse, words
from kit.working_days import NATIONS, WorkingCalendar

PAPERS = {
    "product": "papers",
    "quantity": 5,
    "unit": "working_days",
    "anchor": "meeting_start",
    "direction": "before",
}
LEVELS = st.builds(
    ServiceLevel,
    st.sampled_from([*PRODUCTS, "risk register"]),
    st.integers(1, 60),
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(ANCHORS),
    st.sampled_from(DIRECTIONS),
)


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "5 working days before Thursday 20 January 2022: Thursday 13 January 2022"),
        (
            {"unit": "clear_working_days"},
            "5 clear working days before Thursday 20 January 2022, leaving out both days: Wednesday 12 January 2022",
        ),
        ({"unit": "calendar_days"}, "5 days before Thursday 20 January 2022: Saturday 15 January 2022"),
        (
            {
                "product": "actions",
                "quantity": 24,
                "unit": "elapsed_hours",
                "anchor": "meeting_end",
                "direction": "after",
            },
            "24 hours after midday on Thursday 20 January 2022: midday on Friday 21 January 2022",
        ),
        (
            {"product": "minutes", "anchor": "meeting_end", "direction": "after"},
            "5 working days after Thursday 20 January 2022: Thursday 27 January 2022",
        ),
    ],
)
def test_when_something_is_due(changes, sentence):
    level = parse(PAPERS | changes)
    found = due(level, at(2022, 1, 20, 10), at(2022, 1, 20, 12), WorkingCalendar())
    assert found.sentence == sentence


def test_a_meeting_past_midnight_in_utc_is_on_its_local_day():
    """00:30 in London in June is 23:30 of the day before in UTC."""
    found = due(parse(PAPERS), at(2022, 6, 15, 23, 30), at(2022, 6, 16, 1), WorkingCalendar())
    assert found.when == dt.date(2022, 6, 9)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Papers reach the secretariat 5 working days before the meeting"),
        ({"product": "pack", "quantity": 1}, "The pack goes out 1 working day before the meeting"),
        (
            {
                "product": "actions",
                "quantity": 24,
                "unit": "elapsed_hours",
                "anchor": "meeting_end",
                "direction": "after",
            },
            "Actions go out within 24 hours of the end of the meeting",
        ),
        (
            {"product": "summary", "quantity": 1, "unit": "clear_working_days", "direction": "after"},
            "The summary of decisions goes out within 1 clear working day of the start of the meeting",
        ),
        (
            {"product": "risk register", "anchor": "meeting_end"},
            "Risk register: 5 working days before the meeting ends",
        ),
    ],
)
def test_the_promise_in_words(changes, said):
    assert words(parse(PAPERS | changes)) == said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "is a record"),
        ([], "is a record"),
        ({}, "exactly these parts"),
        (PAPERS | {"extra": 1}, "exactly these parts"),
        (PAPERS | {"quantity": 0}, "whole number from 1 to 365"),
        (PAPERS | {"quantity": 366}, "whole number"),
        (PAPERS | {"quantity": True}, "whole number"),
        (PAPERS | {"quantity": "5"}, "whole number"),
        (PAPERS | {"quantity": 5.0}, "whole number"),
        (PAPERS | {"unit": "fortnights"}, "The unit of a service level"),
        (PAPERS | {"anchor": ["meeting_start"]}, "The anchor"),
        (PAPERS | {"direction": None}, "The direction"),
        (PAPERS | {"product": "  "}, "The product"),
        (PAPERS | {"product": "x" * 61}, "at most 60"),
        (PAPERS | {"product": "a\nb"}, "The product"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(data, said):
    with pytest.raises(ValueError, match=said):
        parse(data)


@given(level=LEVELS)
def test_data_goes_out_and_in_unchanged(level):
    assert parse(as_data(level)) == level


@given(
    level=LEVELS,
    starts=st.datetimes(dt.datetime(2019, 1, 1), dt.datetime(2027, 1, 1), timezones=st.just(dt.UTC)),  # noqa: DTZ001
    minutes=st.integers(15, 720),
    later=st.timedeltas(dt.timedelta(0), dt.timedelta(days=60)),
    nation=st.sampled_from(sorted(NATIONS)),
)
def test_moving_a_meeting_forward_never_makes_a_deadline_earlier(level, starts, minutes, later, nation):
    calendar, length = WorkingCalendar(nation), dt.timedelta(minutes=minutes)
    before = due(level, starts, starts + length, calendar)
    after = due(level, starts + later, starts + later + length, calendar)
    assert after.moment >= before.moment
