"""A year of meetings for many boards at once: on their frequency, on working days, in sequence, without clashes.

Boards are planned one after another, each after those it follows. A slot that does not fit moves to the first later day
that does, up to where the next slot begins; where there is none, the meeting stays and its problem is said.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from boards.checking import Clash, day_off, shared
from boards.frequency import slots, usual_gap_days
from boards.frequency import words as frequency_words
from boards.plans import BoardPlan, Sitting
from boards.sequence import Zone, in_order
from kit.working_days import day_in_words, listed

ONE_DAY = dt.timedelta(days=1)
WEEK = 7


@dataclass(frozen=True)
class Proposal:
    """A meeting to accept, move or drop. The sentence says why this day; problems say what is wrong with it."""

    sitting: Sitting
    sentence: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """What was found, by day; and what is wrong with the wishes themselves, such as a circle."""

    meetings: tuple[Proposal, ...]
    problems: tuple[str, ...] = ()


@dataclass
class _Diary:
    """Every sitting that is known so far, by board and by day."""

    plans: dict[str, BoardPlan]
    of_board: dict[str, list[Sitting]] = field(default_factory=lambda: defaultdict(list))
    on_day: dict[dt.date, list[Sitting]] = field(default_factory=lambda: defaultdict(list))

    def add(self, sitting: Sitting) -> None:
        self.of_board[sitting.key].append(sitting)
        self.on_day[sitting.day].append(sitting)


@dataclass
class _Page:
    """One board's page of the diary: the days it has, the zones of those it follows, and who waits for it already."""

    plan: BoardPlan
    diary: _Diary

    def __post_init__(self) -> None:
        plans, of_board = self.diary.plans, self.diary.of_board
        self.taken = {each.day for each in of_board[self.plan.key]}
        self.zones = [
            Zone(plans[each.key], self.plan, each, sitting.day)
            for each in self.plan.follows
            for sitting in of_board[each.key]
        ]
        self.waiting = [
            (other, each, sitting.day)
            for other in plans.values()
            for each in other.follows
            if each.key == self.plan.key
            for sitting in of_board[other.key]
        ]

    def zone(self, day: dt.date) -> Zone | None:
        return next((zone for zone in self.zones if day in zone), None)

    def clash(self, day: dt.date) -> Clash | None:
        """Another meeting at the same time, with somebody who sits on both."""
        wanted = Sitting(self.plan.key, day, self.plan.at, self.plan.minutes)
        for each in self.diary.on_day.get(day, ()):
            if clash := shared(wanted, each, self.diary.plans):
                return clash
        return None

    def too_early(self, day: dt.date) -> str:
        """Of a meeting that stands already and has to come after this one: that it would not."""
        for other, follows, theirs in self.waiting:
            if theirs in (zone := Zone(self.plan, other, follows, day)):
                return zone.broken_by(theirs)
        return ""

    def is_free(self, day: dt.date) -> bool:
        fits = self.plan.calendar.works(day) and day not in self.taken
        return fits and not self.zone(day) and not self.clash(day) and not self.too_early(day)

    def add(self, proposal: Proposal) -> None:
        self.taken.add(proposal.sitting.day)
        self.diary.add(proposal.sitting)


def propose(
    plans: Sequence[BoardPlan], from_day: dt.date, to_day: dt.date, standing: Iterable[Sitting] = ()
) -> Proposed:
    """Meetings for the slots of each board that lie between the two days, both included.

    `standing` are meetings that are there already: they are kept clear of, and a slot that has one gets no other. A
    meeting that would have to give way to a day after `to_day` is brought forward, or left out where no day is free.
    """
    ordered, problems = in_order(plans)
    diary = _Diary({plan.key: plan for plan in ordered})
    for sitting in standing:
        diary.add(sitting)
    found = [each for plan in ordered for each in _of_board(plan, from_day, to_day, diary)]
    found.sort(key=lambda each: (each.sitting.day, each.sitting.at, each.sitting.key))
    return Proposed(tuple(found), tuple(problems))


