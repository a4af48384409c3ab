"""Figures in a return, and the three ratings: on the return, on the review, on the dashboard, on the commitment."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.urls import reverse

from kit.verdict import Refusal
from monitoring.models import Observation
from tests.factories.commitments import (
    CommitmentMeasureFactory,
    DimensionFactory,
    GroupFactory,
    MeasureFactory,
    ShareFactory,
    TargetFactory,
)
from tests.factories.monitoring import ObservationFactory, close_round, open_round, play
from tests.monitoring.pages import Page, get, url

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)
Q1, Q2, Q3 = dt.date(2021, 4, 1), dt.date(2021, 7, 1), dt.date(2021, 10, 1)
KEY = "detections-2021-10-01"


@pytest.fixture
def share(plan):
    measure = ShareFactory(code="detections", title="Hate crime detections")
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    TargetFactory(
        measure=measure,
        wording="15% detection rate",
        kind="reach_level",
        params={"at_least": "15"},
        trajectory="none",
    )
    for about in (Q1, Q2):
        ObservationFactory(measure=measure, about=about, value=Decimal("12.4"), numerator=124, denominator=1000)
    return measure


@pytest.fixture
def row(plan, share, lead, overseer):
    return open_round(plan.strategy).returns.get(commitment=plan.first)


# Entered in the return


def test_the_lead_gives_what_is_due_and_it_belongs_to_the_return(client_as, row):
    client = client_as("lead")
    assert "1 figure due from you" in get(client, url("return", row)).main
    page = get(client, url("return_measures", row))
    assert "Hate crime detections, Q3 2021-22" in page.main
    assert "Last figure: Q2 2021-22: 12.4%" in page.main
    sent = {f"{KEY}-numerator": "131", f"{KEY}-denominator": "1000", f"{KEY}-status": "provisional"}
    assert client.post(url("return_measures", row), sent).url == url("return", row)
    figure = Observation.objects.get(period_starts=Q3)
    assert (figure.value, figure.status, figure.by_name) == (Decimal("13.1"), "provisional", "Lena Lead")
    assert figure.return_version.progress_return == row
    assert "Completed" in get(client, url("return", row)).words("//ul[@class='govuk-task-list']/li[last()]")
    check = get(client, url("return_submit", row))
    assert "Hate crime detections, Q3 2021-22 13.1%, provisional" in check.main


def test_nothing_has_to_be_given(client_as, row, plan):
    client = client_as("lead")
    assert client.post(url("return_measures", row), {f"{KEY}-status": "actual"}).status_code == 302
    assert not Observation.objects.filter(period_starts=Q3).exists()
    play(plan.first, row.round, until="draft", on=TODAY)
    check = get(client, url("return_submit", row))
    assert "Not given yet. The return can go without them; they stay due." in check.main
    assert client.post(url("return_submit", row)).url == url("return_submitted", row)


def test_what_is_wrong_is_told_and_kept(client_as, row):
    page = Page(client_as("lead").post(url("return_measures", row), {f"{KEY}-value": "130"}))
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert "A percentage lies between 0 and 100, so it cannot be 130" in page.main
    assert page.value(f"{KEY}-value") == "130"
    assert page.links_land()


def test_an_error_says_which_figure_it_is_about(client_as, plan, row):
    dimension = DimensionFactory(code="ethnicity")
    for code in ("black", "white"):
        GroupFactory(dimension=dimension, code=code, title=code.capitalize())
    broken_down = ShareFactory(code="trust", title="Trust", dimension=dimension)
    CommitmentMeasureFactory(commitment=plan.first, measure=broken_down, order=1)
    wrong = {"trust-2021-10-01-black-value": "130", "trust-2021-10-01-white-value": "140", f"{KEY}-value": "150"}
    page = Page(client_as("lead").post(url("return_measures", row), wrong))
    sentence = "percentage lies between 0 and 100, so it cannot be"
    told = [(message, target) for message, target in page.summary if sentence in message]
    assert sorted(told) == [
        (f"Hate crime detections, Q3 2021-22: a {sentence} 150", f"#id_{KEY}-value"),
        (f"Trust, Black, Q3 2021-22: a {sentence} 130", "#id_trust-2021-10-01-black-value"),
        (f"Trust, White, Q3 2021-22: a {sentence} 140", "#id_trust-2021-10-01-white-value"),
    ]
    assert page.error_beside("trust-2021-10-01-black-value") == f"A {sentence} 130"
    assert page.links_land()


def test_what_somebody_else_recorded_meanwhile_is_refused_with_every_word_kept(client_as, row, monkeypatch):
    def refuse(**_):
        raise Refusal("Somebody else recorded it meanwhile.")

    monkeypatch.setattr("monitoring.views.giving.observations.record_many", refuse)
    page = Page(client_as("lead").post(url("return_measures", row), {f"{KEY}-value": "13"}))
    assert (page.status, page.title.startswith("Error: ")) == (422, True)
    assert page.summary == [("Somebody else recorded it meanwhile.", "")]
    assert page.value(f"{KEY}-value") == "13"


@pytest.mark.parametrize("persona", ["overseer", "team", "auditor"])
def test_only_the_leads_side_gives_figures_in_a_return(client_as, row, persona):
    assert client_as(persona).get(url("return_measures", row)).status_code in {403, 404}


def test_what_another_post_owns_is_not_asked_here(client_as, row, share, member_post):
    share.owner_post = member_post
    share.save()
    assert "No figure is due from you" in get(client_as("lead"), url("return_measures", row)).main


# Three ratings


def test_the_overseer_is_told_first_where_the_lead_is_rosier(client_as, row, plan):
    play(plan.first, row.round, until="submitted", on=TODAY, rating="green")
    page = get(client_as("overseer"), url("return_review", row))
    said = "The lead says green. The measures say off track: Hate crime detections (15% detection rate)."
    assert page.words("//div[@class='govuk-warning-text']").endswith(said)
    assert page.body.index("Three ratings") < page.body.index("Your decision")
    assert "At 31 December 2021, by the figures known today" in page.main


def test_where_they_agree_nothing_warns(client_as, row, plan):
    play(plan.first, row.round, until="submitted", on=TODAY, rating="red")
    page = get(client_as("overseer"), url("return_review", row))
    assert "Three ratings" in page.main
    assert not page.by_class("govuk-warning-text")


def test_late_data_changes_todays_figure_and_no_signed_return(client_as, row, plan, share):
    play(plan.first, row.round, on=TODAY, rating="green")
    ObservationFactory(measure=share, about=Q3, value=16, numerator=160, denominator=1000)
    page = get(client_as("viewer"), url("return", row))
    assert "The measures say Off track As they stood when the return was signed off" in page.main
    assert "16.0% against at least 15%: met." in get(client_as("viewer"), "/measures/detections/").main
    commitment = get(client_as("viewer"), plan.first.get_absolute_url())
    assert "The measures say Met at 19 January 2022" in commitment.main


def test_home_says_first_where_the_lead_is_rosier(client_as, row, plan):
    play(plan.second, row.round, until="submitted", on=dt.date(2022, 1, 10), rating="green")
    play(plan.first, row.round, until="submitted", on=TODAY, rating="green")
    page = get(client_as("overseer"), "/")
    first, second = page.every("//section[@aria-labelledby='to-sign-off']//li")
    assert first.startswith("Read and sign off: 1. Keep people safe")
    assert first.endswith("The lead is rosier than the measures Lead: green Measures: off track")
    assert "rosier" not in second


def test_an_auditor_reads_first_where_the_newest_signed_returns_were_rosier(client_as, row, plan, share):
    play(plan.first, row.round, on=TODAY, rating="green")
    ObservationFactory(measure=share, about=Q3, value=16, numerator=160, denominator=1000)
    page = get(client_as("auditor"), "/")
    [line] = page.every("//section[@aria-labelledby='rosier']//li")
    said = f"1. Keep people safe Q3 2021-22, {plan.first.lead_post.title}. The overseer said green"
    assert line == f"{said} Lead: green Measures: off track"
    assert "rosier" not in get(client_as("viewer"), "/").main


def test_what_agrees_in_the_newest_return_is_no_gap_any_more(client_as, row, plan):
    play(plan.first, row.round, on=TODAY, rating="green")
    close_round(row.round)
    later = open_round(plan.strategy, "Q4 2021-22")
    play(plan.first, later, rating="red")
    assert "rosier" not in get(client_as("auditor"), "/").main


@pytest.mark.parametrize("persona", ["auditor", "overseer"])
def test_the_dashboard_begins_with_the_gap_for_those_who_check(client_as, row, plan, persona):
    play(plan.first, row.round, on=TODAY, rating="green")
    assert get(client_as(persona), "/dashboard/stride/").every("//main//caption")[0] == "Optimism gap"
    assert get(client_as("viewer"), "/dashboard/stride/").every("//main//caption")[0] != "Optimism gap"


def rows(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_dashboard_tells_the_optimism_gap(client_as, row, plan):
    play(plan.first, row.round, on=TODAY, rating="green")
    address = "/dashboard/stride/"
    page = get(client_as("viewer"), address)
    assert "Measures say, Q3 2021-22" in page.main
    assert "The lead is rosier" in page.main
    found = rows(client_as("viewer").get(address, {"download": "optimism-gap"}))
    assert found[1] == [str(plan.first), "Green", "Off track", "Green", "2 steps rosier", plan.first.lead_post.title]
    by_lead = rows(client_as("viewer").get(address, {"download": "optimism-by-lead"}))
    assert by_lead[1][:2] == [plan.first.lead_post.title, "1 of 1"]


def test_a_commitment_without_data_is_never_green(client_as, plan):
    measure = MeasureFactory()
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    TargetFactory(measure=measure, kind="reach_level", params={"at_most": "9"}, trajectory="none")
    page = get(client_as("viewer"), plan.first.get_absolute_url())
    assert "The measures say No data yet" in page.main


# Small numbers: planted, then looked for everywhere

SECRETS = ("3.7", "3.70", "37037", "3.703", "7.4", "7.407")


@pytest.fixture
def planted(plan, lead, overseer):
    """Of 27 officers of one group 1 was promoted (3.7 per cent); the rest and the whole are large."""
    dimension = DimensionFactory(title="Ethnicity")
    measure = ShareFactory(
        code="promoted", title="Share promoted", dimension=dimension, small_number_threshold=5, owner_post=None
    )
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    TargetFactory(
        measure=measure,
        kind="gap_at_most",
        params={"points": "2", "groups": "every"},
        trajectory="none",
        wording="A gap of 2 points at most",
    )
    groups = [GroupFactory(dimension=dimension, code=code, title=code.title()) for code in ("asian", "black", "white")]
    numbers = {"asian": (40, 400), "black": (1, 27), "white": (300, 3000)}
    for about in (Q1, Q2):
        for group in groups:
            numerator, denominator = numbers[group.code]
            ObservationFactory(
                measure=measure,
                group=group,
                about=about,
                value=(Decimal(100) * numerator / denominator).quantize(Decimal("0.000001")),
                numerator=numerator,
                denominator=denominator,
            )
        ObservationFactory(
            measure=measure,
            about=about,
            value=(Decimal(34100) / 3427).quantize(Decimal("0.000001")),
            numerator=341,
            denominator=3427,
        )
    return measure


def every_output(client, plan, row) -> dict[str, str]:
    page = "/measures/promoted/"
    addresses = [
        "/measures/",
        "/measures/?download=measures",
        "/measures/due/",
        page,
        f"{page}?on=2021-12-01",
        f"{page}?download=figures-promoted",
        f"{page}?download=revisions-promoted",
        *(f"{page}?download={kind}" for kind in ("trend", "groups", "gap")),
        *(f"{page}chart/{kind}.svg" for kind in ("trend", "groups", "gap", "sparkline")),
        plan.first.get_absolute_url(),
        url("return", row),
        url("return_version", row, 1),
        "/dashboard/stride/",
        *(f"/dashboard/stride/?download={name}" for name in ("matrix", "optimism-gap", "optimism-by-programme")),
    ]
    found = {}
    for address in addresses:
        response = client.get(address)
        if response.status_code != 404:
            assert response.status_code == 200, address
            found[address] = response.content.decode()
    return found


def test_a_small_number_is_in_no_output(client_as, plan, planted):
    round = open_round(plan.strategy)
    row = play(plan.first, round, on=TODAY)
    close_round(round)
    for persona in ("viewer", "auditor", "lead", "team"):
        outputs = every_output(client_as(persona), plan, row)
        assert len(outputs) > 12
        for address, body in outputs.items():
            text = body.split("<style>")[0] + body.split("</style>")[-1] if address.endswith(".svg") else body
            for secret in SECRETS:
                assert secret not in text, f"{address} says {secret} to the {persona}"


def test_it_does_not_follow_from_the_rest(client_as, plan, planted):
    """The file has the whole and one group at most: with one group hidden alone, the whole would tell it."""
    found = rows(client_as("viewer").get("/measures/promoted/", {"download": "figures-promoted"}))
    head, *lines = found
    quarter = [dict(zip(head, line, strict=True)) for line in lines if line[0] == "Q2 2021-22"]
    hidden = {line["Group code"] for line in quarter if line["Status"] == "Hidden"}
    assert "black" in hidden
    assert len(hidden) >= 2
    for line in quarter:
        if line["Group code"] in hidden:
            assert line["Value"] == "Hidden: fewer than 5 here or beside it"
            assert not line["Numerator"]
            assert not line["Denominator"]


def test_the_form_for_a_revision_does_not_tell_it_either(client_as, planted):
    page = get(client_as("lead"), f"/measures/promoted/record/?period={Q2}&group=black")
    assert "Recorded now: Hidden: fewer than 5 here or beside it" in page.main
    assert page.value("numerator") == ""


def test_a_reason_that_may_name_it_is_not_shown(client_as, planted):
    ObservationFactory(
        measure=planted,
        group=planted.dimension.groups.get(code="black"),
        about=Q2,
        value=Decimal("7.407407"),
        numerator=2,
        denominator=27,
        revision=2,
        reason="It was 2 of 27, not 1.",
        entered_at=dt.datetime(2021, 11, 1, tzinfo=dt.UTC),
    )
    page = get(client_as("viewer"), "/measures/promoted/")
    assert "2 of 27" not in page.main
    assert "Not shown: it may name the figure" in page.main


def test_names():
    assert reverse("monitoring:return_measures", args=[1]) == "/returns/1/measures/"
