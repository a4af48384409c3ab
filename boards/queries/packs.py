"""Packs of a meeting for their pages and doors: what there is, what it would be now, who gets which file."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q

from boards.choices_papers import AudienceKind
from boards.disclosure import Sight
from boards.models import Meeting, PackBuild, PackCopy, PackEdition, PackFile
from boards.packing import stale
from boards.packing.audience import Recipient, Sights, covers, sights_of
from boards.packing.gathering import items_with_readers
from boards.packing.manifest import papers_in, to_follow
from boards.packing.planning import EditionDraft, Wanted, before, draft, proposed_kind
from boards.packing.readers import actors_on
from people.actor import Actor
from people.models import Person

# What the web shows of a file needs neither; both are large.
LARGE = ("manifest", "body")
SHORTEST_TITLE = 5


@dataclass(frozen=True)
class Served:
    """An edition against the people as they are now: who gets which file, who would get none, and why it is stale."""

    now: EditionDraft
    copies: list[tuple[Recipient, PackFile]]
    without: list[Recipient]
    stale: list[str]

    def kept_back(self, text: str) -> str:
        """A title of an item or a paper that the text names and that not everybody gets; empty when it names none."""
        said = " ".join(text.casefold().split())
        for item in self.now.files[0].manifest["items"]:
            if all(file.sights.get(str(item["key"])) == Sight.WHOLE for _, file in self.copies):
                continue
            for title in (item["title"], *(paper["title"] for paper in (*papers_in([item]), *to_follow(item)))):
                if len(title) >= SHORTEST_TITLE and " ".join(title.casefold().split()) in said:
                    return title
        return ""


@dataclass(frozen=True)
class PackPage:
    """What the secretariat sees. `now` is the next edition as it would be; `stale` is of the newest there is."""

    editions: list[PackEdition]
    build: PackBuild | None
    now: EditionDraft
    proposed: str
    stale: list[str] = field(default_factory=list)

    @property
    def newest(self) -> PackEdition | None:
        return self.editions[0] if self.editions else None


def pack_page(meeting: Meeting, by: Actor, at: dt.datetime) -> PackPage:
    """At most forty queries and those of progress reports, whatever the agenda holds."""
    last = before(meeting)
    now = draft(meeting, Wanted("replacement", False, at), by)
    editions = editions_of(meeting)
    reasons = stale.reasons(editions[0], now) if editions else []
    return PackPage(editions, meeting.builds.first(), now, proposed_kind(now.changed, last), reasons)


def editions_of(meeting: Meeting) -> list[PackEdition]:
    """The newest first, each with its files and the counts of its copies `sent` and `read`. Two queries."""
    rows = meeting.packs.annotate(
        sent=Count("copies"), read=Count("copies", filter=Q(copies__first_opened_at__isnull=False))
    ).defer("manifest")
    rows = rows.order_by("-number")  # a query that counts leaves the model's own order aside
    return list(rows.prefetch_related(Prefetch("files", PackFile.objects.defer(*LARGE).select_related("person"))))


def served_by(edition: PackEdition, meeting: Meeting, by: Actor, at: dt.datetime) -> Served:
    """Each recipient gets the fullest file all of whose sights they have. Queries as `pack_page`."""
    now = draft(meeting, Wanted(edition.kind, edition.double_sided, at), by)
    files = list(edition.files.defer(*LARGE))
    copies, without = [], []
    for reader in now.audience.recipients:
        file = file_for(reader, files, now.audience.sights[reader.person.pk])
        if file:
            copies.append((reader, file))
        else:
            without.append(reader)
    return Served(now, copies, without, stale.reasons(edition, now))


def file_for(reader: Recipient, files: Sequence[PackFile], sights: Sights) -> PackFile | None:
    """The fullest of the files made for them, for those they are counted with, or for all."""
    theirs = [
        file
        for file in files
        if file.audience in (AudienceKind.FULL, reader.group) or file.person_id == reader.person.pk
    ]
    fitting = [file for file in theirs if covers(sights, _inside(file))]
    return max(fitting, key=lambda file: (sum(file.sights.values()), file.pk), default=None)


def copies_of(person_id: int | None, meeting: Meeting) -> list[PackCopy]:
    """What was sent to somebody of a meeting, the newest first. One query."""
    rows = PackCopy.objects.filter(edition__meeting=meeting, person=person_id, person__isnull=False)
    return list(
        rows.select_related("edition", "file")
        .defer("edition__manifest", "file__manifest", "file__body")
        .order_by("-edition__number")
    )


def sights_now(file: PackFile, meeting: Meeting, actor: Actor) -> dict[int, int]:
    """What the actor sees now of the items in a file; those that were taken off are not there. Six queries.

    Before the meeting they are who they will be on its day, for whom the file was made.
    """
    items = items_with_readers(int(key) for key in file.sights)
    return {item.pk: 0 for item in items} | sights_of(items, as_on_the_day(actor, meeting))


def as_on_the_day(actor: Actor, meeting: Meeting) -> Actor:
    """Who the actor will be at a meeting to come; who they are, when it has been. Three queries at most."""
    if actor.on >= meeting.day or actor.person_id is None:
        return actor
    person = Person.objects.select_related("user").get(pk=actor.person_id)
    return actors_on([person], meeting.day)[person.pk]


def _inside(file: PackFile) -> Sights:
    return {int(key): sight for key, sight in file.sights.items()}
