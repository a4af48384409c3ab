"""Signing in as a browser does it; every other journey begins signed in."""

import pytest

from tests.journeys.walker import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_lead_signs_in(walker, lead, javascript):
    lead.set_password(PASSWORD)
    lead.save()
    window = walker(javascript=javascript)
    window.go("/returns/")
    window.sees("Sign in")
    window.look()
    window.sign_in(lead.email)
    assert window.path == "/"
    window.sees("Lena Lead")
    window.look()
