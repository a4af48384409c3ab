"""A figure that is due and not available yet: when it is expected is said once, kept, and shown where it is due."""

import csv
import datetime as dt
import io

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from monitoring.models import ExpectedFigure, Observation
from tests.factories.commitments import CommitmentMeasureFactory, DimensionFactory, GroupFactory, MeasureFactory
from tests.factories.monitoring import ExpectedFigureFactory, ObservationFactory, open_round

pytestmark = pytest.mark.django_db
URL = "/measures/ward-panels/not-available/"
PAGE = "/measures/ward-panels/"
Q1, Q2, Q3 = "2021-04-01", "2021-07-01", "2021-10-01"
DAY = dt.date(2022, 2, 3)


def day(name: str, value: dt.date) -> dict[str, str]:
    parts = {"day": value.day, "month": value.month, "year": value.year}
    return {f"{name}_{part}": str(number) for part, number in parts.items()}


def sent(period: str = Q3, on: dt.date = DAY, **more) -> dict:
    return {"period": period, "note": "The survey reports late.", **day("expected_on", on), **more}


@pytest.fixture
def panels(plan):
    measure = MeasureFactory(code="ward-panels", title="Ward panels")
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    return measure


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_it_is_said_on_the_page_of_the_measure_and_shown_where_it_is_due(panels, lead, client_for):
    client = client_for(lead)
    assert "Say when a figure is expected" in text(client.get(PAGE))
    assert client.post(URL, sent()).status_code == 302
    row = ExpectedFigure.objects.get()
    assert (row.expected_on, row.by_name, row.post) == (DAY, "Lena Lead", panels.commitments.get().lead_post)
    assert "Q3 2021-22: expected on 3 February 2022. The survey reports late." in text(client.get(PAGE))
    due = text(client.get("/measures/due/"))
    assert "3 February 2022" in due
    assert "Nothing said" in due  # of the quarters before
    response = client.get("/measures/due/?download=figures-due")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert ("2022-02-03", "The survey reports late.") in [(row["Expected"], row["Why not yet"]) for row in rows]


def test_the_newest_word_counts_and_the_same_again_writes_nothing(panels, lead, client_for):
    client = client_for(lead)
    for on in (DAY, DAY, dt.date(2022, 3, 1)):
        assert client.post(URL, sent(on=on)).status_code == 302
    assert [row.expected_on for row in ExpectedFigure.objects.order_by("pk")] == [DAY, dt.date(2022, 3, 1)]
    page = text(client.get(PAGE))
    assert "1 March 2022" in page
    assert "3 February 2022" not in page


