"""How a chase reads: who would get a mail, who would not and why, and what was done."""

from collections.abc import Iterable
from dataclasses import dataclass, field

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
        readers=sorted(readers.values(), key=lambda reader: -reader.days),
        vacancies=vacancies(waiting),
        already=listed(sorted(already)),
        returns=[line.row.pk for line in waiting],
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
