"""The pages about rounds: who sees what, who everything waits for, opening, closing, moving the days."""

import csv
import datetime as dt
import html
import io
import re

import pytest
from django.urls import reverse

from monitoring.models import ProgressReturn, ReportingRound
from people.models import Tenure
from tests.factories.commitments import CommitmentFactory
from tests.factories.monitoring import (
    ReportingRoundFactory,
    close_round,
    exempt,
    let_in_late,
    open_round,
    play,
    reopen,
)
from tests.factories.people import DelegationFactory, TenureFactory

pytestmark = pytest.mark.django_db
READERS = ["lead", "overseer", "delegate", "secretariat", "member", "auditor", "viewer", "stranger"]
RUNNERS = ["team", "admin"]
HOSTILE = "<script>alert(1)</script> =1+1"


def text_of(response) -> str:
    """What a reader reads, in one line."""
    body = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def rows_of(response) -> list[dict]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def round(plan):
    return open_round(plan.strategy)


def page(round, *extra: str) -> str:
    return reverse("monitoring:round", args=[round.pk]) + "".join(extra)


# The list


@pytest.mark.parametrize("persona", [*READERS, *RUNNERS])
def test_everybody_sees_opened_rounds(client_as, round, persona):
    shown = text_of(client_as(persona).get(reverse("monitoring:rounds")))
    assert "Q3 2021-22" in shown
    assert "0 of 2" in shown
    assert ("Plan a round" in shown) == (persona in RUNNERS)


@pytest.mark.parametrize(("persona", "seen"), [("team", True), ("auditor", True), ("lead", False), ("viewer", False)])
def test_planned_rounds_are_for_those_who_keep_or_check_the_plan(client_as, plan, persona, seen):
    round = ReportingRoundFactory(strategy=plan.strategy)
    client = client_as(persona)
    assert ("Q3 2021-22" in text_of(client.get(reverse("monitoring:rounds")))) == seen
    assert client.get(page(round)).status_code == (200 if seen else 404)


def test_the_list_counts_what_is_in_signed_off_and_missing(client_as, plan, team):
    CommitmentFactory(programme=plan.programme, number=3)
    exempted = CommitmentFactory(programme=plan.programme, number=4)
    round = open_round(plan.strategy)
    play(plan.first, round)
    play(plan.second, round, until="submitted")
    exempt(exempted, round)
    close_round(round)
    client = client_as("team")
    shown = text_of(client.get(reverse("monitoring:rounds")))
    assert "2 of 3 1 of 3 1" in shown
    [row] = rows_of(client.get(reverse("monitoring:rounds"), {"download": "rounds-stride"}))
    assert (row["Submitted"], row["Submitted: of"]) == ("2", "3")
    assert (row["Signed off"], row["Signed off: of"], row["Missing"]) == ("1", "3", "1")
    assert row["Due"] == "2022-01-25"


def test_the_list_sorts(client_as, plan):
    open_round(plan.strategy, "Q2 2021-22")
    open_round(plan.strategy)
    client = client_as("viewer")
    newest = text_of(client.get(reverse("monitoring:rounds")))
    oldest = text_of(client.get(reverse("monitoring:rounds"), {"sort-stride": "period"}))
    assert newest.index("Q3 2021-22") < newest.index("Q2 2021-22")
    assert oldest.index("Q2 2021-22") < oldest.index("Q3 2021-22")


def test_an_empty_list_says_what_to_do(client_as):
    assert "Plan a round" in text_of(client_as("team").get(reverse("monitoring:rounds")))
    assert "When the strategy team opens one" in text_of(client_as("viewer").get(reverse("monitoring:rounds")))


# One round


def test_the_page_says_who_everything_waits_for(client_as, plan, lead, overseer, team):
    vacant = CommitmentFactory(
        programme=plan.programme, number=3, title="Third", lead_post__title="Director of Nothing"
    )
    round = open_round(plan.strategy)
    play(plan.first, round, until="submitted", on=dt.date(2022, 1, 17))
    shown = text_of(client_as("team").get(page(round)))
    assert "1 of 3 is in; 0 are signed off." in shown
    assert "Due by 25 January 2022: 6 days left." in shown
    assert "AC who leads Front Line Policing Omar Overseer 2 17 Jan 2022" in shown
    assert "Director of Nothing is vacant: commitment 3 has waited 15 days." in shown
    assert str(vacant) in shown


