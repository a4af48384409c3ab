"""How a chase reads: who would get a mail, who would not and why, and what was done."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest

from kit.tables import Cell, Column, Table
from monitoring.presenters.days import listed
from monitoring.presenters.lines import Vacancy, may_chase, vacancies
from monitoring.queries.rounds import Line
from monitoring.services.rounds import Chased, chased_on
from people.actor import Actor
from people.models import Person


@dataclass
class Reader:
    """Somebody who would get a mail, as which posts, about which returns."""

    person: Person
    posts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def commitments(self) -> str:
        return listed([str(line.row.commitment.number) for line in self.lines])

    @property
    def days(self) -> int:
        """The longest wait."""
        return max(line.wait.days for line in self.lines)


@dataclass(frozen=True)
class Plan:
    """What a chase would do."""

    readers: list[Reader]
    vacancies: list[Vacancy]
    already: str
    returns: list[int]


def plan(lines: Iterable[Line], actor: Actor) -> Plan:
    """Who would get a mail. Those reminded today are left out, as the service leaves them out."""
    waiting = [line for line in lines if may_chase(line, actor)]
    readers: dict[int, Reader] = {}
    already: set[str] = set()
    for line in waiting:
        person = line.wait.person
        if person is None:
            continue
        if chased_on(line.row, actor.on):
            already.add(person.name)
            continue
        reader = readers.setdefault(person.pk, Reader(person))
        reader.lines.append(line)
        if line.wait.post.title not in reader.posts:
            reader.posts.append(line.wait.post.title)
    return Plan(
        readers=sorted(readers.values(), key=lambda reader: reader.person.name),
        vacancies=vacancies(waiting),
        already=listed(sorted(already)),
        returns=[line.row.pk for line in waiting],
    )


def table(request: HttpRequest, plan: Plan, *, name: str) -> Table:
    """Who gets a mail, about how many days of waiting; those who have waited longest come first."""
    columns = [
        Column("person", "Person", _person, lambda reader: reader.person.name, file=_PERSON),
        Column(
            "commitments",
            "Commitments",
            lambda reader: Cell(reader.commitments),
            lambda reader: [line.row.commitment.number for line in reader.lines],
        ),
        Column("days", "Days waiting", _days, lambda reader: reader.days, numeric=True),
    ]
    return Table(
        request, caption="People who get a reminder", columns=columns, rows=plan.readers, name=name, sort="-days"
    )


def _person(reader: Reader) -> Cell:
    unreached = "" if reader.person.email else ". No e-mail address is known, so the mail stays in the outbox"
    return Cell(reader.person.name, note=f"{', '.join(reader.posts)}{unreached}")


def _days(reader: Reader) -> Cell:
    return Cell(str(reader.days) if reader.days else "Today", kind="number", value=reader.days)


_PERSON = (
    Column("person", "Person", lambda reader: Cell(reader.person.name)),
    Column("posts", "Posts", lambda reader: Cell(", ".join(reader.posts))),
    Column("email", "E-mail address known", lambda reader: Cell("Yes" if reader.person.email else "No")),
)


def outcome(chased: Chased) -> str:
    """What a chase did, in sentences."""
    said = [f"Wrote to {listed(chased.written)}." if chased.written else "Nobody was written to."]
    if chased.vacant:
        is_are = "is" if len(chased.vacant) == 1 else "are"
        said.append(f"{listed(chased.vacant)} {is_are} vacant.")
    if chased.already:
        said.append(f"{listed(chased.already)} had been reminded today already.")
    return " ".join(said)
