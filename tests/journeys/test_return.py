"""A quarter's return, as the lead, the delegate, the overseer and the strategy team live it."""

import datetime as dt

import pytest
from django.urls import reverse

from monitoring.models import ProgressReturn
from tests.factories.monitoring import close_round, open_round, play, reopen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
TODAY = dt.date(2022, 1, 19)
LONG = "Increasing the number of opportunities to divert people away from offending, wherever they live in the city"


@pytest.fixture
def quarter(plan, lead, overseer, delegate, team, auditor, viewer) -> ProgressReturn:
    """Q2 is closed and signed off, Q3 is open; commitment 1 waits to be filed, commitment 2 to be signed off."""
    plan.second.title = LONG
    plan.second.save()
    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, q2, rating="amber", done="Two teams started in June.\n\nThe third waits.", risks="None new.")
    play(plan.second, q2, overseer_rating="amber", comment="Not yet.")
    close_round(q2)
    q3 = open_round(plan.strategy)
    play(plan.second, q3, until="submitted", on=TODAY, done="We did what we planned, twice.")
    return q3.returns.get(commitment=plan.first)


def at(progress_return: ProgressReturn, name: str, *more) -> str:
    return reverse(f"monitoring:{name}", args=[progress_return.pk, *more])


def test_a_lead_files_the_return(walker, quarter):
    lead = walker("lead")
    lead.look()
    lead.sees("Keep people safe", "Q3 2021-22")
    lead.go(at(quarter, "return"))
    lead.look()
    lead.follow("Start the return")
    lead.sees("Two teams started in June.")
    lead.press("Save and continue")  # nothing written yet
    lead.look()
    lead.sees("There is a problem", "Say what has been done")
    lead.page.get_by_role("button", name="Use this as a starting point").first.click()
    assert "The third waits." in lead.page.input_value("#id_done")
    lead.page.fill("#id_done", "All three teams have started.")
    lead.page.fill("#id_difference", "People wait two days less.")
    lead.press("Save and continue")
    lead.sees("Where is this commitment?", "Q2 2021-22")
    lead.look()
    lead.page.get_by_label("Red", exact=True).check()
    lead.press("Save and continue")
    lead.sees("Say whether it is improving, the same or worsening")
    lead.look()
    lead.page.get_by_label("Worsening").check()
    lead.press("Save and continue")
    lead.sees("Why is it red?")
    lead.page.fill("#id_rating_reason", "The money ran out.")
    lead.press("Save and continue")
    lead.look()
    lead.sees("Say what will bring it to green", "Say by when it will be green")
    assert lead.page.input_value("#id_rating_reason") == "The money ran out."
    lead.page.fill("#id_path_to_green", "A bid is with the board.")
    lead.page.fill("#id_green_by_day", "30")
    lead.page.fill("#id_green_by_month", "June")
    lead.page.fill("#id_green_by_year", "2022")
    lead.page.fill("#id_help_needed", "A decision in March.")
    lead.press("Save and continue")
    lead.page.fill("#id_next_steps", "The bid is decided.")
    lead.press("Save and continue")
    lead.look()
    lead.press("Save and continue")
    lead.page.fill("#id_risks", "None new.")
    lead.press("Save and continue")
    assert lead.path == at(quarter, "return_submit")
    lead.look()
    lead.sees("You submit as the Commander for Public Protection")
    lead.press("Submit the return")
    lead.sees("Return submitted", "Omar Overseer")
    lead.look()
    lead.go(at(quarter, "return_submit"))
    assert lead.path == at(quarter, "return_submitted")
    lead.go(at(quarter, "return"))
    lead.look()
    quarter.refresh_from_db()
    assert quarter.state == "submitted"


def test_what_is_written_is_saved_as_it_is_written(walker, quarter):
    lead = walker("lead")
    lead.go(at(quarter, "return_section", "progress"))
    lead.page.locator("#id_done").press_sequentially("Half a sentence")
    lead.page.locator("#autosave", has_text="Saved at").wait_for()
    lead.page.locator("#id_done").press_sequentially(" and the rest")
    lead.page.wait_for_timeout(400)
    lead.page.locator("#autosave", has_text="Saved at").wait_for()
    lead.look()
    lead.press("Save as draft")
    lead.look()
    assert quarter.versions.get().done == "Half a sentence and the rest"


def test_two_people_writing_lose_nothing(walker, quarter):
    lead, delegate = walker("lead"), walker("delegate", javascript=False)
    delegate.go(at(quarter, "return_section", "progress"))
    lead.go(at(quarter, "return_section", "progress"))
    lead.page.fill("#id_done", "The lead's words.")
    lead.press("Save as draft")
    delegate.page.fill("#id_done", "The delegate's words.")
    delegate.press("Save as draft")
    delegate.sees("Two people changed this section", "The lead's words.", "The delegate's words.")
    delegate.look()
    delegate.page.fill("#id_done", "Both our words.")
    delegate.press("Save as draft")
    assert quarter.versions.get().done == "Both our words."


