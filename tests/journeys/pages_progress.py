"""The pages about progress reports, for the walk through every page."""

import datetime as dt

from boards.models import AgendaItem, ItemProgress
from monitoring.models import ReportingRound
from people.models import Person
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory, MembershipFactory

SLUG = "a-board-told-of-progress"


def make() -> None:
    """A meeting to come with an item that reports on the newest closed round; the overseer chairs."""
    board = BoardFactory(slug=SLUG, title="A board told of progress", code="TOLD")
    post = Person.objects.get(code="persona-overseer").tenures.first().post
    MembershipFactory(board=board, category="chair", post=post)
    item = AgendaItemFactory(meeting=MeetingFactory(board=board, on=dt.date(2022, 2, 8)), title="Progress")
    round = ReportingRound.objects.filter(state="closed").order_by("-period_ends").first()
    ItemProgress.objects.create(item=item, round=round)


def item() -> AgendaItem:
    return AgendaItem.objects.get(meeting__board__slug=SLUG)


ITEM = [SLUG, lambda: item().meeting_id, lambda: item().pk]
PROGRESS = {"boards:item_progress": ITEM, "boards:progress_preview": ITEM}
OF_READERS = {"boards:progress_preview": ITEM}
