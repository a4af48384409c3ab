"""Who changed what, when and why: the ledger's rows turned into entries that a person can read.

Each row of the ledger is held against the one before it of the same record. What was done together, in one request or
one import, is one entry.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.text import capfirst

from kit.diff import Segment, rewritten, word_diff
from kit.fields import in_words
from kit.working_days import at_time

OUTSIDE = "Outside STRIDE’s pages"
SYSTEM = "The system"
VERBS = {"insert": "added", "update": "changed", "delete": "removed"}
LONG = 60  # from here on, what changed inside a text is marked word by word

Of = Callable[[str], str]
Ids = set[int]
Wanted = dict[type[models.Model], Ids]
Texts = dict[type[models.Model], dict[int, str]]


@dataclass(frozen=True)
class Source:
    """One kind of record in a history.

    `name` gets a function that reads a field as words. `given` are fields that go without saying when a record is
    added or removed (the parent whose history it is); `secret` ones are never shown. `words` read a row's field where
    its value says too little by itself. A `brief` record is only said to
    be added, without what it said. An `act` tells who, when and why itself.
    """

    model: type[models.Model]
    word: str
    events: models.QuerySet
    name: Callable[[Of], str]
    given: frozenset[str] = frozenset()
    secret: frozenset[str] = frozenset()
    words: Mapping[str, Callable[[models.Model], str]] = field(default_factory=dict)
    brief: bool = False
    act: bool = False

    @property
    def fields(self) -> list[models.Field]:
        return [
            each for each in self.model._meta.concrete_fields if not each.primary_key and each.name not in self.secret
        ]


@dataclass(frozen=True)
class Reader:
    """What the reader may be told: texts of linked records by id, names of users by id, and their addresses or not."""

    names: Callable[[Wanted], Texts]
    persons: Callable[[Ids], dict[int, str]]
    sees_addresses: bool = False


@dataclass(frozen=True)
class Change:
    """A field's old and new words; `segments` when the texts are better read as one, with what changed marked."""

    label: str
    old: str
    new: str
    segments: list[Segment] | None = None


@dataclass(frozen=True)
class Item:
    """One record that was added, changed or removed."""

    word: str
    name: str
    verb: str
    changes: list[Change]

    @property
    def title(self) -> str:
        return f"{self.word} {self.verb}{f': {self.name}' if self.name else ''}"


@dataclass(frozen=True)
class Entry:
    """What was done together. `recorded` is the database's own moment."""

    when: dt.datetime
    recorded: dt.datetime
    who: str
    as_: str
    why: str
    workbook: str
    items: list[Item]

    @property
    def title(self) -> str:
        """The one change; or the step that the others follow from, which has no name beside its verb."""
        first = self.items[0]
        return first.title if len(self.items) == 1 or not first.name else f"{len(self.items)} changes together"


@dataclass(frozen=True)
class Step:
    """A row of the ledger and the one before it of the same record."""

    source: Source
    event: models.Model
    before: models.Model | None
    changed: list[models.Field]


@dataclass
class Group:
    """The steps that were taken together."""

    context: dict[str, Any] | None
    recorded: dt.datetime
    when: dt.datetime
    steps: list[Step] = field(default_factory=list)


def ledger_of(model: type[models.Model]) -> models.QuerySet:
    """The ledger of a kind of record, the oldest row first."""
    return model.ledger.rel.related_model.objects.order_by("pgh_id")


def ever(model: type[models.Model], **having) -> models.QuerySet:
    """The ledger of all records that had these values at some time, removed ones included."""
    rows = ledger_of(model)
    return rows.filter(pgh_obj_id__in=rows.filter(**having).order_by().values("pgh_obj_id"))


def texts_of(wanted: Wanted, *, within: dict[type[models.Model], models.QuerySet] | None = None) -> Texts:
    """Records as text, by kind and id; removed ones as the ledger last knew them. Two queries, whatever the kinds.

    Of a kind in `within`, only the rows of that queryset are named; the others are left out.
    """
    within = within or {}
    found = _named({model: (within.get(model, model._base_manager), "pk", ids) for model, ids in wanted.items()})
    gone = {model: ids - set(found[model]) for model, ids in wanted.items() if model not in within}
    if any(gone.values()):
        kept = _named({model: (ledger_of(model), "pgh_obj_id", ids) for model, ids in gone.items() if ids})
        for model, texts in kept.items():
            found[model] |= texts
    return found


def _named(rows: dict[type[models.Model], tuple[models.QuerySet | models.Manager, str, Ids]]) -> Texts:
    """Each kind's records as text, read together in one query; the last row of a record counts."""
    found: Texts = {model: {} for model in rows}
    kinds = list(rows)
    queries = [
        rows[model][0]
        .order_by()
        .filter(**{f"{rows[model][1]}__in": rows[model][2]})
        .annotate(texts_kind=models.Value(place), texts_said=_as_text(model))  # no record has fields of these names
        .values_list("texts_kind", rows[model][1], "texts_said", "pk")
        for place, model in enumerate(kinds)
    ]
    if queries:
        first, *others = queries
        for kind, key, said, _ in sorted(first.union(*others, all=True), key=lambda row: row[3]):
            found[kinds[kind]][key] = said
    return found


def _as_text(model: type[models.Model]) -> Combinable:
    """What a record is called: its number and title, or its title, or its name."""
    names = {each.name for each in model._meta.concrete_fields}
    called = "title" if "title" in names else "name"
    text = Cast(called, models.TextField())
    return (
        Concat(Cast("number", models.TextField()), models.Value(". ", output_field=models.TextField()), text)
        if "number" in names
        else text
    )


