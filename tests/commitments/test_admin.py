"""The admin of plans: locked strategies are read, what stands asks why, states have doors elsewhere."""

import pytest
from django.urls import reverse

from commitments.admin import StrategyForm
from commitments.choices import StrategyState
from commitments.models import Commitment, Measure, Programme, Strategy, StrategyAct
from kit import clock
from tests.factories.commitments import (
    CommitmentActFactory,
    CommitmentFactory,
    CommitmentMeasureFactory,
    GroupFactory,
    MeasureFactory,
    ProgrammeFactory,
    StrandFactory,
    StrategyActFactory,
    StrategyFactory,
    TargetFactory,
)

NAMES = ["strategy", "programme", "strand", "commitment", "measure", "commitmentmeasure", "target"]


def url(name: str, *args) -> str:
    return reverse(f"admin:commitments_{name}", args=args)


def seen(client, place: str) -> dict:
    """What the page of a record sends along unseen: which version of it was read."""
    return {"seen": client.get(place).context["adminform"].form["seen"].value()}


@pytest.fixture
def rows(plan) -> dict:
    link = CommitmentMeasureFactory(commitment=plan.first)
    return {
        "strategy": plan.strategy,
        "programme": plan.programme,
        "strand": plan.strand,
        "commitment": plan.first,
        "measure": link.measure,
        "commitmentmeasure": link,
        "target": TargetFactory(measure=link.measure),
    }


@pytest.mark.parametrize("persona", ["team", "admin"])
@pytest.mark.parametrize("name", NAMES)
def test_plans_are_kept_by_the_team_and_administrators(name, persona, rows, client_as):
    client = client_as(persona)
    for place in (url(f"{name}_changelist"), url(f"{name}_add"), url(f"{name}_change", rows[name].pk)):
        assert client.get(place).status_code == 200


@pytest.mark.parametrize("state", ["closed", "superseded"])
@pytest.mark.parametrize("name", NAMES)
def test_rows_of_a_locked_strategy_are_only_read(name, state, rows, admin, client_for):
    Strategy.objects.update(state=state)
    client, place = client_for(admin), url(f"{name}_change", rows[name].pk)
    assert client.get(place).status_code == 200
    assert client.get(place).context["has_change_permission"] is False
    assert client.post(place, {"title": "Other"}).status_code == 403
    assert client.post(url(f"{name}_delete", rows[name].pk), {"post": "yes"}).status_code == 403


def test_nothing_is_added_to_a_locked_strategy(plan, admin, client_for):
    Strategy.objects.update(state="closed")
    response = client_for(admin).post(url("programme_add"), {"strategy": plan.strategy.pk, "number": 2, "title": "New"})
    assert "STRIDE 2021 to 2025 is closed" in str(response.context["adminform"].form.errors)
    assert Programme.objects.count() == 1


def test_nothing_leaves_its_strategy_for_a_locked_one(plan, admin, client_for):
    closed = StrategyFactory(state="closed")
    place = url("programme_change", plan.programme.pk)
    sent = {"strategy": closed.pk, "number": 1, "title": "Moved", "reason": "r"}
    assert "is closed" in str(client_for(admin).post(place, sent).context["adminform"].form.errors)


def test_what_stands_asks_why_and_the_ledger_keeps_it(plan, team, client_for):
    client, place = client_for(team), url("programme_change", plan.programme.pk)
    sent = {"strategy": plan.strategy.pk, "number": 1, "title": "Other"} | seen(client, place)
    assert "Say why" in str(client.post(place, sent).context["adminform"].form.errors["reason"])
    assert client.post(place, sent | {"reason": "The board asked."}).status_code == 302
    assert plan.programme.ledger.order_by("-pgh_id").first().pgh_context["reason"] == "The board asked."


def test_the_state_is_not_a_field(plan, admin, client_for):
    client, place = client_for(admin), url("strategy_change", plan.strategy.pk)
    form = client.get(place).context["adminform"].form
    assert "state" not in form.fields
    sent = {name: form[name].value() or "" for name in form.fields} | {"state": "closed", "reason": "r"}
    assert client.post(place, sent).status_code == 302
    plan.strategy.refresh_from_db()
    assert plan.strategy.state == StrategyState.IN_FORCE


def _commitment(plan, **more) -> dict:
    return {
        "strategy": plan.strategy.pk,
        "programme": plan.programme.pk,
        "number": 3,
        "title": "Third",
        "statement": "We will.",
        "lead_post": plan.first.lead_post_id,
        "overseer_post": plan.first.overseer_post_id,
        "lifecycle": "not_started",
        "impact": "both",
        "status_rule": "worst_of",
        "reason": "r",
        **more,
    }


def test_adding_a_commitment(plan, team, client_for):
    response = client_for(team).post(url("commitment_add"), _commitment(plan, characteristics=["age"]))
    assert response.status_code == 302
    assert Commitment.objects.get(number=3).characteristics == ["age"]


