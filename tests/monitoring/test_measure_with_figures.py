"""A measure with figures keeps what they are; its form says so beside what was changed."""

import pytest

from tests.commitments.test_views_editing import measure_sent
from tests.factories.commitments import CommitmentMeasureFactory, ShareFactory
from tests.factories.monitoring import ObservationFactory

pytestmark = pytest.mark.django_db
URL = "/strategies/stride/commitments/1/measures/trust/edit/"


def test_the_kind_of_number_stays_once_figures_are_recorded(plan, team, client_for):
    measure = ShareFactory(code="trust")
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    ObservationFactory(measure=measure)
    client = client_for(team)
    version = client.get(URL).context["form"]["version"].value()
    sent = measure_sent(unit_kind="count", over_time="latest", title="Kept words", version=version, reason="So it is.")
    response = client.post(URL, sent)
    assert response.status_code == 422
    assert "Figures are recorded for this measure" in response.context["form"].errors["unit_kind"][0]
    assert "Kept words" in response.content.decode()
    measure.refresh_from_db()
    assert measure.unit_kind == "share"
