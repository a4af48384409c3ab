"""The sentences that state the finding, the notes, the table and the figures as text."""

import datetime as dt

import pytest

from kit.charts import (
    Break,
    ChartPoint,
    OfGroup,
    TargetLine,
    gap_chart,
    groups_chart,
    labels,
    numbers,
    trend_chart,
)

from .examples import YEAR_END, full, gap, grouped, hidden, measure, points


def test_a_rise_and_how_far_the_target_is():
    chart = trend_chart(measure())
    assert chart.finding == (
        "Hate crime detections rose from 11.2% in Q1 2020-21 to 13.4% in Q3 2021-22, and in between was as low as "
        "11.0% in Q2 2020-21; "
        "the target is at least 15% by 31 March 2022, 1.6 points away."
    )
    assert chart.alt == "Line chart: Hate crime detections rose to 13.4% in Q3 2021-22."


def test_a_fall_towards_a_lower_target():
    data = measure(
        (1420, 1210, 902),
        title="Complaints",
        unit_label="complaints",
        decimals=0,
        better="down",
        targets=(TargetLine(700),),
    )
    assert trend_chart(data).finding == (
        "Complaints fell from 1,420 in Q1 2020-21 to 902 in Q3 2020-21; the target is at most 700, 202 away."
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((12, 12.04), "Hate crime detections stayed at 12.0% from Q1 2020-21 to Q2 2020-21"),
        ((14, 15), "which the latest figure reaches."),
        (
            (14, 14.96),
            "to 15.0% in Q2 2020-21; the target is at least 15% by 31 March 2022, less than 0.1 points away.",
        ),
        ((), "Hate crime detections: there are no figures yet; the target is at least 15% by 31 March 2022."),
        ((43,), "Hate crime detections: 43.0% in Q1 2020-21, the only figure so far;"),
        ((None, 2, None, 3), "rose from 2.0% in Q2 2020-21 to 3.0% in Q4 2020-21"),
    ],
)
def test_flat_reached_nearly_nothing_and_one(values, words):
    assert words in trend_chart(measure(values)).finding


def test_a_target_that_fell_due_is_judged_by_the_figure_of_its_day():
    due = dt.date(2020, 9, 30)
    missed = measure((10, 12, 16), targets=(TargetLine(15, by=due),))
    assert (
        "the target was at least 15% by 30 September 2020, 3.0 points away in Q2 2020-21."
        in trend_chart(missed).finding
    )
    kept = measure((10, 15, 12), targets=(TargetLine(15, by=due),))
    assert "by 30 September 2020, which Q2 2020-21 reached." in trend_chart(kept).finding


def test_a_provisional_figure_is_called_so():
    assert "to 3.0% in Q2 2020-21 (provisional);" in trend_chart(measure((2, 3), statuses={1: "provisional"})).finding


def test_figures_are_never_compared_over_a_break():
    chart = trend_chart(full())
    assert "from 12.6% in Q1 2021-22 to 13.4% in Q3 2021-22 (estimated)" in chart.finding
    assert any("do not compare figures across the upright line" in note for note in chart.notes)
    alone = trend_chart(measure((1, 2, 3, 4, 9), breaks=(Break(dt.date(2021, 4, 1), ""),)))
    assert "9.0% in Q1 2021-22, the only figure since the definition changed" in alone.finding
    later = trend_chart(measure((1, 2), breaks=(Break(dt.date(2023, 4, 1), ""),)))
    assert "rose from 1.0%" in later.finding


def test_groups_say_who_is_highest_and_lowest():
    chart = groups_chart(grouped(targets=()))
    assert chart.headline == "Share promoted: highest for White, lowest for Asian in Q4 2020-21"
    assert chart.finding == (
        "Share promoted in Q4 2020-21: highest for White (10.0%) and lowest for Asian (8.0%), 2.0 points apart."
    )


def test_a_group_that_is_hidden_last_is_not_passed_over_in_silence():
    small = points([5, 6], group="Small", statuses={1: "suppressed"})
    others = points([7, 8], group="A") + points([7, 9], group="B")
    chart = groups_chart(measure(points=small + others, targets=()))
    assert "of the groups shown, highest for B" in chart.finding
    assert any("hidden because the numbers are small" in note for note in chart.notes)


def test_a_gap_that_narrows_within_its_limit():
    chart = gap_chart(gap())
    assert chart.finding == (
        "Confidence gap between Women and Men narrowed from 8.0 points in Q1 2020-21 (Women lower) to 4.1 points in "
        "Q4 2020-21 (Women lower); the limit is 5 points by 31 March 2022, and the gap is within it."
    )
    late = gap_chart(gap((58, 59), (66, 66), statuses={1: "provisional"})).finding
    assert "to 7.0 points in Q2 2020-21 (provisional, Women lower);" in late
    assert "and the gap is 3.0 points over it" in gap_chart(gap((59, 59, 59, 59.4))).finding
    assert "there are no figures yet" in gap_chart(gap((), ())).finding
    assert gap_chart(gap((58, 58), (66, 66))).headline.endswith("stayed at 8.0 points in Q2 2020-21")


