"""The two commands of the plan workbook."""

import io

import pytest
from django.core.management import CommandError, call_command

from commitments.choices import StrategyState
from commitments.models import Strategy
from commitments.services import workbook
from tests.commitments.workbook_makers import held, small_plan, write_folder

pytestmark = pytest.mark.django_db


def run(*arguments) -> str:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    return write_folder(tmp_path / "small", small_plan())


def test_a_dry_run_says_what_would_change(folder):
    before = held()
    lines = run("import_plan", folder, "--dry-run").splitlines()
    assert lines[0] == "small: This would change:"
    assert "  commitments: 2 added, 0 changed, 0 unchanged, 0 not mentioned" in lines
    assert held() == before


def test_an_import_says_what_changed(folder):
    assert run("import_plan", folder).startswith("small: Imported:\n")
    assert run("import_plan", folder) == "small: STRIDE has all of it already. Nothing changes.\n"
    sheets = small_plan()
    sheets["posts"][0]["title"] = "Head"
    assert "    head\n      title: 'Head of North' -> 'Head'\n" in run("import_plan", write_folder(folder, sheets))


def test_problems_end_with_an_error(folder, tmp_path):
    sheets = small_plan()
    sheets["posts"] = [{"code": "x y", "title": ""} for _ in range(150)]
    before = held()
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"^30\d problems\. Nothing was changed\.$") as failure:
        call_command("import_plan", str(write_folder(tmp_path / "bad", sheets)), stdout=out)
    assert failure.value.returncode == 1
    assert "  posts, row 2, column code: Enter a valid" in out.getvalue()
    assert "\n  ... and 10" in out.getvalue()
    assert held() == before


def test_an_approved_strategy_needs_a_reason(folder):
    run("import_plan", folder)
    Strategy.objects.update(state=StrategyState.APPROVED)
    sheets = small_plan()
    sheets["posts"][0]["title"] = "Head"
    write_folder(folder, sheets)
    with pytest.raises(CommandError, match=r"^Say why you are changing The plan\. Nothing was changed\.$"):
        run("import_plan", folder)
    assert run("import_plan", folder, "--reason", "A new title.").startswith("small: Imported:")


def test_exports_come_back_unchanged(folder, tmp_path):
    run("import_plan", folder)
    assert run("export_plan", "plan", "--to", tmp_path / "out.xlsx").startswith("The plan was exported to ")
    run("export_plan", "plan", "--to", tmp_path / "out" / "csv")
    for path in (tmp_path / "out.xlsx", tmp_path / "out" / "csv"):
        assert not workbook.check_workbook(source=workbook.load_plan(path)).changes
    assert "ann@stride.example" in (tmp_path / "out" / "csv" / "people.csv").read_text()


def test_exports_that_cannot_be(folder, tmp_path):
    run("import_plan", folder)
    with pytest.raises(CommandError, match=r"^There is no strategy ghost\.$"):
        run("export_plan", "ghost", "--to", tmp_path / "out.xlsx")
    (tmp_path / "diary.txt").write_text("mine")
    with pytest.raises(CommandError, match="holds other files"):
        run("export_plan", "plan", "--to", tmp_path)
    with pytest.raises(CommandError, match="No such file"):
        run("export_plan", "plan", "--to", tmp_path / "none" / "out.xlsx")
