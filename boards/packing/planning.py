"""The edition of a meeting's pack as it would be now: a manifest for each file, before anything is put together."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from boards.choices_papers import AudienceKind, PackKind
from boards.disclosure import Sight
from boards.models import Meeting, PackCopy, PackEdition
from boards.packing import changes
from boards.packing.audience import Audience, FilePlan, Sights, audience_of
from boards.packing.gathering import Gathered, gathered
from boards.packing.manifest import FORMAT, fingerprint, highest_marking, inside, of_meeting, papers_in, seen_by, whole
from kit import clock
from kit.fields import in_words
from people.actor import Actor

Data = dict[str, Any]
# What a supplement brings: changes that come with something to read.
TO_READ = ("item_new", "item_changed", "part_changed", "paper_new", "paper_changed")
# Changes that only a whole pack can tell: a supplement takes nothing back.
ONLY_WHOLE = ("meeting", "item_gone", "paper_gone", "numbers")


@dataclass(frozen=True)
class Wanted:
    """How the edition is asked for."""

    kind: str
    double_sided: bool
    at: dt.datetime


@dataclass(frozen=True)
class FileDraft:
    """A file before it is put together. `inside` is what somebody has to see to open it."""

    plan: FilePlan
    manifest: Data
    inside: Sights
    marking: str

    @property
    def is_empty(self) -> bool:
        """Whether a supplement has nothing to read for this audience."""
        return self.manifest["kind"] == PackKind.SUPPLEMENT and not any(
            item["inside"] for item in self.manifest["items"]
        )


@dataclass(frozen=True)
class EditionDraft:
    """All files, the full one first. `changed` says what is new since the last circulated edition."""

    gathered: Gathered
    audience: Audience
    manifest: Data
    files: list[FileDraft]
    changed: list[Data]


@dataclass(frozen=True)
class Before:
    """What went out before: the last circulated edition, its agenda as a whole, and what each person saw."""

    edition: PackEdition
    items: list[Data]
    meeting: Data
    sights: dict[int, Sights]


def before(meeting: Meeting) -> Before | None:
    """None for the first edition. Three queries."""
    last = meeting.packs.circulated().order_by("-number").first()
    if last is None:
        return None
    full = last.files.get(audience=AudienceKind.FULL).manifest
    sights: dict[int, Sights] = {}
    copies = PackCopy.objects.filter(edition__meeting=meeting).order_by("edition__number")
    for person, seen in copies.values_list("person", "file__manifest__sights"):
        sights[person] = {int(key): sight for key, sight in seen.items()}
    return Before(last, full["items"], full["meeting"], sights)


def draft(meeting: Meeting, wanted: Wanted, by: Actor, *, pictures: bool = False) -> EditionDraft:
    """Load everything and plan each file, audience first. With `pictures` the files can be put together."""
    found = gathered(meeting, by, wanted.at, pictures=pictures)
    return drafted(found, audience_of(meeting, found.items, list(found.earlier.values())), wanted, before(meeting))


def drafted(found: Gathered, audience: Audience, wanted: Wanted, last: Before | None) -> EditionDraft:
    """The manifests, from what was loaded."""
    head = _head(found.meeting, wanted, last)
    everything = whole(found)
    files = [_file(plan, everything, head, last) for plan in audience.files]
    files = [files[0], *(each for each in files[1:] if not each.is_empty)]
    manifest = head | {
        "recipients": [
            {"person": each.person.pk, "name": each.person.name, "seat": each.seat, "sights": _keyed(sights)}
            for each in audience.recipients
            if (sights := audience.sights[each.person.pk])
        ],
        "files": [
            {"audience": each.plan.kind, "label": each.plan.label, "sha256": fingerprint(each.manifest)}
            for each in files
        ],
    }
    return EditionDraft(found, audience, manifest, files, files[0].manifest["changed"])


def proposed_kind(changed: Sequence[Mapping[str, Any]], last: Before | None) -> str:
    """A supplement when all that changed since the last edition is something more to read."""
    kinds = {change["what"] for change in changed}
    more = last is not None and kinds and not kinds.intersection(ONLY_WHOLE)
    return PackKind.SUPPLEMENT if more else PackKind.REPLACEMENT


def _head(meeting: Meeting, wanted: Wanted, last: Before | None) -> Data:
    return {
        "format": FORMAT,
        "meeting": of_meeting(meeting),
        "number": last.edition.number + 1 if last else 1,
        "kind": str(wanted.kind),
        "double_sided": wanted.double_sided,
        "made_on": in_words(clock.local_date(wanted.at)),
        "since": {"number": last.edition.number, "day": in_words(clock.local_date(last.edition.circulated_at))}
        if last
        else None,
    }


def _file(plan: FilePlan, everything: Sequence[Data], head: Data, last: Before | None) -> FileDraft:
    starts_at = head["meeting"]["starts_at"]
    items = seen_by(plan.sights, everything, starts_at)
    changed = _changed(plan, items, everything, head, last)
    touched = {change["item"] for change in changed if change["what"] in TO_READ}
    papers = {change["paper"] for change in changed if change["what"] in ("paper_new", "paper_changed")}
    added = {change["item"] for change in changed if change["what"] == "item_new"}
    supplement = head["kind"] == PackKind.SUPPLEMENT
    for item in items:
        item["inside"] = item["sight"] == Sight.WHOLE and (not supplement or item["key"] in touched)
        for paper in item.get("papers", ()):
            paper["inside"] = not supplement or paper["key"] in papers or item["key"] in added
    manifest = head | {
        "audience": {"kind": str(plan.kind), "label": plan.label, "person": plan.person.pk if plan.person else None},
        "sights": _keyed(plan.sights),
        "items": items,
        "changed": changed,
    }
    read = [paper for paper in papers_in(items) if paper["inside"]]
    told = {change["item"] for change in changed}
    shown = [item for item in items if item["inside"] or not supplement or item["key"] in told]
    return FileDraft(plan, manifest, inside(shown), highest_marking(read))


def _keyed(sights: Sights) -> dict[str, int]:
    """As JSON holds it."""
    return {str(key): sight for key, sight in sorted(sights.items())}


def _changed(
    plan: FilePlan, items: Sequence[Data], everything: Sequence[Data], head: Data, last: Before | None
) -> list[Data]:
    """What is new to this audience: against what those who get the file could read before."""
    if last is None:
        return []
    seen = _seen_before(plan, last)
    earlier = seen_by(seen, last.items, last.meeting["starts_at"])
    on_agenda = {item["key"] for item in everything}
    return changes.of_meeting(last.meeting, head["meeting"]) + changes.of_items(earlier, items, on_agenda)


def _seen_before(plan: FilePlan, last: Before) -> Sights:
    """What every reader of the file saw; of the full file, everything."""
    if plan.kind == AudienceKind.FULL:
        keys = {item["key"] for item in last.items}
        lines = {line["item"] for item in last.items for key in ("actions", "parts") for line in item[key]}
        return dict.fromkeys(keys | lines, int(Sight.WHOLE))
    found = [last.sights[reader.person.pk] for reader in plan.readers if reader.person.pk in last.sights]
    if not found:  # nobody who gets it got anything before
        return plan.sights
    return {key: min(each.get(key, 0) for each in found) for key in set().union(*found)}
