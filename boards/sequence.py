"""Which board meets first, and when that order is broken. Advice comes before decision, decision before delivery.

Boards with the same frequency meet in pairs: the second belongs to the nearest meeting of the first, and is after it.
With different frequencies most meetings have no partner, so only those are wrong that lie close together: the second
within the working days before or after the first in which it could not use what the first said.
"""

import datetime as dt
import graphlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from boards.frequency import usual_gap_days
from boards.plans import BoardPlan, Follows
from kit.working_days import add_working_days, day_in_words, listed

IN_ORDER = ("advises", "decides", "delivers")


@dataclass(frozen=True)
class Zone:
    """The days, between the two bounds, on which a board must not meet because of a meeting of one it follows."""

    first: BoardPlan
    then: BoardPlan
    follows: Follows
    day: dt.date

    @cached_property
    def after(self) -> dt.date:
        """The last good day before the zone."""
        if usual_gap_days(self.first.frequency) == usual_gap_days(self.then.frequency):
            return self.day - dt.timedelta(days=usual_gap_days(self.then.frequency) // 2)
        return add_working_days(self.day, -self.follows.working_days, self.then.calendar)

    @cached_property
    def until(self) -> dt.date:
        """The first good day after the zone."""
        return add_working_days(self.day, self.follows.working_days, self.then.calendar)

    def __contains__(self, day: dt.date) -> bool:
        return self.after < day < self.until

    @property
    def reason(self) -> str:
        """Why the second board meets when it does, as a clause."""
        return f"at least {self.distance} after {self.first.name} on {day_in_words(self.day)}"

    @property
    def distance(self) -> str:
        """The working days between the two."""
        days = self.follows.working_days
        return f"{days} working day{'' if days == 1 else 's'}"

    def broken_by(self, day: dt.date) -> str:
        """What is wrong with the second board meeting on the day."""
        when = f"{self.then.name} meets on {day_in_words(day)}"
        if day < self.day:
            return f"{when}, before {self.first.name} on {day_in_words(self.day)}, which should come first."
        return f"{when}, less than {self.distance} after {self.first.name} on {day_in_words(self.day)}."


def follows_by_kind(
    kinds: Mapping[str, str], together: Iterable[tuple[str, str]], working_days: int
) -> dict[str, tuple[Follows, ...]]:
    """Whom each board follows when pairs of boards meet in sequence and only their kinds say which is first.

    `kinds` maps board keys to "advises", "decides", "delivers" or another kind. Boards of the same kind, or of another,
    have no order.
    """
    found: dict[str, list[Follows]] = {}
    for pair in together:
        ranked = sorted((IN_ORDER.index(kinds[key]), key) for key in pair if kinds.get(key) in IN_ORDER)
        if len(ranked) == 2 and ranked[0][0] < ranked[1][0]:
            found.setdefault(ranked[1][1], []).append(Follows(ranked[0][1], working_days))
    return {key: tuple(dict.fromkeys(each)) for key, each in found.items()}


def in_order(plans: Sequence[BoardPlan]) -> tuple[list[BoardPlan], list[str]]:
    """The plans, each after those it follows; and a sentence for each circle, which is cut where it closes."""
    known = {plan.key: plan for plan in plans}
    left = {plan.key: [each for each in plan.follows if each.key in known and each.key != plan.key] for plan in plans}
    problems: list[str] = []
    while True:
        sorter = graphlib.TopologicalSorter({key: [each.key for each in left[key]] for key in left})
        try:
            keys = list(sorter.static_order())
        except graphlib.CycleError as error:
            circle = error.args[1]
            first, then = circle[-2], circle[-1]
            left[then] = [each for each in left[then] if each.key != first]
            names = listed([known[key].name for key in dict.fromkeys(circle)])
            problems.append(
                f"{names} are to meet after one another in a circle. "
                f"{known[then].name} was planned without waiting for {known[first].name}."
            )
        else:
            return [replace(known[key], follows=tuple(left[key])) for key in keys], problems
