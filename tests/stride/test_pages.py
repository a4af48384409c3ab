"""Pages of the whole service: outbox, accessibility statement, cookies. Home is in tests/monitoring/test_inbox.py."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.boards import BoardFactory, ExternalFactory
from tests.factories.people import MessageFactory
from tests.monitoring.test_rounds_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("persona", ["lead", "overseer", "delegate", "secretariat", "member", "viewer"])
def test_the_outbox_is_for_the_strategy_team(client_as, persona):
    answer = client_as(persona).get(reverse("outbox"))
    assert answer.status_code == 403
    assert "The outbox is for the strategy team." in text_of(answer)


@pytest.mark.parametrize("persona", ["team", "admin", "auditor"])
def test_the_outbox_shows_mail_newest_first(client_as, persona, settings):
    settings.DEMONSTRATION = False
    MessageFactory(subject="Older", body="First line\n\nSecond <b>line</b>", to__name="Pat Person")
    MessageFactory(subject="Newer", to_email="", problem="No e-mail address is known.")
    shown = text_of(client_as(persona).get(reverse("outbox")))
    assert shown.index("Newer") < shown.index("Older")
    assert "Second <b>line</b>" in shown
    assert "To Pat Person, somebody@stride.example. Written on 4 January 2022 at 9am , not sent yet." in shown
    assert "Not sent No e-mail address is known." in shown
    assert "Kept here" not in shown


def test_the_outbox_says_how_often_a_mail_failed_and_what_waits(client_as, settings):
    settings.DEMONSTRATION = False
    at = dt.datetime(2022, 1, 4, 9, 5, tzinfo=dt.UTC)
    MessageFactory(problem="Connection refused", failed_tries=3, next_try_at=at)
    MessageFactory(failed_tries=1, sent_at=at)
    MessageFactory()
    shown = text_of(client_as("team").get(reverse("outbox")))
    assert "2 mails waiting to be sent, 1 after a try that failed." in shown
    assert "Not sent 3 tries failed, the next is after 4 January 2022 at 9:05am . Connection refused" in shown
    assert ", sent on 4 January 2022 at 9:05am after 1 try that failed." in shown


def test_the_demonstration_says_that_it_sends_nothing(client_as, settings):
    settings.DEMONSTRATION = True
    MessageFactory()
    shown = text_of(client_as("team").get(reverse("outbox")))
    assert "Kept here: the demonstration sends no mail." in shown
    assert "not sent yet" not in shown


def test_an_empty_outbox_says_what_writes_mail(client_as):
    assert "Opening a round and chasing write mail." in text_of(client_as("team").get(reverse("outbox")))


def test_hostile_mail_stays_text(client_as):
    MessageFactory(subject="<script>alert(1)</script>", body="<img src=x onerror=alert(1)>", to_name="<b>x</b>")
    body = client_as("team").get(reverse("outbox")).content.decode()
    assert "<script>alert" not in body
    assert "<img src=x" not in body


@pytest.mark.parametrize("count", [1, 60])
def test_the_outbox_is_paged_under_one_budget(client_as, count, django_assert_num_queries):
    MessageFactory.create_batch(count)
    client = client_as("team")
    with django_assert_num_queries(9):
        response = client.get(reverse("outbox"))
    assert len(response.context["page"].object_list) == min(count, 25)
    assert client.get(reverse("outbox"), {"page": "nonsense"}).status_code == 200


@pytest.mark.parametrize("name", ["accessibility", "cookies"])
def test_public_pages_need_no_sign_in(client, name):
    assert client.get(reverse(name)).status_code == 200
    assert client.post(reverse(name)).status_code == 405


def test_the_statement_is_honest_and_says_whom_to_write_to(client, settings):
    shown = text_of(client.get(reverse("accessibility")))
    assert "partially compliant" in shown
    assert settings.CONTACT_EMAIL in shown
    assert "axe" in shown
    assert "320 pixels" in shown


def test_the_cookies_are_the_ones_that_are_set(client, settings, client_as):
    shown = text_of(client.get(reverse("cookies")))
    assert settings.SESSION_COOKIE_NAME in shown
    assert settings.CSRF_COOKIE_NAME in shown
    assert "12 hours" in shown
    signed_in = client_as("viewer")
    signed_in.get(reverse("home"))
    assert set(signed_in.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


@pytest.mark.parametrize("name", ["home", "outbox"])
def test_the_rest_needs_a_sign_in_and_only_reads(client, client_as, name):
    assert client.get(reverse(name)).status_code == 302
    assert client_as("team").post(reverse(name)).status_code == 405


def test_an_external_adviser_is_called_by_their_seat(client_as, viewer):
    """And not by the role that lets them in; a seat that has ended is not theirs."""
    board = BoardFactory(title="Advisory Board")
    ExternalFactory(board=board, person=viewer.person)
    ExternalFactory(board=BoardFactory(title="Old Board"), person=viewer.person, ends=dt.date(2021, 12, 31))
    header = text_of(client_as("viewer").get(reverse("cookies")))
    assert "Vic Viewer Sign out External adviser, Advisory Board" in header
    assert "Old Board" not in header
