"""The agenda of a meeting: its items, their order, what comes from the terms and from last time.

Each verb locks the meeting, asks the rule and compares the agenda's version with the one that was seen. Where another
editor was quicker it raises Stale, with the item or the meeting as it is now, and nothing is written.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from boards import rules_meetings as rules
from boards import rules_papers
from boards.choices import MeetingState, Purpose, StandingItem
from boards.models import AgendaItem, AudienceEntry, ItemRecord, Meeting, MinutesPart, Terms
from boards.queries.terms import holding_on
from boards.services.minutes_links import link
from kit.stale import Stale
from kit.verdict import Refusal, require
from people.actor import Actor

# What ends an agenda; other standing items open it.
CLOSING = (StandingItem.FORWARD_PLAN, StandingItem.ANY_OTHER)
STANDING: dict[str, tuple[str, int]] = {
    StandingItem.APOLOGIES: (Purpose.NOTING, 5),
    StandingItem.DECLARATIONS: (Purpose.NOTING, 5),
    StandingItem.MINUTES: (Purpose.DECISION, 5),
    StandingItem.MATTERS_ARISING: (Purpose.DISCUSSION, 10),
    StandingItem.ACTION_LOG: (Purpose.ASSURANCE, 10),
    StandingItem.FORWARD_PLAN: (Purpose.DISCUSSION, 5),
    StandingItem.ANY_OTHER: (Purpose.DISCUSSION, 5),
}
COPIED = (
    "title",
    "purpose",
    "presenter_post_id",
    "minutes",
    "note",
    "stream",
    "is_one_off",
    "visibility",
    "cover_title",
    "quorum",
)


@dataclass(frozen=True)
class Parts:
    """What is kept of an item besides its fields: what it is linked to, and who may see it when it is restricted."""

    strategies: Collection = ()
    commitments: Collection = ()
    posts: Collection = ()
    persons: Collection = ()


@dataclass(frozen=True)
class Wanted:
    """An item to be added: its fields by name, and its parts."""

    values: dict[str, Any]
    parts: Parts = field(default_factory=Parts)


@transaction.atomic
def add(*, meeting: Meeting, wanted: Wanted, seen: int, by: Actor) -> AgendaItem:
    """A new item, before those that close the agenda. Raises Refusal and Stale."""
    row = opened(meeting, seen, by)
    return place(row, [wanted])[0]


@transaction.atomic
def change(*, item: AgendaItem, wanted: Wanted, seen: int, by: Actor) -> AgendaItem:
    """Keep new values of an item. Raises Refusal, and Stale with the item as it is now."""
    meeting = locked(item.meeting_id)
    require(rules.may_edit_agenda(by, meeting))
    row = meeting.items.filter(pk=item.pk).first()
    if row is None:
        raise Refusal("Somebody else took this item off the agenda while you had it open.")
    if meeting.agenda_version != seen:
        raise Stale(row)
    for name, value in wanted.values.items():
        setattr(row, name, value)
    row.save()
    _keep_parts(row, wanted.parts)
    _changed(meeting)
    return row


@transaction.atomic
def remove(*, item: AgendaItem, seen: int, by: Actor) -> None:
    """Take an item off the agenda. What was placed from the forward plan goes back to it. Raises Refusal and Stale."""
    meeting = opened(item.meeting, seen, by)
    if item.declarations.exists():
        raise Refusal("An interest was declared for this item. Remove the declaration first.")
    require(rules_papers.holds_nothing(hangs_on(item)))
    meeting.items.filter(pk=item.pk).delete()
    _number(meeting, meeting.items.all())
    _changed(meeting)


@transaction.atomic
def reorder(*, meeting: Meeting, order: Sequence[int], seen: int, by: Actor) -> None:
    """Put the items in this order, by their keys. Raises Refusal when they are not all there, and Stale."""
    row = opened(meeting, seen, by)
    items = {item.pk: item for item in row.items.all()}
    if sorted(order) != sorted(items):
        raise Refusal("These are not the items of this agenda. Open it again and put them in order.")
    _number(row, [items[key] for key in order])
    _changed(row)


@transaction.atomic
def move(*, item: AgendaItem, by_places: int, seen: int, by: Actor) -> None:
    """Move an item up (-1) or down (1); the first and the last stay where they are. Raises Refusal and Stale."""
    order = list(item.meeting.items.values_list("pk", flat=True))
    at = order.index(item.pk)
    to = min(max(at + by_places, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    reorder(meeting=item.meeting, order=order, seen=seen, by=by)


@transaction.atomic
def add_standing(*, meeting: Meeting, seen: int, by: Actor) -> list[AgendaItem]:
    """The standing items of the terms that the agenda lacks, in their order. Raises Refusal and Stale."""
    row = opened(meeting, seen, by)
    wanted = missing_standing(row, terms_of_the_day(row))
    if not wanted:
        raise Refusal("Every standing item of the terms of reference is on the agenda already.")
    made = place(row, [Wanted(standing_values(kind)) for kind in wanted])
    link(row)
    return made


@transaction.atomic
def copy_last(*, meeting: Meeting, seen: int, by: Actor) -> list[AgendaItem]:
    """What recurs of the last agenda and is not on this one: no one-offs, nothing twice. Raises Refusal and Stale."""
    row = opened(meeting, seen, by)
    last = last_with_agenda(row)
    if last is None:
        raise Refusal("No earlier meeting of this board has an agenda to copy from.")
    there = set(row.items.values_list("title", flat=True))
    standing = set(row.items.exclude(standing="").values_list("standing", flat=True))
    duties = {duty.key: duty for duty in _duties(terms_of_the_day(row))}
    source = last.items.filter(is_one_off=False).select_related("duty").prefetch_related(*_parts())
    wanted = [
        _copy(item, duties)
        for item in source
        if item.title not in there and not (item.standing and item.standing in standing)
    ]
    if not wanted:
        raise Refusal(f"Everything that recurs of the agenda of {last.day:%-d %B %Y} is on this one already.")
    made = place(row, wanted)
    link(row)
    return made


def hangs_on(item: AgendaItem) -> list[str]:
    """What keeps an item on its agenda, in words: "2 papers", "a decision". A query for each kind."""
    counts = {
        "paper": item.papers.count(),
        "decision": item.decisions.count(),
        "action": item.board_actions.count(),
        "referral": item.referrals_sent.count() + item.referral_stops.count() + item.report_backs.count(),
        "record of what was said": ItemRecord.objects.filter(item=item).count(),
        "part of the minutes": MinutesPart.objects.filter(item=item).count(),
    }
    return [_counted(count, kind) for kind, count in counts.items() if count]


def place(meeting: Meeting, wanted: Iterable[Wanted]) -> list[AgendaItem]:
    """Write new items where they belong; the meeting is locked. Openers first, closers last, the others between."""
    items = list(meeting.items.all())
    made = []
    for each in wanted:
        item = AgendaItem(meeting=meeting, position=0, **each.values)
        items.insert(_place_of(item, items), item)
        made.append((item, each.parts))
    for position, item in enumerate(items, start=1):
        item.position = position
    AgendaItem.objects.bulk_update([item for item in items if item.pk], ["position"])
    for item, parts in made:
        item.save()
        _keep_parts(item, parts)
    _changed(meeting)
    return [item for item, _ in made]


@transaction.atomic
def noticed(*, meeting: Meeting) -> None:
    """Something of the agenda was changed elsewhere: whoever has it open is told when they save."""
    _changed(locked(meeting.pk))


def opened(meeting: Meeting, seen: int, by: Actor) -> Meeting:
    """The meeting locked for a change of its agenda. Raises Refusal, and Stale when the agenda is not what was seen."""
    row = locked(meeting.pk)
    require(rules.may_edit_agenda(by, row))
    if row.agenda_version != seen:
        raise Stale(row)
    return row


def locked(pk: int) -> Meeting:
    """The meeting with its board, its row locked until the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("board").get(pk=pk)


