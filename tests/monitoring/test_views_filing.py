"""The lead's side: short pages, carrying forward, autosave, two writers, check answers, submit, nothing to report."""

import datetime as dt

import pytest

from kit import clock
from monitoring.choices import SECTIONS
from monitoring.models import ReturnAct
from monitoring.services import returns
from tests.factories.monitoring import FOLLOW_UPS, GREEN, close_round, open_round, play, reopen
from tests.monitoring.pages import (
    TYPED,
    Page,
    autosave,
    fill,
    get,
    new_token,
    post,
    section_url,
    token,
    url,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)
ORDER = [section.slug for section in SECTIONS]
RECOVERY = {name: FOLLOW_UPS[name] for name in ("rating_reason", "path_to_green", "help_needed")}


@pytest.fixture
def row(plan, lead, overseer):
    """Commitment 1 in an open round, not started, without an earlier return."""
    return open_round(plan.strategy).returns.get(commitment=plan.first)


@pytest.fixture
def after_q2(plan, lead, overseer):
    """The same, after an amber return in Q2."""
    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, q2, rating="amber", done="In Q2 we trained 40 people.")
    close_round(q2)
    return open_round(plan.strategy).returns.get(commitment=plan.first)


@pytest.fixture
def as_lead(client_for, lead):
    return client_for(lead)


def saved(row):
    return row.versions.get(number=row.versions.order_by("-number").first().number)


def verbs(row) -> list[str]:
    return list(ReturnAct.objects.filter(progress_return=row).order_by("id").values_list("verb", flat=True))


# The short pages


@pytest.mark.parametrize("slug", [slug for slug in ORDER if slug != "recovery"])
def test_a_section_page_opens(row, as_lead, slug):
    page = get(as_lead, section_url(row, slug))
    assert page.status == 200
    title = next(section.title for section in SECTIONS if section.slug == slug)
    assert title in page.main
    assert page.title.startswith(f"{title}, Keep people safe")
    assert page.value("seen") == token(row, slug)
    assert "Save and continue" in page.main
    assert "Save as draft" in page.main
    assert row.versions.count() == 0, "looking writes nothing"


def test_the_way_through_a_green_return(row, as_lead):
    there = section_url(row, "progress")
    walked = []
    while "/section/" in there:
        slug = there.rstrip("/").split("/")[-1]
        walked.append(slug)
        response = fill(as_lead, row, slug)
        assert response.status_code == 302
        there = response["Location"]
    assert walked == ["progress", "rating", "next", "dates", "risks"]
    assert there == url("return_submit", row)
    assert saved(row).sections_done == walked
    assert not returns.rules.gaps(saved(row))


def test_amber_leads_through_the_path_to_green(row, as_lead):
    fill(as_lead, row, "progress")
    response = fill(as_lead, row, "rating", rating="amber")
    assert response["Location"] == section_url(row, "recovery")
    assert "Why is it amber?" in get(as_lead, section_url(row, "recovery")).main
    assert fill(as_lead, row, "recovery")["Location"] == section_url(row, "next")
    assert saved(row).green_by == dt.date(2022, 6, 30)


def test_paused_asks_for_the_reason_only(row, as_lead):
    fill(as_lead, row, "progress")
    assert fill(as_lead, row, "rating", lifecycle="paused")["Location"] == section_url(row, "recovery")
    page = get(as_lead, section_url(row, "recovery"))
    assert "Why is it paused?" in page.main
    assert "What will bring it to green" not in page.main
    response = as_lead.post(section_url(row, "recovery"), {"rating_reason": "Waiting.", "then": "continue"})
    assert response["Location"] == section_url(row, "next")


def test_questions_that_were_not_on_the_page_are_not_emptied(row, as_lead, plan):
    play(plan.first, row.round, until="draft", on=TODAY, rating="red")
    fill(as_lead, row, "rating", lifecycle="paused")
    as_lead.post(section_url(row, "recovery"), {"rating_reason": "Waiting.", "then": "continue"})
    assert saved(row).path_to_green == FOLLOW_UPS["path_to_green"]


