"""What is wrong with meetings as they stand, after people accepted and moved them. It warns; it refuses nothing."""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from boards.plans import BoardPlan, Sitting
from boards.sequence import Zone
from kit.working_days import WorkingCalendar, at_time, day_in_words, listed

DAY_OFF, CLASH, ORDER = "day_off", "clash", "order"
NAMED = 3


@dataclass(frozen=True)
class Trouble:
    """Something to look at: its kind, the sentence, and the refs of the sittings it is about."""

    kind: str
    sentence: str
    refs: tuple[Hashable, ...]


@dataclass(frozen=True)
class Clash:
    """Two boards at the same time, with somebody who sits on both: what is said of it, and the day."""

    what: str
    day: dt.date

    @property
    def sentence(self) -> str:
        """What, and when."""
        return f"{self.what} on {day_in_words(self.day)}."


def check_order(sittings: Iterable[Sitting], plans: Sequence[BoardPlan]) -> list[Trouble]:
    """Meetings on days off, at the same time with the same members, or in the wrong order. By day.

    Sittings of boards without a plan are left out.
    """
    known = {plan.key: plan for plan in plans}
    standing = sorted((each for each in sittings if each.key in known), key=lambda each: (each.day, each.at, each.key))
    found = [*_days_off(standing, known), *_clashes(standing, known), *_wrong_order(standing, known)]
    return [trouble for _, trouble in sorted(found, key=lambda pair: pair[0])]


def day_off(day: dt.date, calendar: WorkingCalendar) -> str:
    """A day that is not worked, with the holiday or closure on it: "Monday 6 April 2026 (Easter Monday)"."""
    name = calendar.named(day)
    return f"{day_in_words(day)} ({name})" if name else day_in_words(day)


def shared(one: Sitting, other: Sitting, plans: Mapping[str, BoardPlan]) -> Clash | None:
    """The clash of two sittings: both at the same time, and somebody sits on both. None when there is none."""
    if one.key == other.key or not one.overlaps(other) or other.key not in plans:
        return None
    mine, theirs = plans[one.key], plans[other.key]
    both = [label for key, label in mine.members.items() if key in theirs.members]
    if not both:
        return None
    names = listed(both) if len(both) <= NAMED else listed([*both[:NAMED], f"{len(both) - NAMED} more"])
    sits = "sits" if len(both) == 1 else "sit"
    return Clash(f"{names} {sits} on both {mine.name} and {theirs.name}, which meets at {at_time(other.at)}", other.day)


def _days_off(standing: list[Sitting], plans: Mapping[str, BoardPlan]) -> Iterator[tuple[dt.date, Trouble]]:
    for each in standing:
        plan = plans[each.key]
        if why := plan.calendar.why_off(each.day):
            sentence = f"{plan.name} meets on {day_in_words(each.day)}, which is not a working day: {why}."
            yield each.day, Trouble(DAY_OFF, sentence, (each.ref,))


def _clashes(standing: list[Sitting], plans: Mapping[str, BoardPlan]) -> Iterator[tuple[dt.date, Trouble]]:
    for day, same_day in itertools.groupby(standing, key=lambda each: each.day):
        for one, other in itertools.combinations(list(same_day), 2):
            if clash := shared(one, other, plans):
                yield day, Trouble(CLASH, clash.sentence, (one.ref, other.ref))


def _wrong_order(standing: list[Sitting], plans: Mapping[str, BoardPlan]) -> Iterator[tuple[dt.date, Trouble]]:
    of_board = defaultdict(list)
    for each in standing:
        of_board[each.key].append(each)
    for plan in plans.values():
        for follows in plan.follows:
            for first in of_board.get(follows.key, ()):
                zone = Zone(plans[follows.key], plan, follows, first.day)
                for then in of_board.get(plan.key, ()):
                    if then.day in zone:
                        yield then.day, Trouble(ORDER, zone.broken_by(then.day), (first.ref, then.ref))
