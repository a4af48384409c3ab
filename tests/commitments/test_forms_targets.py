"""Targets asked in words: each kind asks what it needs, and what is answered is read as it was meant."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from commitments.forms_targets import KindForm, TargetForm, kind_of
from commitments.models import CommitmentMeasure, Target
from commitments.services import workbook
from commitments.targets import parse
from tests.factories.commitments import (
    CommitmentMeasureFactory,
    DimensionFactory,
    GroupFactory,
    ShareFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "stride25"
NEW = "/strategies/stride/commitments/1/measures/trust/targets/new/"
EDIT = "/strategies/stride/commitments/1/measures/trust/targets/trust-t1/edit/"
REASON = {"reason": "The board asked for it."}


@pytest.fixture
def link(plan) -> CommitmentMeasure:
    dimension = DimensionFactory(code="ethnicity", whole="all Londoners")
    for code in ("black", "mixed"):
        GroupFactory(dimension=dimension, code=code, title=code.capitalize())
    measure = ShareFactory(code="trust", title="Trust", dimension=dimension)
    return CommitmentMeasureFactory(commitment=plan.first, measure=measure)


def sent_of(form: TargetForm) -> dict:
    """What a browser sends when a form is opened and sent as it is."""
    sent = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, dt.date):
            value = [str(value.day), str(value.month), str(value.year)]
            sent |= {
                f"{bound.html_name}_{part}": text for part, text in zip(("day", "month", "year"), value, strict=True)
            }
        elif value not in (None, "", False):
            sent[bound.html_name] = value
    return sent


def answered(measure, kind: str, conditions: tuple[str, ...] = (), **answers) -> TargetForm:
    """The form of a new target, with answers over what it starts with."""
    read_as = (kind, list(conditions))
    start = TargetForm(instance=Target(measure=measure), read_as=read_as)
    form = TargetForm(
        sent_of(start) | {"wording": "As published"} | answers, instance=Target(measure=measure), read_as=read_as
    )
    form.is_valid()
    return form


def test_every_target_of_the_example_goes_through_its_form_unchanged():
    report = workbook.import_workbook(source=workbook.load_plan(EXAMPLE), by=None)
    assert report.applied
    targets = list(Target.objects.select_related("measure__dimension"))
    assert len(targets) > 40
    for target in targets:
        read_as = kind_of(target)
        form = TargetForm(sent_of(TargetForm(instance=target, read_as=read_as)), instance=target, read_as=read_as)
        assert form.is_valid(), (target.code, form.errors)
        values = form.values
        assert parse(values["kind"], values["params"]) == parse(target.kind, target.params), target.code
        kept = {name: getattr(target, name) for name in values if name not in ("kind", "params")}
        assert {name: values[name] for name in kept} == kept, target.code


READINGS = [
    ("reach_level", {"at_least": "15"}, {"at_least": 15}),
    ("reach_level", {"at_least": "3.8", "at_most": "1,000"}, {"at_least": "3.8", "at_most": 1000}),
    (
        "reach_level",
        {"at_least": "15", "groups": "some", "codes": ["*", "black"], "window": "months", "window_months": "12"},
        {"at_least": 15, "groups": ["", "black"], "window": 12},
    ),
    (
        "reach_level",
        {"at_least": "15", "trajectory": "stepped", "steps": "30 September 2021: 13\n31/3/2022, 15\n\n2022-09-30 16.5"},
        {"at_least": 15, "steps": [["2021-09-30", 13], ["2022-03-31", 15], ["2022-09-30", "16.5"]]},
    ),
    (
        "change_from_baseline",
        {"baseline_is": "value", "baseline_value": "137", "direction": "decrease", "by": "by_share", "by_share": "10"},
        {"direction": "decrease", "by_share": 10, "baseline": {"value": 137}},
    ),
    (
        "change_from_baseline",
        {"baseline_is": "values", "baseline_of_black": "40", "baseline_of_mixed": "41.5", "groups": "every"},
        {"baseline": {"values": {"black": 40, "mixed": "41.5"}}, "groups": "every"},
    ),
    ("change_from_baseline", {"baseline_is": "first"}, {"baseline": "first"}),
    ("year_on_year", {"by": "by_amount", "by_amount": "2"}, {"by_amount": 2}),
    (
        "gap_at_most",
        {"points": "5", "groups": "every", "than": "*", "either_way": "on"},
        {"points": 5, "groups": "every", "than": "", "either_way": True},
    ),
    (
        "group_at_least_as_good",
        {"groups": "some", "codes": ["black"], "than": "", "level": "1.9"},
        {"group": "black", "level": "1.9"},
    ),
    ("per_unit_per_year", {"at_least": "12"}, {"at_least": 12, "groups": "every"}),
    ("full_coverage", {"of": "629"}, {"of": 629}),
    ("set_a_baseline", {"months": "12"}, {"months": 12}),
]


@pytest.mark.parametrize(("kind", "answers", "params"), READINGS)
def test_answers_become_the_particulars_that_were_meant(link, kind, answers, params):
    form = answered(link.measure, kind, **answers)
    assert not form.errors
    assert form.values["params"] == params
    assert form.reading.endswith(".")


WRONG = [
    ("reach_level", {}, "at_least", "Enter the level"),
    ("reach_level", {"at_least": "lots"}, "at_least", "At least must be a number, like 12.5 or 1,204"),
    ("reach_level", {"at_least": "16", "at_most": "15"}, "at_least", "‘At least’ must not be above ‘At most’"),
    ("reach_level", {"at_least": "15", "held_for": "1.5"}, "held_for", "a whole number of 1 or more"),
    ("reach_level", {"at_least": "15", "window": "months"}, "window_months", "Enter the number of months"),
    ("reach_level", {"at_least": "15", "groups": "some"}, "codes", "Select one group or more"),
    ("reach_level", {"at_least": "15", "groups": "some", "codes": ["nobody"]}, "codes", "nobody"),
    ("reach_level", {"at_least": "15", "trajectory": "stepped", "steps": "soon: 13"}, "steps", "“soon: 13” is not"),
    (
        "reach_level",
        {"at_least": "15", "trajectory": "stepped", "steps": "31 March 2022: 13\n31 March 2021: 12"},
        "steps",
        "in the order of their days",
    ),
    ("reach_level", {"at_least": "15", "steps": "31 March 2022: 13"}, "steps", "select steps"),
    (
        "reach_level",
        {"at_least": "10", "at_most": "15", "trajectory": "stepped", "steps": "31 March 2022: 13"},
        "steps",
        "given with a range",
    ),
    ("reach_level", {"at_least": "15", "tolerance": "-1"}, "tolerance", "0 or more"),
    ("change_from_baseline", {}, "baseline_is", "Select what the baseline is"),
    ("change_from_baseline", {"baseline_is": "value"}, "baseline_value", "Enter the baseline"),
    ("change_from_baseline", {"baseline_is": "observed"}, "baseline_starts", "Enter the period"),
    ("year_on_year", {"by": "by_amount", "by_amount": "0"}, "by_amount", "above 0"),
    ("year_on_year", {"by": "by_share"}, "by_share", "Enter the share"),
    ("gap_at_most", {"than": "*"}, "points", "Enter the widest gap"),
    ("gap_at_most", {"points": "-5"}, "points", "0 or more"),
    (
        "gap_at_most",
        {"points": "5", "groups": "some", "codes": ["black"], "than": "black"},
        "than",
        "A group is compared with another one",
    ),
    ("group_at_least_as_good", {"than": ""}, "than", "Give the group to compare with"),
    ("per_unit_per_year", {}, "at_least", "Enter how many"),
    ("per_unit_per_year", {"at_least": "0"}, "at_least", "above 0"),
    ("set_a_baseline", {"months": "0"}, "months", "1 or more"),
]


@pytest.mark.parametrize(("kind", "answers", "field", "said"), WRONG)
def test_what_a_kind_refuses_is_said_beside_its_question(link, kind, answers, field, said):
    form = answered(link.measure, kind, **answers)
    assert list(form.errors) == [field]
    assert said in form.errors[field][0]
    assert "_" not in form.errors[field][0]


def test_several_conditions_are_asked_apart_and_read_together(link):
    form = answered(
        link.measure,
        "all_of",
        ("reach_level", "gap_at_most"),
        condition1_at_least="60",
        condition2_points="5",
        condition2_than="black",
        condition2_groups="some",
        condition2_codes=["mixed"],
    )
    assert not form.errors
    assert form.values["params"] == {
        "conditions": [
            {"kind": "reach_level", "params": {"at_least": 60}},
            {"kind": "gap_at_most", "params": {"points": 5, "group": "mixed", "than": "black"}},
        ]
    }
    assert " And: " in form.reading


def test_a_fault_of_one_condition_stands_beside_its_own_question(link):
    form = answered(link.measure, "all_of", ("reach_level", "reach_level"), condition1_at_least="60")
    assert list(form.errors) == ["condition2_at_least"]


def test_a_measure_without_groups_is_not_offered_what_compares_them():
    offered = dict(KindForm(measure=ShareFactory()).fields["kind"].choices)
    assert "reach_level" in offered
    assert not {"gap_at_most", "gap_change", "group_at_least_as_good"} & set(offered)


# On its pages


@pytest.mark.parametrize("address", [NEW, EDIT])
def test_nothing_chosen_is_an_error_and_not_the_same_page_again(team, client_for, link, address):
    TargetFactory(measure=link.measure, code="trust-t1", kind="reach_level", params={"at_least": 15})
    # A browser sends the conditions, and of the radio buttons nothing when none is chosen.
    page = client_for(team).get(address, {"first": "", "second": "", "third": "", "fourth": ""})
    assert page.status_code == 422
    assert "Select how it is to be read" in page.content.decode()


def test_the_kind_is_chosen_first_and_then_only_its_questions_are_asked(link, team, client_for):
    client = client_for(team)
    page = client.get(NEW).content.decode()
    assert "How is it to be read?" in page
    assert 'name="wording"' not in page
    assert client.get(NEW, {"kind": "perpetual"}).status_code == 422
    assert client.get(NEW, {"kind": "all_of", "first": "reach_level"}).status_code == 422
    page = client.get(NEW, {"kind": "gap_at_most"}).content.decode()
    assert "Widest gap" in page
    assert "Leave empty when there is no lower limit" not in page
    assert "params" not in page


def test_a_target_is_saved_after_a_look_at_the_machines_reading(link, team, client_for):
    client, url = client_for(team), f"{NEW}?kind=gap_at_most"
    start = TargetForm(instance=Target(measure=link.measure), read_as=("gap_at_most", []))
    sent = sent_of(start) | {"wording": "5 points or less", "points": "5", "groups": "every", "than": "*"} | REASON
    looked = client.post(url, sent)
    assert looked.status_code == 200
    page = looked.content.decode()
    assert "5 points or less" in page
    assert "The figure for every group is at most 5 percentage points behind all Londoners." in page
    assert not Target.objects.exists()
    typed = dict(looked.context["typed"])
    assert 'value="5 points or less"' not in page.split("<form")[0]
    changed = client.post(url, typed | {"then": "change"})
    assert changed.status_code == 200
    assert changed.context["form"]["points"].value() == "5"
    assert not Target.objects.exists()
    assert client.post(url, typed | {"then": "save"}).status_code == 302
    target = Target.objects.get()
    assert (target.kind, target.params) == ("gap_at_most", {"points": 5, "groups": "every", "than": ""})


def test_a_wrong_answer_is_422_and_nothing_is_lost(link, team, client_for):
    response = client_for(team).post(
        f"{NEW}?kind=reach_level",
        {"wording": "Keep these words", "order": "1", "at_least": "lots", "groups": "whole", "then": "save"} | REASON,
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Keep these words" in page
    assert 'value="lots"' in page
    assert 'href="#id_at_least"' in page


def test_a_target_is_read_another_way(link, team, client_for):
    target = TargetFactory(
        measure=link.measure, code="trust-t1", kind="reach_level", params={"at_least": 15}, tolerance=Decimal("0.5")
    )
    client = client_for(team)
    assert client.get(EDIT).context["form"]["at_least"].value() == "15"
    assert "How is it to be read?" in client.get(EDIT, {"choose": "yes"}).content.decode()
    url = f"{EDIT}?kind=year_on_year"
    form = client.get(url).context["form"]
    assert "at_least" not in form.fields
    sent = sent_of(form) | REASON | {"then": "save"}
    assert client.post(url, sent).status_code == 302
    target.refresh_from_db()
    assert (target.kind, target.params, target.tolerance) == ("year_on_year", {}, Decimal("0.5"))


def test_another_reading_saved_meanwhile_is_shown_as_a_sentence(link, team, client_for):
    target = TargetFactory(measure=link.measure, code="trust-t1", kind="reach_level", params={"at_least": 15})
    client = client_for(team)
    sent = sent_of(client.get(EDIT).context["form"]) | REASON | {"at_least": "20", "then": "save"}
    Target.objects.filter(pk=target.pk).update(params={"at_least": 18})
    response = client.post(EDIT, sent)
    assert response.status_code == 422
    assert "The figure is at least 18%." in response.content.decode()
    assert response.context["form"]["at_least"].value() == "20"
    again = sent | {"version": response.context["form"]["version"].value()}
    assert client.post(EDIT, again).status_code == 302
    target.refresh_from_db()
    assert target.params == {"at_least": 20}