def test_the_path_to_green_goes_back_to_the_rating_when_not_needed(row, as_lead):
    for rating in ("", "green"):
        if rating:
            fill(as_lead, row, "rating", rating=rating)
        response = as_lead.get(section_url(row, "recovery"))
        assert response["Location"] == section_url(row, "rating")


def test_continue_goes_to_what_is_left_and_then_to_check_answers(row, as_lead):
    for slug in ("progress", "rating", "next", "risks"):
        fill(as_lead, row, slug)
    # Only the date is left, which comes before risks: back to it.
    assert fill(as_lead, row, "risks")["Location"] == section_url(row, "dates")
    assert fill(as_lead, row, "dates")["Location"] == url("return_submit", row)
    # From a Change link straight back to check answers.
    assert fill(as_lead, row, "progress", done="More.")["Location"] == url("return_submit", row)


def test_save_as_draft_keeps_what_is_incomplete_and_goes_to_the_task_list(row, as_lead):
    response = fill(as_lead, row, "rating", then="draft", rating="")
    assert response["Location"] == url("return", row)
    page = get(as_lead, response["Location"])
    assert "“Delivery confidence” is saved as a draft." in page.main
    assert "Delivery confidence In progress" in page.main
    assert saved(row).sections_done == []
    assert verbs(row) == ["started"]


def test_a_finished_section_saved_as_draft_is_in_progress_again(row, as_lead):
    fill(as_lead, row, "progress")
    assert "Progress this period Completed" in get(as_lead, url("return", row)).main
    fill(as_lead, row, "progress", then="draft")
    assert "Progress this period In progress" in get(as_lead, url("return", row)).main


def test_the_task_list_says_where_each_section_stands(row, as_lead):
    page = get(as_lead, url("return", row))
    assert page.main.count("Not started") >= 5
    assert "Path to green" in page.main
    assert "Cannot start yet" in page.main
    assert page.href("Start the return") == section_url(row, "progress")
    assert page.href("Nothing to report") == url("return_nil", row)
    fill(as_lead, row, "rating")
    page = get(as_lead, url("return", row))
    assert "Not needed" in page.main
    assert page.href("Check answers") == url("return_submit", row)


def test_last_quarter_stands_beside_each_question(after_q2, as_lead):
    page = get(as_lead, section_url(after_q2, "progress"))
    beside = page.by_class("stride-beside__last")
    assert len(beside) == 2
    assert beside[0].startswith("Q2 2021-22 In Q2 we trained 40 people.")
    assert page.tree.xpath("//button[@name='carry']/@value") == ["done", "difference"]
    assert page.value("done") == "", "narrative is never filled in by itself"
    rating = get(as_lead, section_url(after_q2, "rating"))
    assert "Q2 2021-22: Amber" in rating.main
    assert rating.value("rating") == ""
    assert rating.value("lifecycle") == "in_progress"


def test_an_answer_not_given_last_time_cannot_be_carried(after_q2, plan, as_lead):
    fill(as_lead, after_q2, "rating", rating="amber")
    page = get(as_lead, section_url(after_q2, "recovery"))
    assert page.tree.xpath("//button[@name='carry']/@value") == ["rating_reason", "path_to_green", "help_needed"]


def test_carrying_forward_keeps_what_was_typed_and_appends_once(after_q2, as_lead):
    typed = {"done": "In Q3 we trained 12.", "difference": "Fewer complaints.", "seen": token(after_q2, "progress")}
    response = as_lead.post(section_url(after_q2, "progress"), {**typed, "carry": "done"})
    assert response["Location"] == section_url(after_q2, "progress") + "#id_done"
    expected = "In Q3 we trained 12.\n\nIn Q2 we trained 40 people."
    assert saved(after_q2).done == expected
    assert saved(after_q2).difference == "Fewer complaints."
    page = get(as_lead, section_url(after_q2, "progress"))
    assert page.value("done") == expected
    as_lead.post(section_url(after_q2, "progress"), {"done": expected, "seen": page.value("seen"), "carry": "done"})
    assert saved(after_q2).done == expected
    assert saved(after_q2).sections_done == []


