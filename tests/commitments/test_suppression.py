"""Small numbers hide, and nobody can work them out again: tried by listing every world that fits what is shown."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.suppression import Hidden, Sum, hide, hide_grid, protect, solvable, text

PRIMARY, SECONDARY = Hidden.PRIMARY, Hidden.SECONDARY
FIVE = 5


def count(number: int) -> tuple:
    return Decimal(number), None, None


def of(numerator: int, denominator: int) -> tuple:
    share = Decimal(100 * numerator) / denominator if denominator else None
    return share, Decimal(numerator), Decimal(denominator)


def counts(*numbers: int) -> dict:
    return {f"g{place}": count(number) for place, number in enumerate(numbers)}


def test_nothing_hides_among_large_numbers():
    assert hide(counts(10, 20, 30), count(60), FIVE, counts=True) == {}


def test_a_small_number_takes_the_next_smallest_with_it():
    assert hide(counts(3, 20, 30), count(53), FIVE, counts=True) == {"g0": PRIMARY, "g1": SECONDARY}


def test_without_a_total_nothing_can_be_subtracted():
    assert hide(counts(3, 20, 30), None, FIVE, counts=True) == {"g0": PRIMARY}


def test_numbers_that_are_few_even_together_take_a_third():
    assert hide(counts(1, 2, 30), count(33), FIVE, counts=True) == {"g0": PRIMARY, "g1": PRIMARY, "g2": SECONDARY}


def test_two_small_numbers_that_are_not_few_together_hide_alone():
    assert hide(counts(3, 4, 30), count(37), FIVE, counts=True) == {"g0": PRIMARY, "g1": PRIMARY}


def test_one_group_takes_the_total_with_it():
    assert hide(counts(3), count(3), FIVE, counts=True) == {"g0": PRIMARY, "": PRIMARY}


def test_a_group_of_nobody_is_a_poor_cover_and_is_taken_last():
    assert hide({"a": count(4), "b": count(0)}, count(4), FIVE, counts=True).keys() == {"a", "b", ""}
    hidden = hide({"a": count(4), "b": count(9), "c": count(8)}, count(21), FIVE, counts=True)
    assert hidden == {"a": PRIMARY, "c": SECONDARY}


@pytest.mark.parametrize(
    ("row", "hides"),
    [
        (of(4, 100), True),
        (of(5, 100), False),
        (of(0, 100), True),
        (of(96, 100), True),
        (of(95, 100), False),
        (of(100, 100), False),
        (of(2, 4), True),
        (of(0, 0), True),
        ((Decimal(3), None, None), False),
    ],
)
def test_counts_behind_a_share_decide(row, hides):
    assert ("a" in hide({"a": row}, None, FIVE)) is hides


def test_breakdowns_are_protected_apart():
    rows = {"women": count(3), "men": count(50), "black": count(20), "white": count(33)}
    hidden = hide(rows, count(53), FIVE, breakdowns=[("women", "men"), ("black", "white")], counts=True)
    assert hidden == {"women": PRIMARY, "men": SECONDARY}


def test_a_threshold_of_nothing_is_refused():
    with pytest.raises(ValueError, match=r"threshold is 0\. It must be a whole number of 1 or more"):
        hide(counts(1), None, 0)


def test_the_text_says_the_same_of_all_and_never_a_value():
    assert text(5) == "Hidden: fewer than 5 here or beside it"


def test_years_and_quarters_are_protected_together():
    grid = {
        "Q1": {"": count(40), "a": count(3), "b": count(17), "c": count(20)},
        "Q2": {"": count(60), "a": count(20), "b": count(20), "c": count(20)},
        "year": {"": count(100), "a": count(23), "b": count(37), "c": count(40)},
    }
    hidden = hide_grid(grid, FIVE, years={"year": ("Q1", "Q2")}, counts=True)
    assert hidden[("Q1", "a")] is PRIMARY
    # In its row and in its column somebody else hides too, and they cover each other.
    assert {key for key in hidden if key[0] == "Q1"} > {("Q1", "a")}
    assert {key for key in hidden if key[1] == "a"} > {("Q1", "a")}
    assert ("Q1", "") not in hidden


def test_a_cell_between_two_closed_rings_is_found():
    ring = [Sum("t1", ("a", "b", "x")), Sum("t2", ("c", "d", "x")), Sum("t3", ("a", "b")), Sum("t4", ("c", "d"))]
    assert solvable(ring, {"a", "b", "c", "d", "x"}) == {"x"}
    rows = {"a": count(9), "b": count(9), "c": count(9), "d": count(9), "x": count(2), "y": count(9)}
    rows |= {"t1": count(20), "t2": count(20), "t3": count(18), "t4": count(18)}
    hidden = protect(rows, ring, FIVE, counts=True)
    assert "x" not in solvable(ring, hidden)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 8), min_size=2, max_size=4), st.integers(1, 6))
def test_no_small_number_can_be_worked_out_from_its_row(values, threshold):
    rows, total = counts(*values), sum(values)
    hidden = hide(rows, count(total), threshold, counts=True)
    assert {f"g{place}" for place, value in enumerate(values) if value < threshold} <= hidden.keys()
    cells = {**{f"g{place}": value for place, value in enumerate(values)}, "": total}
    lines = [Sum("", tuple(rows))]
    for key, why in hidden.items():
        if why is PRIMARY:
            assert len(worlds(cells, lines, hidden, key)) > 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=2), st.integers(2, 3))
def test_no_small_number_can_be_worked_out_from_a_grid(quarters, threshold):
    groups = ("a", "b", "c")
    year = [sum(column) for column in zip(*quarters, strict=True)]
    plain = {
        (period, group): value
        for period, values in (("Q1", quarters[0]), ("Q2", quarters[1]), ("year", year))
        for group, value in [*zip(groups, values, strict=True), ("", sum(values))]
    }
    grid: dict = {}
    for (period, group), value in plain.items():
        grid.setdefault(period, {})[group] = count(value)
    hidden = hide_grid(grid, threshold, years={"year": ("Q1", "Q2")}, counts=True)
    lines = [Sum((period, ""), tuple((period, group) for group in groups)) for period in grid]
    lines += [Sum(("year", group), (("Q1", group), ("Q2", group))) for group in (*groups, "")]
    for key, why in hidden.items():
        if why is PRIMARY:
            assert len(worlds(plain, lines, hidden, key)) > 1, (key, hidden)


def worlds(cells: dict, lines: list[Sum], hidden, key) -> set[int]:
    """Every value that the cell may have in a world of whole numbers that fits all that is shown.

    Totals follow from their parts, so that only hidden cells that are no total are tried.
    """
    totals = {line.total for line in lines}
    free = [each for each in hidden if each not in totals]
    top = max(cells.values()) + 1
    bounds = []
    for each in free:
        # What a shown total leaves for it, once the shown parts are taken off, is the most that it can be.
        left = [
            cells[line.total] - sum(cells[part] for part in line.parts if part not in hidden)
            for line in lines
            if each in line.parts and line.total not in hidden
        ]
        bounds.append(range(min([top, *left]) + 1))
    found: set[int] = set()
    for values in product(*bounds):
        world = {cell: value for cell, value in cells.items() if cell not in hidden}
        world.update(zip(free, values, strict=True))
        if _fits(world, lines):
            found.add(world[key])
            if len(found) > 1:
                break
    return found


def _fits(world: dict, lines: list[Sum]) -> bool:
    """Whether the sums hold. Fills in hidden totals on the way."""
    waiting = list(lines)
    while waiting:
        ready = [line for line in waiting if all(part in world for part in line.parts)]
        assert ready
        for line in ready:
            if world.setdefault(line.total, sum(world[part] for part in line.parts)) != sum(
                world[part] for part in line.parts
            ):
                return False
            waiting.remove(line)
    return True
