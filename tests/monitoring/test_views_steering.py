"""What the strategy team does to one return: reopen, exempt, include, let in late."""

import datetime as dt

import pytest

from kit import clock
from people.models import Message
from tests.factories.monitoring import close_round, exempt, open_round, play
from tests.monitoring.pages import Page, get, post, url

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)
AFTER = dt.date(2022, 2, 3)
ADDRESSES = ["return_reopen", "return_exempt", "return_include", "return_let_in_late"]


@pytest.fixture
def row(plan, lead, overseer):
    return open_round(plan.strategy).returns.get(commitment=plan.first)


@pytest.fixture
def signed(row, plan):
    return play(plan.first, row.round, on=TODAY)


@pytest.fixture
def as_team(client_for, team):
    return client_for(team)


def day(value: dt.date) -> dict:
    return {"until_day": value.day, "until_month": value.month, "until_year": value.year}


def verbs(row) -> list[str]:
    return list(row.acts.order_by("id").values_list("verb", flat=True))


# Reopen


def test_reopening_asks_why_and_says_what_it_does(signed, as_team):
    assert get(as_team, url("return", signed)).href("Reopen") == url("return_reopen", signed)
    page = get(as_team, url("return_reopen", signed))
    assert "The signed-off version stays on record." in page.main
    assert page.href("Cancel") == url("return", signed)
    response = post(as_team, url("return_reopen", signed), {"reason": "A figure was wrong."})
    assert response["Location"] == url("return", signed)
    page = get(as_team, response["Location"])
    assert "Reopened. The lead and the overseer have been told." in page.main
    assert "Reopened: A figure was wrong." in page.main
    assert page.href("Version 1") == url("return_version", signed, 1)
    signed.refresh_from_db()
    assert (signed.state, signed.version_number) == ("draft", 2)


@pytest.mark.parametrize(
    ("name", "state"), [("return_reopen", "signed_off"), ("return_exempt", ""), ("return_let_in_late", "missing")]
)
@pytest.mark.parametrize("reason", ["", "   \n"])
def test_each_says_why(row, plan, as_team, name, state, reason):
    with clock.standing_at(TODAY):
        if state == "signed_off":
            play(plan.first, row.round, on=TODAY)
    if state == "missing":
        close_round(row.round)
    with clock.standing_at(AFTER if state == "missing" else TODAY):
        page = Page(post(as_team, url(name, row), {"reason": reason, **day(AFTER)}))
    assert page.status == 422
    assert page.summary == [("Say why", "#id_reason")]
    assert page.links_land()


