"""Reading a return: task list or page, versions, timeline, who sees which words, and how many queries it takes."""

import datetime as dt

import pytest

from kit import clock
from monitoring.services import returns
from tests.factories.commitments import CommitmentMeasureFactory, TargetFactory
from tests.factories.monitoring import close_round, exempt, let_in_late, open_round, play, reopen
from tests.monitoring.pages import get, post, section_url, url

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)
SIGNED_WORDS = "We trained 40 people."
DRAFT_WORDS = "Unripe: we trained 41 people, perhaps."


@pytest.fixture
def row(plan, lead, overseer):
    return open_round(plan.strategy).returns.get(commitment=plan.first)


@pytest.fixture
def signed(row, plan):
    return play(plan.first, row.round, on=TODAY, done=SIGNED_WORDS)


@pytest.fixture
def redrafted(signed, plan):
    """Signed off, reopened, and a second version drafted."""
    reopen(signed, "A figure was wrong.", on=TODAY)
    return play(plan.first, signed.round, until="draft", on=TODAY, done=DRAFT_WORDS)


def titles(page) -> list[str]:
    return page.by_class("stride-timeline__title")


# Who sees what


def test_the_lead_gets_a_task_list_and_everybody_else_the_words(row, plan, client_as):
    play(plan.first, row.round, until="draft", on=TODAY, done=DRAFT_WORDS)
    assert "Your return" in get(client_as("lead"), url("return", row)).main
    assert "Your return" in get(client_as("delegate"), url("return", row)).main
    team = get(client_as("team"), url("return", row))
    assert "What it says" in team.main
    assert "A draft, not submitted." in team.main
    assert DRAFT_WORDS in team.main


@pytest.mark.parametrize("persona", ["overseer", "secretariat"])
def test_a_draft_is_not_read_by_those_who_wait_for_it(row, plan, client_as, persona):
    play(plan.first, row.round, until="draft", on=TODAY, done=DRAFT_WORDS)
    page = get(client_as(persona), url("return", row))
    assert page.status == 200
    assert "What is being drafted can be read here once it is submitted or signed off." in page.main
    assert DRAFT_WORDS not in page.body
    assert client_as(persona).get(url("return_version", row, 1)).status_code == 404


@pytest.mark.parametrize("persona", ["member", "viewer", "stranger"])
@pytest.mark.parametrize("state", ["draft", "submitted", "changes_requested"])
def test_out_of_reach_until_it_is_signed(row, plan, client_as, persona, state):
    play(plan.first, row.round, until=state, on=TODAY)
    client = client_as(persona)
    assert client.get(url("return", row)).status_code == 404
    assert client.get(url("return_version", row, 1)).status_code == 404


@pytest.mark.parametrize("persona", ["viewer", "stranger", "member", "auditor", "lead", "overseer", "secretariat"])
def test_a_signed_return_is_read_by_everybody(signed, client_as, persona):
    page = get(client_as(persona), url("return", signed))
    assert page.status == 200
    assert SIGNED_WORDS in page.main
    signatures = page.by_class("stride-signatures")[0]
    assert signatures.startswith("Submitted Lena Lead, Commander for Public Protection")
    assert "Signed off Omar Overseer, AC who leads Front Line Policing" in signatures
    assert page.href("Reopen") == ""


@pytest.mark.parametrize("persona", ["viewer", "stranger", "member", "overseer", "secretariat"])
def test_while_a_new_version_is_drafted_others_read_the_signed_one(redrafted, client_as, persona):
    client = client_as(persona)
    page = get(client, url("return", redrafted))
    assert SIGNED_WORDS in page.main
    assert "A new version is being written. This is the last one that was signed off." in page.main
    assert DRAFT_WORDS not in page.body
    assert client.get(url("return_version", redrafted, 2)).status_code == 404
    assert DRAFT_WORDS not in get(client, url("return_version", redrafted, 1)).body
    assert DRAFT_WORDS not in client.get(redrafted.commitment.get_absolute_url()).content.decode()


def test_the_second_version_once_submitted_is_read_by_its_overseer_but_not_by_viewers(redrafted, plan, client_as):
    play(plan.first, redrafted.round, until="submitted", on=TODAY, done=DRAFT_WORDS)
    assert DRAFT_WORDS in get(client_as("overseer"), url("return", redrafted)).main
    assert DRAFT_WORDS not in get(client_as("viewer"), url("return", redrafted)).body


