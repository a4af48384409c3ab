"""How a forward plan fills the coming agendas: deep dives one of each stream, duties spread over the year. Pure.

Deep dives: every coming meeting takes one entry of each stream of the terms. Duties: one that is due n times a year is
due once in each nth of the financial year. Other entries take the first coming meeting with time left for them.
Source: terms of reference that ask for one operational and one enabling pillar at each meeting.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kit.fields import in_words
from kit.periods import FIRST_MONTH, add_months

DUTY_MINUTES = 15  # a duty that nobody has planned yet


@dataclass(frozen=True)
class Entry:
    """Something on the forward plan."""

    key: int
    title: str
    minutes: int
    stream: str = ""
    duty: str = ""
    not_before: dt.date | None = None
    wanted_by: dt.date | None = None


@dataclass(frozen=True)
class Duty:
    """A duty that comes round so many times a year."""

    key: str
    text: str
    times_a_year: int


@dataclass
class Agenda:
    """A meeting with what is on its agenda. `open`: it is still to come and can take more."""

    key: int
    day: dt.date
    minutes: int
    taken: int = 0
    streams: set[str] = field(default_factory=set)
    duties: set[str] = field(default_factory=set)
    open: bool = True


@dataclass(frozen=True)
class Placement:
    """What goes on which agenda, and why there. Either an entry or a duty."""

    meeting: int
    why: str
    entry: Entry | None = None
    duty: Duty | None = None


@dataclass(frozen=True)
class Left:
    """What finds no place, and why."""

    title: str
    why: str


@dataclass(frozen=True)
class Filling:
    placed: tuple[Placement, ...]
    left: tuple[Left, ...]


def fill(
    entries: Iterable[Entry], duties: Iterable[Duty], agendas: Iterable[Agenda], streams: Sequence[str]
) -> Filling:
    """Where everything goes. `agendas` are all meetings of the years concerned, held ones included; they are filled."""
    agendas = sorted(agendas, key=lambda each: each.day)
    waiting = sorted(entries, key=lambda each: (each.wanted_by or dt.date.max, each.key))
    placed: list[Placement] = []
    left: list[Left] = []
    deep = [each for each in waiting if each.stream and each.stream in streams]
    _place_streams(deep, agendas, streams, placed)
    for entry in [each for each in waiting if each not in deep]:
        _place_entry(entry, agendas, placed, left)
    done = {placement.entry.key for placement in placed if placement.entry}
    left += [_no_turn(entry, agendas) for entry in deep if entry.key not in done]
    for duty in duties:
        _place_duty(duty, agendas, placed, left)
    order = {agenda.key: place for place, agenda in enumerate(agendas)}
    return Filling(tuple(sorted(placed, key=lambda each: order[each.meeting])), tuple(left))


def _place_streams(
    waiting: list[Entry], agendas: list[Agenda], streams: Sequence[str], placed: list[Placement]
) -> None:
    waiting = list(waiting)
    for agenda in agendas:
        if not agenda.open:
            continue
        for stream in streams:
            if stream in agenda.streams:
                continue
            entry = next((each for each in waiting if each.stream == stream and _may_be_on(each, agenda.day)), None)
            if entry is None:
                continue
            waiting.remove(entry)
            why = f"Each meeting takes one deep dive of “{stream}”, and this one is next{_by(entry, agenda.day)}."
            _put(agenda, entry, placed, why)


def _place_entry(entry: Entry, agendas: list[Agenda], placed: list[Placement], left: list[Left]) -> None:
    fitting = [each for each in agendas if each.open and _may_be_on(entry, each.day)]
    roomy = [each for each in fitting if each.taken + entry.minutes <= each.minutes]
    if not fitting:
        since = f" from {in_words(entry.not_before)} on" if entry.not_before else ""
        left.append(Left(entry.title, f"No meeting is planned{since}."))
    elif not roomy:
        left.append(Left(entry.title, f"No coming meeting has {entry.minutes} minutes left."))
    else:
        agenda = roomy[0]
        skipped = fitting.index(agenda)
        first = "The first coming meeting" if not skipped else "The first coming meeting with time left"
        _put(agenda, entry, placed, f"{first}{_since(entry)}{_by(entry, agenda.day)}.")


def _place_duty(duty: Duty, agendas: list[Agenda], placed: list[Placement], left: list[Left]) -> None:
    """Once in each part of each financial year that a coming meeting falls into."""
    for start in sorted({_year_start(each.day) for each in agendas if each.open}):
        for number, (starts, ends) in enumerate(_parts(start, duty.times_a_year), start=1):
            inside = [each for each in agendas if starts <= each.day <= ends]
            if any(duty.key in each.duties for each in inside):
                continue
            coming = [each for each in inside if each.open]
            when = f"between {in_words(starts)} and {in_words(ends)}"
            if not coming:
                if not inside or all(each.open for each in inside):
                    left.append(Left(duty.text, f"It is due {when}, and no meeting is planned then."))
                else:
                    left.append(Left(duty.text, f"It was due {when}, and no agenda took it up."))
                continue
            agenda = next((each for each in coming if each.taken + DUTY_MINUTES <= each.minutes), coming[0])
            agenda.duties.add(duty.key)
            agenda.taken += DUTY_MINUTES
            times = "once a year" if duty.times_a_year == 1 else f"{duty.times_a_year} times a year"
            turn = "" if duty.times_a_year == 1 else f" This is number {number},"
            placed.append(
                Placement(agenda.key, f"A duty of the terms, {times}.{turn or ' It is'} due {when}.", None, duty)
            )


def _put(agenda: Agenda, entry: Entry, placed: list[Placement], why: str) -> None:
    agenda.taken += entry.minutes
    over = agenda.taken - agenda.minutes
    if over > 0:
        why += f" The agenda then runs over by {over} minutes."
    if entry.stream:
        agenda.streams.add(entry.stream)
    if entry.duty:
        agenda.duties.add(entry.duty)
    placed.append(Placement(agenda.key, why, entry))


def _may_be_on(entry: Entry, day: dt.date) -> bool:
    return entry.not_before is None or entry.not_before <= day


def _since(entry: Entry) -> str:
    return f" from {in_words(entry.not_before)}" if entry.not_before else ""


def _by(entry: Entry, day: dt.date) -> str:
    if entry.wanted_by is None:
        return ""
    late = ", which is missed" if entry.wanted_by < day else ""
    return f", wanted by {in_words(entry.wanted_by)}{late}"


def _no_turn(entry: Entry, agendas: list[Agenda]) -> Left:
    if not any(each.open and _may_be_on(entry, each.day) for each in agendas):
        since = f" from {in_words(entry.not_before)} on" if entry.not_before else ""
        return Left(entry.title, f"No meeting is planned{since}.")
    return Left(entry.title, f"Every coming meeting already has a deep dive of “{entry.stream}”.")


def _year_start(day: dt.date) -> dt.date:
    return dt.date(day.year if day.month >= FIRST_MONTH else day.year - 1, FIRST_MONTH, 1)


def _parts(start: dt.date, times: int) -> list[tuple[dt.date, dt.date]]:
    """The year in equal parts: whole months where that divides it, otherwise days."""
    if 12 % times == 0:
        edges = [add_months(start, 12 // times * n) for n in range(times + 1)]
    else:
        days = (add_months(start, 12) - start).days
        edges = [start + dt.timedelta(days=days * n // times) for n in range(times + 1)]
    return [(edges[n], edges[n + 1] - dt.timedelta(days=1)) for n in range(times)]
