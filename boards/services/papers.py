"""The doors of a paper: commissioned, written, submitted, sent back, cleared, withdrawn, and let in late.

Each verb locks the meeting, then the paper, asks the rule again, writes and records the act. Mail holds no word of an
item, only a link.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from boards import rules_papers as rules
from boards.choices_papers import WITH_AUTHOR, PaperState
from boards.models import AgendaItem, Meeting, Paper, PaperAct, RouteStep
from boards.queries import papers as queries
from boards.services import papers_in
from boards.services.agenda import locked
from boards.services.papers_in import TYPED
from kit import clock, stale
from kit.numbers import next_number
from kit.verdict import Refusal, require
from people.actor import Actor
from people.models import Person, Post
from people.queries import holders_on
from people.services.acts import stamp
from people.services.outbox import queue

FRONT = ("title", "marking", "purpose", "recommendation", "equality", "financial")


@dataclass(frozen=True)
class Chased:
    """Who was mailed, and the vacant posts that nobody can be mailed for."""

    people: list[str] = field(default_factory=list)
    vacant: list[str] = field(default_factory=list)


@transaction.atomic
def commission(
    *,
    item: AgendaItem,
    title: str,
    author_post: Post,
    brief: str = "",
    due: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> Paper:
    """Ask a post for a paper: one mail to its holder. Without `due` by the board's service level. Raises Refusal."""
    meeting = locked(item.meeting_id)
    require(rules.may_commission(by, meeting))
    if not meeting.items.filter(pk=item.pk).exists():
        raise Refusal("Somebody else took this item off the agenda while you had it open.")
    due_at, why = _due(meeting, due, at)
    paper = Paper.objects.create(
        item=item,
        number=next_number(item.papers.all()),
        title=title.strip(),
        author_post=author_post,
        brief=brief.strip(),
        due_at=due_at,
        due_why=why,
    )
    _record(paper, "commissioned", "", by, at, reason=paper.brief)
    _tell_author(paper, "paper_commissioned", by)
    papers_in.settle(meeting=meeting, by=by, at=at)
    return paper


@transaction.atomic
def save_front(*, paper: Paper, values: dict[str, Any], seen: str, by: Actor, at: dt.datetime) -> Paper:
    """Keep the front sheet. The first save starts the drafting. Raises Refusal and Stale."""
    row = locked_paper(paper)
    require(rules.may_write(by, row, row.item.meeting))
    stale.current(row, values, seen)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    begin(row, by, at)
    return row


@transaction.atomic
def add_step(*, paper: Paper, body: str, on: dt.date, comment: str, by: Actor, at: dt.datetime) -> RouteStep:
    """A body that saw the paper before. Raises Refusal."""
    row = locked_paper(paper)
    require(rules.may_write(by, row, row.item.meeting))
    step = row.route.create(body=body.strip(), on=on, comment=comment.strip())
    begin(row, by, at)
    return step


@transaction.atomic
def remove_step(*, paper: Paper, step: int, by: Actor) -> None:
    """Take a line off the governance route, by its key; one that is gone already is gone. Raises Refusal."""
    row = locked_paper(paper)
    require(rules.may_write(by, row, row.item.meeting))
    row.route.filter(pk=step).delete()


@transaction.atomic
def submit(*, paper: Paper, by: Actor, at: dt.datetime) -> Paper:
    """Give it in. After it was due it stays labelled late. Raises Refusal."""
    row = locked_paper(paper)
    given = queries.given(row)
    require(rules.may_submit(by, row, row.item.meeting, given, at))
    late = rules.is_late_now(row, given, at)
    row.is_late = row.is_late or late
    row.submitted_at = row.submitted_at or at
    _to(row, PaperState.SUBMITTED, "submitted", by, at, "is_late", "submitted_at")
    papers_in.settle(meeting=row.item.meeting, by=by, at=at)
    return row


@transaction.atomic
def send_back(*, paper: Paper, because: str, by: Actor, at: dt.datetime) -> Paper:
    """To its author, with the reason; one mail to the holder. Raises Refusal."""
    row = locked_paper(paper)
    require(rules.may_send_back(by, row, row.item.meeting))
    row.cleared_at = None
    _to(row, PaperState.SENT_BACK, "sent_back", by, at, "cleared_at", reason=because)
    papers_in.settle(meeting=row.item.meeting, by=by, at=at)
    _tell_author(row, "paper_sent_back", by)
    return row


@transaction.atomic
def clear(*, paper: Paper, by: Actor, at: dt.datetime) -> Paper:
    """Fit for the pack, and read from now on by those whom its item is put before. Raises Refusal."""
    row = locked_paper(paper)
    require(rules.may_clear(by, row, row.item.meeting, queries.given(row)))
    row.cleared_at = at
    _to(row, PaperState.CLEARED, "cleared", by, at, "cleared_at")
    return row


@transaction.atomic
def withdraw(*, paper: Paper, because: str, by: Actor, at: dt.datetime) -> Paper:
    """Not for this meeting after all. Its versions stay. Raises Refusal."""
    row = locked_paper(paper)
    require(rules.may_withdraw(by, row, row.item.meeting))
    _to(row, PaperState.WITHDRAWN, "withdrawn", by, at, reason=because)
    papers_in.settle(meeting=row.item.meeting, by=by, at=at)
    return row


