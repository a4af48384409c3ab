"""Which pages of a meeting there are for a reader, besides its own."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from boards.models import Meeting, Minutes, PackCopy, Summary
from boards.querysets import SEE_ALL_BOARDS
from boards.rules import may_run_boards
from people.actor import Actor


@dataclass(frozen=True)
class Ways:
    """What can be opened: by those who run or check the meeting always, by others once there is something for them."""

    papers: bool
    room: bool
    pack: bool
    summary: bool
    minutes: bool


def ways_of(meeting: Meeting, actor: Actor) -> Ways:
    """One query for those who neither run nor check boards, none for the others."""
    if actor.has(*SEE_ALL_BOARDS):
        return Ways(papers=True, room=bool(may_run_boards(actor)), pack=True, summary=True, minutes=True)
    mine = PackCopy.objects.filter(edition__meeting=OuterRef("pk"), person=actor.person_id)
    written = Minutes.objects.filter(~Q(state="draft"), meeting=OuterRef("pk"))
    found = (
        Meeting.objects.filter(pk=meeting.pk)
        .annotate(
            pack=Exists(mine), summary=Exists(Summary.objects.filter(meeting=OuterRef("pk"))), written=Exists(written)
        )
        .values("pack", "summary", "written")
        .get()
    )
    return Ways(papers=False, room=False, pack=found["pack"], summary=found["summary"], minutes=found["written"])
