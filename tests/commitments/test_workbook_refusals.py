"""Each thing that a plan workbook may get wrong: the place that is named, and that nothing is written."""

import pytest

from commitments.choices import StrategyState
from commitments.models import CommitmentMeasure, Measure, Strategy, Target
from commitments.services import workbook
from people.models import Post, Tenure
from tests.commitments.workbook_makers import as_rows, held, small_plan, write_folder, write_xlsx
from tests.factories.commitments import CommitmentFactory, StrategyFactory
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(tmp_path):
    """refused(sheets): import them as a folder, expecting that nothing is written; the problems."""

    def problems_of(sheets):
        source = workbook.load_plan(write_folder(tmp_path / "plan", sheets))
        before = held()
        report = workbook.import_workbook(source=source, by=None)
        assert not report.applied
        assert report.changes is None
        assert held() == before
        checked = workbook.check_workbook(source=source)
        assert checked.problems == report.problems
        assert report.problems.total >= 1
        return report.problems

    return problems_of


def only(problems):
    assert [str(problem) for problem in problems.shown][1:] == []
    return problems.shown[0]


def edit(sheet: str, index: int, **cells: str):
    """A small plan with some cells of one row changed."""
    sheets = small_plan()
    sheets[sheet][index] |= cells
    return sheets


ONE_CELL = [
    # sheet, index, column, value, what the message has, what is found, what is accepted
    ("strategy", 0, "slug", "", "empty", "", "cannot be empty"),
    ("strategy", 0, "slug", "new", "taken by STRIDE", "new", "Letters"),
    ("strategy", 0, "slug", "a/b", "letters, numbers", "a/b", "Letters without accents"),
    ("strategy", 0, "title", "x" * 201, "too long: it has 201", "xxx", "at most 200"),
    ("strategy", 0, "summary", "x" * 32_768, "too long: it has 32,768", "xxx", "at most 32,767"),
    ("strategy", 0, "starts", "1 April 2021", "not a date", "1 April 2021", "2021-09-27"),
    ("strategy", 0, "starts", "2021-02-30", "no such date", "2021-02-30", "2021-09-27"),
    ("strategy", 0, "starts", "20210401", "not a date", "20210401", "2021-09-27"),
    ("strategy", 0, "starts", "٢٠٢١-٠٤-٠١", "not a date", "٢٠٢١-٠٤-٠١", "2021-09-27"),
    ("strategy", 0, "ends", "2020-01-01", "before starts, which is 2021-04-01", "2020-01-01", "same day as starts"),
    ("strategy", 0, "predecessor", "ghost", "no such strategy", "ghost", "another strategy already in STRIDE"),
    ("strategy", 0, "predecessor", "plan", "comes back to here", "plan", "another strategy"),
    ("strategy", 0, "green_means", "", "empty", "", "cannot be empty"),
    ("units", 1, "code", "north team", "letters, numbers", "north team", "at most 60"),
    ("units", 1, "kind", "squad", "not one of the choices", "squad", "organisation, business_group"),
    ("units", 1, "parent", "ghost", "no such unit", "ghost", "code of a unit in the workbook or in STRIDE"),
    ("units", 1, "parent", "north", "comes back to here", "north", "code of a unit"),
    ("posts", 0, "unit", "ghost", "no such unit", "ghost", "code of a unit"),
    ("posts", 0, "abolished_on", "never", "not a date", "never", "May be empty"),
    ("people", 0, "name", "", "empty", "", "at most 120"),
    ("people", 0, "email", "ann at home", "not an e-mail address", "ann at home", "the one in STRIDE stays"),
    ("tenures", 0, "post", "ghost", "no such post", "ghost", "code of a post"),
    ("tenures", 0, "person", "ghost", "no such person", "ghost", "code of a person"),
    ("tenures", 0, "basis", "Acting", "not one of the choices", "Acting", "substantive, acting, temporary"),
    ("tenures", 0, "ends", "2021-03-31", "before starts", "2021-03-31", "same day as starts"),
    ("delegations", 0, "ends", "2021-03-31", "before starts", "2021-03-31", "same day as starts"),
    ("delegations", 0, "person", "ghost", "no such person", "ghost", "code of a person"),
    ("programmes", 0, "title", "", "empty", "", "cannot be empty"),
    ("strands", 0, "programme", "9", "no such programme", "9", "number of a programme"),
    ("strands", 0, "title", "x" * 201, "too long", "xxx", "at most 200"),
    ("commitments", 0, "number", "0", "positive whole number", "0", "from 1 to 32,767"),
    ("commitments", 0, "number", "-1", "positive whole number", "-1", "from 1 to 32,767"),
    ("commitments", 0, "number", "1.5", "positive whole number", "1.5", "from 1 to 32,767"),
    ("commitments", 0, "number", "32768", "positive whole number", "32768", "from 1 to 32,767"),
    ("commitments", 0, "number", "²", "positive whole number", "²", "from 1 to 32,767"),
    ("commitments", 1, "programme", "9", "no such programme", "9", "of the workbook or of this strategy"),
    ("commitments", 1, "strand", "1", "no such strand", "2, 1", "a strand of the commitment’s programme"),
    ("commitments", 0, "lead_post", "ghost", "no such post", "ghost", "code of a post"),
    ("commitments", 0, "lead_post", "", "empty", "", "cannot be empty"),
    ("commitments", 0, "overseer_post", "head", "must be different posts", "head", "another post"),
    ("commitments", 0, "lifecycle", "green", "not one of the choices", "green", "not_started, in_progress"),
    ("commitments", 0, "characteristics", "race; height", "“height”", "race; height", "separated by a semicolon"),
    ("commitments", 0, "characteristics", "race; race", "twice", "race; race", "Any of"),
    ("commitments", 0, "characteristics", "race;", "empty place", "race;", "Any of"),
    ("commitments", 0, "duty_aims", "foster, advance", "“foster, advance”", "foster, advance", "eliminate"),
    ("measures", 0, "title", "x" * 251, "too long", "xxx", "at most 250"),
    ("targets", 0, "measure", "ghost", "no such measure", "ghost", "code of a measure"),
    ("targets", 0, "starts", "2026-01-01", "before starts, which is 2026-01-01", "2025-03-31", "same day as starts"),
    ("targets", 0, "order", "first", "positive whole number", "first", "then it is 1"),
    ("commitment_measures", 0, "commitment", "9", "no such commitment", "9", "number of a commitment"),
    ("commitment_measures", 0, "measure", "ghost", "no such measure", "ghost", "code of a measure"),
]


