"""What a chart shows, in words: a short headline and a sentence that states the finding.

Figures before a change of definition are never compared with figures after it.
"""

from collections.abc import Sequence

from . import gap, numbers, trend
from .labels import clean
from .types import Break, ChartPoint, GapData, TargetLine, TrendData

SAID_APART = 4  # groups whose own targets the sentence says


def trend_headline(data: TrendData) -> str:
    """Short enough for a heading, and true without the picture."""
    title, shown = clean(data.title), comparable(data)
    if not shown:
        return f"{title}: no figures yet"
    last = shown[-1]
    now = f"{_figure(last, data)} in {_when(last, data)}"
    if len(shown) == 1:
        return f"{title}: {now}"
    verb = _verb(shown[0], last, data.decimals)
    moved = f"{verb} to" if verb else "stayed at" if _flat(shown, data) else "was back at"
    return f"{title} {moved} {now}"


def trend_finding(data: TrendData) -> str:
    """The whole sentence, with what is promised, and how far away it is."""
    title, shown = clean(data.title), comparable(data)
    if not shown:
        return _sentence(f"{title}: there are no figures yet", *_promises(data, ()))
    first, last = shown[0], shown[-1]
    now = f"{_figure(last, data)} in {_when(last, data)}{_status(last)}"
    if len(shown) == 1:
        start = f"{title}: {now}, the only figure {'since the definition changed' if _cut(data) else 'so far'}"
    elif verb := _verb(first, last, data.decimals):
        start = f"{title} {verb} from {_figure(first, data)} in {_when(first, data)}{_status(first)} to {now}"
        start += _beyond(shown, data)
    elif _flat(shown, data):
        start = (
            f"{title} stayed at {_figure(last, data)} from {_when(first, data)} to {_when(last, data)}{_status(last)}"
        )
    else:
        start = f"{title} was back at {now}, as in {_when(first, data)}{_beyond(shown, data)}"
    return _sentence(start, *_baseline(data), *_promises(data, shown))


def groups_headline(data: TrendData) -> str:
    title, latest = clean(data.title), _latest(data)
    if not latest:
        return f"{title}: no figures yet"
    if len(latest) == 1:
        return f"{title}, {clean(latest[0].group)}: {_figure(latest[0], data)} in {_when(latest[0], data)}"
    top, low = latest[0], latest[-1]
    if not data.alike:
        return f"{title}: each by itself, in {_when(top, data)}"
    if numbers.rounded(top.value, data.decimals) == numbers.rounded(low.value, data.decimals):
        return f"{title}: {_figure(top, data)} for every group shown in {_when(top, data)}"
    return f"{title}: highest for {clean(top.group)}, lowest for {clean(low.group)} in {_when(top, data)}"


def groups_finding(data: TrendData) -> str:
    """Highest and lowest of the groups that are shown, and how far apart they are."""
    title, latest = clean(data.title), _latest(data)
    if not latest:
        return _sentence(f"{title}: there are no figures yet", *_promises(data, ()))
    when = _when(latest[0], data)
    if not data.alike:
        return _each(latest, data)
    which = "of the groups shown, " if len(latest) < len(data.groups) else ""
    top, low = latest[0], latest[-1]
    if len(latest) == 1:
        start = f"{title} in {when}: {_named(top, data)}, the only group shown"
    elif numbers.rounded(top.value, data.decimals) == numbers.rounded(low.value, data.decimals):
        exact = "" if top.value == low.value and not data.rounded else ", rounded,"
        start = f"{title} in {when}: {_figure(top, data)}{exact} for every group{' shown' if which else ''}"
    else:
        apart = numbers.apart(top.value - low.value, _unit(data), data.decimals)
        start = f"{title} in {when}: {which}highest for {_named(top, data)} and lowest for {_named(low, data)}, "
        start += f"{apart} apart"
    return _sentence(start, *_promises(data, ()), *_own_promises(data))


