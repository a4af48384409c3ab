"""From what a kind of target found, group by group, to one outcome with its sentence. By the rules of verdicts.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from . import wording
from .series import Series
from .trajectory import Start, Steps, bar_at
from .types import MeasureFacts, Outcome, TargetFacts, Verdict
from .verdicts import RANK, ZERO, Bar, judge, worst

NO_FIGURE = "No figure yet"
NO_BASELINE = "No baseline yet"
NONE_SINCE = "No figure yet since the baseline"
MOST_NAMES = 5  # more are counted, not listed


@dataclass(frozen=True, slots=True)
class Case:
    """One target asked on one day. hidden: groups whose figures must not be shown ("" is the whole)."""

    target: TargetFacts
    measure: MeasureFacts
    series: Series
    on: date
    hidden: frozenset[str] = frozenset()


@dataclass(slots=True)
class Part:
    """One group's figure and what is asked of it. A part without a figure keeps the target from being green.

    lacks: what is missing then. than: the group that it is compared with. when: said after the condition, in place of
    the target's own dates. decimals: how many the figures of its sentence have, to be told from each other.
    path: what is expected at the end of its period, with its scale, where the kind says that itself (else bar_at does).
    """

    group: str
    figure: Decimal | None = None
    bar: Bar | None = None
    start: Start | None = None
    period: tuple[date, date] | None = None
    provisional: bool = False
    held: bool = True
    hidden: bool = False
    than: str | None = None
    due_on: date | None = None
    when: str | None = None
    lacks: str = NO_FIGURE
    verdict: Verdict = Verdict.NO_DATA
    expected: Decimal | None = None
    decimals: int = 0
    path: tuple[Bar, int] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """How a kind says it. subject and asked never give a figure of a hidden part.

    general: the condition without any figure of a group. over: said of a figure above its bar. measure: the measure
    as its figures are written here, when that is not the one of the case.
    """

    subject: Callable[[Part], str]
    asked: Callable[[Part], str]
    general: Callable[[], str]
    show: Callable[..., str] = wording.figure
    over: str = "over"
    held_for: int = 1
    measure: MeasureFacts | None = None


def conclude(case: Case, parts: Sequence[Part], words: Words, steps: Steps = ()) -> Outcome:
    """The worst part decides, and is the one that the sentence explains."""
    known = []
    for part in parts:
        if part.figure is not None and _only_starts(case, part):
            part.figure, part.lacks = None, NONE_SINCE
        if part.figure is not None:
            _judge(case, part, steps)
            part.decimals = _decimals(words.measure or case.measure, part)
            known.append(part)
    verdict = worst(part.verdict for part in parts)
    missing = [part for part in parts if part.figure is None]
    if not known:
        return Outcome(Verdict.NO_DATA, None, None, _nothing(case, missing, words))
    head = known[0] if len(known) == 1 else min(known, key=partial(_worse_first, words.measure or case.measure))
    sentences = [_without(case, missing)] if missing else []
    if len(parts) > 1:
        sentences.append(_count(case, parts))
    sentences.append(_say(case, head, words))
    provisional = any(part.provisional or (part.start is not None and part.start.provisional) for part in known)
    if provisional:
        sentences.append("This rests on figures that may still change.")
    shown = not head.hidden and verdict is not Verdict.NO_DATA
    return Outcome(
        verdict,
        head.figure if shown else None,
        head.expected if shown else None,
        " ".join(sentences),
        provisional,
        head.period,
    )


def name_of(case: Case, part: Part) -> str:
    return wording.name(case.measure, part.group)


def figure_words(case: Case, part: Part) -> str:
    """The figure with its group in brackets: 3.4% (Black officers). Nothing in brackets for the whole."""
    text = wording.TOO_FEW if part.hidden else wording.figure(case.measure, part.figure, part.decimals)
    return f"{text} ({name_of(case, part)})" if part.group else text


def ended_by(start: Start | None, period: tuple[date, date] | None) -> bool:
    """Whether a figure is of no later a time than the baseline, so that it says nothing of what came of it."""
    return start is not None and start.on is not None and period is not None and period[1] <= start.on


def _only_starts(case: Case, part: Part) -> bool:
    """Where there is time left, the figure that a line starts from is not on it: only one after it can be."""
    open_still = part.due_on is not None and case.on <= part.due_on
    return open_still and ended_by(part.start, part.period) and not part.bar.holds(part.figure)


def _judge(case: Case, part: Part, steps: Steps) -> None:
    target = case.target
    now, scale = part.path or bar_at(_day(case, part), part.bar, target.trajectory, part.start, part.due_on, steps)
    part.verdict = judge(
        part.figure,
        part.bar,
        now=now,
        scale=scale,
        tolerance=target.tolerance,
        due_on=part.due_on,
        on=case.on,
        held=part.held,
    )
    if part.due_on is None or case.on > part.due_on:
        part.expected = part.bar.bound(part.figure)
    elif now is not None and not (target.trajectory == "none" or now.strict):
        bound = now.bound(part.figure * scale)
        part.expected = bound / scale if scale != 1 else bound


def _day(case: Case, part: Part) -> date:
    """The day for which the figure stands: the last one of its period."""
    return part.period[1] if part.period else case.on


def _decimals(measure: MeasureFacts, part: Part) -> int:
    """Enough to tell the figure from what is asked and from what is expected, and not to say that it is 0 short."""
    sides = wording.apart(measure, part.figure, part.bar.bound(part.figure), part.expected)
    return max(sides, wording.apart(measure, part.bar.short(part.figure), ZERO))


def _worse_first(measure: MeasureFacts, part: Part) -> tuple[int, Decimal, Decimal]:
    """Groups may count different things (a rate, a score, days), so distances are shares of what is asked of each.

    Of shares they are points.
    """
    bound = part.bar.bound(part.figure)
    unit = abs(bound) if bound and measure.unit != "share" else Decimal(1)
    return RANK[part.verdict], -part.bar.short(part.figure) / unit, abs(part.figure - bound) / unit


def _say(case: Case, part: Part, words: Words) -> str:
    subject = wording.capital(words.subject(part))
    return f"{subject} against {words.asked(part)}{_when(case, part)}: {_tail(case, part, words)}."


def _when(case: Case, part: Part | None) -> str:
    if part is not None and part.when is not None:
        return part.when
    if case.target.due_on is not None:
        return f" by {wording.day(case.target.due_on)}"
    return f" from {wording.day(case.target.starts)}" if case.target.starts is not None else ""


def _tail(case: Case, part: Part, words: Words) -> str:
    verdict = wording.LABELS[part.verdict]
    if part.verdict is Verdict.MET:
        return verdict if words.held_for == 1 else f"{verdict}, for {words.held_for} figures in a row"
    if part.hidden:
        return verdict
    so = f"so it is {verdict}"
    if part.bar.holds(part.figure):
        return f"reached, but not yet for {words.held_for} figures in a row, {so}"
    measure = words.measure or case.measure
    said, by = _short(measure, part, words), wording.day(_day(case, part))
    if part.due_on is None or case.on > part.due_on:
        return f"{said}, {so}"
    if part.expected is not None:
        return f"{said}; {_expected(measure, part, words)} expected by {by}, {so}"
    if part.start is None:
        return f"{said}; no baseline says what to expect by {by}, {so}"
    moved = "better than" if part.verdict is Verdict.ON_TRACK else "no better than"
    return f"{said}; {moved} the {words.show(measure, part.start.value, part.decimals)} it started from, {so}"


def _expected(measure: MeasureFacts, part: Part, words: Words) -> str:
    text = words.show(measure, part.expected, part.decimals)
    return f"{text} {'were' if text.endswith('s') else 'was'}"


def _short(measure: MeasureFacts, part: Part, words: Words) -> str:
    short = part.bar.short(part.figure)
    if short == ZERO:
        return "not past it yet"
    side = "short" if part.bar.low is not None and part.figure < part.bar.low else words.over
    return f"{wording.difference(measure, short, part.decimals)} {side}"


def _nothing(case: Case, missing: Sequence[Part], words: Words) -> str:
    names = [name_of(case, part) for part in missing if part.group]
    whose = f" for {_some(names)}" if names else ""
    first = missing[0] if missing else None
    return f"{first.lacks if first else NO_FIGURE}{whose}. Asked is {words.general()}{_when(case, first)}."


def _without(case: Case, missing: Sequence[Part]) -> str:
    return f"{missing[0].lacks} for {_some([name_of(case, part) for part in missing])}."


def _count(case: Case, parts: Sequence[Part]) -> str:
    """How many meet it, how many are on track, and the names of those that are behind."""
    behind = [name_of(case, part) for part in parts if part.verdict in (Verdict.SLIPPING, Verdict.OFF_TRACK)]
    met = sum(part.verdict is Verdict.MET for part in parts)
    coming = sum(part.verdict is Verdict.ON_TRACK for part in parts)
    if met == len(parts):
        return f"All {met} meet it; the nearest to the line:"
    said = f"{met} of {len(parts)} meet it"
    if coming:
        said += f" and {coming} {'is' if coming == 1 else 'are'} on track"
        return f"{said}; behind {'is' if len(behind) == 1 else 'are'} {_some(behind)}." if behind else f"{said}."
    return f"{said}, not yet {_some(behind)}." if behind else f"{said}; the nearest to the line:"


def _some(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMES:
        return wording.listed(names)
    return f"{', '.join(names[:MOST_NAMES])} and {len(names) - MOST_NAMES} more"
