"""What the house asks of all its rooms (DESIGN, section 3). Each test names what breaks it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pghistory.models
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from importlinter import cli

ROOT = Path(settings.BASE_DIR)
FLOORS = ("kit", "people", "commitments", "monitoring", "boards", "stride")
BUSINESS = ("people", "commitments", "monitoring", "boards")
CALENDAR = re.compile(r"\b(date\.today|datetime\.(now|today|utcnow)|timezone\.(now|localdate)|time\.time)\(")
INLINE = re.compile(r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style|<script(?![^>]*\ssrc=)|javascript:""", re.IGNORECASE)
LONGEST = 120
# Files have real times, whatever day the demonstration stands on.
REAL_TIMES = {ROOT / "commitments/services/workbook/pending.py"}


def code(*folders: str, under: str = "**/*.py") -> Iterator[Path]:
    """The project's own Python files, without migrations."""
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).glob(under)) if "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def business_models() -> list[type[models.Model]]:
    found = [model for label in BUSINESS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if not issubclass(model, pghistory.models.Event)]


# Floors


def test_imports_go_down_only(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    answer = cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert answer == cli.EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_foreign_keys_point_down_too():
    """To the same floor, a lower one, or Django's own users."""
    upwards = [
        f"{model._meta.label}.{field.name} points to {field.related_model._meta.label}"
        for label in FLOORS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation and not field.auto_created and field.related_model is not None
        if field.related_model._meta.app_label in FLOORS
        and FLOORS.index(field.related_model._meta.app_label) > FLOORS.index(label)
    ]
    assert upwards == []


def test_kit_has_no_models():
    assert list(apps.get_app_config("kit").get_models()) == []


# Migrations


def test_every_app_has_one_last_migration():
    heads = MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes()
    labels = [label for label, _ in heads]
    assert sorted({label for label in labels if labels.count(label) > 1}) == []


def test_migrations_have_names_that_say_what_they_do():
    names = [path.relative_to(ROOT) for label in BUSINESS for path in (ROOT / label).glob("migrations/0*.py")]
    assert [str(path) for path in names if "_auto_" in path.name] == []


def test_no_migration_is_missing(db, capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


# The ledger


@pytest.mark.parametrize("model", business_models(), ids=lambda model: model._meta.label)
def test_every_business_model_is_on_the_ledger(model):
    """An event model with a trigger for each kind of change; its rows take inserts only, and it cannot be emptied."""
    events = [each for each in apps.get_models() if getattr(each, "pgh_tracked_model", None) is model]
    assert len(events) == 1, f"{model._meta.label} is not @ledgered"
    tracked = triggers_on(model)
    for act in ("insert", "update", "delete"):
        assert any(act in name for name in tracked), f"{act} of {model._meta.label} is not written down"
    kept = triggers_on(events[0])
    assert any("append_only" in name for name in kept), f"{events[0]._meta.label} can be changed"
    assert any("refuse_truncate" in name for name in kept), f"{events[0]._meta.label} can be emptied"


def triggers_on(model: type[models.Model]) -> list[str]:
    return [trigger.name for trigger in getattr(model._meta, "triggers", [])]


def test_the_database_has_every_trigger_of_the_models(db):
    """As many as the models name, all switched on."""
    named = sum(len(triggers_on(model)) for label in BUSINESS for model in apps.get_app_config(label).get_models())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'pgtrigger_%' AND tgenabled = 'O'")
        assert cursor.fetchone()[0] == named


# Code


def test_only_the_clock_asks_what_day_it_is():
    asked = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in code(*FLOORS)
        if path not in {ROOT / "kit/clock.py", *REAL_TIMES}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if CALENDAR.search(line.partition("#")[0])
    ]
    assert asked == [], "use kit.clock"


def test_services_rules_and_queries_say_what_they_do():
    """Every public function of them, and of kit."""
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in [*code(*BUSINESS, under="services/**/*.py"), *told(), *code("kit", under="*.py")]
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def told() -> Iterator[Path]:
    """Rules and queries, in one file or several."""
    for name in ("rules*.py", "rules/*.py", "queries*.py", "queries/*.py", "querysets.py"):
        yield from code(*BUSINESS, under=name)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-s3.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned(name):
    lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    wanted = [line for line in lines if line and not line.startswith("-r ")]
    assert [line for line in wanted if not re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[0-9][\w.]*", line)] == []


# Templates


def test_templates_hold_no_inline_style_or_script():
    """The content security policy would refuse them."""
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if INLINE.search(line)
    ]
    assert found == []


def test_templates_are_short():
    long = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in templates()}
    assert {path: lines for path, lines in long.items() if lines > LONGEST} == {}


def test_comments_of_templates_end_on_their_line():
    """Over several lines Django takes them for text, and prints them on the page."""
    open_ones = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line.count("{#") != line.count("#}")
    ]
    assert open_ones == []