def _each(latest: Sequence[ChartPoint], data: TrendData) -> str:
    """Groups whose figures are of different kinds: one after another, each with what was promised of it."""
    said = []
    for group in data.groups:
        for point in (point for point in latest if point.group == group):
            part = data.only(group)
            figure = numbers.with_unit(point.value, part.unit_label, data.decimals)
            unit = "" if part.unit_label in clean(group).lower() else part.unit_label
            figure = figure if unit else numbers.number(point.value, data.decimals)
            promises = "".join(f", {each}" for each in _promises(part, comparable(part)))
            said.append(f"{clean(group)} {figure}{_status(point)}{promises}")
    return _sentence(f"{clean(data.title)} in {_when(latest[0], data)}: {said[0]}", *said[1:])


def _own_promises(data: TrendData) -> list[str]:
    """What was promised of each group for itself, while that is few enough to read in a sentence."""
    if len(data.groups) > SAID_APART:
        return []
    parts = [(each.group, data.only(each.group)) for each in data.own if each.targets and each.group in data.groups]
    return [f"for {clean(name)} {each}" for name, part in parts for each in _promises(part, comparable(part))]


def gap_headline(data: GapData) -> str:
    shown = _after(gap.gaps(data), data.breaks)
    if not shown:
        return f"{_between(data)}: no figures yet"
    now = f"{_apart(shown[-1].value, data)} in {clean(shown[-1].period)}"
    if len(shown) == 1:
        return f"{_between(data)}: {now}"
    return f"{_between(data)} {_gap_verb(shown[0], shown[-1], data)} {now}"


def gap_finding(data: GapData) -> str:
    """How the gap moved, whose side it is on, and where the limit is."""
    shown = _after(gap.gaps(data), data.breaks)
    limit = _limit(data, shown[-1].value if shown else None)
    if not shown:
        return _sentence(f"{_between(data)}: there are no figures yet", *limit)
    first, last = shown[0], shown[-1]
    now = f"{_apart(last.value, data)} in {clean(last.period)}"
    if len(shown) == 1:
        start = f"{_between(data)}: {now}{_side(last, data)}"
    else:
        verb = _gap_verb(first, last, data)
        since = f"from {_apart(first.value, data)} in {clean(first.period)}{_side(first, data)}"
        words = f"{verb.removesuffix(' to')} {since} to" if verb.endswith(" to") else f"{verb}"
        start = f"{_between(data)} {words} {now}{_side(last, data)}"
    return _sentence(start, *limit)


def comparable(data: TrendData) -> list[ChartPoint]:
    """The known points of the first group since the last change of definition that has figures after it."""
    return _after(data.of(data.groups[0]) if data.groups else [], data.breaks)


def _after(points: Sequence[ChartPoint], breaks: Sequence[Break]) -> list[ChartPoint]:
    known = [point for point in points if point.value is not None]
    cuts = [cut.on for cut in breaks if known and cut.on <= known[-1].ends]
    return [point for point in known if not cuts or point.ends >= max(cuts)]


def _cut(data: TrendData) -> bool:
    known = [point for point in data.points if point.value is not None]
    return len(known) > len(comparable(data))


def _latest(data: TrendData) -> list[ChartPoint]:
    """The groups' points of the last period that has any, the highest first."""
    known = sorted((point for point in data.points if point.value is not None), key=lambda point: point.place)
    return sorted((p for p in known if p.period == known[-1].period), key=lambda point: -point.value)


def _when(point: ChartPoint, data: TrendData) -> str:
    """Q3 2021-22 · the 12 months to Q3 2021-22"""
    return f"{data.span}{clean(point.period)}"


def _flat(shown: Sequence[ChartPoint], data: TrendData) -> bool:
    return len({numbers.rounded(point.value, data.decimals) for point in shown}) == 1


def _beyond(shown: Sequence[ChartPoint], data: TrendData) -> str:
    """Where the line went on its way, when it left what lies between its ends."""
    ends = [numbers.rounded(point.value, data.decimals) for point in (shown[0], shown[-1])]
    high, low = max(shown, key=lambda point: point.value), min(shown, key=lambda point: point.value)
    said = []
    if numbers.rounded(low.value, data.decimals) < min(ends):
        said.append(f"as low as {_figure(low, data)} in {_when(low, data)}")
    if numbers.rounded(high.value, data.decimals) > max(ends):
        said.append(f"as high as {_figure(high, data)} in {_when(high, data)}")
    return f", and in between was {' and '.join(said)}" if said else ""


def _baseline(data: TrendData) -> list[str]:
    if data.baseline is None:
        return []
    return [f"the baseline is {numbers.with_unit(data.baseline, _unit(data), data.decimals)}"]


