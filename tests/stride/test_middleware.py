"""What every answer carries, and what every row of the ledger says about its request."""

import logging
import uuid

import pytest
from django.conf import settings
from django.urls import reverse

from kit import request_id
from people.models import Person
from tests.factories.monitoring import open_round, play

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


# Request id


def test_each_answer_has_an_id_of_its_own(client):
    ids = {client.get("/cookies/")["X-Request-ID"] for _ in range(2)}
    assert len(ids) == 2
    assert all(uuid.UUID(each).hex == each for each in ids)


def test_an_id_from_outside_is_not_taken_over(client):
    assert client.get("/cookies/", headers={"X-Request-ID": "forged"})["X-Request-ID"] != "forged"


def test_log_lines_carry_the_id_and_only_during_the_request(client, caplog):
    caplog.handler.addFilter(request_id.RequestIdFilter())
    with caplog.at_level(logging.WARNING, "django.request"):
        response = client.get("/nowhere/")
    assert [record.request_id for record in caplog.records if record.name == "django.request"] == [
        response["X-Request-ID"]
    ]
    assert request_id.current.get() == "-"


# The ledger


def test_the_ledger_knows_who_from_where_in_which_request(team, client_for):
    response = client_for(team).post("/people/persons/new/", {"name": "Nia New", "email": ""})
    person = Person.objects.get(name="Nia New")
    context = person.ledger.get().pgh_context
    assert context["user"] == team.pk
    assert context["name"] == team.email
    assert context["url"] == "/people/persons/new/"
    assert context["request"] == response["X-Request-ID"]


def test_a_submission_says_for_which_post(delegate, lead, lead_post, overseer, plan, client_for):
    row = play(plan.first, open_round(plan.strategy), until="draft")
    url = reverse("monitoring:return_submit", args=[row.pk])
    response = client_for(delegate).post(url)
    assert response.status_code == 302
    context = row.ledger.order_by("pgh_id").last().pgh_context
    assert context["post"] == lead_post.title
    assert (context["user"], context["url"]) == (delegate.pk, url)
    assert context["request"] == response["X-Request-ID"]


def test_what_no_request_wrote_has_no_user(team):
    assert not (team.ledger.get().pgh_context or {}).get("user")


# Headers


@pytest.mark.parametrize("url", ["/sign-in/", "/cookies/", "/nowhere/", "/health/live", "/"])
def test_every_answer_has_the_strict_headers(url, client):
    response = client.get(url)
    directives = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert directives == POLICY
    assert {name: response[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("url", ["/", "/strategies/", "/nowhere/", "/admin/people/post/", "/outbox/"])
def test_pages_of_the_service_are_as_strict_and_stay_in_no_cache(url, team, client_for):
    response = client_for(team).get(url)
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_refusals_stay_in_no_cache_either(viewer, client_for):
    response = client_for(viewer).get("/outbox/")
    assert response.status_code == 403
    assert "no-store" in response["Cache-Control"]


def test_cookies_are_for_this_service_and_no_script_reads_the_session(client, team):
    from tests.factories.people import PASSWORD

    response = client.post("/sign-in/", {"login": team.email, "password": PASSWORD})
    session = response.cookies[settings.SESSION_COOKIE_NAME]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert session["path"] == "/"
    assert response.cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Lax"


def test_a_form_without_its_token_is_refused_in_words(team):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(team)
    response = client.post("/people/persons/new/", {"name": "Nia New"})
    assert response.status_code == 403
    assert "This page was open for too long" in response.content.decode()
    assert not Person.objects.filter(name="Nia New").exists()
