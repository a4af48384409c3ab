"""Figures by sheet: what is read, what is said of each wrong cell, what would change; all is written or nothing."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from commitments.models import Measure
from kit import clock
from monitoring.models import Observation
from monitoring.services import observation_sheet as sheets
from tests.factories.commitments import (
    CommitmentMeasureFactory,
    DimensionFactory,
    GroupFactory,
    MeasureFactory,
    ShareFactory,
)
from tests.factories.monitoring import ObservationFactory

pytestmark = pytest.mark.django_db
HEAD = "measure\tperiod_starts\tperiod_ends\tgroup\tvalue\tnumerator\tdenominator\tstatus\treason\n"
Q2 = "2021-07-01\t2021-09-30"


@pytest.fixture
def share(plan):
    dimension = DimensionFactory()
    for code in ("black", "mixed"):
        GroupFactory(dimension=dimension, code=code, title=code.title())
    measure = ShareFactory(code="detections", dimension=dimension)
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    return measure


@pytest.fixture
def count(plan):
    return CommitmentMeasureFactory(commitment=plan.second, measure=MeasureFactory(code="panels")).measure


@pytest.fixture
def by(team, actor_of):
    return actor_of(team)


def check(rows, by, **more):
    return sheets.check(source=sheets.read_text(HEAD + rows), by=by, **more)


def problems(outcome):
    return [(problem.row, problem.column, problem.message) for problem in outcome.problems.shown]


def test_new_revised_and_unchanged(share, count, by):
    ObservationFactory(measure=share, value=12)
    ObservationFactory(measure=count, value=400)
    rows = f"detections\t{Q2}\t\t12.4\t\t\t\tLate forms.\ndetections\t{Q2}\tblack\t\t1\t8\tprovisional\t\n"
    rows += f"panels\t{Q2}\t\t400"
    outcome = check(rows, by)
    assert problems(outcome) == []
    assert [sheets.told(change) for change in outcome.revised] == ["Q2 2021-22: 12.4, was 12"]
    assert [sheets.told(change) for change in outcome.added] == ["Q2 2021-22, Black: 12.5"]
    assert outcome.unchanged == 1
    assert Observation.objects.count() == 2
    applied = sheets.apply(source=sheets.read_text(HEAD + rows), by=by, at=clock.now(), expected=outcome.fingerprint)
    assert applied.applied
    assert sorted(row.value for row in Observation.objects.current()) == [Decimal("12.4"), Decimal("12.5"), 400]
    again = check(rows, by)
    assert (again.changes, again.unchanged) == ([], 3)


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (f"\t{Q2}\t\t5", "measure", "The cell is empty."),
        (f"detection\t{Q2}\t\t5", "measure", "There is no such measure."),
        ("detections\t1 July 2021\t2021-09-30\t\t5", "period_starts", "This is not a date that can be read."),
        ("detections\t2021-07-01\t2021-09-31\t\t5", "period_ends", "There is no such date."),
        ("detections\t\t2021-09-30\t\t5", "period_starts", "The cell is empty."),
        (
            "detections\t2021-07-01\t2021-07-31\t\t5",
            "period_starts, period_ends",
            "This measure is collected quarterly. The period that holds 1 July 2021 is Q2 2021-22: "
            "1 July 2021 to 30 September 2021.",
        ),
        (
            "detections\t2022-01-01\t2022-03-31\t\t5",
            "period_starts, period_ends",
            "Q4 2021-22 ends on 31 March 2022. Record it when it is over.",
        ),
        (f"detections\t{Q2}\tblak\t5", "group", "There is no such group of this measure. Its groups are black, mixed."),
        (f"panels\t{Q2}\tblack\t5", "group", "There is no such group of this measure. It is not broken down."),
        (f"detections\t{Q2}\t\ttwelve", "value", "This is not a number that can be read."),
        (f"detections\t{Q2}\t\t12,4", "value", "This is not a number that can be read."),
        (f"detections\t{Q2}\t\t1e5", "value", "This is not a number that can be read."),
        (f"detections\t{Q2}\t\t130", "value", "A percentage lies between 0 and 100, so it cannot be 130."),
        (f"panels\t{Q2}\t\t12.5", "value", "A count is a whole number, 0 or more, so it cannot be 12.5."),
        (f"panels\t{Q2}\t\t9999999999999", "value", "This number is too large to be kept."),
        (f"detections\t{Q2}\t\t", "value", "Give a value."),
        (f"detections\t{Q2}\t\t\t5\t4", "value", "The numerator (5) is greater than the denominator (4)."),
        (f"detections\t{Q2}\t\t5\t\t\tguess", "status", "This is not one of the choices."),
        (
            f"detections\t{Q2}\tmixed\t5",
            "reason",
            "A figure is recorded for this already. Say why it is revised.",
        ),
        (f"detections\t{Q2}\t\t5\t\t\t\t{'x' * 2001}", "reason", "The text is too long: it has 2,001 characters."),
    ],
)
def test_each_wrong_cell_is_named(row, column, message, share, count, by):
    ObservationFactory(measure=share, value=4, group=share.dimension.groups.get(code="mixed"))
    outcome = check(row, by)
    assert problems(outcome) == [(2, column, message)]
    assert not sheets.apply(source=sheets.read_text(HEAD + row), by=by, at=clock.now()).applied
    assert Observation.objects.count() == 1


def test_several_wrong_cells_of_a_row_are_all_told_and_right_rows_are_not_written(share, by):
    rows = f"detections\t2021-07-01\tsoon\tblack\tx\ndetections\t{Q2}\t\t5"
    outcome = check(rows, by)
    assert [problem[1] for problem in problems(outcome)] == ["period_ends", "value"]
    assert not sheets.apply(source=sheets.read_text(HEAD + rows), by=by, at=clock.now()).applied
    assert not Observation.objects.exists()


def test_two_rows_about_the_same_figure(share, by):
    outcome = check(f"detections\t{Q2}\t\t5\ndetections\t{Q2}\t\t6", by)
    assert problems(outcome) == [
        (3, "measure, period_starts, period_ends, group", "Rows 2 and 3 are about the same figure.")
    ]


def test_only_figures_that_one_may_record(share, count, lead, actor_of, member, plan):
    Measure.objects.filter(pk=count.pk).update(owner_post=member.person.tenures.get().post)
    plan.second.lead_post = plan.second.overseer_post
    plan.second.overseer_post = plan.first.lead_post
    plan.second.save()
    outcome = check(f"detections\t{Q2}\t\t5\npanels\t{Q2}\t\t5", actor_of(lead))
    assert [problem[:2] for problem in problems(outcome)] == [(3, "measure")]


def test_only_the_measures_of_the_page(share, count, by):
    outcome = check(f"detections\t{Q2}\t\t5\npanels\t{Q2}\t\t5", by, only={"panels"})
    assert problems(outcome) == [(2, "measure", "This measure has a page of its own. Give its figures there.")]


@pytest.mark.parametrize(
    ("head", "column", "message"),
    [
        ("measure\tperiod_starts\tvalue", "period_ends", "The column is missing."),
        ("measure\tperiod_starts\tperiod_ends", "value", "The column is missing."),
        ("measure\tperiod_starts\tperiod_ends\tvalue\tvalue", "value", "The column is there more than once."),
        ("measure\tperiod_starts\tperiod_ends\tvalue\tmood", "mood", "There is no such column."),
    ],
)
def test_headings(head, column, message, by):
    outcome = sheets.check(source=sheets.read_text(f"{head}\na\tb\tc\td\te"), by=by)
    assert problems(outcome) == [(1, column, message)]


@pytest.mark.parametrize("text", ["", "\n", "   "])
def test_nothing_pasted(text, by):
    assert sheets.check(source=sheets.read_text(text), by=by).problems.total == 1


def test_no_figures_under_the_headings(by):
    assert [problem[2] for problem in problems(check("", by))] == ["There is no figure under the headings."]


def test_numbers_as_spreadsheets_paste_them(share, count, by):
    outcome = check(f"detections\t{Q2}\t\t12.4%\npanels\t{Q2}\t\t14,300", by)
    assert problems(outcome) == []
    assert [change.value for change in outcome.added] == [Decimal("12.4"), 14300]


def test_a_csv_file_and_an_xlsx_file_say_the_same(share, by):
    cells = [["measure", "period_starts", "period_ends", "value"], ["detections", "2021-07-01", "2021-09-30", 12.4]]
    text = "\n".join(",".join(map(str, row)) for row in cells)
    book = openpyxl.Workbook()
    book.active.title = "observations"
    for row in cells:
        book.active.append(row)
    book.active["B2"], book.active["C2"] = dt.date(2021, 7, 1), dt.date(2021, 9, 30)
    file = io.BytesIO()
    book.save(file)
    sources = [
        sheets.read_text(text),
        sheets.read_file(text.encode(), "figures.csv"),
        sheets.read_file(file.getvalue(), "figures.xlsx"),
    ]
    outcomes = [sheets.check(source=source, by=by) for source in sources]
    assert [problems(outcome) for outcome in outcomes] == [[], [], []]
    assert len({outcome.fingerprint for outcome in outcomes}) == 1


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"PK\x03\x04 not really", "figures.xlsx"),
        (b"\xff\xfea\x00", "figures.csv"),
        (b'measure,period_starts\n"open', "figures.csv"),
        (b"%PDF-1.4", "figures.csv"),
    ],
)
def test_files_that_cannot_be_read(data, name, by):
    outcome = sheets.check(source=sheets.read_file(data, name), by=by)
    assert outcome.problems
    assert not outcome.changes


def test_a_formula_is_refused(share, by):
    book = openpyxl.Workbook()
    book.active.title = "observations"
    book.active.append(["measure", "period_starts", "period_ends", "value"])
    book.active.append(["detections", "2021-07-01", "2021-09-30", "=10+2"])
    file = io.BytesIO()
    book.save(file)
    outcome = sheets.check(source=sheets.read_file(file.getvalue(), "figures.xlsx"), by=by)
    assert [problem[2] for problem in problems(outcome)] == ["Cell D2 has a formula."]


def test_what_changed_since_it_was_looked_at_is_not_applied(share, by):
    rows = f"detections\t{Q2}\t\t12.4\t\t\t\tLate forms."
    agreed = check(rows, by).fingerprint
    ObservationFactory(measure=share, value=12)
    source = sheets.read_text(HEAD + rows)
    outcome = sheets.apply(source=source, by=by, at=clock.now(), expected=agreed)
    assert outcome.refusal == "STRIDE has changed since you looked. Check again what would change."
    assert Observation.objects.count() == 1
    assert sheets.apply(source=source, by=by, at=clock.now(), expected=outcome.fingerprint).applied


@pytest.mark.parametrize("many", [1, 12])
def test_what_a_check_costs(many, share, by, django_assert_num_queries):
    rows = [f"detections\t{2000 + n}-07-01\t{2000 + n}-09-30\tblack\t5" for n in range(many)]
    source = sheets.read_text(HEAD + "\n".join(rows))
    with django_assert_num_queries(6):
        assert len(sheets.check(source=source, by=by).added) == many


@pytest.mark.parametrize(("mark", "word"), [(";", "semicolons"), ("|", "vertical bars")])
def test_the_separator_that_is_not_read_is_named(share, by, mark, word):
    text = (HEAD + f"detections\t{Q2}\t\t12.4\n").replace("\t", mark)
    for source in (sheets.read_text(text), sheets.read_file(text.encode(), "figures.csv")):
        (problem,) = sheets.check(source=source, by=by).problems.shown
        assert problem.message == f"The columns are separated by {word}."
        assert "commas" in problem.accepted
