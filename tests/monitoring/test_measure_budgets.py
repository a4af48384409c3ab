"""What the pages that give figures cost in queries: the same for one measure and for many, for few figures and more."""

import pytest

from monitoring.models import Observation
from monitoring.services import observations
from tests.factories.commitments import (
    CommitmentMeasureFactory,
    DimensionFactory,
    GroupFactory,
    ShareFactory,
    TargetFactory,
)
from tests.factories.monitoring import ObservationFactory, open_round
from tests.monitoring.pages import url

pytestmark = pytest.mark.django_db
SHEET, RECORD = "/measures/sheet/", "/measures/measure-0/record/"
HEAD = "measure,period_starts,period_ends,group,value,numerator,denominator,status,reason\n"
SIZES = pytest.mark.parametrize("size", [1, 4])


@pytest.fixture
def measures(plan, lead, size):
    """Broken down and guarded, with targets; of each group a figure for Q2, one of them small."""
    for number in range(size):
        dimension = DimensionFactory(whole="all")
        measure = ShareFactory(code=f"measure-{number}", dimension=dimension, small_number_threshold=5)
        CommitmentMeasureFactory(commitment=plan.first, measure=measure, order=number)
        TargetFactory(measure=measure, kind="reach_level", params={"at_least": "15", "groups": "every"})
        for place in range(size + 1):
            group = GroupFactory(dimension=dimension, code=f"group-{place}", order=place)
            ObservationFactory(measure=measure, group=group, value=10, numerator=place + 4, denominator=10 * place + 40)


def rows(size: int, period: str, reason: str = "") -> str:
    told = [f"measure-{number},{period},group-1,,30,100,,{reason}" for number in range(size)]
    return HEAD + "\n".join(told)


@SIZES
@pytest.mark.parametrize(("persona", "budget"), [("team", 9), ("lead", 9)])
def test_the_sheet(client_as, measures, persona, budget, size, django_assert_num_queries):
    client = client_as(persona)
    client.get(SHEET)
    for address in (SHEET, f"{SHEET}?due"):
        with django_assert_num_queries(budget, info=address):
            assert client.get(address).status_code == 200


@SIZES
def test_what_a_sheet_would_change(client_as, measures, size, django_assert_num_queries):
    client = client_as("lead")
    new, revised = rows(size, "2021-10-01,2021-12-31"), rows(size, "2021-07-01,2021-09-30", "Late forms.")
    for figures in (new, revised):
        with django_assert_num_queries(16):
            assert client.post(SHEET, {"figures": figures}).status_code == 200
    with django_assert_num_queries(16):
        assert client.post(SHEET, {"figures": rows(size, "2021-07-01,2021-09-30")}).status_code == 422
    assert not Observation.objects.filter(revision=2).exists()


@SIZES
def test_one_figure(client_as, measures, size, django_assert_num_queries):
    client = client_as("lead")
    for address in (RECORD, f"{RECORD}?period=2021-07-01&group=group-1"):
        with django_assert_num_queries(9, info=address):
            assert client.get(address).status_code == 200
    told = {"period": "2021-07-01", "group": "group-1", "status": "actual", "numerator": "30", "denominator": "100"}
    told |= {"seen": "2021-07-01.group-1.1", "sure": "2021-07-01.group-1..30.100"}
    with django_assert_num_queries(22):
        assert client.post(RECORD, told).status_code == 422
    with django_assert_num_queries(22):
        assert client.post(RECORD, told | {"reason": "Late forms."}).status_code == 302


@SIZES
def test_the_figures_of_a_return(client_as, plan, overseer, measures, size, django_assert_num_queries):
    row = open_round(plan.strategy).returns.get(commitment=plan.first)
    client, address = client_as("lead"), url("return_measures", row)
    with django_assert_num_queries(12):
        page = client.get(address)
    assert page.content.count(b"stride-figure-due") == size * (2 * size + 5)
    with django_assert_num_queries(12):
        assert client.post(address, {"measure-0-2021-10-01-group-1-numerator": "3"}).status_code == 422


@SIZES
def test_what_is_due_and_what_is_locked(plan, lead_post, measures, size, django_assert_num_queries):
    today = Observation.objects.first().period_ends.replace(year=2022)
    with django_assert_num_queries(5):
        assert observations.due_from([lead_post.pk], today)
    measures = [each.measure_id for each in Observation.objects.all()]
    with django_assert_num_queries(6):
        assert observations.locked_measures(measures)
