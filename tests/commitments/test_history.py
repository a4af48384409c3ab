"""The history of changes of a plan: who, when, why, and what it said before."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.urls import reverse

from commitments.choices import StrategyState
from commitments.models import Commitment, Target
from commitments.services import workbook
from kit import clock
from kit.ledger import said
from tests.commitments.workbook_makers import small_plan, write_folder
from tests.factories.commitments import (
    CommitmentFactory,
    CommitmentMeasureFactory,
    GroupFactory,
    MeasureFactory,
    ProgrammeFactory,
    StrategyActFactory,
    StrategyFactory,
    TargetFactory,
)
from tests.factories.people import PostFactory, TenureFactory
from tests.monitoring.pages import Page, get

pytestmark = pytest.mark.django_db
WHY = "The board asked for a firmer promise."


def strategy_url(slug: str) -> str:
    return reverse("commitments:strategy_history", args=[slug])


def commitment_url(commitment: Commitment) -> str:
    return reverse("commitments:commitment_history", args=[commitment.strategy.slug, commitment.number])


def entry(page: Page, words: str) -> str:
    """The first entry with the words."""
    return next(each for each in page.by_class("stride-timeline__entry") if words in each)


def change(client, commitment: Commitment, **typed) -> None:
    """Send the form of a commitment with some answers changed."""
    url = reverse("commitments:commitment_edit", args=[commitment.strategy.slug, commitment.number])
    page = get(client, url)
    names = set(page.tree.xpath("//main//form//@name"))
    sent = {name: page.value(name) for name in names}
    for select in page.tree.xpath("//main//select"):
        sent[select.get("name")] = (select.xpath("./option[@selected]/@value") or [""])[0]
    response = client.post(url, {name: value for name, value in {**sent, **typed}.items() if value})
    assert response.status_code == 302, Page(response).summary


def test_an_edit_shows_who_as_what_when_why_and_both_values(plan, client_as, team):
    post = PostFactory(title="Head of Planning")
    TenureFactory(post=post, person=team.person)
    other = PostFactory(title="Head of Trust")
    with clock.standing_at(clock.now().replace(month=2, day=3, hour=14, minute=5)):
        change(client_as("team"), plan.first, lead_post=other.pk, title="Keep everybody safe", reason=WHY)
    found = entry(get(client_as("viewer"), commitment_url(plan.first)), WHY)
    assert "changed: 1. Keep everybody safe" in found
    assert "Tess Team (Strategy team; Head of Planning), 3 February 2022 at 2:05pm" in found
    assert "Title Before Keep people safe After Keep everybody safe" in found
    assert "Lead Before Commander for Public Protection After Head of Trust" in found
    assert "team@stride.example" not in found


def test_a_long_text_is_marked_word_by_word(plan, client_as):
    Commitment.objects.filter(pk=plan.first.pk).update(statement="We will keep people safe " * 5 + "by summer.")
    text = Commitment.objects.get(pk=plan.first.pk).statement.replace("by summer", "by winter")
    change(client_as("team"), plan.first, statement=text, reason=WHY)
    page = get(client_as("viewer"), commitment_url(plan.first))
    assert page.by_class("stride-diff")
    assert "summer" in page.words("//del")
    assert "winter" in page.words("//ins")


def test_choices_dates_and_lists_are_words(plan, client_as):
    row = Commitment.objects.get(pk=plan.first.pk)
    row.characteristics, row.due_on, row.lifecycle = ["race", "sex"], dt.date(2024, 3, 31), "in_progress"
    row.save()
    page = get(client_as("viewer"), commitment_url(plan.first)).main
    assert "After Race, Sex" in page
    assert "Before Nothing After 31 March 2024" in page
    assert "After In progress" in page


def test_raw_sql_shows_as_from_outside(plan, client_as):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE commitments_commitment SET title = 'Quietly' WHERE id = %s", [plan.first.pk])
    found = entry(get(client_as("auditor"), commitment_url(plan.first)), "Quietly")
    assert "Outside STRIDE’s pages," in found
    assert "Before Keep people safe After Quietly" in found


def test_an_import_shows_its_workbook_and_reason(client_as, tmp_path):
    sheets = small_plan()
    workbook.import_workbook(source=workbook.load_plan(write_folder(tmp_path / "first", sheets)), by=None)
    sheets["programmes"][1]["title"] = "Trust and confidence"
    sheets["commitments"][1]["title"] = "Listen first"
    again = workbook.load_plan(write_folder(tmp_path / "second", sheets))
    workbook.import_workbook(source=again, by=None, reason=WHY)
    page = get(client_as("team"), strategy_url("plan"))
    found = entry(page, "Trust and confidence")
    assert "The system" in found
    assert WHY in found
    assert "From the plan workbook second" in found
    assert "Before Trust After Trust and confidence" in found
    first = entry(page, "changes together")
    assert "Programme added: 1. Protection" in first
    assert "Commitment added: 2. Listen" in first
    assert WHY not in first
    listened = Commitment.objects.get(number=2)
    assert "Before Listen After Listen first" in entry(get(client_as("team"), commitment_url(listened)), WHY)


def test_steps_of_a_strategy_tell_their_own_reason(plan, client_as):
    StrategyActFactory(strategy=plan.strategy, verb="approved", by_name="Tess Team", post_title="", reason="Agreed.")
    found = entry(get(client_as("viewer"), strategy_url("stride")), "Agreed.")
    assert "Strategy approved" in found
    assert "Tess Team" in found


def test_what_was_removed_is_on_the_page_of_what_it_was_part_of(plan, client_as):
    gone = ProgrammeFactory(strategy=plan.strategy, number=7, title="Gone by now")
    gone.delete()
    link = CommitmentMeasureFactory(commitment=plan.first, measure=MeasureFactory(title="Trust"))
    target = TargetFactory(measure=link.measure, code="trust-1", wording="Four in five trust us.")
    target.delete()
    removed = entry(get(client_as("viewer"), strategy_url("stride")), "removed: 7. Gone by now")
    assert "What it said" in removed
    address = reverse("commitments:measure_history", args=["stride", 1, link.measure.code])
    assert "Four in five trust us." in entry(get(client_as("viewer"), address), "Target removed: trust-1")
    measure = link.measure
    link.delete()
    measure.delete()
    page = get(client_as("viewer"), commitment_url(plan.first))
    assert entry(page, "Link to a measure removed: Trust")
    assert "Four in five trust us." in entry(page, "Target removed: trust-1")


def test_words_are_escaped(plan, client_as):
    Commitment.objects.filter(pk=plan.first.pk).update(title="<script>alert(1)</script>", statement="<b>bold</b>")
    body = get(client_as("viewer"), commitment_url(plan.first)).body
    assert "<script>alert(1)" not in body
    assert "<b>bold" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_a_draft_is_out_of_reach_and_not_named(client_as):
    draft = StrategyFactory(slug="secret", title="Secret plan", state=StrategyState.DRAFT)
    commitment = CommitmentFactory(programme=ProgrammeFactory(strategy=draft), number=1)
    link = CommitmentMeasureFactory(commitment=commitment)
    urls = [
        strategy_url("secret"),
        commitment_url(commitment),
        reverse("commitments:measure_history", args=["secret", 1, link.measure.code]),
    ]
    assert [client_as("viewer").get(url).status_code for url in urls] == [404, 404, 404]
    assert [client_as("auditor").get(url).status_code for url in urls] == [200, 200, 200]
    follower = StrategyFactory(slug="follower", predecessor=draft)
    follower.predecessor = None
    follower.save()
    assert "Secret plan" not in get(client_as("viewer"), strategy_url("follower")).body
    assert "Secret plan" in get(client_as("team"), strategy_url("follower")).main


def test_a_target_is_told_as_the_machine_read_it_and_not_as_it_is_stored(plan, client_as):
    group = GroupFactory(code="black", title="Black", dimension__whole="all Londoners")
    measure = MeasureFactory(title="Trust", unit_kind="share", decimals=0, dimension=group.dimension)
    link = CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    how = {"kind": "reach_level", "params": {"at_least": 95, "groups": "every"}, "trajectory": "none"}
    target = TargetFactory(measure=measure, tolerance=1, **how)
    url = reverse("commitments:measure_history", args=["stride", 1, measure.code])
    page = get(client_as("viewer"), url)
    assert "The figure for every group is at least 95%." in page.main
    assert "Up to 1 percentage point short is slipping, more is off track." in page.main
    target.params = {"at_least": 90, "group": "black"}
    target.tolerance = 0
    target.save()
    changed = get(client_as("viewer"), url)
    assert "The figure for Black is at least 90%." in changed.main
    assert "Whatever is short is off track." in changed.main
    link.delete()
    target.delete()
    gone = get(client_as("viewer"), commitment_url(plan.first))
    assert "group: black; at least: 90" in gone.main
    for each in (page, changed, gone):
        assert "{'" not in each.main
        assert "1.000000" not in each.main


# For readers two of these are the savepoint that stands for their read-only transaction inside a test.
QUERIES = {"commitment": 16, "measure": 14, "strategy": 16}


@pytest.mark.parametrize("times", [1, 30])
def test_a_fixed_number_of_queries(plan, client_as, times, django_assert_num_queries):
    for turn in range(times):
        Commitment.objects.filter(pk=plan.first.pk).update(title=f"Title {turn}", lead_post=PostFactory())
        link = CommitmentMeasureFactory(commitment=plan.first)
        TargetFactory(measure=link.measure, wording=f"Turn {turn}")
    client = client_as("viewer")
    measure = link.measure
    for turn in range(times):
        Target.objects.filter(measure=measure).update(wording=f"Again {turn}")
        ProgrammeFactory(strategy=plan.strategy, number=turn + 50).delete()
    with django_assert_num_queries(QUERIES["commitment"]):
        client.get(commitment_url(plan.first))
    with django_assert_num_queries(QUERIES["measure"]):
        client.get(reverse("commitments:measure_history", args=["stride", 1, measure.code]))
    with django_assert_num_queries(QUERIES["strategy"]):
        client.get(strategy_url("stride"))


def test_fifty_to_a_page_and_all_of_them_in_the_file(plan, client_as):
    for turn in range(60):
        with said(name="somebody"):
            Commitment.objects.filter(pk=plan.first.pk).update(title=f"=Title {turn}")
    client = client_as("viewer")
    assert len(get(client, commitment_url(plan.first)).by_class("stride-timeline__entry")) == 50
    assert len(get(client, f"{commitment_url(plan.first)}?page=2").by_class("stride-timeline__entry")) == 11
    response = client.get(commitment_url(plan.first), {"download": "history"})
    assert 'filename="stride-1-history.csv"' in response["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    titles = [row for row in rows if row["What happened"] == "changed"]
    assert len(titles) == 60
    assert {row["Field"] for row in titles} == {"Title"}
    assert {row["After"][:8] for row in titles} == {"'=Title "}
    assert {row["Who"] for row in titles} == {"The system"}
    assert {row["Who"] for row in rows} == {"The system", "Outside STRIDE’s pages"}


def test_words_said_inside_do_not_stay_on_what_comes_after(plan, client_as):
    with said(name="a command"):
        with said(reason=WHY, workbook="first.xlsx"):
            Commitment.objects.filter(pk=plan.first.pk).update(title="With a reason")
        Commitment.objects.filter(pk=plan.first.pk).update(title="Without one")
    assert WHY not in entry(get(client_as("viewer"), commitment_url(plan.first)), "Without one")
