"""The building of an edition, step by step, in a process of its own. Killed anywhere, it leaves the state before.

Each step writes how far it is in a small transaction of its own. Files are stored first, under their own hash, where
nobody finds them; the edition that names them comes in one transaction at the end.
"""

import datetime as dt
import hashlib
import logging
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction

from boards.choices_papers import AudienceKind, BuildState
from boards.models import PackBuild, PackEdition, PackFile
from boards.packing.assemble import Assembled, Sources, assemble
from boards.packing.manifest import fingerprint
from boards.packing.planning import EditionDraft, FileDraft, Wanted, draft
from boards.services.agenda import locked
from kit import clock
from kit.private_files import store
from kit.verdict import Refusal
from people.actor import Actor, actor_for
from people.models import Role

log = logging.getLogger(__name__)
BROKE = "Something went wrong that nobody foresaw, and was written down for whoever keeps the service. Try it again."
NOT_STARTED = "The building could not be started on this machine. Tell whoever keeps the service."
# Seconds between two notes of how far it is.
PAUSE = 0.5


class Stopped(Exception):
    """Another has taken over: this building is no longer wanted."""


def launch(build: PackBuild) -> None:
    """Start it, as PACK_BUILDS says: in a process of its own, or here and now."""
    if settings.PACK_BUILDS == "inline":
        run(build.pk, by=asker(build))
        return
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "build_pack", str(build.pk)]
    try:
        subprocess.Popen(  # noqa: S603  no word of a user's is in it, only a number of ours
            command,
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=None,
            start_new_session=True,
        )
    except OSError:
        log.exception("The building of pack %s was not started", build.pk)
        fail(build=build, why=NOT_STARTED, at=clock.now())


def asker(build: PackBuild) -> Actor:
    """Whoever asked for it, as they are today; the secretariat when that was no account."""
    if build.asked_by_user:
        return actor_for(build.asked_by_user, clock.today())
    return Actor(user_id=None, on=clock.today(), name=build.asked_by, roles=frozenset({Role.SECRETARIAT}))


def run(pk: int, *, by: Actor) -> PackEdition | None:
    """Build what was asked for. None when somebody else builds it, or when it failed: the row then says why."""
    claimed = PackBuild.objects.filter(pk=pk, state=BuildState.WAITING)
    if not claimed.update(state=BuildState.BUILDING, alive_at=clock.now()):
        return None
    build = PackBuild.objects.select_related("meeting__board").get(pk=pk)
    try:
        with tempfile.TemporaryDirectory(prefix="stride-pack-") as name:
            return _built(build, Path(name), by)
    except Stopped:
        return None
    except Refusal as refusal:
        fail(build=build, why=refusal.sentence, at=clock.now())
    except Exception:
        log.exception("The building of pack %s failed", pk)
        fail(build=build, why=BROKE, at=clock.now())
    return None


def fail(*, build: PackBuild, why: str, at: dt.datetime) -> None:
    """Write down that it failed, unless it has ended."""
    PackBuild.objects.filter(pk=build.pk, state__in=[BuildState.WAITING, BuildState.BUILDING]).update(
        state=BuildState.FAILED, problem=why, ended_at=at, words=""
    )


def _built(build: PackBuild, folder: Path, by: Actor) -> PackEdition:
    say = _Teller(build)
    say(0, "Finding out who may read what")
    planned = _draft(build, by)
    say.files = len(planned.files)
    sources, made = Sources(folder), []
    for number, file in enumerate(planned.files):
        say.begin(number, f"{file.plan.label}: ")
        done = assemble(file.manifest, folder / f"{number}.pdf", sources, on_progress=say.within)
        made.append((file, done, _stored(done)))
    say.begin(len(planned.files), "")
    say(0, "Writing down the edition")
    return _finished(build, planned, made)


@transaction.atomic
def _draft(build: PackBuild, by: Actor) -> EditionDraft:
    """As everything stands at one moment: nobody changes the agenda meanwhile."""
    meeting = locked(build.meeting_id)
    wanted = Wanted(build.kind, build.double_sided, build.asked_at)
    planned = draft(meeting, wanted, by, pictures=True)
    if planned.files[0].is_empty:
        raise Refusal(f"Nothing is new since edition {planned.manifest['since']['number']}. There is no supplement.")
    return planned


def _stored(done: Assembled) -> dict:
    with done.path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return {"key": store(file, sha256, ".pdf"), "sha256": sha256, "size": done.path.stat().st_size}


@transaction.atomic
def _finished(build: PackBuild, planned: EditionDraft, made: list[tuple[FileDraft, Assembled, dict]]) -> PackEdition:
    """The edition and its files, in place of one that was built before and did not go out."""
    meeting = locked(build.meeting_id)
    row = PackBuild.objects.select_for_update().get(pk=build.pk)
    if row.state != BuildState.BUILDING:
        raise Stopped
    number = planned.manifest["number"]
    if meeting.packs.circulated().filter(number__gte=number).exists():
        raise Refusal(f"Edition {number} was circulated while this one was being built. Build it again.")
    meeting.packs.filter(circulated_at__isnull=True).delete()
    edition = PackEdition.objects.create(
        meeting=meeting,
        number=number,
        kind=row.kind,
        double_sided=row.double_sided,
        built_at=clock.now(),
        built_by=row.asked_by,
        manifest=planned.manifest,
        manifest_sha256=fingerprint(planned.manifest),
        what_changed=planned.changed,
        problems=_problems(made),
    )
    for file, done, kept in made:
        PackFile.objects.create(edition=edition, **_file_values(file, done), **kept)
    row.state, row.edition, row.ended_at, row.words = BuildState.DONE, edition, clock.now(), ""
    row.step = row.steps
    row.save()
    return edition


def _file_values(file: FileDraft, done: Assembled) -> dict:
    return {
        "audience": file.plan.kind,
        "person": file.plan.person,
        "label": file.plan.label,
        "sights": {str(key): sight for key, sight in sorted(file.inside.items())},
        "manifest": file.manifest,
        "body": done.body,
        "marking": file.marking,
        "pages": done.pages,
    }


def _problems(made: list[tuple[FileDraft, Assembled, dict]]) -> list[dict]:
    """Those of the full file: every paper of the others is in it as well."""
    return next(done.problems for file, done, _ in made if file.plan.kind == AudienceKind.FULL)


class _Teller:
    """Writes how far the building is, not more often than somebody could read it, and finds out when to stop."""

    def __init__(self, build: PackBuild) -> None:
        self.build, self.files, self.file, self.before, self.last = build, 1, 0, "", None

    def begin(self, file: int, before: str) -> None:
        """The next file comes."""
        self.file, self.before = file, before

    def within(self, step: int, of: int, words: str) -> None:
        """A step within a file; each file counts a hundred."""
        now = clock.now()
        if self.last is None or abs((now - self.last).total_seconds()) >= PAUSE:
            self(round(100 * step / of), words)

    def __call__(self, step: int, words: str) -> None:
        self.last = clock.now()
        going_on = PackBuild.objects.filter(pk=self.build.pk, state=BuildState.BUILDING)
        told = going_on.update(
            step=self.file * 100 + step,
            steps=self.files * 100,
            words=f"{self.before}{words}"[:250],
            alive_at=self.last,
        )
        if not told:
            raise Stopped
