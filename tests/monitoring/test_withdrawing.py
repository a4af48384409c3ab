"""A figure is taken back on a page: with a reason, nothing in its place, and the record kept."""

import datetime as dt

import pytest

from monitoring.models import Observation
from tests.factories.commitments import CommitmentMeasureFactory, DimensionFactory, GroupFactory, MeasureFactory
from tests.factories.monitoring import ObservationFactory

pytestmark = pytest.mark.django_db
PAGE = "/measures/ward-panels/"
URL = f"{PAGE}withdraw/"
Q2 = "2021-07-01"
SENT = {"period": Q2, "reason": "It was of another ward."}


@pytest.fixture
def figure(plan) -> Observation:
    measure = MeasureFactory(code="ward-panels", title="Ward panels")
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    return ObservationFactory(measure=measure, value=37)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_figure_is_withdrawn_and_stays_in_the_record(figure, lead, client_for):
    client = client_for(lead)
    assert URL in text(client.get(PAGE))
    assert client.post(URL, SENT).status_code == 302
    first, second = Observation.objects.order_by("revision")
    assert (first.value, second.value, second.reason) == (37, None, SENT["reason"])
    assert second.withdrawn
    page = text(client.get(PAGE))
    assert "Withdrawn" in page
    assert SENT["reason"] in page
    assert URL not in page  # nothing is left to withdraw
    assert "Q2 2021-22" in text(client.get("/measures/due/"))


def test_a_reason_is_asked_and_nothing_is_lost(figure, lead, client_for):
    response = client_for(lead).post(URL, {"period": Q2, "reason": " "})
    assert response.status_code == 422
    assert response.context["form"].errors["reason"] == ["Give a reason"]
    assert response.context["form"]["period"].value() == Q2
    assert Observation.objects.count() == 1


def test_a_second_click_withdraws_nothing_more(figure, lead, client_for):
    client = client_for(lead)
    client.post(URL, SENT)
    assert client.post(URL, SENT).status_code == 422
    assert Observation.objects.count() == 2


def test_only_periods_with_a_figure_are_offered_and_the_group_must_have_one(figure, lead, client_for):
    groups = DimensionFactory(whole="all")
    one, other = GroupFactory(dimension=groups), GroupFactory(dimension=groups)
    type(figure.measure).objects.update(dimension=groups)
    figure.measure.refresh_from_db()
    ObservationFactory(measure=figure.measure, group=one)
    client = client_for(lead)
    assert list(client.get(URL).context["form"].periods) == [dt.date(2021, 7, 1).isoformat()]
    response = client.post(URL, SENT | {"group": other.code})
    assert response.context["form"].errors["group"] == ["No figure is recorded for this"]
    assert client.post(URL, SENT | {"group": one.code}).status_code == 302
    assert Observation.objects.get(revision=2).group == one


@pytest.mark.parametrize("persona", ["viewer", "auditor", "overseer", "member"])
def test_others_withdraw_nothing(figure, client_as, persona):
    client = client_as(persona)
    assert (client.get(URL).status_code, client.post(URL, SENT).status_code) == (403, 403)
    assert URL not in text(client.get(PAGE))
    assert Observation.objects.count() == 1
