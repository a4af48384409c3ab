"""A board from nothing to its first meeting, as the secretariat, an external adviser and an auditor live it."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from boards.models import Board, Meeting
from people.models import Person
from tests.factories.boards import (
    AgendaItemFactory,
    BoardFactory,
    DraftTermsFactory,
    ExternalFactory,
    MeetingFactory,
    MembershipFactory,
    approved,
)
from tests.factories.people import PersonFactory, UserFactory
from tests.journeys.steps import at, came, day
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SLUG = "vetting-board"
TODAY = dt.date(2022, 1, 19)
QUORUM = {
    "all_of": [
        {"present": {"categories": ["chair"]}},
        {"at_least": 3},
        {"at_least": 2, "among": {"categories": ["external_adviser"]}},
    ]
}


@pytest.fixture
def cast(plan, lead, overseer, member, secretariat, auditor) -> None:
    """The lead, the overseer and the member hold posts; Ada and Bela advise from outside, and Ada signs in."""
    adviser = UserFactory(email="adviser@stride.example")
    PersonFactory(code="ada", name="Ada Adviser", user=adviser)
    PersonFactory(code="bela", name="Bela Beyond")


@pytest.fixture
def meeting(cast, lead_post, overseer_post) -> Meeting:
    """Of a board that is set up: a chair, a member and the two advisers, meeting on 8 February 2022."""
    board = BoardFactory(slug=SLUG, title="Vetting Board")
    MembershipFactory(board=board, post=lead_post, category="chair")
    MembershipFactory(board=board, post=overseer_post)
    for person in Person.objects.filter(code__in=("ada", "bela")):
        ExternalFactory(board=board, person=person)
    approved(DraftTermsFactory(board=board, quorum=QUORUM, standing_items=["apologies", "any_other"]))
    return MeetingFactory(board=board)


def seat(window: Walker, category: str, *, post: str = "", person: str = "") -> None:
    """Add a member from the list of members."""
    window.go(reverse("boards:member_new", args=[SLUG]))
    if post:
        window.page.select_option("#id_post", label=post)
    if person:
        window.page.select_option("#id_person", label=person)
    window.page.select_option("#id_category", label=category)
    day(window, "starts", dt.date(2022, 1, 1))
    window.press("Save")
    window.sees("The seat was added.")


def order(window: Walker) -> list[str]:
    """The titles of the agenda that is being made, from the first."""
    window.page.wait_for_load_state()
    shown = window.page.locator(".stride-order__title")
    return [" ".join(text.split()[1:]) for text in shown.all_inner_texts()]


def test_the_secretariat_sets_up_a_board_and_plans_its_year(walker, cast):
    keeper = walker("secretariat")
    keeper.go(reverse("boards:board_new"))
    keeper.press("Save")
    keeper.sees("There is a problem", "Enter a title", "Select what it is there to do")
    keeper.look()
    keeper.page.fill("#id_title", "Vetting Board")
    keeper.page.fill("#id_code", "VB")
    keeper.page.get_by_label("Decides", exact=True).check()
    day(keeper, "starts", dt.date(2022, 1, 1))
    keeper.press("Save")
    keeper.sees("The board was added.", "Add the chair to its members", "Nobody sits on this board")
    keeper.look()

    seat(keeper, "Chair", post="Commander for Public Protection")
    seat(keeper, "Internal member", post="AC who leads Front Line Policing")
    seat(keeper, "Internal member", post="Head of Estates")
    seat(keeper, "External adviser", person="Ada Adviser")
    seat(keeper, "External adviser", person="Bela Beyond")
    keeper.look()

    keeper.go(reverse("boards:terms_new", args=[SLUG]))
    keeper.press("Start the draft")
    keeper.sees("Before it can be approved")
    keeper.look()
    section(keeper, "purpose")
    keeper.page.fill("#id_purpose", "To decide who is vetted, and how soon.")
    keeper.press("Save")
    section(keeper, "responsibilities")
    keeper.page.fill("#id_text_0", "Decide on appeals.")
    keeper.press("Save")
    section(keeper, "meetings")
    keeper.page.fill("#id_frequency_every", "3")
    keeper.page.get_by_label("Months", exact=True).check()
    keeper.page.fill("#id_length_minutes", "")
    keeper.press("Save")
    keeper.sees("There is a problem", "Enter how long a meeting lasts")
    keeper.look()
    keeper.page.fill("#id_length_minutes", "90")
    keeper.press("Save")
    section(keeper, "quorum")
    keeper.page.get_by_role("group", name="Who has to be present?").get_by_label("The chair", exact=True).check()
    keeper.page.get_by_label("A number of members").check()
    keeper.press("Read it in words")
    keeper.sees("There is a problem", "Enter how many members have to be present")
    keeper.look()
    keeper.page.fill("#id_number", "4")
    keeper.page.fill("#id_externals", "2")
    keeper.press("Read it in words")
    keeper.sees("In words", "two external advisers")
    keeper.look()
    keeper.press("Save this quorum")
    section(keeper, "service-levels")
    keeper.page.fill("#id_quantity_papers", "5")
    keeper.press("Save")
    section(keeper, "agenda")
    for label in ("Apologies and quoracy", "Declarations of interest", "Any other business"):
        keeper.page.get_by_label(label, exact=True).check()
    keeper.press("Save")
    keeper.sees("Nothing stands in the way of approving it.")
    keeper.look()

    keeper.follow("Approve version 1")
    keeper.press("Approve version 1")
    keeper.sees("There is a problem", "Say which decision approved them")
    keeper.look()
    keeper.page.fill("#id_decision", "Management Board, 18 January 2022, decision 2")
    day(keeper, "approved_on", dt.date(2022, 1, 18))
    day(keeper, "in_force_from", TODAY)
    keeper.press("Approve version 1")
    keeper.sees("Version 1 is approved.", "two external advisers")
    keeper.look()

    keeper.go(reverse("boards:board", args=[SLUG]))
    keeper.sees("Plan its next meeting", "Nothing is due.")
    keeper.follow("Propose a year of meetings")
    keeper.sees("Every three months")
    keeper.look()
    keeper.press("Propose")
    keeper.sees("4 proposals", "Vetting Board")
    keeper.look()
    keeper.press("Accept all")
    keeper.sees("4 meetings are planned, and the deadlines are worked out.")
    keeper.look()
    keeper.go(reverse("boards:board", args=[SLUG]))
    keeper.sees("Meets on", "Papers")
    keeper.look()
    assert Board.objects.get(slug=SLUG).meetings.filter(state="planned", milestones__product="papers").count() == 4


def section(window: Walker, name: str) -> None:
    """Open a section of the draft."""
    window.go(reverse("boards:terms_section", args=[SLUG, name]))


def test_the_secretariat_makes_an_agenda(walker, meeting):
    keeper = walker("secretariat")
    keeper.go(at(meeting, "agenda"))
    keeper.sees("Nothing is on the agenda yet.")
    keeper.look()
    keeper.press("Add the standing items")
    keeper.follow("Add an item")
    keeper.look()
    keeper.press("Save")
    keeper.sees("There is a problem", "Enter a title")
    keeper.look()
    keeper.page.fill("#id_title", "Appeals since December")
    keeper.page.get_by_label("For decision", exact=True).check()
    keeper.page.get_by_label("1. Keep people safe", exact=True).check()
    keeper.press("Save")
    keeper.follow("Add an item")
    keeper.page.fill("#id_title", "One officer’s appeal")
    keeper.page.get_by_label("Another title in its place", exact=True).check()
    keeper.page.fill("#id_cover_title", "A personal matter")
    keeper.page.get_by_label("AC who leads Front Line Policing", exact=True).check()
    keeper.press("Save")
    standing = ["Apologies and quoracy", "Any other business"]
    assert order(keeper) == [standing[0], "Appeals since December", "One officer’s appeal", standing[1]]
    keeper.look()

    keeper.page.get_by_role("button", name=re.compile("^Up.*One officer’s appeal")).click()
    keeper.sees("The order was saved.")
    assert order(keeper) == [standing[0], "One officer’s appeal", "Appeals since December", standing[1]]
    items = keeper.page.locator(".stride-order__item")
    with keeper.page.expect_navigation():
        items.nth(2).drag_to(items.nth(0), source_position={"x": 12, "y": 12}, target_position={"x": 12, "y": 4})
    assert order(keeper) == ["Appeals since December", standing[0], "One officer’s appeal", standing[1]]
    keeper.look()
    keeper.go(at(meeting, "meeting"))
    keeper.sees("Appeals since December", "One officer’s appeal", "Keep people safe")
    keeper.look()

    adviser = walker("adviser")
    adviser.go(at(meeting, "meeting"))
    adviser.sees("Appeals since December", "A personal matter")
    adviser.does_not_see("One officer’s appeal")
    adviser.look()


def test_an_external_adviser_without_a_post_replies(walker, meeting):
    adviser = walker("adviser")
    adviser.look()
    adviser.go(at(meeting, "meeting"))
    adviser.follow("Reply as Ada Adviser")
    adviser.look()
    adviser.press("Send the reply")
    adviser.sees("There is a problem", "Select whether you will be there")
    adviser.look()
    adviser.page.get_by_label("No, I send apologies").check()
    adviser.press("Send the reply")
    adviser.sees("Your reply was saved.", "Change the reply as Ada Adviser", "Apologies")
    adviser.look()
    assert meeting.attendances.get(person__code="ada").reply == "apologies"


@pytest.mark.parametrize("javascript", [True, False])
def test_who_came_makes_the_quorum(walker, meeting, settings, javascript):
    AgendaItemFactory(meeting=meeting, title="Appeals since December")
    settings.STRIDE_TODAY = dt.date(2022, 2, 9)  # the morning after
    keeper = walker("secretariat", javascript=javascript)
    keeper.go(at(meeting, "attendance"))
    keeper.look()
    for label in ("Commander for Public Protection", "AC who leads Front Line Policing", "Ada Adviser"):
        came(keeper, label, "Present")
    chair = keeper.page.locator("section.stride-seat", has_text="Commander for Public Protection")
    if javascript:
        chair.locator("summary").click()
    else:
        chair.locator("details").evaluate("each => each.open = true")
    chair.get_by_label("In the chair: Commander for Public Protection").check()
    keeper.press("Save the attendance")
    keeper.sees("The attendance was saved.", "Record first whether they came: Bela Beyond.", "Not quorate")
    keeper.look()
    keeper.follow("Record who is there")
    came(keeper, "Bela Beyond", "Present")
    keeper.press("Save the attendance")
    keeper.sees("Quorum. Quorate")
    keeper.look()
    keeper.follow("Record as held")
    keeper.look()
    keeper.press("Record as held")
    keeper.sees("The meeting was recorded as held.", "Quorate")
    keeper.look()
    keeper.go(at(meeting, "agenda"))
    keeper.sees("This meeting was held. What was recorded of it stays as it was.")
    keeper.look()


def test_an_auditor_reads_how_a_board_kept_its_terms_and_changes_nothing(walker, meeting, settings):
    AgendaItemFactory(meeting=meeting, quorate=True, quorum_sentence="Quorate: four members were there.")
    meeting.terms = meeting.rules = meeting.board.terms.get()
    meeting.state = "held"
    meeting.save()
    settings.STRIDE_TODAY = dt.date(2022, 2, 9)
    auditor = walker("auditor")
    for path in (
        reverse("boards:board", args=[SLUG]),
        at(meeting, "meeting"),
        reverse("boards:terms", args=[SLUG]),
        reverse("boards:compliance", args=[SLUG]),
        reverse("boards:compliance_all"),
        reverse("boards:calendar"),
    ):
        auditor.go(path)
        auditor.sees("Vetting Board")
        auditor.look()
        assert auditor.page.locator("main form[method=post]").count() == 0, path
    auditor.go(reverse("boards:compliance", args=[SLUG]))
    auditor.sees("Kept to its own terms", "8 February 2022")
    auditor.go(at(meeting, "attendance"))
    auditor.sees("You cannot do this")
    auditor.look()