def terms_of_the_day(meeting: Meeting) -> Terms | None:
    """The version whose rules hold on the meeting's day."""
    holding = holding_on([meeting.board], meeting.day).get(meeting.board_id)
    return holding.rules if holding else None


def missing_standing(meeting: Meeting, terms: Terms | None) -> list[str]:
    """The standing items of the terms that the agenda lacks, in the terms' order."""
    there = {item.standing for item in meeting.items.all()}
    return [kind for kind in (terms.standing_items if terms else []) if kind not in there]


def last_with_agenda(meeting: Meeting) -> Meeting | None:
    """The meeting of the board before this one that has an agenda."""
    earlier = Meeting.objects.filter(board=meeting.board_id, starts_at__lt=meeting.starts_at, items__isnull=False)
    return earlier.exclude(state=MeetingState.CANCELLED).order_by("-starts_at").first()


def standing_values(kind: str) -> dict[str, Any]:
    """What a standing item is called, asks and takes."""
    purpose, minutes = STANDING[kind]
    label = StandingItem(kind).label
    return {"title": label, "standing": kind, "purpose": purpose, "minutes": minutes, "is_one_off": False}


def _place_of(item: AgendaItem, items: list[AgendaItem]) -> int:
    """Where a new item goes: standing items by their order, others before the first that closes."""
    order = list(StandingItem.values)
    if item.standing and item.standing not in CLOSING:
        earlier = [
            at
            for at, each in enumerate(items)
            if each.standing
            and each.standing not in CLOSING
            and order.index(each.standing) < order.index(item.standing)
        ]
        return earlier[-1] + 1 if earlier else 0
    later = order.index(item.standing) if item.standing else -1
    return next(
        (at for at, each in enumerate(items) if each.standing in CLOSING and order.index(each.standing) > later),
        len(items),
    )


