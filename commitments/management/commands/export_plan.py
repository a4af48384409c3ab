"""Export a strategy as a plan workbook to the server's own disk."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from commitments.models import Strategy
from commitments.services import workbook


class Command(BaseCommand):
    help = "Export a strategy with its people, commitments and measures as a plan workbook."

    def add_arguments(self, parser) -> None:
        parser.add_argument("slug", help="The strategy's short name in addresses.")
        parser.add_argument(
            "--to", type=Path, required=True, help="A name that ends in .xlsx, or a folder for CSV files."
        )

    def handle(self, *, slug: str, to: Path, **options) -> None:
        strategy = Strategy.objects.filter(slug=slug).first()
        if strategy is None:
            raise CommandError(f"There is no strategy {slug}.")
        try:
            if to.suffix.casefold() == ".xlsx":
                to.write_bytes(workbook.export_xlsx(strategy=strategy, with_emails=True))
            else:
                workbook.export_folder(strategy=strategy, with_emails=True, to=to)
        except (workbook.CannotExport, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{strategy} was exported to {to}.")