def test_a_delegate_submits_on_behalf_without_scripts(walker, quarter):
    delegate = walker("delegate", javascript=False)
    delegate.look()
    delegate.go(at(quarter, "return"))
    delegate.look()
    delegate.follow("Nothing to report")
    delegate.look()
    delegate.press("Submit a nil return")
    delegate.sees("Dele Delegate, on behalf of the Commander for Public Protection (Lena Lead)")
    delegate.look()


def test_an_overseer_asks_for_changes_and_then_signs_off(walker, quarter, plan):
    waiting = quarter.round.returns.get(commitment=plan.second)
    overseer = walker("overseer")
    overseer.sees("Increasing the number of opportunities")
    overseer.look()
    overseer.go(at(waiting, "return"))
    overseer.look()
    overseer.follow("Read and sign off")
    overseer.sees("Unchanged since Q2 2021-22", "twice.")
    overseer.look()
    overseer.follow("Ask for changes")
    overseer.look()
    overseer.press("Ask for changes")
    overseer.look()
    overseer.sees("Choose at least one section")
    overseer.page.get_by_label("What happens next", exact=True).check()
    overseer.page.fill("#id_reason_next", "Say when.")
    overseer.press("Ask for changes")
    overseer.sees("Sent back")
    overseer.look()

    lead = walker("lead")
    lead.go(at(waiting, "return"))
    lead.sees("Omar Overseer, AC who leads Front Line Policing, asks for changes", "Say when.")
    lead.look()
    lead.go(at(waiting, "return_section", "next"))
    lead.look()
    lead.page.fill("#id_next_steps", "The next part starts on 2 February.")
    lead.press("Save and continue")
    lead.go(at(waiting, "return_submit"))
    lead.press("Submit the return")

    overseer.go(at(waiting, "return_review"))
    overseer.sees("What you asked for, and what changed", "2 February.")
    overseer.look()
    overseer.press("Sign off")
    overseer.sees("Choose green, amber or red")
    overseer.look()
    overseer.page.get_by_label("Amber", exact=True).check()
    overseer.press("Sign off")
    overseer.sees("Say why your rating differs from the lead’s")
    overseer.page.fill("#id_comment", "One quarter is not a trend.")
    overseer.press("Sign off")
    overseer.sees("Signed off", "Differs from the lead’s", "One quarter is not a trend.")
    overseer.look()
    waiting.refresh_from_db()
    assert waiting.state == "signed_off"


def test_a_whole_section_by_keyboard_alone(walker, quarter):
    lead = walker("lead")
    lead.go(at(quarter, "return_section", "next"))
    page = lead.page
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "id_next_steps":
            break
    page.keyboard.type("Typed without a mouse.")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Save and continue":
            break
        assert page.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
            " || getComputedStyle(document.activeElement).boxShadow !== 'none'"
        )
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "section/next" not in url)
    assert quarter.versions.get().next_steps == "Typed without a mouse."


def test_the_strategy_team_reopens_and_everybody_else_keeps_the_old_version(walker, quarter, plan):
    signed = ProgressReturn.objects.get(round__label="Q2 2021-22", commitment=plan.first)
    team = walker("team")
    team.go(at(signed, "return"))
    team.look()
    team.follow("Reopen")
    team.press("Reopen the return")
    team.look()
    team.page.fill("#id_reason", "A figure was wrong.")
    team.press("Reopen the return")
    team.look()
    team.sees("Version 1")
    viewer = walker("viewer")
    viewer.go(at(signed, "return"))
    viewer.sees("A new version is being written", "Two teams started in June.")
    viewer.look()
    viewer.go(at(signed, "return_version", 1))
    viewer.look()


def test_an_auditor_reads_everything_and_changes_nothing(walker, quarter, plan):
    signed = ProgressReturn.objects.get(round__label="Q2 2021-22", commitment=plan.first)
    reopen(signed, on=TODAY)
    auditor = walker("auditor")
    auditor.look()
    for path in (
        reverse("monitoring:dashboard", args=["stride"]),
        reverse("monitoring:commitment", args=["stride", 1]),
        reverse("monitoring:round", args=[quarter.round_id]),
        reverse("monitoring:returns"),
        reverse("monitoring:rounds"),
        reverse("commitments:strategies"),
        reverse("monitoring:strategy", args=["stride"]),
        reverse("people:posts"),
        at(signed, "return"),
        at(quarter, "return"),
    ):
        auditor.go(path)
        auditor.look()
        assert auditor.page.locator("main form[method=post]").count() == 0, path
    auditor.go(at(quarter, "return_section", "progress"))
    auditor.sees("You cannot do this")
    auditor.look()
