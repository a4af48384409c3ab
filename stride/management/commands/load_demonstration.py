from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stride import demonstration


class Command(BaseCommand):
    help = "Load the STRIDE25 example once: the plan, the personas, three rounds, the boards and their records."

    def handle(self, **options) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("The example has printed passwords: it is for the demonstration's settings only.")
        if demonstration.is_loaded():
            self.stdout.write("The example is loaded already.")
            return
        if demonstration.is_too_old():
            raise CommandError(demonstration.TOO_OLD)
        demonstration.load()
        self.stdout.write("The example is loaded.")
