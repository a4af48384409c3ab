"""The pages of referrals: what they show, that nothing typed is lost, how often they ask the database."""

import pytest
from django.urls import reverse

from boards.models import Referral
from kit import clock
from tests.boards.referrals.conftest import CHANGED, TEXT, here, on
from tests.factories.boards import MeetingFactory
from tests.factories.records import DecisionFactory

pytestmark = pytest.mark.django_db
LIST = "/boards/referrals/"


def url(name: str, referral) -> str:
    return reverse(f"boards:{name}", args=[referral.pk])


def new_url(item) -> str:
    return reverse("boards:referral_new", args=[item.meeting.board.slug, item.meeting_id, item.pk])


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_asks_a_fixed_number_of_questions(count, send, meetings, client_as, django_assert_num_queries):
    for _ in range(count):
        send(kind="escalation")
    client = client_as("secretariat")
    client.get(LIST)
    with django_assert_num_queries(QUERIES["list"]):
        text = client.get(LIST).content.decode()
    assert text.count("Waits for Management Board to confirm receipt") == count


@pytest.mark.parametrize("boards_on_the_way", [1, 2])
def test_one_asks_a_fixed_number_of_questions(
    boards_on_the_way, send, boards, meetings, client_as, django_assert_num_queries
):
    referral = send(to_boards=[boards["decides"], boards["delivers"]][:boards_on_the_way])
    client = client_as("viewer")
    client.get(referral.get_absolute_url())
    with django_assert_num_queries(QUERIES["one"]):
        client.get(referral.get_absolute_url())


QUERIES = {"list": 11, "one": 17}


def test_the_list_filters_sorts_pages_and_downloads(send, boards, client_as):
    for number in range(26):
        send(title=f"Number {number:02d}", kind="direction" if number == 3 else "recommendation")
    late = send(title="Late one", wanted_by=on(2, 1).date(), to_boards=[boards["delivers"]])
    client = client_as("viewer")
    text = client.get(LIST + "?sort=title").content.decode()
    assert "27 wait for somebody; 0 overdue or not received." in text
    assert "Number 00" in text
    assert "Number 25" not in text
    assert "Number 25" in client.get(LIST + "?sort=title&page=2").content.decode()
    assert len(client.get(LIST + "?download=referrals").content.decode().strip().splitlines()) == 28
    assert client.get(LIST + "?kind=direction").content.decode().count("/boards/referrals/") < 20
    only = client.get(LIST + f"?board={boards['delivers'].pk}&kind=direction").content.decode()
    assert "Number 03" in only
    assert "Number 04" not in only
    with clock.standing_at(on(2, 2)):
        text = client.get(LIST + "?state=overdue").content.decode()
    assert late.title in text
    assert "Overdue: an answer was wanted by 1 February 2022." in text
    assert "Number 04" not in text
    assert client.get(LIST + "?state=nonsense&board=x&page=99").status_code == 200


def test_nothing_sent_says_what_to_do(client_as):
    assert "The secretariat sends one from an item of a meeting" in client_as("viewer").get(LIST).content.decode()


def send_form(boards, **changes) -> dict:
    return {
        "kind": "recommendation",
        "title": "Review",
        "text": TEXT,
        "restricted": "",
        "to_1": str(boards["decides"].pk),
        "to_2": str(boards["delivers"].pk),
        "owner_post": "",
        "wanted_by_day": "1",
        "wanted_by_month": "3",
        "wanted_by_year": "2022",
    } | changes


def test_sending_is_proposed_by_the_relationships_and_seeded_by_the_decision(item, boards, client_as):
    DecisionFactory(item=item, kind="referred", text="Refer the review to the Management Board.")
    text = client_as("secretariat").get(new_url(item)).content.decode()
    assert "Recommendation: Management Board, then Delivery Board" in text
    assert "Refer the review to the Management Board.</textarea>" in text
    assert f'<option value="{boards["decides"].pk}" selected>' in text


def test_sending(item, boards, meetings, client_as):
    response = client_as("secretariat").post(new_url(item), send_form(boards))
    referral = Referral.objects.get()
    assert response.url == referral.get_absolute_url()
    assert [str(stop.board) for stop in referral.stops.all()] == ["Management Board", "Delivery Board"]
    assert referral.wanted_by == on(3, 1).date()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"to_1": ""}, "Select the board that receives it first"),
        ({"to_2": "to_1"}, "Each board can be on the way once"),
        ({"title": ""}, "Enter title"),
        ({"wanted_by_year": "2021"}, "Answer wanted by must be 19 January 2022 or later"),
        ({"kind": "gossip"}, "from the list"),
        ({"text": "\u202etxt"}, "hidden character"),
        ({"title": "x" * 201}, "200 characters or fewer"),
    ],
)
def test_a_refused_sending_loses_nothing(changes, sentence, item, boards, client_as):
    if changes.get("to_2"):
        changes = {"to_2": str(boards["decides"].pk)}
    response = client_as("secretariat").post(new_url(item), send_form(boards, restricted="Kept words") | changes)
    assert response.status_code == 422
    text = response.content.decode()
    assert sentence in text
    assert "Kept words" in text
    assert not Referral.objects.exists()