@pytest.mark.parametrize(
    ("sheet", "index", "column", "value", "message", "found", "accepted"),
    ONE_CELL,
    ids=lambda value: str(value)[:20].encode("ascii", "replace").decode(),
)
def test_one_cell(refused, sheet, index, column, value, message, found, accepted):
    problems = refused(edit(sheet, index, **{column: value}))
    problem = problems.shown[0]
    # What else refers to a row whose code or number is wrong cannot be told apart from a wrong reference.
    assert problems.total == 1 or column in {"number", "code"} or sheet == "strands"
    named = "due_on" if (sheet, column) == ("targets", "starts") else column
    assert (problem.sheet, problem.row, problem.column) == (sheet, index + 2, named)
    assert message in problem.message
    assert problem.found.startswith(found)
    assert accepted in problem.accepted


def test_a_circle_with_what_stride_has(refused):
    """Neither the workbook nor STRIDE has a circle; both together would."""
    UnitFactory(code="desk", parent=UnitFactory(code="body"))
    later = StrategyFactory(slug="later", predecessor=StrategyFactory(slug="plan", state="draft"))
    sheets = edit("strategy", 0, predecessor=later.slug)
    sheets["units"][0]["parent"] = "desk"
    places = {(each.sheet, each.row, each.column, each.found) for each in refused(sheets).shown}
    assert places == {("strategy", 2, "predecessor", "later"), ("units", 2, "parent", "desk")}


@pytest.mark.parametrize("sheet", ["strategy", "posts", "programmes", "commitments"])
def test_a_needed_sheet_is_missing(refused, sheet):
    sheets = small_plan()
    del sheets[sheet]
    problem = next(problem for problem in refused(sheets).shown if "missing" in problem.message)
    assert (problem.sheet, problem.row) == (sheet, None)
    assert problem.message == f"The sheet {sheet} is missing."


def test_a_missing_sheet_is_not_blamed_on_those_that_refer_to_it(refused):
    sheets = small_plan()
    del sheets["posts"]
    assert only(refused(sheets)).sheet == "posts"


