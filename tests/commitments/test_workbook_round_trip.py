"""What goes in comes out again: any plan, in both formats, to the byte."""

import datetime as dt
import tempfile
from pathlib import Path

import openpyxl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.choices import (
    Better,
    Cadence,
    Characteristic,
    DimensionKind,
    DutyAim,
    Impact,
    Lifecycle,
    MeasureUnit,
    SourceKind,
    StatusRule,
    Trajectory,
)
from commitments.models import Measure, Strategy
from commitments.services import workbook
from commitments.services.workbook.layout import LONGEST_TEXT, SHEETS
from kit.forms import UNSAVEABLE
from kit.workbook_reader import clean_text
from people.models import Basis, Person, Post, Unit, UnitKind
from tests.commitments.workbook_makers import small_plan, write_folder
from tests.factories.commitments import CommitmentFactory, CommitmentMeasureFactory, StrategyFactory, TargetFactory
from tests.factories.people import TenureFactory

pytestmark = pytest.mark.django_db

# What spreadsheets, CSV and XML have own ideas about.
AWKWARD = ["=1+1", "+1", "-1", "@x", "'", '"', '""', ",", ";", "\n", "\t", "_x000D_", "_x005F_x000D_", "#REF!", "TRUE"]
AWKWARD += [
    "001",
    "1e5",
    "2021-09-27",
    "<&>",
    "]]>",
    "\ufeff",
    "é",
    "😀",
    "\u202e",
    "\x85",
    "{{ x }}",
    "%s",
    "\\",
    "null",
]
CODES = st.from_regex(r"[-a-zA-Z0-9_]{1,20}", fullmatch=True)


def texts(longest: int = 40, *, empty: bool = False):
    """Any text that can be saved, as an import leaves it: lines end with \\n, no space around."""
    some = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=["Cs"]), max_size=longest))
    joined = st.lists(some, min_size=1, max_size=3).map("".join)
    clean = joined.map(lambda text: clean_text(UNSAVEABLE.sub("", clean_text(text))[:longest]))
    return clean if empty else clean.filter(bool)


@st.composite
def periods(draw):
    """A first and a last day, the last one maybe open."""
    starts = draw(st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31)))
    ends = draw(st.one_of(st.just(""), st.dates(starts, dt.date(9999, 12, 31)).map(str)))
    return {"starts": str(starts), "ends": ends}


def codes(longest: int, shortest: int = 0):
    return st.lists(CODES, min_size=shortest, max_size=longest, unique=True)


def some_of(values):
    return st.lists(st.sampled_from(values), unique=True).map("; ".join)


@st.composite
def readings(draw):
    """How a machine reads a target, or that none does."""
    kind, params = draw(
        st.sampled_from(
            [
                ("", ""),
                ("set_a_baseline", ""),
                ("reach_level", '{"at_least": "15"}'),
                ("reach_level", '{"at_most": 0.5, "at_least": -2}'),
            ]
        )
    )
    tolerance = draw(st.decimals(0, 10**12 - 1, places=6, allow_nan=False, allow_infinity=False).map("{:f}".format))
    return {
        "kind": kind,
        "params": params,
        "tolerance": draw(st.sampled_from(["", "0", "0.5", "0.000001", "100", tolerance])),
        "trajectory": draw(st.sampled_from(["", *Trajectory.values])),
    }