def _of_board(plan: BoardPlan, from_day: dt.date, to_day: dt.date, diary: _Diary) -> Iterator[Proposal]:
    page = _Page(plan, diary)
    usual = usual_gap_days(plan.frequency)
    wanted = [_on_weekday(slot, plan.weekday) for slot in slots(plan.frequency, plan.first_day, from_day, to_day)]
    filled = _filled(wanted, page.taken, usual // 2)
    last = dt.date.min
    for index, slot in enumerate(wanted):
        if slot in filled:
            continue
        end = wanted[index + 1] if index + 1 < len(wanted) else slot + dt.timedelta(days=usual)
        proposal = _for_slot(page, max(slot, last + ONE_DAY), max(end, last + 2 * ONE_DAY))
        if proposal.sitting.day > to_day:
            earliest = max(from_day, last + ONE_DAY, slot - dt.timedelta(usual // 2))
            proposal = _brought_forward(page, min(slot, to_day), earliest, proposal)
        if proposal is None:
            continue
        last = proposal.sitting.day
        page.add(proposal)
        yield proposal


def _for_slot(page: _Page, start: dt.date, end: dt.date) -> Proposal:
    off: list[dt.date] = []
    waits: dict[str, None] = {}
    # What is in the way, with the days of it where it is said once for several.
    conflicts: dict[str, list[str]] = {}
    early = ""
    day = start
    while day < end:
        if zone := page.zone(day):
            waits[zone.reason] = None
            hoped = _on_weekday(zone.until, page.plan.weekday)
            day = hoped if hoped < end and page.is_free(hoped) else zone.until
            if day != hoped and (near := page.zone(hoped)):
                conflicts[f"{day_in_words(hoped)} is too close to {near.first.name} on {day_in_words(near.day)}"] = []
            continue
        if not page.plan.calendar.works(day):
            off.append(day)
        elif clash := page.clash(day):
            conflicts.setdefault(clash.what, []).append(day_in_words(clash.day))
        elif too_early := page.too_early(day):
            # Said of the first such day only: it goes for each one after it.
            early = early or too_early.removesuffix(".")
            conflicts[early] = []
        elif day not in page.taken:
            moved = [f"{what} on {listed(days)}" if days else what for what, days in conflicts.items()]
            return _proposal(page.plan, day, off, list(waits), moved)
        day += ONE_DAY
    return _against_the_wish(page, start)


def _brought_forward(page: _Page, day: dt.date, earliest: dt.date, later: Proposal) -> Proposal | None:
    """The last free day up to the day, in place of a later one; None when there is none from the earliest on."""
    while day >= earliest:
        if page.is_free(day):
            sentence = f"{later.sentence} Brought forward, so as not to come after the time asked for."
            return Proposal(replace(later.sitting, day=day), sentence)
        day -= ONE_DAY
    return None


def _against_the_wish(page: _Page, start: dt.date) -> Proposal:
    """No day fits: the first working day from the start, with all that is wrong with it."""
    works = page.plan.calendar.works
    day = start
    while not works(day) or day in page.taken:
        day += ONE_DAY
    problems = [zone.broken_by(day) for zone in page.zones if day in zone]
    if clash := page.clash(day):
        problems.append(clash.sentence)
    elif too_early := page.too_early(day):
        problems.append(too_early)
    before = (start + n * ONE_DAY for n in range((day - start).days))
    return _proposal(page.plan, day, [each for each in before if not works(each)], [], [], tuple(problems))


def _proposal(
    plan: BoardPlan,
    day: dt.date,
    off: list[dt.date],
    waits: list[str],
    conflicts: list[str],
    problems: tuple[str, ...] = (),
) -> Proposal:
    base = f"{frequency_words(plan.frequency)} from {day_in_words(plan.first_day)}"
    prefers = f", on a {dt.date(1, 1, 1 + plan.weekday):%A} where possible" if plan.weekday is not None else ""
    parts = [f"{base[:1].upper()}{base[1:]}{prefers}."]
    if off:
        parts.append(f"Not on {listed([day_off(each, plan.calendar) for each in off])}.")
    if waits:
        reasons = listed(waits)
        parts.append(f"{reasons[:1].upper()}{reasons[1:]}.")
    if conflicts:
        parts.append(f"Moved because {listed(conflicts)}.")
    if problems:
        parts.append("No day before the next meeting fits everything.")
    return Proposal(Sitting(plan.key, day, plan.at, plan.minutes), " ".join(parts), problems)


def _on_weekday(day: dt.date, weekday: int | None) -> dt.date:
    return day if weekday is None else day + dt.timedelta(days=(weekday - day.weekday()) % WEEK)


def _filled(wanted: list[dt.date], taken: Iterable[dt.date], reach: int) -> set[dt.date]:
    """The slots that have a meeting already: of each standing meeting the nearest slot, when it is near."""
    found = set()
    for day in taken if wanted else ():
        nearest = min(wanted, key=lambda slot: abs(slot - day))
        if abs(nearest - day).days <= reach:
            found.add(nearest)
    return found
