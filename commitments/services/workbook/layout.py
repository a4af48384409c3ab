"""The sheets and columns of a plan workbook. What a column accepts is read off the model's field, so the two agree."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from commitments.models import (
    Commitment,
    CommitmentMeasure,
    Dimension,
    Group,
    Measure,
    Programme,
    Strand,
    Strategy,
    Target,
)
from people.models import Delegation, Person, Post, Tenure, Unit

LIST_SEPARATOR = "; "
LONGEST_TEXT = 32_767  # the most that a spreadsheet cell holds
LARGEST_NUMBER = 32_767


class Kind(StrEnum):
    TEXT = "text"
    CODE = "code"
    EMAIL = "e-mail"
    DATE = "date"
    NUMBER = "number"
    DECIMAL = "decimal"
    PARTICULARS = "particulars"
    CHOICE = "choice"
    CHOICES = "choices"
    REFERENCE = "reference"


@dataclass(frozen=True)
class Column:
    """`to` is the sheet that a reference points into. An `optional` column may be left out of its sheet altogether."""

    name: str
    field: models.Field
    kind: Kind
    to: str = ""
    optional: bool = False

    @property
    def required(self) -> bool:
        """Whether the cell may not be empty. Where the model has a default, an empty cell means that."""
        return not self.field.blank and not self.field.has_default()

    @property
    def longest(self) -> int:
        return self.field.max_length or LONGEST_TEXT

    @property
    def smallest(self) -> int:
        """The smallest number that can be kept."""
        limits = [each.limit_value for each in self.field.validators if isinstance(each, MinValueValidator)]
        return max(limits, default=0)

    @property
    def largest(self) -> int:
        """The largest number that can be kept."""
        limits = [each.limit_value for each in self.field.validators if isinstance(each, MaxValueValidator)]
        return min([*limits, LARGEST_NUMBER])

    @property
    def empty_keeps(self) -> bool:
        """Whether an empty cell leaves what STRIDE has: exports for most readers come without e-mail addresses."""
        return self.kind == Kind.EMAIL

    @cached_property
    def values(self) -> list[str]:
        """The values of a choice, or of the choices in a list."""
        field = self.field.base_field if self.kind == Kind.CHOICES else self.field
        return [value for value, _ in field.flatchoices]


@dataclass(frozen=True)
class SheetLayout:
    """`identity` is the columns that tell rows apart; `within` leads from the model to the strategy's slug."""

    name: str
    model: type[models.Model]
    noun: str
    identity: tuple[str, ...]
    columns: tuple[Column, ...]
    needed: bool = False
    within: str = ""
    period: tuple[str, str] | None = None
    one_at_a_time: tuple[str, ...] = ()
    parent: str = ""

    @property
    def headings(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def needed_headings(self) -> list[str]:
        """The columns that must be there."""
        return [column.name for column in self.columns if not column.optional]

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def key_columns(self, column: Column) -> tuple[str, ...]:
        """The columns here that together name a row of the sheet that the column points into."""
        return ("programme", "strand") if column.to == "strands" else (column.name,)


POINTS_INTO = {
    "unit": "units",
    "post": "posts",
    "lead_post": "posts",
    "overseer_post": "posts",
    "owner_post": "posts",
    "dimension": "dimensions",
    "person": "people",
    "programme": "programmes",
    "strand": "strands",
    "commitment": "commitments",
    "measure": "measures",
    "predecessor": "strategy",
    "parent": "units",
}


def _sheet(
    name: str, model: type[models.Model], noun: str, identity: str, columns: str, optional: str = "", **more
) -> SheetLayout:
    """`optional` names columns that came later: a workbook made before them is still a workbook."""
    made = tuple(_column(model, column) for column in columns.split())
    later = tuple(_column(model, column, optional=True) for column in optional.split())
    return SheetLayout(name, model, noun, tuple(identity.split()), made + later, **more)


def _column(model: type[models.Model], name: str, *, optional: bool = False) -> Column:
    field = model._meta.get_field(name)
    kind = _kind(field)
    return Column(name, field, kind, POINTS_INTO[name] if kind == Kind.REFERENCE else "", optional)


def _kind(field: models.Field) -> Kind:
    if isinstance(field, models.ForeignKey):
        return Kind.REFERENCE
    if isinstance(field, ArrayField):
        return Kind.CHOICES
    if field.choices:
        return Kind.CHOICE
    for of, kind in (
        (models.SlugField, Kind.CODE),
        (models.EmailField, Kind.EMAIL),
        (models.DateField, Kind.DATE),
        (models.PositiveSmallIntegerField, Kind.NUMBER),
        (models.DecimalField, Kind.DECIMAL),
        (models.JSONField, Kind.PARTICULARS),
    ):
        if isinstance(field, of):
            return kind
    return Kind.TEXT


# A sheet comes after those that it points into.
SHEETS = (
    _sheet(
        "strategy",
        Strategy,
        "strategy",
        "slug",
        "slug title summary starts ends programme_label strand_label commitment_label predecessor "
        "green_means amber_means red_means notice",
        needed=True,
        period=("starts", "ends"),
        parent="predecessor",
    ),
    _sheet("units", Unit, "unit", "code", "code name kind parent", parent="parent"),
    _sheet("posts", Post, "post", "code", "code title unit abolished_on", needed=True),
    _sheet("people", Person, "person", "code", "code name email"),
    _sheet(
        "tenures",
        Tenure,
        "tenure",
        "post person basis starts",
        "post person basis starts ends",
        period=("starts", "ends"),
        one_at_a_time=("post", "basis"),
    ),
    _sheet(
        "delegations",
        Delegation,
        "delegation",
        "post person starts",
        "post person starts ends",
        period=("starts", "ends"),
        one_at_a_time=("post", "person"),
    ),
    _sheet(
        "programmes", Programme, "programme", "number", "number title summary", needed=True, within="strategy__slug"
    ),
    _sheet(
        "strands", Strand, "strand", "programme number", "programme number title", within="programme__strategy__slug"
    ),
    _sheet(
        "commitments",
        Commitment,
        "commitment",
        "number",
        "number title statement test_of_done programme strand lead_post overseer_post lifecycle impact due_on "
        "characteristics duty_aims",
        optional="status_rule",
        needed=True,
        within="strategy__slug",
    ),
    _sheet("dimensions", Dimension, "breakdown", "code", "code title kind whole"),
    _sheet("groups", Group, "group", "dimension code", "dimension code title order"),
    _sheet(
        "measures",
        Measure,
        "measure",
        "code",
        "code title definition source unit",
        optional="numerator_is denominator_is unit_kind decimals better over_time over_groups dimension source_kind "
        "cadence owner_post small_number_threshold quality_note",
    ),
    _sheet(
        "targets",
        Target,
        "target",
        "code",
        "code measure wording baseline starts due_on order",
        optional="kind params tolerance trajectory",
        period=("starts", "due_on"),
    ),
    _sheet(
        "commitment_measures",
        CommitmentMeasure,
        "measure of a commitment",
        "commitment measure",
        "commitment measure order",
        within="commitment__strategy__slug",
    ),
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
