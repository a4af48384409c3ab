"""A board with minutes: of a meeting that has begun, none and a draft, circulated, and confirmed at the next one.

The lead's post is in the chair, the member's post sits beside it.
"""

import datetime as dt
from typing import TYPE_CHECKING

from boards.models import Meeting, Membership, Minutes, MinutesAct, MinutesItem, MinutesPart
from boards.queries.minutes import body_of, hash_of
from people.models import Post
from tests.factories.boards import AgendaItemFactory, BoardFactory, DraftTermsFactory, MeetingFactory, approved
from tests.factories.records import DecisionFactory

if TYPE_CHECKING:
    from tests.doors.world import World

DAYS = {
    "none": dt.date(2022, 1, 18),
    "draft": dt.date(2022, 1, 11),
    "circulated": dt.date(2021, 12, 7),
    "confirmed": dt.date(2021, 11, 2),
}
WHEN = dt.datetime(2022, 1, 18, 12, tzinfo=dt.UTC)


def add(world: "World") -> None:
    """Places: minutes_<state>, minutes_<state>_item."""
    board = BoardFactory(slug="with-minutes", title="With Minutes")
    terms = approved(DraftTermsFactory(board=board, quorum={"at_least": 1}))
    for post, category in (("lead-post", "chair"), ("member-post", "internal")):
        Membership.objects.create(
            board=board, post=Post.objects.get(code=post), category=category, starts=dt.date(2021, 4, 1)
        )
    meetings = {state: MeetingFactory(board=board, on=on) for state, on in DAYS.items()}
    items = {state: AgendaItemFactory(meeting=meeting) for state, meeting in meetings.items()}
    put = AgendaItemFactory(meeting=meetings["circulated"], standing="minutes")
    for state in ("draft", "circulated", "confirmed"):
        Meeting.objects.filter(pk=meetings[state].pk).update(state="held", terms=terms, rules=terms)
    rows = {}
    for state in ("draft", "circulated", "confirmed"):
        row = Minutes.objects.create(meeting=Meeting.objects.get(pk=meetings[state].pk))
        part = MinutesPart.objects.create(minutes=row, item=items[state], text="It was said.")
        rows[state] = row
    link = MinutesItem.objects.create(minutes=rows["confirmed"], item=put)
    correction = rows["circulated"].corrections.create(
        item=items["circulated"], was="It was said.", becomes="It was asked.", asked_by="A", at=WHEN, by_name="B"
    )
    rows["circulated"].state, rows["circulated"].circulated_at = "circulated", WHEN
    rows["circulated"].save()
    record = body_of(rows["confirmed"])
    Minutes.objects.filter(pk=rows["confirmed"].pk).update(
        state="confirmed",
        circulated_at=WHEN,
        confirmed_at=WHEN,
        confirmed_by=DecisionFactory(item=put),
        record=record,
        sha256=hash_of(record),
    )
    act = MinutesAct.objects.create(minutes=rows["draft"], verb="drafted", at=WHEN, by_name="A. Person")
    for state, meeting in meetings.items():
        one = {"slug": board.slug, "pk": meeting.pk}
        world.places |= {f"minutes_{state}": one, f"minutes_{state}_item": one | {"item": items[state].pk}}
    kept = {
        "minutes": rows["draft"],
        "minutespart": part,
        "correction": correction,
        "minutesitem": link,
        "minutesact": act,
    }
    world.places |= {f"row_boards_{name}": {"object_id": row.pk} for name, row in kept.items()}
