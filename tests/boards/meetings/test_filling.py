"""Where a forward plan puts things, and why. No database."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from boards.filling import Agenda, Duty, Entry, fill

STREAMS = ("operational", "enabling")


def agenda(key: int, month: int, day: int = 10, **values) -> Agenda:
    year = 2022 if month < 4 else 2021
    return Agenda(key, dt.date(year, month, day), 120, **values)


def where(filling) -> list[tuple[int, str]]:
    return [(each.meeting, each.entry.title if each.entry else each.duty.key) for each in filling.placed]


def test_each_meeting_takes_one_of_each_stream():
    entries = [Entry(n, f"{stream} {n}", 20, stream) for n, stream in enumerate([*STREAMS, *STREAMS, "enabling"])]
    filling = fill(entries, [], [agenda(1, 5), agenda(2, 7)], STREAMS)
    assert where(filling) == [(1, "operational 0"), (1, "enabling 1"), (2, "operational 2"), (2, "enabling 3")]
    assert [each.why for each in filling.left] == ["Every coming meeting already has a deep dive of “enabling”."]


def test_a_stream_that_is_on_the_agenda_is_taken():
    filling = fill([Entry(1, "A", 20, "enabling")], [], [agenda(1, 5, streams={"enabling"}), agenda(2, 7)], STREAMS)
    assert where(filling) == [(2, "A")]


def test_what_is_wanted_sooner_comes_first_and_what_misses_its_day_says_so():
    late = Entry(1, "Late", 20, "enabling", wanted_by=dt.date(2021, 5, 1))
    filling = fill([Entry(2, "Any", 20, "enabling"), late], [], [agenda(1, 5), agenda(2, 7)], STREAMS)
    assert where(filling) == [(1, "Late"), (2, "Any")]
    assert filling.placed[0].why.endswith("wanted by 1 May 2021, which is missed.")


def test_nothing_is_placed_before_its_day_or_on_a_meeting_that_was():
    entry = Entry(1, "A", 20, not_before=dt.date(2021, 6, 1))
    agendas = [agenda(1, 4, open=False), agenda(2, 5), agenda(3, 7)]
    assert where(fill([entry], [], agendas, ())) == [(3, "A")]
    assert fill([entry], [], agendas[:2], ()).left[0].why == "No meeting is planned from 1 June 2021 on."


def test_an_entry_takes_the_first_meeting_with_time_left():
    filling = fill([Entry(1, "A", 30)], [], [agenda(1, 5, taken=100), agenda(2, 7)], ())
    assert where(filling) == [(2, "A")]
    assert filling.placed[0].why == "The first coming meeting with time left."
    assert fill([Entry(1, "A", 30)], [], [agenda(1, 5, taken=100)], ()).left[0].why == (
        "No coming meeting has 30 minutes left."
    )


def test_a_deep_dive_that_makes_the_agenda_too_long_says_so():
    filling = fill([Entry(1, "A", 30, "enabling")], [], [agenda(1, 5, taken=100)], STREAMS)
    assert filling.placed[0].why.endswith("The agenda then runs over by 10 minutes.")


def test_a_quarterly_duty_comes_once_a_quarter():
    meetings = [agenda(month, month) for month in (4, 5, 7, 8, 10, 1)]
    filling = fill([], [Duty("watch", "Watch.", 4)], meetings, ())
    assert [each.meeting for each in filling.placed] == [4, 7, 10, 1]
    assert filling.placed[0].why == (
        "A duty of the terms, 4 times a year. This is number 1, due between 1 April 2021 and 30 June 2021."
    )


def test_a_duty_that_was_done_or_missed():
    meetings = [agenda(1, 5, open=False, duties={"watch"}), agenda(2, 7, open=False), agenda(3, 11)]
    filling = fill([], [Duty("watch", "Watch.", 4)], meetings, ())
    assert where(filling) == [(3, "watch")]
    assert [each.why for each in filling.left] == [
        "It was due between 1 July 2021 and 30 September 2021, and no agenda took it up.",
        "It is due between 1 January 2022 and 31 March 2022, and no meeting is planned then.",
    ]


def test_an_entry_that_fulfils_a_duty_is_enough():
    entry = Entry(1, "Watch it", 20, duty="watch")
    assert where(fill([entry], [Duty("watch", "Watch.", 1)], [agenda(1, 5)], ())) == [(1, "Watch it")]


@given(
    st.lists(st.tuples(st.sampled_from(["", *STREAMS]), st.integers(0, 60)), max_size=8),
    st.lists(st.integers(1, 12), max_size=6, unique=True),
    st.integers(1, 12),
)
def test_everything_is_placed_once_or_left_with_a_reason(wanted, months, times):
    entries = [Entry(n, f"Entry {n}", minutes, stream) for n, (stream, minutes) in enumerate(wanted)]
    agendas = [agenda(month, month) for month in months]
    filling = fill(entries, [Duty("watch", "Watch.", times)], agendas, STREAMS)
    placed = [each.entry.key for each in filling.placed if each.entry]
    left = [each.title for each in filling.left if each.title != "Watch."]
    assert len(set(placed)) == len(placed)
    assert len(placed) + len(left) == len(entries)
    assert all(each.why.endswith(".") for each in (*filling.placed, *filling.left))
    for key in months:
        on = [each.entry.stream for each in filling.placed if each.meeting == key and each.entry and each.entry.stream]
        assert len(on) == len(set(on))
