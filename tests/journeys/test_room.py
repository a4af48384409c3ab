"""The day of a meeting as it is written down in the room, its summary, and what becomes of an action."""

import datetime as dt

import pytest
from django.urls import reverse

from boards.models import AgendaItem, BoardAction, Decision, Meeting
from kit import clock
from tests.factories.boards import (
    AgendaItemFactory,
    BoardFactory,
    DraftTermsFactory,
    MeetingFactory,
    MembershipFactory,
    approved,
)
from tests.factories.records import BoardActionFactory, ClearedPaperFactory
from tests.journeys.steps import at, came, day
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
TODAY = dt.date(2022, 2, 8)
TABLET = {"width": 820, "height": 1180}


@pytest.fixture
def meeting(lead, lead_post, member, member_post, secretariat, admin, settings) -> Meeting:
    """Today, since midnight so that it has begun at whatever hour: the lead is in the chair, two have to be there."""
    settings.STRIDE_TODAY = TODAY
    board = BoardFactory(slug="estates-board", title="Estates Board", code="ES")
    MembershipFactory(board=board, post=lead_post, category="chair")
    MembershipFactory(board=board, post=member_post)
    approved(DraftTermsFactory(board=board, quorum={"at_least": 2}))
    starts = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    meeting = MeetingFactory(board=board, on=TODAY, starts_at=starts)
    plan = AgendaItemFactory(meeting=meeting, title="Estates plan", purpose="decision")
    AgendaItemFactory(meeting=meeting, title="Fleet", purpose="decision")
    ClearedPaperFactory(item=plan, title="The plan", recommendation="That the board approves the estates plan.")
    return meeting


def room(window: Walker, meeting: Meeting, title: str) -> None:
    """Open an item in the room."""
    window.go(f"{at(meeting, 'room')}?item={AgendaItem.objects.get(title=title).pk}")


def test_a_meeting_is_written_down_held_and_told(walker, meeting):
    keeper = walker("secretariat")
    keeper.page.set_viewport_size(TABLET)
    room(keeper, meeting, "Estates plan")
    keeper.sees("The plan", "Recommends: That the board approves the estates plan.")
    assert keeper.page.evaluate("document.documentElement.scrollWidth") <= TABLET["width"]
    keeper.page.fill("#id_discussion", "The roof leaks.")
    keeper.page.wait_for_selector("#autosave:has-text('Saved at')")
    assert keeper.page.input_value("#id_text") == "The board approves the estates plan."
    keeper.page.fill("#id_text", "The board approves the estates plan, and asks what the roof costs.")
    keeper.page.get_by_label("Approved", exact=True).check()
    keeper.press("Record the decision")
    keeper.sees("There is a problem", "Record who is there first")
    assert "what the roof costs" in keeper.page.input_value("#id_text")
    assert keeper.page.input_value("#id_discussion") == "The roof leaks."
    keeper.look()

    keeper.follow("Record who is there")
    came(keeper, "Commander for Public Protection", "Present")
    came(keeper, "Head of Estates", "Present")
    member = keeper.page.locator("section.stride-seat", has_text="Head of Estates")
    member.locator("summary").click()
    member.locator("select[name$=left_after]").select_option(index=1)
    chair = keeper.page.locator("section.stride-seat", has_text="Commander for Public Protection")
    chair.locator("summary").click()
    chair.get_by_label("In the chair: Commander for Public Protection").check()
    keeper.press("Save the attendance")
    keeper.sees("The attendance was saved.")

    room(keeper, meeting, "Estates plan")
    decide(keeper, "The board approves the estates plan, and asks what the roof costs.")
    keeper.sees("Decision ES", "was recorded.", "Approved")
    keeper.page.locator("#action summary").click()
    keeper.page.fill("#id_action-text", "Say what the roof costs.")
    keeper.page.select_option("#id_action-owner_post", label="Head of Estates")
    day(keeper, "action-due", dt.date(2022, 3, 1))
    keeper.press("Raise the action")
    keeper.sees("was raised, and its owner gets a mail.", "Say what the roof costs.", "1 decision, 1 action, noted")
    keeper.follow("Next item: 2. Fleet")
    keeper.sees("Not quorate")
    decide(keeper, "The board buys ten cars.")
    keeper.sees("Subject to ratification")
    keeper.look()

    keeper.go(at(meeting, "meeting_hold"))
    keeper.press("Record as held")
    keeper.sees("The meeting was recorded as held.")
    keeper.go(at(meeting, "summary"))
    keeper.sees("Nobody has been told yet. This is what would go out now.")
    keeper.follow("Send it")
    keeper.sees("Lena Lead", "Mo Member")
    keeper.press("Send it")
    keeper.sees("The summary went out.", "Say what the roof costs.", "Subject to ratification")
    reader = walker("member")
    reader.go(at(meeting, "summary"))
    reader.sees("asks what the roof costs", "Provisional until the minutes of the meeting are confirmed.")
    reader.look()

    keeper.go(Decision.objects.get(item__title="Fleet").get_absolute_url())
    keeper.follow("Correct it")
    keeper.page.fill("#id_text", "The board buys nine cars.")
    keeper.page.fill("#id_reason", "It was nine.")
    keeper.press("Save the correction")
    keeper.sees("The decision was corrected.", "It was nine.", "Subject to ratification")
    reader.go(at(meeting, "summary"))
    reader.sees("Summary 2", "What changed since summary 1", "nine cars", "Summary 1, ")
    reader.go(f"{at(meeting, 'summary')}?number=1")
    reader.sees("This summary was superseded.", "The board buys ten cars.")


