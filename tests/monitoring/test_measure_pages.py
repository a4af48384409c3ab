"""Measure pages as their readers get them: reach, figures, what is due, recording, revising, by sheet, budgets."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from commitments.models import Measure
from monitoring.models import Observation
from tests.factories.commitments import (
    CommitmentFactory,
    CommitmentMeasureFactory,
    DimensionFactory,
    GroupFactory,
    MeasureFactory,
    ShareFactory,
    TargetFactory,
)
from tests.factories.monitoring import ObservationFactory
from tests.factories.people import PostFactory
from tests.monitoring.pages import Page, get

pytestmark = pytest.mark.django_db
LIST, DUE, SHEET = "/measures/", "/measures/due/", "/measures/sheet/"
Q1, Q2, Q3 = dt.date(2021, 4, 1), dt.date(2021, 7, 1), dt.date(2021, 10, 1)
READERS = ["viewer", "member", "stranger", "auditor", "secretariat", "overseer"]
WRITERS = ["team", "admin", "lead", "delegate"]


@pytest.fixture
def share(plan):
    """Detections: 12.4 and 13.1 per cent, against 15 at least; broken down, without figures of groups."""
    dimension = DimensionFactory(title="Ethnicity", whole="all victims")
    for code in ("asian", "black", "white"):
        GroupFactory(dimension=dimension, code=code, title=code.title())
    measure = ShareFactory(code="detections", title="Hate crime detections", dimension=dimension)
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    TargetFactory(
        measure=measure,
        code="detections-1",
        wording="15% detection rate",
        kind="reach_level",
        params={"at_least": "15"},
        trajectory="none",
        tolerance=1,
    )
    ObservationFactory(measure=measure, about=Q1, value=Decimal("12.4"), numerator=124, denominator=1000)
    ObservationFactory(
        measure=measure, about=Q2, value=Decimal("13.1"), numerator=131, denominator=1000, status="provisional"
    )
    return measure


def rows(response) -> list[list[str]]:
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def page_of(measure) -> str:
    return reverse("monitoring:measure", args=[measure.code])


# Reading


def test_the_list_shows_the_newest_figure_its_mark_and_the_verdict(client_as, share):
    page = get(client_as("viewer"), LIST)
    assert "Hate crime detections" in page.main
    assert "13.1%" in page.main
    assert "Q2 2021-22, provisional" in page.main
    assert "Off track" in page.main
    assert page.tree.xpath("//img[contains(@src, '/chart/sparkline.svg')]/@alt")[0].startswith("Trend: Hate crime")


def test_a_measure_without_data_is_never_green(client_as, plan):
    measure = MeasureFactory(code="empty")
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    TargetFactory(measure=measure, kind="reach_level", params={"at_most": "100"}, trajectory="none")
    page = get(client_as("viewer"), page_of(measure))
    assert page.every("//dl[@class='stride-record__facts']//dd")[:2] == ["No data yet", "No data yet"]
    assert "On track" not in page.main
    assert "Met" not in page.main.split()
    assert "No data yet. Charts show here" in page.main


def test_the_wording_stands_beside_the_reading_and_the_verdict_has_its_sentence(client_as, share):
    page = get(client_as("viewer"), page_of(share))
    assert "As published 15% detection rate" in page.main
    assert "As the machine reads it The figure is at least 15%." in page.main
    assert "13.1% against at least 15%: 1.9 percentage points short, so it is off track." in page.main
    assert "Near enough Up to 1 percentage point short is slipping, more is off track." in page.main
    assert "This rests on figures that may still change." in page.main


def test_charts_have_words_a_table_and_a_file(client_as, share):
    page = get(client_as("viewer"), page_of(share))
    [src] = page.tree.xpath("//figure//img/@src")
    assert src == "/measures/detections/chart/trend.svg"
    assert "rose from 12.4% in Q1 2021-22 to 13.1% in Q2 2021-22 (provisional)" in page.main
    response = client_as("viewer").get(page_of(share), {"download": "trend"})
    assert rows(response)[2][0] == "Q2 2021-22"
    picture = client_as("viewer").get(src)
    assert picture["Content-Type"].startswith("image/svg+xml")
    again = client_as("viewer").get(src, HTTP_IF_NONE_MATCH=picture["ETag"])
    assert again.status_code == 304


def test_figures_of_a_draft_are_out_of_reach(client_as, share, plan):
    plan.strategy.state = "draft"
    plan.strategy.save()
    for address in (page_of(share), f"{page_of(share)}chart/trend.svg", f"{page_of(share)}record/"):
        assert client_as("viewer").get(address).status_code == 404
        assert client_as("auditor").get(address).status_code in {200, 403}
    assert "Hate crime" not in get(client_as("viewer"), LIST).main


def test_charts_that_are_none_are_not_found(client_as, share):
    for kind in ("gap", "groups", "pie"):
        assert client_as("viewer").get(f"{page_of(share)}chart/{kind}.svg").status_code == 404


def test_as_it_was_known_on_a_day(client_as, share):
    ObservationFactory(
        measure=share,
        about=Q2,
        value=Decimal("16"),
        numerator=160,
        denominator=1000,
        revision=2,
        reason="Late cases came in.",
        entered_at=dt.datetime(2021, 11, 15, tzinfo=dt.UTC),
    )
    now, then = get(client_as("viewer"), page_of(share)), get(client_as("viewer"), f"{page_of(share)}?on=2021-10-31")
    assert "16.0% against at least 15%: met." in now.main
    assert "As it was known on 31 October 2021." in then.main
    assert "13.1% against at least 15%" in then.main
    assert "Late cases came in." in now.main
    assert "Late cases came in." not in then.main
    assert get(client_as("viewer"), f"{page_of(share)}?on=2021-09-30").words("//dl//dd[1]") == "No data yet"
    assert "not one that can be read" in get(client_as("viewer"), f"{page_of(share)}?on=soon").main


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("2021-13-45", "The day in the address is not one that can be read, so this is today’s page."),
        ("2030-01-01", "1 January 2030 is still to come, so this is today’s page."),
    ],
)
def test_a_day_that_cannot_be_shown_is_said(client_as, share, asked, says):
    client = client_as("viewer")
    client.get(f"{page_of(share)}chart/trend.svg?on={asked}")
    assert says not in client.get(page_of(share)).content.decode()
    response = client.get(f"{page_of(share)}?on={asked}")
    assert says in response.content.decode()
    assert not response.context["is_past"]


def test_a_day_is_asked_in_three_parts(client_as, share):
    client = client_as("viewer")
    asked = client.get(page_of(share), {"on_day": "31", "on_month": "10", "on_year": "2021"})
    assert asked.url == f"{page_of(share)}?on=2021-10-31"
    assert "There is a problem" in get(client, f"{page_of(share)}?on_day=31&on_month=13&on_year=2021").body


def test_earlier_definitions_are_there_and_break_the_line(client_as, share, plan):
    share.versions.create(number=2, applies_from=dt.date(2021, 7, 1), definition="New rules.", reason="Home Office.")
    page = get(client_as("viewer"), page_of(share))
    assert "Changed because: Home Office." in page.main
    assert "The definition changed on 1 July 2021" in page.main


# What is due


def test_what_is_due_from_whom_and_for_how_long(client_as, share, lead):
    page = get(client_as("viewer"), DUE)
    assert "Hate crime detections Q3 2021-22 All victims Commander for Public Protection Lena Lead" in page.main
    found = rows(client_as("viewer").get(DUE, {"download": "figures-due"}))
    whole = [row for row in found if row[3] == "All victims"]
    assert [row[:7] for row in whole] == [
        [
            "detections",
            "Hate crime detections",
            "Q3 2021-22",
            "All victims",
            "",
            "Commander for Public Protection",
            "Lena Lead",
        ]
    ]
    assert whole[0][7:] == ["2022-01-01", "18", "", ""]


def test_a_vacant_post_is_shown_as_such(client_as, share):
    assert "Vacant" in get(client_as("viewer"), DUE).main


def test_an_owner_is_asked_before_the_leads(client_as, share):
    Measure.objects.update(owner_post=PostFactory(title="Head of Analysis"))
    assert "Head of Analysis" in get(client_as("viewer"), DUE).main
    assert "Commander for Public Protection" not in get(client_as("viewer"), DUE).words("//table")


# Filters and files


def test_filters_and_the_file(client_as, share, plan):
    other = MeasureFactory(code="panels", title="Panels")
    CommitmentMeasureFactory(commitment=plan.second, measure=other)
    client = client_as("viewer")
    assert "Panels" not in get(client, f"{LIST}?verdict=off_track").words("//table")
    assert "Hate crime" not in get(client, f"{LIST}?verdict=none").words("//table")
    found = rows(client.get(LIST, {"download": "measures"}))
    assert found[0] == ["Measure", "Commitments", "Figures from", "Latest figure", "Trend", "Targets", "Due"]
    assert found[1][3] == "13.1%, Q2 2021-22, provisional"


# Recording


def record(client, measure, **told):
    given = {"period": Q3.isoformat(), "group": "", "status": "actual", "source_note": "", "reason": "", **told}
    return client.post(f"{page_of(measure)}record/", given)


@pytest.mark.parametrize("persona", READERS)
def test_readers_record_nothing(client_as, share, persona):
    client = client_as(persona)
    assert "Record or revise" not in get(client, page_of(share)).main
    assert client.get(f"{page_of(share)}record/").status_code == 403
    assert record(client, share, numerator="1", denominator="2").status_code == 403
    assert client.get(SHEET).status_code == 403
    assert Observation.objects.count() == 2


@pytest.mark.parametrize("persona", WRITERS)
def test_a_figure_is_recorded(client_as, share, persona):
    client = client_as(persona)
    assert "Record or revise" in get(client, page_of(share)).main
    assert record(client, share, numerator="150", denominator="1,000").url == page_of(share)
    assert Observation.objects.get(period_starts=Q3).value == 15


def test_a_revision_asks_why_and_keeps_the_earlier_figure(client_as, share):
    client = client_as("lead")
    address = f"{page_of(share)}record/?period={Q2}"
    page = get(client, address)
    assert "Recorded now: 13.1%, provisional" in page.main
    assert page.value("numerator") == "131"
    refused = Page(record(client, share, period=Q2.isoformat(), numerator="140", denominator="1000"))
    assert refused.status == 422
    assert "Say why it is revised" in refused.error_beside("reason")
    assert refused.value("numerator") == "140"
    told = {"period": Q2.isoformat(), "numerator": "140", "denominator": "1000", "seen": refused.value("seen")}
    record(client, share, reason="Two cases were late.", **told)
    assert [str(row.value) for row in Observation.objects.filter(period_starts=Q2).order_by("revision")] == [
        "13.100000",
        "14.000000",
    ]
    page = get(client, page_of(share))
    assert "Two cases were late." in page.main
    cells = page.every("//table[caption[contains(., 'Revisions')]]/tbody/tr/*")
    assert cells[:5] == ["Q2 2021-22", "All victims", "13.1 provisional", "14.0", "Two cases were late."]


def test_what_somebody_else_revised_meanwhile_is_not_overwritten(client_as, share):
    address = f"{page_of(share)}record/?period={Q2}"
    seen = get(client_as("lead"), address).value("seen")
    told = {"period": Q2.isoformat(), "denominator": "1000", "seen": seen}
    record(client_as("team"), share, numerator="140", reason="Two cases were late.", **told)
    client = client_as("lead")
    page = Page(record(client, share, numerator="150", reason="Nine cases were late.", **told))
    assert page.status == 422
    assert "Somebody else revised this figure while you had it open" in page.summary[0][0]
    assert "Recorded now: 14.0%" in page.main
    assert (page.value("numerator"), page.value("reason")) == ("150", "Nine cases were late.")
    assert Observation.objects.filter(period_starts=Q2).count() == 2
    record(client, share, numerator="150", reason="Nine cases were late.", **told | {"seen": page.value("seen")})
    assert Observation.objects.filter(period_starts=Q2, revision=3).get().value == 15


def test_a_figure_that_was_not_on_the_page_is_shown_before_it_is_revised(client_as, share):
    client = client_as("lead")
    seen = get(client, f"{page_of(share)}record/").value("seen")
    told = {"period": Q2.isoformat(), "numerator": "140", "denominator": "1000", "reason": "Late.", "seen": seen}
    page = Page(record(client, share, **told))
    assert page.status == 422
    assert "A figure is recorded for this already" in page.summary[0][0]
    assert "Recorded now: 13.1%, provisional" in page.main
    assert record(client, share, **told | {"seen": page.value("seen")}).url == page_of(share)


def test_a_form_sent_twice_is_one_figure(client_as, share):
    client = client_as("lead")
    for _ in range(2):
        assert record(client, share, numerator="150", denominator="1000").url == page_of(share)
    assert Observation.objects.filter(period_starts=Q3).count() == 1


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"numerator": "140", "denominator": "350"}, "The denominator was 1,000 in Q2 2021-22 and would be 350"),
        ({"numerator": "350", "denominator": "1000"}, "13.1% in Q2 2021-22 would be followed by 35.0%"),
    ],
)
def test_a_sharp_change_is_asked_about_once_and_nothing_is_lost(client_as, share, told, says):
    client = client_as("lead")
    page = Page(record(client, share, source_note="The crime system", **told))
    assert says in page.main
    assert Observation.objects.count() == 2
    names = ("period", "group", "numerator", "denominator", "value", "status", "source_note", "reason", "seen", "sure")
    sent = {name: page.value(name) for name in names}
    back = Page(record(client, share, **sent, then="change"))
    assert back.value("source_note") == "The crime system"
    assert back.value("numerator") == told["numerator"]
    assert Page(record(client, share, **sent | {"numerator": "340"})).status == 200  # another figure is asked about
    assert record(client, share, **sent).url == page_of(share)
    assert Observation.objects.get(period_starts=Q3).source_note == "The crime system"


def test_groups_that_no_longer_add_up_to_the_whole_are_asked_about(client_as, share):
    groups = {group.code: group for group in share.dimension.groups.all()}
    for code, counted in {"asian": 50, "black": 50, "white": 50}.items():
        ObservationFactory(measure=share, about=Q3, group=groups[code], value=10, numerator=counted, denominator=500)
    ObservationFactory(measure=share, about=Q3, value=10, numerator=150, denominator=1500)
    client = client_as("lead")
    seen = get(client, f"{page_of(share)}record/?period={Q3}&group=black").value("seen")
    told = {"group": "black", "numerator": "60", "denominator": "500", "reason": "Late forms.", "seen": seen}
    page = Page(record(client, share, **told))
    assert "The numerators of the groups would add up to 160, and 150 is recorded for all victims" in page.main
    assert Observation.objects.filter(revision=2).count() == 0
    assert record(client, share, **told, sure=page.value("sure")).url == page_of(share)


def test_what_hides_is_not_told_by_whether_it_adds_up(client_as, share):
    share.small_number_threshold = 5
    share.save()
    groups = {group.code: group for group in share.dimension.groups.all()}
    for code, counted in {"asian": 2, "black": 3, "white": 50}.items():
        told = {"value": Decimal(counted) / 5, "numerator": counted, "denominator": 500}
        ObservationFactory(measure=share, about=Q3, group=groups[code], **told)
    ObservationFactory(measure=share, about=Q3, value=Decimal("3.666667"), numerator=55, denominator=1500)
    client = client_as("lead")
    seen = get(client, f"{page_of(share)}record/?period={Q3}&group=black").value("seen")
    mains = []
    for guess in ("3", "4"):
        told = {"group": "black", "numerator": guess, "denominator": "500", "reason": "To see.", "seen": seen}
        page = Page(record(client, share, **told))
        assert "Nothing is recorded yet" in page.main
        assert "STRIDE does not say whether the groups still add up" in page.main
        mains.append(page.main.replace("0.8%", "").replace("0.6%", ""))
    assert mains[0] == mains[1]


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        (
            {"numerator": "1.5", "denominator": "10"},
            "numerator",
            "The numerator is a whole number, so it cannot be 1.5",
        ),
        ({"numerator": "1", "denominator": "9.5"}, "numerator", "The denominator is a whole number"),
        (
            {"numerator": "12", "denominator": "10"},
            "numerator",
            "The numerator (12) is greater than the denominator (10)",
        ),
        ({"value": "130"}, "value", "A percentage lies between 0 and 100, so it cannot be 130"),
        ({"numerator": "1"}, "denominator", "Give the numerator and the denominator, or neither"),
        ({}, "value", "Give a value"),
        ({"value": "twelve"}, "value", "must be a number"),
        ({"value": "12", "period": "2031-04-01"}, "period", "Select period from the list"),
        ({"value": "12", "group": "martians"}, "group", "Select group from the list"),
        ({"value": "12", "status": "guessed"}, "status", "Select how final the figure is"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(client_as, share, told, field, says):
    page = Page(record(client_as("lead"), share, **told))
    assert page.status == 422
    assert says in page.error_beside(field)
    assert page.links_land()
    assert Observation.objects.count() == 2


@pytest.mark.parametrize("name", ["source_note", "reason"])
@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\x1b"])
def test_text_that_reads_as_what_it_is_not_is_refused(client_as, share, name, hidden):
    told = {"numerator": "150", "denominator": "1000", name: f"From the {hidden}system"}
    page = Page(record(client_as("lead"), share, **told))
    assert page.status == 422
    assert "has a hidden character that cannot be saved" in page.error_beside(name)
    assert Observation.objects.count() == 2


def test_text_in_a_sheet_that_reads_as_what_it_is_not_is_refused(client_as, share):
    bad = NEW.replace("1000,,", "1000,,Said \u202eby the system.")
    page = Page(client_as("lead").post(SHEET, {"figures": bad}))
    assert page.status == 422
    assert "has a hidden character that cannot be saved" in page.main
    file = SimpleUploadedFile("figures.csv", bad.encode())
    page = Page(client_as("lead").post(SHEET, {"file": file}))
    assert page.status == 422
    assert "The cell has a hidden character that cannot be saved" in page.main


def test_nothing_is_recorded_once_every_strategy_is_closed(client_as, share, plan):
    plan.strategy.state = "closed"
    plan.strategy.save()
    response = record(client_as("lead"), share, value="12")
    assert response.status_code == 403
    assert "Its figures stay as they were" in response.content.decode()


# By sheet

GOOD = "measure,period_starts,period_ends,group,value,numerator,denominator,status,reason\n"
NEW = GOOD + "detections,2021-10-01,2021-12-31,,,150,1000,,\n"


def test_a_sheet_is_shown_before_anything_is_recorded(client_as, share):
    client = client_as("lead")
    page = Page(client.post(SHEET, {"figures": NEW}))
    assert "1 to be recorded, 0 to be revised" in page.main
    assert "15.0%" in page.main
    assert Observation.objects.count() == 2
    told = {"figures": page.value("figures"), "expected": page.value("expected"), "then": "save"}
    assert client.post(SHEET, told).url == LIST
    assert Observation.objects.get(period_starts=Q3).value == 15


def test_a_sheet_is_refused_cell_by_cell_and_nothing_is_lost(client_as, share):
    bad = GOOD + (
        "detections,2021-10-01,2021-12-31,martians,130,,,,\n"
        "detections,2021-10-05,2021-12-31,,12,,,,\n"
        "nothing,2021-10-01,2021-12-31,,12,,,,\n"
        "detections,2021-10-01,2021-12-31,,,12,10,,\n"
        "detections,2021-07-01,2021-09-30,,12,,,,\n"
    )
    page = Page(client_as("lead").post(SHEET, {"figures": bad}))
    assert page.status == 422
    assert page.title.startswith("Error: ")
    for says in (
        "There is no such group of this measure. Its groups are asian, black, white.",
        "There is no such measure.",
        "The numerator (12) is greater than the denominator (10).",
        "The period that holds 5 October 2021 is Q3 2021-22",
        "Say why it is revised.",
    ):
        assert says in page.main
    assert page.value("figures") == bad
    assert Observation.objects.count() == 2


def test_a_file_can_be_put_right_on_the_page(client_as, share):
    file = SimpleUploadedFile("figures.csv", NEW.replace("150", "15000").encode())
    page = Page(client_as("lead").post(SHEET, {"file": file}))
    assert page.status == 422
    assert "15000" in page.value("figures")


def test_an_empty_sheet_asks_for_one(client_as, share):
    page = Page(client_as("lead").post(SHEET, {"figures": " "}))
    assert page.summary == [("Paste figures, or select a file", "#id_figures")]


def test_far_too_many_figures_are_not_sent_back(client_as, share):
    response = client_as("lead").post(SHEET, {"figures": GOOD + "x" * 2_000_000})
    assert response.status_code == 422
    assert len(response.content) < 100_000
    assert "They are not shown again" in Page(response).error_beside("figures")


def test_rows_that_are_due_start_the_sheet(client_as, share):
    assert "detections,2021-10-01,2021-12-31,black" in get(client_as("lead"), f"{SHEET}?due").value("figures")


def test_a_figure_revised_meanwhile_stops_the_sheet(client_as, share):
    client = client_as("lead")
    page = Page(client.post(SHEET, {"figures": NEW}))
    ObservationFactory(measure=share, about=Q3, value=1, numerator=10, denominator=1000)
    told = {"figures": page.value("figures"), "expected": page.value("expected"), "then": "save"}
    assert client.post(SHEET, told).status_code == 422
    assert Observation.objects.filter(period_starts=Q3).count() == 1


@pytest.mark.parametrize("agreed", [{}, {"expected": ""}, {"expected": "0" * 64}])
def test_nothing_is_recorded_that_was_not_shown_first(client_as, share, agreed):
    page = Page(client_as("lead").post(SHEET, {"figures": NEW, "then": "save", **agreed}))
    assert "1 to be recorded, 0 to be revised" in page.main
    assert "was recorded. Check first" in page.body or "Check again what would change" in page.body
    assert len(page.value("expected")) == 64
    assert Observation.objects.count() == 2


# Budgets


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize(("persona", "budget"), [("team", 9), ("lead", 9), ("viewer", 12), ("auditor", 12)])
def test_query_budgets(client_as, plan, share, persona, budget, size, django_assert_num_queries):
    for number in range(1, size):
        measure = ShareFactory()
        commitment = CommitmentFactory(programme=plan.programme, number=number + 10)
        CommitmentMeasureFactory(commitment=commitment, measure=measure)
        TargetFactory(measure=measure, kind="reach_level", params={"at_least": "15"})
        ObservationFactory(measure=measure, about=Q2, value=Decimal("13.1"))
    client = client_as(persona)
    client.get(LIST)
    for address in (LIST, DUE, page_of(share), f"{page_of(share)}chart/trend.svg"):
        with django_assert_num_queries(budget, info=address):
            assert client.get(address).status_code == 200


def test_names_in_addresses():
    assert reverse("monitoring:measures_due") == DUE
    assert reverse("monitoring:measures_sheet") == SHEET
    assert reverse("monitoring:measure_chart", args=["a", "trend"]) == "/measures/a/chart/trend.svg"
