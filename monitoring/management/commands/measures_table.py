from django.core.management.base import BaseCommand, CommandParser

from commitments.choices import TargetKind
from commitments.facts import reading_of
from commitments.models import Commitment
from kit import clock
from monitoring.queries.books import books_on, with_books


class Command(BaseCommand):
    help = "Write each objective of a strategy as published, as the machine reads it, and what its figures say."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("strategy", help="The strategy's short name, for example stride25.")

    def handle(self, *, strategy: str, **options) -> None:
        on = clock.today()
        self.stdout.write("# Objectives as the machine reads them\n\n")
        made = f"Made by `manage.py measures_table {strategy}`, as on {on.isoformat()}."
        self.stdout.write(f"{made} The example’s figures are invented and illustrative.\n\n")
        self.stdout.write("| commitment | measure | as published | kind | reading | verdict and sentence |")
        self.stdout.write("| --- | --- | --- | --- | --- | --- |")
        for commitment in with_books(Commitment.objects.filter(strategy__slug=strategy)).order_by("number"):
            for book in books_on(commitment):
                for each in book.judged(on):
                    told = each.outcome.sentence if each.outcome else each.problem or "No machine reads it yet."
                    kind = TargetKind(each.target.kind).label if each.target.kind else "Not read"
                    cells = (book.measure.title, each.target.wording, kind, reading_of(each.target), told)
                    row = " | ".join(" ".join(cell.replace("|", "/").split()) for cell in cells)
                    self.stdout.write(f"| {commitment.number} | {row} |")
