"""From a figure and what is asked of it to a verdict. Every kind of target is judged here, by these rules.

- not yet due: before the target applies.
- no data yet: no usable figure. A figure is usable when its period has ended, and reaches into the target's time.
- met: the condition holds for the newest figure, at any time. It holds strictly: the tolerance does not help.
- A figure of the baseline's own time tells of no change, so it leaves a change without data, and a level that is not
  met and has time left too.
- Up to and on the due date, while not met, the figure is compared with what the trajectory expects at the end of the
  figure's period: at it or better is on track, worse by at most the tolerance is slipping, worse by more is off track.
  Without a trajectory, better than the baseline is on track, and the baseline stands in for what is expected. Where
  no baseline is known either, nothing speaks against it: on track, and the sentence says so.
- After the due date, and always where there is no due date, while not met: short by at most the tolerance is slipping,
  by more is off track. Never on track.
- A condition that has to be held over several figures is on track (slipping after its date) while only the newest do.
- Several groups: the worst of them. A group without a figure keeps the whole from being green.

Everything is computed from unrounded values.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .types import Verdict

ZERO = Decimal(0)

# Worst first. "No data" is worse than anything green and better than anything known to be wrong.
ORDER = (Verdict.OFF_TRACK, Verdict.SLIPPING, Verdict.NO_DATA, Verdict.ON_TRACK, Verdict.MET)
RANK = {verdict: rank for rank, verdict in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Bar:
    """The condition: at least low, at most high, or both; strict asks for more than low or less than high."""

    low: Decimal | None = None
    high: Decimal | None = None
    strict: bool = False

    def short(self, figure: Decimal) -> Decimal:
        """How far the figure is from the bar, never negative, in the figure's unit."""
        if self.low is not None and figure < self.low:
            return self.low - figure
        if self.high is not None and figure > self.high:
            return figure - self.high
        return ZERO

    def holds(self, figure: Decimal) -> bool:
        low, high = self.low, self.high
        if self.strict:
            return (low is None or figure > low) and (high is None or figure < high)
        return (low is None or figure >= low) and (high is None or figure <= high)

    def bound(self, figure: Decimal) -> Decimal:
        """The bound that the figure has to reach or keep to; of a range, the nearer one."""
        if self.low is None:
            return self.high
        if self.high is None or abs(figure - self.low) <= abs(figure - self.high):
            return self.low
        return self.high


def judge(
    figure: Decimal,
    bar: Bar,
    *,
    now: Bar | None,
    scale: int = 1,
    tolerance: Decimal,
    due_on: date | None,
    on: date,
    held: bool = True,
) -> Verdict:
    """now is what the trajectory expects, times scale (so that no division rounds it); None when it expects nothing."""
    open_still = due_on is not None and on <= due_on
    if bar.holds(figure):
        if held:
            return Verdict.MET
        return Verdict.ON_TRACK if open_still or due_on is None else Verdict.SLIPPING
    if not open_still:
        return Verdict.SLIPPING if bar.short(figure) <= tolerance else Verdict.OFF_TRACK
    if now is None or now.holds(figure * scale):
        return Verdict.ON_TRACK
    return Verdict.SLIPPING if now.short(figure * scale) <= tolerance * scale else Verdict.OFF_TRACK


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of them; what is not yet due counts only when nothing else does. No data when there are none."""
    found = list(verdicts)
    due = [verdict for verdict in found if verdict is not Verdict.NOT_DUE]
    if not due:
        return Verdict.NOT_DUE if found else Verdict.NO_DATA
    return min(due, key=RANK.__getitem__)