def test_a_double_click_on_carry_is_no_conflict_with_oneself(after_q2, as_lead):
    typed = {"done": "New.", "difference": "", "seen": token(after_q2, "progress"), "carry": "done"}
    first, second = (as_lead.post(section_url(after_q2, "progress"), typed) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert saved(after_q2).done == "New.\n\nIn Q2 we trained 40 people."


def test_what_does_not_fit_is_not_carried_and_says_so(after_q2, as_lead):
    typed = {"done": "x" * 9_990, "difference": "", "seen": token(after_q2, "progress"), "carry": "done"}
    response = as_lead.post(section_url(after_q2, "progress"), typed, follow=True)
    assert "last time’s answer does not fit under yours" in Page(response).main
    assert saved(after_q2).done == "x" * 9_990


@pytest.mark.parametrize("field", ["rating", "lifecycle", "nonsense", "pk", "green_by", "next_steps"])
def test_only_words_of_this_section_are_carried(after_q2, as_lead, field):
    sent = {"lifecycle": "paused", "seen": token(after_q2, "rating"), "carry": field}
    assert as_lead.post(section_url(after_q2, "rating"), sent).status_code == 302
    assert (saved(after_q2).lifecycle, saved(after_q2).rating) == ("paused", "")


def test_after_a_nil_return_there_is_nothing_to_carry(plan, lead, overseer, as_lead):
    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, q2, nil=True)
    close_round(q2)
    row = open_round(plan.strategy).returns.get(commitment=plan.first)
    page = get(as_lead, section_url(row, "progress"))
    assert page.by_class("stride-beside__last")[0] == "Q2 2021-22 Nothing to report."
    assert page.tree.xpath("//button[@name='carry']") == []


# What is missing


def test_amber_without_a_reason(row, as_lead):
    fill(as_lead, row, "rating", rating="amber")
    response = fill(as_lead, row, "recovery", rating_reason="")
    page = Page(response)
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.error_beside("rating_reason") == "Say why it is amber"
    assert page.summary == [("Say why it is amber", "#id_rating_reason")]
    assert page.links_land()
    assert page.tree.xpath("//textarea[@id='id_rating_reason']/@aria-describedby")[0].split()[0] == (
        "id_rating_reason_error"
    )
    # What was typed is still there, and it is kept.
    assert page.value("path_to_green") == FOLLOW_UPS["path_to_green"]
    assert (page.value("green_by_day"), page.value("green_by_month")) == ("30", "6")
    assert saved(row).path_to_green == FOLLOW_UPS["path_to_green"]
    assert "recovery" not in saved(row).sections_done
    # And the page that shows the error saves: it starts from what was kept.
    again = as_lead.post(
        section_url(row, "recovery"),
        {**TYPED["recovery"], "seen": page.value("seen"), "then": "continue"},
    )
    assert again["Location"] == section_url(row, "next")
    assert saved(row).rating_reason == FOLLOW_UPS["rating_reason"]


@pytest.mark.parametrize(
    ("slug", "given", "expected"),
    [
        ("progress", {"done": " "}, [("Say what has been done", "#id_done")]),
        (
            "rating",
            {"lifecycle": "in_progress", "rating": "", "outlook": ""},
            [
                ("Choose green, amber or red", "#id_rating_0"),
                ("Say whether it is improving, the same or worsening", "#id_outlook_0"),
            ],
        ),
        ("next", {"next_steps": ""}, [("Say what happens next", "#id_next_steps")]),
        (
            "dates",
            {"expected_on_day": "", "expected_on_month": "", "expected_on_year": ""},
            [("Say when it is expected to be complete", "#id_expected_on_day")],
        ),
    ],
)
def test_each_page_says_what_it_misses(row, as_lead, slug, given, expected):
    fill(as_lead, row, "rating", then="draft")
    page = Page(fill(as_lead, row, slug, **given))
    assert page.status == 422
    assert page.summary == expected
    assert page.links_land()


def test_a_moved_date_asks_why(after_q2, as_lead):
    page = Page(fill(as_lead, after_q2, "dates", expected_on_year="2026"))
    assert page.summary == [("Say why the date has moved", "#id_date_reason")]
    assert "Last expected on 31 March 2025." in page.main
    assert saved(after_q2).expected_on == dt.date(2026, 3, 31)
    assert saved(after_q2).expected_was == dt.date(2025, 3, 31)


