"""What the charts of a measure draw of its promises: over the time that is judged, each group its own."""

import datetime as dt
from decimal import Decimal

import pytest

from commitments.models import Measure
from monitoring.presenters import measure_charts, measure_promises, measures
from monitoring.queries.books import book_of, with_record
from tests.factories.commitments import DimensionFactory, GroupFactory, MeasureFactory, ShareFactory, TargetFactory
from tests.factories.monitoring import ObservationFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)
QUARTERS = [dt.date(year, month, 1) for year in (2020, 2021) for month in (4, 7, 10, 1)]
QUARTERS = [day if day.month > 1 else day.replace(year=day.year + 1) for day in QUARTERS]
YEAR = {"period": ["2020-04-01", "2021-03-31"]}


def opened(measure):
    return book_of(with_record(Measure.objects.filter(pk=measure.pk)).get())


def recorded(measure, values, group=None, **more):
    for about, value in zip(QUARTERS, values, strict=False):
        counted = {"numerator": value, **more} if "denominator" in more else more
        ObservationFactory(measure=measure, about=about, group=group, value=Decimal(str(value)), **counted)


def asked(measure, kind, params, **more):
    given = {"code": f"{measure.code}-{kind}", "wording": "As published", "trajectory": "none", "tolerance": 1}
    return TargetFactory(measure=measure, kind=kind, params=params, **given | more)


def groups_of(title, *codes):
    dimension = DimensionFactory(code=title.lower(), title=title)
    return dimension, [GroupFactory(dimension=dimension, code=c, title=c, order=n) for n, c in enumerate(codes)]


def rules(chart, dash):
    found = [layer for layer in chart.spec["layer"] if layer["mark"].get("strokeDash") == dash]
    return [row["y"] for layer in found for row in layer["data"]["values"]]


def test_a_year_s_sum_is_drawn_as_a_year_s_sum():
    measure = MeasureFactory(code="victims", title="Victims", unit="", over_time="sum", better="lower", decimals=0)
    asked(measure, "change_from_baseline", {"baseline": YEAR, "direction": "decrease", "window": 12})
    recorded(measure, (40, 38, 36, 35, 30, 33, 36))
    chart = measure_charts.trend(opened(measure), TODAY)
    assert chart.headline == "Victims fell to 134 in the 12 months to Q3 2021-22"
    assert [row[1] for row in chart.rows] == ["149", "139", "134", "134"]
    assert rules(chart, [6, 4]) == [149]
    assert rules(chart, [1.5, 3.5]) == [149]


def test_a_year_s_sum_hides_where_a_figure_in_it_does():
    measure = MeasureFactory(
        code="victims", title="Victims", unit="", over_time="sum", better="lower", small_number_threshold=5
    )
    asked(measure, "change_from_baseline", {"baseline": YEAR, "direction": "decrease", "window": 12})
    recorded(measure, (40, 2, 36, 35, 30, 33, 36))
    chart = measure_charts.trend(opened(measure), TODAY)
    assert [row[1] for row in chart.rows] == ["[c]", "[c]", "134", "134"]
    assert rules(chart, [6, 4]) == []


def test_so_many_a_year_is_drawn_on_the_year_so_far():
    dimension, (north, south) = groups_of("Area", "north", "south")
    measure = MeasureFactory(
        code="held", title="Held", unit="", over_time="sum", over_groups="sum", dimension=dimension, decimals=0
    )
    asked(measure, "per_unit_per_year", {"at_least": 12, "groups": "every"}, trajectory="straight")
    recorded(measure, (1, 2, 3, 4, 3, 4, 4), group=north)
    recorded(measure, (3, 3, 3, 3, 0, 3, 4), group=south)
    chart = measure_charts.by_group(opened(measure), TODAY)
    assert [row[1:] for row in chart.rows] == [
        *(("1", "3"), ("3", "6"), ("6", "9"), ("10", "12")),
        *(("3", "0"), ("7", "3"), ("11", "7")),
    ]
    assert len(rules(chart, [6, 4])) == 2
    assert any("path" in note for note in chart.notes)


def test_all_of_so_many_is_a_line_at_so_many():
    measure = MeasureFactory(code="wards", title="Wards", unit="wards", over_time="latest", decimals=0)
    asked(measure, "full_coverage", {}, due_on=dt.date(2022, 3, 31), trajectory="straight")
    recorded(measure, (100, 200, 300, 400, 450, 500, 551), denominator=629)
    book = opened(measure)
    (line,) = measure_promises.of_group(book, TODAY, "").targets
    assert (line.value, line.label) == (629, "all 629 wards")
    assert measure_promises.of_group(book, TODAY, "").path == ((dt.date(2020, 6, 30), 100), (dt.date(2022, 3, 31), 629))


def test_conditions_that_are_promised_together_are_all_drawn():
    dimension, (north, south) = groups_of("Area", "north", "south")
    measure = MeasureFactory(
        code="signed", title="Signed", unit="", over_time="latest", over_groups="sum", dimension=dimension
    )
    each = {"kind": "reach_level", "params": {"at_least": 7, "groups": "every"}}
    asked(measure, "all_of", {"conditions": [each, {"kind": "reach_level", "params": {"at_least": 14}}]})
    for group in (north, south):
        recorded(measure, (1, 2), group=group)
    book = opened(measure)
    assert rules(measure_charts.trend(book, TODAY), [6, 4]) == [14]
    assert "the target is at least 7" in measure_charts.by_group(book, TODAY).finding


def test_a_chart_without_a_target_line_says_why():
    measure = ShareFactory(code="share", title="Share")
    asked(measure, "year_on_year", {"direction": "increase"})
    recorded(measure, (40, 41))
    notes = measure_charts.trend(opened(measure), TODAY).notes
    assert "Each figure is judged against the one of a year before, so there is no target line." in notes


def test_groups_that_go_different_ways_are_of_different_kinds():
    dimension, (present, absent) = groups_of("Days", "present", "absent")
    measure = MeasureFactory(code="days", title="Time", unit="days", over_time="latest", dimension=dimension)
    change = {"baseline": "first", "direction": "decrease", "group": "absent"}
    asked(measure, "change_from_baseline", change)
    recorded(measure, (5000, 5100), group=present)
    recorded(measure, (40, 34), group=absent)
    book = opened(measure)
    assert not measure_promises.are_alike(book)
    chart = measure_charts.by_group(book, TODAY)
    assert "apart" not in chart.finding
    assert any("own scale" in note for note in chart.notes)
    assert measures._better(book).endswith(", but lower for absent")


def test_one_unit_for_each_group_is_given_to_each():
    dimension, _ = groups_of("Divert", "again", "harm")
    measure = MeasureFactory(code="divert", title="Divert", unit="per cent; harm score", dimension=dimension)
    assert measure_promises.units(opened(measure)) == {"again": "per cent", "harm": "harm score"}


def test_the_picture_of_a_measure_with_a_threshold_holds_no_more_than_the_page_says():
    measure = ShareFactory(code="shy", title="Shy", small_number_threshold=5, decimals=1)
    recorded(measure, ("14.2857", "16.6667"))
    spec = measure_charts.trend(opened(measure), TODAY).spec
    dots = [layer for layer in spec["layer"] if layer["mark"].get("shape") == "circle"]
    assert [row["y"] for layer in dots for row in layer["data"]["values"]] == [14.3, 16.7]
