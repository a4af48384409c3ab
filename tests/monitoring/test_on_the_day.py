"""A return keeps the names and the title of its day, wherever it is shown."""

import datetime as dt

import pytest
from django.urls import reverse

from people.models import Basis, Tenure
from tests.factories.monitoring import close_round, open_round, play
from tests.factories.people import TenureFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)
BEFORE = TODAY - dt.timedelta(days=1)


@pytest.fixture
def quarter(plan, lead, overseer):
    """Q2: commitment 1 signed off, commitment 2 missing. Since then both posts changed hands and title."""
    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, q2)
    close_round(q2)
    for commitment_post, name in ((plan.first.lead_post, "Nora New"), (plan.first.overseer_post, "Otto Other")):
        Tenure.objects.filter(post=commitment_post).update(ends=BEFORE)
        TenureFactory(post=commitment_post, person__name=name, starts=TODAY)
        commitment_post.title = f"New title of {commitment_post.title}"
        commitment_post.save()
    plan.first.title = "A renamed promise"
    plan.first.save()
    return q2


def text(client, path) -> str:
    return client.get(path).content.decode()


def test_a_signed_return_and_its_version_keep_names_and_title(quarter, plan, client_as):
    row = quarter.returns.get(commitment=plan.first)
    for path in (row.get_absolute_url(), reverse("monitoring:return_version", args=[row.pk, 1])):
        page = text(client_as("auditor"), path)
        assert "Keep people safe" in page
        assert "A renamed promise" not in page
        assert "Nora New" not in page
        assert "Otto Other" not in page
        assert "New title of" not in page
        assert "Lena Lead" in page
        assert "Omar Overseer" in page


def test_a_missing_return_keeps_who_missed_it(quarter, plan, client_as):
    row = quarter.returns.get(commitment=plan.second)
    page = text(client_as("auditor"), row.get_absolute_url())
    assert "Lena Lead" in page
    assert "Nora New" not in page


def test_the_round_page_and_its_file_keep_them_too(quarter, plan, client_as):
    path = reverse("monitoring:round", args=[quarter.pk])
    for asked in (path, f"{path}?download=round-{quarter.pk}"):
        page = text(client_as("auditor"), asked)
        assert "Keep people safe" in page
        assert "A renamed promise" not in page
        assert "Nora New" not in page


def test_what_is_still_to_be_done_is_with_todays_holder(plan, lead, overseer, client_as):
    q3 = open_round(plan.strategy)
    row = play(plan.first, q3, until="changes_requested", on=TODAY)
    TenureFactory(post=plan.first.lead_post, person__name="Nora New", basis=Basis.ACTING, starts=TODAY)
    assert "Nora New" in text(client_as("auditor"), row.get_absolute_url())
