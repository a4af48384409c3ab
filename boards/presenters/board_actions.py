"""How board actions read, on pages, in packs and in minutes. Asks nothing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from boards.action_standing import Standing, standing
from boards.choices_records import ActionState
from boards.models import BoardAction
from boards.queries.board_actions import Line
from kit import clock
from kit.fields import in_words


@dataclass(frozen=True)
class Row:
    """One action as its reader may see it, all in words that can be kept as they are (`dataclasses.asdict`).

    `minute` is where it came from, `stands` how late or soon it is, `silent` a sentence when nobody has said since the
    last meeting how it stands.
    """

    reference: str
    minute: str
    text: str
    owner: str
    holder: str
    contributors: tuple[str, ...]
    due: str
    first_due: str
    moved: str
    state: str
    stands: str
    update: str
    updated: str
    silent: str
    closed: str
    url: str


def rows(lines: Iterable[Line], on: dt.date) -> list[Row]:
    """The lines in words, as they stand on a day."""
    return [row(line, on) for line in lines]


def row(line: Line, on: dt.date) -> Row:
    """One line in words. `first_due` and `moved` are empty while its date is the first one."""
    action, update = line.action, line.last_update
    return Row(
        reference=action.reference,
        minute=line.minute.words,
        text=action.text,
        owner=action.owner_post.title,
        holder=line.holding.person.name if line.holding else "",
        contributors=tuple(link.post.title for link in action.contributor_links.all()),
        due=in_words(action.due),
        first_due=in_words(action.original_due) if line.times_moved else "",
        moved=moved(line),
        state=action.get_state_display(),
        stands=stands(action, on),
        update=update.reason if update else "",
        updated=in_words(clock.local_date(update.at)) if update else "",
        silent="No update since the last meeting" if line.is_silent else "",
        closed=closed(action),
        url=action.get_absolute_url(),
    )


def moved(line: Line) -> str:
    """ "Moved twice"; empty when it never was."""
    times = line.times_moved
    return {0: "", 1: "Moved once", 2: "Moved twice"}.get(times, f"Moved {times} times")


def stands(action: BoardAction, on: dt.date) -> str:
    """ "Overdue by 12 days", "Due tomorrow", "Parked until 1 March 2022"."""
    match standing(action, on):
        case Standing.PARKED:
            return f"Parked until {in_words(action.parked_until)}"
        case Standing.OVERDUE:
            return f"Overdue by {_days((on - action.due).days)}"
        case Standing.DUE | Standing.AHEAD:
            return _until((action.due - on).days)
        case Standing.PROPOSED:
            return "Proposed for closure"
    return "Closed"


def closed(action: BoardAction) -> str:
    """ "Closed at the meeting of 8 February 2022"; empty before."""
    if action.state != ActionState.CLOSED:
        return ""
    return f"Closed at the meeting of {in_words(action.closed_at_meeting.day)}"


def _until(days: int) -> str:
    return {0: "Due today", 1: "Due tomorrow"}.get(days, f"Due in {_days(days)}")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
