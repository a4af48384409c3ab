"""What is in the pictures, what is never in them, and how soon they are drawn."""

import dataclasses
import datetime as dt
import json
import re
import time
from xml.etree import ElementTree

import pytest

from kit.charts import Break, ChartPoint, OfGroup, TargetLine, groups_chart, labels, render, svg, trend_chart
from kit.charts import gap_chart as draw_gap
from kit.charts.layers import COLOURS, DASHED, DOTTED, FAINT

from .examples import SECRET, YEAR_END, full, gap, grouped, hidden, kinds, measure, points

HOSTILE = """</text><script>alert(1)</script>"&'<image href="http://evil.example/x" onload="x()"/>\x00\x0b"""


def parsed(drawn):
    return ElementTree.fromstring(drawn)  # noqa: S314 - we drew it ourselves


def layers(spec):
    return spec["layer"]


def marks(spec, **wanted):
    """The rows of every layer whose mark has these properties."""
    found = [layer for layer in layers(spec) if all(layer["mark"].get(key) == value for key, value in wanted.items())]
    return [row for layer in found for row in layer["data"]["values"]]


def texts(spec):
    return {" ".join(t) if isinstance(t, list) else t for t in (row["text"] for row in marks(spec, type="text"))}


@pytest.mark.parametrize("name", kinds())
def test_every_kind_is_drawn_at_its_size(name):
    chart = kinds()[name]
    for spec in (chart.spec, chart.narrow):
        root = parsed(svg(spec))
        width, height = float(root.get("width")), float(root.get("height"))
        padding = spec["padding"]
        assert width == pytest.approx(spec["width"] + padding["left"] + padding["right"], abs=1)
        assert height == pytest.approx(spec["height"] + padding["top"] + padding["bottom"], abs=1)
    if "sparkline" not in name:
        assert chart.spec["background"] == "white"


@pytest.mark.parametrize("name", kinds())
def test_the_same_spec_gives_the_same_bytes(name):
    spec = kinds()[name].spec
    first = render.draw(spec)
    render.draw(trend_chart(measure((1, 2, 3))).spec)
    assert render.draw(spec) == first


@pytest.mark.parametrize("name", kinds())
def test_a_picture_is_small_and_fetches_nothing(name):
    drawn = svg(kinds()[name].spec)
    root = parsed(drawn)
    assert len(drawn) < 120_000
    for element in root.iter():
        assert element.tag.rpartition("}")[2] in {"svg", "g", "path", "rect", "line", "text", "tspan", "style"}
        assert not [key for key in element.attrib if key.lower().startswith("on") or "href" in key.lower()]
    links = drawn.decode().replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
    assert "http" not in links
    assert links.count("url(") == links.count('url("data:font/woff2')


def test_a_trend_shows_baseline_target_path_and_break():
    spec = trend_chart(full()).spec
    assert [row["y"] for row in marks(spec, type="rule", strokeDash=DOTTED)] == [10.9]
    assert [row["y"] for row in marks(spec, type="rule", strokeDash=DASHED)] == [15]
    assert [row["y"] for row in marks(spec, type="point", shape="diamond")] == [15]
    assert {"Target: at least 15% by 31 March 2022", "Baseline 10.9%", "New recording rules", "Per cent"} <= texts(spec)
    assert [row["x"] for row in marks(spec, type="rule") if row.get("y2") is not None] == [
        # Half way between the last point before it and the first one after.
        (dt.date(2021, 3, 31).toordinal() + dt.date(2021, 6, 30).toordinal()) / 2
    ]


def test_points_that_are_not_final_are_hollow():
    spec = trend_chart(full()).spec
    hollow = marks(spec, type="point", shape="circle", fill="#ffffff")
    assert [row["y"] for row in hollow] == [13.0, 13.4]
    assert len(marks(spec, type="point", shape="circle", fill=COLOURS[0])) == 5


def test_a_line_is_not_drawn_over_a_hole_or_a_break():
    holed = trend_chart(measure((1, 2, None, 4, 5), breaks=(Break(dt.date(2021, 4, 1), ""),))).spec
    runs = [row["run"] for row in marks(holed, type="line")]
    assert len(set(runs)) == 3
    assert runs[0] == runs[1]


def test_groups_have_the_four_colours_in_order_and_a_trend_has_no_more():
    spec = trend_chart(grouped(("A", "B", "C", "D"))).spec
    used = [layer["mark"]["color"] for layer in layers(spec) if layer["mark"]["type"] == "line"]
    assert used == list(COLOURS)
    with pytest.raises(ValueError, match="four groups"):
        trend_chart(grouped(("A", "B", "C", "D", "E")))