def test_the_file_has_the_rows_of_the_page(client_as, plan, lead, overseer, team):
    round = open_round(plan.strategy)
    play(plan.first, round, rating="amber", until="submitted", on=dt.date(2022, 1, 26))
    client = client_as("team")
    first, second = rows_of(client.get(page(round), {"download": f"round-{round.pk}"}))
    assert first == {
        "Commitment": "1. Keep people safe",
        "State": "Submitted",
        "Rating": "Amber (not signed off)",
        "Lead": "Commander for Public Protection (Lena Lead)",
        "Waiting with": "AC who leads Front Line Policing (Omar Overseer)",
        "Days": "0",
        "Submitted": "2022-01-26 (1 day late)",
        "Last chased": "",
    }
    assert (second["State"], second["Days"]) == ("Not started", "15")
    narrowed = rows_of(client.get(page(round), {"download": f"round-{round.pk}", "state": "submitted"}))
    assert narrowed == [first]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"state": "submitted"}, {"Keep people safe"}),
        ({"waiting": "commander-public-protection"}, {"Listen first"}),
        ({"state": "nonsense"}, {"Keep people safe", "Listen first"}),
        ({"state": "submitted", "waiting": "commander-public-protection"}, set()),
        ({"state": "\x00", "programme": "9" * 400, "sort": "-no"}, {"Keep people safe", "Listen first"}),
        ({"sort": "-days"}, {"Keep people safe", "Listen first"}),
    ],
)
def test_filters(client_as, plan, team, query, titles):
    round = open_round(plan.strategy)
    play(plan.first, round, until="submitted")
    response = client_as("team").get(page(round), query)
    assert response.status_code == 200
    assert {line.row.commitment.title for line in response.context["table"].records} == titles


@pytest.mark.parametrize("persona", ["viewer", "member", "stranger"])
def test_readers_see_only_what_is_signed_off_and_are_told(client_as, plan, persona):
    round = open_round(plan.strategy)
    play(plan.first, round)
    play(plan.second, round, rating="red", until="submitted")
    shown = text_of(client_as(persona).get(page(round)))
    assert "You see 1 of 2 returns" in shown
    assert "Keep people safe" in shown
    assert "Listen first" not in shown
    assert "Red" not in shown
    assert "Chase" not in shown


def test_a_reopened_return_shows_others_its_signed_rating(client_as, plan, viewer):
    round = open_round(plan.strategy)
    row = reopen(play(plan.first, round, rating="amber"))
    play(plan.first, round, rating="red", until="submitted", on=dt.date(2022, 2, 4))
    row.refresh_from_db()
    shown = text_of(client_as("viewer").get(page(round)))
    assert "Amber" in shown
    assert "Red" not in shown


def test_the_rating_of_a_draft_is_nobodys_on_this_page(client_as, plan, team):
    round = open_round(plan.strategy)
    play(plan.first, round, rating="red", until="draft")
    assert "Red" not in text_of(client_as("team").get(page(round)))


def test_conflicts_say_who_could_act(client_as, plan, lead, overseer_post, team):
    TenureFactory(post=overseer_post, person=lead.person)
    other = CommitmentFactory(programme=plan.programme, number=3, overseer_post__title="AC for Other Things")
    TenureFactory(post=other.overseer_post, person__name="Olga Other")
    shown = text_of(client_as("team").get(page(open_round(plan.strategy))))
    assert "Lead and overseer are the same person (Lena Lead)." in shown
    assert "Could act: Olga Other (AC for Other Things)." in shown
    assert "Record acting cover for AC who leads Front Line Policing" in shown


@pytest.mark.parametrize("persona", ["lead", "secretariat", "viewer"])
def test_conflicts_are_not_for_everybody(client_as, plan, lead, overseer_post, persona):
    TenureFactory(post=overseer_post, person=lead.person)
    assert "Could act" not in text_of(client_as(persona).get(page(open_round(plan.strategy))))