def test_an_unknown_sheet(refused):
    problem = only(refused(small_plan() | {"commitmnts": []}))
    assert problem.message == "There is no sheet of this name in a plan workbook. Did you mean commitments?"
    assert problem.found == "commitmnts.csv"
    assert "strategy, units, posts" in problem.accepted


def test_an_unknown_and_a_missing_column(refused, tmp_path):
    sheets = small_plan()
    rows = as_rows("posts", sheets.pop("posts"))
    rows[0][1] = "titel"
    sheets["posts"] = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    source = write_folder(tmp_path / "w", sheets)
    (source / "posts.csv").write_text("\n".join(",".join(row) for row in rows))
    problems = workbook.check_workbook(source=workbook.load_plan(source)).problems
    unknown, missing = problems.shown
    assert (unknown.sheet, unknown.row, unknown.column) == ("posts", 1, "titel")
    assert unknown.message == "There is no such column in this sheet. Did you mean title?"
    assert (missing.sheet, missing.row, missing.column) == ("posts", 1, "title")
    assert missing.message == "The column is missing."


def test_one_report_tells_everything_that_is_wrong_with_a_sheet(tmp_path):
    """A formula makes its own cell unknown, an unknown column itself; the rest of the sheet is checked all the same."""
    sheets = small_plan()
    first, second = sheets["commitments"]
    for row in (first, second):
        row["colour"] = "blue"
    second |= {"number": "1", "overseer_post": "ghost", "due_on": "soon", "title": "=1+1"}
    before = held()
    source = workbook.load_plan(write_xlsx(tmp_path / "plan.xlsx", sheets))
    report = workbook.import_workbook(source=source, by=None)
    assert held() == before
    told = {(problem.sheet, problem.row, problem.column): problem for problem in report.problems.shown}
    assert set(told) == {
        ("commitments", 3, "title"),
        ("commitments", 1, "colour"),
        ("commitments", 3, "due_on"),
        ("commitments", 3, "number"),
        ("commitments", 3, "overseer_post"),
    }
    assert told["commitments", 3, "title"].message == "Cell B3 has a formula."
    assert told["commitments", 1, "colour"].message.startswith("There is no such column in this sheet.")
    assert told["commitments", 3, "number"].message == "Rows 2 and 3 are about the same commitment."
    assert told["commitments", 3, "overseer_post"].message == "There is no such post."
    assert all(problem.found and problem.accepted for problem in told.values())


def test_nobody_is_blamed_for_pointing_at_a_row_whose_code_is_a_formula(tmp_path):
    sheets = edit("posts", 0, code='=LOWER("HEAD")')
    source = workbook.load_plan(write_xlsx(tmp_path / "plan.xlsx", sheets))
    assert only(workbook.check_workbook(source=source).problems).column == "code"


@pytest.mark.parametrize("headings", ["title,unit,abolished_on", "code,code,title,unit,abolished_on"])
def test_nobody_is_blamed_for_pointing_into_a_sheet_without_its_code(tmp_path, headings):
    folder = write_folder(tmp_path / "w", small_plan())
    (folder / "posts.csv").write_text(f"{headings}\n" + ",".join(["head"] * len(headings.split(","))) + "\n")
    problems = workbook.check_workbook(source=workbook.load_plan(folder)).problems
    assert {problem.sheet for problem in problems.shown} == {"posts"}


def test_a_column_twice(tmp_path, refused):
    sheets = small_plan()
    folder = write_folder(tmp_path / "w", sheets)
    (folder / "posts.csv").write_text("code,title,Title,unit,abolished_on\nhead,Head,Head,,\nchief,Chief,Chief,,\n")
    problem = only(workbook.check_workbook(source=workbook.load_plan(folder)).problems)
    assert (problem.sheet, problem.row, problem.column) == ("posts", 1, "title")
    assert problem.message == "The column is there 2 times."


def test_a_value_under_no_heading(tmp_path):
    folder = write_folder(tmp_path / "w", small_plan())
    with (folder / "strands.csv").open("a") as file:
        file.write("1,2,Places,and more\n")
    problem = only(workbook.check_workbook(source=workbook.load_plan(folder)).problems)
    assert (problem.sheet, problem.row, problem.found) == ("strands", 3, "and more")
    assert problem.message == "The row has a value under no heading."


