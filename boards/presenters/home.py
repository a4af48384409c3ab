"""How what waits on boards reads on the home page."""

import datetime as dt

from boards.models import Meeting
from boards.presenters.deadlines import Deadline, split
from boards.queries.home import BoardsInbox
from kit.working_days import moment_in_words
from monitoring.presenters.days import away
from monitoring.presenters.inbox import Task
from people.actor import Actor

MOST = 10


class BoardsHome:
    """The blocks of the home page about boards, each ready to be drawn."""

    def __init__(self, inbox: BoardsInbox, actor: Actor, now: dt.datetime) -> None:
        found = split(inbox.due, actor, now, most=len(inbox.due))
        self.runs = inbox.runs
        self.overdue = [_task(line) for line in found.overdue[:MOST]]
        self.more = len(found.overdue) - len(self.overdue)
        self.due = [_task(line) for line in found.next]
        self.meetings = [_meeting(row, actor) for row in inbox.meetings]

    @property
    def waits(self) -> bool:
        """Whether something has to be done."""
        return bool(self.overdue or self.due)


def _task(line: Deadline) -> Task:
    return Task(
        action="",
        title=f"{line.product}, {line.meeting}",
        url=line.meeting_url,
        hint=", ".join(filter(None, [f"Due {line.due}", line.standing])),
        marks=(line.mark,),
    )


def _meeting(row: Meeting, actor: Actor) -> Task:
    hint = f"{moment_in_words(row.starts_at)}, {away(row.day, actor.on)}"
    return Task(
        action="",
        title=row.board.title,
        url=row.get_absolute_url(),
        hint=f"{hint}. {row.place}" if row.place else hint,
        marks=(),
    )
