"""What a reviewer found on the pages of a return, each kept from coming back."""

import datetime as dt

import pytest

from kit import clock
from monitoring.forms.rounds import PeriodForm
from monitoring.models import ProgressReturn
from monitoring.presenters import returns as present
from monitoring.queries import waiting
from monitoring.services import returns
from people.actor import actor_for
from tests.factories.commitments import CommitmentMeasureFactory, TargetFactory
from tests.factories.monitoring import close_round, exempt, let_in_late, open_round, play, reopen, team_actor
from tests.monitoring.pages import Page, autosave, fill, get, post, section_url, token, url

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)
SECRET = "Unripe words."


@pytest.fixture
def q3(plan, lead, overseer):
    """Q3 open, after an amber return in Q2."""
    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, q2, rating="amber", outlook="worsening", green_by=dt.date(2022, 6, 30))
    close_round(q2)
    return open_round(plan.strategy)


@pytest.fixture
def row(q3, plan) -> ProgressReturn:
    return q3.returns.get(commitment=plan.first)


@pytest.fixture
def as_lead(client_for, lead):
    return client_for(lead)


@pytest.fixture
def as_overseer(client_for, overseer):
    return client_for(overseer)


# Last time's answers, and days that cannot be


def test_last_times_facts_stand_beside_their_questions(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY, rating="amber")
    recovery = get(as_lead, section_url(row, "recovery"))
    assert recovery.words("//aside[contains(@aria-label, 'Green by')]") == "Q2 2021-22 30 June 2022"
    dates = get(as_lead, section_url(row, "dates"))
    assert "31 March 2025" in dates.words("//aside[contains(@aria-label, 'expect it to be complete')]")
    assert dates.tree.xpath("//aside//button") == [], "a fact is given anew, not carried"
    rating = get(as_lead, section_url(row, "rating"))
    assert "Q2 2021-22: Worsening." in rating.main


@pytest.mark.parametrize(
    ("slug", "name", "year", "sentence"),
    [
        ("recovery", "green_by", "2020", "Green by must be 1 October 2021 or later"),
        ("recovery", "green_by", "2040", "Green by must be 19 January 2032 or earlier"),
        ("dates", "expected_on", "2010", "The date must be 1 April 2021 or later"),
        ("dates", "expected_on", "2099", "The date must be 19 January 2052 or earlier"),
    ],
)
def test_days_that_make_no_sense_are_refused(row, plan, as_lead, slug, name, year, sentence):
    plan.strategy.starts = dt.date(2021, 4, 1)
    plan.strategy.save()
    play(plan.first, row.round, until="draft", on=TODAY, rating="amber")
    page = Page(fill(as_lead, row, slug, **{f"{name}_day": "1", f"{name}_month": "3", f"{name}_year": year}))
    assert page.status == 422
    assert page.summary == [(sentence, f"#id_{name}_day")]


def test_green_by_a_day_before_the_round_is_not_submitted(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY, rating="amber", green_by=dt.date(2021, 12, 31))
    page = Page(post(as_lead, url("return_submit", row)))
    assert [sentence for sentence, _ in page.summary] == ["Green by must be today or later"]
    row.refresh_from_db()
    assert row.state == "draft"


# Second clicks


@pytest.mark.parametrize("name", ["return_sign_off", "return_request_changes"])
def test_a_second_click_where_an_earlier_act_has_a_later_hour(row, plan, as_overseer, name):
    with clock.standing_at(dt.datetime(2022, 1, 19, 16, tzinfo=dt.UTC)):
        lead = actor_for(plan.first.lead_post.tenures.get().person.user, TODAY)
        play(plan.first, row.round, until="draft", on=TODAY)
        returns.submit(progress_return=row, by=lead, at=clock.now())
    sent = {"rating": "green", "comment": "Agreed."}
    if name == "return_request_changes":
        sent = {"section_next": "on", "reason_next": "Say when."}
    answers = [post(as_overseer, url(name, row), sent) for _ in range(2)]
    assert [answer.headers.get("Location") for answer in answers] == [url("return", row)] * 2


# What every reader may know