def test_small_multiples_share_their_axes():
    data = measure(points=points([5, 6], group="A") + points([5, 6], group="B"), targets=())
    spec = groups_chart(data).spec
    lines = [[row["y"] for row in marks(spec, type="line", color=colour)] for colour in COLOURS[:2]]
    assert lines[0] == lines[1]
    ticks = [row["text"] for row in marks(spec, type="text", align="right") if row["text"] in ("0", "2", "4", "6")]
    assert ticks == ["0", "2", "4", "6"] * 2


def test_more_than_four_groups_are_not_told_apart_by_colour():
    spec = groups_chart(grouped(("A", "B", "C", "D", "E"))).spec
    assert {layer["mark"]["color"] for layer in layers(spec) if layer["mark"]["type"] == "line"} == {COLOURS[0], FAINT}


def test_the_axis_starts_at_zero_unless_all_values_are_far_from_it():
    low = lambda chart: chart.spec["layer"][0]["encoding"]["y"]["scale"]["domain"][0]  # noqa: E731
    assert low(trend_chart(measure())) == 0
    far = trend_chart(measure((81.2, 82, 84.5), targets=(TargetLine(85),)))
    assert low(far) > 0
    assert "not at zero" in " ".join(far.notes)
    assert low(trend_chart(measure((0.2, 0.2), targets=()))) == 0


def test_a_gap_has_its_limit_on_the_side_where_it_is():
    below = draw_gap(gap()).spec
    assert [row["y"] for row in marks(below, type="rule", strokeDash=DASHED)] == [-5]
    both = draw_gap(gap((67, 66, 68, 67))).spec
    assert sorted(row["y"] for row in marks(both, type="rule", strokeDash=DASHED)) == [-5, 5]
    assert [row["y"] for row in marks(below, type="line")] == [-8, -7.5, -6, pytest.approx(-4.1)]


# What is hidden


def test_a_hidden_point_loses_its_value_at_the_door():
    assert points([SECRET], statuses={0: "suppressed"})[0].value is None
    with pytest.raises(ValueError, match="not a status"):
        ChartPoint("Q1", dt.date(2020, 4, 1), dt.date(2020, 6, 30), 1, "secret")


def test_a_hidden_value_cannot_be_recovered_from_anything_that_goes_out():
    data = hidden()
    charts = [trend_chart(data), groups_chart(data)]
    without = measure(
        title="Share promoted",
        points=points([5.5, None, 6.5, 6.0], group="Small group") + points([8.0, 8.1, 8.2, 8.3], group="Large group"),
    )
    # The picture is the same, to the byte, as one of figures that nobody ever had.
    assert trend_chart(without).spec == charts[0].spec
    assert groups_chart(without).narrow == charts[1].narrow
    for chart in charts[:2]:
        out = json.dumps([chart.spec, chart.narrow, chart.rows, chart.headline, chart.finding, chart.notes])
        out += svg(chart.spec).decode() + repr(chart.records)
        assert not re.search(r"(?<![\d.])7\.6", out)  # a place in pixels may end in these digits
        assert str(SECRET) not in out


def test_an_older_figure_is_never_shown_as_the_latest():
    small = points([5, 6], group="Small", statuses={1: "suppressed"})
    data = measure(points=small + points([7, 8], group="Large"), targets=())
    assert {"Small 5.0% in Q1 2020-21", "Large 8.0%"} <= texts(trend_chart(data).spec)
    assert {"[c]", "8.0%"} <= texts(groups_chart(data).spec)
    assert "5.0%" not in texts(groups_chart(data).spec)


def test_a_hidden_group_hides_the_gap():
    own = points([58, SECRET, 61], group="Women", statuses={1: "suppressed"})
    chart = draw_gap(with_women(own))
    out = json.dumps([chart.spec, chart.narrow, chart.rows]) + repr(chart.records)
    assert str(round(SECRET - 66.5, 3)) not in out
    assert "58.8" not in out
    assert chart.rows[1] == ("Q2 2020-21", "[c]", "66.5%", "[c]")


def with_women(own):
    return dataclasses.replace(gap(), points=own + points([66, 66.5, 67], group="Men"))


def test_words_cannot_become_markup():
    data = full(title=HOSTILE, baseline_label=HOSTILE, subtitle=HOSTILE)
    named = tuple(ChartPoint(HOSTILE, p.starts, p.ends, p.value, p.status, HOSTILE) for p in data.points)
    evil = dataclasses.replace(
        data,
        unit_label=HOSTILE,
        points=named,
        targets=(TargetLine(15, HOSTILE),),
        breaks=(Break(dt.date(2021, 4, 1), HOSTILE),),
    )
    for chart in (trend_chart(evil), groups_chart(evil)):
        for spec in (chart.spec, chart.narrow):
            root = parsed(svg(spec))
            tags = {element.tag.rpartition("}")[2] for element in root.iter()}
            assert not tags & {"script", "image", "a", "foreignObject", "use"}


