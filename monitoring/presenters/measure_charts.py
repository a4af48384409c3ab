"""From a measure's figures to its charts. A hidden figure loses its value here, before anything draws or tells it."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from commitments.models import Target
from commitments.suppression import WHOLE
from commitments.targets import Better, wording
from commitments.targets.kinds.gap_at_most import GapAtMost
from commitments.targets.kinds.gap_change import GapChange
from commitments.targets.kinds.group_at_least_as_good import GroupAtLeastAsGood
from commitments.targets.series import NEWEST, ONE_DAY, window_start, year_start
from kit.charts import (
    Break,
    Chart,
    ChartPoint,
    GapData,
    OfGroup,
    TargetLine,
    TrendData,
    gap_chart,
    groups_chart,
    sparkline_chart,
    trend_chart,
)
from kit.periods import add_months, financial_year, next_period, period_holding
from monitoring.presenters import measure_promises as promises
from monitoring.queries.books import OpenBook
from monitoring.queries.disclosure import group_of

KINDS = ("trend", "groups", "gap", "sparkline")
BETTER = {Better.HIGHER: "up", Better.LOWER: "down", Better.RANGE: ""}
UNITS = {"share": "%", "days": "days", "points": "points"}
SPARK = 8  # as many periods as a line in a table shows


def at(chart: Chart, book: OpenBook, kind: str, query: str = "") -> Chart:
    """The chart with the addresses of its picture and file."""
    url = reverse("monitoring:measure_chart", args=[book.measure.code, kind])
    return chart.at(f"{url}?{query}" if query else url, f"?{query}{'&' if query else ''}download={kind}")


def named(book: OpenBook, on: dt.date, query: str = "") -> dict[str, Chart]:
    """Charts that have something to show, by kind, each with its addresses."""
    made = {
        "trend": trend(book, on),
        "groups": by_group(book, on) if groups_with_figures(book, on) else None,
        "gap": gap(book, on),
    }
    return {kind: at(chart, book, kind, query) for kind, chart in made.items() if chart is not None and not chart.empty}


def one(book: OpenBook, kind: str, on: dt.date) -> Chart | None:
    """A chart by its kind; none where the measure has nothing of the kind."""
    if kind == "sparkline":
        return spark(book, on)
    if kind == "trend":
        return trend(book, on)
    if kind == "groups":
        return by_group(book, on) if groups_with_figures(book, on) else None
    return gap(book, on)


def spark(book: OpenBook, on: dt.date) -> Chart:
    """The last figures of the whole as a line, for a cell."""
    found = whole_points(book, on)
    data = TrendData(
        book.measure.title,
        _unit(book),
        book.measure.decimals,
        tuple(found[-SPARK:]),
        breaks=_breaks(book, on),
        rounded=_is_shy(book),
    )
    return sparkline_chart(data)


def trend(book: OpenBook, on: dt.date) -> Chart:
    """The whole over time against what was promised of it: over twelve months where twelve months are judged."""
    months = promises.months_of(book)
    points, remarks = (_points(book, on, [WHOLE]) if months == NEWEST else _over_months(book, on, months)), []
    if months != NEWEST:
        remarks = [f"Each point adds up the {months} months that end with its period, as the target does."]
    if not points and months != NEWEST:
        points, months = _points(book, on, [WHOLE]), NEWEST
        remarks = ["The target is judged over a longer time, which the figures do not fill yet, so it has no line."]
    promised = promises.of_group(book, on, WHOLE, months)
    if not promised.targets and not remarks:
        remarks = [promises.why_none(book)]
    data = TrendData(
        title=book.measure.title,
        unit_label=_unit(book),
        decimals=book.measure.decimals,
        points=tuple(points),
        baseline=promised.baseline,
        baseline_label="Baseline",
        targets=promised.targets,
        trajectory=promised.path,
        breaks=_breaks(book, on),
        better=BETTER[book.facts.better],
        subtitle=_subtitle(book, "" if months == NEWEST else f"each over {months} months"),
        span="" if months == NEWEST else f"the {months} months to ",
        rounded=_is_shy(book),
        remarks=tuple(filter(None, remarks)),
    )
    return trend_chart(data)


def by_group(book: OpenBook, on: dt.date) -> Chart:
    """A small plot for each group that has figures."""
    codes = groups_with_figures(book, on)
    alike = promises.are_alike(book)
    data = TrendData(
        title=book.measure.title,
        unit_label=_unit(book),
        decimals=book.measure.decimals,
        points=tuple(_points(book, on, codes)),
        breaks=_breaks(book, on),
        better=BETTER[book.facts.better],
        subtitle=_subtitle(book, f"by {book.measure.dimension.title.lower()}"),
        alike=alike,
        rounded=_is_shy(book),
        remarks=() if alike else ("Each plot has its own scale, because the figures are not of one kind.",),
    )
    if promises.each_year(book) is not None:
        return groups_chart(_year_so_far(book, on, codes, data))
    return groups_chart(dataclasses.replace(data, **_of_groups(book, on, codes)))


def _of_groups(book: OpenBook, on: dt.date, codes: list[str]) -> dict:
    """What was promised of each group; of all together where it is the same level for every one."""
    found = {code: promises.of_group(book, on, code) for code in codes}
    units, levels = promises.units(book), {each.targets for each in found.values()}
    shared = levels.pop() if len(levels) == 1 and len(codes) > 1 else ()
    own = [
        OfGroup(
            wording.name(book.facts, code),
            () if shared else each.targets,
            each.baseline,
            each.path,
            units.get(code),
        )
        for code, each in found.items()
    ]
    return {"targets": shared, "own": tuple(own)}


def _year_so_far(book: OpenBook, on: dt.date, codes: list[str], data: TrendData) -> TrendData:
    """Each unit's count adding up over the financial year, against what is asked of a year."""
    target, reading = promises.each_year(book)
    points = [_so_far(book, point, code) for code in codes for point in _points(book, on, [code])]
    starts = sorted({point.starts for point in points})
    if not starts:
        return data
    ends = add_months(starts[-1], 12) - ONE_DAY
    before, level = starts[-1] - ONE_DAY, float(reading.at_least)
    asked = f"at least {wording.level(book.facts, reading.at_least)} in each financial year"
    year = financial_year(starts[-1])
    remark = f"Each point adds up the financial year so far, and starts again in April. The path is that of {year}."
    judged = {wording.name(book.facts, code) for code in reading.units.of(book.series)}
    every = all(point.group in judged for point in points)
    line = (TargetLine(level, asked, better="up"),)
    path = ((before, 0.0), (ends, level)) if target.trajectory == "straight" else ()
    return dataclasses.replace(
        data,
        points=tuple(points),
        targets=line if every else (),
        trajectory=path if every else (),
        own=() if every else tuple(OfGroup(name, line, trajectory=path) for name in judged),
        restarts=tuple(starts),
        span="the financial year to ",
        remarks=(*data.remarks, remark),
    )


