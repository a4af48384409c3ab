"""Papers and their meeting's milestone: they follow its day, and it is met when all of them are in.

It is taken back when one is missing again in time.

Once it was due, what came stays as it was recorded: a paper that is sent back later does not make the others late.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from boards.choices import Product
from boards.choices_papers import WITH_AUTHOR
from boards.models import Meeting, MeetingAct, Milestone, Paper, PaperAct
from kit.working_days import moment_in_words
from people.actor import Actor
from people.services.acts import stamp

IN = ("submitted", "cleared")
TYPED = "Set by the secretariat."
NOTE = "The last paper was submitted."


def follow(milestones: Iterable[Milestone]) -> None:
    """What is still with its author is due by the milestone's new day, unless a day was typed. At most one query."""
    meetings = [row.meeting_id for row in milestones if row.product == Product.PAPERS]
    if not meetings:
        return
    promised = Milestone.objects.filter(meeting__items=OuterRef("item_id"), product=Product.PAPERS)
    papers = Paper.objects.filter(item__meeting__in=meetings, state__in=WITH_AUTHOR).exclude(due_why=TYPED)
    papers.update(due_at=Subquery(promised.values("due_at")[:1]), due_why=Subquery(promised.values("explanation")[:1]))


def settle(*, meeting: Meeting, by: Actor, at: dt.datetime) -> None:
    """Bring the milestone in line with the papers. The caller holds the meeting's lock."""
    row = Milestone.objects.select_for_update().filter(meeting=meeting, product=Product.PAPERS).first()
    if row is None:
        return
    came = _all_came(meeting, at)
    if came and row.met_at is None:
        row.met_at, row.note = came, NOTE
        late = ", late" if row.was_late else ""
        _keep(row, meeting, "product_came", f"Papers: {moment_in_words(came)}{late}", by, at)
    elif not came and row.met_at is not None and at <= row.due_at:
        row.met_at, row.note = None, ""
        _keep(row, meeting, "product_missing_again", "Papers: not all of them are in any more", by, at)


def _all_came(meeting: Meeting, at: dt.datetime) -> dt.datetime | None:
    """The moment of the last submission, when no standing paper is missing."""
    papers = Paper.objects.standing().filter(item__meeting=meeting)
    states = list(papers.values_list("state", flat=True))
    if not states or any(state not in IN for state in states):
        return None
    return _last_submission(papers) or at


def _last_submission(papers) -> dt.datetime | None:
    acts = PaperAct.objects.filter(paper__in=papers, verb="submitted")
    return acts.order_by("-at").values_list("at", flat=True).first()


def _keep(row: Milestone, meeting: Meeting, verb: str, detail: str, by: Actor, at: dt.datetime) -> None:
    row.save(update_fields=["met_at", "note"])
    states = {"from_state": meeting.state, "to_state": meeting.state}
    MeetingAct.objects.create(meeting=meeting, verb=verb, at=at, detail=detail, **states, **stamp(by))
