"""From a measure's figures to its charts. A hidden figure loses its value here, before anything draws or tells it."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from commitments.facts import facts_of_target
from commitments.models import Target
from commitments.suppression import WHOLE
from commitments.targets import Better, parse, wording
from commitments.targets.baselines import start_of, window_for
from commitments.targets.kinds.change_from_baseline import ChangeFromBaseline
from commitments.targets.kinds.gap_at_most import GapAtMost
from commitments.targets.kinds.gap_change import GapChange
from commitments.targets.kinds.group_at_least_as_good import GroupAtLeastAsGood
from commitments.targets.kinds.phrases import changed, goes_up
from commitments.targets.kinds.reach_level import ReachLevel
from commitments.targets.params import Baseline
from commitments.targets.series import NEWEST
from commitments.targets.trajectory import Start
from commitments.targets.verdicts import Bar
from kit.charts import (
    Break,
    Chart,
    ChartPoint,
    GapData,
    TargetLine,
    TrendData,
    gap_chart,
    groups_chart,
    sparkline_chart,
    trend_chart,
)
from kit.periods import next_period, period_holding
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
        book.measure.title, _unit(book), book.measure.decimals, tuple(found[-SPARK:]), breaks=_breaks(book, on)
    )
    return sparkline_chart(data)


def trend(book: OpenBook, on: dt.date) -> Chart:
    """The whole over time against what was promised of it."""
    baseline, path = None, ()
    lines, starts = _promises(book, on)
    if len(starts) == 1:
        (start, bar, target), *_ = starts
        baseline = float(start.value)
        path = _path(start, bar, target)
    data = TrendData(
        title=book.measure.title,
        unit_label=_unit(book),
        decimals=book.measure.decimals,
        points=tuple(_points(book, on, [WHOLE])),
        baseline=baseline,
        baseline_label="Baseline",
        targets=tuple(lines),
        trajectory=path,
        breaks=_breaks(book, on),
        better=BETTER[book.facts.better],
        subtitle=_subtitle(book),
    )
    return trend_chart(data)


def by_group(book: OpenBook, on: dt.date) -> Chart:
    """A small plot for each group that has figures."""
    codes = groups_with_figures(book, on)
    data = TrendData(
        title=book.measure.title,
        unit_label=_unit(book),
        decimals=book.measure.decimals,
        points=tuple(_points(book, on, codes)),
        targets=tuple(_levels_of_groups(book)),
        breaks=_breaks(book, on),
        better=BETTER[book.facts.better],
        subtitle=_subtitle(book, f"by {book.measure.dimension.title.lower()}"),
    )
    return groups_chart(data)


def gap(book: OpenBook, on: dt.date) -> Chart | None:
    """Two groups, where a target is about how far they are apart: of several groups the one that is farthest."""
    for target in book.targets:
        reading = _reading(target)
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


def _point(book: OpenBook, period, code: str, row) -> ChartPoint:
    name = wording.name(book.facts, code) if code else ""
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


# What was promised


def _reading(target: Target):
    try:
        return parse(target.kind, target.params) if target.kind else None
    except ValueError:
        return None


def _promises(book: OpenBook, on: dt.date) -> tuple[list[TargetLine], list[tuple[Start, Bar, Target]]]:
    """Levels promised of the whole that compare with single figures, and the baselines that they start from."""
    lines, starts = [], []
    if WHOLE in book.hidden:
        return lines, starts  # a baseline and what follows from it would tell of hidden figures
    point = book.series.newest(WHOLE, on)
    for target in book.targets:
        reading, bar, start = _reading(target), None, None
        if isinstance(reading, ReachLevel) and WHOLE in reading.groups.codes and reading.window == NEWEST:
            bar = reading.bar
            baseline = reading.baseline or (Baseline(first=True) if target.trajectory != "none" else None)
            start = point and start_of(baseline, facts_of_target(target), book.series, WHOLE, NEWEST, point)
        elif isinstance(reading, ChangeFromBaseline) and WHOLE in reading.groups.codes:
            window = window_for(reading.window, reading.baseline, book.facts)
            if point is not None and (window == NEWEST or book.facts.over_time == "latest"):
                start = start_of(reading.baseline, facts_of_target(target), book.series, WHOLE, window, point)
            if start is not None:
                bar = changed(start.value, goes_up(reading.direction, book.facts), reading.by_amount, reading.by_share)
        if bar is None:
            continue
        asked = wording.asked(book.facts, bar)
        lines += [
            TargetLine(float(level), asked, target.due_on, target.starts)
            for level in (bar.low, bar.high)
            if level is not None
        ]
        if start is not None:
            starts.append((start, bar, target))
    return lines, starts


def _path(start: Start, bar: Bar, target: Target) -> tuple[tuple[dt.date, float], ...]:
    """The straight way from a baseline to one level by a day."""
    level = bar.low if bar.high is None else bar.high if bar.low is None else None
    if target.trajectory != "straight" or start.on is None or target.due_on is None or level is None:
        return ()
    return ((start.on, float(start.value)), (target.due_on, float(level))) if start.on < target.due_on else ()


def _levels_of_groups(book: OpenBook) -> list[TargetLine]:
    """Levels that are asked of groups, not of the whole alone."""
    lines = []
    for target in book.targets:
        reading = _reading(target)
        if isinstance(reading, ReachLevel) and not reading.groups.is_whole and reading.window == NEWEST:
            asked = wording.asked(book.facts, reading.bar)
            levels = [level for level in (reading.bar.low, reading.bar.high) if level is not None]
            lines += [TargetLine(float(level), asked, target.due_on, target.starts) for level in levels]
    return lines


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
        title=f"Gap in {_lower(book.measure.title)}",
        group=named[group],
        reference=named[than],
        points=tuple(points),
        unit_label=_unit(book),
        decimals=book.measure.decimals,
        limit=limit,
        by=target.due_on,
        breaks=_breaks(book, on),
        subtitle=_subtitle(book),
    )
    return gap_chart(data)


def _lower(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
