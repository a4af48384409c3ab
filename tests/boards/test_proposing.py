"""Years of meetings, proposed and checked: working days, order, clashes, and the sentence for each day."""

import datetime as dt
import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards.checking import CLASH, DAY_OFF, ORDER, check_order
from boards.frequency import MONTHLY, MONTHS, QUARTERLY, WEEKS, Frequency, largest_gap_days
from boards.plans import BoardPlan, Follows, Sitting
from boards.proposing import propose
from boards.sequence import follows_by_kind
from kit.working_days import NATIONS, WorkingCalendar

YEAR = (dt.date(2021, 4, 1), dt.date(2022, 3, 31))
COMMISSIONER = {"post-1": "Commissioner"}


def plan(key: str, frequency: Frequency = QUARTERLY, first: dt.date = dt.date(2021, 4, 29), **more) -> BoardPlan:
    return BoardPlan(key, f"{key.capitalize()} Board", frequency, first, **{"at": dt.time(10), "minutes": 120} | more)


def sat(key: str, day: dt.date, at: dt.time = dt.time(10), ref: str = "") -> Sitting:
    return Sitting(key, day, at, 120, ref or f"{key} {day}")


def days(found, key: str) -> list[dt.date]:
    return [each.sitting.day for each in found.meetings if each.sitting.key == key]


def test_a_bank_holiday_gives_way_and_is_named():
    found = propose([plan("data", MONTHLY, dt.date(2021, 4, 2))], dt.date(2021, 4, 1), dt.date(2021, 4, 30))
    assert days(found, "data") == [dt.date(2021, 4, 6)]
    assert found.meetings[0].sentence == (
        "Monthly from Friday 2 April 2021. Not on Friday 2 April 2021 (Good Friday), Saturday 3 April 2021, "
        "Sunday 4 April 2021 and Monday 5 April 2021 (Easter Monday)."
    )


def test_a_meeting_that_would_give_way_to_after_the_last_day_is_brought_forward_or_left_out():
    wish = plan("data", MONTHLY, dt.date(2021, 4, 2))
    [found] = propose([wish], dt.date(2021, 4, 1), dt.date(2021, 4, 5)).meetings
    assert found.sitting.day == dt.date(2021, 4, 1)
    assert found.sentence.endswith("Brought forward, so as not to come after the time asked for.")
    assert propose([wish], dt.date(2021, 4, 2), dt.date(2021, 4, 5)).meetings == ()


def test_a_closure_gives_way_and_scotland_keeps_its_own_days():
    calendar = WorkingCalendar("SCT", {dt.date(2021, 4, 6): "Office move"})
    wish = plan("data", MONTHLY, dt.date(2021, 4, 6), calendar=calendar)
    found = propose([wish], dt.date(2021, 4, 1), dt.date(2021, 5, 6))
    assert days(found, "data") == [dt.date(2021, 4, 7), dt.date(2021, 5, 6)]
    assert "Tuesday 6 April 2021 (Office move)" in found.meetings[0].sentence


def test_the_preferred_weekday_is_kept_all_year():
    found = propose([plan("data", MONTHLY, dt.date(2021, 4, 20), weekday=1)], *YEAR)
    assert len(found.meetings) == 12
    assert {each.weekday() for each in days(found, "data")} == {1}
    assert "on a Tuesday where possible" in found.meetings[0].sentence


def test_advice_comes_before_decision_and_decision_before_delivery():
    advises = plan("advice")
    decides = plan("decision", first=dt.date(2021, 4, 20), follows=(Follows("advice", 5),))
    delivers = plan("delivery", first=dt.date(2021, 4, 22), follows=(Follows("decision", 10),))
    found = propose([delivers, decides, advises], *YEAR)
    advice, decision, delivery = (days(found, key) for key in ("advice", "decision", "delivery"))
    assert len(advice) == len(decision) == len(delivery) == 4
    assert all(a < b < c for a, b, c in zip(advice, decision, delivery, strict=True))
    first = next(each for each in found.meetings if each.sitting.key == "decision")
    assert first.sitting.day == dt.date(2021, 5, 7)
    assert "At least 5 working days after Advice Board on Thursday 29 April 2021." in first.sentence


def test_two_boards_with_the_same_member_do_not_meet_at_once():
    one = plan("one", members=COMMISSIONER)
    two = plan("two", at=dt.time(11), members=COMMISSIONER)
    found = propose([one, two], dt.date(2021, 4, 1), dt.date(2021, 5, 31))
    assert days(found, "two") == [dt.date(2021, 4, 30)]
    assert (
        "Moved because Commissioner sits on both Two Board and One Board, which meets at 10am on "
        "Thursday 29 April 2021." in found.meetings[1].sentence
    )
    free = propose([one, plan("two", at=dt.time(12), members=COMMISSIONER)], dt.date(2021, 4, 1), dt.date(2021, 5, 31))
    assert days(free, "two") == days(free, "one")


