"""What is asked about a measure: what is counted, in which numbers, by whom, and since when."""

import datetime as dt
from typing import Any

from django import forms
from django.db import IntegrityError
from django.db.models import Q

from commitments import rules
from commitments.choices import Better, Cadence, Combine, MeasureUnit, SourceKind
from commitments.forms import PlanForm
from commitments.models import CommitmentMeasure, Measure
from commitments.services import definitions
from kit.crispy import Fieldset
from kit.fields import DateField, Radios
from kit.record_forms import CodeFromName
from people.models import Post

UNIT_HINTS = {
    MeasureUnit.SHARE: "Per cent, 0 to 100.",
    MeasureUnit.COUNT: "Whole numbers.",
    MeasureUnit.RATE: "So many for each so many, for example for each 1,000 people.",
}
COMBINE_HINTS = {
    Combine.LATEST: "The newest value stands for all of it.",
    Combine.RATIO_OF_SUMS: "Numerators and denominators are added up first.",
}
LARGEST_THRESHOLD = 1000
# What the database's own trigger says of a measure with figures.
STAYS = "observed_measure_stays"


def _one_of(label: str, choices: Any, hints: dict | None = None, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=Radios(hints=hints or {}), help_text=hint)


class MeasureForm(CodeFromName, PlanForm):
    """With `dated`, a change of what is counted starts a new definition: it asks from which day."""

    named_by = "title"
    asks = {"title": "Enter a title", "unit_kind": "Select the kind of number", "cadence": "Select how often"}
    beside = {"measure_decimals_at_most_four": "decimals", "measure_shares_are_never_averaged": "over_time"}
    unit_kind = _one_of("Kind of number", MeasureUnit, UNIT_HINTS)
    better = _one_of("What is better?", Better)
    over_time = _one_of("How do several periods make one?", Combine, COMBINE_HINTS)
    over_groups = _one_of("How do the groups make the whole?", Combine, COMBINE_HINTS)
    cadence = _one_of("How often is it collected?", Cadence)
    source_kind = _one_of("Kind of source", SourceKind)
    applies_from = DateField(
        label="From which day does a changed definition apply?",
        named="The day from which the definition applies",
        required=False,
        help_text="Only when you change what is counted. Leave empty for today. Earlier periods keep the definition "
        "they had, and so does what was signed off.",
    )

    class Meta:
        model = Measure
        fields = [
            "title",
            "code",
            "definition",
            "numerator_is",
            "denominator_is",
            "unit_kind",
            "unit",
            "decimals",
            "better",
            "over_time",
            "dimension",
            "over_groups",
            "cadence",
            "source_kind",
            "source",
            "owner_post",
            "small_number_threshold",
            "quality_note",
        ]

    def __init__(self, *args, on: dt.date, dated: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        if not dated:
            del self.fields["applies_from"]
        for name in ("definition", "numerator_is", "denominator_is", "quality_note"):
            self.fields[name].widget.attrs["rows"] = 3
        self.fields["numerator_is"].label, self.fields["denominator_is"].label = "Numerator", "Denominator"
        self.fields["numerator_is"].help_text = "What is counted, for example hate crimes with a detection."
        self.fields["denominator_is"].help_text = "Out of what, for example hate crimes recorded."
        for name in ("decimals", "small_number_threshold"):
            self.fields[name].widget = forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-4"})
        self.fields["small_number_threshold"].max_value = LARGEST_THRESHOLD
        self.fields["dimension"].empty_label = "It is not broken down"
        self.fields["owner_post"].empty_label = "The leads of its commitments"
        chosen = self.instance.owner_post_id
        self.fields["owner_post"].queryset = Post.objects.filter(
            Q(pk=chosen) | Q(pk__in=Post.objects.existing_on(on).order_by().values("pk"))
        )

    def layout(self) -> list:
        """What is counted, its numbers, its groups, where it comes from, what is shown of it."""
        there = self.fields
        return [
            Fieldset(
                "What is counted", *self._there("title", "code"), *definitions.FIELDS, *self._there("applies_from")
            ),
            Fieldset("Its numbers", "unit_kind", "unit", "decimals", "better", "over_time"),
            Fieldset("Its groups", "dimension", "over_groups", "small_number_threshold"),
            Fieldset("Where it comes from", "cadence", "owner_post", "source_kind", "source", "quality_note"),
            *(["reason"] if "reason" in there else []),
        ]

    @property
    def since(self) -> dt.date | None:
        """The first day of a changed definition, where one was given."""
        return self.cleaned_data.get("applies_from")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get("applies_from")
        if day is None:
            return cleaned
        if not any(cleaned.get(name) != getattr(self.opened, name) for name in definitions.FIELDS):
            self.add_error("applies_from", "Change what is counted too, or leave the day empty")
        elif not (verdict := rules.follows_definition(self.opened, day)):
            self.add_error("applies_from", verdict.sentence)
        return cleaned

    def explain(self, error: IntegrityError) -> None:
        """A measure with figures keeps what they are: the database says so, here beside what was changed."""
        diag = getattr(error.__cause__, "diag", None)
        if getattr(diag, "constraint_name", "") != STAYS:
            super().explain(error)
            return
        changed = [name for name in ("unit_kind", "dimension", "cadence") if name in self.changed_data]
        self.add_error(changed[0] if changed else None, diag.message_primary)

    def _there(self, *names: str) -> list[str]:
        return [name for name in names if name in self.fields]


class LinkMeasureForm(PlanForm):
    """An existing measure, for a commitment that it does not support yet."""

    fixed = ("commitment",)
    asks = {"measure": "Select a measure"}
    beside = {"commitment_measure_once": "measure"}

    class Meta:
        model = CommitmentMeasure
        fields = ["measure"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        taken = self.instance.commitment.commitment_measures.values("measure")
        self.fields["measure"].queryset = Measure.objects.exclude(pk__in=taken).order_by("title")