def test_risks_may_stay_empty(row, as_lead):
    assert fill(as_lead, row, "risks", risks="").status_code == 302


def test_definitions_stay_those_of_the_day_the_round_opened(row, plan, as_lead):
    plan.strategy.amber_means = "Something quite different."
    plan.strategy.save()
    page = get(as_lead, section_url(row, "rating"))
    assert "At risk, with a plan." in page.main
    assert "Something quite different." not in page.main
    hints = page.tree.xpath("//input[@name='rating'][@value='amber']/@aria-describedby")
    assert page.words(f"//*[@id='{hints[0]}']") == "At risk, with a plan."


# Autosave


def test_autosave_answers_with_a_line_and_the_next_token(row, as_lead):
    first = autosave(as_lead, row, "progress", done="We", seen=token(row, "progress"))
    assert first.status_code == 200
    assert first.content.decode().strip().startswith("Saved at ")
    assert b"<html" not in first.content
    assert new_token(first) == token(row, "progress")
    second = autosave(as_lead, row, "progress", done="We did", difference="Much.", seen=new_token(first))
    assert saved(row).done == "We did"
    # And the form that got the tokens can be sent.
    typed = {"done": "We did it.", "difference": "Much.", "seen": new_token(second), "then": "continue"}
    assert as_lead.post(section_url(row, "progress"), typed).status_code == 302
    assert saved(row).done == "We did it."


def test_autosave_keeps_what_is_incomplete_and_marks_nothing_done(row, as_lead):
    autosave(as_lead, row, "rating", lifecycle="in_progress", rating="amber", seen=token(row, "rating"))
    assert (saved(row).rating, saved(row).sections_done) == ("amber", [])


def test_autosave_of_an_error_writes_nothing_and_says_so(row, as_lead):
    response = autosave(as_lead, row, "progress", done="x" * 10_001, seen=token(row, "progress"))
    assert response.status_code == 200
    assert "Not saved yet: What has been done must be 10,000 characters or fewer" in response.content.decode()
    assert new_token(response) == ""
    assert row.versions.count() == 0


def test_autosave_of_a_conflict_writes_nothing_and_says_so(row, as_lead, client_for, delegate):
    stale = token(row, "progress")
    autosave(client_for(delegate), row, "progress", done="Theirs.", seen=stale)
    response = autosave(as_lead, row, "progress", done="Mine.", seen=stale)
    assert "Not saved: somebody else changed this section." in response.content.decode()
    assert new_token(response) == ""
    assert saved(row).done == "Theirs."


def test_autosave_after_submitting_says_why_not(row, plan, as_lead):
    play(plan.first, row.round, until="submitted", on=TODAY)
    response = autosave(as_lead, row, "progress", done="Late thought.")
    assert "Not saved. This return is with the overseer." in response.content.decode()
    assert saved(row).done == GREEN["done"]


def test_autosave_when_signed_out_is_one_line_not_the_sign_in_page(row, client):
    response = autosave(client, row, "progress", done="Mine.")
    assert response.status_code == 200
    assert "Not saved: you have been signed out. Copy what you wrote" in response.content.decode()
    assert b"<html" not in response.content
    assert row.versions.count() == 0
    plain = client.post(url("return_autosave", row, "progress"), {"done": "Mine."})
    assert plain["Location"] == f"/sign-in/?next={section_url(row, 'progress')}"


def test_the_page_is_wired_for_autosave(row, as_lead):
    page = get(as_lead, section_url(row, "progress"))
    [form] = page.tree.xpath("//main//form")
    assert form.get("hx-post") == url("return_autosave", row, "progress")
    assert form.get("action") == section_url(row, "progress"), "without a script it is a form like any other"
    assert form.get("hx-target") == "#autosave"
    assert page.tree.xpath("//*[@id='autosave']/@role") == ["status"]
    assert page.ids.count("id_seen") == 1


# Two writers


