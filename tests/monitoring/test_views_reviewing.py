"""The overseer's side: what changed since last quarter, own rating, sign off, ask for changes."""

import datetime as dt
import time

import pytest

from monitoring.models import ReturnAct
from people.models import Tenure
from tests.factories.monitoring import GREEN, close_round, open_round, play
from tests.factories.people import DelegationFactory, TenureFactory
from tests.monitoring.pages import Page, fill, get, post, url

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def q3(plan, lead, overseer):
    """Q3 open, after a signed green return in Q2."""
    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, q2, done="We trained 40 people in May in all four districts.", next_steps="The rest.")
    close_round(q2)
    return open_round(plan.strategy)


@pytest.fixture
def row(q3, plan):
    """Submitted: amber now, one text changed, one moved date, the rest word for word the same."""
    return play(
        plan.first,
        q3,
        until="submitted",
        on=TODAY,
        done="We trained 52 people in May in all four districts.",
        next_steps="Nothing of the kind: a new supplier was found in the autumn.",
        rating="amber",
        expected_on=dt.date(2025, 9, 30),
    )


@pytest.fixture
def as_overseer(client_for, overseer):
    return client_for(overseer)


def last_act(row) -> ReturnAct:
    return row.acts.first()


# Reading it


def test_what_changed_since_last_quarter_comes_first(row, as_overseer):
    page = get(as_overseer, url("return_review", row))
    assert page.status == 200
    assert page.title.startswith("Sign off: Keep people safe, Q3 2021-22")
    assert "Submitted by Lena Lead, Commander for Public Protection on 19 January 2022 at 9am." in page.main
    since = page.by_class("stride-changes")[0]
    assert since.startswith("Since Q2 2021-22")
    assert "Delivery confidence: Green to Amber" in since
    assert "Expected to be complete on: 31 March 2025 to 30 September 2025" in since
    assert "Word for word the same: what difference it has made, risks and issues" in since
    for target in page.tree.xpath("//div[contains(@class, 'stride-changes')]//a/@href"):
        assert target[1:] in page.ids


def test_unchanged_text_is_marked_as_such(row, as_overseer):
    page = get(as_overseer, url("return_review", row))
    same = page.words("//*[@id='answer-difference']")
    assert same == f"What difference it has made Unchanged since Q2 2021-22 {GREEN['difference']}"
    assert "Unchanged" not in page.words("//*[@id='answer-done']")


def test_a_changed_text_shows_each_word(row, as_overseer):
    page = get(as_overseer, url("return_review", row))
    done = page.tree.xpath("//*[@id='answer-done']//div[contains(@class, 'stride-diff')]")[0]
    assert [each.text_content() for each in done.xpath(".//del")] == ["[removed: 40]"]
    assert [each.text_content() for each in done.xpath(".//ins")] == ["[added: 52]"]
    assert "We trained 52 people in May" in page.words("//*[@id='answer-done']/details"), "and once without the marks"


def test_a_text_written_anew_is_read_whole(row, as_overseer):
    page = get(as_overseer, url("return_review", row))
    there = page.words("//*[@id='answer-next_steps']")
    assert "Nothing of the kind: a new supplier was found in the autumn." in there
    assert "Written anew. What it said in Q2 2021-22" in there
    assert page.tree.xpath("//*[@id='answer-next_steps']//ins") == []


def test_facts_say_what_they_were(row, as_overseer):
    page = get(as_overseer, url("return_review", row))
    assert page.words("//*[@id='answer-rating']") == "Delivery confidence Amber was Green"
    assert "Was 31 March 2025" in page.words("//*[@id='answer-expected_on']")


def test_the_definitions_are_at_hand(row, as_overseer, plan):
    plan.strategy.amber_means = "Something quite different."
    plan.strategy.save()
    page = get(as_overseer, url("return_review", row))
    assert "At risk, with a plan." in page.main
    assert "Something quite different." not in page.main


def test_the_first_return_has_nothing_to_compare_with(plan, lead, overseer, as_overseer):
    row = play(plan.first, open_round(plan.strategy), until="submitted", on=TODAY)
    page = get(as_overseer, url("return_review", row))
    assert "There is no earlier return to compare with." in page.main
    assert page.tree.xpath("//ins | //del") == []
    assert "Unchanged" not in page.main


