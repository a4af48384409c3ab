"""The example's measures and targets say what the readings of its targets say: one truth in two places."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from commitments.facts import facts_of_measure, problem_of
from commitments.models import Measure, Strategy, Target
from commitments.services import workbook
from tests.commitments.targets.stride25_readings import MEASURES, READINGS

EXAMPLE = Path(__file__).parents[2] / "examples" / "stride25"
pytestmark = pytest.mark.django_db


@pytest.fixture
def example():
    report = workbook.import_workbook(source=workbook.load_plan(EXAMPLE), by=None)
    assert [str(problem) for problem in report.problems.shown] == []
    assert report.applied


def test_every_measure_and_target_is_as_it_is_read(example):
    for target in Target.objects.select_related("measure__dimension"):
        kind, params, tolerance, trajectory = READINGS[target.code]
        assert (target.kind, target.params, target.tolerance, target.trajectory) == (
            kind,
            json.loads(json.dumps(params)),
            Decimal(tolerance),
            trajectory,
        )
        assert problem_of(target) == ""
    for measure in Measure.objects.select_related("dimension"):
        facts, wanted = facts_of_measure(measure), MEASURES[measure.code]
        for name in ("unit", "decimals", "better", "over_time", "over_groups"):
            assert getattr(facts, name) == wanted[name], (measure.code, name)
        assert {code for code in wanted.get("groups", {}) if code} <= set(facts.groups)
        assert wanted.get("noun", facts.noun) == facts.noun
        assert measure.definition.endswith("."), f"{measure.code} does not say what is counted"


def test_what_the_example_exports_is_what_it_was_made_from(example, tmp_path):
    workbook.export_folder(strategy=Strategy.objects.get(), with_emails=True, to=tmp_path / "out")
    for sheet in ("dimensions", "groups", "measures", "targets", "commitments"):
        rows = [_rows(folder / f"{sheet}.csv") for folder in (EXAMPLE, tmp_path / "out")]
        assert rows[0] == rows[1]


def _rows(path: Path) -> list[dict[str, str]]:
    """Without their order; what an empty cell stands for is written out in an export."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [
        {name: json.loads(text) if name == "params" and text else text for name, text in row.items()} for row in rows
    ]
    return sorted(told, key=lambda row: (row.get("dimension") or "", row.get("code") or row.get("number") or ""))