def test_one_reason_for_several_days_is_said_once():
    """The other board meets on three days in a row: who sits on both is said once, with the days."""
    days_in_a_row = [dt.date(2021, 4, 28), dt.date(2021, 4, 29), dt.date(2021, 4, 30)]
    wishes = [plan("one", members=COMMISSIONER), plan("two", first=days_in_a_row[0], members=COMMISSIONER)]
    standing = [sat("one", day) for day in days_in_a_row]
    found = propose(wishes[1:] + wishes[:1], dt.date(2021, 4, 28), dt.date(2021, 5, 31), standing)
    [two] = [each for each in found.meetings if each.sitting.key == "two"]
    assert two.sitting.day == dt.date(2021, 5, 4)
    assert two.sentence.endswith(
        "Moved because Commissioner sits on both Two Board and One Board, which meets at 10am on Wednesday 28 April "
        "2021, Thursday 29 April 2021 and Friday 30 April 2021."
    )


def test_what_cannot_be_resolved_is_said():
    """A weekly board cannot stay ten working days clear of a monthly one."""
    first = plan("advice", MONTHLY, dt.date(2021, 4, 15))
    weekly = plan("decision", Frequency(1, WEEKS), dt.date(2021, 4, 15), follows=(Follows("advice", 10),))
    found = propose([weekly, first], dt.date(2021, 4, 1), dt.date(2021, 5, 31))
    bad = next(each for each in found.meetings if each.problems)
    assert bad.problems == (
        "Decision Board meets on Thursday 15 April 2021, less than 10 working days after Advice Board on "
        "Thursday 15 April 2021.",
    )
    assert bad.sentence.endswith("No day before the next meeting fits everything.")


def test_a_circle_is_said_and_cut():
    one, two = plan("one", follows=(Follows("two"),)), plan("two", follows=(Follows("one"),))
    found = propose([one, two], *YEAR)
    assert len(found.problems) == 1
    assert "in a circle" in found.problems[0]
    assert len(days(found, "one")) == len(days(found, "two")) == 4


def test_a_slot_that_has_a_meeting_gets_no_other():
    wish = plan("data")
    standing = [sat("data", dt.date(2021, 8, 12))]
    assert days(propose([wish], *YEAR, standing), "data") == [
        dt.date(2021, 4, 29),
        dt.date(2021, 10, 29),
        dt.date(2022, 1, 31),
    ]
    again = [each.sitting for each in propose([wish], *YEAR).meetings]
    assert propose([wish], *YEAR, again).meetings == ()


def test_a_meeting_that_stands_is_heeded_by_the_board_it_waits_for():
    """Decision stands on 4 May, so advice, wished for on 29 April, would be too late wherever it goes."""
    decides = plan("decision", follows=(Follows("advice", 5),))
    found = propose(
        [plan("advice"), decides], dt.date(2021, 4, 1), dt.date(2021, 7, 28), [sat("decision", dt.date(2021, 5, 4))]
    )
    day = days(found, "advice")[0]
    standing = [sat("advice", day), sat("decision", dt.date(2021, 5, 4))]
    assert check_order(standing, [plan("advice"), decides]) == []
    assert "Decision Board meets on Tuesday 4 May 2021, less than 5 working days after" in found.meetings[0].sentence


def test_kinds_say_who_comes_first():
    kinds = {"eab": "advises", "ide": "decides", "dlv": "delivers", "aud": "assures"}
    pairs = [("ide", "eab"), ("eab", "dlv"), ("ide", "dlv"), ("aud", "ide"), ("ide", "gone")]
    assert follows_by_kind(kinds, pairs, 5) == {
        "ide": (Follows("eab", 5),),
        "dlv": (Follows("eab", 5), Follows("ide", 5)),
    }


def test_boards_in_sequence_lie_at_least_a_day_apart():
    with pytest.raises(ValueError, match="at least 1 working day"):
        Follows("one", 0)


# Meetings as they stand


@pytest.mark.parametrize(
    ("day", "kind", "said"),
    [
        (dt.date(2021, 4, 28), ORDER, "before Advice Board on Thursday 29 April 2021, which should come first."),
        (dt.date(2021, 4, 29), ORDER, "less than 5 working days after Advice Board"),
        (dt.date(2021, 5, 6), ORDER, "less than 5 working days after Advice Board"),
        (dt.date(2021, 5, 7), "", ""),
        (dt.date(2021, 3, 15), ORDER, "which should come first"),
        (dt.date(2021, 3, 12), "", ""),
        (dt.date(2021, 5, 31), DAY_OFF, "which is not a working day: Spring bank holiday."),
    ],
)
def test_what_is_wrong_with_a_moved_meeting(day, kind, said):
    """Three months apart, half of that is 46 days: from there the meeting before belongs to the advice before."""
    plans = [plan("advice"), plan("decision", follows=(Follows("advice", 5),))]
    found = check_order([sat("advice", dt.date(2021, 4, 29), ref="a"), sat("decision", day, ref="d")], plans)
    assert [each.kind for each in found] == [kind] * bool(kind)
    assert all(said in each.sentence and "d" in each.refs for each in found)


