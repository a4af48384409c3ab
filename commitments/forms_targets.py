"""What is asked about a target: its words as published, then how the machine reads them."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import Max
from django.http import QueryDict
from django.utils.html import format_html

from commitments.choices import TargetKind, Trajectory
from commitments.facts import facts_of_measure, reading_of
from commitments.forms import PlanForm, number_asked
from commitments.models import Measure, Target
from commitments.particulars.kinds import Particulars
from commitments.targets.registry import LABELS, describe
from kit.crispy import Fieldset, Reveal, Text
from kit.fields import DateField, Radios
from kit.forms import StrideForm
from kit.number_field import NumberField
from kit.record_forms import shown

UNREAD = "none"
ALL_OF = TargetKind.ALL_OF.value
CONDITIONS = ("first", "second", "third", "fourth")
COMPARES = {"gap_at_most", "gap_change", "group_at_least_as_good", "per_unit_per_year"}
HINTS = {
    "reach_level": "At least 15%, at most 137 days, or between the two.",
    "change_from_baseline": "Higher or lower than it was: at all, by an amount, or by a share.",
    "year_on_year": "Higher or lower than at the same time a year before.",
    "gap_at_most": "Groups at most 5 points behind another group, or behind the whole.",
    "gap_change": "Groups closer to another group, or to the whole, than they were.",
    "group_at_least_as_good": "Equal to or better than another group, or a stated level.",
    "per_unit_per_year": "For example 12 in each unit each financial year.",
    "full_coverage": "All of them: 100%.",
    "set_a_baseline": "Met as soon as a figure is recorded.",
    ALL_OF: "Two to four conditions, each read by itself. The worst decides.",
    UNREAD: "The words are kept as published. There is no verdict.",
}
ON_THE_WAY = {
    Trajectory.STRAIGHT: "From the baseline to the day it is due.",
    Trajectory.STEPPED: "Level between the stated steps or, without any, between the ends of financial years.",
    Trajectory.NONE: "Better than the baseline is enough until the day it is due.",
}
NEAR_ENOUGH = (
    "How far short of what is expected counts as slipping. Anything further is off track. Use the unit of the figure "
    "that is judged: points for a gap between shares. It never makes a target met."
)


class KindForm(StrideForm):
    """How a target is read. Sent in the address, so that the page that follows asks only what the kind needs."""

    kind = forms.ChoiceField(
        label="How is it to be read?",
        help_text="The words as published stay on every page beside the machine’s reading.",
        widget=Radios(hints=HINTS),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select how it is to be read"),
    )

    def __init__(self, *args, measure: Measure, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        broken_down = measure.dimension_id is not None
        simple = [(name, label) for name, label in LABELS.items() if broken_down or name not in COMPARES]
        self.fields["kind"].choices = [*simple, (UNREAD, "No machine reads it yet")]
        conditions = [each for each in simple if each[0] != ALL_OF]
        for place, name in enumerate(CONDITIONS):
            self.fields[name] = forms.ChoiceField(
                label=f"{name.capitalize()} condition",
                choices=[("", "Select one" if place < 2 else "None"), *conditions],
                required=False,
            )

    def layout(self) -> list:
        """The conditions under the kind that has several."""
        return [Reveal("kind", {ALL_OF: list(CONDITIONS)})]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") == ALL_OF:
            for name in CONDITIONS[:2]:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, f"Select the {name} condition")
        return cleaned

    @property
    def chosen(self) -> tuple[str, list[str]]:
        """The kind, nothing where no machine reads it, and the kinds of its conditions."""
        told = self.cleaned_data
        if told["kind"] == ALL_OF:
            return ALL_OF, [told[name] for name in CONDITIONS if told.get(name)]
        return ("" if told["kind"] == UNREAD else told["kind"]), []


def asked_kind(query: QueryDict) -> QueryDict | None:
    """What the address says of the kind. A browser sends no radio that is not chosen, but always the conditions."""
    return query if {"kind", *CONDITIONS} & set(query) else None


def kind_of(target: Target) -> tuple[str, list[str]]:
    """How a target is read now, and its conditions, as KindForm chooses them."""
    conditions = target.params.get("conditions", []) if target.kind == ALL_OF else []
    return target.kind, [each["kind"] for each in conditions]


class TargetForm(PlanForm):
    """Asked on the page of its measure. Its code is made from the measure's, so that no target is added twice.

    `read_as` is the kind with the kinds of its conditions; `other_way` the address where another is chosen.
    """

    fixed = ("measure",)
    asks = {
        "wording": "Enter the wording as published",
        "order": "Enter where it stands in the order",
        "trajectory": "Select what is expected on the way",
    }
    beside = {"target_due_after_it_starts": "due_on", "target_tolerance_not_negative": "tolerance"}
    tolerance = NumberField(label="What is near enough?", help_text=NEAR_ENOUGH)
    trajectory = forms.ChoiceField(
        label="What is expected on the way?", choices=Trajectory, widget=Radios(hints=ON_THE_WAY)
    )

    class Meta:
        model = Target
        fields = ["wording", "baseline", "starts", "due_on", "order", "tolerance", "trajectory"]
        field_classes = {"starts": DateField, "due_on": DateField}

    def __init__(self, *args, read_as: tuple[str, list[str]] = ("", []), other_way: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.kind, conditions = read_as
        self.other_way = other_way
        self.facts = facts_of_measure(self.instance.measure)
        self.parts = self._parts(conditions)
        for part in self.parts:
            self.fields |= part.fields()
        self.fields["wording"].help_text = "Word for word, as it was published."
        self.fields["order"].help_text = "Where it stands among the targets of this measure."
        self.initial["tolerance"] = f"{self.instance.tolerance.normalize():f}" if self.instance.tolerance else "0"
        if self.kind in ("", "set_a_baseline"):
            del self.fields["tolerance"], self.fields["trajectory"]
        if "reason" in self.fields:
            self.fields["reason"] = self.fields.pop("reason")
        number_asked(self, "order", self.instance.measure.targets.all())

    def _parts(self, conditions: list[str]) -> list[Particulars]:
        """The questions of the kind, or of each condition, with what the target says now where the kind is the same."""
        now = self.instance.params if self.instance.kind == self.kind else {}
        if self.kind != ALL_OF:
            return [Particulars(self.kind, self.facts, now)] if self.kind else []
        was = now.get("conditions", [])
        return [
            Particulars(
                kind,
                self.facts,
                was[place]["params"] if place < len(was) and was[place]["kind"] == kind else {},
                f"condition{place + 1}_",
            )
            for place, kind in enumerate(conditions)
        ]

    def layout(self) -> list:
        """The words, the machine's reading of them, how it is judged on the way."""
        label = LABELS.get(self.kind, "No machine reads it yet")
        way = format_html(
            '<p class="govuk-body"><a class="govuk-link" href="{}">Read it another way</a></p>', self.other_way
        )
        read = [
            Fieldset(
                f"Read as: {label[0].lower()}{label[1:]}"
                if self.kind != ALL_OF
                else f"Condition {place}: {LABELS[part.kind].lower()}",
                *part.layout(),
            )
            for place, part in enumerate(self.parts, start=1)
        ] or [Text(label)]
        judged = [name for name in ("trajectory", "tolerance") if name in self.fields]
        return [
            Fieldset("What was promised", "wording", "baseline", "starts", "due_on", "order"),
            *read,
            *([Text(way)] if self.other_way else []),
            *([Fieldset("How it is judged", *judged)] if judged else []),
            *(["reason"] if "reason" in self.fields else []),
        ]

    @property
    def watched(self) -> list[str]:
        """The reading counts as one with the words: neither is saved over the other."""
        return [*super().watched, "kind", "params"]

    @property
    def values(self) -> dict[str, Any]:
        """What was asked of the target itself."""
        plain = {name: self.cleaned_data[name] for name in super().watched}
        return plain | {"kind": self.kind, "params": self.cleaned_data["params"]}

    @property
    def reading(self) -> str:
        """The machine's reading of what was answered, in a sentence; nothing where none reads it."""
        return describe(self.kind, self.cleaned_data["params"], self.facts) if self.kind else ""

    def clean_order(self) -> int:
        order = self.cleaned_data["order"]
        others = Target.objects.filter(measure=self.instance.measure, order=order).exclude(pk=self.instance.pk)
        if other := others.first():
            raise forms.ValidationError(f"Target {order} of this measure is already: {other.wording}")
        if self.instance.pk is None:
            self.instance.code = _target_code(self.instance.measure.code, order)
        return order

    def clean_tolerance(self) -> Any:
        tolerance = self.cleaned_data["tolerance"] or 0
        if tolerance < 0:
            raise forms.ValidationError("What is near enough must be 0 or more")
        return tolerance

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        found = []
        for part in self.parts:
            if set(part.fields()) & set(self.errors):
                continue
            params, wrong = part.read(cleaned)
            for each in wrong:
                self.add_error(each.name if each.name in self.fields else None, each.sentence)
            if params.get("steps") and cleaned.get("trajectory") not in (None, Trajectory.STEPPED):
                self.add_error(part.name("steps"), "Leave the steps empty, or select steps as what is expected")
            found.append(params)
        if self.kind == ALL_OF:
            conditions = zip(self.parts, found, strict=False)
            cleaned["params"] = {"conditions": [{"kind": part.kind, "params": each} for part, each in conditions]}
        else:
            cleaned["params"] = found[0] if found else {}
        self.instance.kind, self.instance.params = self.kind, cleaned["params"]
        return cleaned

    def conflicts_with(self, current: models.Model) -> list[tuple[str, str]]:
        """The other's reading is shown as a sentence, not as it is kept."""
        plain, values = super().watched, self.values
        found = [
            (str(self.fields[name].label), shown(current, name))
            for name in plain
            if values[name] != getattr(current, name)
        ]
        if (self.kind, values["params"]) != (current.kind, current.params):
            found.append(("As the machine reads it", reading_of(current) or "No machine reads it yet"))
        return found


def _target_code(measure_code: str, order: int) -> str:
    code = f"{measure_code[:52]}-t{order}"
    if not Target.objects.filter(code=code).exists():
        return code
    last = Target.objects.aggregate(last=Max("pk"))["last"]
    return f"{measure_code[:40]}-t{order}-{last + 1}"
