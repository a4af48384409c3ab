"""What was promised of a measure, as far as a chart can draw it: levels, baselines and the paths between them.

A group of which a figure hides keeps the levels that were stated; what follows from its figures is not drawn.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from commitments.facts import facts_of_target
from commitments.models import Target
from commitments.suppression import WHOLE
from commitments.targets import Better, parse, wording
from commitments.targets.baselines import start_of, window_for
from commitments.targets.kinds.all_of import AllOf
from commitments.targets.kinds.change_from_baseline import ChangeFromBaseline
from commitments.targets.kinds.full_coverage import FullCoverage
from commitments.targets.kinds.gap_at_most import GapAtMost
from commitments.targets.kinds.gap_change import GapChange
from commitments.targets.kinds.group_at_least_as_good import GroupAtLeastAsGood
from commitments.targets.kinds.per_unit_per_year import PerUnitPerYear
from commitments.targets.kinds.phrases import changed, goes_up
from commitments.targets.kinds.reach_level import ReachLevel
from commitments.targets.kinds.set_a_baseline import SetABaseline
from commitments.targets.kinds.year_on_year import YearOnYear
from commitments.targets.params import Baseline
from commitments.targets.series import HUNDRED, NEWEST, Window
from commitments.targets.trajectory import Start
from commitments.targets.types import Point
from commitments.targets.verdicts import Bar
from kit.charts import TargetLine
from monitoring.queries.books import OpenBook

GAPS = (GapAtMost, GapChange, GroupAtLeastAsGood)


@dataclass(frozen=True)
class Promised:
    """What is drawn of the promises made of one group, or of the whole."""

    targets: tuple[TargetLine, ...] = ()
    baseline: float | None = None
    path: tuple[tuple[dt.date, float], ...] = ()


@dataclass(frozen=True)
class _Line:
    """One promise as a condition on single figures; `start` where a baseline is known."""

    target: Target
    bar: Bar
    start: Start | None
    words: str
    stated: bool = True  # the level itself, and does not follow from figures


def readings(book: OpenBook) -> list[tuple[Target, object]]:
    """Each condition that a machine reads, with its target. Several that are promised together come one by one."""
    found: list[tuple[Target, object]] = []
    for target in book.targets:
        try:
            reading = parse(target.kind, target.params) if target.kind else None
        except ValueError:
            continue
        if isinstance(reading, AllOf):
            found += [(target, each) for _, each in reading.readings]
        elif reading is not None:
            found.append((target, reading))
    return found


def months_of(book: OpenBook) -> Window:
    """Over how many months the whole is judged, where that is one number for all its promises; else single figures."""
    windows = {_window(book, reading) for _, reading in readings(book) if _is_about(book, reading, WHOLE)}
    return windows.pop() if len(windows) == 1 and all(isinstance(each, int) for each in windows) else NEWEST


def of_group(book: OpenBook, on: dt.date, group: str, window: Window = NEWEST) -> Promised:
    """What was promised of a group that compares with its figures over the window."""
    lines = list(_lines(book, on, group, window))
    starts = [line for line in lines if line.start is not None]
    levels = [level for line in lines for level in _levels(book, line)]
    baselines = {line.start.value for line in starts}
    if len(baselines) != 1:
        return Promised(tuple(levels))
    paths = [path for line in starts if (path := _path(book, line))]
    return Promised(tuple(levels), _drawn(book, baselines.pop()), paths[0] if len(paths) == 1 else ())


def each_year(book: OpenBook) -> tuple[Target, PerUnitPerYear] | None:
    """The promise of so many in each unit each year, which is drawn on the year so far."""
    return next((pair for pair in readings(book) if isinstance(pair[1], PerUnitPerYear)), None)


def why_none(book: OpenBook) -> str:
    """Why the chart of the whole has no target line; nothing where nothing was promised."""
    known = [reading for _, reading in readings(book)]
    own = [reading for reading in known if _is_about(book, reading, WHOLE)]
    if not known:
        return ""
    if WHOLE in book.hidden and own:
        return "What was promised follows from figures that are hidden, so no target line is drawn."
    if any(isinstance(reading, YearOnYear) for reading in own):
        return "Each figure is judged against the one of a year before, so there is no target line."
    if any(isinstance(reading, ChangeFromBaseline) for reading in own):
        return "The figures for the baseline are not all recorded yet, so no target line is drawn."
    if own:
        return "The target is judged over a longer time than one period, so no target line is drawn."
    if any(isinstance(reading, GAPS) for reading in known):
        return "The target is about the gap between groups, so the whole has no target line."
    if any(isinstance(reading, SetABaseline) for reading in known):
        return "No level was promised yet: a baseline is to be set."
    return "The targets are for groups, so the whole has no target line."


def ways(book: OpenBook) -> dict[str, Better]:
    """Groups whose figures are promised to go the other way than the measure's."""
    found: dict[str, Better] = {}
    for _, reading in readings(book):
        if isinstance(reading, ChangeFromBaseline | YearOnYear) and reading.direction != "better":
            way = Better.HIGHER if goes_up(reading.direction, book.facts) else Better.LOWER
            found |= {code: way for code in reading.groups.codes if code and way is not book.facts.better}
    return found


