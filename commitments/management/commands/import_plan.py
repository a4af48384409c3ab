"""Import a plan workbook from the server's own disk."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from commitments.services import workbook
from kit import clock
from kit.ledger import said


class Command(BaseCommand):
    help = "Import a plan workbook: a folder of CSV files or one XLSX file. All of it is applied, or nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Check and show what would change; write nothing.")
        parser.add_argument("--reason", default="", help="Why, when a strategy that was approved changes.")

    def handle(self, *, path: Path, dry_run: bool, reason: str, **options) -> None:
        plan = workbook.load_plan(path)
        if dry_run:
            report = workbook.check_workbook(source=plan)
        else:
            with said(url="import_plan", at=clock.now().isoformat()):
                report = workbook.import_workbook(source=plan, by=None, reason=reason)
        self.stdout.write("\n".join(workbook.report_lines(report)))
        if report.problems:
            raise CommandError(f"{workbook.counted(report.problems.total, 'problem')}. Nothing was changed.")
        if report.refusal:
            raise CommandError(f"{report.refusal} Nothing was changed.")