@pytest.mark.parametrize("persona", ["viewer", "member", "stranger"])
def test_why_a_return_is_exempt_is_for_everybody_and_its_draft_for_nobody(row, plan, client_as, persona):
    play(plan.first, row.round, until="draft", on=TODAY, done=SECRET)
    exempt(plan.first, row.round, "It starts in May.")
    client = client_as(persona)
    page = get(client, url("return", row))
    assert "It starts in May." in page.main
    assert "Nothing is expected from this commitment in this round." in page.main
    assert SECRET not in page.body
    assert client.get(url("return_version", row, 1)).status_code == 404
    assert "Keep people safe" in get(client, "/returns/").main


@pytest.mark.parametrize("persona", ["viewer", "member"])
def test_that_a_return_was_missed_is_for_everybody_and_what_is_written_since_is_not(row, plan, client_as, persona):
    play(plan.first, row.round, until="draft", on=TODAY, done=SECRET)
    close_round(row.round)
    row.refresh_from_db()
    client = client_as(persona)
    assert "Missing" in get(client, url("return", row)).main
    let_in_late(row, until=dt.date(2022, 2, 10))
    for state in ("draft", "submitted", "changes_requested"):
        play(plan.first, row.round, until=state, on=dt.date(2022, 2, 3), done=SECRET)
        for address in (url("return", row), "/returns/", row.round.get_absolute_url()):
            assert SECRET not in get(client, address).body
        assert client.get(url("return_version", row, 1)).status_code == 404


# Two windows


def test_two_windows_of_one_writer_are_not_two_people(row, as_lead, client_as):
    stale = token(row, "progress")
    fill(as_lead, row, "progress", done="In one window.")
    response = as_lead.post(section_url(row, "progress"), {"done": "In the other.", "seen": stale})
    page = Page(response)
    assert page.status == 409
    assert page.words("//h1").endswith("You saved this section in another window")
    assert "Two people" not in page.body
    line = autosave(as_lead, row, "progress", done="In the other.", seen=stale).content.decode()
    assert "you saved this section in another window" in line
    other = Page(client_as("delegate").post(section_url(row, "progress"), {"done": "Mine.", "seen": stale}))
    assert other.words("//h1").endswith("Two people changed this section")
    assert "Lena Lead saved" in other.main


# Requests that were settled


def test_a_reopened_return_carries_no_settled_request(row, plan, as_lead):
    play(plan.first, row.round, until="changes_requested", on=TODAY, comment="How many?")
    returns.submit(progress_return=_started(row, plan), by=_lead(plan), at=clock.now())
    play(plan.first, row.round, on=TODAY)
    row.refresh_from_db()
    reopen(row, on=TODAY)
    page = get(as_lead, url("return", row))
    assert "asks for changes" not in page.main
    assert page.words("//li[contains(., 'Progress this period')]").endswith("Completed")
    assert "How many?" not in get(as_lead, section_url(row, "progress")).main


def test_a_section_that_was_mended_shows_no_older_request(row, plan, as_lead, overseer):
    play(plan.first, row.round, until="changes_requested", on=TODAY, comment="How many?")
    play(plan.first, row.round, until="submitted", on=TODAY)
    by = actor_for(overseer, TODAY)
    later = clock.now() + dt.timedelta(hours=1)
    returns.request_changes(progress_return=row, reasons={"next": "Say when."}, by=by, at=later)
    assert "How many?" not in get(as_lead, section_url(row, "progress")).main
    assert "Say when." in get(as_lead, section_url(row, "next")).main


def _lead(plan):
    return actor_for(plan.first.lead_post.tenures.get().person.user, TODAY)


def _started(row, plan) -> ProgressReturn:
    answers = {"done": "We trained 40.", "difference": ""}
    returns.save_section(
        progress_return=row, section="progress", answers=answers, seen="", by=_lead(plan), at=clock.now()
    )
    return row


# Waiting


def test_an_exemption_taken_back_does_not_start_the_days_again(row, plan):
    exempt(plan.first, row.round)
    returns.include(progress_return=row, by=team_actor(TODAY), at=clock.now())
    [(_, wait)] = waiting.of_returns([row], TODAY)
    assert (wait.since, wait.days) == (row.round.opens_on, 15)


# Words


def test_the_period_is_covered_not_about(row, plan, as_lead, client_as):
    days = "1 October 2021 to 31 December 2021"
    assert f"Covers {days}." in get(as_lead, url("return", row)).main
    assert f"Covers {days}" in get(client_as("viewer"), row.round.get_absolute_url()).main
    assert f"Covers {days}." in get(client_as("viewer"), "/dashboard/stride/?round=Q3+2021-22").main


