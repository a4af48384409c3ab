"""Figures to draw in the tests of charts."""

import datetime as dt

from kit.charts import Break, ChartPoint, GapData, TargetLine, TrendData, gap_chart, groups_chart, sparkline_chart
from kit.charts import trend_chart as trend
from kit.periods import next_period, period_holding

YEAR_END = dt.date(2022, 3, 31)
SECRET = 7.654321  # a small number that nobody may see


def points(values, group="", statuses=None, cycle="quarterly"):
    """One point a period from April 2020. `statuses` by place; the rest are actual."""
    period, out = period_holding(dt.date(2020, 4, 1), cycle), []
    for place, value in enumerate(values):
        status = (statuses or {}).get(place, "actual")
        out.append(ChartPoint(period.label, period.starts, period.ends, value, status, group))
        period = next_period(period, cycle)
    return tuple(out)


def measure(values=(11.2, 11.0, 11.9, 12.1, 12.6, 13.0, 13.4), statuses=None, **other):
    given = {
        "title": "Hate crime detections",
        "unit_label": "%",
        "decimals": 1,
        "better": "up",
        "targets": (TargetLine(15, by=YEAR_END),),
        "points": points(values, statuses=statuses),
    }
    return TrendData(**{**given, **other})


def full(**other):
    """Everything that a trend can show at once."""
    return measure(
        statuses={5: "provisional", 6: "estimated"},
        baseline=10.9,
        trajectory=((dt.date(2020, 4, 1), 10.9), (YEAR_END, 15)),
        breaks=(Break(dt.date(2021, 4, 1), "New recording rules"),),
        **other,
    )


def grouped(names=("Asian", "Black", "White"), **other):
    found = sum((points([5 + n, 6 + n, 7 - n, 8 + n], group=name) for n, name in enumerate(names)), ())
    return measure(title="Share promoted", points=found, **other)


def hidden():
    """A group whose second quarter must not be known."""
    own = points([5.5, SECRET, 6.5, 6.0], group="Small group", statuses={1: "suppressed"})
    return measure(title="Share promoted", points=own + points([8.0, 8.1, 8.2, 8.3], group="Large group"))


def gap(own=(58, 59, 61, 63.3), other=(66, 66.5, 67, 67.4), statuses=None, **more):
    found = points(own, group="Women", statuses=statuses) + points(other, group="Men")
    given = {"title": "Confidence gap", "group": "Women", "reference": "Men", "decimals": 1, "limit": 5, "by": YEAR_END}
    return GapData(points=found, **{**given, **more})


def kinds():
    """Every kind of chart, by name."""
    return {
        "trend": trend(full()),
        "trend of groups": trend(grouped()),
        "trend without figures": trend(measure(())),
        "one point": trend(measure((43,))),
        "groups": groups_chart(grouped()),
        "six groups": groups_chart(grouped(("A", "B", "C", "D", "E", "F"), breaks=(Break(dt.date(2020, 10, 1), ""),))),
        "groups without figures": groups_chart(measure(())),
        "gap": gap_chart(gap()),
        "gap over zero": gap_chart(gap((67, 66, 68, 67))),
        "gap without figures": gap_chart(gap((), ())),
        "sparkline": sparkline_chart(full()),
        "sparkline without figures": sparkline_chart(measure(())),
    }
