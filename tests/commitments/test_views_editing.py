"""Forms of a plan: works, refused, wrong state, wrong, stale, odd."""

import datetime as dt
from urllib.parse import quote_plus

import pytest
from django.urls import reverse

from commitments.choices import StrategyState
from commitments.models import Commitment, CommitmentMeasure, Measure, Programme, Strand, Strategy, StrategyAct, Target
from tests.factories.commitments import (
    CommitmentFactory,
    CommitmentMeasureFactory,
    DimensionFactory,
    MeasureFactory,
    ProgrammeFactory,
    StrandFactory,
    StrategyFactory,
    TargetFactory,
)
from tests.factories.people import PostFactory

D = dt.date
REASON = {"reason": "The board asked for it."}


def day(name: str, value: dt.date | None) -> dict[str, str]:
    """A date as the form sends it."""
    parts = (value.day, value.month, value.year) if value else ("", "", "")
    return {f"{name}_{part}": str(text) for part, text in zip(("day", "month", "year"), parts, strict=True)}


def version(client, url: str) -> dict[str, str]:
    """The hidden version of an edit form as it is opened now."""
    return {"version": client.get(url).context["form"]["version"].value()}


def strategy_sent(**more) -> dict:
    words = {"programme_label": "Theme", "strand_label": "Strand", "commitment_label": "Key action"}
    means = {"green_means": "g", "amber_means": "a", "red_means": "r"}
    days = day("starts", D(2022, 4, 1)) | day("ends", D(2026, 3, 31))
    return {"title": "Next", "slug": "", "summary": "", "notice": "", **words, **means, **days, **more}


def commitment_sent(plan, **more) -> dict:
    posts = {"lead_post": plan.first.lead_post_id, "overseer_post": plan.first.overseer_post_id}
    place = {"programme": plan.programme.pk, "strand": plan.strand.pk}
    return {
        "number": 3,
        "title": "Third",
        "statement": "We will.",
        "impact": "both",
        "status_rule": "worst_of",
        **posts,
        **place,
        **day("due_on", None),
        **more,
    }


def measure_sent(**more) -> dict:
    """A measure of a percentage, as its form sends it."""
    numbers = {"unit_kind": "share", "unit": "per cent", "decimals": 1, "better": "higher", "cadence": "quarterly"}
    combined = {"over_time": "ratio_of_sums", "over_groups": "latest"}
    return {"title": "Trust in us", "source_kind": "survey", "source": "Survey", **numbers, **combined, **more}


@pytest.fixture
def link(plan) -> CommitmentMeasure:
    link = CommitmentMeasureFactory(commitment=plan.first, measure__code="trust")
    TargetFactory(measure=link.measure, code="trust-t1")
    return link


@pytest.fixture
def edits(link) -> dict[str, str]:
    """Every form that changes the plan, by name; those that remove are apart."""
    one, two = ["stride"], ["stride", 1]
    places = {
        "strategy_edit": one,
        "programme_new": one,
        "programme_edit": two,
        "strand_new": two,
        "strand_edit": ["stride", 1, 1],
        "commitment_new": one,
        "commitment_edit": two,
        "measure_new": two,
        "measure_link": two,
        "measure_edit": ["stride", 1, "trust"],
        "target_new": ["stride", 1, "trust"],
        "target_edit": ["stride", 1, "trust", "trust-t1"],
    }
    found = {name: reverse(f"commitments:{name}", args=args) for name, args in places.items()}
    return found | {"target_new": f"{found['target_new']}?kind=none"}


@pytest.fixture
def removals(link) -> dict[str, str]:
    places = {
        "programme_remove": ["stride", 1],
        "strand_remove": ["stride", 1, 1],
        "commitment_remove": ["stride", 1],
        "measure_remove": ["stride", 1, "trust"],
        "target_remove": ["stride", 1, "trust", "trust-t1"],
    }
    return {name: reverse(f"commitments:{name}", args=args) for name, args in places.items()}