def test_a_nil_return_is_signed_without_a_rating(plan, q3, as_overseer):
    row = play(plan.first, q3, until="submitted", on=TODAY, nil=True)
    page = get(as_overseer, url("return_review", row))
    assert "A nil return: the lead confirms that there is nothing to report." in page.main
    assert "Your own rating" not in page.main
    assert post(as_overseer, url("return_sign_off", row))["Location"] == url("return", row)
    assert "Nothing to report in this period." in get(as_overseer, url("return", row)).main


def test_what_has_no_rating_asks_for_none(plan, q3, as_overseer):
    row = play(plan.first, q3, until="submitted", on=TODAY, lifecycle="complete")
    assert "Your own rating" not in get(as_overseer, url("return_review", row)).main
    assert post(as_overseer, url("return_sign_off", row), {"rating": "red", "comment": ""}).status_code == 302
    assert row.versions.get().overseer_rating == ""


def test_monotonous_texts_do_not_keep_the_overseer_waiting(plan, lead, overseer, as_overseer):
    q2 = open_round(plan.strategy, "Q2 2021-22")
    names = ("done", "difference", "next_steps", "risks")
    play(plan.first, q2, **dict.fromkeys(names, "a\n" * 4990 + "b"))
    close_round(q2)
    q3 = open_round(plan.strategy)
    row = play(plan.first, q3, until="changes_requested", on=TODAY, **dict.fromkeys(names, "a\n" * 4900 + "c"))
    play(plan.first, q3, until="submitted", on=TOMORROW, **dict.fromkeys(names, "a\n" * 4800 + "d"))
    started = time.process_time()
    page = get(as_overseer, url("return_review", row))
    assert page.status == 200
    assert time.process_time() - started < 3, "comparing all with all took twenty seconds"


# Signing off


def test_signing_off(row, as_overseer):
    response = post(as_overseer, url("return_sign_off", row), {"rating": "amber", "comment": "Agreed."})
    assert response["Location"] == url("return", row)
    page = get(as_overseer, response["Location"])
    assert "Signed off: commitment 1, Q3 2021-22." in page.main
    assert "Omar Overseer, AC who leads Front Line Policing" in page.by_class("stride-signatures")[0]
    assert "Agreed." in page.main
    version = row.versions.get()
    assert (version.overseer_rating, version.overseer_comment) == ("amber", "Agreed.")
    assert version.basis["definitions"]["amber"] == "At risk, with a plan."


def test_another_rating_than_the_leads_demands_a_comment(row, as_overseer):
    page = Page(post(as_overseer, url("return_sign_off", row), {"rating": "red", "comment": "  "}))
    assert page.status == 422
    assert page.summary == [("Say why your rating differs from the lead’s", "#id_comment")]
    assert page.links_land()
    assert page.value("rating") == "red"
    assert row.versions.get().signed_off_at is None
    sent = {"rating": "red", "comment": "The figures say otherwise.", "seen": page.value("seen")}
    post(as_overseer, url("return_sign_off", row), sent)
    assert "Differs from the lead’s" in get(as_overseer, url("return", row)).main


def test_a_rating_has_to_be_chosen(row, as_overseer):
    page = Page(post(as_overseer, url("return_sign_off", row), {"comment": "Well."}))
    assert page.summary == [("Choose green, amber or red", "#id_rating_0")]
    assert page.value("comment") == "Well."
    page = Page(post(as_overseer, url("return_sign_off", row), {"rating": "purple", "comment": ""}))
    assert len(page.summary) == 1