REPEATED = [
    ("units", {}, "Rows 2 and 4 are about the same unit.", "code", "body"),
    ("posts", {}, "Rows 2 and 4 are about the same post.", "code", "head"),
    ("people", {}, "Rows 2 and 4 are about the same person.", "code", "ann"),
    ("tenures", {}, "Rows 2 and 4 are about", "post, person, basis, starts", "head, ann, substantive, 2021-04-01"),
    ("delegations", {}, "Rows 2 and 3 are about", "post, person, starts", "head, bob, 2021-04-01"),
    ("programmes", {}, "Rows 2 and 4 are about", "number", "1"),
    ("strands", {}, "Rows 2 and 3 are about", "programme, number", "1, 1"),
    ("commitments", {}, "Rows 2 and 4 are about", "number", "1"),
    ("measures", {}, "Rows 2 and 3 are about", "code", "trust"),
    ("targets", {}, "Rows 2 and 3 are about", "code", "trust-90"),
    ("commitment_measures", {"order": "2"}, "Rows 2 and 3 are about", "commitment, measure", "1, trust"),
]


@pytest.mark.parametrize(("sheet", "cells", "message", "column", "found"), REPEATED)
def test_the_same_twice(refused, sheet, cells, message, column, found):
    sheets = small_plan()
    sheets[sheet].append(sheets[sheet][0] | cells)
    problem = only(refused(sheets))
    assert problem.message.startswith(message)
    assert (problem.sheet, problem.column, problem.found) == (sheet, column, found)


@pytest.mark.parametrize("rows", [0, 2])
def test_exactly_one_strategy(refused, rows):
    sheets = small_plan()
    sheets["strategy"] = [small_plan()["strategy"][0] | {"slug": f"plan-{number}"} for number in range(rows)]
    problem = next(problem for problem in refused(sheets).shown if problem.sheet == "strategy")
    assert problem.message == f"The sheet has {rows} rows under its headings."
    assert "exactly one" in problem.accepted


def test_units_in_a_circle_name_each_of_them(refused):
    sheets = small_plan()
    sheets["units"][0]["parent"] = "north"
    problems = refused(sheets)
    assert [(problem.sheet, problem.row, problem.column) for problem in problems.shown] == [
        ("units", 2, "parent"),
        ("units", 3, "parent"),
    ]


def test_a_circle_through_what_stride_has(tmp_path, refused):
    workbook.import_workbook(source=workbook.load_plan(write_folder(tmp_path / "w", small_plan())), by=None)
    sheets = small_plan()
    sheets["units"] = [sheets["units"][0] | {"parent": "north"}]
    problem = only(refused(sheets))
    assert (problem.sheet, problem.row, problem.column, problem.found) == ("units", 2, "parent", "north")


@pytest.mark.parametrize("basis", ["substantive", "acting", "temporary"])
def test_two_in_one_post(refused, basis):
    sheets = small_plan()
    sheets["tenures"] = [
        {"post": "head", "person": "ann", "basis": basis, "starts": "2021-04-01", "ends": "2021-12-31"},
        {"post": "head", "person": "bob", "basis": basis, "starts": "2021-12-31"},
    ]
    problem = only(refused(sheets))
    assert (problem.sheet, problem.row, problem.column) == ("tenures", 3, "starts, ends")
    assert problem.message == "The days overlap with row 2."
    assert problem.found == "2021-12-31 with no end"


def test_acting_cover_may_overlap(tmp_path):
    sheets = small_plan()
    sheets["tenures"].append({"post": "head", "person": "bob", "basis": "acting", "starts": "2021-05-01"})
    assert workbook.import_workbook(source=workbook.load_plan(write_folder(tmp_path / "w", sheets)), by=None).applied


def test_two_in_one_post_one_of_them_in_stride(tmp_path, refused):
    workbook.import_workbook(source=workbook.load_plan(write_folder(tmp_path / "w", small_plan())), by=None)
    sheets = small_plan()
    sheets["tenures"] = [
        {"post": "head", "person": "bob", "basis": "substantive", "starts": "2020-01-01", "ends": "2021-04-01"}
    ]
    problem = only(refused(sheets))
    assert (problem.sheet, problem.row) == ("tenures", 2)
    assert problem.message == "The days overlap with the one in STRIDE from 2021-04-01."
    assert problem.found == "2020-01-01 to 2021-04-01"


def test_one_delegate_twice(refused):
    sheets = small_plan()
    sheets["delegations"].append({"post": "head", "person": "bob", "starts": "2021-12-31"})
    problem = only(refused(sheets))
    assert (problem.sheet, problem.row) == ("delegations", 3)
    assert problem.message == "The days overlap with row 2."


