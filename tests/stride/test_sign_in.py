"""Signing in: one door, closed to registration, with limits on attempts."""

import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from stride.account_adapter import ClosedAccountAdapter
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

WRONG = "The e-mail address or the password is not right"


def sign_in(client, email: str, password: str = PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


@pytest.mark.parametrize("email", ["team@stride.example", "Team@Stride.Example"])
def test_the_right_password_opens_home(email, client, team):
    response = sign_in(client, email)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_one_goes_on_to_the_page_one_asked_for(client, team):
    asked = client.get("/people/units/new/")
    assert asked["Location"] == "/sign-in/?next=/people/units/new/"
    response = client.post(asked["Location"], {"login": team.email, "password": PASSWORD, "next": "/people/units/new/"})
    assert response["Location"] == "/people/units/new/"


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_but_never_to_another_site(onward, client, team):
    response = client.post("/sign-in/", {"login": team.email, "password": PASSWORD, "next": onward})
    assert response["Location"] == "/"


def test_the_administration_has_no_sign_in_of_its_own(client, team):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/sign-in/?next=%2Fadmin%2F"
    client.post("/admin/login/", {"username": team.email, "password": PASSWORD})
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("persona", ["lead", "secretariat", "auditor", "viewer", "stranger"])
def test_and_says_whom_it_is_for(persona, client_as):
    response = client_as(persona).get("/admin/people/post/", follow=True)
    assert response.status_code == 403
    assert "Administration is for administrators and the strategy team." in response.content.decode()


@pytest.mark.parametrize(("email", "password"), [("team@stride.example", "wrong"), ("nobody@stride.example", PASSWORD)])
def test_wrong_is_one_sentence_whatever_was_wrong(email, password, client, team):
    response = sign_in(client, email, password)
    assert response.status_code == 200
    assert WRONG in response.content.decode()
    assert client.get("/").status_code == 302


def test_an_account_that_is_switched_off_does_not_open(client):
    user = UserFactory(is_active=False)
    response = sign_in(client, user.email, follow=True)
    assert "Your account is closed" in response.content.decode()
    assert client.get("/").status_code == 302


def test_switching_an_account_off_ends_its_session(client, team):
    sign_in(client, team.email)
    team.is_active = False
    team.save()
    assert client.get("/").status_code == 302


def test_nobody_registers(client):
    assert not ClosedAccountAdapter().is_open_for_signup(RequestFactory().get("/"))
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    for url in ("/sign-up/", "/signup/", "/accounts/signup/", "/account/signup/"):
        assert client.post(url, {"email": "new@stride.example"}).status_code == 404


def test_signing_out_asks_and_then_ends(client, team):
    sign_in(client, team.email)
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get("/").status_code == 200
    assert client.post(reverse("account_logout"))["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302


def test_a_session_ends_with_the_browser_and_within_a_working_day(client, team):
    response = sign_in(client, team.email)
    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
    assert settings.SESSION_COOKIE_AGE <= 12 * 60 * 60


@pytest.mark.parametrize("password", ["short-pass", "password1234", "team@stride.example"])
def test_a_weak_password_is_not_taken(password, client, team):
    sign_in(client, team.email)
    sent = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post(reverse("account_change_password"), sent).status_code == 200
    team.refresh_from_db()
    assert team.check_password(PASSWORD)


# Limits, as they are outside the tests


@pytest.fixture
def limits(settings):
    """The limits of a running service. They count in the cache."""
    settings.ACCOUNT_RATE_LIMITS = {}
    cache.clear()
    yield
    cache.clear()


def test_five_wrong_passwords_close_the_account_for_a_while(limits, client, team):
    for _ in range(5):
        assert WRONG in sign_in(client, team.email, "wrong").content.decode()
    refused = sign_in(client, team.email)
    assert "Too many attempts to sign in" in refused.content.decode()
    assert client.get("/").status_code == 302


def test_other_accounts_are_not_closed_by_it(limits, client, team, admin):
    for _ in range(5):
        sign_in(client, team.email, "wrong")
    assert sign_in(client, admin.email).status_code == 302


def test_one_address_does_not_try_many_accounts(limits, client, team):
    for number in range(10):
        sign_in(client, f"somebody{number}@stride.example", "wrong")
    assert "Too many attempts" in sign_in(client, team.email).content.decode()


def test_the_running_service_has_limits():
    """The tests switch them off for themselves."""
    from stride.settings import base

    assert getattr(base, "ACCOUNT_RATE_LIMITS", {}) is not False


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_an_e_mail_address_is_written_in_one_way(name, client, settings):
    settings.DEMONSTRATION = True
    page = re.sub("<[^>]+>", " ", client.get(reverse(name)).content.decode())
    assert re.search("e-mail", page, re.IGNORECASE)
    assert not re.search(r"\bemail\b", page, re.IGNORECASE)
