"""Figures that can be recorded and look like a slip: asked about once, never refused. Nothing hidden is compared."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from commitments.models import Measure
from kit.periods import period_holding
from monitoring.models import Observation
from monitoring.rules_observations import Figure, plain, worked_out

POINTS = Decimal(20)  # a percentage that moves further from one period to the next is asked about
TIMES = 2  # so is a number that more than doubles, or falls below half
FEW = 20  # numbers of which neither is larger move like that by chance
PARTS = {"numerator": "numerators", "denominator": "denominators", "value": "figures"}
Hides = Callable[[Observation], bool]


def doubts(figure: Figure, rows: Sequence[Observation], hides: Hides) -> list[str]:
    """Sentences about what to look at again. `rows`: what is recorded of the measure now, with their groups."""
    standing = [row for row in rows if not row.withdrawn]
    return [*_sharp(figure, standing, hides), *_sums(figure, standing, hides)]


# A sharp change


def _sharp(figure: Figure, rows: Sequence[Observation], hides: Hides) -> list[str]:
    """Against the figure of the period before, or else against what is recorded for this one."""
    mine = [row for row in rows if row.group_id == figure.cell[3] and row.period_starts <= figure.period.starts]
    earlier = [row for row in mine if row.period_starts < figure.period.starts]
    last = max(earlier or mine, key=lambda row: row.period_starts, default=None)
    if last is None or hides(last):
        return []
    measure = figure.measure
    label = period_holding(last.period_starts, measure.cadence).label
    found = []
    value = worked_out(measure, *figure.numbers)
    if value is not None and last.value is not None and _leaps(measure, last.value, value):
        found.append(
            f"{_words(measure, last.value)} in {label} would be followed by {_words(measure, value)}. "
            "That is a sharp change."
        )
    before, now = last.denominator, figure.denominator
    if before is not None and now is not None and _multiplies(before, now):
        found.append(f"The denominator was {before:,.0f} in {label} and would be {now:,.0f}.")
    return found


def _leaps(measure: Measure, before: Decimal, now: Decimal) -> bool:
    if measure.unit_kind in {"share", "points"}:
        return abs(now - before) > POINTS
    return measure.unit_kind != "yes_no" and _multiplies(before, now)


def _multiplies(before: Decimal, now: Decimal) -> bool:
    small, large = sorted((abs(before), abs(now)))
    return large >= FEW and large > TIMES * small


def _words(measure: Measure, value: Decimal) -> str:
    return f"{value:,.{measure.decimals}f}{'%' if measure.unit_kind == 'share' else ''}"


# Groups and their whole


def _sums(figure: Figure, rows: Sequence[Observation], hides: Hides) -> list[str]:
    """Groups that added up to the recorded whole and would do so no longer.

    Where one of the period's figures hides it is not looked at: the answer would tell a guess from the number.
    """
    measure = figure.measure
    of_period = [row for row in rows if (row.period_starts, row.period_ends) == figure.cell[1:3]]
    if measure.dimension_id is None or not any(row.group_id is None for row in of_period) or len(of_period) < 2:
        return []
    whole = measure.dimension.whole or "the whole"
    if any(map(hides, of_period)):
        return [
            f"{whole[:1].upper()}{whole[1:]} has a figure of its own. As some figures of this period are hidden, "
            "STRIDE does not say whether the groups still add up to it. Check that they do."
        ]
    before = {row.group_id: _numbers(measure, row) for row in of_period}
    after = before | {figure.cell[3]: _numbers(measure, figure)}
    groups = {group.pk for group in measure.dimension.groups.all()}
    if set(before) != groups | {None}:
        return []
    return [
        f"The {PARTS[part]} of the groups would add up to {plain(total)}, and {plain(recorded)} is recorded for "
        f"{whole}. They agreed before."
        for part in PARTS
        if _gap(before, part) == 0 and _gap(after, part)
        for total, recorded in [_total(after, part)]
    ]


def _numbers(measure: Measure, told: Observation | Figure) -> dict[str, Decimal | None]:
    """What adds up over groups: numerators and denominators, and values only where they are counts."""
    value = told.value if measure.unit_kind == "count" and told.numerator is None else None
    return {"numerator": told.numerator, "denominator": told.denominator, "value": value}


def _gap(numbers: dict, part: str) -> Decimal | None:
    total, recorded = _total(numbers, part)
    return None if total is None or recorded is None else total - recorded


def _total(numbers: dict, part: str) -> tuple[Decimal | None, Decimal | None]:
    parts: Iterable[Decimal | None] = [each[part] for group, each in numbers.items() if group is not None]
    return (None if None in parts else sum(parts, Decimal(0))), numbers[None][part]
