"""Whoever only reads is served in a read-only database transaction, and refused whatever is not a read."""

import pytest
from django.db import InternalError, connection
from django.urls import reverse

from people.models import Role, Unit
from tests.factories.monitoring import open_round
from tests.factories.people import TenureFactory

WRITES, LATER = "/probe/writes/", "/probe/later/"
READERS = ["auditor", "viewer", "stranger"]

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.stride.probe_urls")]


@pytest.mark.parametrize("persona", READERS)
def test_a_page_that_tried_to_write_would_fail(persona, client_as):
    client = client_as(persona)
    with pytest.raises(InternalError, match="read-only transaction"):
        client.get(WRITES)
    assert not Unit.objects.exists()


@pytest.mark.parametrize("persona", ["team", "lead", "delegate", "secretariat"])
def test_it_would_not_for_those_who_also_do_things(persona, client_as):
    assert client_as(persona).get(WRITES).status_code == 200
    assert Unit.objects.exists()


def test_the_page_is_drawn_in_the_same_transaction(client_as):
    assert client_as("auditor").get(LATER).content == b"on"
    assert client_as("team").get(LATER).content == b"off"


def test_the_transaction_ends_with_the_request(client_as, team):
    client_as("auditor").get(reverse("home"))
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchone()[0] == "off"
    Unit.objects.create(code="written", name="Written")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("url", [WRITES, "/", "/strategies/new/", "/admin/people/post/add/"])
@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ("auditor", "Auditors read everything here and change nothing."),
        ("viewer", "change nothing."),
    ],
)
def test_what_is_not_a_read_is_refused_with_a_sentence(persona, sentence, url, method, client_as):
    response = getattr(client_as(persona), method)(url)
    assert response.status_code == 403
    assert sentence in response.content.decode()
    assert not Unit.objects.exists()


@pytest.mark.parametrize("url", ["/admin/account/emailaddress/add/", "/account_login/"])
def test_only_ones_own_account_is_let_past(url, client_as):
    """Not every address that begins like one."""
    assert client_as("auditor").post(url).status_code in {403, 404}


@pytest.mark.parametrize("persona", READERS)
def test_readers_sign_out(persona, client_as):
    client = client_as(persona)
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get(reverse("home")).status_code == 302


def test_a_lead_who_is_also_a_viewer_files(lead, plan, client_for):
    lead.roles = [Role.VIEWER]
    lead.save()
    row = open_round(plan.strategy).returns.get(commitment=plan.first)
    url = reverse("monitoring:return_section", args=[row.pk, "progress"])
    client = client_for(lead)
    assert client.get(url).status_code == 200
    assert client.post(url, {"done": "We did what we planned."}).status_code == 302
    row.refresh_from_db()
    assert row.state == "draft"


def test_a_lead_who_is_an_auditor_only_reads(auditor, lead_post, plan, client_for):
    """Whatever post they hold: an auditor checks what others do."""
    TenureFactory(post=lead_post, person=auditor.person)
    row = open_round(plan.strategy).returns.get(commitment=plan.first)
    url = reverse("monitoring:return_section", args=[row.pk, "progress"])
    assert client_for(auditor).get(url).status_code == 403
    assert client_for(auditor).post(url, {"done": "We did."}).status_code == 403
    row.refresh_from_db()
    assert row.state == "not_started"