def test_row_links_follow_the_rules(client_as, plan, team):
    round = open_round(plan.strategy)
    play(plan.first, round, until="submitted")
    exempt(plan.second, round)
    body = client_as("team").get(page(round)).content.decode()
    first, second = round.returns.order_by("commitment__number")
    assert reverse("monitoring:return_exempt", args=[first.pk]) not in body
    assert reverse("monitoring:return_include", args=[second.pk]) in body


def test_a_missing_return_can_be_let_in_and_says_so(client_as, plan, team):
    round = close_round(open_round(plan.strategy))
    row = round.returns.get(commitment=plan.first)
    client = client_as("team")
    shown = text_of(client.get(page(round)))
    assert "0 of 2 are in; 0 are signed off; 2 were missing." in shown
    assert reverse("monitoring:return_let_in_late", args=[row.pk]) in client.get(page(round)).content.decode()
    let_in_late(row, until=dt.date(2022, 2, 10))
    assert "Let in until 10 Feb 2022" in text_of(client.get(page(round)))


def test_the_history_is_on_the_page(client_as, plan, team):
    round = close_round(open_round(plan.strategy))
    shown = text_of(client_as("viewer").get(page(round)))
    assert "Closed Tess Team, Strategy team, 1 February 2022 at 9am 2 missing." in shown
    assert "Opened Tess Team, Strategy team, 4 January 2022 at 9am 2 returns expected." in shown


def test_hostile_text_stays_text(client_as, plan, team, lead):
    plan.first.title = HOSTILE
    plan.first.save()
    lead.person.name = HOSTILE
    lead.person.save()
    round = open_round(plan.strategy, label="Q3 2021-22")
    ReportingRound.objects.filter(pk=round.pk).update(label=HOSTILE, note=HOSTILE)
    client = client_as("team")
    for address in (page(round), reverse("monitoring:rounds"), reverse("monitoring:returns"), reverse("home")):
        body = client.get(address).content.decode()
        assert "<script>alert" not in body
    for action in ("close", "chase", "edit"):
        assert (
            "<script>alert" not in client.get(reverse(f"monitoring:round_{action}", args=[round.pk])).content.decode()
        )


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("persona", "queries"), [("team", 13), ("admin", 13), ("auditor", 15), ("viewer", 14), ("lead", 11)]
)
def test_query_budget_of_the_round_page(client_as, plan, django_assert_num_queries, persona, queries, count, lead_post):
    client = client_as(persona)
    many_commitments(plan, count, lead_post)
    round = open_round(plan.strategy)
    play(plan.first, round)
    boss = Tenure.objects.get(post=plan.second.overseer_post).person
    DelegationFactory(post=lead_post, person=boss)
    with django_assert_num_queries(queries):
        assert client.get(page(round)).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_query_budget_of_the_list(client_as, plan, django_assert_num_queries, count, lead_post):
    many_commitments(plan, count, lead_post)
    open_round(plan.strategy)
    client = client_as("team")
    with django_assert_num_queries(7):
        assert client.get(reverse("monitoring:rounds")).status_code == 200


def many_commitments(plan, count, lead_post) -> None:
    """Each with an overseer of its own, so that all could act for the others."""
    for number in range(10, 10 + count):
        extra = CommitmentFactory(programme=plan.programme, number=number, lead_post=lead_post)
        TenureFactory(post=extra.overseer_post)


# Opening


@pytest.mark.parametrize("persona", READERS)
@pytest.mark.parametrize("action", ["open", "close", "edit", "chase"])
def test_others_do_not_run_rounds(client_as, round, persona, action):
    client = client_as(persona)
    address = reverse(f"monitoring:round_{action}", args=[round.pk])
    answers = [client.get(address), client.post(address)]
    assert {answer.status_code for answer in answers} == {403}
    assert "The strategy team runs the reporting rounds." in text_of(answers[0])
    assert ReportingRound.objects.get().state == "open"


