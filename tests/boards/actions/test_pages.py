"""The pages of board actions: what stands there, what is asked again, what nobody finds."""

import csv
import io

import pytest

from boards.models import BoardAction
from boards.services import board_actions as services
from kit import clock, stale
from tests.factories.boards import AgendaItemFactory, BoardFactory
from tests.factories.records import DecisionFactory, SummaryFactory

pytestmark = pytest.mark.django_db
LOG = "/boards/actions/"
WHO = 6  # session, user, person, tenures, delegations, and the transaction around it

DATE = {"due_day": "1", "due_month": "3", "due_year": "2022"}


@pytest.fixture
def desk(secretariat, client_for):
    """The secretariat, signed in."""
    return client_for(secretariat)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_secretariat_raises_an_action_from_an_item(desk, item, meeting, lead, lead_post, member_post, seat):
    url = f"/boards/delivery/meetings/{meeting.pk}/items/{item.pk}/actions/new/"
    decision = DecisionFactory(item=item, text="To move.")
    page = words(desk.get(url))
    assert "The estate" in page
    assert f"{decision.reference}: To move." in page
    sent = {
        "text": "Write to the landlord.",
        "owner_post": lead_post.pk,
        "first": member_post.pk,
        "decision": decision.pk,
        **DATE,
    }
    again = desk.post(url, sent | {"owner_post": "", "due_day": "31", "due_month": "2"})
    assert again.status_code == 422
    assert "Select the post that answers for it" in words(again)
    assert "must be a real date" in words(again)
    assert "Write to the landlord." in words(again)
    assert "must be 11 January 2022 or later" in words(desk.post(url, sent | {"due_month": "1"}))
    done = desk.post(url, sent)
    action = BoardAction.objects.get()
    assert done.url == action.get_absolute_url()
    assert (action.decision, list(action.contributors.all())) == (decision, [member_post])


def test_a_restricted_item_warns_who_reads_the_words(desk, meeting):
    item = AgendaItemFactory(meeting=meeting, visibility="absent")
    page = words(desk.get(f"/boards/delivery/meetings/{meeting.pk}/items/{item.pk}/actions/new/"))
    assert "The owner and who contributes read these words, not the item." in page


def test_the_page_of_an_action_says_all_and_offers_what_its_reader_may_do(client_as, action, meeting):
    page = words(client_as("lead").get(action.get_absolute_url()))
    for said in (
        "Action DB 2021-22/A001",
        "Write to the landlord.",
        "1 February 2022",
        "Due in 13 days",
        "Lena Lead",
        "item 2, 11 January 2022",
        "The estate",
        "Propose to close it",
    ):
        assert said in page
    for withheld in ("Move the due date", "Park it", "Give it to another post", "Record that the board closed it"):
        assert withheld not in page


def test_nobody_finds_an_action_of_a_restricted_item_nor_its_owner_the_item(client_as, meeting, raised, seat):
    hidden = AgendaItemFactory(meeting=meeting, title="Selling the tower", visibility="absent")
    action = raised("Ask the surveyor.", item=hidden)
    SummaryFactory(meeting=meeting)
    for persona in ("member", "viewer"):
        client = client_as(persona)
        assert client.get(action.get_absolute_url()).status_code == 404
        for url in (LOG, f"{LOG}?download=actions", f"/boards/delivery/meetings/{meeting.pk}/actions/"):
            page = words(client.get(url))
            assert "Selling the tower" not in page
            assert "surveyor" not in page
            assert "A001" not in page
    owner = client_as("lead")
    for url in (action.get_absolute_url(), LOG, f"{LOG}?download=actions"):
        page = words(owner.get(url))
        assert "Ask the surveyor." in page
        assert "Selling the tower" not in page
        assert "item 2A" not in page


def test_an_update_needs_words_and_keeps_them(client_as, action):
    url = f"{action.get_absolute_url()}update/"
    again = client_as("lead").post(url, {"words": " "})
    assert again.status_code == 422
    client_as("lead").post(url, {"words": "A letter went out."})
    assert "A letter went out." in words(client_as("lead").get(action.get_absolute_url()))


def test_two_who_move_the_date_see_what_the_other_saved(desk, action, keeper):
    url = f"{action.get_absolute_url()}move/"
    seen = stale.token(action, ["due"])
    sent = {**DATE, "reason": "The landlord is away.", "version": seen}
    assert "Say why the date moves" in words(desk.post(url, sent | {"reason": ""}))
    assert desk.post(url, sent).status_code == 302
    page = words(desk.get(action.get_absolute_url()))
    assert "First due 1 February 2022. Moved once" in page
    again = desk.post(url, sent | {"due_month": "4"})
    assert again.status_code == 422
    assert "Somebody else changed this" in words(again)
    assert "The landlord is away." in words(again)


def test_parking_asks_for_a_day_to_come_and_hides_it_from_what_is_due(desk, action):
    url = f"{action.get_absolute_url()}park/"
    version = {"version": stale.token(action, ["parked_until"]), "reason": "After the survey."}
    day = {"parked_until_day": "1", "parked_until_month": "5", "parked_until_year": "2022"}
    assert "Enter the day until which it is parked" in words(desk.post(url, version))
    assert "must be 20 January 2022 or later" in words(desk.post(url, version | day | {"parked_until_month": "1"}))
    assert desk.post(url, version | day).status_code == 302
    BoardAction.objects.update(due=clock.today())
    assert "Parked until 1 May 2022" in words(desk.get(f"{LOG}?which=parked"))
    assert "A001" not in words(desk.get(f"{LOG}?which=now"))
    action.refresh_from_db()
    lifted = {"version": stale.token(action, ["parked_until"]), "reason": "Now."}
    assert desk.post(url, lifted).status_code == 302
    assert "A001" in words(desk.get(f"{LOG}?which=now"))