def test_the_table_says_what_is_hidden_missing_or_not_final():
    chart = trend_chart(hidden())
    assert chart.headings == ("Period", "Small group", "Large group")
    assert chart.rows[1] == ("Q2 2020-21", "[c]", "8.1%")
    assert trend_chart(measure((None, 2), statuses={1: "provisional"})).rows == (
        ("Q1 2020-21", "[x]"),
        ("Q2 2020-21", "2.0% [p]"),
    )


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (13.45, "%", 1, "13.5%"),
        (-0.04, "%", 1, "0.0%"),
        (-4.1, "points", 1, "−4.1 points"),
        (1, "points", 0, "1 point"),
        (1234567, "", 0, "1,234,567"),
        (-1200, "£", 0, "−£1,200"),
        (14, "recruits", 0, "14 recruits"),
    ],
)
def test_figures_as_people_read_them(value, unit, decimals, text):
    assert numbers.with_unit(value, unit, decimals) == text


def test_a_level_is_said_in_its_own_precision():
    assert numbers.level(15, "%", 1) == "15%"
    assert numbers.level(2.5, "%", 0) == "2.5%"
    assert numbers.level(0.123456, "%", 0) == "0.123%"


def test_labels_keep_apart_and_inside():
    placed = labels.spread([50, 51, 52], [20, 20, 20], 0, 100)
    assert placed[1] - placed[0] >= 20
    assert placed[2] - placed[1] >= 20
    low = labels.spread([95, 96], [20, 20], 0, 100)
    assert max(low) <= 90


def test_period_labels_carry_each_year_once_and_end_with_the_last():
    found = labels.ticks(points([1] * 7), lambda day: (day - 737516) * 1.0, 13)
    assert found[0].lines == ("Q1", "2020-21")
    assert [tick.lines[1] for tick in found if tick.lines[1]] == ["2020-21", "2021-22"]
    narrow = labels.ticks(points([1] * 24, cycle="monthly"), lambda day: (day - 737516) * 0.3, 13)
    assert narrow[-1].x == points([1] * 24, cycle="monthly")[-1].place
    assert labels.short("April to May 2021") == "Apr–May 2021"
    assert labels.short("Mayor May") == "Mayor May"


def test_long_words_are_cut_and_never_run_out_of_the_picture():
    lines = labels.wrap("Supercalifragilisticexpialidocious " * 9, 14, 100)
    assert len(lines) == 3
    assert all(labels.width(line, 14) <= 100 for line in lines)


def test_a_point_without_a_value_is_missing():
    assert ChartPoint("2021", YEAR_END, YEAR_END, None).status == "missing"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            (67, 66, 66, 67),
            "was back at 67.0% in Q4 2020-21, as in Q1 2020-21, and in between was as low as 66.0%",
        ),
        ((3, 9, 1, 5), "and in between was as low as 1.0% in Q3 2020-21 and as high as 9.0% in Q2 2020-21;"),
        ((67, 67, 67), "stayed at 67.0% from Q1 2020-21 to Q3 2020-21;"),
    ],
)
def test_what_happened_between_the_first_and_the_last_is_said(values, words):
    assert words in trend_chart(measure(values)).finding


def test_flat_is_said_only_of_what_did_not_move():
    assert "was back at" in trend_chart(measure((67, 66, 67))).headline
    assert "stayed at" in trend_chart(measure((67, 67, 67))).headline


def test_a_target_that_applies_later_says_from_when_and_no_distance():
    later = TargetLine(50, "at least 50%", starts=dt.date(2022, 4, 1))
    finding = trend_chart(measure((30, 40), targets=(later,))).finding
    assert finding.endswith("; the target from 1 April 2022 is at least 50%.")
    now = TargetLine(50, "at least 50%", starts=dt.date(2020, 4, 1))
    assert "at least 50% from 1 April 2020, 10.0 points away" in trend_chart(measure((30, 40), targets=(now,))).finding


def test_a_level_that_must_be_passed_is_not_reached_by_equalling_it():
    strict = TargetLine(40, "more than 40%", strict=True)
    assert "which the latest figure only equals" in trend_chart(measure((30, 40), targets=(strict,))).finding


def test_the_baseline_is_part_of_the_sentence():
    assert "; the baseline is 164.0%;" in trend_chart(measure((168, 170, 168), baseline=164)).finding


def test_a_figure_over_a_longer_time_says_so_in_every_place():
    chart = trend_chart(
        measure((149, 137), title="Victims", unit_label="victims", decimals=0, span="the 12 months to ")
    )
    assert chart.headline == "Victims fell to 137 in the 12 months to Q2 2020-21"
    assert "fell from 149 in the 12 months to Q1 2020-21 to 137 in the 12 months to Q2 2020-21" in chart.finding
    assert chart.headings[0] == "12 months to"


def test_groups_of_different_kinds_are_not_set_against_each_other():
    found = points([5_310_000], group="Deployable days") + points([312_000], group="Days lost")
    own = (OfGroup("Days lost", (TargetLine(280_800, "at most 280,800", better="down"),)),)
    data = measure(title="Availability", unit_label="days", decimals=0, points=found, targets=(), own=own, alike=False)
    finding = groups_chart(data).finding
    assert "apart" not in finding
    assert "highest" not in finding
    assert "Days lost 312,000, the target is at most 280,800, 31,200 days away" in finding


def test_a_gap_that_rounds_to_nothing_is_not_called_nothing():
    assert "less than 0.1 points" in gap_chart(gap((1.9, 1.94), (1.8, 1.9), limit=None)).finding