def _so_far(book: OpenBook, point: ChartPoint, code: str) -> ChartPoint:
    """The year up to the end of a period. It hides where one of its figures does, and lacks where the period does."""
    starts = year_start(point.ends)
    if point.status == "suppressed" or _hides_within(book, code, starts, point.ends):
        return dataclasses.replace(point, starts=starts, value=None, status="suppressed")
    found = book.series.so_far(code, starts, point.ends) if point.value is not None else None
    if found is None:
        return dataclasses.replace(point, starts=starts, value=None, status="missing")
    return dataclasses.replace(point, starts=starts, value=found.value, status=found.status)


def gap(book: OpenBook, on: dt.date) -> Chart | None:
    """Two groups, where a target is about how far they are apart: of several groups the one that is farthest."""
    for target, reading in promises.readings(book):
        if isinstance(reading, GroupAtLeastAsGood):
            found, limit = _pairs(book, reading), None
        elif isinstance(reading, GapAtMost):
            found, limit = [(code, reading.than) for code in reading.groups.of(book.series)], float(reading.points)
        elif isinstance(reading, GapChange):
            found, limit = [(code, reading.than) for code in reading.groups.of(book.series)], None
        else:
            continue
        pairs = [pair for pair in found if pair[0] != pair[1]]
        if pairs:
            return _gap_of(book, on, target, max(pairs, key=lambda pair: _apart(book, on, *pair)), limit)
    return None


def groups_with_figures(book: OpenBook, on: dt.date) -> list[str]:
    """In the order of the breakdown."""
    there = {group_of(row) for row in book.observations if row.value is not None and row.period_ends <= on}
    return [code for code in book.facts.groups if code and code in there]


# Points


def whole_points(book: OpenBook, on: dt.date) -> list[ChartPoint]:
    """The whole, period by period, as it may be shown."""
    return _points(book, on, [WHOLE])


def known_points(book: OpenBook, on: dt.date) -> list[ChartPoint]:
    """Those of them that a line in a table shows."""
    return [point for point in whole_points(book, on)[-SPARK:] if point.value is not None]