def test_it_is_given_to_another_post(desk, action, member_post):
    url = f"{action.get_absolute_url()}assign/"
    sent = {"owner_post": member_post.pk, "version": stale.token(action, ["owner_post"]), "reason": "Estates does it."}
    assert desk.post(url, sent | {"owner_post": "x"}).status_code == 422
    assert desk.post(url, sent).status_code == 302
    assert "From Commander for Public Protection to Head of Estates." in words(desk.get(action.get_absolute_url()))


def test_a_proposal_waits_for_the_next_meeting(client_as, desk, action, meeting):
    url = action.get_absolute_url()
    client_as("lead").post(f"{url}propose/", {"done": "The landlord has answered."})
    assert "No meeting was held since its closure was proposed." in words(desk.get(f"{url}close/"))
    assert desk.post(f"{url}close/", {"meeting": meeting.pk, "because": ""}).status_code == 422
    action.refresh_from_db()
    assert action.state == "proposed"


def test_a_second_press_is_told_that_it_was_proposed_already(client_as, action):
    url = f"{action.get_absolute_url()}propose/"
    client_as("lead").post(url, {"done": "The landlord has answered."})
    again = client_as("lead").post(url, {"done": "The landlord has answered."}, follow=True)
    assert "You proposed it already." in words(again)
    assert action.acts.filter(verb="proposed").count() == 1


def test_proposed_then_kept_open_then_closed(client_as, desk, action, meeting, owner):
    url = action.get_absolute_url()
    assert client_as("lead").post(f"{url}propose/", {"done": ""}).status_code == 422
    services.propose(action=action, done="The landlord has answered.", by=owner, at=meeting.starts_at)
    assert client_as("lead").get(f"{url}propose/").status_code == 403
    again = desk.post(f"{url}keep-open/", {"meeting": meeting.pk, "because": ""})
    assert "Say why the board keeps it open" in words(again)
    desk.post(f"{url}keep-open/", {"meeting": meeting.pk, "because": "No answer yet."})
    refused = desk.post(f"{url}close/", {"meeting": meeting.pk, "because": ""})
    assert "Say why the board closed it" in words(refused)
    assert desk.post(f"{url}close/", {"meeting": meeting.pk, "because": "Overtaken."}).status_code == 302
    page = words(desk.get(url))
    assert "The board closed it on 11 January 2022" in page
    assert f"{url}update/" not in page
    closed = desk.get(f"{url}move/")
    assert closed.status_code == 403
    assert "It stays as it was." in words(closed)


def test_many_are_closed_on_one_page_of_a_meeting(client_as, desk, raised, owner, meeting, coming, seat):
    actions = [raised(f"Do part {number}.") for number in range(3)]
    for action in actions[:2]:
        services.propose(action=action, done="The letter went out.", by=owner, at=meeting.starts_at)
    url = f"/boards/delivery/meetings/{meeting.pk}/actions/"
    page = words(desk.get(url))
    assert "The letter went out." in page
    assert "Keep DB 2021-22/A001 open" in page
    assert "Select the actions that the board closed" in words(desk.post(url, {}))
    assert "not proposed for closure any more" in words(desk.post(url, {"actions": [actions[2].pk]}))
    assert "The letter went out." in words(client_as("member").get(url))
    assert client_as("member").post(url, {"actions": [actions[0].pk]}).status_code == 403
    assert "2 actions were closed." in words(desk.post(url, {"actions": [a.pk for a in actions[:2]]}, follow=True))
    coming_page = desk.post(f"/boards/delivery/meetings/{coming.pk}/actions/", {"actions": [actions[2].pk]})
    assert coming_page.status_code == 403


def test_the_log_is_narrowed_and_its_file_has_every_fact(desk, client_as, raised, member_post, keeper):
    raised("Late.", due=clock.today().replace(day=14))
    raised("Ahead.", owner_post=member_post)
    page = words(desk.get(LOG))
    assert "2 open: 1 overdue." in page
    assert "Overdue by 5 days" in page
    assert "Ahead." not in words(desk.get(f"{LOG}?which=overdue"))
    mine = words(client_as("lead").get(f"{LOG}?owner=mine"))
    assert "Late." in mine
    assert "Ahead." not in mine
    assert "No action matches" in words(desk.get(f"{LOG}?which=closed"))
    assert "Late." in words(desk.get(f"{LOG}?which=nonsense&board=nowhere&page=99"))
    late, ahead = csv.DictReader(io.StringIO(desk.get(f"{LOG}?download=actions").content.decode("utf-8-sig")))
    assert (late["Action"], late["Due by"], late["Where it stands"]) == (
        "DB 2021-22/A001",
        "2022-01-14",
        "Overdue by 5 days",
    )
    assert ahead["Came from"] == "item 2, 11 January 2022"


def test_the_log_asks_once_for_each_kind_of_row(desk, raised, django_assert_num_queries):
    raised()
    desk.get(LOG)
    with django_assert_num_queries(WHO + 10):
        desk.get(LOG)
    for number in range(3):
        raised(f"Do part {number}.")
    with django_assert_num_queries(WHO + 10):
        desk.get(LOG)


def test_a_board_without_actions_can_be_chosen(desk, action):
    BoardFactory(slug="quiet", title="Quiet board")
    page = words(desk.get("/boards/actions/", {"board": "quiet"}))
    assert "No action matches" in page
    assert '<option value="quiet" selected' in page
    assert "Error" not in page


def test_an_empty_log_says_what_to_do(desk):
    assert "The secretariat raises them" in words(desk.get(LOG))
