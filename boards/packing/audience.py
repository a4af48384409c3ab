"""Who gets the pack of a meeting, what each of them sees of it, and which files that makes.

This comes first: a file is put together for an audience from what that audience sees, never cut down from a fuller one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from boards.choices import MEMBERS, Category, Outcome, Reply
from boards.choices_papers import AudienceKind
from boards.disclosure import Sight, is_theirs, seen
from boards.models import AgendaItem, Meeting
from boards.packing.readers import actors_on
from boards.queries.attendance import Line, lines_of
from people.actor import Actor
from people.models import Person
from people.queries import holders_on

# How much is seen of each item, by its key. An item that is not there is not seen at all.
Sights = dict[int, int]
FULL_LABEL = "All items"


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets the pack: as what, with whom they are counted, and who they are on the meeting's day."""

    person: Person
    seat: str
    group: str
    actor: Actor


@dataclass(frozen=True)
class FilePlan:
    """A file of the pack: for whom, and what of each item is in it. Items that are not seen are not named."""

    kind: str
    label: str
    sights: Sights
    readers: tuple[Recipient, ...] = ()
    person: Person | None = None


@dataclass(frozen=True)
class Audience:
    """Recipients, what each sees by their key, the files (the full one first), and deputies nobody knows by name."""

    recipients: list[Recipient]
    sights: dict[int, Sights]
    files: list[FilePlan]
    unknown: list[str] = field(default_factory=list)


def audience_of(meeting: Meeting, items: Sequence[AgendaItem], earlier: Sequence[AgendaItem] = ()) -> Audience:
    """`earlier` are the items of earlier meetings that the pack tells of. All are loaded with what says who sees them.

    At most nine queries, however many people and items.
    """
    recipients, unknown = recipients_of(meeting)
    sights = {each.person.pk: _sights(items, earlier, each.actor) for each in recipients}
    everything = {item.pk: int(Sight.WHOLE) for item in (*items, *earlier)}
    recused = {each.person.pk for each in recipients if is_recused(meeting, each.actor)}
    return Audience(recipients, sights, _files(everything, recipients, sights, recused), unknown)


def recipients_of(meeting: Meeting) -> tuple[list[Recipient], list[str]]:
    """Who sits there on its day, and the deputies who were announced; then the names of deputies nobody knows."""
    lines = lines_of(meeting)
    found: dict[int, tuple[str, str]] = {}
    for line in lines:
        if line.holder_key.isdigit():
            row = line.attendance
            seat = row.label if row.post_id else row.get_category_display()
            found.setdefault(int(line.holder_key), (seat, _group(row.category)))
    unknown = _add_deputies(meeting, lines, found)
    people = Person.objects.filter(pk__in=found).select_related("user").in_bulk()
    actors = actors_on(people.values(), meeting.day)
    return [Recipient(people[key], *found[key], actors[key]) for key in found if key in people], unknown


def sights_of(items: Iterable[AgendaItem], actor: Actor) -> Sights:
    """What the actor sees of each item, as boards.disclosure answers it."""
    found = {item.pk: int(seen(item, actor)) for item in items}
    return {key: sight for key, sight in found.items() if sight}


def _sights(items: Iterable[AgendaItem], earlier: Iterable[AgendaItem], actor: Actor) -> Sights:
    """Of earlier items only those seen whole count: the pack says nothing of the others."""
    told = sights_of(earlier, actor)
    return sights_of(items, actor) | {key: sight for key, sight in told.items() if sight == Sight.WHOLE}


def is_recused(meeting: Meeting, actor: Actor) -> bool:
    """Whether they declared an interest and are not sent a paper. Asks nothing when the declarations are loaded."""
    declared = meeting.declarations.all()
    return any(each.outcome == Outcome.NOT_SENT and is_theirs(each.attendance, actor) for each in declared)


def covers(mine: Mapping[int, int], inside: Mapping[int, int]) -> bool:
    """Whether somebody sees at least what is inside."""
    return all(mine.get(key, 0) >= sight for key, sight in inside.items())


def _group(category: str) -> str:
    if category == Category.EXTERNAL_ADVISER:
        return AudienceKind.EXTERNAL
    return AudienceKind.MEMBERS if category in MEMBERS else AudienceKind.OBSERVERS


def _add_deputies(meeting: Meeting, lines: Sequence[Line], found: dict[int, tuple[str, str]]) -> list[str]:
    """Deputies read what they themselves may see; a seat's own audiences are not theirs."""
    sent = [line for line in lines if line.attendance.reply == Reply.DEPUTY and line.membership]
    posts = {line.membership.deputy_post_id for line in sent} - {None}
    held = holders_on(posts, meeting.day) if posts else {}
    typed = {name for line in sent if (name := line.attendance.deputy_name.strip()) and name != line.deputy}
    known: dict[str, list[int]] = {}
    for key, name in Person.objects.filter(name__in=typed).values_list("pk", "name") if typed else ():
        known.setdefault(name, []).append(key)
    unknown = []
    for line in sent:
        seat, name = line.membership, line.attendance.deputy_name.strip()
        named = seat.deputy_person_id or (held[seat.deputy_post_id].person_id if seat.deputy_post_id in held else None)
        keys = [named] if named and name in ("", line.deputy) else known.get(name, [])
        if len(keys) == 1:
            found.setdefault(keys[0], (f"Deputy for {line.attendance.label}", _group(line.attendance.category)))
        else:
            unknown.append(f"{name or 'A deputy'}, deputy for {line.attendance.label}")
    return unknown


def _files(
    everything: Sights, recipients: Sequence[Recipient], sights: Mapping[int, Sights], recused: Collection[int]
) -> list[FilePlan]:
    """The full file; one for each group that commonly sees less; and one for each person who sees something else."""
    entitled = tuple(each for each in recipients if sights[each.person.pk] == everything)
    files = [FilePlan(AudienceKind.FULL, FULL_LABEL, everything, entitled)]
    for kind in (AudienceKind.MEMBERS, AudienceKind.EXTERNAL, AudienceKind.OBSERVERS):
        group = [each for each in recipients if each.group == kind and each not in entitled]
        common = _common([sights[each.person.pk] for each in group if each.person.pk not in recused])
        readers = tuple(each for each in group if sights[each.person.pk] == common)
        if readers:
            files.append(FilePlan(kind, AudienceKind(kind).label, common, readers))
        files += [
            FilePlan(AudienceKind.PERSON, each.person.name, sights[each.person.pk], (each,), each.person)
            for each in group
            if each not in readers
        ]
    return files


def _common(found: Sequence[Sights]) -> Sights | None:
    """What most of a group see; of two that are seen by as many, the fuller. Whoever is recused does not set it."""
    if not found:
        return None
    counted = Counter(tuple(sorted(each.items())) for each in found)
    return dict(max(counted, key=lambda each: (counted[each], sum(sight for _, sight in each), each)))