@transaction.atomic
def ask_late(*, paper: Paper, because: str, by: Actor, at: dt.datetime) -> Paper:
    """Ask the chair to let a paper in late: a mail to the chair and the deputy chair. Raises Refusal."""
    row = locked_paper(paper)
    meeting = row.item.meeting
    require(rules.may_ask_late(by, row, meeting))
    row.late_asked = because.strip()
    row.save(update_fields=["late_asked"])
    _record(row, "late_asked", row.state, by, at, reason=row.late_asked)
    for person in queries.chairs_to_tell(meeting, row.item, clock.local_date(at)):
        queue(to=person, kind="paper_late_asked", context={"paper": row})
    return row


@transaction.atomic
def permit_late(*, paper: Paper, because: str, chair: str = "", by: Actor, at: dt.datetime) -> Paper:
    """Let it in late. Whoever is chair permits; the secretariat says which `chair` did, by name. Raises Refusal."""
    row = locked_paper(paper)
    meeting = row.item.meeting
    presides = queries.asked_of_chair(by).filter(pk=row.pk).exists()
    require(rules.may_permit_late(by, row, meeting, presides=presides))
    names = {line.holder: line for line in queries.chairs_of(meeting, clock.local_date(at))}
    if chair and chair not in names:
        raise Refusal(f"{chair} is not in the chair of this board on this day.")
    if not chair and not presides:
        raise Refusal("Say which chair permitted it.")
    row.late_permitted_at, row.late_reason = at, because.strip()
    row.late_permitted_by_id = person_of(names[chair]) if chair else by.person_id
    row.late_permitted_name = chair or by.name
    row.is_late = row.is_late or at > row.due_at
    fields = ["late_permitted_at", "late_reason", "late_permitted_by", "late_permitted_name", "is_late"]
    row.save(update_fields=fields)
    said = f"{chair} permitted it: {row.late_reason}" if chair and chair != by.name else row.late_reason
    _record(row, "late_permitted", row.state, by, at, reason=said, seat="" if chair else _seat(by, row))
    _tell_author(row, "paper_late_permitted", by)
    return row


@transaction.atomic
def chase(*, meeting: Meeting, by: Actor, at: dt.datetime) -> Chased:
    """Remind the authors whose papers are missing: one mail each. Vacant posts are answered. Raises Refusal."""
    row = locked(meeting.pk)
    require(rules.may_chase(by, row))
    missing = list(queries.missing(row))
    if not missing:
        raise Refusal("No paper is missing.")
    holders = holders_on([paper.author_post_id for paper in missing], clock.local_date(at))
    chased = Chased()
    by_person: dict[Person, list[Paper]] = {}
    for paper in missing:
        if held := holders.get(paper.author_post_id):
            by_person.setdefault(held.person, []).append(paper)
            _record(paper, "chased", paper.state, by, at)
        elif paper.author_post.title not in chased.vacant:
            chased.vacant.append(paper.author_post.title)
    for person, papers in by_person.items():
        queue(to=person, kind="papers_chased", context={"papers": papers})
        chased.people.append(person.name)
    return chased


def locked_paper(paper: Paper) -> Paper:
    """The paper as it is now, its meeting locked and then itself, until the transaction ends."""
    meeting = locked(paper.item.meeting_id)
    row = Paper.objects.select_for_update(of=("self",)).select_related("item", "author_post").get(pk=paper.pk)
    row.item.meeting = meeting
    return row


def begin(row: Paper, by: Actor, at: dt.datetime) -> None:
    """The first thing written makes it a draft, also after it was sent back."""
    if row.state in WITH_AUTHOR and row.state != PaperState.DRAFTING:
        _to(row, PaperState.DRAFTING, "drafting", by, at)


def person_of(line) -> int | None:
    """The key of the person on a seat."""
    return line.membership.person_id or (line.tenure.person_id if line.tenure else None)


def _due(meeting: Meeting, due: dt.date | None, at: dt.datetime) -> tuple[dt.datetime, str]:
    if due:
        require(rules.due_fits(due, meeting, clock.local_date(at)))
        return timezone.make_aware(dt.datetime.combine(due, dt.time(23, 59))), TYPED
    milestone = queries.due_of(meeting)
    if milestone is None:
        raise Refusal("The board promises no day for its papers. Enter the day it is due.")
    if milestone.due_at < at:
        raise Refusal("The day by which papers were due is past. Enter the day it is due.")
    return milestone.due_at, milestone.explanation


def _to(row: Paper, state: str, verb: str, by: Actor, at: dt.datetime, *fields: str, reason: str = "") -> None:
    before, row.state = row.state, state
    row.save(update_fields=["state", *fields])
    _record(row, verb, before, by, at, reason=reason.strip())


def _record(row: Paper, verb: str, before: str, by: Actor, at: dt.datetime, reason: str = "", seat: str = "") -> None:
    """The act, by the post that writes it, or by what `seat` says its doer acted as."""
    post = row.author_post_id if rules.writes(by, row) else None
    who = stamp(by, post_id=post) | ({"post_title": seat} if seat else {})
    PaperAct.objects.create(paper=row, verb=verb, from_state=before, to_state=row.state, at=at, reason=reason, **who)


def _seat(by: Actor, row: Paper) -> str:
    """By what right they permit it: "Chair" or "Deputy chair" of the board."""
    lines = queries.chairs_of(row.item.meeting, by.on)
    mine = next((line for line in lines if person_of(line) == by.person_id), None)
    return mine.membership.get_category_display() if mine else "Chair"


def _tell_author(row: Paper, kind: str, by: Actor) -> None:
    if tenure := queries.holder_of(row.author_post, by.on):
        queue(to=tenure.person, kind=kind, context={"paper": row})
