"""How what waits on boards reads on the home page."""

import datetime as dt

from django.urls import reverse

from boards.action_standing import Standing, standing
from boards.models import BoardAction, Meeting, PackCopy, Paper
from boards.presenters.deadlines import Deadline, split
from boards.presenters.papers import lateness, look
from boards.queries.home import BoardsInbox
from kit import marks
from kit.fields import in_words
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
        self.papers = [_paper(row, now) for row in inbox.papers]
        self.to_permit = [_to_permit(row) for row in inbox.to_permit]
        self.packs = [_pack(row) for row in inbox.packs]
        self.actions = [_action(row, actor.on) for row in inbox.actions]

    @property
    def waits(self) -> bool:
        """Whether something has to be done."""
        return bool(self.overdue or self.due or self.papers or self.to_permit or self.packs or self.actions)


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


def _paper(row: Paper, now: dt.datetime) -> Task:
    late = lateness(row, now)
    return Task(
        action="",
        title=row.title,
        url=row.get_absolute_url(),
        hint=f"{row.item.meeting}. Due by {moment_in_words(row.due_at)}",
        marks=(marks.state(look(row), row.get_state_display()),),
        warning=late.capitalize(),
    )


def _to_permit(row: Paper) -> Task:
    return Task(
        action="Answer",
        title=f"May “{row.title}” come late?",
        url=reverse("boards:paper_late_permit", args=[row.pk]),
        hint=str(row.item.meeting),
        marks=(),
    )


def _pack(row: PackCopy) -> Task:
    meeting = row.edition.meeting
    read = reverse("boards:pack_read", args=[meeting.board.slug, meeting.pk, row.edition.number])
    return Task(
        action="Read" if row.first_opened_at is None else "",
        title=f"{meeting.board.title}, edition {row.edition.number}",
        url=read,
        hint=f"For {in_words(meeting.day)}. Sent {moment_in_words(row.sent_at)}",
        marks=() if row.first_opened_at else (marks.state("new", "Not opened"),),
    )


def _action(row: BoardAction, on: dt.date) -> Task:
    stands = standing(row, on)
    late = stands is Standing.OVERDUE
    return Task(
        action="",
        title=f"{row.reference}: {row.text}",
        url=row.get_absolute_url(),
        hint=f"{row.board}. Due by {in_words(row.due)}",
        marks=(marks.state("overdue" if late else "open", stands.label),),
    )
