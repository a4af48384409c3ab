"""The one place that decides which recorded figures are shown. Every page, picture, sentence and file asks it.

Figures hide when they are about few people, or would give such figures away (commitments.suppression). What was known
before counts too: a figure that was replaced and those it stood beside are looked at together with today's, so that
nothing can be worked out from two editions of the same page.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from commitments import suppression
from commitments.facts import facts_of_measure
from commitments.models import Measure
from commitments.suppression import WHOLE, Sum
from commitments.targets import MeasureFacts, Outcome, Point, Series, TargetFacts, describe, wording
from monitoring.models import Observation

Period = tuple[dt.date, dt.date]
COUNTS = "count"
EVERY = "every"
COMPARING = {"gap_at_most", "gap_change", "group_at_least_as_good"}
NOT_EACH = "Some of its figures are too few to show, so how each group does is not said."


@dataclass(frozen=True)
class Disclosure:
    """What hides of one measure. `rows` are keys of recorded figures, `wholes` periods whose worked-out whole hides."""

    threshold: int | None = None
    rows: frozenset[int] = frozenset()
    wholes: frozenset[Period] = frozenset()

    @property
    def text(self) -> str:
        """What a hidden figure says."""
        return suppression.text(self.threshold) if self.threshold else ""

    def hides(self, row: Observation) -> bool:
        return row.pk in self.rows

    def hides_whole(self, starts: dt.date, ends: dt.date) -> bool:
        """Whether the whole of a period, where it is worked out from the groups, hides."""
        return (starts, ends) in self.wholes

    def groups(self, rows: Iterable[Observation]) -> frozenset[str]:
        """The groups ("" is the whole) of which a figure among these hides: no sentence gives any figure of theirs."""
        found = {group_of(row) for row in rows if self.hides(row)}
        return frozenset(found | ({WHOLE} if self.wholes else set()))


def decide(threshold: int | None, facts: MeasureFacts, history: Sequence[Observation]) -> Disclosure:
    """`history` has every revision of every figure of the measure, with their groups."""
    if threshold is None:
        return Disclosure()
    by_period: dict[Period, list[Observation]] = defaultdict(list)
    for row in history:
        by_period[row.period_starts, row.period_ends].append(row)
    hidden: set[int] = set()
    wholes: set[Period] = set()
    for period, rows in by_period.items():
        found = _of_period(threshold, facts, rows)
        hidden |= {key for key in found if isinstance(key, int)}
        if len(hidden & {row.pk for row in rows}) < len(found):
            wholes.add(period)
    return Disclosure(threshold, frozenset(hidden), frozenset(wholes))


def hidden_now(measures: Iterable[Measure]) -> frozenset[int]:
    """The keys of recorded figures that hide. One query where a measure has a threshold, else none.

    Give the measures with their dimensions and groups loaded.
    """
    shy = {measure.pk: measure for measure in measures if measure.small_number_threshold is not None}
    if not shy:
        return frozenset()
    history: dict[int, list[Observation]] = defaultdict(list)
    for row in Observation.objects.filter(measure__in=shy).select_related("group"):
        history[row.measure_id].append(row)
    found: set[int] = set()
    for key, rows in history.items():
        found |= decide(shy[key].small_number_threshold, facts_of_measure(shy[key]), rows).rows
    return frozenset(found)


def _of_period(threshold: int, facts: MeasureFacts, rows: list[Observation]) -> set:
    """The figures of one period that hide, all its editions taken together: each edition is a sum of its own."""
    cells = {row.pk: (row.value, row.numerator, row.denominator) for row in rows if not row.withdrawn}
    lines = []
    for edition in _editions(rows):
        parts = tuple(row.pk for group, row in edition.items() if group != WHOLE and not row.withdrawn)
        whole = edition.get(WHOLE)
        if not parts:
            continue
        if whole is not None and not whole.withdrawn:
            lines.append(Sum(whole.pk, parts))
        elif (point := worked_out_whole(facts, edition.values())) is not None:
            key = ("whole", *sorted(parts))
            cells[key] = (point.value, point.numerator, point.denominator)
            lines.append(Sum(key, parts))
    return set(suppression.protect(cells, lines, threshold, counts=facts.unit == COUNTS))


def _editions(rows: list[Observation]) -> list[dict[str, Observation]]:
    """What was known of the period after each day on which something was entered."""
    moments = sorted({row.entered_at for row in rows})
    found = []
    for moment in moments:
        edition: dict[str, Observation] = {}
        for row in rows:
            known = edition.get(group_of(row))
            if row.entered_at <= moment and (known is None or row.revision > known.revision):
                edition[group_of(row)] = row
        found.append(edition)
    return found


def worked_out_whole(facts: MeasureFacts, rows: Iterable[Observation]) -> Point | None:
    """The whole of one period from its groups, by the measure's rule; none when a group is missing."""
    points = [point_of(row) for row in rows if row.value is not None and row.group_id]
    if not points:
        return None
    series = Series(facts, points)
    point = series.newest(WHOLE, max(point.ends for point in points))
    return point if point is not None and point.ends == points[0].ends else None


def without_groups(target: TargetFacts, outcome: Outcome, facts: MeasureFacts, hidden: frozenset[str]) -> Outcome:
    """The outcome of a target on several groups, as it may be told when one of them hides: the verdict on all together.

    How many meet it, and which do not, would say on which side of the line a hidden figure lies.
    """
    if outcome.period is None or not hidden & _side_by_side(target, facts):
        return outcome
    asked = describe(target.kind, target.params, facts)
    sentence = f"{asked} Together: {wording.LABELS[outcome.verdict]}. {NOT_EACH}"
    return replace(outcome, figure=None, expected=None, sentence=sentence)


def _side_by_side(target: TargetFacts, facts: MeasureFacts) -> frozenset[str]:
    """The groups that a target judges, and compares with, where there are several to tell apart."""
    params = target.params
    named = params.get("groups", EVERY if target.kind == "per_unit_per_year" else ())
    codes = set(named)
    if isinstance(named, str):
        codes = {code for code in facts.groups if code != WHOLE or named != EVERY}
    if len(codes) < 2:
        return frozenset()
    than = {params.get("than") or WHOLE} if target.kind in COMPARING else set()
    return frozenset(codes | than)


def group_of(row: Observation) -> str:
    """The code of the group that a figure is about, or that of the whole."""
    return row.group.code if row.group_id else WHOLE


def point_of(row: Observation) -> Point:
    """A figure as the readings of targets take it."""
    return Point(
        row.period_starts, row.period_ends, row.value, group_of(row), row.numerator, row.denominator, row.status
    )