def test_the_way_of_one_referral_through_its_pages(send, meetings, client_as):
    referral = send()
    client = client_as("secretariat")
    assert client.post(url("referral_receive", referral), {}).status_code == 302
    again = client.post(url("referral_receive", referral), {}, follow=True)
    assert "You confirmed receipt already." in again.content.decode()
    text = client.get(referral.get_absolute_url()).content.decode()
    assert "Received on 19 January 2022, confirmed by Sana Secretariat" in text
    assert "Management Board takes it on 8 February 2022." in text
    assert "Confirm receipt" not in text
    with clock.standing_at(on(2, 8)):
        page = client.get(url("referral_answer", referral)).content.decode()
        assert f"{TEXT}</textarea>" in page
        told = {"disposition": "amended", "text_agreed": CHANGED, "summary": "Every two years is enough."}
        assert client.post(url("referral_answer", referral), told).status_code == 302
    text = client.get(referral.get_absolute_url()).content.decode()
    assert "[removed: </span>year" in text
    assert "[added: </span>two years" in text
    with clock.standing_at(on(2, 22)):
        told = {"disposition": "endorsed", "summary": "It starts in May."}
        client.post(url("referral_answer", referral), told)
    with clock.standing_at(on(3, 1)):
        assert client.post(url("referral_note", referral), {}).status_code == 422
        assert client.post(url("referral_note", referral), {"meeting": meetings["advises"].pk}).status_code == 302
    referral.refresh_from_db()
    assert referral.state == "noted"


def test_a_refused_answer_loses_nothing(send, meetings, client_as):
    referral = send()
    told = {"disposition": "amended", "text_agreed": TEXT, "summary": "Kept words", "restricted": "More of them"}
    with clock.standing_at(on(2, 8)):
        response = client_as("secretariat").post(url("referral_answer", referral), told)
    assert response.status_code == 422
    text = response.content.decode()
    assert "The text is the one that was received" in text
    assert "Kept words</textarea>" in text
    assert "More of them</textarea>" in text


def test_an_answer_that_comes_too_late_loses_nothing(send, meetings, answer, client_as):
    """Somebody else recorded it while the form was open."""
    referral = send()
    first = here(referral)
    answer(referral, "endorsed", on(2, 8))
    told = {"stop": first.pk, "disposition": "rejected", "summary": "Kept words"}
    with clock.standing_at(on(2, 22)):
        response = client_as("secretariat").post(url("referral_answer", referral), told)
    assert response.status_code == 422
    assert "It has gone on to another board" in response.content.decode()
    assert "Kept words</textarea>" in response.content.decode()


def test_placing_on_another_agenda(send, boards, meetings, client_as):
    referral = send()
    later = MeetingFactory(board=boards["decides"], on=on(4, 5).date())
    client = client_as("secretariat")
    assert client.post(url("referral_place", referral), {"meeting": ""}).status_code == 422
    assert client.post(url("referral_place", referral), {"meeting": meetings["delivers"].pk}).status_code == 422
    assert client.post(url("referral_place", referral), {"meeting": later.pk}).status_code == 302
    assert here(referral).item.meeting == later


def test_withdrawing_says_why_to_everybody(send, meetings, client_as):
    referral = send()
    client = client_as("secretariat")
    assert client.post(url("referral_withdraw", referral), {"reason": ""}).status_code == 422
    client.post(url("referral_withdraw", referral), {"reason": "It was sent twice."})
    text = client_as("viewer").get(referral.get_absolute_url()).content.decode()
    assert "It was sent twice." in text
    assert "None: it was withdrawn." in text


def test_an_escalation_that_was_not_received_warns(send, meetings, client_as):
    referral = send(kind="escalation")
    with clock.standing_at(on(1, 24)):
        text = client_as("viewer").get(referral.get_absolute_url()).content.decode()
        listed = client_as("viewer").get(LIST).content.decode()
    for page in (text, listed):
        assert "Not received: Management Board was to confirm receipt by 21 January 2022." in page


def test_only_the_secretariat_sees_the_buttons_and_the_acts(send, meetings, client_as):
    referral = send()
    for who, sees in (("secretariat", True), ("viewer", False), ("auditor", False)):
        text = client_as(who).get(referral.get_absolute_url()).content.decode()
        assert ("Withdraw it" in text) is sees
    assert "What was done" in client_as("auditor").get(referral.get_absolute_url()).content.decode()