def test_what_does_not_fit_is_an_error_and_no_crash(plan, team, client_for):
    client = client_for(team)
    tries = {
        "overseer_post": {"overseer_post": plan.first.lead_post_id},
        "programme": {"programme": ProgrammeFactory().pk},
        "strand": {"strand": StrandFactory(programme__strategy=plan.strategy).pk},
        "number": {"number": 1},
    }
    for field, wrong in tries.items():
        response = client.post(url("commitment_add"), _commitment(plan, **wrong))
        assert field in response.context["adminform"].form.errors


@pytest.mark.parametrize("name", ["programme", "strand", "commitment"])
def test_only_drafts_lose_parts_and_only_what_is_empty(name, rows, admin, client_for):
    client, place = client_for(admin), url(f"{name}_delete", rows[name].pk)
    assert client.post(place, {"post": "yes"}).status_code == 403
    Strategy.objects.update(state="draft")
    client.post(place, {"post": "yes"})
    assert type(rows[name]).objects.filter(pk=rows[name].pk).exists()


def test_the_team_deletes_nothing(rows, team, client_for):
    Strategy.objects.update(state="draft")
    client = client_for(team)
    for name in NAMES:
        assert client.post(url(f"{name}_delete", rows[name].pk), {"post": "yes"}).status_code == 403


def test_many_are_never_deleted_at_once(plan, admin, client_for):
    strategy = StrategyFactory(state="closed")
    sent = {"action": "delete_selected", "_selected_action": [strategy.pk], "post": "yes"}
    client_for(admin).post(url("strategy_changelist"), sent)
    assert Strategy.objects.filter(pk=strategy.pk).exists()


def test_the_record_of_a_strategy_is_only_read(admin, client_for):
    act = StrategyActFactory()
    client = client_for(admin)
    assert client.get(url("strategyact_changelist")).status_code == 200
    assert client.post(url("strategyact_change", act.pk), {"reason": "Other"}).status_code == 403
    assert client.post(url("strategyact_delete", act.pk), {"post": "yes"}).status_code == 403
    assert client.get(url("strategyact_add")).status_code == 403
    assert StrategyAct.objects.get().reason == act.reason


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "make", "queries"),
    [
        ("strategy", StrategyFactory, 10),
        ("programme", ProgrammeFactory, 9),
        ("strand", StrandFactory, 9),
        ("commitment", CommitmentFactory, 11),
        ("measure", MeasureFactory, 8),
        ("commitmentmeasure", CommitmentMeasureFactory, 9),
        ("target", TargetFactory, 10),
        ("strategyact", StrategyActFactory, 12),
        ("commitmentact", CommitmentActFactory, 12),
    ],
)
def test_lists_cost_the_same_however_long(name, make, queries, count, admin, client_for, django_assert_num_queries):
    for _ in range(count):
        make()
    client = client_for(admin)
    with django_assert_num_queries(queries):
        client.get(url(f"{name}_changelist"))


# Measures


def _measure(**more) -> dict:
    return {
        "code": "trust",
        "title": "Trust",
        "source_kind": "survey",
        "unit_kind": "share",
        "decimals": 1,
        "better": "higher",
        "over_time": "latest",
        "over_groups": "latest",
        "cadence": "quarterly",
        "reason": "r",
        **more,
    }


def test_a_changed_definition_starts_a_version(plan, team, client_for):
    client = client_for(team)
    assert client.post(url("measure_add"), _measure(definition="People asked.")).status_code == 302
    measure = Measure.objects.get()
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    changed, place = _measure(definition="Homes asked.", reason="The survey moved."), url("measure_change", measure.pk)
    assert client.post(place, changed | seen(client, place)).status_code == 302
    version = measure.versions.get(number=2)
    assert (version.definition, version.applies_from, version.reason) == (
        "Homes asked.",
        clock.today(),
        "The survey moved.",
    )


def test_percentages_are_not_averaged_here_either(team, client_for):
    response = client_for(team).post(url("measure_add"), _measure(over_time="average"))
    assert response.status_code == 200
    assert "never added up or averaged" in response.content.decode()


def test_a_target_that_no_machine_can_read(plan, team, client_for):
    target = TargetFactory(measure=CommitmentMeasureFactory(commitment=plan.first).measure)
    answers = {
        "code": target.code,
        "measure": target.measure.pk,
        "wording": "15 per cent",
        "order": 1,
        "kind": "reach_level",
        "params": "{}",
        "tolerance": "0",
        "trajectory": "none",
        "reason": "r",
    }
    client, place = client_for(team), url("target_change", target.pk)
    answers |= seen(client, place)
    assert "at_least and at_most are missing" in client.post(place, answers).content.decode()
    answers["params"] = '{"at_least": 15}'
    assert client.post(place, answers).status_code == 302


