"""The admin of rounds, returns and figures shows everything and changes nothing."""

import pytest
from django.urls import reverse

from monitoring.models import (
    ChangeRequest,
    Observation,
    ProgressReturn,
    ReportingRound,
    ReturnAct,
    ReturnVersion,
    RoundAct,
)
from tests.factories.commitments import CommitmentFactory
from tests.factories.monitoring import ObservationFactory, open_round, play

pytestmark = pytest.mark.django_db
MODELS = [ReportingRound, RoundAct, ProgressReturn, ReturnVersion, ReturnAct, ChangeRequest, Observation]


def address(model, action: str, *args) -> str:
    return reverse(f"admin:monitoring_{model._meta.model_name}_{action}", args=args)


@pytest.fixture
def played(plan, lead, overseer):
    round = open_round(plan.strategy)
    play(plan.first, round, until="changes_requested")
    ObservationFactory()
    return round


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("persona", ["admin", "team"])
def test_they_can_be_looked_at(client_as, played, model, persona):
    client = client_as(persona)
    row = model.objects.first()
    assert client.get(address(model, "changelist"), {"q": "keep"}).status_code == 200
    page = client.get(address(model, "change", row.pk))
    assert page.status_code == 200
    assert b'name="_save"' not in page.content


@pytest.mark.parametrize("model", MODELS)
def test_nothing_can_be_added_changed_or_deleted(client_as, played, model):
    client = client_as("admin")
    row = model.objects.first()
    before = model.objects.values().get(pk=row.pk)
    assert client.get(address(model, "add")).status_code == 403
    assert client.post(address(model, "change", row.pk), {"state": "closed"}).status_code == 403
    assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    client.post(address(model, "changelist"), {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"})
    assert model.objects.values().get(pk=row.pk) == before


@pytest.mark.parametrize("persona", ["lead", "secretariat", "auditor", "viewer"])
def test_the_admin_is_closed_to_others(client_as, played, persona):
    assert client_as(persona).get(address(ReportingRound, "changelist")).status_code == 302


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("model", [ProgressReturn, ReturnAct, ReturnVersion])
def test_query_budget_of_lists(client_as, plan, lead, overseer, admin, django_assert_max_num_queries, model, count):
    extra = [CommitmentFactory(programme=plan.programme, number=number) for number in range(3, 3 + count)]
    round = open_round(plan.strategy)
    for commitment in extra:
        play(commitment, round, until="draft")
    client = client_as("admin")
    with django_assert_max_num_queries(15):
        client.get(address(model, "changelist"))