def test_a_period_that_is_not_offered_is_told_in_a_sentence():
    form = PeriodForm({"strategy": "1", "cycle": "quarterly", "period": "2099"}, periods=[], on=TODAY, cancel="/")
    assert form.errors["period"] == ["Select a period from the list"]


# What was submitted, and what it rested on


def submissions(page) -> list[str]:
    return page.tree.xpath("//*[contains(@class, 'stride-timeline__title')]/a/@href")


def test_each_submission_is_read_as_it_was_sent(row, plan, as_overseer, client_as):
    play(plan.first, row.round, until="changes_requested", on=TODAY, done="We trained forty.")
    returns.save_section(
        progress_return=row, section="progress", answers={"done": SECRET}, seen="", by=_lead(plan), at=clock.now()
    )
    play(plan.first, row.round, on=TODAY + dt.timedelta(days=1), done="We trained fifty.")
    newest, oldest = submissions(get(as_overseer, url("return", row)))
    first = get(as_overseer, oldest)
    assert "We trained forty." in first.main
    assert SECRET not in first.body
    assert "As submitted on 19 January 2022 at 9am by Lena Lead, Commander for Public Protection." in first.main
    assert "It was submitted again after this." in first.main
    assert "We trained fifty." in get(as_overseer, newest).main
    assert get(client_as("auditor"), oldest).status == 200
    viewer = client_as("viewer")
    assert submissions(get(viewer, url("return", row))) == []
    assert viewer.get(oldest).status_code == 404
    signing = row.acts.get(verb="signed_off")
    assert as_overseer.get(url("return_submission", row, signing.pk)).status_code == 404
    assert as_overseer.get(url("return_submission", row, 0)).status_code == 404


def test_writing_after_a_request_is_taking_up_again(row, plan, as_lead):
    play(plan.first, row.round, until="changes_requested", on=TODAY)
    play(plan.first, row.round, until="submitted", on=TODAY, done="We trained fifty.")
    titles = get(as_lead, url("return", row)).by_class("stride-timeline__title")
    assert titles == ["Submitted", "Taken up again", "Changes requested", "Submitted", "Started"]


def test_a_signed_return_shows_what_it_rested_on(row, plan, client_as):
    link = CommitmentMeasureFactory(commitment=plan.first, measure__title="People trained")
    TargetFactory(measure=link.measure, wording="Fifty by March 2022.")
    play(plan.first, row.round, on=TODAY)
    plan.strategy.amber_means = "Something quite different."
    plan.strategy.save()
    viewer = client_as("viewer")
    details = get(viewer, url("return", row)).words("//details[contains(., 'What it rested on')]")
    page = get(viewer, url("return_version", row, 1))
    for words in (details, page.main):
        assert plan.first.statement in words
        assert "People trained" in words
        assert "Fifty by March 2022." in words
        assert "At risk, with a plan." in words
        assert "Something quite different." not in words
    assert get(viewer, url("return", row)).href("Version 1") == url("return_version", row, 1)
    assert page.words("//*[contains(@class, 'govuk-caption')]").endswith(" 1, Q3 2021-22")


# States, days and references


def test_a_return_that_is_not_in_is_missing_whatever_was_drafted(row, plan):
    after = row.round.closes_on + dt.timedelta(days=1)
    assert present.state_of(row, TODAY) == ("not_started", "Not started")
    assert present.state_of(row, after) == ("missing", "Missing")
    row = play(plan.first, row.round, until="submitted", on=TODAY)
    assert present.state_of(row, after) == ("submitted", "Submitted")


def test_what_came_in_today_does_not_wait_zero_days(row, plan, as_lead):
    play(plan.first, row.round, until="submitted", on=TODAY)
    page = get(as_lead, url("return", row))
    assert "Omar Overseer, AC who leads Front Line Policing. It came in today." in page.main
    play(plan.first, row.round, until="changes_requested", on=TODAY)
    assert "It came back today." in get(as_lead, url("return", row)).main


def test_the_confirmation_has_a_reference(row, plan, as_lead):
    play(plan.first, row.round, until="submitted", on=TODAY)
    assert "Reference: STRIDE Q3 2021-22 / 1" in get(as_lead, url("return_submitted", row)).main