def test_a_group_of_a_plan_that_stands_asks_why(plan, team, client_for):
    group = GroupFactory()
    CommitmentMeasureFactory(commitment=plan.first, measure__dimension=group.dimension)
    answers = {"dimension": group.dimension.pk, "code": group.code, "title": "Another", "order": 1}
    client, place = client_for(team), url("group_change", group.pk)
    answers |= seen(client, place)
    assert "Say why you are changing it" in client.post(place, answers).content.decode()
    assert client.post(place, {**answers, "reason": "r"}).status_code == 302


@pytest.mark.parametrize("name", ["dimension", "group", "measure", "measureversion", "target"])
def test_lists_of_measures_open(name, team, client_for):
    group = GroupFactory()
    TargetFactory(measure=MeasureFactory(dimension=group.dimension))
    assert client_for(team).get(url(f"{name}_changelist")).status_code == 200


# Two at once


def test_who_saves_second_is_told_and_overwrites_nothing_unseen(plan, team, admin, client_for):
    place = url("programme_change", plan.programme.pk)
    first, second = client_for(team), client_for(admin)
    sent = {"strategy": plan.strategy.pk, "number": 1, "reason": "r"}
    mine, theirs = ({**sent, "title": title, **seen(second, place)} for title in ("Mine", "Theirs"))
    assert first.post(place, theirs).status_code == 302
    refused = second.post(place, mine)
    form = refused.context["adminform"].form
    assert "Somebody else changed this while you had it open." in str(form.non_field_errors())
    assert form.errors["title"] == ["They saved: Theirs"]
    assert form["title"].value() == "Mine"
    plan.programme.refresh_from_db()
    assert plan.programme.title == "Theirs"
    assert second.post(place, mine | {"seen": form["seen"].value()}).status_code == 302
    plan.programme.refresh_from_db()
    assert plan.programme.title == "Mine"


@pytest.mark.parametrize("token", [{}, {"seen": ""}, {"seen": "made up\x00"}])
def test_a_form_that_does_not_say_what_was_seen_changes_nothing(plan, team, client_for, token):
    sent = {"strategy": plan.strategy.pk, "number": 1, "title": "Unseen", "reason": "r", **token}
    response = client_for(team).post(url("programme_change", plan.programme.pk), sent)
    assert response.status_code == 200
    plan.programme.refresh_from_db()
    assert plan.programme.title == "Protection"


@pytest.mark.parametrize("name", [*NAMES, "dimension", "group"])
def test_every_form_of_a_plan_says_what_was_seen(name, rows, team, client_for):
    made = {"group": GroupFactory} | {"dimension": lambda: GroupFactory().dimension}
    row = made[name]() if name in made else rows[name]
    client = client_for(team)
    assert seen(client, url(f"{name}_change", row.pk))["seen"]
    assert "seen" not in client.get(url(f"{name}_add")).context["adminform"].form.fields
    assert 'type="hidden" name="seen"' in client.get(url(f"{name}_change", row.pk)).content.decode()


def test_an_edit_here_does_not_write_back_a_state_that_moved_meanwhile(plan, admin, client_for, monkeypatch):
    """The row was read before another door moved it; the form's lock waited for that."""
    client, place = client_for(admin), url("strategy_change", plan.strategy.pk)
    form = client.get(place).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields} | {"title": "Renamed", "reason": "r"}
    clean = StrategyForm.clean

    def meanwhile(self):
        Strategy.objects.filter(pk=plan.strategy.pk).update(state="approved")
        return clean(self)

    monkeypatch.setattr(StrategyForm, "clean", meanwhile)
    assert client.post(place, sent).status_code == 302
    plan.strategy.refresh_from_db()
    assert (plan.strategy.title, plan.strategy.state) == ("Renamed", "approved")


def test_a_strategy_does_not_follow_one_that_follows_it(plan, admin, client_for):
    later = StrategyFactory(predecessor=plan.strategy)
    client, place = client_for(admin), url("strategy_change", plan.strategy.pk)
    form = client.get(place).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields} | {"predecessor": later.pk, "reason": "r"}
    errors = client.post(place, sent).context["adminform"].form.errors
    assert "follows this strategy" in str(errors["predecessor"])


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_form_that_saw_nothing_is_shown_again(name, rows, team, client_for):
    """Whatever kind of values stand, they are said in words."""
    assert client_for(team).post(url(f"{name}_change", rows[name].pk), {}).status_code == 200


def test_what_a_target_is_read_from_is_said_too(rows, team, client_for):
    target = TargetFactory(measure=rows["measure"], kind="reach_level", params={"at_least": 15})
    response = client_for(team).post(url("target_change", target.pk), {"params": "{}", "kind": "reach_level"})
    assert "They saved: {&quot;at_least&quot;: 15}" in response.content.decode()
