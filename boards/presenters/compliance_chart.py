"""Whether promises were kept, over the years, as a chart."""

from collections.abc import Mapping

from boards.compliance import Record, Year
from kit import clock
from kit.charts import Chart, ChartPoint, TrendData, trend_chart

# A plot holds four lines, and these are the promises that are counted at each meeting.
SHOWN = {
    "quorate_meetings": "Meetings quorate",
    "papers": "Papers in time",
    "actions": "Actions in time",
    "minutes": "Minutes in time",
}
MOST = 10


def chart(records: Mapping[Year, Record]) -> Chart:
    """The shares kept in each of the last ten years. A year with nothing to count is a hole, never all or nothing."""
    years = sorted(records)[-MOST:]
    points = tuple(
        _point(records[year], year, key, name)
        for key, name in SHOWN.items()
        for year in years
        if any(record.figures[key].of for record in records.values())
    )
    data = TrendData("Promises kept", "%", 0, points, better="up", subtitle="Share of meetings, by financial year")
    return trend_chart(data)


def _point(record: Record, year: Year, key: str, name: str) -> ChartPoint:
    status = "provisional" if year.ends >= clock.today() else "actual"
    return ChartPoint(year.label, year.starts, year.ends, record.figures[key].share, status, name)
