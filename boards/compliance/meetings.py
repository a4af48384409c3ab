"""Meetings: as often as the terms ask, planned and held, quorate."""

import datetime as dt
from collections import Counter

from boards.held import Held, held
from kit.working_days import listed

from .figures import Figure, Outcome, counted, many, no_data
from .holding import spans
from .rows import BoardRow, MeetingRow, Rows
from .years import Year

HELD, CANCELLED = "held", "cancelled"
BECAME = (HELD, CANCELLED, "still to come", "past and not recorded")


def frequency(rows: Rows, board: BoardRow, year: Year, today: dt.date) -> Figure:
    """Whether it met as often as its terms asked, from the days on which it had any."""
    key, label = "frequency", "Met as often as its terms ask"
    starts, ends = max(year.starts, board.starts), min(year.ends, board.ends or year.ends)
    if starts > today:
        return no_data(key, label, f"The board’s {year.label} has not begun.")
    lasting = spans(rows, board.key, starts, min(ends, today))
    if not lasting:
        return no_data(key, label, f"No terms of reference were in force in {year.label}.")
    asked = [(first, last, rules.frequency) for first, last, rules in lasting if rules.frequency]
    if not asked:
        return no_data(key, label, "Its terms do not say how often it meets.")
    days = sorted(each.day for each in rows.meetings.get(board.key, ()) if each.state == HELD)
    found = [
        held(days, how_often, first, last, previous=max((day for day in days if day < first), default=None))
        for first, last, how_often in asked
    ]
    return _answer(key, label, found)


def _answer(key: str, label: str, found: list[Held]) -> Figure:
    sentence = " ".join(each.sentence for each in found).replace("Did not meet;", "No meetings held;")
    if not any(each.meetings for each in found) and all(found):
        return no_data(key, label, sentence)
    return Figure(key, label, Outcome.KEPT if all(found) else Outcome.NOT_KEPT, sentence)


def planned(meetings: list[MeetingRow], year: Year) -> Figure:
    """How many meetings there were to be, and what became of them."""
    key, label = "meetings", "Meetings held"
    if not meetings:
        return no_data(key, label, f"No meetings held in {year.label}, and none planned.")
    of = Counter(_became(each) for each in meetings)
    moved = sum(each.was_moved for each in meetings)
    parts = listed([f"{of[what]} {what}" for what in BECAME if of[what]])
    sentence = f"{many(len(meetings), 'meeting')} planned: {parts}."
    if moved:
        sentence += f" {moved} moved to another day."
    if not of[HELD]:
        sentence = f"No meetings held. {sentence}"
    return Figure(key, label, Outcome.COUNTED if of[HELD] else Outcome.NO_DATA, sentence, of[HELD], len(meetings))


def _became(meeting: MeetingRow) -> str:
    if meeting.state in (HELD, CANCELLED):
        return meeting.state
    return "past and not recorded" if meeting.is_over else "still to come"


def quorate_meetings(meetings: list[MeetingRow], year: Year) -> Figure:
    """Meetings at which every item was quorate, of those held whose quorum is recorded."""
    key, label = "quorate_meetings", "Meetings quorate throughout"
    here = [each for each in meetings if each.state == HELD]
    if not here:
        return no_data(key, label, f"No meetings held in {year.label}.")
    known = [each for each in here if each.quorate + each.inquorate]
    if not known:
        return no_data(key, label, f"The terms set no quorum for the {many(len(here), 'meeting')} held.")
    good = sum(not each.inquorate for each in known)
    sentence = f"Quorate for every item at {good} of {many(len(known), 'meeting')} held."
    if left := len(here) - len(known):
        sentence += f" {many(left, 'meeting')} left out: the terms set no quorum then."
    return counted(key, label, good, len(known), sentence)


def quorate_items(meetings: list[MeetingRow], year: Year) -> Figure:
    """Items that were quorate, of those taken at meetings held."""
    key, label = "quorate_items", "Items quorate"
    here = [each for each in meetings if each.state == HELD]
    if not here:
        return no_data(key, label, f"No meetings held in {year.label}.")
    good, bad = sum(each.quorate for each in here), sum(each.inquorate for each in here)
    if not good + bad:
        return no_data(key, label, f"The terms set no quorum for the {many(len(here), 'meeting')} held.")
    sentence = f"{good} of {many(good + bad, 'item')} quorate."
    if bad:
        sentence += f" What was decided at the other {bad} is subject to ratification."
    if left := sum(each.unknown for each in here):
        sentence += f" {many(left, 'item')} left out: the terms set no quorum then."
    return counted(key, label, good, good + bad, sentence)