def test_a_day_that_has_passed_says_so(panels, lead, client_for):
    ExpectedFigureFactory(measure=panels, expected_on=dt.date(2021, 12, 1))
    client = client_for(lead)
    assert "This day has passed." in text(client.get(PAGE))
    assert "This day has passed." in text(client.get("/measures/due/"))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"period": ""}, "period"),
        ({"period": "2040-04-01"}, "period"),
        (day("expected_on", dt.date(2022, 1, 19)), "expected_on"),
        (day("expected_on", dt.date(2021, 12, 1)), "expected_on"),
        ({"expected_on_day": "31", "expected_on_month": "2"}, "expected_on"),
        ({"note": "x" * 301}, "note"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_question(panels, lead, client_for, more, field):
    response = client_for(lead).post(URL, sent() | more)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not ExpectedFigure.objects.exists()


def test_nothing_is_waited_for_that_is_not_due(panels, lead, client_for):
    client = client_for(lead)
    form = client.get(URL).context["form"]
    ObservationFactory(measure=panels, about=dt.date(2021, 10, 1))
    assert Q3 in form.periods
    response = client.post(URL, sent())
    assert response.status_code == 422
    assert not ExpectedFigure.objects.exists()


def test_a_group_that_has_its_figure_is_not_waited_for(panels, lead, client_for):
    groups = DimensionFactory(whole="")
    one, other = GroupFactory(dimension=groups), GroupFactory(dimension=groups)
    type(panels).objects.update(dimension=groups)
    ObservationFactory(measure=type(panels).objects.get(), about=dt.date(2021, 10, 1), group=one)
    client = client_for(lead)
    response = client.post(URL, sent(group=one.code))
    assert response.context["form"].errors["group"] == ["No figure is due for this"]
    assert client.post(URL, sent(group=other.code)).status_code == 302
    assert f"{other.title}: expected on 3 February 2022." in text(client.get(PAGE))


@pytest.mark.parametrize("persona", ["viewer", "auditor", "overseer", "member"])
def test_others_do_not_say_it(panels, client_as, persona):
    assert client_as(persona).post(URL, sent()).status_code == 403
    assert not ExpectedFigure.objects.exists()


# In the return


def test_it_is_said_in_the_return_beside_each_figure(panels, plan, lead, client_for):
    round = open_round(plan.strategy)
    row = round.returns.get(commitment=plan.first)
    url = reverse("monitoring:return_measures", args=[row.pk])
    client = client_for(lead)
    keys = [form.prefix for form in client.get(url).context["forms"]]
    newest = next(key for key in keys if Q3 in key)
    answers = day(f"{newest}-expected_on", DAY) | {f"{keys[0]}-value": "4"}
    response = client.post(url, answers, follow=True)
    assert "1 figure recorded. 1 figure expected later." in text(response)
    assert Observation.objects.get().value == 4
    assert ExpectedFigure.objects.get().expected_on == DAY
    again = client.get(url).context["forms"]
    assert next(form for form in again if form.prefix == newest)["expected_on"].value() == DAY
    assert "Last said: 3 February 2022." in text(client.get(url))


def test_a_wrong_day_in_the_return_is_422_and_loses_nothing(panels, plan, lead, client_for):
    row = open_round(plan.strategy).returns.get(commitment=plan.first)
    url = reverse("monitoring:return_measures", args=[row.pk])
    client = client_for(lead)
    first, second, *_ = [form.prefix for form in client.get(url).context["forms"]]
    response = client.post(url, day(f"{first}-expected_on", dt.date(2021, 1, 1)) | {f"{second}-value": "4"})
    assert response.status_code == 422
    assert "must be 20 January 2022 or later" in text(response)
    assert 'value="4"' in text(response)
    assert not Observation.objects.exists()
    assert not ExpectedFigure.objects.exists()


def test_a_figure_that_is_given_needs_no_day(panels, plan, lead, client_for):
    row = open_round(plan.strategy).returns.get(commitment=plan.first)
    url = reverse("monitoring:return_measures", args=[row.pk])
    client = client_for(lead)
    first = client.get(url).context["forms"].forms[0].prefix
    client.post(url, {f"{first}-value": "4"} | day(f"{first}-expected_on", DAY))
    assert Observation.objects.exists()
    assert not ExpectedFigure.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_what_is_due_costs_the_same(count, plan, team, client_for, django_assert_num_queries):
    for _ in range(count):
        measure = MeasureFactory()
        CommitmentMeasureFactory(commitment=plan.first, measure=measure)
        ExpectedFigureFactory(measure=measure)
    client = client_for(team)
    with django_assert_num_queries(9):
        client.get("/measures/due/")


# By SQL


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expected_on": dt.date(2021, 9, 30)}, "expected_figure_after_its_period"),
        ({"period_ends": dt.date(2021, 6, 30)}, "expected_figure_period_in_order"),
    ],
)
def test_the_database_refuses_what_cannot_be(panels, change, said):
    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        ExpectedFigureFactory(measure=panels, **change)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE monitoring_expectedfigure SET expected_on = '2022-12-31'",
        "DELETE FROM monitoring_expectedfigure",
    ],
)
def test_what_was_said_stays(panels, sql):
    ExpectedFigureFactory(measure=panels)
    with pytest.raises(Exception, match="cannot be changed or deleted"), transaction.atomic():
        connection.cursor().execute(sql)
