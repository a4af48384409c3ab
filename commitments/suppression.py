"""Which figures are about so few people that they must not be shown, and which others would give them away.

Pure. A cell counts people: its numerator (those counted), its denominator (those they are of), and their difference.
Cells belong to sums: the groups of a breakdown add up to the whole, the quarters of a year to the year. A cell is
hidden first because it is small itself, then because what is shown beside it would let it be worked out. A sum never
leaves one cell hidden alone, nor cells that are small even together; and no first-hidden cell can be solved from all
the sums at once.

Hidden cells all say the same, so that nobody sees which of them was the small one.

The threshold is the body's own setting: no authority gives one for everybody.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

WHOLE = ""
ROUNDS = 200  # of narrowing; real tables need a handful
Row = tuple[Decimal | int | None, Decimal | int | None, Decimal | int | None]


class Hidden(StrEnum):
    """Why a cell hides. For the record only: pages say the same of both."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell and the cells that add up to it. It reveals nothing while the total itself is not published."""

    total: Hashable
    parts: tuple[Hashable, ...]


def text(threshold: int) -> str:
    """What a hidden cell says, on every output."""
    return f"Hidden: fewer than {threshold} here or beside it"


def hide(
    rows: Mapping[str, Row],
    total: Row | None,
    threshold: int,
    *,
    breakdowns: Sequence[Collection[str]] | None = None,
    counts: bool = False,
) -> dict[str, Hidden]:
    """The groups of one period that hide; "" stands for the total.

    rows: group to (value, numerator, denominator). counts: the value itself counts people, when there is no numerator.
    breakdowns: which groups add up to the total; all of them together when not given.

    Raises ValueError for a threshold below 1.
    """
    cells = dict(rows) if total is None else {**rows, WHOLE: total}
    lines = [] if total is None else [Sum(WHOLE, tuple(parts)) for parts in breakdowns or [tuple(rows)]]
    return protect(cells, lines, threshold, counts=counts)


def hide_grid(
    grid: Mapping[Hashable, Mapping[str, Row]],
    threshold: int,
    *,
    years: Mapping[Hashable, Sequence[Hashable]] | None = None,
    breakdowns: Sequence[Collection[str]] | None = None,
    counts: bool = False,
) -> dict[tuple[Hashable, str], Hidden]:
    """The cells of periods by groups that hide, as (period, group). A group "" is the whole of its period.

    years: a period to those that add up to it ("2021-22" to its quarters), where both are in the grid.

    Raises ValueError for a threshold below 1.
    """
    cells = {(period, group): row for period, rows in grid.items() for group, row in rows.items()}
    lines = []
    for period, rows in grid.items():
        if WHOLE in rows:
            for parts in breakdowns or [[group for group in rows if group != WHOLE]]:
                lines.append(Sum((period, WHOLE), tuple((period, group) for group in parts if group in rows)))
    for year, periods in (years or {}).items():
        for group in grid.get(year, {}):
            parts = tuple((period, group) for period in periods if group in grid.get(period, {}))
            if len(parts) == len(periods):
                lines.append(Sum((year, group), parts))
    return protect(cells, lines, threshold, counts=counts)


def protect(
    cells: Mapping[Hashable, Row], sums: Sequence[Sum], threshold: int, *, counts: bool = False
) -> dict[Hashable, Hidden]:
    """The cells that hide, given all sums that a reader could do. Raises ValueError for a threshold below 1."""
    if threshold < 1:
        raise ValueError(f"threshold is {threshold}. It must be a whole number of 1 or more.")
    people = {key: counted(row, counts) for key, row in cells.items()}
    lines = [
        Sum(line.total, tuple(part for part in line.parts if part in cells)) for line in sums if line.total in cells
    ]
    lines = [line for line in lines if line.parts]
    primary = {key for key, row in people.items() if is_small(row, threshold)}
    hidden = set(primary)
    while (more := _next(people, lines, hidden, primary, threshold)) is not None:
        hidden.add(more)
    return {key: Hidden.PRIMARY if key in primary else Hidden.SECONDARY for key in cells if key in hidden}


def counted(row: Row, counts: bool = False) -> tuple[Decimal, ...]:
    """The numbers of people that a cell gives away: (numerator, denominator), one of them, or its value; or none."""
    value, numerator, denominator = row
    known = tuple(Decimal(each) for each in (numerator, denominator) if each is not None)
    if known:
        return known
    return (Decimal(value),) if counts and value is not None else ()


def is_small(people: tuple[Decimal, ...], threshold: int) -> bool:
    """Whether any number is below the threshold, none of them included.

    Of a numerator and its denominator also the rest between them, except when there is no rest: all of many is not few.
    """
    if any(number < threshold for number in people):
        return True
    return len(people) == 2 and 0 < people[1] - people[0] < threshold


