"""The pages of the plan: what the measures say of each commitment, and of a programme by its stated rule."""

import csv
import datetime as dt
import io

import pytest

from tests.factories.commitments import (
    CommitmentFactory,
    CommitmentMeasureFactory,
    MeasureFactory,
    ProgrammeFactory,
    TargetFactory,
)
from tests.factories.monitoring import ObservationFactory

pytestmark = pytest.mark.django_db
PROGRAMME = "/strategies/stride/programmes/1/"


def judged(commitment, value: int) -> None:
    """A measure of the commitment with one figure, and a target of 100 that holds at all times."""
    measure = MeasureFactory()
    CommitmentMeasureFactory(commitment=commitment, measure=measure)
    TargetFactory(measure=measure, kind="reach_level", params={"at_least": 100}, tolerance=5, trajectory="none")
    ObservationFactory(measure=measure, about=dt.date(2021, 7, 1), value=value)


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("url", [PROGRAMME, "/strategies/stride/"])
def test_a_programme_says_the_worst_of_its_commitments_and_how_many_have_which(plan, viewer, client_for, url):
    judged(plan.first, 100)
    judged(plan.second, 96)
    page = text(client_for(viewer).get(url))
    assert "Of 2 commitments: 1 met, 1 slipping. The worst of what it holds decides; nothing is averaged." in page
    judged(plan.first, 20)
    page = text(client_for(viewer).get(url))
    assert "Of 2 commitments: 1 slipping, 1 off track." in page


def test_a_commitment_without_a_status_is_told_apart(plan, viewer, client_for):
    judged(plan.first, 100)
    page = text(client_for(viewer).get(PROGRAMME))
    assert "Of 1 commitment: 1 met. 1 without a computed status." in page
    assert "Not judged" in page


def test_where_nothing_is_judged_nothing_is_said(plan, viewer, client_for):
    assert "Measures say:" not in text(client_for(viewer).get(PROGRAMME))


def test_the_file_has_what_the_measures_say(plan, viewer, client_for):
    judged(plan.first, 100)
    response = client_for(viewer).get(PROGRAMME)
    file = client_for(viewer).get(f"{PROGRAMME}{response.context['table'].csv_url}")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row["Measures say"] for row in rows] == ["Met", "Not judged"]


@pytest.mark.parametrize("count", [1, 3])
def test_measures_cost_no_query_more(count, team, client_for, django_assert_num_queries):
    programme = ProgrammeFactory()
    for _ in range(count):
        judged(CommitmentFactory(programme=programme), 100)
    client = client_for(team)
    with django_assert_num_queries(10):
        client.get(programme.get_absolute_url())
    with django_assert_num_queries(13):
        client.get(programme.strategy.get_absolute_url())
