"""Attendance by post: who came themselves, of the meetings held while they sat and the post was filled."""

from dataclasses import dataclass

from .figures import Figure, Outcome, many, no_data, per_cent
from .rows import SeatTally
from .years import Year


@dataclass(frozen=True)
class SeatRecord:
    """A seat in a year. `due` are the meetings it could be expected at."""

    tally: SeatTally
    sentence: str

    @property
    def due(self) -> int:
        return due_of(self.tally)

    @property
    def share(self) -> float | None:
        """Came themselves, in per cent of the meetings due; None when there were none."""
        return 100 * self.tally.came / self.due if self.due else None


def due_of(tally: SeatTally) -> int:
    """Meetings held with somebody in the seat, of which it is known who came."""
    return tally.came + tally.deputy + tally.apologies + tally.absent


def seats(tallies: list[SeatTally]) -> list[SeatRecord]:
    """One record a seat, in the order given."""
    return [SeatRecord(tally, _sentence(tally)) for tally in tallies]


def attendance(tallies: list[SeatTally], year: Year, *, was_held: bool, cancelled: int) -> Figure:
    """All members together. Standing invitations, attendees and the secretariat are not in it."""
    key, label = "attendance", "Members’ attendance"
    if not was_held:
        return no_data(key, label, f"No meetings held in {year.label}.")
    members = [tally for tally in tallies if tally.is_member]
    due = sum(map(due_of, members))
    if not due:
        return no_data(key, label, "Nobody’s attendance was recorded.")
    came, deputies = sum(each.came for each in members), sum(each.deputy for each in members)
    sentence = f"Members came themselves {came} of {due} times ({per_cent(came, due)})"
    sentence += f"; deputies came {'once' if deputies == 1 else f'{deputies} times'} more." if deputies else "."
    left = [
        f"{vacant} for vacant posts" if (vacant := sum(each.vacant for each in members)) else "",
        f"{unknown} not recorded" if (unknown := sum(each.unknown for each in members)) else "",
        many(cancelled, "cancelled meeting") if cancelled else "",
    ]
    if any(left):
        sentence += f" Left out: {', '.join(filter(None, left))}."
    return Figure(key, label, Outcome.COUNTED, sentence, came, due)


def _sentence(tally: SeatTally) -> str:
    due = due_of(tally)
    if not due:
        why = "vacant at every meeting held" if tally.vacant else "not recorded"
        return f"No attendance to count: {why}."
    said = f"Came to {tally.came} of {many(due, 'meeting')} ({per_cent(tally.came, due)})"
    said += f"; a deputy came to {tally.deputy}." if tally.deputy else "."
    if tally.vacant:
        said += f" The post was vacant at {tally.vacant} more."
    if tally.unknown:
        said += f" Not recorded at {tally.unknown} more."
    return said