def test_the_conflict_page_shows_both_texts_and_its_form_saves(row, as_lead, client_for, delegate):
    stale = token(row, "progress")
    fill(client_for(delegate), row, "progress", done="We trained 40.", difference="")
    mine = {"done": "We trained 14.", "difference": "Fewer complaints.", "seen": stale, "then": "continue"}
    page = Page(as_lead.post(section_url(row, "progress"), mine))
    assert page.status == 409
    assert page.title.startswith("Two people changed “Progress this period”")
    assert "Dele Delegate saved “Progress this period” while you were writing." in page.main
    both = page.by_class("stride-two")
    assert both[0] == "Saved by Dele DelegateWe trained 40. Yours, not saved yetWe trained 14."
    assert both[1] == "Saved by Dele DelegateEmpty Yours, not saved yetFewer complaints."
    assert saved(row).done == "We trained 40."
    assert page.value("done") == "We trained 14."
    merged = {**mine, "done": "We trained 54.", "seen": page.value("seen")}
    assert as_lead.post(section_url(row, "progress"), merged).status_code == 302
    assert saved(row).done == "We trained 54."


def test_the_conflict_page_says_choices_and_days_in_words(row, as_lead, client_for, delegate):
    fill(as_lead, row, "rating", rating="red")
    stale = {slug: token(row, slug) for slug in ("rating", "recovery")}
    other = client_for(delegate)
    fill(other, row, "rating", rating="amber")
    fill(other, row, "recovery", green_by_year="2023")
    page = Page(as_lead.post(section_url(row, "rating"), {**TYPED["rating"], "seen": stale["rating"]}))
    assert page.by_class("stride-two") == ["Saved by Dele DelegateAmber Yours, not saved yetGreen"]
    page = Page(as_lead.post(section_url(row, "recovery"), {**TYPED["recovery"], "seen": stale["recovery"]}))
    assert page.status == 409
    assert page.by_class("stride-two") == [
        "Saved by Dele Delegate30 June 2023 Yours, not saved yet30 June 2022",
    ]


def test_the_same_words_twice_are_no_conflict(row, as_lead, client_for, delegate):
    stale = token(row, "next")
    fill(client_for(delegate), row, "next")
    response = as_lead.post(section_url(row, "next"), {**TYPED["next"], "seen": stale, "then": "continue"})
    assert response.status_code == 302


# Check answers and submit


def test_check_answers_lists_what_is_missing_with_links_that_land(row, as_lead):
    fill(as_lead, row, "rating", rating="amber")
    page = get(as_lead, url("return_submit", row))
    assert page.status == 200
    assert page.summary == [], "nobody has pressed anything yet"
    expected = {
        "Say what has been done": section_url(row, "progress") + "#id_done",
        "Say why it is amber": section_url(row, "recovery") + "#id_rating_reason",
        "Say what will bring it to green": section_url(row, "recovery") + "#id_path_to_green",
        "Say by when it will be green": section_url(row, "recovery") + "#id_green_by_day",
        "Say what help is needed, or that none is": section_url(row, "recovery") + "#id_help_needed",
        "Say what happens next": section_url(row, "next") + "#id_next_steps",
        "Say when it is expected to be complete": section_url(row, "dates") + "#id_expected_on_day",
    }
    assert {words: page.href(words) for words in expected} == expected
    pressed = Page(post(as_lead, url("return_submit", row)))
    assert pressed.title.startswith("Error: ")
    assert dict(pressed.summary) == expected
    for target in expected.values():
        address, control = target.split("#")
        assert control in get(as_lead, address).ids
    assert verbs(row) == ["started"]


def test_every_change_link_lands_on_its_control(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY, rating="amber")
    page = get(as_lead, url("return_submit", row))
    links = page.tree.xpath("//main//a[contains(., 'Change')]/@href")
    assert len(links) == 12
    for link in links:
        address, control = link.split("#")
        assert control in get(as_lead, address).ids, link