def groups(sources: Iterable[Source]) -> list[Group]:
    """Everything that was done to the records, newest first. One query a source."""
    found: dict[tuple, Group] = {}
    for source in sources:
        for step in _steps(source):
            context = step.event.pgh_context or {}
            recorded = step.event.pgh_created_at
            when = step.event.at if source.act else _moment(context.get("at")) or recorded
            key = (step.event.pgh_context_id or recorded, context.get("at"), context.get("workbook"))
            group = found.setdefault(key, Group(step.event.pgh_context, recorded, when))
            group.steps.append(step)
            group.recorded = max(group.recorded, recorded)
            if source.act:
                group.when = when
    newest_first = reversed(found.values())
    return sorted(newest_first, key=lambda group: (group.recorded, group.when), reverse=True)


def entries(found: Sequence[Group], reader: Reader) -> list[Entry]:
    """Groups as they read. One query for each kind of linked record, and one for people without a name on the row."""
    texts = _texts(found, reader)
    persons = reader.persons({_user(group) for group in found if _user(group) and not group.context.get("person")})
    return [_entry(group, texts, persons, reader.sees_addresses) for group in found]


def _steps(source: Source) -> Iterable[Step]:
    last: dict[int, models.Model] = {}
    for event in source.events:
        before, last[event.pgh_obj_id] = last.get(event.pgh_obj_id), event
        if event.pgh_label == "update":
            changed = [each for each in source.fields if before is None or _value(before, each) != _value(event, each)]
            if not changed:
                continue
        elif source.act or (source.brief and event.pgh_label == "insert"):
            changed = []
        else:
            changed = [each for each in source.fields if each.name not in source.given and _said(event, each)]
        yield Step(source, event, before if event.pgh_label == "update" else None, changed)


def _value(event: models.Model, each: models.Field) -> Any:
    return getattr(event, each.attname)


def _said(event: models.Model, each: models.Field) -> bool:
    return _value(event, each) not in (None, "", [], {})


def _moment(text: Any) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _user(group: Group) -> int | None:
    return (group.context or {}).get("user")


def _texts(found: Sequence[Group], reader: Reader) -> dict[type[models.Model], dict[int, str]]:
    ids: dict[type[models.Model], Ids] = {}
    for step in (step for group in found for step in group.steps if not (step.source.act or step.source.brief)):
        for each in step.source.fields:
            if each.related_model:
                held = {_value(event, each) for event in (step.event, step.before) if event is not None}
                ids.setdefault(each.related_model, set()).update(held - {None})
    return reader.names({model: wanted for model, wanted in ids.items() if wanted})


def _entry(group: Group, texts: dict, persons: dict[int, str], sees_addresses: bool) -> Entry:
    context = group.context or {}
    act = next((step.event for step in group.steps if step.source.act), None)
    who, as_ = _who(group, persons, sees_addresses), context.get("post") or context.get("as_") or ""
    if act is not None and not _user(group):
        who, as_ = act.by_name, act.post_title
    return Entry(
        when=timezone.localtime(group.when),
        recorded=timezone.localtime(group.recorded),
        who=who,
        as_=as_,
        why=context.get("reason") or (act.reason if act is not None else ""),
        workbook=context.get("workbook") or "",
        items=[_item(step, texts) for step in group.steps],
    )


def _who(group: Group, persons: dict[int, str], sees_addresses: bool) -> str:
    if not group.context:
        return OUTSIDE
    user = _user(group)
    if user is None:
        return SYSTEM
    address = group.context.get("name") if sees_addresses else ""
    return group.context.get("person") or persons.get(user) or address or "A user of STRIDE"


def _item(step: Step, texts: dict) -> Item:
    source, event = step.source, step.event
    fields = {each.name: each for each in source.model._meta.concrete_fields}
    if source.act:
        return Item(source.word, "", event.verb, [])

    def of(name: str) -> str:
        return _words(event, fields[name], texts)

    changes = [_change(step, each, texts) for each in step.changed]
    return Item(source.word, source.name(of), VERBS[event.pgh_label], changes)


def _change(step: Step, each: models.Field, texts: dict) -> Change:
    read = step.source.words.get(each.name) or partial(_words, each=each, texts=texts)
    label = str(capfirst(each.verbose_name))
    if step.event.pgh_label == "delete":
        return Change(label, read(step.event), "")
    old, new = read(step.before) if step.before is not None else "", read(step.event)
    marked = (
        old
        and new
        and each.name not in step.source.words
        and max(len(old), len(new)) > LONG
        and not rewritten(old, new)
    )
    return Change(label, old, new, word_diff(old, new) if marked else None)


def _words(event: models.Model, each: models.Field, texts: dict) -> str:
    """A field's value as people say it."""
    value = _value(event, each)
    if value in (None, "", []):
        return ""
    if each.related_model:
        return texts.get(each.related_model, {}).get(value, f"number {value}")
    if isinstance(each, ArrayField):
        labels = dict(each.base_field.flatchoices)
        return ", ".join(str(labels.get(part, part)) for part in value)
    if each.flatchoices:
        return str(dict(each.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value)
        return f"{in_words(local)} at {at_time(local.time())}"
    if isinstance(value, dt.time):
        return at_time(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return in_words(value) if isinstance(value, dt.date) else str(value)