DOORS = ["strategy_approve", "strategy_into_force", "strategy_close", "strategy_supersede"]
OTHERS = ["lead", "overseer", "delegate", "secretariat", "member", "auditor", "viewer", "stranger"]


@pytest.mark.parametrize("persona", ["team", "admin"])
def test_those_who_keep_plans_open_every_form(persona, edits, client_as):
    client = client_as(persona)
    edits["strategy_new"] = reverse("commitments:strategy_new")
    assert {name: client.get(url).status_code for name, url in edits.items()} == dict.fromkeys(edits, 200)


@pytest.mark.parametrize("persona", OTHERS)
def test_everybody_else_is_refused(persona, edits, removals, client_as):
    client = client_as(persona)
    doors = {name: reverse(f"commitments:{name}", args=["stride"]) for name in DOORS}
    for name, url in {**edits, **removals, **doors, "strategy_new": "/strategies/new/"}.items():
        assert (client.get(url).status_code, client.post(url, {}).status_code) == (403, 403), name


@pytest.mark.parametrize("persona", ["lead", "viewer"])
def test_forms_of_a_draft_are_not_even_found(persona, edits, client_as):
    Strategy.objects.update(state=StrategyState.DRAFT)
    client = client_as(persona)
    assert {client.get(url).status_code for url in edits.values()} == {404}


@pytest.mark.parametrize("state", ["closed", "superseded"])
def test_nothing_in_a_locked_strategy_can_be_edited(state, edits, removals, team, client_for):
    Strategy.objects.update(state=state)
    client = client_for(team)
    for name, url in {**edits, **removals}.items():
        response = client.post(url, REASON)
        assert response.status_code == 403, name
        assert state in response.content.decode()


@pytest.mark.parametrize("state", ["approved", "in_force"])
def test_what_stands_asks_why(state, edits, removals, team, client_for):
    Strategy.objects.update(state=state)
    client = client_for(team)
    for name, url in edits.items():
        assert "Why are you changing the plan?" in client.get(url).content.decode(), name
        assert "reason" in client.post(url, {}).context["form"].errors
    for name, url in removals.items():
        assert client.get(url).status_code == 403, name


def test_a_draft_asks_no_reason(edits, team, client_for):
    Strategy.objects.update(state=StrategyState.DRAFT)
    client = client_for(team)
    for url in edits.values():
        assert "Why are you changing" not in client.get(url).content.decode()


# Strategies


def test_starting_a_strategy(team, client_for):
    response = client_for(team).post("/strategies/new/", strategy_sent())
    assert response["Location"] == "/strategies/next/"
    assert Strategy.objects.get(slug="next").state == StrategyState.DRAFT


def test_a_second_click_starts_nothing(team, client_for):
    client = client_for(team)
    for _ in range(2):
        response = client.post("/strategies/new/", strategy_sent())
    assert "already has the short name" in str(response.context["form"].errors["slug"])
    assert Strategy.objects.count() == 1


@pytest.mark.parametrize("slug", ["new", "with space", "x" * 61])
def test_an_address_that_cannot_be_is_an_error_beside_it(slug, team, client_for):
    response = client_for(team).post("/strategies/new/", strategy_sent(slug=slug))
    assert "slug" in response.context["form"].errors


def test_a_strategy_ends_after_it_starts(team, client_for):
    sent = strategy_sent() | day("ends", D(2022, 3, 31))
    errors = client_for(team).post("/strategies/new/", sent).context["form"].errors
    assert "must be the same as or after the first day" in str(errors["ends"])


def test_two_strategies_do_not_follow_each_other(team, client_for):
    first = StrategyFactory(slug="first", state="draft")
    second = StrategyFactory(slug="second", predecessor=first)
    client, url = client_for(team), "/strategies/first/edit/"
    sent = strategy_sent(predecessor=second.pk) | version(client, url)
    assert "cannot follow it" in str(client.post(url, sent).context["form"].errors["predecessor"])