def test_the_auditor_reads_the_draft_too_and_changes_nothing(redrafted, client_as):
    page = get(client_as("auditor"), url("return", redrafted))
    assert DRAFT_WORDS in page.main
    assert page.tree.xpath("//main//form | //main//button") == []


def test_words_sent_back_are_not_passed_off_as_submitted(row, plan, client_as, lead, actor_of):
    play(plan.first, row.round, until="changes_requested", on=TODAY)
    returns.save_section(
        progress_return=row,
        section="progress",
        answers={"done": DRAFT_WORDS},
        seen="",
        by=actor_of(lead),
        at=clock.now(),
    )
    page = get(client_as("team"), url("return", row))
    assert "it was sent back, and may have been changed since it was submitted" in page.main


# Versions


def test_the_old_version_stays_as_it_was_signed(redrafted, client_as):
    page = get(client_as("viewer"), url("return_version", redrafted, 1))
    assert "Version 1, signed off on 19 January 2022 and kept as it was." in page.main
    assert SIGNED_WORDS in page.main
    assert "Omar Overseer, AC who leads Front Line Policing" in page.main


def test_both_versions_once_the_second_is_signed(redrafted, plan, client_as):
    play(plan.first, redrafted.round, on=TODAY, done="We trained 41 people.")
    page = get(client_as("viewer"), url("return", redrafted))
    assert "We trained 41 people." in page.main
    assert "Reopened: A figure was wrong." in page.main
    assert page.href("Version 1") == url("return_version", redrafted, 1)
    assert SIGNED_WORDS in get(client_as("viewer"), url("return_version", redrafted, 1)).main


def test_a_version_that_does_not_exist(signed, client_as):
    for number in (0, 2, 99_999):
        assert client_as("lead").get(url("return_version", signed, number)).status_code == 404


def test_the_definitions_shown_are_those_of_the_round(signed, plan, client_as):
    plan.strategy.green_means = "Something quite different."
    plan.strategy.save()
    page = get(client_as("viewer"), url("return", signed))
    assert "On course." in page.main
    assert "Something quite different." not in page.main


# The timeline


def test_the_timeline_tells_every_step_newest_first(team, row, plan, client_as):
    play(plan.first, row.round, until="changes_requested", on=TODAY, comment="How many?")
    play(plan.first, row.round, on=TODAY + dt.timedelta(days=1))
    row.refresh_from_db()
    reopen(row, "A figure was wrong.", on=TODAY + dt.timedelta(days=2))
    page = get(client_as("lead"), url("return", row))
    assert titles(page) == [
        "Reopened as a new version (version 2)",
        "Signed off",
        "Submitted",
        "Taken up again",
        "Changes requested",
        "Submitted",
        "Started",
    ]
    who = page.by_class("stride-timeline__who")
    assert who[0] == "Tess Team, Strategy team, 21 January 2022 at 9am"
    assert who[1] == "Omar Overseer, AC who leads Front Line Policing, 20 January 2022 at 9am"
    assert who[4] == "Omar Overseer, AC who leads Front Line Policing, 19 January 2022 at 9am"
    assert page.by_class("stride-timeline__text") == ["A figure was wrong.", "Progress this period: How many?"]


def test_readers_see_the_steps_that_are_for_everybody(row, plan, client_as):
    play(plan.first, row.round, until="changes_requested", on=TODAY, comment="Between us.")
    play(plan.first, row.round, on=TODAY + dt.timedelta(days=1))
    page = get(client_as("viewer"), url("return", row))
    assert titles(page) == ["Signed off", "Submitted", "Submitted"]
    assert "Between us." not in page.body


def test_a_delegate_is_shown_with_the_post_they_acted_for(row, plan, client_for, client_as, delegate):
    play(plan.first, row.round, until="draft", on=TODAY)
    post(client_for(delegate), url("return_submit", row))
    for persona in ("delegate", "team", "overseer"):
        page = get(client_as(persona) if persona != "delegate" else client_for(delegate), url("return", row))
        assert page.by_class("stride-timeline__who")[0].startswith(
            "Dele Delegate, for the Commander for Public Protection, "
        )
        assert "Dele Delegate, on behalf of the Commander for Public Protection (Lena Lead)" in page.main