def test_a_double_click_signs_once(row, as_overseer):
    sent = {"rating": "amber", "comment": "Agreed."}
    answers = [post(as_overseer, url("return_sign_off", row), sent) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [url("return", row)] * 2
    assert row.acts.filter(verb="signed_off").count() == 1


def test_what_was_sent_again_meanwhile_is_read_before_it_is_signed(row, plan, q3, as_overseer):
    stale = get(as_overseer, url("return_review", row)).value("seen")
    sections = {"section_next": "on", "reason_next": "Say when."}
    post(as_overseer, url("return_request_changes", row), sections)
    play(plan.first, q3, until="submitted", on=TOMORROW, next_steps="In May.", rating="amber")
    sent = {"rating": "amber", "comment": "Agreed.", "seen": stale}
    page = Page(post(as_overseer, url("return_sign_off", row), sent))
    assert page.status == 422
    assert "The lead has sent this return again since you opened this page." in page.summary[0][0]
    assert page.value("comment") == "Agreed."
    assert "In May." in page.main
    assert post(as_overseer, url("return_sign_off", row), {**sent, "seen": page.value("seen")}).status_code == 302
    assert row.versions.get().signed_off_at is not None


def test_the_sign_off_address_opened_by_hand_leads_to_the_review(row, as_overseer):
    assert as_overseer.get(url("return_sign_off", row))["Location"] == url("return_review", row)


# Asking for changes


def test_asking_for_changes(row, as_overseer):
    page = get(as_overseer, url("return_request_changes", row))
    assert "Which sections should change?" in page.main
    assert len(page.tree.xpath("//input[@type='checkbox']")) == 6
    sent = {"section_progress": "on", "reason_progress": "How many, and where?"}
    response = post(as_overseer, url("return_request_changes", row), sent)
    assert response["Location"] == url("return", row)
    page = get(as_overseer, response["Location"])
    assert "Sent back. The lead has been told what should change." in page.main
    assert "Changes requested" in page.main
    assert last_act(row).reason == "Progress this period: How many, and where?"


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, [("Choose at least one section and say what should change in it", "#id_section_progress")]),
        (
            {"section_next": "on", "reason_next": " "},
            [("Say what should change in “What happens next”", "#id_reason_next")],
        ),
        (
            {"reason_risks": "Which?"},
            [("Select “Risks and issues”, or delete what you wrote for it", "#id_section_risks")],
        ),
    ],
)
def test_what_asking_for_changes_needs(row, as_overseer, sent, expected):
    page = Page(post(as_overseer, url("return_request_changes", row), {"sent": "yes", **sent}))
    assert page.status == 422
    assert page.summary == expected
    assert page.links_land()
    row.refresh_from_db()
    assert row.state == "submitted"