@pytest.mark.parametrize("state", [StrategyState.CLOSED, StrategyState.SUPERSEDED])
def test_a_locked_strategy(tmp_path, refused, state):
    workbook.import_workbook(source=workbook.load_plan(write_folder(tmp_path / "w", small_plan())), by=None)
    Strategy.objects.update(state=state)
    problem = only(refused(edit("measures", 0, title="Confidence")))
    assert (problem.sheet, problem.row, problem.column, problem.found) == ("strategy", 2, "slug", "plan")
    assert problem.message == f"The strategy is {state.label.lower()}: it can no longer be changed."


def test_a_measure_of_a_locked_strategy(refused):
    measure = Measure.objects.create(code="trust", title="Trust")
    Target.objects.create(code="trust-90", measure=measure, wording="90 per cent.")
    old = StrategyFactory(title="The old plan", state=StrategyState.CLOSED)
    CommitmentMeasure.objects.create(commitment=CommitmentFactory(programme__strategy=old), measure=measure)
    problems = refused(small_plan())
    assert [(problem.sheet, problem.row, problem.column) for problem in problems.shown] == [
        ("measures", 2, "code"),
        ("targets", 2, "measure"),
    ]
    assert problems.shown[0].message == "The measure also belongs to The old plan, which is closed."


def test_somebody_in_a_post_after_its_end(refused):
    problem = only(refused(edit("posts", 0, abolished_on="2022-03-31")))
    assert (problem.sheet, problem.row, problem.column, problem.found) == ("tenures", 2, "ends", "no end")
    assert problem.message == "The post was abolished on 2022-03-31."


def test_somebody_in_stride_in_a_post_after_its_end(refused):
    post = Post.objects.create(code="chief", title="Chief")
    Tenure.objects.create(post=post, person=PersonFactory(), basis="acting", starts="2021-04-01")
    sheets = edit("posts", 1, abolished_on="2022-03-31")
    problem = only(refused(sheets))
    assert (problem.sheet, problem.row, problem.column) == ("posts", 3, "abolished_on")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x00b", "NUL"), ("a\x07b", "a<U+0007>b"), ("a\ufffeb", "a<U+FFFE>b"), ("a\x1bb", "a<U+001B>b")],
)
def test_hidden_characters(tmp_path, text, shown):
    sheets = edit("commitments", 1, statement=text)
    problem = only(workbook.check_workbook(source=workbook.load_plan(write_folder(tmp_path / "w", sheets))).problems)
    if shown == "NUL":
        assert (problem.sheet, problem.message) == ("commitments", "The file is not CSV text: it has NUL bytes.")
    else:
        assert (problem.sheet, problem.row, problem.column) == ("commitments", 3, "statement")
        assert problem.found == shown
        assert problem.message == "The cell has a hidden character that cannot be saved."


def test_many_problems_are_counted_and_the_first_are_shown(refused):
    sheets = small_plan()
    sheets["programmes"] += [{"number": "x", "title": ""} for _ in range(150)]
    problems = refused(sheets)
    assert problems.total == 300
    assert len(problems.shown) == 200
    assert (problems.shown[0].row, problems.shown[0].column) == (4, "number")


def test_wrong_cells_and_wrong_references_are_told_together(refused):
    sheets = edit("commitments", 0, lead_post="ghost", due_on="soon")
    sheets["units"][0]["kind"] = "planet"
    assert [(problem.sheet, problem.column) for problem in refused(sheets).shown] == [
        ("units", "kind"),
        ("commitments", "due_on"),
        ("commitments", "lead_post"),
    ]


def test_nothing_filled_in(refused):
    problem = only(refused({name: [] for name in small_plan()}))
    assert problem.message == "The workbook is empty."
    assert "strategy, posts, programmes, commitments" in problem.accepted


def test_an_empty_folder(refused):
    assert only(refused({})).message == "The workbook is empty."


def test_an_attack_in_a_text_is_only_a_text(tmp_path):
    sheets = edit("commitments", 0, title="'; DROP TABLE x; --", statement="{{ 7 }} %s <script>")
    workbook.import_workbook(source=workbook.load_plan(write_folder(tmp_path / "w", sheets)), by=None)
    commitment = Strategy.objects.get().commitments.get(number=1)
    assert (commitment.title, commitment.statement) == ("'; DROP TABLE x; --", "{{ 7 }} %s <script>")
