"""A board whose meetings stand in every state, each with an agenda; its forward plan; its members' interests.

The lead's post is in the chair, the member's post sits on it.
"""

import datetime as dt
from typing import TYPE_CHECKING

from boards.models import Declaration, ForwardPlanEntry, Interest, Meeting, Membership
from commitments.models import Commitment, Strategy
from people.models import Post
from tests.factories.boards import AgendaItemFactory, BoardFactory, DraftTermsFactory, MeetingFactory, approved
from tests.factories.people import PersonFactory

if TYPE_CHECKING:
    from tests.doors.world import World

DAYS = {"planned": dt.date(2022, 2, 8), "begun": dt.date(2022, 1, 18), "held": dt.date(2021, 12, 7)}


def add(world: "World") -> None:
    """Places: at_<state>, at_<state>_item, _absent, _seat, _declaration; plan, plan_entry; register, register_entry."""
    board = BoardFactory(slug="at-work", title="At Work")
    draft = DraftTermsFactory(board=board, quorum={"at_least": 1}, streams=["one"])
    draft.duties.create(key="watch", position=1, text="Watch.", times_a_year=1)
    terms = approved(draft)
    chair = Membership.objects.create(
        board=board, post=Post.objects.get(code="lead-post"), category="chair", starts=dt.date(2021, 4, 1)
    )
    Membership.objects.create(
        board=board, post=Post.objects.get(code="member-post"), category="internal", starts=dt.date(2021, 4, 1)
    )
    for state, on in DAYS.items():
        meeting = MeetingFactory(board=board, on=on)
        one = {"slug": board.slug, "pk": meeting.pk}
        item = AgendaItemFactory(meeting=meeting)
        absent = AgendaItemFactory(meeting=meeting, visibility="absent")
        seats = [
            meeting.attendances.create(
                membership=seat, category=seat.category, post=seat.post, label=seat.label, name="N", presence="present"
            )
            for seat in board.memberships.all()
            if state != "planned"
        ]
        if seats:
            told = Declaration.objects.create(meeting=meeting, attendance=seats[0], text="A share")
            world.places[f"at_{state}_declaration"] = one | {"declaration": told.pk}
        if state == "held":
            Meeting.objects.filter(pk=meeting.pk).update(state="held", terms=terms, rules=terms)
        world.places |= {
            f"at_{state}": one,
            f"at_{state}_item": one | {"item": item.pk},
            f"at_{state}_absent": one | {"item": absent.pk},
            f"at_{state}_seat": one | {"membership": chair.pk},
        }
    waits = ForwardPlanEntry.objects.create(board=board, title="Estates", stream="one")
    dropped = ForwardPlanEntry.objects.create(board=board, title="Fleet", dropped_because="Sold")
    person = world.users["member"].person
    interest = Interest.objects.create(person=person, text="A share", starts=dt.date(2021, 4, 1))
    world.places |= {
        "plan": {"slug": board.slug},
        "plan_waits": {"slug": board.slug, "pk": waits.pk},
        "plan_dropped": {"slug": board.slug, "pk": dropped.pk},
        "register": {"code": person.code},
        "register_of_nobody": {"code": "viewer"},
        "register_entry": {"code": person.code, "pk": interest.pk},
    }
    _administration(world)


def _administration(world: "World") -> None:
    """Rows of a planned meeting that nothing hangs on."""
    meeting = MeetingFactory(board=BoardFactory(slug="agendas-by-hand"))
    item = AgendaItemFactory(meeting=meeting)
    seat = meeting.attendances.create(category="chair", label="Chair")
    other = meeting.attendances.create(category="internal", label="Member")
    rows = {
        "agendaitem": AgendaItemFactory(meeting=meeting),
        "audienceentry": item.audience.create(post=Post.objects.get(code="member-post")),
        "itemstrategy": item.strategy_links.create(strategy=Strategy.objects.first()),
        "itemcommitment": item.commitment_links.create(commitment=Commitment.objects.first()),
        "attendance": other,
        "declaration": Declaration.objects.create(meeting=meeting, attendance=seat, text="A share"),
        "forwardplanentry": ForwardPlanEntry.objects.create(board=meeting.board, title="By hand"),
        "interest": Interest.objects.create(person=PersonFactory(), text="A share", starts=dt.date(2021, 4, 1)),
    }
    world.places |= {f"row_boards_{name}": {"object_id": row.pk} for name, row in rows.items()}
