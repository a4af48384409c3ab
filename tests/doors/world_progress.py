"""A meeting to come and one that was held, each with a progress report, for a board where the member's post sits."""

import datetime as dt
from typing import TYPE_CHECKING

from boards.models import ItemProgress, Meeting, Membership
from monitoring.models import ReportingRound
from people.models import Post
from tests.factories.boards import AgendaItemFactory, BoardFactory, DraftTermsFactory, MeetingFactory, approved

if TYPE_CHECKING:
    from tests.doors.world import World


def add(world: "World") -> None:
    """Places: progress, progress_none, progress_secret, progress_held."""
    board = BoardFactory(slug="progress-of", title="Progress Of")
    terms = approved(DraftTermsFactory(board=board, quorum={"at_least": 1}))
    Membership.objects.create(
        board=board, post=Post.objects.get(code="member-post"), category="internal", starts=dt.date(2021, 4, 1)
    )
    round = ReportingRound.objects.exclude(state="planned").exclude(strategy__state="draft").order_by("pk").first()
    meeting, held = (MeetingFactory(board=board, on=on) for on in (dt.date(2022, 2, 8), dt.date(2021, 12, 7)))
    items = {
        "progress": AgendaItemFactory(meeting=meeting),
        "progress_none": AgendaItemFactory(meeting=meeting),
        "progress_secret": AgendaItemFactory(meeting=meeting, visibility="absent"),
        "progress_held": AgendaItemFactory(meeting=held),
    }
    for name, item in items.items():
        world.places[name] = {"slug": board.slug, "pk": item.meeting_id, "item": item.pk}
        if name != "progress_none":
            ItemProgress.objects.create(item=item, round=round)
    Meeting.objects.filter(pk=held.pk).update(state="held", terms=terms, rules=terms)