def test_a_double_click_asks_once(row, as_overseer):
    sent = {"section_next": "on", "reason_next": "Say  when.\r\nAnd who."}
    answers = [post(as_overseer, url("return_request_changes", row), sent) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [url("return", row)] * 2
    assert row.acts.filter(verb="changes_requested").count() == 1


def test_other_words_sent_after_the_first_are_given_back(row, as_overseer):
    post(as_overseer, url("return_request_changes", row), {"section_next": "on", "reason_next": "Say when."})
    sent = {"section_risks": "on", "reason_risks": "Which risks do you mean?"}
    response = post(as_overseer, url("return_request_changes", row), sent)
    page = Page(response)
    assert response.status_code == 403
    assert "There is nothing to sign off: this return is not with the overseer." in page.main
    assert page.words("//textarea") == "Which risks do you mean?"


def test_after_resubmission_the_overseer_sees_what_changed_in_the_asked_sections(row, as_overseer, client_for, lead):
    sent = {
        "section_progress": "on",
        "reason_progress": "How many in each district?",
        "section_rating": "on",
        "reason_rating": "Is this really amber?",
        "section_risks": "on",
        "reason_risks": "Name them.",
        "section_dates": "on",
        "reason_dates": "Is this safe?",
    }
    post(as_overseer, url("return_request_changes", row), sent)
    client = client_for(lead)
    fill(client, row, "progress", done="We trained 52 people in May in all four districts, 13 in each.", difference="")
    fill(client, row, "rating", rating="red")
    fill(client, row, "dates", expected_on_year="2026", date_reason="The supplier is late.")
    assert post(client, url("return_submit", row)).status_code == 302
    asked = get(as_overseer, url("return_review", row)).by_class("stride-changes")[0]
    assert asked.startswith("What you asked for, and what changed")
    assert "How many in each district?" in asked
    assert "[added: districts, 13 in each.]" in asked
    assert "What difference it has made [removed: People tell us that it helps.]" in asked
    assert "Delivery confidence [removed: Amber][added: Red]" in asked.replace("] [", "][")
    assert "Expected to be complete on" in asked
    assert "September 2025" in asked, "days are said in words"
    assert asked.endswith("Risks and issues Name them. Nothing was changed in this section.")


# Nobody signs off their own


def test_a_holder_of_both_posts_is_told_so(row, lead_post, overseer, as_overseer):
    Tenure.objects.filter(post=lead_post).update(ends=TODAY - dt.timedelta(days=1))
    TenureFactory(post=lead_post, person=overseer.person, starts=TODAY)
    page = get(as_overseer, url("return", row))
    told = (
        "You hold both posts: Commander for Public Protection and AC who leads Front Line Policing. "
        "Nobody signs off their own return."
    )
    assert told in page.by_class("govuk-warning-text")[0]
    assert page.href("Read and sign off") == ""
    for name in ("return_review", "return_sign_off", "return_request_changes"):
        response = post(as_overseer, url(name, row), {"rating": "amber"}) if name != "return_review" else None
        response = response or as_overseer.get(url(name, row))
        assert response.status_code == 403
        assert told in Page(response).main
    row.refresh_from_db()
    assert row.state == "submitted"


def test_a_delegate_of_the_lead_is_told_so(row, lead_post, overseer, as_overseer):
    DelegationFactory(post=lead_post, person=overseer.person)
    page = get(as_overseer, url("return", row))
    assert "You are a delegate of the Commander for Public Protection" in page.by_class("govuk-warning-text")[0]
    assert as_overseer.get(url("return_review", row)).status_code == 403


def test_who_submitted_does_not_sign_after_moving_to_the_overseers_post(
    row, lead, lead_post, overseer_post, client_for
):
    Tenure.objects.filter(post__in=[lead_post, overseer_post]).update(ends=TODAY - dt.timedelta(days=1))
    TenureFactory(post=overseer_post, person=lead.person, starts=TODAY)
    client = client_for(lead)
    page = get(client, url("return", row))
    assert "You submitted this return, so somebody else has to look at it." in page.main
    assert client.get(url("return_review", row)).status_code == 403


# The doors


REVIEW_DOORS = [
    ("return_sign_off", {"rating": "amber", "comment": "I say."}),
    ("return_request_changes", {"section_next": "on", "reason_next": "I say."}),
]


@pytest.mark.parametrize(("name", "sent"), REVIEW_DOORS)
@pytest.mark.parametrize("persona", ["lead", "delegate", "team", "admin", "secretariat"])
def test_only_the_overseer_reviews(row, client_as, name, sent, persona):
    client = client_as(persona)
    sentence = "Only the AC who leads Front Line Policing can sign off this return or ask for changes."
    assert sentence in get(client, url("return_review", row)).main
    response = post(client, url(name, row), sent)
    assert response.status_code == 403
    assert sentence in Page(response).main
    row.refresh_from_db()
    assert row.state == "submitted"


@pytest.mark.parametrize("persona", ["auditor", "viewer", "stranger"])
def test_who_only_reads_is_stopped(row, client_as, persona):
    client = client_as(persona)
    assert client.get(url("return_review", row)).status_code == (403 if persona == "auditor" else 404)
    for name, sent in REVIEW_DOORS:
        response = post(client, url(name, row), sent)
        assert response.status_code == 403
        assert "change nothing" in Page(response).main


@pytest.mark.parametrize(("name", "sent"), REVIEW_DOORS)
def test_out_of_reach_there_is_no_such_page(row, client_as, name, sent):
    client = client_as("member")
    assert client.get(url("return_review", row)).status_code == 404
    assert post(client, url(name, row), sent).status_code == 404


@pytest.mark.parametrize("state", ["draft", "changes_requested", "signed_off"])
def test_in_another_state_there_is_nothing_to_review(plan, q3, overseer, as_overseer, state):
    row = play(plan.first, q3, until=state, on=TODAY)
    for name in ("return_review", "return_request_changes"):
        page = get(as_overseer, url(name, row))
        assert page.status == 403
        assert "There is nothing to sign off: this return is not with the overseer." in page.main