def decide(keeper: Walker, text: str) -> None:
    """Record an approval of the open item."""
    keeper.page.fill("#id_text", text)
    keeper.page.get_by_label("Approved", exact=True).check()
    keeper.press("Record the decision")


@pytest.mark.parametrize("javascript", [True, False])
def test_two_who_write_at_once_lose_nothing(walker, meeting, javascript):
    first, second = (walker(name, javascript=javascript) for name in ("secretariat", "admin"))
    for each in (first, second):
        room(each, meeting, "Estates plan")
    first.page.fill("#id_discussion", "The roof leaks.")
    first.press("Save the note")
    first.sees("The note was saved.")
    second.page.fill("#id_discussion", "The roof is dear.")
    if javascript:
        second.page.wait_for_selector("#autosave:has-text('Not saved: somebody else changed this note.')")
        assert "The roof leaks." in second.page.locator("#autosave").inner_text()
    second.press("Save the note")
    second.sees("There is a problem", "Saved by somebody else meanwhile", "The roof leaks.")
    assert second.page.input_value("#id_discussion") == "The roof is dear."
    second.look(axe=javascript)
    second.page.fill("#id_discussion", "The roof leaks, and is dear.")
    second.press("Save the note")
    second.sees("The note was saved.")
    room(first, meeting, "Estates plan")
    assert first.page.input_value("#id_discussion") == "The roof leaks, and is dear."


def test_an_owner_proposes_and_the_board_closes(walker, meeting, member_post):
    item = AgendaItem.objects.get(title="Fleet")
    action = BoardActionFactory(item=item, owner_post=member_post, text="Say what the cars cost.")
    owner = walker("member")
    owner.go(reverse("boards:actions"))
    owner.follow(action.reference)
    owner.sees("Say what the cars cost.")
    owner.follow("Say how it stands")
    owner.press("Save")
    owner.sees("There is a problem")
    owner.look()
    owner.page.fill("#id_words", "Two offers are in.")
    owner.press("Save")
    owner.sees("Your update was kept.", "Two offers are in.")
    owner.follow("Propose to close it")
    owner.page.fill("#id_done", "They cost 90,000 pounds.")
    owner.press("Propose to close it")
    owner.sees("Its closure was proposed to the board.")
    assert owner.page.get_by_role("link", name="Record that the board closed it").count() == 0
    owner.look()

    keeper = walker("secretariat")
    keeper.go(at(meeting, "meeting_actions"))
    keeper.sees("Proposed for closure", "They cost 90,000 pounds.")
    keeper.page.get_by_label(f"{action.reference}: Say what the cars cost.").check()
    keeper.page.locator("main form[method=post] button[type=submit]").first.click()
    keeper.page.wait_for_load_state()
    owner.go(action.get_absolute_url())
    owner.sees("Closed", "They cost 90,000 pounds.", "Two offers are in.")
    assert BoardAction.objects.get(pk=action.pk).state == "closed"