def test_what_somebody_else_saved_meanwhile_is_shown_and_nothing_typed_is_lost(team, client_for):
    strategy = StrategyFactory(slug="first", state="draft", summary="Before")
    client, url = client_for(team), "/strategies/first/edit/"
    sent = strategy_sent(title="Mine", summary="My words") | version(client, url)
    Strategy.objects.filter(pk=strategy.pk).update(summary="Their words")
    response = client.post(url, sent)
    page = response.content.decode()
    assert "Their words" in page
    assert "My words" in page
    strategy.refresh_from_db()
    assert strategy.summary == "Their words"
    sent["version"] = response.context["form"]["version"].value()
    assert client.post(url, sent).status_code == 302
    strategy.refresh_from_db()
    assert (strategy.title, strategy.summary) == ("Mine", "My words")


# Doors


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("strategy_approve", "draft", "approved"),
        ("strategy_into_force", "approved", "in_force"),
        ("strategy_close", "in_force", "closed"),
    ],
)
def test_a_door_opens_with_a_reason(name, before, after, plan, team, client_for):
    Strategy.objects.update(state=before)
    client, url = client_for(team), reverse(f"commitments:{name}", args=["stride"])
    assert client.get(url).status_code == 200
    assert "reason" in client.post(url, {"reason": " "}).context["form"].errors
    response = client.post(url, {"reason": "Agreed on <b>14</b> January."}, follow=True)
    assert "Agreed on &lt;b&gt;14&lt;/b&gt; January." in response.content.decode()
    act = StrategyAct.objects.get()
    assert (act.from_state, act.to_state, act.by_name) == (before, after, "Tess Team")


def test_a_door_is_passed_once(plan, team, client_for):
    client, url = client_for(team), reverse("commitments:strategy_close", args=["stride"])
    assert client.post(url, REASON).status_code == 302
    assert client.post(url, REASON).status_code == 403
    assert StrategyAct.objects.count() == 1


def test_an_empty_strategy_is_not_approved_and_its_page_says_so(team, client_for):
    strategy = StrategyFactory(slug="empty", state="draft")
    client = client_for(team)
    assert "promises nothing yet" in client.get(strategy.get_absolute_url()).content.decode()
    assert "/approve/" not in client.get(strategy.get_absolute_url()).content.decode()
    assert client.post("/strategies/empty/approve/", REASON).status_code == 403


def test_a_successor_in_force_supersedes(plan, team, client_for):
    client, url = client_for(team), reverse("commitments:strategy_supersede", args=["stride"])
    assert client.post(url, REASON).status_code == 403
    StrategyFactory(predecessor=plan.strategy, state="in_force")
    assert client.post(url, REASON).status_code == 302
    plan.strategy.refresh_from_db()
    assert plan.strategy.state == StrategyState.SUPERSEDED


def test_a_door_that_another_person_went_through_meanwhile_keeps_the_words(plan, team, client_for, monkeypatch):
    from commitments.views import doors
    from kit.verdict import ALLOWED

    Strategy.objects.update(state="closed")
    monkeypatch.setattr(doors.rules, "may_close", lambda *args: ALLOWED)
    monkeypatch.setattr(doors.strategies, "close", _refusing)
    response = client_for(team).post(reverse("commitments:strategy_close", args=["stride"]), REASON)
    assert response.status_code == 422
    assert REASON["reason"] in response.content.decode()
    assert "It is closed" in response.content.decode()


def _refusing(**_) -> None:
    from kit.verdict import Refusal

    raise Refusal("It is closed.")


# Programmes, strands, commitments


def test_adding_and_changing_a_programme(plan, team, client_for):
    client = client_for(team)
    client.post("/strategies/stride/programmes/new/", {"number": 2, "title": "Prevention", "summary": "", **REASON})
    url = "/strategies/stride/programmes/2/edit/"
    sent = {"number": 5, "title": "Prevention first", "summary": "", **REASON, **version(client, url)}
    response = client.post(url, sent)
    assert response["Location"] == "/strategies/stride/programmes/5/"
    assert Programme.objects.get(number=5).title == "Prevention first"