def test_a_double_click_reopens_once(signed, as_team):
    answers = [post(as_team, url("return_reopen", signed), {"reason": "Wrong."}) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [url("return", signed)] * 2
    assert verbs(signed).count("reopened") == 1
    assert signed.versions.count() == 2


def test_another_reason_sent_too_late_is_given_back(signed, as_team):
    post(as_team, url("return_reopen", signed), {"reason": "Wrong."})
    page = Page(post(as_team, url("return_reopen", signed), {"reason": "Quite another thing."}))
    assert page.status == 403
    assert "Only a signed-off return can be reopened." in page.main
    assert page.words("//textarea") == "Quite another thing."


# Exempt and back


def test_exempting_and_taking_it_back(row, plan, as_team, client_for, lead):
    play(plan.first, row.round, until="draft", on=TODAY)
    page = get(as_team, url("return_exempt", row))
    assert "It then does not count as missing. What was drafted is kept." in page.main
    post(as_team, url("return_exempt", row), {"reason": "It starts in May."})
    page = get(as_team, url("return", row))
    assert "Exempt It starts in May." in page.main
    assert page.href("Take the exemption back") == url("return_include", row)
    told = get(client_for(lead), url("return", row)).main
    assert "This commitment is exempt in this round, so there is nothing to file." in told
    page = get(as_team, url("return_include", row))
    assert "The return is expected again by 25 January 2022. It was exempt because: It starts in May." in page.main
    answers = [post(as_team, url("return_include", row)) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [url("return", row)] * 2
    row.refresh_from_db()
    assert (row.state, row.exempt_reason) == ("draft", "")
    assert verbs(row) == ["started", "exempted", "included"]
    assert row.versions.get().done


def test_a_double_click_exempts_once(row, as_team):
    answers = [post(as_team, url("return_exempt", row), {"reason": "It starts in May."}) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [url("return", row)] * 2
    assert verbs(row) == ["exempted"]


def test_exempt_is_not_missing_after_the_close(row, plan, as_team):
    exempt(plan.first, row.round)
    close_round(row.round)
    with clock.standing_at(AFTER):
        page = get(as_team, url("return", row))
        assert "Missing" not in page.main
        assert "Nothing to file in this round." in page.main
        refused = get(as_team, url("return_include", row))
    assert refused.status == 403
    assert "The round is not open." in refused.main


# Let in late


def test_letting_in_late(row, as_team, client_for, lead):
    close_round(row.round)
    with clock.standing_at(AFTER):
        page = get(as_team, url("return", row))
        assert "It had not been submitted when the round closed (Commander for Public Protection: Lena" in page.main
        assert page.href("Let it in late") == url("return_let_in_late", row)
        sent = {"reason": "The lead was ill.", **day(AFTER + dt.timedelta(days=7))}
        answers = [post(as_team, url("return_let_in_late", row), sent) for _ in range(2)]
        assert [answer["Location"] for answer in answers] == [url("return", row)] * 2
        assert "The lead can file it now, and has been told." in get(as_team, url("return", row)).main
        lead_page = get(client_for(lead), url("return", row))
        assert "Let in late until 10 February 2022." in lead_page.main
        assert post(client_for(lead), url("return_nil", row)).status_code == 302
        page = get(as_team, url("return", row))
    assert verbs(row) == ["missed", "let_in_late", "started", "submitted_nil"], "a double click lets it in once"
    assert Message.objects.filter(kind="let_in_late").count() == 1
    assert "It came in on 3 February 2022." in page.main, "and it stays missing"
    row.refresh_from_db()
    assert row.missed


def test_a_longer_time_is_another_act(row, as_team):
    close_round(row.round)
    with clock.standing_at(AFTER):
        for days in (3, 9):
            sent = {"reason": "The lead was ill.", **day(AFTER + dt.timedelta(days=days))}
            assert post(as_team, url("return_let_in_late", row), sent).status_code == 302
    row.refresh_from_db()
    assert row.late_until == AFTER + dt.timedelta(days=9)
    assert verbs(row) == ["missed", "let_in_late", "let_in_late"]


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ({"until_day": "2", "until_month": "2", "until_year": "2022"}, "Choose today or a later day"),
        ({"until_day": "31", "until_month": "2", "until_year": "2022"}, "The day must be a real date"),
        ({"until_day": "", "until_month": "", "until_year": ""}, "Enter the day"),
        ({"until_day": "3", "until_month": "", "until_year": "2022"}, "The day must include a month"),
    ],
)
def test_until_a_day_that_is_still_to_come(row, as_team, until, sentence):
    close_round(row.round)
    with clock.standing_at(AFTER):
        page = Page(post(as_team, url("return_let_in_late", row), {"reason": "The lead was ill.", **until}))
    assert page.status == 422
    assert [words for words, _ in page.summary] == [sentence]
    assert page.links_land()
    assert page.value("reason") == "The lead was ill."


# The doors


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("persona", ["lead", "delegate", "overseer", "secretariat", "auditor"])
def test_only_the_strategy_team_steers(signed, client_as, name, persona):
    client = client_as(persona)
    assert client.get(url(name, signed)).status_code == 403
    page = Page(post(client, url(name, signed), {"reason": "I say so.", **day(AFTER)}))
    assert page.status == 403
    if persona == "auditor":
        assert "Auditors read everything here and change nothing." in page.main
    elif name == "return_reopen":
        assert "Only the strategy team can reopen a return." in page.main
    else:
        assert "The strategy team runs the reporting rounds." in page.main
    signed.refresh_from_db()
    assert signed.state == "signed_off"


@pytest.mark.parametrize("name", ADDRESSES)
def test_out_of_reach_there_is_no_such_page(row, client_as, name):
    client = client_as("member")
    assert client.get(url(name, row)).status_code == 404
    assert post(client, url(name, row), {"reason": "I say so."}).status_code == 404


@pytest.mark.parametrize(
    ("name", "state", "sentence"),
    [
        ("return_reopen", "draft", "Only a signed-off return can be reopened."),
        ("return_reopen", "submitted", "Only a signed-off return can be reopened."),
        ("return_exempt", "submitted", "A return can be exempted only before it is submitted."),
        ("return_exempt", "signed_off", "A return can be exempted only before it is submitted."),
        ("return_include", "draft", "This return is not exempt."),
        ("return_let_in_late", "draft", "This return is not missing."),
    ],
)
def test_the_wrong_state_says_which(row, plan, as_team, name, state, sentence):
    play(plan.first, row.round, until=state, on=TODAY)
    assert url(name, row) not in get(as_team, url("return", row)).body, "the button is not drawn"
    for response in (as_team.get(url(name, row)), post(as_team, url(name, row), {"reason": "I say so."})):
        assert response.status_code == 403
        assert sentence in Page(response).main