def test_boards_of_other_frequency_are_only_wrong_when_close():
    plans = [plan("advice"), plan("decision", Frequency(6, WEEKS), follows=(Follows("advice", 5),))]
    meetings = [sat("advice", dt.date(2021, 4, 29)), sat("decision", dt.date(2021, 4, 22))]
    assert check_order(meetings, plans) == []
    meetings[1] = sat("decision", dt.date(2021, 4, 23))
    assert [each.kind for each in check_order(meetings, plans)] == [ORDER]


def test_clashes_name_up_to_three_people():
    many = {f"p{n}": f"Person {n}" for n in range(5)}
    plans = [plan("one", members=many), plan("two", members=many), plan("three")]
    day = dt.date(2021, 4, 29)
    found = check_order([sat("one", day), sat("two", day), sat("three", day), sat("gone", day)], plans)
    assert [each.kind for each in found] == [CLASH]
    assert "Person 0, Person 1, Person 2 and 2 more sit on both One Board and Two Board" in found[0].sentence


# Whatever the wishes

PLANS = st.lists(
    st.builds(
        lambda every, unit, first, weekday, hour, members, nation, follows: BoardPlan(
            "",
            "",
            Frequency(every, unit),
            first,
            dt.time(hour),
            120,
            weekday,
            {key: key for key in members},
            tuple(follows),
            WorkingCalendar(nation, {dt.date(2021, 8, 20): "Office move"}),
        ),
        st.integers(1, 8),
        st.sampled_from([WEEKS, MONTHS]),
        st.dates(dt.date(2020, 6, 1), dt.date(2021, 12, 31)),
        st.none() | st.integers(0, 4),
        st.integers(9, 15),
        st.sets(st.sampled_from("abcde"), max_size=3),
        st.sampled_from(sorted(NATIONS)),
        st.lists(st.builds(Follows, st.sampled_from(["0", "1", "2", "3"]), st.integers(1, 10)), max_size=2),
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)
@given(wishes=PLANS)
def test_proposals_are_on_working_days_in_order_and_without_clashes_or_say_so(wishes):
    plans = [
        BoardPlan(**{**vars(wish), "key": str(n), "name": f"Board {n}", "follows": _without_circles(wish, n)})
        for n, wish in enumerate(wishes)
    ]
    found = propose(plans, *YEAR)
    assert found.problems == ()
    known = {plan.key: plan for plan in plans}
    told = set()
    for each in found.meetings:
        sitting = each.sitting
        assert known[sitting.key].calendar.works(sitting.day)
        assert "from" in each.sentence
        if each.problems:
            told.add((sitting.key, sitting.day))
    named = [Sitting(s.key, s.day, s.at, s.minutes, (s.key, s.day)) for s in (each.sitting for each in found.meetings)]
    assert len({each.ref for each in named}) == len(named)
    for trouble in check_order(named, plans):
        assert told & set(trouble.refs), trouble.sentence


def _without_circles(wish: BoardPlan, n: int) -> tuple[Follows, ...]:
    return tuple(each for each in wish.follows if int(each.key) < n)


@settings(deadline=None)
@given(every=st.integers(2, 8), unit=st.sampled_from([WEEKS, MONTHS]), weekday=st.none() | st.integers(0, 4))
def test_a_board_alone_meets_on_its_frequency(every, unit, weekday):
    wish = plan("one", Frequency(every, unit), dt.date(2021, 4, 1), weekday=weekday)
    found = days(propose([wish], dt.date(2021, 4, 1), dt.date(2024, 3, 31)), "one")
    gaps = [(after - before).days for before, after in itertools.pairwise(found)]
    assert max(gaps) <= largest_gap_days(wish.frequency)


def test_a_year_for_fifty_boards_takes_less_than_a_second():
    frequencies = [Frequency(6, WEEKS), MONTHLY, QUARTERLY, Frequency(2, WEEKS)]
    plans = [
        plan(
            str(n),
            frequencies[n % 4],
            dt.date(2021, 4, 1) + dt.timedelta(days=n),
            at=dt.time(9 + n % 8),
            weekday=n % 5,
            members={f"p{(n * 7 + each) % 40}": f"Person {each}" for each in range(15)},
            follows=tuple(Follows(str(each), 5) for each in range(max(0, n - 3), n)),
        )
        for n in range(50)
    ]
    started = time.perf_counter()
    found = propose(plans, *YEAR)
    assert time.perf_counter() - started < 1
    assert len(found.meetings) > 500