def units(book: OpenBook) -> dict[str, str]:
    """What each group counts, where the measure names one unit for each: "per cent; harm score"."""
    named = [part.strip() for part in book.measure.unit.split(";")]
    codes = [code for code in book.facts.groups if code]
    return dict(zip(codes, named, strict=True)) if len(named) == len(codes) > 1 else {}


def are_alike(book: OpenBook) -> bool:
    """Whether the groups' figures are of one kind: one unit, and better the same way."""
    return not ways(book) and not units(book)


def _window(book: OpenBook, reading: object) -> Window:
    if book.facts.over_time == "latest":
        return NEWEST
    if isinstance(reading, ChangeFromBaseline):
        return window_for(reading.window, reading.baseline, book.facts)
    return getattr(reading, "window", NEWEST)


def _is_about(book: OpenBook, reading: object, group: str) -> bool:
    judged = isinstance(reading, ReachLevel | ChangeFromBaseline | FullCoverage | YearOnYear)
    return judged and group in reading.groups.of(book.series)


def _lines(book: OpenBook, on: dt.date, group: str, window: Window) -> Iterator[_Line]:
    for target, reading in readings(book):
        if not _is_about(book, reading, group) or _window(book, reading) != window:
            continue
        point = book.series.read(group, window, on) if group not in book.hidden else None
        if isinstance(reading, ReachLevel):
            start = _start(book, target, reading, group, window, point)
            yield _Line(target, reading.bar, start, wording.asked(book.facts, reading.bar))
        elif isinstance(reading, FullCoverage):
            yield from _covered(book, target, reading, group, window, point)
        elif isinstance(reading, ChangeFromBaseline) and point is not None:
            start = start_of(reading.baseline, facts_of_target(target), book.series, group, window, point)
            if start is not None:
                up = goes_up(reading.direction, book.facts)
                bar = changed(start.value, up, reading.by_amount, reading.by_share)
                yield _Line(target, bar, start, wording.asked(book.facts, bar), stated=False)


def _start(book: OpenBook, target: Target, reading, group: str, window: Window, point: Point | None, of=None):
    """Where the way to a level starts: from a stated baseline or, when there is a way, from the first figure."""
    baseline = reading.baseline or (Baseline(first=True) if target.trajectory != "none" else None)
    if point is None or baseline is None:
        return None
    more = () if of is None else (of,)
    return start_of(baseline, facts_of_target(target), book.series, group, window, point, *more)


def _covered(book, target, reading: FullCoverage, group: str, window: Window, point: Point | None) -> Iterator[_Line]:
    """All of them: 100% of a share, and as many as there are of a count."""
    if book.facts.unit == "share":
        bar = Bar(low=HUNDRED)
        yield _Line(target, bar, _start(book, target, reading, group, window, point), "100%")
        return
    every = reading.of or (point.denominator if point is not None else None)
    if not every:
        return

    def coverage(each: Point) -> Decimal | None:
        of = each.denominator or reading.of
        return HUNDRED * each.value / of if of else None

    start = _start(book, target, reading, group, window, point, coverage)
    start = replace(start, value=start.value * every / HUNDRED) if start is not None else None
    yield _Line(target, Bar(low=every), start, f"all {wording.level(book.facts, every)}")


def _levels(book: OpenBook, line: _Line) -> Iterator[TargetLine]:
    bar, target = line.bar, line.target
    sides = [("up", bar.low), ("down", bar.high)]
    for better, level in sides:
        if level is not None:
            drawn = float(level) if line.stated else _drawn(book, level)
            one_sided = bar.low is None or bar.high is None
            yield TargetLine(
                drawn,
                line.words,
                target.due_on,
                target.starts,
                strict=bar.strict,
                better=better if one_sided else "",
            )


def _path(book: OpenBook, line: _Line) -> tuple[tuple[dt.date, float], ...]:
    """The straight way from a baseline to one level by a day; none when the baseline is there already."""
    start, bar, target = line.start, line.bar, line.target
    level = bar.low if bar.high is None else bar.high if bar.low is None else None
    if target.trajectory != "straight" or start.on is None or target.due_on is None or level is None:
        return ()
    if start.on >= target.due_on or bar.holds(start.value):
        return ()
    return (start.on, _drawn(book, start.value)), (target.due_on, _drawn(book, level))


def _drawn(book: OpenBook, value: Decimal) -> float:
    """A value that follows from figures: where small numbers hide, no more exactly than it is written."""
    shy = book.measure.small_number_threshold is not None
    return float(wording.rounded(value, book.measure.decimals) if shy else value)
