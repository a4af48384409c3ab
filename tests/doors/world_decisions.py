"""A board in the room: meetings still to come, begun, held with a summary, and with confirmed minutes.

The lead's post is in the chair, the member's post sits beside it.
"""

import datetime as dt
from typing import TYPE_CHECKING

from boards.models import DecisionAct, DecisionEffect, ItemRecord, Meeting, Membership
from people.models import Post
from tests.factories.boards import AgendaItemFactory, BoardFactory, DraftTermsFactory, MeetingFactory, approved
from tests.factories.records import DecisionFactory, MinutesFactory, SummaryFactory

if TYPE_CHECKING:
    from tests.doors.world import World

DAYS = {
    "planned": dt.date(2022, 2, 8),
    "begun": dt.date(2022, 1, 18),
    "held": dt.date(2021, 12, 7),
    "confirmed": dt.date(2021, 11, 2),
}
WHEN = dt.datetime(2022, 1, 18, 12, tzinfo=dt.UTC)


def add(world: "World") -> None:
    """Places: room_<state>, room_<state>_item, room_begun_absent, decision_<what>."""
    board = BoardFactory(slug="in-the-room", title="In the Room")
    terms = approved(DraftTermsFactory(board=board, quorum={"at_least": 1}))
    for post, category in (("lead-post", "chair"), ("member-post", "internal")):
        Membership.objects.create(
            board=board, post=Post.objects.get(code=post), category=category, starts=dt.date(2021, 4, 1)
        )
    meetings = {state: MeetingFactory(board=board, on=on) for state, on in DAYS.items()}
    items = {state: AgendaItemFactory(meeting=meeting) for state, meeting in meetings.items()}
    absent = AgendaItemFactory(meeting=meetings["begun"], visibility="absent")
    noted = AgendaItemFactory(meeting=meetings["held"])
    for seat in board.memberships.all():
        meetings["begun"].attendances.create(
            membership=seat, category=seat.category, post=seat.post, label=seat.label, name="N", presence="present"
        )
    for state in ("held", "confirmed"):
        Meeting.objects.filter(pk=meetings[state].pk).update(state="held", terms=terms, rules=terms)
    decisions = {
        "new": DecisionFactory(item=items["begun"]),
        "absent": DecisionFactory(item=absent),
        "summed_up": DecisionFactory(item=items["held"]),
        "carried_out": DecisionFactory(item=items["held"]),
        "withdrawn": DecisionFactory(item=items["held"], withdrawn_at=WHEN, withdrawn_because="Twice"),
        "confirmed": DecisionFactory(item=items["confirmed"]),
        "confirming": DecisionFactory(item=items["begun"]),
    }
    SummaryFactory(meeting=meetings["held"], body={"lines": []})
    effect = DecisionEffect.objects.create(
        decision=decisions["carried_out"], kind="approve_strategy", target=1, label="It", sentence="Done.", at=WHEN
    )
    act = DecisionAct.objects.create(decision=decisions["new"], verb="recorded", at=WHEN, by_name="A. Person")
    note = ItemRecord.objects.create(item=noted, discussion="It was said.")
    MinutesFactory(
        meeting=meetings["confirmed"],
        state="confirmed",
        confirmed_by=decisions["confirming"],
        confirmed_at=WHEN,
        sha256="0" * 64,
    )
    for state, meeting in meetings.items():
        one = {"slug": board.slug, "pk": meeting.pk}
        world.places |= {f"room_{state}": one, f"room_{state}_item": one | {"item": items[state].pk}}
    begun = {"slug": board.slug, "pk": meetings["begun"].pk}
    world.places |= {"room_begun_absent": begun | {"item": absent.pk}}
    world.places |= {f"decision_{what}": {"pk": row.pk} for what, row in decisions.items()}
    rows = {"itemrecord": note, "decision": decisions["new"], "decisionact": act, "decisioneffect": effect}
    world.places |= {f"row_boards_{name}": {"object_id": row.pk} for name, row in rows.items()}
