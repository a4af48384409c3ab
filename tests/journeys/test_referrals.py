"""A recommendation on its way through two boards, and what came of it on its way back."""

import datetime as dt

import pytest

from boards.models import Board, Meeting, Referral
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory, MembershipFactory
from tests.journeys.steps import at
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
TODAY = dt.date(2022, 1, 19)
DECIDES, DELIVERS, BACK = dt.date(2022, 2, 8), dt.date(2022, 2, 22), dt.date(2022, 3, 1)
TEXT = "That the strategy is reviewed every year by its lead."
CHANGED = "That the strategy is reviewed every two years by its lead."
SECRET = "Two members were against."


@pytest.fixture
def boards(lead, lead_post, member, member_post, overseer, overseer_post, secretariat) -> dict[str, Board]:
    """One that advises (the lead presides), one that decides (the member), one that delivers (the overseer)."""
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
def meetings(boards) -> dict[str, Meeting]:
    """A meeting to come of each, from midnight, so that it has begun at whatever hour of its day."""
    days = {"advises": BACK, "decides": DECIDES, "delivers": DELIVERS}
    found = {name: MeetingFactory(board=boards[name], on=on) for name, on in days.items()}
    for each in found.values():
        each.starts_at = each.starts_at.replace(hour=0)
        each.save()
    return found


def test_a_recommendation_goes_through_two_boards_and_comes_back(walker, boards, meetings, settings):
    first = MeetingFactory(board=boards["advises"], on=TODAY)
    first.starts_at = first.starts_at.replace(hour=0)
    first.save()
    item = AgendaItemFactory(meeting=first, title="The strategy")
    keeper = walker("secretariat")
    keeper.go(f"{at(first, 'room')}?item={item.pk}")
    keeper.follow("Send it to another board")
    keeper.press("Send")
    keeper.sees("There is a problem")
    keeper.look()
    keeper.page.get_by_label("Recommendation", exact=True).check()
    keeper.page.fill("#id_title", "Review of the strategy")
    keeper.page.fill("#id_text", TEXT)
    assert keeper.page.locator("#id_to_1 option:checked").inner_text() == "Management Board"
    keeper.page.select_option("#id_to_2", label="Delivery Board")
    keeper.press("Send")
    keeper.sees("It was sent.", TEXT, "Management Board", "Delivery Board")
    referral = Referral.objects.get().get_absolute_url()
    keeper.follow("Confirm receipt")
    keeper.press("Confirm receipt")
    keeper.sees("Receipt was confirmed.")
    keeper.look()
    keeper.go(at(meetings["decides"], "meeting"))
    keeper.sees("Review of the strategy")

    settings.STRIDE_TODAY = DECIDES
    keeper.go(referral)
    keeper.follow("Record the answer")
    keeper.page.get_by_label("Endorsed with changes", exact=True).check()
    assert keeper.page.input_value("#id_text_agreed") == TEXT
    keeper.page.fill("#id_summary", "Less often.")
    keeper.page.fill("#id_restricted", SECRET)
    keeper.press("Record the answer")
    keeper.sees("There is a problem", "The text is the one that was received.")
    assert keeper.page.input_value("#id_restricted") == SECRET
    keeper.look()
    keeper.page.fill("#id_text_agreed", CHANGED)
    keeper.press("Record the answer")
    keeper.sees("The answer was recorded.", "Less often.", SECRET)
    delivers = walker("overseer")
    delivers.go(referral)
    delivers.sees(CHANGED, "Less often.")
    delivers.does_not_see(SECRET)

    settings.STRIDE_TODAY = DELIVERS
    answer(keeper, referral, "Endorsed", "It is done.")
    settings.STRIDE_TODAY = BACK
    keeper.go(at(meetings["advises"], "meeting"))
    keeper.sees("Review of the strategy")
    sender = walker("lead")
    sender.go(referral)
    sender.sees("Answered", "Less often.", "It is done.", CHANGED)
    sender.does_not_see(SECRET)
    sender.look()
    keeper.go(referral)
    keeper.follow("The board has noted it")
    keeper.press("Record it")
    keeper.sees("There is a problem", "Say at which meeting the board noted it")
    keeper.page.select_option("#id_meeting", label="1 March 2022")
    keeper.press("Record it")
    keeper.sees("It is recorded that the board noted the outcome.")
    keeper.look()


def answer(keeper: Walker, referral: str, how: str, summary: str) -> None:
    """Record what the board made of it where it is."""
    keeper.go(referral)
    keeper.follow("Record the answer")
    keeper.page.get_by_label(how, exact=True).check()
    keeper.page.fill("#id_summary", summary)
    keeper.press("Record the answer")
    keeper.sees("The answer was recorded.")