def _verb(first: ChartPoint, last: ChartPoint, decimals: int) -> str:
    was, now = numbers.rounded(first.value, decimals), numbers.rounded(last.value, decimals)
    return "" if was == now else "rose" if now > was else "fell"


def _promises(data: TrendData, shown: Sequence[ChartPoint]) -> list[str]:
    return [_promise(target, data, shown) for target in data.targets]


def _promise(target: TargetLine, data: TrendData, shown: Sequence[ChartPoint]) -> str:
    """The target, and how far the figure is from it: the latest, or the one of the day on which it fell due."""
    past = bool(shown and target.by and target.by < shown[-1].starts)
    by = f" by {numbers.day(target.by)}" if target.by else ""
    since = f" from {numbers.day(target.starts)}" if target.starts and not target.by else ""
    said = f"the target {'was' if past else 'is'} {clean(trend.target_words(target, data))}{since}{by}"
    if target.starts and shown and target.starts > shown[-1].ends:
        # Nothing is due of it yet, so no distance is said.
        return f"the target from {numbers.day(target.starts)} is {clean(trend.target_words(target, data))}{by}"
    judged = [point for point in shown if not past or point.starts <= target.by]
    if not judged:
        return said
    better = target.better or data.better
    away = {"up": target.value - judged[-1].value, "down": judged[-1].value - target.value}.get(better)
    if away == 0 and target.strict:
        return f"{said}, which {f'{clean(judged[-1].period)} equalled' if past else 'the latest figure only equals'}"
    if away is not None and away <= 0:
        return f"{said}, which {f'{clean(judged[-1].period)} reached' if past else 'the latest figure reaches'}"
    apart = numbers.apart(target.value - judged[-1].value if away is None else away, _unit(data), data.decimals)
    return f"{said}, {apart} away{f' in {clean(judged[-1].period)}' if past else ''}"


def _limit(data: GapData, now: float | None) -> list[str]:
    if data.limit is None:
        return []
    unit = gap.difference_unit(data)
    said = f"the limit is {numbers.level(data.limit, unit, data.decimals)}"
    said += f" by {numbers.day(data.by)}" if data.by else ""
    if now is None:
        return [said]
    over = round(abs(now) - data.limit, 9)
    if over > 0:
        return [f"{said}, and the gap is {numbers.apart(over, unit, data.decimals)} over it"]
    return [f"{said}, and the gap is within it"]


def _gap_verb(first: ChartPoint, last: ChartPoint, data: GapData) -> str:
    was, now = (abs(numbers.rounded(point.value, data.decimals)) for point in (first, last))
    return "stayed at" if was == now else "widened to" if now > was else "narrowed to"


def _between(data: GapData) -> str:
    return f"{clean(data.title)} between {clean(data.group)} and {clean(data.reference)}"


def _apart(value: float, data: GapData) -> str:
    unit = gap.difference_unit(data)
    if value and not numbers.rounded(value, data.decimals):
        return numbers.apart(value, unit, data.decimals)
    return numbers.with_unit(abs(value), unit, data.decimals)


def _side(point: ChartPoint, data: GapData) -> str:
    """Whether it is final, and which group is ahead."""
    said = [] if point.settled else [point.status]
    if numbers.rounded(point.value, data.decimals):
        said.append(f"{clean(data.group)} {'higher' if point.value > 0 else 'lower'}")
    return f" ({', '.join(said)})" if said else ""


def _figure(point: ChartPoint, data: TrendData) -> str:
    return numbers.with_unit(point.value, _unit(data), data.decimals)


def _unit(data: TrendData) -> str:
    """The unit, unless the title has said it: "complaints fell to 902". A score is a bare number."""
    unit = data.unit_label.lower()
    if numbers.is_per_cent(unit):
        return data.unit_label
    return "" if unit == "score" or unit in data.title.lower().split() else data.unit_label


def _named(point: ChartPoint, data: TrendData) -> str:
    return f"{clean(point.group)} ({_figure(point, data)}{', ' + point.status if not point.settled else ''})"


def _status(point: ChartPoint) -> str:
    return "" if point.settled else f" ({point.status})"


def _sentence(*parts: str) -> str:
    return "; ".join(parts) + "."
