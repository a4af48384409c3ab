"""Every kind by example: the verdict, the figure, what was expected, and the sentence."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.targets import KINDS, Better, MeasureFacts, Series, TargetFacts, Verdict, describe, evaluate, parse
from tests.commitments.targets.makers import DUE, judge, measure, point, quarters

NOW = date(2022, 1, 19)
LATER = date(2022, 7, 10)
SHARES = measure("share", over_time="ratio_of_sums", over_groups="ratio_of_sums")
DAYS = measure("days", 0, Better.LOWER, noun="working days", over_time="average", over_groups="average")
VICTIMS = measure("count", 0, Better.LOWER, noun="victims", over_time="sum", over_groups="sum")
RISING = quarters(12, "12.5", 13, "13.4", first=date(2021, 1, 1))
START = {"period": ["2021-01-01", "2021-03-31"]}


def test_the_sentence_tells_the_figure_what_is_asked_and_what_was_expected():
    params = {"at_least": 15, "baseline": START}
    outcome = judge("reach_level", params, RISING, NOW, SHARES, due_on=DUE, trajectory="straight", tolerance=2)
    assert outcome.verdict is Verdict.SLIPPING
    assert outcome.figure == Decimal("13.4")
    assert round(outcome.expected, 3) == Decimal("14.260")
    assert outcome.period == (date(2021, 10, 1), date(2021, 12, 31))
    assert outcome.sentence == (
        "13.4% against at least 15% by 31 March 2022: 1.6 percentage points short; "
        "14.3% was expected by 31 December 2021, so it is slipping."
    )


@pytest.mark.parametrize(
    ("newest", "tolerance", "verdict"),
    [
        ("14.99", 0, Verdict.OFF_TRACK),
        ("15", 0, Verdict.MET),
        ("14.5", 1, Verdict.SLIPPING),
        ("14", 1, Verdict.SLIPPING),
        ("13.99", 1, Verdict.OFF_TRACK),
    ],
)
@pytest.mark.parametrize("due_on", [None, DUE])
def test_without_time_left_the_distance_to_the_level_decides(newest, tolerance, verdict, due_on):
    points = [*RISING, *quarters(newest, first=date(2022, 1, 1))]
    assert judge("reach_level", {"at_least": 15}, points, LATER, due_on=due_on, tolerance=tolerance).verdict is verdict


def test_the_last_day_still_belongs_to_the_time_it_has():
    points = quarters(14, first=date(2022, 1, 1))
    assert judge("reach_level", {"at_least": 15}, points, DUE, due_on=DUE).verdict is Verdict.ON_TRACK
    assert judge("reach_level", {"at_least": 15}, points, date(2022, 4, 1), due_on=DUE).verdict is Verdict.OFF_TRACK


def test_rounding_helps_nobody_and_the_sentence_does_not_hide_it():
    facts = measure("share", 0, over_time="latest")
    outcome = judge("reach_level", {"at_least": 15}, quarters("14.96"), NOW, facts)
    assert outcome.verdict is Verdict.OFF_TRACK
    assert outcome.sentence == "14.96% against at least 15%: 0.04 percentage points short, so it is off track."


def test_a_rounded_share_is_judged_by_its_counts():
    facts = measure("share", 0, over_time="latest")
    typed = [point(date(2021, 4, 1), 3, "15.00", numerator=Decimal(1496), denominator=Decimal(10000))]
    outcome = judge("reach_level", {"at_least": 15}, typed, NOW, facts)
    assert (outcome.verdict, outcome.figure) == (Verdict.OFF_TRACK, Decimal("14.96"))
    weighted = [point(date(2021, 4, 1), 3, "17.0", numerator=Decimal(1496), denominator=Decimal(10000))]
    assert judge("reach_level", {"at_least": 15}, weighted, NOW, facts).figure == 17


@pytest.mark.parametrize(
    ("value", "verdict", "said"),
    [
        (2, Verdict.OFF_TRACK, "2.0 against between 3 and 5: 1.0 short, so it is off track."),
        (3, Verdict.MET, "3.0 against between 3 and 5: met."),
        (5, Verdict.MET, "5.0 against between 3 and 5: met."),
        ("5.5", Verdict.SLIPPING, "5.5 against between 3 and 5: 0.5 over, so it is slipping."),
    ],
)
def test_a_range_has_two_sides(value, verdict, said):
    facts = measure(better=Better.RANGE)
    outcome = judge("reach_level", {"at_least": 3, "at_most": 5}, quarters(value), NOW, facts, tolerance="0.5")
    assert (outcome.verdict, outcome.sentence) == (verdict, said)


@pytest.mark.parametrize(
    ("start", "value", "expected", "verdict"),
    [(10, 8, "6.3", Verdict.OFF_TRACK), (10, 6, "6.3", Verdict.ON_TRACK), (0, 1, "2.2", Verdict.OFF_TRACK)],
)
def test_a_range_is_approached_from_where_one_is(start, value, expected, verdict):
    params = {"at_least": 3, "at_most": 5, "baseline": {"value": start, "period": ["2021-03-31", "2021-03-31"]}}
    points = quarters(value, first=date(2021, 10, 1))
    limits = {"due_on": date(2022, 4, 5), "trajectory": "straight"}
    outcome = judge("reach_level", params, points, NOW, measure(better=Better.RANGE), **limits)
    assert outcome.verdict is verdict
    assert round(outcome.expected, 1) == Decimal(expected)


def test_steps_hold_until_the_next():
    params = {"at_least": 15, "steps": [["2021-09-30", 13], ["2022-03-31", 15]], "baseline": START}
    limits = {"due_on": DUE, "trajectory": "stepped", "tolerance": 1}
    assert judge("reach_level", params, RISING, NOW, **limits).verdict is Verdict.ON_TRACK
    assert judge("reach_level", params, RISING[:3], NOW, **limits).expected == 13
    early = [RISING[0], *quarters("12.1")]
    assert judge("reach_level", params, early, NOW, **limits).expected == 12


def test_a_stepped_line_without_steps_moves_at_the_end_of_financial_years():
    params = {"at_least": 40, "baseline": {"value": 20, "period": ["2020-04-01", "2021-03-31"]}}
    limits = {"due_on": date(2025, 3, 31), "trajectory": "stepped"}
    assert judge("reach_level", params, quarters(21), NOW, **limits).expected == 20
    expected = judge("reach_level", params, quarters(21, first=date(2022, 4, 1)), LATER, **limits).expected
    assert round(expected, 1) == 25


@pytest.mark.parametrize(
    ("newest", "verdict", "said"),
    [
        (13, Verdict.ON_TRACK, "2.0 short; better than the 12.0 it started from, so it is on track."),
        (12, Verdict.SLIPPING, "3.0 short; no better than the 12.0 it started from, so it is slipping."),
        (11, Verdict.SLIPPING, "4.0 short; no better than the 12.0 it started from, so it is slipping."),
        (10, Verdict.OFF_TRACK, "5.0 short; no better than the 12.0 it started from, so it is off track."),
    ],
)
def test_without_a_trajectory_better_than_the_baseline_will_do_until_the_date(newest, verdict, said):
    points = [*quarters(12, first=date(2021, 1, 1)), *quarters(newest)]
    outcome = judge("reach_level", {"at_least": 15, "baseline": START}, points, NOW, due_on=DUE, tolerance=1)
    assert outcome.verdict is verdict
    assert outcome.sentence.endswith(said)


def test_without_a_baseline_too_it_says_that_nothing_speaks_against_it():
    outcome = judge("reach_level", {"at_least": 15}, quarters(3), NOW, due_on=DUE)
    assert outcome.verdict is Verdict.ON_TRACK
    assert outcome.sentence.endswith("no baseline says what to expect by 30 June 2021, so it is on track.")


def test_after_its_date_the_newest_figure_decides_and_the_date_is_told():
    late = judge("reach_level", {"at_least": 15}, quarters(13, 14, 14, "14.9", "15.2"), LATER, due_on=DUE)
    assert late.verdict is Verdict.MET
    assert late.sentence == "15.2 against at least 15 by 31 March 2022: met. That was after its date."
    lost = judge("reach_level", {"at_least": 15}, quarters(13, 14, 14, 15, "14.2"), LATER, due_on=DUE, tolerance=1)
    assert lost.verdict is Verdict.SLIPPING
    assert lost.sentence.endswith("so it is slipping. It was met on its date.")


def test_before_it_applies_it_is_not_due_and_older_figures_do_not_count():
    limits = {"starts": date(2022, 4, 1)}
    points = quarters(60, 60, 60, 60)
    early = judge("reach_level", {"at_least": 50}, points, NOW, **limits)
    assert (early.verdict, early.sentence) == (Verdict.NOT_DUE, "Not yet due: it applies from 1 April 2022.")
    waiting = judge("reach_level", {"at_least": 50}, points, date(2022, 5, 1), **limits)
    assert (waiting.verdict, waiting.sentence) == (
        Verdict.NO_DATA,
        "No figure yet. Asked is at least 50 from 1 April 2022.",
    )


def test_held_for_several_figures():
    params = {"at_least": 15, "held_for": 2}
    assert judge("reach_level", params, quarters(14, 15, 15), NOW).sentence.endswith("met, for 2 figures in a row.")
    first = judge("reach_level", params, quarters(15, 14, 15), NOW)
    assert first.verdict is Verdict.ON_TRACK
    assert first.sentence.endswith("reached, but not yet for 2 figures in a row, so it is on track.")
    assert judge("reach_level", params, quarters(15, 14, 15), LATER, due_on=DUE).verdict is Verdict.SLIPPING


def test_several_groups_are_as_good_as_the_worst_and_a_silent_one_keeps_it_from_green():
    params = {"at_least": 7, "groups": "every"}
    good = [*quarters(7, group="black"), *quarters(8, group="mixed")]
    silent = judge("reach_level", params, good, NOW)
    assert (silent.verdict, silent.figure) == (Verdict.NO_DATA, None)
    assert silent.sentence == (
        "No figure yet for Disabled. 2 of 3 meet it; the nearest to the line: 7.0 (Black) against at least 7: met."
    )
    bad = judge("reach_level", params, [*good, *quarters(5, group="disabled")], NOW)
    assert bad.verdict is Verdict.OFF_TRACK
    assert bad.sentence == (
        "2 of 3 meet it, not yet Disabled. 5.0 (Disabled) against at least 7: 2.0 short, so it is off track."
    )


def test_a_sum_is_compared_with_a_baseline_of_the_same_length():
    year = quarters(*[400] * 4, first=date(2019, 4, 1))
    params = {"baseline": {"period": ["2019-04-01", "2020-03-31"]}, "by_share": 5}
    waiting = judge("change_from_baseline", params, [*year, *quarters(300, 300, 300)], NOW, VICTIMS)
    assert waiting.verdict is Verdict.NO_DATA
    assert waiting.sentence.startswith("Not all figures yet over 12 months.")
    four = [*year, *quarters(390, 380, 375, 375, first=date(2021, 1, 1))]
    outcome = judge("change_from_baseline", params, four, NOW, VICTIMS)
    assert (outcome.verdict, outcome.figure, outcome.expected) == (Verdict.MET, 1520, 1520)
    assert outcome.sentence == (
        "1,520 victims against at most 1,520 victims (5% below the baseline of 1,600 victims in 2019-20): met."
    )


def test_the_year_to_date_is_compared_with_the_same_part_of_the_baseline():
    year = quarters(100, 200, 300, 400, first=date(2019, 4, 1))
    params = {"baseline": {"period": ["2019-04-01", "2020-03-31"]}, "window": "year_to_date"}
    outcome = judge("change_from_baseline", params, [*year, *quarters(110, 180)], NOW, VICTIMS)
    assert (outcome.verdict, outcome.figure, outcome.expected) == (Verdict.MET, 290, 300)


def test_any_change_means_a_change():
    params = {"baseline": {"value": 137, "period": ["2019-04-01", "2020-03-31"]}}
    same = judge("change_from_baseline", params, quarters(137), NOW, DAYS)
    assert same.verdict is Verdict.SLIPPING
    assert same.sentence == (
        "137 working days against less than 137 working days (the baseline in 2019-20): "
        "not past it yet, so it is slipping."
    )
    assert judge("change_from_baseline", params, quarters("136.9"), NOW, DAYS).verdict is Verdict.MET
    nothing = {"baseline": {"value": 0}, "by_share": 50}
    assert judge("change_from_baseline", nothing, quarters(0), NOW).verdict is Verdict.SLIPPING
    assert judge("change_from_baseline", nothing, quarters(1), NOW).verdict is Verdict.MET


def test_no_baseline_is_said_to_be_what_is_missing():
    outcome = judge("change_from_baseline", {"baseline": START}, quarters(5), NOW)
    assert outcome.sentence == "No baseline yet. Asked is higher than its baseline of Q4 2020-21."


def test_the_baseline_alone_is_never_green():
    days = quarters(5_310_000, first=date(2020, 4, 1), months=12)
    params = {"baseline": {"period": ["2020-04-01", "2021-03-31"]}, "by_amount": 70_000, "direction": "increase"}
    limits = {"due_on": date(2023, 3, 31), "trajectory": "straight", "tolerance": 5_000}
    facts = measure("days", 0)
    alone = judge("change_from_baseline", params, days, NOW, facts, **limits)
    assert (alone.verdict, alone.figure, alone.expected) == (Verdict.NO_DATA, None, None)
    assert alone.sentence == (
        "No figure yet since the baseline. Asked is at least 70,000 days above its baseline of 2020-21 "
        "by 31 March 2023."
    )
    better = quarters(50, 50, 50, 60, first=date(2020, 4, 1))
    any_change = {"baseline": params["baseline"]}
    last_of_its_year = judge("change_from_baseline", any_change, better, NOW, measure(over_time="average"))
    assert last_of_its_year.verdict is Verdict.NO_DATA
    after = quarters(5_345_000, first=date(2021, 4, 1), months=12)
    half_way = judge("change_from_baseline", params, [*days, *after], LATER, facts, **limits)
    assert half_way.verdict is Verdict.ON_TRACK
    assert "5,345,000 days were expected by 31 March 2022" in half_way.sentence


def test_the_figure_that_a_line_starts_from_is_not_on_it_but_may_reach_its_level():
    limits = {"due_on": DUE, "trajectory": "straight"}
    first = judge("reach_level", {"at_least": 15}, quarters(3), NOW, **limits)
    assert (first.verdict, first.sentence) == (
        Verdict.NO_DATA,
        "No figure yet since the baseline. Asked is at least 15 by 31 March 2022.",
    )
    assert judge("reach_level", {"at_least": 15}, quarters(15), NOW, **limits).verdict is Verdict.MET
    assert judge("reach_level", {"at_least": 15}, quarters(3), LATER, **limits).verdict is Verdict.OFF_TRACK
    gap = judge("gap_change", {"baseline": START, "group": "black"}, BEFORE, NOW, SHARES)
    assert gap.verdict is Verdict.NO_DATA
    assert gap.sentence.startswith("No figure yet since the baseline for Black.")


def test_all_figures_of_a_sentence_have_decimals_enough_to_be_told_apart():
    wards = measure("count", 0, noun="wards")
    first = point(date(2021, 1, 1), 3, 318, numerator=Decimal(318), denominator=Decimal(629))
    newest = point(date(2021, 10, 1), 3, 551, numerator=Decimal(551), denominator=Decimal(629))
    outcome = judge("full_coverage", {}, [first, newest], NOW, wards, due_on=DUE, trajectory="straight", tolerance=2)
    assert outcome.verdict is Verdict.SLIPPING
    assert outcome.sentence == (
        "87.6% against 100% by 31 March 2022: 12.4 percentage points short; "
        "87.8% was expected by 31 December 2021, so it is slipping."
    )
    facts = measure("share", 1, Better.LOWER, over_time="ratio_of_sums")
    own = point(date(2021, 4, 1), 3, "1.95", "black", numerator=Decimal(195), denominator=Decimal(10000))
    other = point(date(2021, 4, 1), 3, "1.907", "mixed", numerator=Decimal(1907), denominator=Decimal(100000))
    params = {"group": "black", "than": "mixed"}
    close = judge("group_at_least_as_good", params, [own, other], NOW, facts, tolerance="0.2")
    assert close.sentence == (
        "1.95% (Black) against at most 1.91% (Mixed): 0.04 percentage points over, so it is slipping."
    )
    third = {"baseline": {"value": "60.000001", "period": ["2020-04-01", "2021-03-31"]}, "direction": "decrease"}
    over = judge("change_from_baseline", third, quarters("60.4"), NOW, measure("days", 0, Better.LOWER))
    assert over.sentence.startswith("60.4 days against less than 60 days (the baseline in 2020-21): 0.4 days over")


def test_the_nearest_to_the_line_is_found_across_figures_of_different_sizes():
    base = {"period": ["2020-04-01", "2021-03-31"]}
    facts = measure(better=Better.LOWER)
    before = [
        *quarters(12, group="black", first=date(2021, 1, 1)),
        *quarters(50, group="mixed", first=date(2021, 1, 1)),
    ]
    points = [*before, *quarters(9, group="black"), *quarters(40, group="mixed")]
    outcome = judge("change_from_baseline", {"baseline": base, "groups": ["black", "mixed"]}, points, NOW, facts)
    assert "the nearest to the line: 40.0 (Mixed)" in outcome.sentence


def test_year_on_year_takes_the_same_time_a_year_before():
    points = quarters(1, 9, 3, 4, 2)
    assert judge("year_on_year", {}, points, LATER).sentence == "2.0 against more than 1 (Q1 2021-22): met."
    assert judge("year_on_year", {}, points[:4], DUE).sentence.startswith("No figure yet of a year before.")
    assert judge("year_on_year", {"by_amount": 2}, points, LATER, tolerance=1).verdict is Verdict.SLIPPING


GAP = [*quarters(50, group=""), *quarters(44, group="black"), *quarters("45.5", group="mixed")]


def test_the_widest_gap_decides():
    outcome = judge("gap_at_most", {"points": 5, "groups": ["black", "mixed"]}, GAP, NOW, SHARES, tolerance=1)
    assert (outcome.verdict, outcome.figure, outcome.expected) == (Verdict.SLIPPING, 6, 5)
    assert outcome.sentence == (
        "1 of 2 meet it, not yet Black. Black is 6.0 percentage points behind all Londoners, against at most "
        "5 percentage points: 1.0 percentage points too wide, so it is slipping."
    )


def test_a_group_ahead_has_no_gap_unless_it_counts_either_way():
    ahead = [*quarters(50), *quarters(58, group="black")]
    params = {"points": 5, "group": "black"}
    assert judge("gap_at_most", params, ahead, NOW, SHARES).verdict is Verdict.MET
    assert judge("gap_at_most", params | {"either_way": True}, ahead, NOW, SHARES).verdict is Verdict.OFF_TRACK
    assert "8.0 percentage points ahead of" in judge("gap_at_most", params, ahead, NOW, SHARES).sentence
    fewer = measure("share", better=Better.LOWER, over_time="latest")
    assert judge("gap_at_most", params, ahead, NOW, fewer).figure == 8


def test_a_gap_is_between_figures_of_one_period():
    later = [*GAP, *quarters(30, first=date(2021, 7, 1), group="")]
    outcome = judge("gap_at_most", {"points": 5, "group": "black"}, later, NOW, SHARES)
    assert outcome.figure == 6
    alone = judge("gap_at_most", {"points": 5, "group": "black"}, quarters(44, group="black"), NOW, SHARES)
    assert alone.sentence.startswith("No two figures yet of one period for Black.")


BEFORE = [*quarters(50, first=date(2021, 1, 1)), *quarters(43, first=date(2021, 1, 1), group="black")]


def test_a_gap_closes_against_its_baseline():
    params = {"baseline": START, "group": "black"}
    outcome = judge("gap_change", params, [*BEFORE, *GAP], NOW, SHARES)
    assert (outcome.verdict, outcome.figure, outcome.expected) == (Verdict.MET, 6, 7)
    assert "against less than 7 percentage points (its gap in Q4 2020-21): met" in outcome.sentence
    more = judge("gap_change", params | {"by_amount": 2}, [*BEFORE, *GAP], NOW, SHARES)
    assert more.verdict is Verdict.OFF_TRACK


def test_a_group_against_another_and_the_stated_level_only_while_that_is_silent():
    facts = measure("share", better=Better.LOWER, over_time="latest")
    params = {"group": "black", "than": "mixed", "level": "1.9"}
    own = quarters(2, group="black")
    stated = judge("group_at_least_as_good", params, own, NOW, facts, tolerance="0.2")
    assert stated.sentence == ("2.0% (Black) against at most 1.9%: 0.1 percentage points over, so it is slipping.")
    both = judge("group_at_least_as_good", params, [*own, *quarters("2.1", group="mixed")], NOW, facts)
    assert both.sentence == "2.0% (Black) against at most 2.1% (Mixed): met."
    assert judge("group_at_least_as_good", params, own, NOW).verdict is Verdict.MET  # where more is better


UNITS = measure("count", 0, over_time="sum", over_groups="sum", noun="talks", groups={"a": "Camden", "b": "Bexley"})


def test_units_behind_are_named_with_their_share_of_the_year():
    points = [*quarters(3, 3, 3, group="a"), *quarters(2, 2, 2, group="b")]
    params = {"at_least": 12}
    outcome = judge("per_unit_per_year", params, points, NOW, UNITS, trajectory="straight", tolerance=1)
    assert outcome.verdict is Verdict.OFF_TRACK
    assert outcome.sentence == (
        "0 of 2 meet it and 1 is on track; behind is Bexley. 6 talks (Bexley) against at least 12 talks in "
        "2021-22: 6 talks short; 9 talks were expected by 31 December 2021, so it is off track."
    )
    done = [*quarters(3, 3, 3, 3, group="a"), *quarters(12, group="b")]
    assert judge("per_unit_per_year", params, done, LATER, UNITS, trajectory="straight").verdict is Verdict.MET
    silent = judge("per_unit_per_year", params, done[:4], LATER, UNITS, trajectory="straight")
    assert silent.verdict is Verdict.NO_DATA
    assert silent.sentence.startswith("No figure yet for Bexley.")
    new_year = [*done, *quarters(5, 5, first=date(2022, 4, 1), months=1, group="a")]
    fresh = judge("per_unit_per_year", params, new_year, LATER, UNITS, trajectory="straight")
    assert fresh.verdict is Verdict.NO_DATA
    assert fresh.period[0] == date(2022, 4, 1)


def test_only_units_that_are_behind_are_named_as_behind():
    on_track = [*quarters(3, 3, 3, group="a"), *quarters(2, 2, 2, group="b")]
    limits = {"trajectory": "straight", "tolerance": 1}
    outcome = judge("per_unit_per_year", {"at_least": 12}, on_track, NOW, UNITS, **limits)
    assert outcome.sentence.startswith("0 of 2 meet it and 1 is on track; behind is Bexley. 6 talks (Bexley) against")
    coming = [*quarters(3, 3, 3, group="a"), *quarters(12, group="b")]
    outcome = judge("per_unit_per_year", {"at_least": 12}, coming, NOW, UNITS, **limits)
    assert outcome.sentence.startswith("1 of 2 meet it and 1 is on track. 9 talks (Camden) against")
    nobody = [*quarters(2, 2, 2, group="a"), *quarters(2, 2, 2, group="b")]
    outcome = judge("per_unit_per_year", {"at_least": 12}, nobody, NOW, UNITS, **limits)
    assert outcome.sentence.startswith("0 of 2 meet it, not yet Camden and Bexley.")


def test_nearly_all_is_not_all():
    wards = measure("count", 0, noun="wards")
    almost = [point(date(2021, 10, 1), 3, 2999, numerator=Decimal(2999), denominator=Decimal(3000))]
    outcome = judge("full_coverage", {}, almost, NOW, wards, tolerance=1)
    assert outcome.verdict is Verdict.SLIPPING
    assert outcome.sentence == "99.97% against 100%: 0.03 percentage points short, so it is slipping."
    assert judge("full_coverage", {"of": 2999}, quarters(2999), NOW, wards).verdict is Verdict.MET
    assert judge("full_coverage", {}, quarters(2999), NOW, wards).sentence.startswith("Nothing says yet of how many")
    first = [point(date(2021, 1, 1), 3, 0, numerator=Decimal(0), denominator=Decimal(3000))]
    line = judge("full_coverage", {}, [*first, *almost], NOW, wards, due_on=DUE, trajectory="straight")
    assert line.verdict is Verdict.ON_TRACK


def test_a_baseline_is_set_when_it_is_recorded():
    assert judge("set_a_baseline", {}, [], NOW, due_on=DUE).verdict is Verdict.NO_DATA
    assert judge("set_a_baseline", {}, [], LATER, due_on=DUE).verdict is Verdict.OFF_TRACK
    assert judge("set_a_baseline", {}, quarters(5), NOW).sentence == "A baseline is recorded: 5.0 in Q1 2021-22."
    four = {"months": 12}
    facts = measure("count", 0, over_time="sum")
    assert judge("set_a_baseline", four, quarters(1, 1, 1), NOW, facts).verdict is Verdict.NO_DATA
    assert judge("set_a_baseline", four, quarters(1, 1, 1, 1), LATER, facts).figure == 4
    late = judge("set_a_baseline", {}, quarters(None, None, None, None, 5), LATER, due_on=DUE)
    assert late.verdict is Verdict.MET
    assert late.sentence.endswith("That was after its date.")


def test_all_of_several_conditions_is_the_worst_of_them():
    params = {
        "conditions": [
            {"kind": "reach_level", "params": {"at_least": 7, "groups": "every"}},
            {"kind": "reach_level", "params": {"at_least": 15}},
        ]
    }
    points = [*quarters(7, group="a"), *quarters(7, group="b")]
    outcome = judge("all_of", params, points, NOW, UNITS, tolerance=1)
    assert (outcome.verdict, outcome.figure, outcome.expected) == (Verdict.SLIPPING, 14, 15)
    assert "14 talks against at least 15 talks: 1 talk short" in outcome.sentence


def test_a_hidden_figure_is_nowhere_but_the_verdict_stays():
    params = {"points": 5, "groups": ["black", "mixed"]}
    outcome = judge("gap_at_most", params, GAP, NOW, SHARES, frozenset({"black"}))
    assert (outcome.verdict, outcome.figure, outcome.expected) == (Verdict.OFF_TRACK, None, None)
    assert outcome.sentence == (
        "1 of 2 meet it, not yet Black. Black and all Londoners, too few to show, against at most "
        "5 percentage points: off track."
    )


def test_one_index_serves_every_target_and_day():
    series = Series(measure(), quarters(1, 2, 3))
    level = TargetFacts("t", "reach_level", {"at_least": 2})
    verdicts = [evaluate(level, measure(), series, on).verdict for on in (date(2021, 6, 30), date(2021, 9, 30))]
    assert verdicts == [Verdict.OFF_TRACK, Verdict.MET]


@pytest.mark.parametrize(
    ("kind", "params", "said"),
    [
        ("grow", {}, "kind is “grow”. It must be one of reach_level"),
        ("reach_level", {}, "at_least and at_most are missing"),
        ("reach_level", {"at_least": 6, "at_most": 5}, "at_least must not be above at_most"),
        ("reach_level", {"at_least": "many"}, "at_least is “many”. It must be a number."),
        ("reach_level", {"at_least": True}, "at_least is True. It must be a number."),
        ("reach_level", {"at_least": float("nan")}, "at_least is nan. It must be a number."),
        ("reach_level", {"at_leest": 5, "at_most": 1}, "at_leest is not a parameter of this kind. It takes at_least"),
        ("reach_level", {"at_least": 5, "window": 0}, "window is 0. It must be"),
        ("reach_level", {"at_least": 5, "held_for": 0}, "held_for is 0"),
        ("reach_level", {"at_least": 5, "group": "a", "groups": ["b"]}, "group and groups are both given"),
        ("reach_level", {"at_least": 5, "groups": "all"}, "groups is “all”. It must be a list of codes"),
        ("reach_level", {"at_least": 5, "steps": [["2022-03-31", 5], ["2021-03-31", 3]]}, "in order"),
        ("reach_level", {"at_least": 5, "steps": [["soon", 5]]}, "A day must be written as 2022-03-31"),
        ("reach_level", {"at_least": 1, "at_most": 2, "steps": [["2022-03-31", 1]]}, "steps is given with a range"),
        ("change_from_baseline", {}, "baseline is missing"),
        ("change_from_baseline", {"baseline": {"period": ["2020-04-01"]}}, "baseline period is"),
        ("change_from_baseline", {"baseline": {"period": ["2021-04-01", "2020-03-31"]}}, "ends before it starts"),
        ("change_from_baseline", {"baseline": "first", "by_share": 0}, "by_share is 0. It must be a number above 0"),
        ("change_from_baseline", {"baseline": "first", "by_share": 1, "by_amount": 1}, "both given"),
        ("change_from_baseline", {"baseline": "first", "direction": "up"}, "direction is “up”. It must be one of"),
        ("gap_at_most", {"points": 5}, "groups is missing"),
        ("gap_at_most", {"groups": ["a"]}, "points is missing"),
        ("gap_at_most", {"groups": ["a"], "points": 5, "than": "a"}, "than is also one of groups"),
        ("gap_at_most", {"groups": ["a"], "points": -5}, "points is -5. It must be a number of 0 or more."),
        ("gap_change", {"groups": ["a"], "baseline": "first"}, "baseline is “first”"),
        ("group_at_least_as_good", {"group": "a"}, "than and level are missing"),
        ("per_unit_per_year", {"at_least": 0}, "at_least is 0. It must be a number above 0."),
        ("full_coverage", {"of": "x"}, "of is “x”"),
        ("set_a_baseline", {"months": "x"}, "months is “x”"),
        ("all_of", {"conditions": [{"kind": "reach_level", "params": {}}]}, "conditions is"),
        (
            "all_of",
            {"conditions": [{"kind": "all_of", "params": {}}, {"kind": "reach_level", "params": {"at_most": 1}}]},
            "conditions 1: kind is “all_of”",
        ),
        (
            "all_of",
            {"conditions": [{"kind": "reach_level", "params": {}}, {"kind": "reach_level", "params": {}}]},
            "conditions 1: at_least and at_most are missing",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(kind, params, said):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the text is compared below
        parse(kind, params)
    assert said in str(refused.value)


def test_parameters_that_are_no_mapping_are_refused():
    for kind in KINDS:
        with pytest.raises(ValueError, match="must be"):
            parse(kind, ["at_least", 5])


@pytest.mark.parametrize(
    ("kind", "params", "facts", "said"),
    [
        ("reach_level", {"at_least": 5, "group": "nobody"}, measure(), "groups has “nobody”"),
        ("gap_at_most", {"points": 5, "group": "black", "than": "x"}, measure(), "than has “x”"),
        ("change_from_baseline", {"baseline": "first"}, measure(better=Better.RANGE), "direction is missing"),
        ("group_at_least_as_good", {"group": "black", "level": 1}, measure(better=Better.RANGE), "better is range"),
        ("change_from_baseline", {"baseline": START, "window": 12}, VICTIMS, "window is 12 months"),
    ],
)
def test_what_does_not_fit_the_measure_is_refused_when_it_is_described(kind, params, facts, said):
    with pytest.raises(ValueError, match=said):
        describe(kind, params, facts)


@pytest.mark.parametrize(
    ("kind", "params", "said"),
    [
        ("reach_level", {"at_least": 15}, "The figure is at least 15%."),
        (
            "reach_level",
            {"at_most": 5, "groups": "whole_and_every"},
            "The figure for every group and for all Londoners is at most 5%.",
        ),
        (
            "change_from_baseline",
            {"baseline": START, "by_amount": 2, "held_for": 2},
            "The figure is at least 2 percentage points above its baseline of Q4 2020-21, for 2 figures in a row.",
        ),
        ("year_on_year", {}, "The figure is higher than a year before."),
        (
            "gap_at_most",
            {"points": 5, "groups": ["black", "mixed"]},
            "The figure for each of Black and Mixed is at most 5 percentage points behind all Londoners.",
        ),
        ("set_a_baseline", {"months": 12}, "The figure is recorded over 12 months, to be the baseline."),
        ("full_coverage", {"of": 629}, "The figure is 100% of 629."),
    ],
)
def test_the_reading_is_a_sentence(kind, params, said):
    assert describe(kind, params, SHARES) == said


def test_a_trajectory_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="trajectory is “curved”"):
        judge("reach_level", {"at_least": 1}, [], NOW, trajectory="curved")


@pytest.mark.parametrize("rule", ["sum", "average"])
def test_shares_are_never_averaged(rule):
    with pytest.raises(ValueError, match="Shares are never summed or averaged"):
        MeasureFacts("m", "M", "share", 1, Better.HIGHER, over_time=rule)
    with pytest.raises(ValueError, match="Shares are never summed or averaged"):
        MeasureFacts("m", "M", "share", 1, Better.HIGHER, over_groups=rule)