def test_check_answers_shows_the_answers_and_who_submits_for_whom(row, plan, client_as, lead, delegate):
    play(plan.first, row.round, until="draft", on=TODAY)
    page = get(client_as("lead"), url("return_submit", row))
    assert GREEN["done"] in page.main
    assert "You submit as the Commander for Public Protection." in page.main
    assert "It goes to the AC who leads Front Line Policing, Omar Overseer." in page.main
    page = get(client_as("delegate"), url("return_submit", row))
    assert "You submit on behalf of the Commander for Public Protection." in page.main


def test_submitting_and_its_confirmation(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY)
    response = post(as_lead, url("return_submit", row))
    assert response["Location"] == url("return_submitted", row)
    page = get(as_lead, response["Location"])
    assert "Return submitted" in page.main
    assert "Submitted by Lena Lead, Commander for Public Protection on 19 January 2022" in page.main
    assert "It is with the AC who leads Front Line Policing, Omar Overseer" in page.main


def test_a_double_click_sends_one_return(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY)
    answers = [post(as_lead, url("return_submit", row)) for _ in range(3)]
    assert {answer["Location"] for answer in answers} == {url("return_submitted", row)}
    assert verbs(row) == ["started", "submitted"]
    assert as_lead.get(url("return_submit", row))["Location"] == url("return_submitted", row)


def test_the_confirmation_may_be_bookmarked(row, plan, as_lead):
    play(plan.first, row.round, on=TODAY)
    page = get(as_lead, url("return_submitted", row))
    assert page.status == 200
    assert "None. It is signed off." in page.main


def test_there_is_no_confirmation_before_submitting_or_for_others(row, plan, as_lead, client_for, overseer):
    assert as_lead.get(url("return_submitted", row))["Location"] == url("return", row)
    play(plan.first, row.round, until="submitted", on=TODAY)
    assert client_for(overseer).get(url("return_submitted", row))["Location"] == url("return", row)


def test_a_delegate_submits_on_behalf_and_both_are_shown(row, plan, client_for, delegate):
    client = client_for(delegate)
    play(plan.first, row.round, until="draft", on=TODAY)
    post(client, url("return_submit", row))
    both = "Dele Delegate, on behalf of the Commander for Public Protection (Lena Lead)"
    assert f"Submitted by {both} on" in get(client, url("return_submitted", row)).main
    page = get(client, url("return", row))
    assert both in page.main
    assert any(each.startswith("Dele Delegate, for the Commander") for each in page.by_class("stride-timeline__who"))


# Nothing to report