@st.composite
def plans(draw):
    """A plan with something of everything, as sheets of text."""

    def row(**cells):
        return {name: draw(cell) if hasattr(cell, "example") else cell for name, cell in cells.items()}

    words, lines = texts(), texts(empty=True)
    strategy = row(slug=CODES.filter(lambda slug: slug != "new"), title=words, summary=lines, starts="2021-04-01")
    strategy |= row(ends="2025-03-31", programme_label=words, strand_label=words, commitment_label=words, notice=lines)
    strategy |= row(green_means=words, amber_means=words, red_means=words)
    units = draw(codes(4))
    posts, people, measures = draw(codes(3, 2)), draw(codes(3, 1)), draw(codes(3))
    numbers = draw(st.lists(st.integers(1, 32_767), min_size=1, max_size=3, unique=True))
    programmes = [str(number) for number in numbers]
    sheets = {"strategy": [strategy]}
    sheets["units"] = [
        row(code=code, name=words, kind=st.sampled_from(UnitKind.values), parent=st.sampled_from(["", *units[:index]]))
        for index, code in enumerate(units)
    ]
    sheets["posts"] = [row(code=code, title=words, unit=st.sampled_from(["", *units])) for code in posts]
    sheets["people"] = [
        row(code=code, name=words, email=st.sampled_from(["", "a@stride.example", "O'B+c@stride.example"]))
        for code in people
    ]
    sheets["tenures"] = [
        row(post=post, person=st.sampled_from(people), basis=basis) | draw(periods())
        for post in posts
        for basis in draw(st.lists(st.sampled_from(Basis.values), unique=True))
    ]
    sheets["delegations"] = [
        row(post=post, person=person) | draw(periods()) for post in posts[:1] for person in people[:2]
    ]
    sheets["programmes"] = [row(number=number, title=words, summary=lines) for number in programmes]
    sheets["strands"] = [row(programme=number, number="7", title=words) for number in programmes[:2]]
    sheets["commitments"] = [
        row(
            number=str(index),
            title=words,
            statement=words,
            test_of_done=lines,
            programme=programme,
            strand=st.sampled_from(["", "7"]) if programme in programmes[:2] else "",
            lead_post=posts[0],
            overseer_post=posts[1],
            lifecycle=st.sampled_from(Lifecycle.values),
            impact=st.sampled_from(Impact.values),
            due_on=st.one_of(st.just(""), st.dates(dt.date(1000, 1, 1)).map(str)),
            characteristics=some_of(Characteristic.values),
            duty_aims=some_of(DutyAim.values),
            status_rule=st.sampled_from(StatusRule.values),
        )
        for index, programme in enumerate(programmes, start=1)
    ]
    dimensions = draw(codes(2))
    sheets["dimensions"] = [
        row(code=code, title=words, kind=st.sampled_from(DimensionKind.values), whole=words) for code in dimensions
    ]
    sheets["groups"] = [
        row(dimension=dimension, code=code, title=words, order=st.integers(1, 9).map(str))
        for dimension in dimensions
        for code in draw(codes(3))
    ]
    sheets["measures"] = [
        row(
            code=code,
            title=words,
            definition=lines,
            source=lines,
            unit=lines,
            numerator_is=lines,
            denominator_is=lines,
            unit_kind=st.sampled_from(MeasureUnit.values),
            decimals=st.integers(0, 4).map(str),
            better=st.sampled_from(Better.values),
            over_time=st.sampled_from(["", "latest", "ratio_of_sums"]),
            over_groups=st.sampled_from(["", "latest", "ratio_of_sums"]),
            dimension=st.sampled_from(["", *dimensions]),
            source_kind=st.sampled_from(SourceKind.values),
            cadence=st.sampled_from(Cadence.values),
            owner_post=st.sampled_from(["", *posts]),
            small_number_threshold=st.sampled_from(["", "0", "5", "32767"]),
            quality_note=lines,
        )
        for code in measures
    ]
    sheets["targets"] = [
        row(code=f"{code}-t"[-20:], measure=code, wording=words, baseline=lines, order=st.integers(1, 9).map(str))
        | draw(readings())
        for code in measures[:1]
    ]
    sheets["commitment_measures"] = [row(commitment="1", measure=code, order="1") for code in measures[1:]]
    return sheets


def values(plan):
    """The rows of a plan without their order and their place."""
    assert [str(problem) for problem in plan.problems.shown] == []
    return {sheet.name: {row.identity: row.values for row in plan.rows[sheet.name]} for sheet in SHEETS}


def bring_in(source):
    report = workbook.import_workbook(source=source, by=None)
    assert [str(problem) for problem in report.problems.shown] == []
    assert report.applied
    return Strategy.objects.get(slug=source.slug)


def taken_out(strategy, folder: Path):
    """Both formats of an export, on disk."""
    (folder / "plan.xlsx").write_bytes(workbook.export_xlsx(strategy=strategy, with_emails=True))
    workbook.export_folder(strategy=strategy, with_emails=True, to=folder / "csv")
    return folder / "plan.xlsx", folder / "csv"


def contents(folder: Path):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets=plans(), through_xlsx=st.booleans())
def test_any_plan(sheets, through_xlsx):
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        source = workbook.load_plan(write_folder(here / "in", sheets))
        with transaction.atomic():
            (here / "first").mkdir()
            xlsx, folder = taken_out(bring_in(source), here / "first")
            for again in (xlsx, folder):
                report = workbook.check_workbook(source=workbook.load_plan(again))
                assert report.changes is not None
                assert not report.changes
            transaction.set_rollback(True)
        assert values(workbook.load_plan(folder)) == values(source)
        assert values(workbook.load_plan(xlsx)) == values(source)
        with transaction.atomic():
            (here / "second").mkdir()
            once = workbook.load_plan(xlsx if through_xlsx else folder)
            second_xlsx, second_folder = taken_out(bring_in(once), here / "second")
            transaction.set_rollback(True)
        assert contents(second_folder) == contents(folder)
        assert second_xlsx.read_bytes() == xlsx.read_bytes()


@pytest.fixture
def strategy(tmp_path):
    return bring_in(workbook.load_plan(write_folder(tmp_path / "small", small_plan())))


