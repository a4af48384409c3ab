"""Groups that do as well as another group, or better; or as well as a stated level."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .. import wording
from ..judging import Case, Part, Words, conclude, figure_words
from ..params import Groups, Params, check_group
from ..series import NEWEST, Window
from ..types import Better, MeasureFacts, Outcome
from ..verdicts import Bar
from .gaps import NO_PAIR, pair
from .phrases import each_of, over_window


@dataclass(frozen=True, slots=True)
class GroupAtLeastAsGood:
    """than: the other group. level: the stated level, which stands in for the other group while that has no figure."""

    groups: Groups
    than: str | None = None
    level: Decimal | None = None
    window: Window = NEWEST


def parse(params: Mapping[str, object]) -> GroupAtLeastAsGood:
    """group or groups, than, level, window. Raises ValueError."""
    given = Params(params)
    reading = GroupAtLeastAsGood(given.groups(needed=True), given.group("than"), given.number("level"), given.window())
    given.done()
    if reading.than is None and reading.level is None:
        raise ValueError("than and level are missing. Give the group to compare with, a level, or both.")
    if reading.than in reading.groups.codes:
        raise ValueError("than is also one of groups. A group is compared with another one, or with the whole.")
    return reading


def describe(reading: GroupAtLeastAsGood, measure: MeasureFacts) -> str:
    """Raises ValueError for a group that the measure does not have, and where a measure has no better side."""
    reading.groups.check(measure)
    side = _side(measure)
    level = "" if reading.level is None else wording.level(measure, reading.level)
    if reading.than is None:
        other = level
    else:
        check_group(reading.than, measure, "than")
        other = f"that of {wording.name(measure, reading.than)}"
        other += f" (or {level} while that has no figure)" if level else ""
    return f"{each_of(reading.groups, measure)} {side} {other}{over_window(reading.window)}."


def evaluate(reading: GroupAtLeastAsGood, case: Case) -> Outcome:
    """Raises ValueError where a measure has no better side."""
    parts = [_part(reading, case, group) for group in reading.groups.of(case.series) if group != reading.than]
    words = Words(
        subject=lambda part: figure_words(case, part),
        asked=lambda part: _asked(case, part),
        general=lambda: f"{_side(case.measure)} {_other(reading, case.measure)}",
    )
    return conclude(case, parts, words)


def _part(reading: GroupAtLeastAsGood, case: Case, group: str) -> Part:
    series = case.series
    own = series.read(group, reading.window, case.on, case.target.starts)
    if own is None:
        return Part(group)
    found = pair(case, group, reading.than, reading.window) if reading.than is not None else None
    level = found[1].value if found else reading.level
    if level is None:
        return Part(group, lacks=NO_PAIR)
    return Part(
        group,
        own.value,
        Bar(low=level) if _up(case.measure) else Bar(high=level),
        period=(own.starts, own.ends),
        provisional=own.status != "actual" or bool(found and found[1].status != "actual"),
        hidden=group in case.hidden or bool(found and reading.than in case.hidden),
        than=reading.than if found else None,
        due_on=case.target.due_on,
    )


def _up(measure: MeasureFacts) -> bool:
    if measure.better is Better.RANGE:
        raise ValueError("better is range for this measure. One group is better than another only where one side is.")
    return measure.better is Better.HIGHER


def _side(measure: MeasureFacts) -> str:
    return "at least" if _up(measure) else "at most"


def _asked(case: Case, part: Part) -> str:
    than = "" if part.than is None else wording.name(case.measure, part.than)
    if part.hidden:
        return f"{_side(case.measure)} that of {than}" if than else wording.asked(case.measure, part.bar)
    words = wording.figure if than else wording.level
    asked = wording.asked(case.measure, part.bar, words, part.decimals)
    return f"{asked} ({than})" if than else asked


def _other(reading: GroupAtLeastAsGood, measure: MeasureFacts) -> str:
    if reading.than is not None:
        return f"that of {wording.name(measure, reading.than)}"
    return wording.level(measure, reading.level)