def test_opening_says_first_what_it_does(client_as, plan, team, lead):
    lead.person.email = ""
    lead.person.save()
    CommitmentFactory(programme=plan.programme, number=3, lead_post__title="Director of Nothing")
    CommitmentFactory(programme=plan.programme, number=4, lifecycle="complete")
    round = ReportingRoundFactory(strategy=plan.strategy)
    shown = text_of(client_as("team").get(reverse("monitoring:round_open", args=[round.pk])))
    assert "Opening creates 3 returns and writes to 1 lead." in shown
    assert "1 lead post is vacant" in shown
    assert "Director of Nothing , commitment 3" in shown
    assert "No e-mail address is known of Lena Lead." in shown
    assert "Nothing is asked of commitment 4" in shown
    assert "It was to open on 4 January 2022. It now opens today, which leaves 6 days to file." in shown
    assert not ProgressReturn.objects.exists()


def test_opening_and_pressing_twice(client_as, plan, team):
    round = ReportingRoundFactory(strategy=plan.strategy)
    client = client_as("team")
    address = reverse("monitoring:round_open", args=[round.pk])
    answer = client.post(address, follow=True)
    assert "Q3 2021-22 is open: 2 returns asked for." in text_of(answer)
    again = client.post(address)
    assert again.status_code == 403
    assert "This round has already been opened." in text_of(again)
    assert ProgressReturn.objects.count() == 2


def test_a_refusal_of_the_service_is_a_message(client_as, plan, team):
    round = ReportingRoundFactory(strategy=plan.strategy, about=dt.date(2021, 4, 1))
    answer = client_as("team").post(reverse("monitoring:round_open", args=[round.pk]), follow=True)
    assert "Move its days before you open it." in text_of(answer)


def test_a_draft_strategy_is_not_opened(client_as, plan, team):
    plan.strategy.state = "draft"
    plan.strategy.save()
    round = ReportingRoundFactory(strategy=plan.strategy)
    answer = client_as("team").get(reverse("monitoring:round_open", args=[round.pk]))
    assert answer.status_code == 403
    assert "STRIDE 2021 to 2025 is draft. Approve it first." in text_of(answer)


def test_a_planned_round_offers_to_open_and_not_to_close(client_as, plan, team):
    round = ReportingRoundFactory(strategy=plan.strategy)
    shown = text_of(client_as("team").get(page(round)))
    assert "Open the round" in shown
    assert "Close the round" not in shown
    assert "Opening the round creates the returns" in shown


# Closing


def test_closing_says_first_what_is_missing_and_asks_why(client_as, plan, team, lead):
    round = open_round(plan.strategy)
    play(plan.first, round, until="submitted")
    client = client_as("team")
    address = reverse("monitoring:round_close", args=[round.pk])
    shown = text_of(client.get(address))
    assert "Closing records 1 return as missing: 2. Listen first , not started" in shown
    assert "Closing now takes 12 days away from leads." in shown
    refused = client.post(address, {"reason": " "})
    assert "Say why you close it early" in text_of(refused)
    assert ReportingRound.objects.get().state == "open"
    done = client.post(address, {"reason": "The board meets early."}, follow=True)
    assert "Q3 2021-22 is closed: 1 return recorded as missing." in text_of(done)
    assert client.post(address, {"reason": "Again"}).status_code == 403


@pytest.mark.parametrize("reason", ["x" * 100_000, "a\x00b"])
def test_reasons_that_cannot_be_kept(client_as, round, team, reason):
    answer = client_as("team").post(reverse("monitoring:round_close", args=[round.pk]), {"reason": reason})
    assert answer.status_code == 422
    assert answer.context["form"].errors["reason"]
    assert ReportingRound.objects.get().state == "open"


def test_closing_when_everything_is_in(client_as, plan, team):
    round = open_round(plan.strategy)
    for commitment in plan.commitments:
        play(commitment, round, until="submitted")
    shown = text_of(client_as("team").get(reverse("monitoring:round_close", args=[round.pk])))
    assert "Every return that was expected is in." in shown


# Nowhere


@pytest.mark.parametrize("action", ["", "_open", "_close", "_edit", "_chase"])
def test_a_round_that_does_not_exist(client_as, action):
    assert client_as("team").get(reverse(f"monitoring:round{action}", args=[999_999])).status_code == 404


def test_signing_in_comes_first(client, round):
    for name in ("monitoring:rounds", "monitoring:returns", "monitoring:round_new"):
        assert client.get(reverse(name)).status_code == 302