def _copy(item: AgendaItem, duties: dict) -> Wanted:
    values = {name: getattr(item, name) for name in COPIED}
    values |= {"standing": item.standing, "duty": duties.get(item.duty.key) if item.duty else None}
    audience = list(item.audience.all())
    return Wanted(
        values,
        Parts(
            strategies=item.strategies.all(),
            commitments=item.commitments.all(),
            posts=[entry.post for entry in audience if entry.post],
            persons=[entry.person for entry in audience if entry.person],
        ),
    )


def _parts() -> tuple[str, ...]:
    return ("strategies", "commitments", "audience__post", "audience__person")


def _duties(terms: Terms | None) -> Iterable:
    return terms.duties.all() if terms else ()


def _keep_parts(item: AgendaItem, parts: Parts) -> None:
    item.strategies.set(parts.strategies)
    item.commitments.set(parts.commitments)
    there = {(entry.post_id, entry.person_id): entry for entry in item.audience.all()}
    wanted = {(post.pk, None) for post in parts.posts} | {(None, person.pk) for person in parts.persons}
    for key, entry in there.items():
        if key not in wanted:
            entry.delete()
    for post_id, person_id in sorted(wanted - set(there), key=str):
        AudienceEntry.objects.create(item=item, post_id=post_id, person_id=person_id)


def _counted(count: int, kind: str) -> str:
    if count > 1:
        return f"{count} {kind}s"
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _number(meeting: Meeting, items: Iterable[AgendaItem]) -> None:
    items = list(items)
    for position, item in enumerate(items, start=1):
        item.position = position
    AgendaItem.objects.bulk_update(items, ["position"])


def _changed(meeting: Meeting) -> None:
    meeting.agenda_version += 1
    meeting.save(update_fields=["agenda_version"])