def _points(book: OpenBook, on: dt.date, codes: Iterable[str]) -> list[ChartPoint]:
    """One point a period and group, from the first period with a figure to the last; without one, a hole."""
    rows = {(row.period_starts, group_of(row)): row for row in book.observations if row.period_ends <= on}
    ends = [row.period_ends for row in rows.values()]
    if not ends:
        return []
    period = period_holding(min(row.period_starts for row in rows.values()), book.measure.cadence)
    points = []
    while period.ends <= max(ends):
        points += [_point(book, period, code, rows.get((period.starts, code))) for code in codes]
        period = next_period(period, book.measure.cadence)
    return points


def _over_months(book: OpenBook, on: dt.date, months: int) -> list[ChartPoint]:
    """The whole over so many months that end with each period, from the first time that they are filled."""
    points = []
    for period in _points(book, on, [WHOLE]):
        starts = window_start(months, period.ends)
        found = book.series.over(WHOLE, starts, period.ends)
        if found is None and not points:
            continue
        if _hides_within(book, WHOLE, starts, period.ends):
            points.append(ChartPoint(period.period, starts, period.ends, None, "suppressed"))
        elif found is None:
            points.append(ChartPoint(period.period, starts, period.ends, None, "missing"))
        else:
            points.append(ChartPoint(period.period, starts, period.ends, found.value, found.status))
    return points


def _hides_within(book: OpenBook, code: str, starts: dt.date, ends: dt.date) -> bool:
    """Whether a figure of the group hides in a time: then a sum over that time must hide too."""
    rows = [row for row in book.history if starts <= row.period_starts and row.period_ends <= ends]
    if any(book.disclosure.hides(row) for row in rows if group_of(row) == code):
        return True
    return code == WHOLE and any(book.disclosure.hides_whole(row.period_starts, row.period_ends) for row in rows)


def _name(book: OpenBook, code: str) -> str:
    return wording.name(book.facts, code) if code else ""


def _is_shy(book: OpenBook) -> bool:
    """Whether small numbers hide: then no picture holds more of a figure than the page says."""
    return book.measure.small_number_threshold is not None


def _point(book: OpenBook, period, code: str, row) -> ChartPoint:
    name = _name(book, code)
    if row is not None:
        if book.disclosure.hides(row):
            return ChartPoint(period.label, period.starts, period.ends, None, "suppressed", name)
        return ChartPoint(period.label, period.starts, period.ends, row.value, row.status, name)
    whole = book.series.over(WHOLE, period.starts, period.ends) if code == WHOLE else None
    if whole is None:
        return ChartPoint(period.label, period.starts, period.ends, None, "missing", name)
    status = "suppressed" if book.disclosure.hides_whole(period.starts, period.ends) else whole.status
    return ChartPoint(period.label, period.starts, period.ends, whole.value, status, name)


def _breaks(book: OpenBook, on: dt.date) -> tuple[Break, ...]:
    """Where the definition changed."""
    versions = [version for version in book.measure.versions.all() if version.applies_from]
    return tuple(Break(each.applies_from, f"definition {each.number}") for each in versions if each.applies_from <= on)


def _unit(book: OpenBook) -> str:
    measure = book.measure
    return UNITS["share"] if measure.unit_kind == "share" else measure.unit or UNITS.get(measure.unit_kind, "")


def _subtitle(book: OpenBook, more: str = "") -> str:
    cadence = book.measure.get_cadence_display()
    return ", ".join(filter(None, [cadence, more, book.measure.source]))


# Gaps


def _pairs(book: OpenBook, reading: GroupAtLeastAsGood) -> list[tuple[str, str]]:
    """The groups that are compared, with whom they are."""
    codes = reading.groups.of(book.series)
    return [(code, reading.than) for code in codes if reading.than is not None]


def _apart(book: OpenBook, on: dt.date, group: str, than: str) -> float:
    """How far two groups are apart where both are shown; less than nothing where they are not."""
    if {group, than} & book.hidden:
        return -1
    own, other = book.series.newest(group, on), book.series.newest(than, on)
    return -1 if own is None or other is None else float(abs(own.value - other.value))


def _gap_of(book: OpenBook, on: dt.date, target: Target, pair: tuple[str, str], limit: float | None) -> Chart:
    group, than = pair
    # The chart tells groups apart by their names, and the whole has one too.
    named = {code: wording.capital(wording.name(book.facts, code)) for code in pair}
    points = []
    for code in pair:
        points += [
            ChartPoint(each.period, each.starts, each.ends, each.value, each.status, named[code])
            for each in _points(book, on, [code])
        ]
    data = GapData(
        title=f"Gap in “{book.measure.title}”",
        group=named[group],
        reference=named[than],
        points=tuple(points),
        unit_label=_unit(book),
        decimals=book.measure.decimals,
        limit=limit,
        by=target.due_on,
        breaks=_breaks(book, on),
        subtitle=_subtitle(book),
        rounded=_is_shy(book),
    )
    return gap_chart(data)
