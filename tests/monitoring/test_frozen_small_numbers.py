"""What a return froze of small numbers stays in the record, and is read on no page, whatever becomes of the measure."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection

from commitments.models import CommitmentMeasure, Measure
from monitoring.models import ProgressReturn
from tests.factories.commitments import (
    CommitmentMeasureFactory,
    DimensionFactory,
    GroupFactory,
    ShareFactory,
    TargetFactory,
)
from tests.factories.monitoring import ObservationFactory, open_round, play

pytestmark = pytest.mark.django_db
Q2 = dt.date(2021, 7, 1)
SECRET = "7.407407"  # two of 27, as STRIDE keeps it
SAYS = ("7.4%", "7.407", "2 of 27")
READERS = ("viewer", "member", "auditor", "overseer", "lead", "team", "admin")


@pytest.fixture
def few(plan) -> Measure:
    """A share of two groups, one of very few people, and a target that would name its figure."""
    groups = DimensionFactory(code="ethnicity", whole="")
    measure = ShareFactory(code="promoted", title="Share promoted", dimension=groups)
    for code, numerator, denominator in (("black", 2, 27), ("white", 300, 3000)):
        ObservationFactory(
            measure=measure,
            about=Q2,
            group=GroupFactory(dimension=groups, code=code),
            value=(Decimal(100) * numerator / denominator).quantize(Decimal("0.000001")),
            numerator=numerator,
            denominator=denominator,
        )
    TargetFactory(measure=measure, kind="reach_level", params={"at_least": 12, "group": "black"}, trajectory="none")
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    return measure


def signed(plan, measure: Measure, threshold: int | None) -> ProgressReturn:
    Measure.objects.filter(pk=measure.pk).update(small_number_threshold=threshold)
    return play(plan.first, open_round(plan.strategy), on=dt.date(2022, 1, 19), rating="green")


def pages(row: ProgressReturn, client_as) -> str:
    urls = [row.get_absolute_url(), f"{row.get_absolute_url()}versions/1/", "/strategies/stride/commitments/1/"]
    return "".join(client_as(persona).get(url).content.decode() for persona in READERS for url in urls)


def test_what_is_frozen_of_a_target_names_no_small_number(plan, few, lead, overseer):
    version = signed(plan, few, 5).versions.get()
    (measure,) = version.basis["measures"]
    outcome = measure["targets"][0]["outcome"]
    assert outcome["verdict"] == "off_track"
    assert "Too few to show" in outcome["sentence"]
    assert outcome["figure"] is None
    assert not any(each in outcome["sentence"] for each in SAYS)
    assert SECRET in [row["value"] for row in measure["observations"]]


def test_without_a_threshold_the_sentence_is_frozen_and_read(plan, few, lead, overseer, client_as):
    row = signed(plan, few, None)
    assert "7.4%" in pages(row, client_as)


@pytest.mark.parametrize("afterwards", ["nothing", "taken_away", "another_code"])
def test_a_threshold_set_later_hides_what_was_frozen(plan, few, lead, overseer, client_as, afterwards):
    row = signed(plan, few, None)
    assert "7.4%" in row.versions.get().basis["measures"][0]["targets"][0]["outcome"]["sentence"]
    Measure.objects.filter(pk=few.pk).update(small_number_threshold=5)
    if afterwards == "taken_away":
        CommitmentMeasure.objects.filter(measure=few).delete()
    if afterwards == "another_code":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE commitments_measure SET code = 'renamed' WHERE id = %s", [few.pk])
    read = pages(row, client_as)
    assert "At least 90 per cent by March 2025." in read
    assert not any(each in read for each in SAYS)


@pytest.mark.parametrize("threshold", [None, 5])
def test_the_sentence_on_several_groups_says_nothing_of_each_where_one_hides(plan, lead, client_as, threshold):
    groups = DimensionFactory(code="ethnicity", whole="")
    measure = ShareFactory(code="trained", dimension=groups, small_number_threshold=threshold)
    for order, (code, numerator) in enumerate({"asian": 2, "black": 3, "white": 60}.items()):
        group = GroupFactory(dimension=groups, code=code, title=code.title(), order=order)
        told = {"value": Decimal(numerator) * 10, "numerator": numerator, "denominator": 10}
        if code == "white":
            told = {"value": 60, "numerator": 60, "denominator": 100}
        ObservationFactory(measure=measure, about=Q2, group=group, **told)
    params = {"at_least": "25", "groups": "every"}
    TargetFactory(measure=measure, kind="reach_level", params=params, trajectory="none", wording="Everybody")
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    page = client_as("viewer").get("/measures/trained/").content.decode()
    assert ("2 of 3 meet it" in page) is (threshold is None)
    assert ("so how each group does is not said" in page) is (threshold == 5)
    assert "20.0% (Asian)" not in page if threshold else "(Asian)" in page
