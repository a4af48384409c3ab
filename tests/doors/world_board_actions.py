"""Actions in every state, of a board where the lead's post is in the chair and the member's sits.

The overseer's post owns them. One is of an item that is left out for everybody else; no summary has gone out.
"""

import datetime as dt
from typing import TYPE_CHECKING

from boards.models import Membership
from people.models import Post
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory
from tests.factories.records import BoardActionFactory, DecisionFactory, MinutesFactory

if TYPE_CHECKING:
    from tests.doors.world import World

DAYS = {"met": dt.date(2022, 1, 18), "coming": dt.date(2022, 2, 8), "confirmed": dt.date(2021, 12, 7)}
MOMENT = dt.datetime(2022, 1, 18, 17, 0, tzinfo=dt.UTC)


def add(world: "World") -> None:
    """Places: action_<state>, action_secret; actions_<meeting>, actions_<meeting>_item."""
    board = BoardFactory(slug="actions-of", title="Actions Of")
    for code, category in (("lead-post", "chair"), ("member-post", "internal")):
        Membership.objects.create(
            board=board, post=Post.objects.get(code=code), category=category, starts=dt.date(2021, 4, 1)
        )
    owner = Post.objects.get(code="overseer-post")
    items = {name: AgendaItemFactory(meeting=MeetingFactory(board=board, on=on)) for name, on in DAYS.items()}
    for name, item in items.items():
        one = {"slug": board.slug, "pk": item.meeting_id}
        world.places |= {f"actions_{name}": one, f"actions_{name}_item": one | {"item": item.pk}}
    met = items["met"].meeting
    closed = {"state": "closed", "closed_on": met.day, "closed_at_meeting": met}
    rows = {
        "open": BoardActionFactory(item=items["met"], owner_post=owner),
        "proposed": BoardActionFactory(item=items["met"], owner_post=owner, state="proposed"),
        "closed": BoardActionFactory(item=items["met"], owner_post=owner, **closed),
        "secret": BoardActionFactory(item=AgendaItemFactory(meeting=met, visibility="absent"), owner_post=owner),
    }
    world.places |= {f"action_{name}": {"pk": row.pk} for name, row in rows.items()}
    MinutesFactory(
        meeting=items["confirmed"].meeting,
        state="confirmed",
        confirmed_by=DecisionFactory(item=items["met"]),
        confirmed_at=MOMENT,
        sha256="a" * 64,
    )
    kept = {
        "boardaction": rows["open"],
        "actioncontributor": rows["open"].contributor_links.create(post=Post.objects.get(code="lead-post")),
        "boardactionact": rows["open"].acts.create(verb="raised", at=MOMENT, by_name="Somebody"),
    }
    world.places |= {f"row_boards_{name}": {"object_id": row.pk} for name, row in kept.items()}
