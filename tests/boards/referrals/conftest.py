"""Three boards in a row, each with its chair, and a meeting to come of each.

The clock stands at 19 January 2022. `lead` chairs the first (it advises), `member` the second (it decides),
`overseer` the third (it delivers). The first met on 18 January.
"""

import datetime as dt

import pytest

from boards.models import Board, Referral
from boards.services import referrals
from kit import clock
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory, MembershipFactory

MET = dt.date(2022, 1, 18)
COMING = {"advises": dt.date(2022, 3, 1), "decides": dt.date(2022, 2, 8), "delivers": dt.date(2022, 2, 22)}
SENT = dt.datetime(2022, 1, 19, 9, 0, tzinfo=dt.UTC)
TEXT = "That the strategy is reviewed every year by its lead."
CHANGED = "That the strategy is reviewed every two years by its lead."


def on(month: int, day: int) -> dt.datetime:
    """The afternoon of a day in 2022."""
    return dt.datetime(2022, month, day, 15, 0, tzinfo=dt.UTC)


@pytest.fixture
def boards(lead_post, member_post, overseer_post) -> dict[str, Board]:
    found = {
        "advises": BoardFactory(slug="diversity", code="DV", title="Diversity Board", kind="advises"),
        "decides": BoardFactory(slug="management", code="MB", title="Management Board"),
        "delivers": BoardFactory(slug="delivery", code="DB", title="Delivery Board", kind="delivers"),
    }
    for name, post in (("advises", lead_post), ("decides", member_post), ("delivers", overseer_post)):
        MembershipFactory(board=found[name], post=post, category="chair")
    found["advises"].relationships.create(to=found["decides"], kind="advises")
    found["decides"].relationships.create(to=found["delivers"], kind="directs")
    return found


@pytest.fixture
def meetings(boards) -> dict:
    return {name: MeetingFactory(board=boards[name], on=day) for name, day in COMING.items()}


@pytest.fixture
def item(boards):
    """Of the meeting that the first board has had, visible to everybody."""
    return AgendaItemFactory(meeting=MeetingFactory(board=boards["advises"], on=MET), title="The strategy")


@pytest.fixture
def sana(secretariat, actor_of):
    return actor_of(secretariat)


@pytest.fixture
def send(boards, item, sana):
    """send(**changes): a recommendation on its way through the second and the third board."""

    def sent(**changes) -> Referral:
        told = {
            "kind": "recommendation",
            "from_board": boards["advises"],
            "to_boards": [boards["decides"], boards["delivers"]],
            "title": "Review of the strategy",
            "text": TEXT,
            "item": item,
            "by": sana,
            "at": SENT,
        }
        return referrals.send(**told | changes)

    return sent


@pytest.fixture
def answer(sana):
    """answer(referral, disposition, at=..., **more): by the board where it is."""

    def answered(referral, disposition: str, at: dt.datetime, **more):
        stop = here(referral)
        told = {"summary": f"It was {disposition}.", "by": sana, "at": at}
        with clock.standing_at(at):
            return referrals.answer(stop=stop, disposition=disposition, **told | more)

    return answered


def here(referral):
    """The stop where it is."""
    return referral.stops.exclude(disposition__in=["endorsed", "amended", "noted", "rejected"]).first()
