"""Measures and targets in a plan workbook: columns that may be left out, breakdowns, what a machine is to read."""

import pytest

from commitments.models import Commitment, Group, Measure, MeasureVersion, Strategy, Target
from commitments.services import workbook
from commitments.services.workbook.layout import BY_NAME
from kit import clock
from tests.commitments.workbook_makers import small_plan, write_folder
from tests.factories.commitments import CommitmentFactory, CommitmentMeasureFactory, StrategyFactory
from tests.factories.monitoring import ObservationFactory

pytestmark = pytest.mark.django_db
NO_LEVEL = "at_least and at_most are missing. Give one of them, or both for a range."
LATER = [(sheet.name, column.name) for sheet in BY_NAME.values() for column in sheet.columns if column.optional]


@pytest.fixture
def bring_in(tmp_path):
    def act(sheets, **more):
        return workbook.import_workbook(
            source=workbook.load_plan(write_folder(tmp_path / "p", sheets)), by=None, **more
        )

    return act


def without_later(folder, sheets):
    """As a workbook looked before the columns came."""
    write_folder(folder, {name: rows for name, rows in sheets.items() if name not in {"dimensions", "groups"}})
    for name in ("measures", "targets", "commitments"):
        path = folder / f"{name}.csv"
        keep = len(BY_NAME[name].needed_headings)
        lines = [line.split(",")[:keep] for line in path.read_text().splitlines()]
        path.write_text("\n".join(",".join(line) for line in lines))
    return workbook.load_plan(folder)


def plain_plan():
    sheets = small_plan()
    sheets["commitments"][0]["statement"] = sheets["commitments"][1]["statement"] = "We will"
    return sheets


def problems(report):
    return [(problem.sheet, problem.row, problem.column, problem.message) for problem in report.problems.shown]


def test_which_columns_may_be_left_out():
    assert {sheet for sheet, _ in LATER} == {"commitments", "measures", "targets"}
    assert len(LATER) == 18


def test_an_old_workbook_still_comes_in(tmp_path):
    report = workbook.import_workbook(source=without_later(tmp_path / "old", plain_plan()), by=None)
    assert problems(report) == []
    assert report.applied
    measure, target = Measure.objects.get(), Target.objects.get()
    assert (measure.unit_kind, measure.over_time, measure.dimension, measure.cadence) == (
        "count",
        "latest",
        None,
        "quarterly",
    )
    assert (target.kind, target.params, target.tolerance, target.trajectory) == ("", {}, 0, "straight")
    assert Commitment.objects.first().status_rule == "worst_of"


def test_a_column_left_out_keeps_what_stride_has(bring_in, tmp_path):
    bring_in(plain_plan())
    before = Measure.objects.values().get(), Target.objects.values().get()
    report = workbook.import_workbook(source=without_later(tmp_path / "old", plain_plan()), by=None)
    assert problems(report) == []
    assert not report.changes
    assert (Measure.objects.values().get(), Target.objects.values().get()) == before


def test_an_empty_cell_is_not_a_column_left_out(bring_in):
    bring_in(small_plan())
    sheets = small_plan()
    sheets["targets"][0]["tolerance"] = ""
    assert bring_in(sheets).applied
    assert Target.objects.get().tolerance == 0


def test_everything_of_a_measure_and_a_target(bring_in):
    sheets = small_plan()
    sheets["measures"][0] |= {
        "numerator_is": "Those who agree",
        "denominator_is": "Those who answer",
        "decimals": "1",
        "better": "lower",
        "over_time": "ratio_of_sums",
        "source_kind": "survey",
        "cadence": "yearly",
        "small_number_threshold": "10",
        "quality_note": "Telephone until 2020.",
    }
    sheets["targets"][0] |= {"trajectory": "none", "params": '{"at_least": 90.5, "group": "black"}'}
    sheets["commitments"][0]["status_rule"] = "majority"
    assert bring_in(sheets).applied
    measure, target = Measure.objects.get(), Target.objects.get()
    assert (measure.decimals, measure.small_number_threshold, measure.owner_post.code) == (1, 10, "chief")
    assert measure.dimension.groups.get() == Group.objects.get(code="black")
    assert target.params == {"at_least": 90.5, "group": "black"}
    assert str(target.tolerance) == "0.500000"
    version = MeasureVersion.objects.get()
    assert (version.number, version.numerator_is) == (1, "Those who agree")
    assert not bring_in(sheets).changes


