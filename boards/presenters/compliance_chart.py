"""Whether promises were kept, over the years, as a chart."""

from collections.abc import Mapping

from boards.compliance import Record, Year
from kit import clock
from kit.charts import Chart, ChartPoint, TrendData, groups_chart

# The promises that are counted at each meeting. Each has its own plot: at the same share they would hide one another.
SHOWN = {
    "quorate_meetings": "Meetings quorate",
    "papers": "Papers in time",
    "actions": "Actions in time",
    "minutes": "Minutes in time",
}
MOST = 10


def chart(records: Mapping[Year, Record]) -> Chart:
    """The shares kept in each of the last ten years, from the first that has any.

    A later year with nothing to count is a hole, never all or nothing.
    """
    years = sorted(records)[-MOST:]
    while years and not any(records[years[0]].figures[key].of for key in SHOWN):
        years = years[1:]
    points = tuple(
        _point(records[year], year, key, name)
        for key, name in SHOWN.items()
        for year in years
        if any(record.figures[key].of for record in records.values())
    )
    data = TrendData("Promises kept", "%", 0, points, better="up", subtitle="Share of meetings, by financial year")
    return groups_chart(data)


def _point(record: Record, year: Year, key: str, name: str) -> ChartPoint:
    status = "provisional" if year.ends >= clock.today() else "actual"
    return ChartPoint(year.label, year.starts, year.ends, record.figures[key].share, status, name)
