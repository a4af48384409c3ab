"""What the measures say, as the lead, the overseer and the measure's owner live it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from monitoring.models import Observation, ProgressReturn
from tests.factories.commitments import CommitmentMeasureFactory, ShareFactory, TargetFactory
from tests.factories.monitoring import ObservationFactory, close_round, open_round, play

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
TODAY = dt.date(2022, 1, 19)
Q2, Q3 = dt.date(2021, 7, 1), dt.date(2021, 10, 1)
PAGE, KEY = "/measures/detections/", "detections-2021-10-01"
LONG = "Percentage of detections for hate crime, wherever in the city it was recorded and by whichever team"


@pytest.fixture
def quarter(plan, lead, overseer, team, member, auditor, viewer) -> ProgressReturn:
    """Q2 is signed off, and the lead was rosier than the measures; Q3 is open, with a figure due from the lead."""
    measure = ShareFactory(code="detections", title=LONG, numerator_is="Detected", denominator_is="Recorded")
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    TargetFactory(
        measure=measure,
        code="detections-1",
        wording="15% detection rate",
        kind="reach_level",
        params={"at_least": "15"},
        trajectory="none",
    )
    for about, numerator in ((dt.date(2021, 4, 1), 131), (Q2, 124)):
        value = Decimal(numerator) / 10
        ObservationFactory(measure=measure, about=about, value=value, numerator=numerator, denominator=1000)
    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, q2, rating="green")
    close_round(q2)
    return open_round(plan.strategy).returns.get(commitment=plan.first)


def at(progress_return: ProgressReturn, name: str, *more) -> str:
    return reverse(f"monitoring:{name}", args=[progress_return.pk, *more])


def test_a_lead_gives_the_figures_in_the_return(walker, quarter):
    lead = walker("lead")
    lead.go(at(quarter, "return"))
    lead.sees("1 figure due from you", "Figures due")
    lead.follow("Measures")
    lead.page.wait_for_url("**/measures/**")
    lead.go(at(quarter, "return_measures"))
    lead.sees("Last figure: Q2 2021-22: 12.4%")
    lead.look()
    lead.page.fill(f"#id_{KEY}-numerator", "1300")
    lead.page.fill(f"#id_{KEY}-denominator", "1000")
    lead.press("Record these figures")
    lead.sees("There is a problem", "The numerator (1300) is greater than the denominator (1000)")
    assert lead.page.input_value(f"#id_{KEY}-numerator") == "1300"
    lead.look()
    lead.page.fill(f"#id_{KEY}-numerator", "130")
    lead.page.select_option(f"#id_{KEY}-status", "provisional")
    lead.press("Record these figures")
    lead.sees("1 figure recorded.", "Completed")
    lead.look()
    lead.go(PAGE)
    lead.sees("13.0% against at least 15%: 2.0 percentage points short, so it is off track.")
    lead.look()
    figure = Observation.objects.get(period_starts=Q3)
    assert figure.return_version.progress_return == quarter


def test_the_optimism_gap_is_the_first_thing_that_an_overseer_sees(walker, quarter, plan):
    play(plan.first, quarter.round, until="submitted", on=TODAY, rating="green")
    overseer = walker("overseer")
    overseer.sees("The lead is rosier than the measures", "Lead: green", "Measures: off track")
    overseer.look()
    overseer.go(at(quarter, "return_review"))
    warning = overseer.page.locator(".govuk-warning-text")
    assert "The lead says green. The measures say off track" in warning.inner_text()
    assert warning.bounding_box()["y"] < 700
    overseer.look()
    overseer.press("Sign off")
    overseer.sees("Choose green, amber or red", "The lead says green. The measures say off track")
    overseer.look()
    overseer.page.get_by_label("Red", exact=True).check()
    overseer.page.fill("#id_comment", "The figures say otherwise.")
    overseer.press("Sign off")
    overseer.sees("Signed off", "As they stood when the return was signed off")
    overseer.go(reverse("monitoring:dashboard", args=["stride"]))
    first = overseer.page.locator("main caption").first
    assert first.inner_text() == "Optimism gap"
    overseer.look()
    wide = overseer.page.viewport_size
    overseer.page.set_viewport_size({"width": 320, "height": 800})
    says = overseer.page.locator("#optimism tbody tr").first.locator("td")
    for cell, word in ((says.nth(0), "Green"), (says.nth(1), "Off track")):
        assert cell.inner_text().strip() == word
        assert cell.bounding_box()["x"] + cell.bounding_box()["width"] <= 320
    overseer.page.set_viewport_size(wide)

    auditor = walker("auditor")
    auditor.sees("Where the lead was rosier than the measures", "Q3 2021-22", "The overseer said red")
    auditor.look()


def test_the_owner_revises_a_figure_and_the_earlier_one_stays(walker, quarter, member_post):
    measure = Observation.objects.first().measure
    measure.owner_post = member_post
    measure.save()
    owner = walker("member")
    owner.go(PAGE)
    owner.follow("Record or revise a figure")
    owner.look()
    owner.go(f"{PAGE}record/?period={Q2}")
    owner.sees("Recorded now: 12.4%")
    owner.page.fill("#id_numerator", "160")
    owner.press("Save the figure")
    owner.sees("There is a problem", "Say why it is revised")
    assert owner.page.input_value("#id_numerator") == "160"
    owner.look()
    owner.page.fill("#id_reason", "Thirty-six late cases came in.")
    owner.press("Save the figure")
    owner.sees("Q2 2021-22 is revised. The earlier figure stays in the record.", "Thirty-six late cases came in.")
    owner.sees("12.4 16.0 Thirty-six late cases came in. Mo Member", "16.0% against at least 15%: met.")
    owner.look()
    owner.go(f"{PAGE}?on=2022-01-10")
    owner.sees("As it was known on 10 January 2022.", "12.4% against at least 15%")
    owner.does_not_see("Thirty-six late cases came in.")
    owner.look()

    # What came late changes today's figure, and nothing that was signed.
    viewer = walker("viewer")
    viewer.go(reverse("monitoring:commitment", args=["stride", 1]))
    viewer.sees("The measures say Met")
    signed = ProgressReturn.objects.get(round__label="Q2 2021-22", commitment=quarter.commitment)
    viewer.go(at(signed, "return"))
    viewer.sees("The measures say Off track As they stood when the return was signed off")
    viewer.page.get_by_text("What each target says").click()
    viewer.sees("12.4% against at least 15%")
    viewer.look()


def test_the_team_gives_figures_by_sheet(walker, quarter):
    team = walker("team")
    team.go("/measures/")
    team.follow("Paste or upload figures")
    head = "measure,period_starts,period_ends,group,value,numerator,denominator,status,reason\n"
    team.page.fill("#id_figures", f"{head}detections,2021-10-01,2021-12-31,men,130,,,,\n")
    team.press("Check the figures")
    team.sees("There is a problem", "There is no such group of this measure. It is not broken down.")
    team.look()
    team.page.fill("#id_figures", f"{head}detections,2021-10-01,2021-12-31,,,155,1000,,\n")
    team.press("Check the figures")
    team.sees("1 to be recorded, 0 to be revised", "15.5%")
    team.look()
    team.press("Record the figures")
    team.sees("recorded")
    team.look()
    assert Observation.objects.get(period_starts=Q3).value == Decimal("15.5")


def test_the_team_withdraws_a_figure_and_says_when_another_comes(walker, quarter):
    team = walker("team")
    team.go(PAGE)
    team.follow("Withdraw a figure")
    team.look()
    team.press("Withdraw the figure")
    team.sees("There is a problem", "Select the period")
    team.look()
    team.page.select_option("#id_period", Q2.isoformat())
    team.page.fill("#id_reason", "It was of another city.")
    team.press("Withdraw the figure")
    team.sees("The figure was withdrawn.", "It was of another city.", "Withdrawn")
    team.look()
    team.follow("Say when a figure is expected")
    team.page.select_option("#id_period", Q3.isoformat())
    team.page.fill("#id_expected_on_day", "1")
    team.press("Save")
    team.sees("There is a problem", "The day it is expected must include a month and a year")
    team.look()
    team.page.fill("#id_expected_on_month", "March")
    team.page.fill("#id_expected_on_year", "2122")
    team.press("Save")
    team.sees("Not available yet", "Q3 2021-22: expected on 1 March 2122.")
    team.look()


def test_the_team_adds_a_target_after_a_look_at_its_reading(walker, quarter):
    team = walker("team")
    team.go("/strategies/stride/commitments/1/measures/detections/targets/new/")
    team.press("Continue")
    team.sees("There is a problem", "Select how it is to be read")
    team.look()
    team.page.get_by_label("Reach a level", exact=True).check()
    team.press("Continue")
    team.page.wait_for_url("**kind=reach_level**")
    team.look()
    team.press("Continue")
    team.sees("There is a problem")
    team.look()
    team.page.fill("#id_wording", "At least one in five")
    team.page.fill("#id_at_least", "20")
    team.page.fill("#id_reason", "The board asked for more.")
    team.press("Continue")
    team.sees("Nothing is saved yet.", "At least one in five", "The figure is at least 20%.")
    team.look()
    team.press("Save this target")
    team.sees("The target was added.", "At least one in five")
    team.look()