@pytest.mark.parametrize(
    ("number", "ok"), [(1, False), (0, False), (-1, False), ("x", False), (99999, False), (2, True)]
)
def test_a_number_is_a_number_and_given_once(number, ok, plan, team, client_for):
    sent = {"number": number, "title": "Prevention", **REASON}
    response = client_for(team).post("/strategies/stride/programmes/new/", sent)
    assert (response.status_code == 302) is ok
    if not ok:
        assert "number" in response.context["form"].errors


def test_a_number_that_somebody_else_took_meanwhile_is_a_form_error(plan, team, client_for, monkeypatch):
    from commitments.forms import ProgrammeForm

    monkeypatch.setattr(ProgrammeForm, "validate_constraints", lambda form: None)
    response = client_for(team).post(
        "/strategies/stride/programmes/new/", {"number": 1, "title": "Prevention", **REASON}
    )
    assert response.status_code == 422
    assert "Another programme of this strategy has this number" in str(response.context["form"].errors["number"])


def test_adding_and_changing_a_strand(plan, team, client_for):
    client = client_for(team)
    client.post("/strategies/stride/programmes/1/strands/new/", {"number": 2, "title": "Hope", **REASON})
    url = "/strategies/stride/programmes/1/strands/2/edit/"
    client.post(url, {"number": 2, "title": "Hopes", **REASON, **version(client, url)})
    assert Strand.objects.get(number=2).title == "Hopes"


def test_adding_a_commitment(plan, team, client_for):
    sent = commitment_sent(plan, characteristics=["age", "sex"], duty_aims=["advance"], **REASON)
    response = client_for(team).post("/strategies/stride/commitments/new/", sent)
    assert response["Location"] == "/strategies/stride/commitments/3/"
    commitment = Commitment.objects.get(number=3)
    assert (commitment.strategy, commitment.strand) == (plan.strategy, plan.strand)
    assert commitment.characteristics == ["age", "sex"]


def test_changing_a_commitment_keeps_the_reason_on_the_ledger(plan, team, client_for):
    client, url = client_for(team), "/strategies/stride/commitments/1/edit/"
    sent = commitment_sent(plan, number=1, title="Safer", lifecycle="in_progress", **REASON)
    assert client.post(url, sent | version(client, url)).status_code == 302
    plan.first.refresh_from_db()
    assert (plan.first.title, plan.first.lifecycle) == ("Safer", "in_progress")
    row = plan.first.ledger.order_by("-pgh_id").first()
    assert row.pgh_context["reason"] == REASON["reason"]
    assert row.pgh_context["user"] == team.pk


def test_the_lead_and_the_overseer_are_different_posts(plan, team, client_for):
    sent = commitment_sent(plan, overseer_post=plan.first.lead_post_id, **REASON)
    errors = client_for(team).post("/strategies/stride/commitments/new/", sent).context["form"].errors
    assert errors["overseer_post"] == ["The lead and the overseer must be different posts"]


def test_a_strand_of_another_programme_is_refused_beside_it(plan, team, client_for):
    other = StrandFactory(programme=ProgrammeFactory(strategy=plan.strategy, number=7))
    sent = commitment_sent(plan, strand=other.pk, **REASON)
    assert "strand" in client_for(team).post("/strategies/stride/commitments/new/", sent).context["form"].errors


@pytest.mark.parametrize("field", ["programme", "strand", "lead_post"])
def test_what_belongs_elsewhere_cannot_be_chosen(field, plan, team, client_for):
    elsewhere = {
        "programme": lambda: ProgrammeFactory().pk,
        "strand": lambda: StrandFactory().pk,
        "lead_post": lambda: PostFactory(abolished_on=D(2021, 1, 1)).pk,
    }
    sent = commitment_sent(plan, **{field: elsewhere[field]()}, **REASON)
    assert field in client_for(team).post("/strategies/stride/commitments/new/", sent).context["form"].errors


