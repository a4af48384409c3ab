"""The pages about board actions, for the walk through every page."""

import datetime as dt

from boards.models import BoardAction, Meeting
from people.models import Person
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory, MembershipFactory
from tests.factories.records import BoardActionFactory

SLUG = "a-board-with-actions"


def make() -> None:
    """A board that met, with an action that is late and one that is proposed for closure; the lead owns both."""
    board = BoardFactory(slug=SLUG, title="A board with actions", code="ACT")
    MembershipFactory(board=board)
    item = AgendaItemFactory(meeting=MeetingFactory(board=board, on=dt.date(2022, 1, 11)))
    owner = Person.objects.get(code="persona-lead").tenures.first().post
    raised = {"item": item, "owner_post": owner, "original_due": dt.date(2022, 1, 14), "due": dt.date(2022, 1, 17)}
    late = BoardActionFactory(**raised, text="Write to the landlord and ask when the lease ends.")
    proposed = BoardActionFactory(**raised, state="proposed", text="Ask for a survey.")
    told = {"at": item.meeting.starts_at, "by_name": "Somebody", "post_title": "Secretariat"}
    late.acts.create(verb="moved", detail="Due by 14 January 2022, now by 17 January 2022", reason="Late.", **told)
    proposed.acts.create(verb="proposed", reason="The survey is done.", **told)


def meeting() -> Meeting:
    return Meeting.objects.get(board__slug=SLUG)


def action(state: str) -> BoardAction:
    return BoardAction.objects.get(board__slug=SLUG, state=state)


LATE = [lambda: action("open").pk]
PROPOSED = [lambda: action("proposed").pk]
ACTIONS = {
    "boards:actions": [],
    "boards:action": LATE,
    "boards:action_update": LATE,
    "boards:action_move": LATE,
    "boards:action_park": LATE,
    "boards:action_assign": LATE,
    "boards:action_propose": LATE,
    "boards:action_keep_open": PROPOSED,
    "boards:action_close": LATE,
    "boards:action_new": [SLUG, lambda: meeting().pk, lambda: meeting().items.first().pk],
    "boards:meeting_actions": [SLUG, lambda: meeting().pk],
    "boards:actions_chase": [],
}
OF_OWNERS = ("actions", "action", "action_update", "action_propose")
OWNERS = {f"boards:{name}": ACTIONS[f"boards:{name}"] for name in OF_OWNERS}
# Sent empty it sends the reminders that it shows.
EMPTY_IS_AN_ANSWER = {"boards:actions_chase"}
