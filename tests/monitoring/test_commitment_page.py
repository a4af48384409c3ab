"""The commitment page: what was promised, and what happened since, from frozen names and signed-off facts."""

import csv
import datetime as dt
import io
import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from commitments.choices import Lifecycle
from kit import clock
from monitoring.services import returns
from people.actor import actor_for
from people.models import Tenure
from tests.factories.commitments import CommitmentMeasureFactory, TargetFactory
from tests.factories.monitoring import (
    ReportingRoundFactory,
    close_round,
    exempt,
    open_round,
    play,
    reopen,
    sign_off_rows,
)
from tests.factories.people import PersonFactory, TenureFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/strategies/stride/commitments/1/"
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def cast(lead, overseer):
    """The cast's own holders, before anybody else is put into their posts."""
    return lead, overseer


@pytest.fixture
def told(cast, plan):
    """Q1 green; Q2 amber by the lead and red by the overseer, its date moved by 91 days."""
    plan.first.due_on = dt.date(2022, 3, 31)
    plan.first.save()
    q1 = open_round(plan.strategy, "Q1 2021-22")
    play(plan.first, q1, rating="green", expected_on=dt.date(2022, 3, 31))
    close_round(q1)
    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(
        plan.first,
        q2,
        rating="amber",
        overseer_rating="red",
        comment="Too rosy.",
        done="We opened two offices.",
        expected_on=dt.date(2022, 6, 30),
        date_reason="The supplier is late.",
    )
    close_round(q2)
    return q1, q2


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def rows(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_its_address(plan):
    assert plan.first.get_absolute_url() == reverse("monitoring:commitment", args=["stride", 1]) == ADDRESS


def test_a_commitment_that_is_not_there_or_out_of_reach_is_not_found(client_as, plan):
    assert client_as("viewer").get("/strategies/stride/commitments/99/").status_code == 404
    plan.strategy.state = "draft"
    plan.strategy.save()
    assert client_as("viewer").get(ADDRESS).status_code == 404
    assert client_as("auditor").get(ADDRESS).status_code == 200


def test_before_the_first_round_it_says_so(client_as, cast, plan):
    said = text(client_as("viewer").get(ADDRESS))
    assert "No round has asked for a return yet. Ratings show here" in said
    assert "Lead Commander for Public Protection Lena Lead" in said


def test_a_post_without_a_holder_is_vacant(client_as, plan):
    assert "Commander for Public Protection Vacant" in text(client_as("viewer").get(ADDRESS))


def test_the_promise_its_ratings_its_latest_return_and_its_dates(client_as, told):
    said = text(client_as("viewer").get(ADDRESS))
    assert "We will do what we said." in said
    assert "Lead Green Amber Overseer Green Red Expected to be complete 31 March 2022 30 June 2022" in said
    assert "Latest signed-off return: Q2 2021-22" in said
    assert "We opened two offices." in said
    assert "Too rosy." in said
    assert "Promised by 31 March 2022. Now expected on 30 June 2022, 91 days later." in said
    assert "Q2 2021-22 31 March 2022 30 June 2022 91 days later The supplier is late." in said


def test_a_date_that_never_moved_is_as_promised(client_as, told):
    page = client_as("viewer").get(ADDRESS.replace("/1/", "/2/"))
    assert "The strategy promises no day. No signed-off return says when it is expected." in text(page)
    assertNotContains(page, "How the date moved")


def test_the_names_on_past_returns_are_those_of_the_day(client_as, told, lead_post, lead):
    Tenure.objects.filter(post=lead_post).update(ends=dt.date(2021, 12, 31))
    TenureFactory(post=lead_post, person=PersonFactory(name="Nora New"), starts=dt.date(2022, 1, 1))
    lead_post.title = "Commander for Everything"
    lead_post.save()
    said = text(client_as("viewer").get(ADDRESS))
    assert "Lead Commander for Everything Nora New" in said
    assert "Amber Red Differs Lena Lead Commander for Public Protection, 11 October 2021 Omar Overseer" in said


def test_a_delegate_is_named_with_the_post_they_acted_for(client_as, cast, plan, delegate):
    q1 = open_round(plan.strategy, "Q1 2021-22")
    row = q1.returns.get(commitment=plan.first)
    with clock.standing_at(q1.opens_on):
        returns.submit(progress_return=row, by=actor_for(delegate, q1.opens_on), at=clock.now(), nil=True)
    play(plan.first, q1)
    said = text(client_as("viewer").get(ADDRESS))
    assert "Nil return Dele Delegate For the Commander for Public Protection (Lena Lead), 4 July 2021" in said


def test_a_replaced_version_stays_with_a_link_of_its_own(client_as, told, plan):
    row = told[1].returns.get(commitment=plan.first)
    late = told[1].closes_on + dt.timedelta(days=1)
    reopen(row, on=late)
    client = client_as("viewer")
    assert "It has been reopened and a new version is being written." in text(client.get(ADDRESS))
    play(plan.first, told[1], rating="red", expected_on=dt.date(2022, 3, 31), on=late)
    page = client.get(ADDRESS)
    assert "1 Replaced by version 2" in text(page)
    assertContains(page, f'href="{reverse("monitoring:return_version", args=[row.pk, 1])}"')


# Next step


def step(client) -> str:
    return client.get(ADDRESS).context["next_step"]


def test_next_step_of_an_open_round(plan, cast, client_for, viewer):
    q3 = open_round(plan.strategy, "Q3 2021-22")
    client = client_for(viewer)
    assert step(client) == "The Q3 2021-22 return is due by 25 January 2022."
    with clock.standing_at(q3.due_on + dt.timedelta(days=1)):
        assert step(client) == "The Q3 2021-22 return was due by 25 January 2022 and is not signed off yet."
        assert step(client_for(cast[0])) == "The Q3 2021-22 return is overdue. It was due by 25 January 2022."
    with clock.standing_at(q3.closes_on + dt.timedelta(days=1)):
        assert step(client) == "The Q3 2021-22 return is missing."


def test_next_step_tells_of_an_unsigned_return_only_those_who_may_read_it(plan, cast, client_for, viewer, team):
    q3 = open_round(plan.strategy, "Q3 2021-22")
    play(plan.first, q3, until="submitted")
    assert step(client_for(team)) == "The Q3 2021-22 return is with the overseer, to be signed off."
    assert step(client_for(viewer)) == "The Q3 2021-22 return is due by 25 January 2022."
    play(plan.first, q3, until="changes_requested")
    assert step(client_for(team)) == "The Q3 2021-22 return is with the lead again."
    play(plan.first, q3)
    assert step(client_for(viewer)) == "None. The Q3 2021-22 return is signed off."


def test_next_step_without_an_open_round(plan, client_for, viewer, team):
    assert step(client_for(viewer)) == "None until the next round opens."
    ReportingRoundFactory(strategy=plan.strategy, about=dt.date(2022, 1, 1))
    assert step(client_for(team)) == "Returns for Q4 2021-22 open on 4 April 2022."
    plan.first.lifecycle = Lifecycle.COMPLETE
    plan.first.save()
    assert step(client_for(viewer)) == "None. It is complete."


def test_next_step_of_an_exempt_return(plan, client_for, viewer):
    exempt(plan.first, open_round(plan.strategy, "Q3 2021-22"))
    assert step(client_for(viewer)) == "None in Q3 2021-22: it is exempt."


# Reach


@pytest.mark.parametrize("persona", ["viewer", "member", "team", "auditor", "lead", "overseer"])
@pytest.mark.parametrize("until", ["draft", "submitted"])
def test_nothing_unsigned_is_on_the_page_whoever_reads(client_as, cast, plan, persona, until):
    q3 = open_round(plan.strategy, "Q3 2021-22")
    play(plan.first, q3, until=until, rating="red", rating_reason="A secret reason.", done="A secret deed.")
    page = client_as(persona).get(ADDRESS)
    assertNotContains(page, "A secret")
    assertNotContains(page, "Red")
    assertNotContains(client_as(persona).get(ADDRESS, {"download": "returns-stride-1"}), "A secret")


def test_a_return_out_of_reach_is_not_linked(client_as, told, plan):
    q3 = open_round(plan.strategy, "Q3 2021-22")
    url = q3.returns.get(commitment=plan.first).get_absolute_url()
    assertNotContains(client_as("viewer").get(ADDRESS), f'href="{url}"')
    assertContains(client_as("secretariat").get(ADDRESS), f'href="{url}"')


@pytest.mark.parametrize(("persona", "may"), [("team", True), ("lead", False), ("auditor", False), ("viewer", False)])
def test_the_link_to_change_it_is_for_those_who_may(client_as, cast, plan, persona, may):
    url = reverse("commitments:commitment_edit", args=["stride", 1])
    assert (f'href="{url}"' in client_as(persona).get(ADDRESS).content.decode()) is may


# Files, hostile text, budget


def test_the_file_has_the_rows_of_the_page_in_its_order(client_as, told, plan):
    exempt(plan.first, open_round(plan.strategy, "Q3 2021-22"))
    client = client_as("viewer")
    page = client.get(ADDRESS, {"sort": "round"})
    head, *body = rows(client.get(ADDRESS, {"sort": "round", "download": "returns-stride-1"}))
    assert [(row[0], row[1], row[2]) for row in body] == [
        ("Q1 2021-22", "Green", "Green"),
        ("Q2 2021-22", "Amber", "Red"),
        ("Q3 2021-22", "Exempt", ""),
    ]
    assert [[cell.text for cell in row[:3]] for row in page.context["returns"].rows] == [row[:3] for row in body]
    q2 = dict(zip(head, body[1], strict=True))
    assert q2["Lead"] == "Commander for Public Protection"
    assert (q2["Submitted by"], q2["As a delegate"], q2["Signed off on"]) == ("Lena Lead", "No", "2021-10-11")
    assert (q2["Expected on"], q2["Why the date has moved"]) == ("2022-06-30", "The supplier is late.")


def test_the_dates_download_as_well(client_as, told):
    assert rows(client_as("viewer").get(ADDRESS, {"download": "dates-stride-1"}))[1][3] == "91 days later"


def test_hostile_text_stays_text(client_as, cast, plan):
    plan.first.title = plan.first.statement = HOSTILE
    plan.first.save()
    q1 = open_round(plan.strategy, "Q1 2021-22")
    play(plan.first, q1, rating="red", done=HOSTILE, rating_reason=HOSTILE, comment=HOSTILE)
    page = client_as("viewer").get(ADDRESS)
    assertNotContains(page, "<img")
    assertContains(page, "&lt;img src=x onerror=alert(1)&gt;")


def test_the_strategys_notice_is_shown(client_as, plan):
    plan.strategy.notice = "The figures are illustrative."
    plan.strategy.save()
    assertContains(client_as("viewer").get(ADDRESS), "The figures are illustrative.")


@pytest.mark.parametrize("size", [1, 7])
@pytest.mark.parametrize(("persona", "budget"), [("team", 13), ("viewer", 15), ("auditor", 15)])
def test_it_takes_the_same_few_queries_for_any_history(
    client_as, plan, persona, budget, size, django_assert_num_queries
):
    client = client_as(persona)
    for number in range(size):
        link = CommitmentMeasureFactory(commitment=plan.first, order=number + 1)
        TargetFactory(measure=link.measure)
    labels = ["Q1 2020-21", "Q2 2020-21", "Q3 2020-21", "Q4 2020-21", "Q1 2021-22", "Q2 2021-22", "Q3 2021-22"]
    for label in labels[:size]:
        round = open_round(plan.strategy, label)
        sign_off_rows(round)
        close_round(round)
    client.get(ADDRESS)
    with django_assert_num_queries(budget):
        page = client.get(ADDRESS)
    assert len(page.context["past"]) == size


def test_the_rating_over_time_downloads(client_as, told):
    client = client_as("viewer")
    assertContains(client.get(ADDRESS), "?download=ratings-stride-1")
    head, *body = rows(client.get(ADDRESS, {"download": "ratings-stride-1"}))
    assert head == ["Round", "Lead", "Overseer", "Expected to be complete"]
    assert body == [
        ["Q1 2021-22", "Green", "Green", "31 March 2022"],
        ["Q2 2021-22", "Amber", "Red", "30 June 2022"],
    ]