def test_a_post_that_was_abolished_stays_chosen_where_it_was(plan, team, client_for):
    plan.first.lead_post.abolished_on = D(2021, 12, 31)
    plan.first.lead_post.save()
    client, url = client_for(team), "/strategies/stride/commitments/1/edit/"
    sent = commitment_sent(plan, number=1, lifecycle="not_started", **REASON) | version(client, url)
    assert client.post(url, sent).status_code == 302


ODD = {"nul": "a\x00b", "surrogate": "\ud800", "long": "x" * 100_000, "html": "<script>alert(1)</script>"}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("field", ["title", "statement", "test_of_done", "reason"])
def test_odd_text_is_an_error_beside_its_field_or_kept_as_text(field, kind, plan, team, client_for):
    sent = commitment_sent(plan, **REASON) | {field: ODD[kind]}
    body = "&".join(f"{name}={quote_plus(str(value), errors='surrogatepass')}" for name, value in sent.items())
    url = "/strategies/stride/commitments/new/"
    response = client_for(team).post(url, body, content_type="application/x-www-form-urlencoded")
    if response.status_code == 302:
        assert kind in {"html", "surrogate"}
        page = client_for(team).get("/strategies/stride/").content.decode()
    else:
        assert set(response.context["form"].errors) == {field}
        page = response.content.decode()
        assert "Third" in page or field == "title"
    assert "<script>alert" not in page


# Measures and targets


def test_adding_a_measure_and_a_target(plan, team, client_for):
    client = client_for(team)
    client.post("/strategies/stride/commitments/1/measures/new/", measure_sent(**REASON))
    measure = Measure.objects.get(code="trust-in-us")
    assert list(measure.commitments.all()) == [plan.first]
    url = "/strategies/stride/commitments/1/measures/trust-in-us/targets/new/"
    sent = {
        "wording": "90 %",
        "baseline": "",
        "order": 1,
        **day("starts", None),
        **day("due_on", D(2025, 3, 31)),
        **REASON,
    }
    assert client.post(url, sent).status_code == 302
    assert Target.objects.get().code == "trust-in-us-t1"
    assert "Target 1 of this measure is already" in str(client.post(url, sent).context["form"].errors["order"])


def test_using_a_measure_that_exists(plan, team, client_for):
    measure = MeasureFactory()
    client, url = client_for(team), "/strategies/stride/commitments/1/measures/link/"
    assert client.post(url, {"measure": measure.pk, **REASON}).status_code == 302
    assert "measure" in client.post(url, {"measure": measure.pk, **REASON}).context["form"].errors
    assert CommitmentMeasure.objects.count() == 1


def test_changing_a_measure_and_its_target(link, team, client_for):
    client = client_for(team)
    url = "/strategies/stride/commitments/1/measures/trust/edit/"
    sent = measure_sent(title="Trust", **REASON)
    assert client.post(url, sent | version(client, url)).status_code == 302
    url = "/strategies/stride/commitments/1/measures/trust/targets/trust-t1/edit/"
    sent = {"wording": "95 %", "baseline": "80 %", "order": 1, **day("starts", None), **day("due_on", None), **REASON}
    assert client.post(url, sent | version(client, url)).status_code == 302
    link.measure.refresh_from_db()
    assert (link.measure.title, link.measure.targets.get().wording) == ("Trust", "95 %")


def test_a_changed_definition_starts_a_new_version_from_the_day_that_is_given(link, team, client_for):
    client, url = client_for(team), "/strategies/stride/commitments/1/measures/trust/edit/"
    sent = measure_sent(definition="Asked by telephone.", **day("applies_from", D(2021, 10, 1)), **REASON)
    assert client.post(url, sent | version(client, url)).status_code == 302
    first, second = link.measure.versions.order_by("number")
    assert (first.definition, second.definition) == ("", "Asked by telephone.")
    assert (second.applies_from, second.reason) == (D(2021, 10, 1), REASON["reason"])
    early = measure_sent(definition="Asked by post.", **day("applies_from", D(2021, 7, 1)), **REASON)
    response = client.post(url, early | version(client, url))
    assert response.status_code == 422
    assert "Choose that day or a later one" in response.context["form"].errors["applies_from"][0]
    assert "Asked by post." in response.content.decode()