def test_a_text_that_looks_like_a_formula_is_written_as_text(strategy, tmp_path):
    strategy.commitments.filter(number=1).update(title="=HYPERLINK(1)", statement="#REF!")
    xlsx, folder = taken_out(strategy, tmp_path)
    sheet = openpyxl.load_workbook(xlsx)["commitments"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=HYPERLINK(1)", "s")
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("#REF!", "s")
    assert "1,=HYPERLINK(1),#REF!" in (folder / "commitments.csv").read_text()


def test_how_an_xlsx_looks(strategy, tmp_path):
    xlsx, _ = taken_out(strategy, tmp_path)
    book = openpyxl.load_workbook(xlsx)
    assert book.sheetnames == [sheet.name for sheet in SHEETS]
    sheet = book["strategy"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["B"].width == 40
    assert sheet["D2"].value == dt.datetime(2021, 4, 1)  # noqa: DTZ001  spreadsheets know no time zones
    assert book["programmes"]["A2"].value == 1


def test_the_empty_workbook_names_every_column(tmp_path):
    (tmp_path / "empty.xlsx").write_bytes(workbook.empty_xlsx())
    book = openpyxl.load_workbook(tmp_path / "empty.xlsx")
    assert book.sheetnames == ["notes", *(sheet.name for sheet in SHEETS)]
    told = [tuple(cell.value for cell in row[:2]) for row in book["notes"].iter_rows(min_row=2)]
    assert told == [(sheet.name, column) for sheet in SHEETS for column in sheet.headings]
    assert all(row[2].value for row in book["notes"].iter_rows())
    (problem,) = workbook.load_plan(tmp_path / "empty.xlsx").problems.shown
    assert problem.message == "The workbook is empty."


def test_an_export_leaves_out_what_only_other_strategies_use(strategy):
    other = StrategyFactory(slug="other")
    theirs, shared = CommitmentFactory(programme__strategy=other), strategy.commitments.get(number=1)
    unit = Unit.objects.create(code="far", name="Far", parent=Unit.objects.get(code="body"))
    Unit.objects.create(code="near", name="Near", parent=unit)
    Post.objects.filter(pk=theirs.lead_post_id).update(unit=unit)
    Post.objects.create(code="new-post", title="Not used yet")
    Person.objects.create(code="new-person", name="Not used yet")
    Measure.objects.create(code="new-measure", title="Not used yet")
    tenure = TenureFactory(post=theirs.lead_post)
    TenureFactory(post=theirs.overseer_post, person=Person.objects.get(code="ann"))
    measured = CommitmentMeasureFactory(commitment=theirs)
    TargetFactory(measure=measured.measure)
    CommitmentMeasureFactory(commitment=theirs, measure=shared.measures.get())
    rows = workbook.export_rows(strategy=strategy, with_emails=True)
    first = {name: [row[0] for row in found] for name, found in rows.items()}
    assert first["strategy"] == ["plan"]
    assert first["posts"] == ["chief", "head", "new-post"]
    # "near" has no posts at all, and brings along what it is part of.
    assert first["units"] == ["body", "far", "near", "north"]
    assert first["people"] == ["ann", "bob", "new-person"]
    assert tenure.post.code not in first["tenures"]
    assert first["tenures"] == ["chief", "head"]
    assert first["measures"] == ["new-measure", "trust"]
    assert first["targets"] == ["trust-90"]
    assert first["commitments"] == [1, 2]


def test_an_export_without_addresses_and_back_again(strategy, tmp_path):
    (tmp_path / "plan.xlsx").write_bytes(workbook.export_xlsx(strategy=strategy, with_emails=False))
    source = workbook.load_plan(tmp_path / "plan.xlsx")
    assert {row.values["email"] for row in source.rows["people"]} == {""}
    assert not workbook.check_workbook(source=source).changes


def test_an_export_costs_the_same_however_long(strategy, django_assert_num_queries):
    for number in range(3, 23):
        CommitmentFactory(programme=strategy.programmes.first(), number=number)
    with django_assert_num_queries(17):
        workbook.export_rows(strategy=strategy, with_emails=True)


def test_a_text_longer_than_a_cell_is_not_cut_off(strategy):
    strategy.commitments.filter(number=2).update(statement="x" * (LONGEST_TEXT + 1))
    with pytest.raises(workbook.CannotExport, match="The statement of the commitment 2 is longer than the 32,767"):
        workbook.export_xlsx(strategy=strategy, with_emails=True)


def test_a_folder_with_other_files_is_left_alone(strategy, tmp_path):
    (tmp_path / "diary.txt").write_text("mine")
    with pytest.raises(workbook.CannotExport, match=r"holds other files, for example diary\.txt"):
        workbook.export_folder(strategy=strategy, with_emails=True, to=tmp_path)
    with pytest.raises(workbook.CannotExport, match="is a file"):
        workbook.export_folder(strategy=strategy, with_emails=True, to=tmp_path / "diary.txt")
    assert [path.name for path in tmp_path.iterdir() if path.name != "small"] == ["diary.txt"]


def test_an_earlier_export_is_written_over(strategy, tmp_path):
    for _ in range(2):
        workbook.export_folder(strategy=strategy, with_emails=True, to=tmp_path / "csv")
    assert len(list((tmp_path / "csv").iterdir())) == len(SHEETS)