# Marks


def test_overdue_late_and_missing_are_said(row, plan, client_as):
    due, closes = row.round.due_on, row.round.closes_on
    team = client_as("team")
    with clock.standing_at(due):
        assert "Overdue" not in get(team, url("return", row)).main
    with clock.standing_at(due + dt.timedelta(days=1)):
        assert "Overdue It was due by 25 January 2022." in get(team, url("return", row)).main
    with clock.standing_at(closes + dt.timedelta(days=1)):
        assert "It had not been submitted when the round closed." in get(team, url("return", row)).main
    play(plan.first, row.round, on=due + dt.timedelta(days=1))
    page = get(team, url("return", row))
    assert "Late It was due by 25 January 2022 and came in on 26 January 2022." in page.main


def test_what_came_after_it_was_missed_stays_missing(row, plan, client_as):
    close_round(row.round)
    row.refresh_from_db()
    after = row.round.closes_on + dt.timedelta(days=3)
    let_in_late(row, until=after, on=after)
    play(plan.first, row.round, on=after)
    page = get(client_as("viewer"), url("return", row))
    assert "Missing It had not been submitted when the round closed (Commander for Public" in page.main
    assert "It came in on 3 February 2022." in page.main


def test_an_exempt_return_says_why(plan, row, client_as):
    exempt(plan.first, row.round, "It starts in May.")
    page = get(client_as("overseer"), url("return", row))
    assert "It starts in May." in page.main
    assert "Nothing is expected from this commitment in this round." in page.main


# Queries: the same however long the commitment has been reporting

QUARTERS = ["Q3 2019-20", "Q4 2019-20", "Q1 2020-21", "Q2 2020-21", "Q3 2020-21", "Q4 2020-21", "Q1 2021-22"]
BUDGET = {
    "return: lead": 14,
    "section: lead": 10,
    "submit: lead": 12,
    "nil: lead": 9,
    "submitted: lead": 9,
    "autosave: lead": 14,
    "return: overseer": 12,
    "review: overseer": 12,
    "request_changes: overseer": 9,
    "return: viewer": 15,
    "version: viewer": 13,
    "reopen: team": 9,
}


@pytest.mark.parametrize("earlier", [1, 8])
def test_every_page_has_its_budget(plan, client_as, django_assert_num_queries, lead, overseer, earlier):
    for _ in range(earlier):
        TargetFactory(measure=CommitmentMeasureFactory(commitment=plan.first).measure)
    for label in [*QUARTERS[:: 1 if earlier == 8 else 99][: earlier - 1], "Q2 2021-22"]:
        q = open_round(plan.strategy, label)
        play(plan.first, q, rating="amber")
        close_round(q)
    q3 = open_round(plan.strategy)
    row = play(plan.first, q3, until="draft", on=TODAY)
    clients = {persona: client_as(persona) for persona in ("lead", "overseer", "viewer", "team")}

    def within(page: str, address: str, send: dict | None = None) -> None:
        client = clients[page.split(": ")[1]]
        with django_assert_num_queries(BUDGET[page], info=page):
            response = client.get(address) if send is None else client.post(address, send, HTTP_HX_REQUEST="true")
        assert response.status_code == 200

    within("return: lead", url("return", row))
    within("section: lead", section_url(row, "progress"))
    within("submit: lead", url("return_submit", row))
    within("nil: lead", url("return_nil", row))
    within("autosave: lead", url("return_autosave", row, "progress"), {"done": "One more.", "difference": "None."})
    play(plan.first, q3, until="changes_requested", on=TODAY)
    play(plan.first, q3, until="submitted", on=TODAY)
    within("submitted: lead", url("return_submitted", row))
    within("return: overseer", url("return", row))
    within("review: overseer", url("return_review", row))
    within("request_changes: overseer", url("return_request_changes", row))
    play(plan.first, q3, on=TODAY)
    within("return: viewer", url("return", row))
    within("version: viewer", url("return_version", row, 1))
    within("reopen: team", url("return_reopen", row))