def test_letters_of_other_alphabets_bring_their_face():
    assert b"unicode-range" in svg(trend_chart(measure(baseline=3, baseline_label="Tŷ")).spec)
    assert b"unicode-range" not in svg(trend_chart(measure(baseline=3, baseline_label="Café – £5 − x")).spec)


def test_after_the_first_a_chart_takes_a_moment():
    """The promise is under 100 ms. Counted in processor time, because tests share a busy machine."""
    charts = kinds()
    render.draw(charts["trend"].spec)
    for name, chart in charts.items():
        taken = []
        for _ in range(3):
            start = time.process_time()
            render.draw(chart.spec)
            taken.append(time.process_time() - start)
        print(f"{name}: {min(taken) * 1000:.0f} ms")
        assert min(taken) < 0.5


# Where things stand


def test_a_figure_stands_at_the_end_of_its_period_where_the_path_is_judged():
    """A figure below what the path expects of its period's last day is drawn below the path."""
    path = ((dt.date(2020, 3, 31), 27.1), (YEAR_END, 30))
    spec = trend_chart(
        measure((27.5, 27.9, 28, 28.2, 28.5), trajectory=path, targets=(TargetLine(30, by=YEAR_END),))
    ).spec
    places = [row["x"] for row in marks(spec, type="point", shape="circle")]
    assert places[:2] == [dt.date(2020, 6, 30).toordinal(), dt.date(2020, 9, 30).toordinal()]
    assert marks(spec, type="point", shape="diamond") == [{"x": YEAR_END.toordinal(), "y": 30}]
    way = [(row["x"], row["y"]) for row in marks(spec, type="line", strokeWidth=1.25)]
    (x1, y1), (x2, y2) = way[0], way[-1]
    expected = 27.1 + 2.9 * (places[1] - path[0][0].toordinal()) / (YEAR_END - path[0][0]).days
    assert y1 + (y2 - y1) * (places[1] - x1) / (x2 - x1) == pytest.approx(expected)


def test_a_target_that_applies_later_has_its_line_from_its_first_day():
    starts = dt.date(2021, 4, 1)
    spec = trend_chart(measure((30, 40, 40, 41), targets=(TargetLine(50, starts=starts),))).spec
    (line,) = marks(spec, type="rule", strokeDash=DASHED)
    assert line["x"] == starts.toordinal()
    assert line["x2"] > line["x"]


def test_the_picture_of_shy_figures_is_drawn_from_what_is_written():
    shown = trend_chart(measure((100 / 7, 100 / 6), rounded=True, targets=())).spec
    assert [row["y"] for row in marks(shown, type="point", shape="circle")] == [14.3, 16.7]
    apart = dataclasses.replace(gap((100 / 7,), (100 / 6,)), rounded=True)
    assert [row["y"] for row in marks(draw_gap(apart).spec, type="point", shape="circle")] == [-2.4]


def test_groups_with_targets_of_their_own_have_only_their_own_lines():
    own = (OfGroup("A", (TargetLine(16, "at least 16%"),)), OfGroup("B", (TargetLine(4, "at least 4%"),)))
    data = measure(points=points([15, 15], group="A") + points([3, 3], group="B"), targets=(), own=own)
    spec = groups_chart(data).spec
    assert len(marks(spec, type="rule", strokeDash=DASHED)) == 2
    assert {"target at least 16%", "target at least 4%"} <= texts(spec)


def test_figures_of_different_kinds_have_scales_of_their_own():
    found = points([5_310_000], group="A") + points([34], group="B")
    spec = groups_chart(measure(points=found, targets=(), decimals=0, alike=False)).spec
    assert {"4,000,000", "30"} <= texts(spec)  # 34 is not drawn as nothing beside five million


def test_the_latest_figure_stays_inside_a_narrow_plot():
    data = measure(range(1600, 1674, 8), unit_label="victims", decimals=0, targets=(TargetLine(1786),), baseline=1880)
    spec = trend_chart(data).narrow
    row = next(row for row in marks(spec, type="text", fontWeight=600) if row["text"] == ["1,672"])
    low, high = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert (row["x"] - low) / (high - low) * spec["width"] + labels.width("1,672", 13) / 2 <= spec["width"] + 6


def test_a_count_that_starts_again_is_not_joined_over_the_start():
    spec = trend_chart(measure((3, 6, 9, 12, 3), restarts=(dt.date(2021, 4, 1),), targets=())).spec
    runs = [row["run"] for row in marks(spec, type="line")]
    assert len(set(runs[:4])) == 1
    assert runs[4] != runs[3]
