"""Charts: one description of the figures gives the picture, the sentence, the table and the file.

    chart = trend_chart(TrendData(...)).at(src=reverse(...), csv_url=reverse(...))

A page shows it with {% load charts %}{% chart chart %}; a view answers `src` with `chart_response(request, chart)` and
`csv_url` with `csv_response(chart)`; a pack takes `svg(chart.spec)`, which are the same bytes.
"""

from .build import gap_chart, groups_chart, sparkline_chart, trend_chart
from .render import digest, svg
from .response import chart_response, csv_response, svg_response
from .types import Break, Chart, ChartPoint, GapData, OfGroup, TargetLine, TrendData

__all__ = [
    "Break",
    "Chart",
    "ChartPoint",
    "GapData",
    "OfGroup",
    "TargetLine",
    "TrendData",
    "chart_response",
    "csv_response",
    "digest",
    "gap_chart",
    "groups_chart",
    "sparkline_chart",
    "svg",
    "svg_response",
    "trend_chart",
]