def solvable(lines: Sequence[Sum], hidden: Collection[Hashable]) -> set[Hashable]:
    """The hidden cells that all the sums together determine exactly."""
    rows: dict[Hashable, dict[Hashable, Fraction]] = {}  # by pivot, fully reduced
    for line in lines:
        row = {part: Fraction(1) for part in line.parts if part in hidden}
        if line.total in hidden:
            row[line.total] = row.get(line.total, Fraction(0)) - 1
        for pivot in [key for key in row if key in rows]:
            _subtract(row, rows[pivot], row.get(pivot, Fraction(0)))
        row = {key: value for key, value in row.items() if value}
        if not row:
            continue
        pivot, value = next(iter(row.items()))
        row = {key: each / value for key, each in row.items()}
        for other in rows.values():
            _subtract(other, row, other.get(pivot, Fraction(0)))
        rows[pivot] = row
    return {pivot for pivot, row in rows.items() if len(row) == 1}


def narrowed(
    people: Mapping[Hashable, tuple[Decimal, ...]], lines: Sequence[Sum], hidden: Collection[Hashable], width: int
) -> set[Hashable]:
    """The hidden cells that the sums shut in between two numbers less than width apart, as nobody counts below 0."""
    found: set[Hashable] = set()
    for place in range(max((len(numbers) for numbers in people.values()), default=0)):
        values = {key: numbers[place] for key, numbers in people.items() if len(numbers) > place}
        known = [line for line in lines if line.total in values and all(part in values for part in line.parts)]
        low, high = _bounds(values, known, hidden)
        found |= {key for key in high if key in hidden and high[key] - low[key] < width}
    return found


def _bounds(
    values: Mapping[Hashable, Decimal], lines: Sequence[Sum], hidden: Collection[Hashable]
) -> tuple[dict, dict]:
    """The least and the most that each cell can be. A cell without an entry in the second may be anything above."""
    low = {key: Decimal(0) if key in hidden else value for key, value in values.items()}
    high = {key: value for key, value in values.items() if key not in hidden}
    for _ in range(ROUNDS):
        changed = False
        for line in lines:
            least = sum(low[part] for part in line.parts)
            endless = [part for part in line.parts if part not in high]
            most = None if endless else sum(high[part] for part in line.parts)
            changed |= _narrow(low, high, line.total, least, most)
            for part in line.parts:
                others = least - low[part]
                top = high[line.total] - others if line.total in high else None
                if not endless:
                    bottom = low[line.total] - (most - high[part])
                elif endless == [part]:
                    bottom = low[line.total] - sum(high[each] for each in line.parts if each != part)
                else:
                    bottom = Decimal(0)
                if _narrow(low, high, part, bottom, top):
                    changed = True
                    break  # the sums of this line are to be made anew
        if not changed:
            break
    return low, high


def _narrow(low: dict, high: dict, key: Hashable, least: Decimal, most: Decimal | None) -> bool:
    narrower = False
    if least > low[key]:
        low[key], narrower = least, True
    if most is not None and (key not in high or most < high[key]):
        high[key], narrower = most, True
    return narrower


def _subtract(row: dict, other: Mapping, times: Fraction) -> None:
    if not times:
        return
    for key, value in other.items():
        left = row.get(key, Fraction(0)) - times * value
        if left:
            row[key] = left
        else:
            row.pop(key, None)


def _next(people, lines: Sequence[Sum], hidden: set, primary: set, threshold: int) -> Hashable | None:
    """One more cell to hide, or None when what is hidden cannot be worked out."""
    for line in lines:
        if _gives_away(people, line, hidden, threshold) and (chosen := _cheapest(people, line, hidden)) is not None:
            return chosen
    if not primary:
        return None
    exposed = (solvable(lines, hidden) | narrowed(people, lines, hidden, threshold)) & primary
    if not exposed:
        return None
    for line in sorted(lines, key=lambda each: exposed.isdisjoint((each.total, *each.parts))):
        if not hidden.isdisjoint((line.total, *line.parts)):
            chosen = _cheapest(people, line, hidden)
            if chosen is not None:
                return chosen
    return None


def _gives_away(people, line: Sum, hidden: set, threshold: int) -> bool:
    """A sum with one hidden cell, or whose hidden parts are few even together, while the total is shown."""
    parts = [part for part in line.parts if part in hidden]
    if line.total in hidden:
        return not parts
    if not parts:
        return False
    if len(parts) == 1:
        return True
    sizes = {len(people[part]) for part in parts}
    together = tuple(sum(numbers) for numbers in zip(*(people[part] for part in parts), strict=False))
    return len(sizes) > 1 or is_small(together, threshold)


def _cheapest(people, line: Sum, hidden: set) -> Hashable | None:
    """The shown part that counts fewest people but some; the total only when no part is left to hide."""
    shown = [part for part in line.parts if part not in hidden]
    if not shown:
        return None if line.total in hidden else line.total
    return min(shown, key=lambda part: (not any(people[part]), *(people[part][-1:] or (Decimal(0),))))
