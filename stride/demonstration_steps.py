"""What loading the example is made of: sheets, moments, the people who act in them, and playing it all in order."""

import contextlib
import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kit import clock
from kit.ledger import said
from people.actor import Actor, actor_for
from people.models import Person, Post

EXAMPLES = Path(settings.BASE_DIR) / "examples"
SLUG = "stride25"

Row = dict[str, str]
Step = tuple[dt.datetime, Callable[[], object]]

# The secretariat acts several times a day; who that is, is asked once for each day that is played.
_secretaries: dict[dt.date, Actor] = {}


def rows(folder: str, name: str) -> list[Row]:
    """A sheet of the example."""
    with (EXAMPLES / folder / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@contextlib.contextmanager
def moment(at: dt.date | dt.datetime) -> Iterator[None]:
    """The clock stands at the moment, and the ledger's rows say so."""
    with clock.standing_at(at), said(at=clock.now().isoformat()):
        yield


def play(steps: Iterable[Step]) -> None:
    """Everything that happens, in order, each at its moment."""
    _secretaries.clear()
    for at, act in sorted(steps, key=lambda step: step[0]):
        with moment(at):
            act()


def person(code: str, on: dt.date) -> Actor:
    """Somebody of the example, as they are on a day."""
    return actor_for(Person.objects.select_related("user").get(code=code).user, on)


def secretary() -> Actor:
    """The secretariat of the boards, on the day of the clock. For steps that are played."""
    today = clock.today()
    if today not in _secretaries:
        _secretaries[today] = person("persona-secretariat", today)
    return _secretaries[today]


def day(text: str) -> dt.date:
    """2022-01-19."""
    return dt.date.fromisoformat(text)


def at(on: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A time of the day, where the body is."""
    return timezone.make_aware(dt.datetime.combine(on, dt.time(hour, minute)))


def moment_of(text: str) -> dt.datetime:
    """2022-01-18 16:30, where the body is."""
    return timezone.make_aware(dt.datetime.fromisoformat(text))


def holder(post: str) -> Actor:
    """Whoever holds the post on the day of the clock; the secretariat when none is named. For steps that are played."""
    if not post:
        return secretary()
    held = Post.objects.get(code=post).tenures.holding_on(clock.today()).select_related("person__user").first()
    return actor_for(held.person.user, clock.today())


def split(text: str) -> list[str]:
    """The parts of a cell: “1; 4”."""
    return [part.strip() for part in text.split(";") if part.strip()]


def number(text: str) -> int | None:
    """A whole number, or nothing."""
    return int(text) if text else None