@pytest.mark.parametrize(
    ("sheet", "cells", "column", "message"),
    [
        ("measures", {"over_time": "average"}, "over_time", "Percentages are never added up or averaged."),
        ("measures", {"over_groups": "sum"}, "over_groups", "Percentages are never added up or averaged."),
        ("measures", {"decimals": "5"}, "decimals", "This is not a whole number that can be kept."),
        ("measures", {"unit_kind": "colour"}, "unit_kind", "This is not one of the choices."),
        ("measures", {"dimension": "age"}, "dimension", "There is no such breakdown."),
        ("measures", {"owner_post": "nobody"}, "owner_post", "There is no such post."),
        ("groups", {"dimension": "age"}, "dimension", "There is no such breakdown."),
        ("groups", {"order": "0"}, "order", "This is not a positive whole number that can be kept."),
        ("targets", {"tolerance": "-1"}, "tolerance", "This is not a number that can be kept."),
        ("targets", {"tolerance": "some"}, "tolerance", "This is not a number that can be kept."),
        ("targets", {"tolerance": "0.0000001"}, "tolerance", None),
        ("targets", {"params": "at_least 90"}, "params", "This is not JSON that can be read."),
        ("targets", {"params": '{"at_least": NaN}'}, "params", "This is not JSON that can be read."),
        ("targets", {"params": '{"at_least": 1e999}'}, "params", "This is not JSON that can be read."),
        ("targets", {"params": "[" * 30_000}, "params", "This is not JSON that can be read."),
        ("targets", {"params": "[90]"}, "params", "This is JSON, but not names with values in curly brackets."),
        ("targets", {"params": '{"group": "\\u0000"}'}, "params", None),
        (
            "targets",
            {"params": "{}"},
            "params",
            "at_least and at_most are missing. Give one of them, or both for a range.",
        ),
        ("targets", {"params": '{"at_least": 90, "group": "white"}'}, "params", None),
        ("targets", {"kind": ""}, "kind", "Choose how the target is read before you give particulars."),
        ("targets", {"kind": "hope"}, "kind", "This is not one of the choices."),
        ("commitments", {"status_rule": "best_of"}, "status_rule", "This is not one of the choices."),
    ],
)
def test_what_is_refused(bring_in, sheet, cells, column, message):
    sheets = small_plan()
    sheets[sheet][0] |= cells
    report = bring_in(sheets)
    assert not report.applied
    assert [problem[:3] for problem in problems(report)] == [(sheet, 2, column)]
    assert message is None or problems(report)[0][3] == message


def test_a_share_that_stride_has_is_not_averaged_by_a_sheet_that_leaves_its_kind_out(bring_in, tmp_path):
    bring_in(plain_plan())
    without_later(tmp_path / "old", plain_plan())
    path = tmp_path / "old" / "measures.csv"
    path.write_text("code,title,definition,source,unit,over_time\ntrust,Trust,,,per cent,average\n")
    report = workbook.import_workbook(source=workbook.load_plan(tmp_path / "old"), by=None)
    assert problems(report) == [("measures", 2, "over_time", "Percentages are never added up or averaged.")]


def test_two_groups_of_one_breakdown(bring_in):
    sheets = small_plan()
    sheets["groups"].append(dict(sheets["groups"][0]))
    report = bring_in(sheets)
    assert problems(report)[0][3] == "Rows 2 and 3 are about the same group."


def test_a_changed_definition_of_a_plan_that_stands_starts_a_version(bring_in):
    bring_in(small_plan())
    Strategy.objects.update(state="in_force")
    sheets = small_plan()
    sheets["measures"][0]["definition"] = "Those who agree."
    assert bring_in(sheets, reason="The survey asks anew.").applied
    told = list(MeasureVersion.objects.order_by("number").values_list("number", "applies_from", "definition", "reason"))
    assert told == [(1, None, "", ""), (2, clock.today(), "Those who agree.", "The survey asks anew.")]


def test_a_measure_with_figures_keeps_its_kind_and_says_so(bring_in):
    bring_in(small_plan())
    ObservationFactory(measure=Measure.objects.get(), value=10)
    sheets = small_plan()
    sheets["measures"][0]["unit_kind"] = "score"
    report = bring_in(sheets)
    assert not report.applied
    assert report.problems.shown[0].message.startswith("Figures are recorded for this measure")


def test_a_breakdown_of_a_plan_that_stands_changes_with_a_reason(bring_in):
    bring_in(small_plan())
    Strategy.objects.update(state="in_force")
    sheets = small_plan()
    sheets["groups"][0]["title"] = "Black Londoners"
    assert bring_in(sheets).refusal == "Say why you are changing The plan."
    assert bring_in(sheets, reason="The survey's own word.").applied


def test_an_export_brings_owners_and_breakdowns_of_its_measures_only(bring_in):
    bring_in(small_plan())
    other = CommitmentMeasureFactory(
        commitment=CommitmentFactory(programme__strategy=StrategyFactory()),
        measure__dimension=Group.objects.create(
            dimension=Measure.objects.get().dimension.__class__.objects.create(code="age", title="Age"), code="old"
        ).dimension,
    )
    other.measure.owner_post = other.commitment.lead_post
    other.measure.save()
    rows = workbook.export_rows(strategy=Strategy.objects.get(slug="plan"), with_emails=False)
    assert [row[0] for row in rows["dimensions"]] == ["ethnicity"]
    assert [row[1] for row in rows["groups"]] == ["black"]
    assert {row[0] for row in rows["posts"]} == {"head", "chief"}


def test_a_machine_reading_of_many_targets_costs_no_more(tmp_path, django_assert_num_queries):
    sheets = small_plan()
    for number in range(60):
        sheets["targets"].append({**sheets["targets"][0], "code": f"t{number}"})
    source = workbook.load_plan(write_folder(tmp_path / "p", sheets))
    with django_assert_num_queries(15):
        assert workbook.check_workbook(source=source).changes
