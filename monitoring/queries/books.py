"""Measures with all that is known of them, brought along by a query that runs anyway.

    commitments = with_books(Commitment.objects.filter(…))      # still one query
    books_on(commitment)                                        # none

Each measure comes with its targets, definitions, groups and every revision of its figures, so that what is shown and
what hides is decided from the same rows wherever the measure is met.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, JSONField, Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from commitments.facts import facts_of_target
from commitments.models import CommitmentMeasure, Dimension, Group, Measure, MeasureVersion, Target
from kit import clock
from monitoring.models import ExpectedFigure, Observation
from monitoring.queries.disclosure import Disclosure, decide, without_groups
from monitoring.queries.measures import Book, Judged

LEAN = (
    *("id", "measure_id", "version_id", "unit_kind", "period_starts", "period_ends", "group_id"),
    *("value", "numerator", "denominator", "status", "revision", "entered_at"),
)
WITH_RECORD = (*LEAN, "reason", "source_note", "by_name", "post_title", "on_behalf", "return_version_id")

SAID = ("id", "measure_id", "period_starts", "period_ends", "group_id", "expected_on", "note")


class Exact(json.JSONDecoder):
    """Numbers come as the database keeps them, not as the nearest float."""

    def __init__(self, **options) -> None:
        super().__init__(**{**options, "parse_float": Decimal})


@dataclass
class OpenBook(Book):
    """A measure with its figures as known at a moment (`observations`) and every revision there is (`history`).

    `expected`: what was said last of figures that are not available yet, by period, and group or None.
    """

    history: list[Observation]
    expected: dict[tuple[dt.date, dt.date, int | None], ExpectedFigure] = field(default_factory=dict)

    @cached_property
    def disclosure(self) -> Disclosure:
        """What hides, whatever moment is looked at."""
        return decide(self.measure.small_number_threshold, self.facts, self.history)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The groups of which no sentence gives a figure."""
        return self.disclosure.groups(self.observations)

    def judged(self, on: dt.date, hidden: frozenset[str] | None = None) -> list[Judged]:
        """Each target on a day. No sentence gives a hidden figure."""
        hidden = self.hidden if hidden is None else hidden
        found = super().judged(on, hidden)
        return [self._told(each, hidden) for each in found] if hidden else found

    def _told(self, judged: Judged, hidden: frozenset[str]) -> Judged:
        if judged.outcome is None:
            return judged
        target = facts_of_target(judged.target)
        return replace(judged, outcome=without_groups(target, judged.outcome, self.facts, hidden))

    def as_known(self, on: dt.date) -> "OpenBook":
        """The same measure with the figures that had been entered by the end of a day."""
        known = [row for row in self.history if clock.local_date(row.entered_at) <= on]
        return OpenBook(self.measure, newest_of(known), self.history)


def with_books(commitments: QuerySet, *, fields: Sequence[str] = LEAN) -> QuerySet:
    """Commitments that bring their measures along, for `books_on`. Adds no query."""
    links = CommitmentMeasure.objects.filter(commitment=OuterRef("pk")).order_by("order", "id")
    found = links.values(json=_Object(order=F("order"), measure=_measure_json("measure", fields)))
    return commitments.annotate(measures_along=ArraySubquery(found))


def books_on(commitment) -> list[OpenBook]:
    """The measures of a commitment that came from `with_books`, in their order. No query."""
    return [_book(link["measure"]) for link in commitment.measures_along]


def with_record(measures: QuerySet, *, fields: Sequence[str] = WITH_RECORD) -> QuerySet:
    """Measures that bring everything along, for `book_of`. Adds no query."""
    return measures.annotate(along=_measure_json("", fields))


def book_of(measure: Measure) -> OpenBook:
    """A measure that came from `with_record`, with all its figures. No query."""
    return _book(measure.along)


def newest_of(rows: Iterable[Observation]) -> list[Observation]:
    """The newest revision of each figure, in the order of their periods and groups."""
    newest: dict[tuple, Observation] = {}
    for row in rows:
        cell = row.period_starts, row.period_ends, row.group_id
        if cell not in newest or row.revision > newest[cell].revision:
            newest[cell] = row
    return sorted(
        newest.values(), key=lambda row: (row.period_ends, row.period_starts, row.group.order if row.group_id else 0)
    )


# Into JSON and back


class _Object(JSONObject):
    output_field = JSONField(decoder=Exact)


def _measure_json(path: str, fields: Sequence[str]) -> JSONObject:
    at = f"{path}__" if path else ""
    key = "measure_id" if path else "pk"
    return _Object(
        fields=_columns(Measure, at),
        dimension=_columns(Dimension, f"{at}dimension__"),
        targets=_rows(Target.objects.filter(measure=OuterRef(key)).order_by("order", "id"), Target),
        versions=_rows(MeasureVersion.objects.filter(measure=OuterRef(key)).order_by("number"), MeasureVersion),
        groups=_rows(Group.objects.filter(dimension=OuterRef(f"{at}dimension_id")).order_by("order", "id"), Group),
        figures=_rows(
            Observation.objects.filter(measure=OuterRef(key)).order_by("period_ends", "id"), Observation, fields
        ),
        expected=_rows(ExpectedFigure.objects.filter(measure=OuterRef(key)).order_by("id"), ExpectedFigure, SAID),
    )


def _columns(model: type[Model], at: str = "", names: Sequence[str] = ()) -> JSONObject:
    names = names or [field.attname for field in model._meta.concrete_fields]
    return _Object(**{name: F(f"{at}{name}") for name in names})


def _rows(rows: QuerySet, model: type[Model], names: Sequence[str] = ()) -> ArraySubquery:
    return ArraySubquery(rows.values(json=_columns(model, "", names)))


def _made(model: type[Model], values: dict[str, Any]) -> Model:
    """A row as the database would give it."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    read = {
        name: value if value is None or isinstance(fields[name], JSONField) else fields[name].to_python(value)
        for name, value in values.items()
    }
    row = model(**read)
    row._state.adding = False
    row._state.db = "default"
    return row


def _book(told: dict[str, Any]) -> OpenBook:
    measure = _made(Measure, told["fields"])
    groups = {row["id"]: _made(Group, row) for row in told["groups"]}
    if measure.dimension_id is not None:
        measure.dimension = _made(Dimension, told["dimension"])
        _fetched(measure.dimension, "groups", list(groups.values()))
    _fetched(measure, "targets", [_made(Target, row) for row in told["targets"]])
    _fetched(measure, "versions", [_made(MeasureVersion, row) for row in told["versions"]])
    history = [_made(Observation, row) for row in told["figures"]]
    for row in history:
        row.measure = measure
        row.group = groups.get(row.group_id)
    said = (_made(ExpectedFigure, row) for row in told["expected"])
    expected = {(row.period_starts, row.period_ends, row.group_id): row for row in said}
    return OpenBook(measure, newest_of(history), history, expected)


def _fetched(row: Model, name: str, found: list[Model]) -> None:
    """As if they had been prefetched."""
    manager = getattr(row, name)
    rows = manager.get_queryset()
    rows._result_cache, rows._prefetch_done = found, True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows
