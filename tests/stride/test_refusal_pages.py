"""Pages that say no: what was asked another way, a form that is out of date, a reader who sends."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_an_address_asked_another_way_answers_with_a_page(client_as):
    response = client_as("team").post("/returns/", {"sent": "yes"})
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    body = response.content.decode()
    assert "You cannot open this address this way" in body
    assert "stride-" in body, "in the frame of every page"


def test_health_answers_plainly(client):
    response = client.post("/health/live")
    response = client.post("/health/live")
    assert (response.status_code, response.content) == (405, b"")


def test_a_form_without_its_token_is_out_of_date(team):
    client = Client(enforce_csrf_checks=True)
    client.force_login(team)
    response = client.post("/rounds/1/open/", {"sent": "yes"})
    assert response.status_code == 403
    assert "This page is out of date</h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ("viewer", "You can read here, and change nothing."),
        ("auditor", "Auditors read everything here and change nothing."),
    ],
)
def test_who_only_reads_is_told_so(client_as, persona, sentence):
    response = client_as(persona).post("/rounds/new/", {"sent": "yes"})
    assert response.status_code == 403
    assert sentence in response.content.decode()


def test_forms_shown_again_with_errors_say_so_to_machines(client_as):
    client = client_as("team")
    assert client.get("/people/persons/new/").status_code == 200
    assert client.post("/people/persons/new/", {"sent": "yes"}).status_code == 422