def test_a_nil_return_is_confirmed_on_its_own_page(row, as_lead):
    page = get(as_lead, url("return_nil", row))
    assert "Confirm that there is nothing to report" in page.main
    assert "between 1 October 2021 and 31 December 2021" in page.main
    assert "What you have drafted" not in page.main
    answers = [post(as_lead, url("return_nil", row)) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {url("return_submitted", row)}
    assert verbs(row) == ["started", "submitted_nil"]
    assert "It says that there is nothing to report." in get(as_lead, url("return_submitted", row)).main


def test_a_nil_return_warns_about_what_was_drafted(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY, rating="red")
    assert "What you have drafted is not part of a nil return." in get(as_lead, url("return_nil", row)).main
    post(as_lead, url("return_nil", row))
    version = saved(row)
    assert (version.is_nil, version.done, version.rating, version.rating_reason) == (True, "", "", "")
    assert version.ledger.filter(done=GREEN["done"]).exists(), "the ledger still has every word"


def test_a_nil_return_sent_back_stays_nil_until_something_is_written(row, plan, as_lead):
    play(plan.first, row.round, until="changes_requested", on=TODAY, nil=True)
    assert "So far it says that there is nothing to report." in get(as_lead, url("return", row)).main
    check = get(as_lead, url("return_submit", row))
    assert "Nothing to report in this period." in check.main
    assert "Not provided" not in check.main
    post(as_lead, url("return_submit", row))
    assert verbs(row)[-1] == "submitted_nil"


def test_writing_takes_the_place_of_nil(row, plan, as_lead):
    play(plan.first, row.round, until="changes_requested", on=TODAY, nil=True)
    fill(as_lead, row, "progress")
    assert not saved(row).is_nil
    assert post(as_lead, url("return_submit", row)).status_code == 200


# Asked to change


def test_what_was_asked_for_is_on_the_task_list_and_beside_its_section(row, plan, as_lead):
    play(plan.first, row.round, until="changes_requested", on=TODAY, comment="How many people, and where?")
    asked = "Omar Overseer, AC who leads Front Line Policing, asks for changes"
    tasks = get(as_lead, url("return", row))
    assert asked in tasks.main
    assert "How many people, and where?" in tasks.main
    for slug, there in (("progress", True), ("next", False)):
        page = get(as_lead, section_url(row, slug))
        assert ("How many people, and where?" in page.main) is there
    fill(as_lead, row, "progress", done="40 people in 3 places.")
    assert "How many people, and where?" in get(as_lead, section_url(row, "progress")).main, "also while it is changed"


def test_the_newest_request_is_the_one_that_is_shown(row, plan, as_lead):
    play(plan.first, row.round, until="changes_requested", on=TODAY, comment="How many?")
    play(plan.first, row.round, until="changes_requested", comment="And where?", on=TODAY + dt.timedelta(days=1))
    page = get(as_lead, section_url(row, "progress"))
    assert "And where?" in page.main
    assert "How many?" not in page.words("//main//div[contains(@class, 'govuk-inset-text')]")


def test_a_reopened_return_says_why_to_its_lead(row, plan, as_lead):
    play(plan.first, row.round, on=TODAY)
    row.refresh_from_db()
    reopen(row, "A figure was wrong.", on=TODAY)
    page = get(as_lead, url("return", row))
    assert "Reopened: A figure was wrong." in page.main
    assert page.value("seen") == ""
    assert get(as_lead, section_url(row, "progress")).value("done") == GREEN["done"]


# The doors


SECTION_DOORS = [
    ("return_section", ("progress",), {"done": "Mine."}),
    ("return_submit", (), {}),
    ("return_nil", (), {}),
]


@pytest.mark.parametrize(("name", "more", "sent"), SECTION_DOORS)
@pytest.mark.parametrize("persona", ["team", "overseer", "secretariat"])
def test_only_the_leads_side_files(row, client_as, name, more, sent, persona):
    client = client_as(persona)
    for response in (client.get(url(name, row, *more)), post(client, url(name, row, *more), sent)):
        assert response.status_code == 403
        sentence = "Only the Commander for Public Protection, or a delegate, can write this return."
        assert sentence in Page(response).main
    assert row.versions.count() == 0


@pytest.mark.parametrize(("name", "more", "sent"), SECTION_DOORS)
@pytest.mark.parametrize("persona", ["member", "viewer", "stranger"])
def test_out_of_reach_there_is_no_such_page(row, client_as, name, more, sent, persona):
    client = client_as(persona)
    assert client.get(url(name, row, *more)).status_code == 404
    refused = post(client, url(name, row, *more), sent)
    assert refused.status_code == (404 if persona == "member" else 403), "who only reads is stopped before the page"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("submitted", "This return is with the overseer."),
        ("signed_off", "This return is signed off."),
    ],
)
def test_the_wrong_state_says_which(row, plan, as_lead, state, sentence):
    play(plan.first, row.round, until=state, on=TODAY)
    response = as_lead.get(section_url(row, "progress"))
    assert response.status_code == 403
    assert sentence in Page(response).main
    assert sentence in get(as_lead, url("return", row)).main


def test_before_the_round_opens_and_after_it_closes(row, as_lead):
    with clock.standing_at(row.round.opens_on - dt.timedelta(days=1)):
        assert "open on 4 January 2022" in get(as_lead, section_url(row, "progress")).main
    with clock.standing_at(row.round.closes_on):
        assert get(as_lead, section_url(row, "progress")).status == 200
    with clock.standing_at(row.round.closes_on + dt.timedelta(days=1)):
        page = get(as_lead, section_url(row, "progress"))
        assert page.status == 403
        assert "so this return is missing. What was written is kept." in page.main


def test_head_is_as_good_as_get(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY)
    for address in (section_url(row, "progress"), url("return_submit", row), url("return_nil", row)):
        assert as_lead.head(address).status_code == 200
