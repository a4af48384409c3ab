"""Importing a plan workbook: what is written, what is left, and that twice is the same as once."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import connection

from commitments.choices import StrategyState
from commitments.models import Commitment, Measure, Programme, Strategy
from commitments.services import workbook
from commitments.services.workbook import importing, write
from kit.verdict import Refusal
from people.models import Person, Post, Tenure, Unit
from tests.commitments.workbook_makers import book_of, held, small_plan, write_folder, write_xlsx
from tests.factories.commitments import CommitmentFactory, StrategyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring_in(tmp_path):
    """bring_in(sheets): import them as a folder, expecting no problem; the report."""

    def imported(sheets, **more):
        report = workbook.import_workbook(
            source=workbook.load_plan(write_folder(tmp_path / "p", sheets)), by=None, **more
        )
        assert [str(problem) for problem in report.problems.shown] == []
        return report

    return imported


def test_all_of_it_is_written(bring_in):
    report = bring_in(small_plan())
    assert report.applied
    strategy = Strategy.objects.get()
    assert (strategy.slug, strategy.state, strategy.programme_label) == ("plan", StrategyState.DRAFT, "Programme")
    first = Commitment.objects.get(number=1)
    assert (first.strategy, first.programme.number, first.strand.title) == (strategy, 1, "People")
    assert (first.lead_post.code, first.overseer_post.code) == ("head", "chief")
    assert (first.characteristics, first.duty_aims, first.due_on) == (["race", "sex"], ["foster"], dt.date(2023, 3, 31))
    assert (first.lifecycle, first.impact) == ("not_started", "both")
    assert Unit.objects.get(code="north").parent.code == "body"
    assert Tenure.objects.get(post__code="chief").ends == dt.date(2022, 3, 31)
    assert [measure.code for measure in first.measures.all()] == ["trust"]


def test_twice_writes_nothing_more(bring_in):
    bring_in(small_plan())
    before = held()
    report = bring_in(small_plan())
    assert not report.applied
    assert not report.changes
    assert report.changes.unchanged == 20
    assert held() == before


def test_a_check_writes_nothing_and_says_the_same(tmp_path):
    before = held()
    report = workbook.check_workbook(source=workbook.load_plan(write_folder(tmp_path / "p", small_plan())))
    assert report.changes.added == 20
    assert not report.applied
    assert held() == before


def test_only_what_differs_is_written(bring_in):
    bring_in(small_plan())
    before = held()
    sheets = small_plan()
    sheets["commitments"][1]["title"] = "Listen first"
    sheets["commitments"][1]["programme"] = "1"
    sheets["commitments"][1]["strand"] = "1"
    report = bring_in(sheets)
    (change,) = next(sheet for sheet in report.changes.sheets if sheet.name == "commitments").changed
    assert [(field.column, field.old, field.new) for field in change.fields] == [
        ("title", "Listen", "Listen first"),
        ("programme", "2", "1"),
        ("strand", "", "1"),
    ]
    moved = Commitment.objects.get(number=2)
    assert (moved.title, moved.programme.number, moved.strand.number) == ("Listen first", 1, 1)
    assert held() == before | {"ledger": before["ledger"] + 1}


def test_what_is_not_mentioned_stays(bring_in):
    bring_in(small_plan())
    sheets = small_plan()
    for name in ("units", "people", "tenures", "delegations", "measures", "targets", "commitment_measures"):
        del sheets[name]
    sheets["commitments"].pop()
    before = held()
    report = bring_in(sheets)
    assert not report.changes
    assert report.changes.not_mentioned == 11
    assert held() == before


def test_references_may_be_to_what_stride_has(bring_in):
    bring_in(small_plan())
    sheets = {"strategy": [{**small_plan()["strategy"][0], "slug": "next", "predecessor": "plan"}]}
    sheets |= {"posts": [], "programmes": [{"number": "1", "title": "More"}]}
    sheets["commitments"] = [{**small_plan()["commitments"][1], "programme": "1"}]
    bring_in(sheets)
    assert Strategy.objects.get(slug="next").predecessor.slug == "plan"
    assert Commitment.objects.get(strategy__slug="next").lead_post.code == "head"
    assert Programme.objects.filter(number=1).count() == 2


def test_a_tenure_ends_before_the_next_begins(bring_in):
    bring_in(small_plan())
    sheets = small_plan()
    sheets["tenures"][0]["ends"] = "2021-12-31"
    sheets["tenures"].append({"post": "head", "person": "bob", "basis": "substantive", "starts": "2022-01-01"})
    report = bring_in(sheets)
    assert (report.changes.added, report.changes.changed) == (1, 1)


def test_units_may_come_in_any_order_and_move_under_new_ones(bring_in):
    sheets = small_plan()
    sheets["units"] = [
        {"code": "desk", "name": "Desk", "kind": "team", "parent": "north"},
        *reversed(small_plan()["units"]),
    ]
    bring_in(sheets)
    assert Unit.objects.get(code="desk").parent.parent.code == "body"
    sheets["units"][0]["parent"] = "south"
    sheets["units"].append({"code": "south", "name": "South", "kind": "team", "parent": "body"})
    bring_in(sheets)
    assert Unit.objects.get(code="desk").parent.code == "south"


def test_units_may_change_places(bring_in, monkeypatch):
    """On the way, where rows are written in several statements, each stands under the other."""
    monkeypatch.setattr(write, "BATCH", 1)
    sheets = small_plan()
    sheets["units"] = [
        {"code": "body", "name": "The body", "kind": "organisation", "parent": "north"},
        {"code": "north", "name": "North", "kind": "team", "parent": ""},
    ]
    bring_in(small_plan())
    bring_in(sheets)
    assert Unit.objects.get(code="body").parent.code == "north"
    assert Unit.objects.get(code="north").parent is None


def test_an_empty_email_leaves_the_one_that_is_there(bring_in):
    bring_in(small_plan())
    sheets = small_plan()
    sheets["people"][0]["email"] = ""
    assert not bring_in(sheets).changes
    assert Person.objects.get(code="ann").email == "ann@stride.example"


def test_line_ends_and_space_around_are_no_change(bring_in):
    sheets = small_plan()
    sheets["commitments"][0]["statement"] = "  One.\r\nTwo.\rThree. "
    bring_in(sheets)
    commitment = Commitment.objects.get(number=1)
    assert commitment.statement == "One.\nTwo.\nThree."
    commitment.statement = "One.\r\nTwo.\r\nThree. "
    commitment.save()
    assert not bring_in(sheets).changes


def test_the_ledger_names_the_workbook(bring_in):
    bring_in(small_plan())
    event = apps.get_model("commitments", "StrategyEvent").objects.get()
    assert event.pgh_context["workbook"] == "p"


def test_an_approved_strategy_changes_with_a_reason_only(tmp_path, bring_in):
    bring_in(small_plan())
    Strategy.objects.update(state=StrategyState.IN_FORCE)
    assert not bring_in(small_plan()).refusal
    sheets = small_plan()
    sheets["programmes"][0]["title"] = "Safety"
    before = held()
    report = bring_in(sheets)
    assert (report.applied, report.asks_reason) == (False, "The plan")
    assert report.refusal == "Say why you are changing The plan."
    assert held() == before
    assert bring_in(sheets, reason="The board renamed it.").applied
    event = apps.get_model("commitments", "ProgrammeEvent").objects.latest("pgh_id")
    assert event.pgh_context["reason"] == "The board renamed it."


def test_changes_other_than_those_agreed_to_are_not_applied(tmp_path, bring_in):
    source = workbook.load_plan(write_folder(tmp_path / "q", small_plan()))
    agreed = workbook.check_workbook(source=source).changes.fingerprint
    Post.objects.create(code="head", title="Head of South")
    before = held()
    report = workbook.import_workbook(source=source, by=None, expected=agreed)
    assert not report.applied
    assert report.refusal == "STRIDE has changed since you looked. Check again what would change."
    assert held() == before
    assert workbook.import_workbook(source=source, by=None, expected=report.changes.fingerprint).applied


@pytest.mark.parametrize("persona", ["admin", "team"])
def test_those_who_keep_the_plan_import(request, actor_of, tmp_path, persona):
    actor = actor_of(request.getfixturevalue(persona))
    source = workbook.load_plan(write_folder(tmp_path / "p", small_plan()))
    assert workbook.import_workbook(source=source, by=actor).applied


@pytest.mark.parametrize("persona", ["lead", "overseer", "delegate", "secretariat", "member", "auditor", "viewer"])
def test_others_do_not(request, actor_of, tmp_path, persona):
    actor = actor_of(request.getfixturevalue(persona))
    source = workbook.load_plan(write_folder(tmp_path / "p", small_plan()))
    before = held()
    with pytest.raises(Refusal, match="Only the strategy team and administrators can import"):
        workbook.import_workbook(source=source, by=actor)
    assert held() == before


def test_what_the_database_refuses_becomes_a_report(tmp_path, monkeypatch):
    """As when somebody else writes a clashing tenure between our check and our writing."""
    source = workbook.load_plan(write_folder(tmp_path / "p", small_plan()))
    before = held()
    write = importing.write

    def and_clash(*args):
        write(*args)
        tenure = Tenure.objects.get(post__code="head")
        Tenure.objects.create(post=tenure.post, person=tenure.person, basis=tenure.basis, starts=tenure.starts)

    monkeypatch.setattr(importing, "write", and_clash)
    report = workbook.import_workbook(source=source, by=None)
    (problem,) = report.problems.shown
    assert problem.message == "Somebody already holds this post on this basis for some of these days."
    assert not report.applied
    assert held() == before


def test_what_the_database_refuses_at_the_end_becomes_a_report_too(tmp_path, monkeypatch):
    """The foreign key that keeps a strand in its programme waits for the end of the transaction."""
    source = workbook.load_plan(write_folder(tmp_path / "p", small_plan()))
    write = importing.write

    def and_break(*args):
        write(*args)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE commitments_commitment SET programme_id = 1 + (SELECT max(id) FROM commitments_programme)"
            )

    monkeypatch.setattr(importing, "write", and_break)
    report = workbook.import_workbook(source=source, by=None)
    assert report.problems.total == 1
    assert report.problems.shown[0].message.startswith("The database refused the workbook (")
    assert not Strategy.objects.exists()


def test_other_errors_are_not_hidden(tmp_path, monkeypatch):
    source = workbook.load_plan(write_folder(tmp_path / "p", small_plan()))
    monkeypatch.setattr(importing, "write", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        workbook.import_workbook(source=source, by=None)


@pytest.mark.parametrize("times", [1, 40])
def test_a_check_costs_the_same_however_long(tmp_path, django_assert_num_queries, times):
    sheets = small_plan()
    for number in range(times):
        code = f"post-{number}"
        sheets["posts"].append({"code": code, "title": code, "unit": "north"})
        sheets["tenures"].append({"post": code, "person": "ann", "basis": "acting", "starts": "2021-04-01"})
        sheets["commitments"].append({**sheets["commitments"][0], "number": str(number + 10), "lead_post": code})
    source = workbook.load_plan(write_folder(tmp_path / "p", sheets))
    with django_assert_num_queries(15):
        workbook.check_workbook(source=source)
    assert workbook.import_workbook(source=source, by=None).applied
    with django_assert_num_queries(15):
        assert not workbook.check_workbook(source=source).changes


@pytest.mark.parametrize("times", [1, 40])
def test_applying_costs_the_same_for_few_rows_and_for_many(tmp_path, django_assert_num_queries, times):
    sheets = small_plan()
    sheets["posts"] += [{"code": f"post-{number}", "title": "Post"} for number in range(times)]
    source = workbook.load_plan(write_folder(tmp_path / "p", sheets))
    with django_assert_num_queries(38):
        workbook.import_workbook(source=source, by=None)


def test_real_dates_and_numbers_of_a_spreadsheet(tmp_path):
    book = book_of(small_plan())
    book["strategy"]["D2"] = dt.date(2021, 4, 1)
    book["strategy"]["E2"] = dt.datetime(2025, 3, 31)  # noqa: DTZ001  spreadsheets know no time zones
    book["programmes"]["A2"] = 1
    book["programmes"]["A3"] = 2.0
    book["programmes"]["B2"] = 1984
    book.save(tmp_path / "plan.xlsx")
    report = workbook.import_workbook(source=workbook.load_plan(tmp_path / "plan.xlsx"), by=None)
    assert report.applied, report.problems.shown
    assert Strategy.objects.get().ends == dt.date(2025, 3, 31)
    assert [programme.title for programme in Programme.objects.all()] == ["1984", "Trust"]


def test_a_spreadsheet_and_a_folder_are_the_same(tmp_path, bring_in):
    bring_in(small_plan())
    report = workbook.check_workbook(source=workbook.load_plan(write_xlsx(tmp_path / "plan.xlsx", small_plan())))
    assert report.changes is not None
    assert not report.changes


def test_sheet_names_and_headings_may_be_in_capitals_and_notes_are_passed_over(tmp_path):
    book = book_of(small_plan())
    book["strategy"].title = "other"
    book["other"].title = "Strategy"
    book["Strategy"]["A1"] = " Slug "
    book.create_sheet("Notes")["A1"] = "=1+1"
    book.save(tmp_path / "Plan.XLSX")
    assert workbook.check_workbook(source=workbook.load_plan(tmp_path / "Plan.XLSX")).changes


def test_other_strategies_are_left_alone(bring_in):
    CommitmentFactory(programme__strategy=StrategyFactory(slug="other"), programme__number=1, number=1)
    bring_in(small_plan())
    assert Commitment.objects.get(strategy__slug="other").title == "Commitment 1"
    assert Measure.objects.count() == 1
