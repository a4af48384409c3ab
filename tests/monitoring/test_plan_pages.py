"""The pages of the plan: what the measures say of each commitment, and of a programme by its stated rule."""

import csv
import datetime as dt
import io

import pytest

from commitments.models import Commitment
from tests.factories.commitments import (
    CommitmentFactory,
    CommitmentMeasureFactory,
    MeasureFactory,
    ProgrammeFactory,
    TargetFactory,
)
from tests.factories.monitoring import ObservationFactory
from tests.monitoring.pages import get

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


RULES = [
    (
        "worst_of",
        "Slipping at 19 January 2022, by the figures known today. By its rule, the worst of its targets decides.",
    ),
    ("majority", "By its rule, it has the best verdict that more than half of its targets reach."),
    ("none", "nothing together at 19 January 2022, by the figures known today. Only counted, by its rule:"),
]


@pytest.mark.parametrize(("rule", "sentence"), RULES)
def test_a_commitment_says_by_which_rule_its_measures_speak(plan, viewer, client_for, rule, sentence):
    judged(plan.first, 100)
    judged(plan.first, 96)
    Commitment.objects.filter(pk=plan.first.pk).update(status_rule=rule)
    page = get(client_for(viewer), plan.first.get_absolute_url())
    assert sentence in page.main
    assert "Of 2 targets: 1 met, 1 slipping." in page.main
    assert "By its rule" not in get(client_for(viewer), plan.second.get_absolute_url()).main


def test_what_is_only_counted_is_not_called_unjudged(plan, viewer, client_for):
    judged(plan.first, 100)
    Commitment.objects.filter(pk=plan.first.pk).update(status_rule="none")
    page = text(client_for(viewer).get(PROGRAMME))
    assert page.count("Only counted, by its rule") == 1
    assert page.count("Not judged") == 1


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