def test_a_first_day_without_a_changed_definition_is_refused(link, team, client_for):
    client, url = client_for(team), "/strategies/stride/commitments/1/measures/trust/edit/"
    sent = measure_sent(**day("applies_from", D(2021, 10, 1)), **REASON)
    response = client.post(url, sent | version(client, url))
    assert "Change what is counted too" in response.context["form"].errors["applies_from"][0]
    assert link.measure.versions.count() == 1


def test_every_fact_of_a_measure_is_asked_and_kept(plan, team, client_for):
    dimension, post = DimensionFactory(), plan.first.lead_post
    sent = measure_sent(
        numerator_is="Those who agree",
        denominator_is="Those asked",
        dimension=dimension.pk,
        owner_post=post.pk,
        small_number_threshold=5,
        quality_note="A sample.",
        better="lower",
        cadence="yearly",
    )
    client_for(team).post("/strategies/stride/commitments/1/measures/new/", sent | REASON)
    measure = Measure.objects.get(code="trust-in-us")
    asked = {"dimension": dimension, "owner_post": post}
    assert {name: getattr(measure, name) for name in sent} == sent | asked


def test_percentages_that_would_be_added_up_are_refused_beside_the_question(plan, team, client_for):
    response = client_for(team).post(
        "/strategies/stride/commitments/1/measures/new/", measure_sent(over_time="sum", **REASON)
    )
    assert response.status_code == 422
    assert "never added up or averaged" in response.context["form"].errors["over_time"][0]


def test_how_a_commitment_gets_its_status_is_asked(plan, team, client_for):
    client, url = client_for(team), "/strategies/stride/commitments/1/edit/"
    sent = commitment_sent(plan, number=1, lifecycle="not_started", status_rule="majority", **REASON)
    assert client.post(url, sent | version(client, url)).status_code == 302
    plan.first.refresh_from_db()
    assert plan.first.status_rule == "majority"


def test_a_target_is_due_after_it_starts(link, team, client_for):
    url = "/strategies/stride/commitments/1/measures/trust/targets/new/"
    sent = {"wording": "95 %", "order": 2, **day("starts", D(2022, 1, 2)), **day("due_on", D(2022, 1, 1)), **REASON}
    assert "due_on" in client_for(team).post(url, sent).context["form"].errors


def test_a_measure_is_reached_only_through_a_commitment_that_it_supports(link, team, client_for):
    client = client_for(team)
    assert client.get("/strategies/stride/commitments/2/measures/trust/edit/").status_code == 404
    TargetFactory(code="elsewhere")
    assert client.get("/strategies/stride/commitments/1/measures/trust/targets/elsewhere/edit/").status_code == 404


def test_a_measure_shared_with_a_closed_strategy_is_not_changed(link, team, client_for):
    closed = CommitmentFactory(programme__strategy__state="closed")
    CommitmentMeasureFactory(commitment=closed, measure=link.measure)
    response = client_for(team).get("/strategies/stride/commitments/1/measures/trust/edit/")
    assert response.status_code == 403
    assert "Add a new measure instead" in response.content.decode()


def test_parts_of_a_draft_are_removed_from_the_bottom_up(removals, team, client_for):
    Strategy.objects.update(state=StrategyState.DRAFT)
    client = client_for(team)
    for name in ("programme_remove", "strand_remove", "commitment_remove"):
        response = client.post(removals[name])
        assert "Something still belongs to it" in response.content.decode(), name
    for name in ("target_remove", "measure_remove", "commitment_remove", "strand_remove"):
        assert client.post(removals[name]).status_code == 302, name
    assert not Measure.objects.exists()
    assert not Strand.objects.exists()
    assert client.post(reverse("commitments:commitment_remove", args=["stride", 2])).status_code == 302
    assert client.post(removals["programme_remove"]).status_code == 302
    assert not Programme.objects.exists()
