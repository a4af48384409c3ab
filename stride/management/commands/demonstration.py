"""`make run`: brings the database up to date, loads the example once, and serves until Ctrl-C."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from stride import demonstration


class Command(BaseCommand):
    help = "Run the demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port: int, **options) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration runs with its own settings only.")
        settings.PUBLIC_URL = f"http://127.0.0.1:{port}"  # links in mail lead to where this one runs
        self._say("Bringing the database up to date.")
        call_command("migrate", verbosity=0, interactive=False)
        if demonstration.is_loaded():
            self._say("The example is loaded.")
        elif demonstration.is_too_old():
            self._say(f"{demonstration.TOO_OLD} Until then it runs as it is.")
        else:
            self._say("Loading the example: STRIDE25, with three rounds and a year of boards, their papers and packs.")
            demonstration.load()
        self._say(f"STRIDE is on http://127.0.0.1:{port}/  (Ctrl-C stops it)")
        sys.exit(self._serve(port))

    def _serve(self, port: int) -> int:
        # A child, not exec: this process holds the private PostgreSQL and lets it go when the server has ended.
        server = subprocess.Popen(  # noqa: S603  a fixed command and a number
            [
                str(Path(sys.executable).with_name("gunicorn")),
                "stride.wsgi:application",
                f"--bind=127.0.0.1:{port}",
                "--workers=2",
                "--threads=4",
                "--log-level=warning",
                "--graceful-timeout=3",
            ],
            env={**os.environ, "STRIDE_PUBLIC_URL": settings.PUBLIC_URL},
        )
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the server itself; wait for it
        return max(server.wait(), 0)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
