"""A board with terms and a meeting in every state, proposals and closure days."""

import datetime as dt
from typing import TYPE_CHECKING

from boards.models import Closure, Meeting, MeetingAct
from boards.services import milestones
from kit import clock
from tests.factories.boards import DraftTermsFactory, MeetingFactory, approved

if TYPE_CHECKING:
    from tests.doors.world import World

STATES = ("proposed", "planned", "held", "cancelled")


def add(world: "World") -> None:
    """Places: calendar_board, sitting_<state>, deadline_<state>, closure."""
    draft = DraftTermsFactory(board__slug="calendar-board", board__title="Calendar Board")
    draft.service_levels.create(
        product="papers", quantity=5, unit="working_days", direction="before", anchor="meeting_start"
    )
    terms = approved(draft)
    world.places["calendar_board"] = {"slug": terms.board.slug}
    for number, state in enumerate(STATES):
        on = dt.date(2022, 1, 11) if state == "held" else dt.date(2022, 2, 8 + number)
        meeting = MeetingFactory(board=terms.board, on=on)
        if state != "proposed":
            MeetingAct.objects.create(meeting=meeting, verb="added", at=clock.now(), by_name="Sana", to_state="planned")
            milestones.refresh(meetings=[meeting], at=meeting.starts_at)
        held = {"terms": terms, "rules": terms} if state == "held" else {}
        Meeting.objects.filter(pk=meeting.pk).update(state=state, **held)
        world.places[f"sitting_{state}"] = {"slug": terms.board.slug, "pk": meeting.pk}
        world.places[f"deadline_{state}"] = {"slug": terms.board.slug, "pk": meeting.pk, "product": "papers"}
    closure = Closure.objects.create(label="Office move", starts=dt.date(2022, 3, 1), ends=dt.date(2022, 3, 2))
    world.places["closure"] = {"pk": closure.pk}
