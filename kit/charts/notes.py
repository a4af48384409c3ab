"""What must be said beside a picture so that nobody reads it wrongly."""

from collections.abc import Sequence

from . import numbers
from .labels import clean
from .scales import Scale
from .types import Break, ChartPoint

SHORT = {"provisional": "[p]", "estimated": "[e]", "suppressed": "[c]", "missing": "[x]"}


def about(points: Sequence[ChartPoint], breaks: Sequence[Break], y: Scale | None, trajectory: bool) -> tuple[str, ...]:
    """One sentence for each thing that a reader could miss."""
    statuses = {point.status for point in points}
    shown = any(point.value is not None for point in points)
    said = []
    if y and y.cut and shown:
        said.append(f"The vertical axis starts at {numbers.number(y.low, y.decimals)}, not at zero.")
    unsettled = [status for status in ("provisional", "estimated") if status in statuses]
    if unsettled:
        said.append(f"Hollow points are {' or '.join(unsettled)} and may change.")
    for cut in sorted(breaks, key=lambda cut: cut.on):
        label = f" ({clean(cut.label)})" if cut.label else ""
        said.append(
            f"The definition changed on {numbers.day(cut.on)}{label}: do not compare figures across the upright line."
        )
    if "suppressed" in statuses:
        said.append("Some figures are hidden because the numbers are small: [c] in the table, a hole in the line.")
    if "missing" in statuses and shown:
        said.append("Where a period has no figure the line has a hole: [x] in the table.")
    if trajectory:
        said.append("The thin straight line is the path expected towards the target.")
    return tuple(said)
