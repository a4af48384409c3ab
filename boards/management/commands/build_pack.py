"""Started by the page that asks for a pack: builds it in a process of its own."""

from django.core.management.base import BaseCommand, CommandError

from boards.models import PackBuild
from boards.services import packs
from boards.services.pack_builder import asker


class Command(BaseCommand):
    help = "Build the edition of a meeting's pack that was asked for."

    def add_arguments(self, parser) -> None:
        parser.add_argument("build", type=int, help="The number of the building, as the page shows it.")

    def handle(self, build: int, **options) -> None:
        row = PackBuild.objects.filter(pk=build).select_related("asked_by_user", "meeting").first()
        if row is None:
            raise CommandError(f"There is no building {build}.")
        edition = packs.build(build=row, by=asker(row))
        row.refresh_from_db()
        self.stdout.write(f"Built {edition}." if edition else row.problem or "Somebody else builds it.")
