"""Forms of the measure pages: narrow the list, look at a day, record a figure, paste or upload many."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django import forms
from django.db import IntegrityError

from commitments.models import Group, Measure
from kit import clock
from kit.crispy import Fieldset, helper
from kit.fields import DateField, Radios, in_words
from kit.forms import StrideForm
from kit.number_field import NumberField
from kit.periods import Period
from kit.record_forms import CLASH
from monitoring.choices import ObservationStatus
from monitoring.models import Observation
from monitoring.rules_observations import Fault, Figure, plain

STATUS_HINTS = {
    ObservationStatus.PROVISIONAL: "It may still change.",
    ObservationStatus.ESTIMATED: "Worked out, not counted.",
}
FIGURES_LENGTH = 2_000_000
NUMBERS = ("value", "numerator", "denominator")
SEEN_ANOTHER = (
    "Somebody else revised this figure while you had it open. What they recorded is shown first, what you typed is "
    "still in the form. Save again to keep yours"
)
SEEN_NONE = "A figure is recorded for this already. It is shown first. Save again to revise it"


class MeasureFilter(StrideForm):
    """Narrows the list of measures. Anything it does not know is left aside."""

    programme = forms.ChoiceField(required=False)
    post = forms.ChoiceField(label="Figures from", required=False)
    verdict = forms.ChoiceField(label="Targets", required=False)
    due = forms.ChoiceField(label="Due", required=False)

    def __init__(self, *args, choices: dict[str, list[tuple[str, str]]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if len(choices.get(name, ())) < 2:
                del self.fields[name]
            else:
                self.fields[name].choices = [("", "All"), *choices[name]]

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for and is known, by field."""
        self.full_clean()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


class OnForm(StrideForm):
    """A day to look back to."""

    on = DateField(
        label="Show it as it was known on",
        named="The day",
        required=False,
        latest=clock.today,
        help_text="For example 31 10 2021.",
    )


def number_fields(measure: Measure) -> dict[str, forms.Field]:
    """What is asked of a figure, by its kind of number."""
    kind, unit = measure.unit_kind, measure.unit
    if kind == "yes_no":
        widget = Radios(inline=True)
        return {
            "value": forms.ChoiceField(
                label="Value", choices=[("1", "Yes"), ("0", "No")], widget=widget, required=False
            )
        }
    counted = {
        "numerator": NumberField(label="Numerator", help_text=measure.numerator_is),
        "denominator": NumberField(label="Denominator", help_text=measure.denominator_is),
    }
    hint = {
        "share": "The percentage itself, when its numerator and denominator are not known.",
        "count": "A whole number.",
    }.get(kind, "")
    value = NumberField(label=f"Value ({unit})" if unit else "Value", help_text=hint)
    if kind == "share":
        return {**counted, "value": value}
    return {"value": value} if kind == "count" else {"value": value, **counted}


def beside(field: str, told: dict) -> str:
    """Where a fault stands. A value that was not typed has none: then it is the numerator's, or that of what misses."""
    numbers = [told.get(name) for name in ("numerator", "denominator")]
    if field != "value" or told.get("value") not in (None, "") or numbers == [None, None]:
        return field
    return "denominator" if numbers[1] is None else "numerator"


def status_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="How final is it?",
        choices=ObservationStatus.choices,
        widget=Radios(hints=STATUS_HINTS),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select how final the figure is"),
    )


class RecordForm(StrideForm):
    """One figure: record it, or revise the one that is there."""

    period = forms.ChoiceField(label="Period", error_messages={"required": "Select the period"})
    group = forms.ChoiceField(label="Group", required=False)
    status = status_field()
    source_note = forms.CharField(label="Where it comes from", max_length=300, required=False)
    reason = forms.CharField(
        label="Why is it revised?",
        help_text="Only when a figure is recorded for this period already. The earlier figure stays in the record.",
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    # Which revision of which figure was on the page: that one is revised, and none that came since.
    seen = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)

    # What came since, when something did; kit.edit_pages tells it.
    conflict: Observation | None = None

    def __init__(
        self, *args, measure: Measure, periods: Sequence[Period], whole: str, asks_why: bool = False, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measure, self.periods = measure, {period.starts.isoformat(): period for period in periods}
        self.groups: dict[str, Group] = {}
        if measure.dimension_id:
            self.groups = {group.code: group for group in measure.dimension.groups.all()}
        self.fields |= number_fields(measure)
        self.fields["period"].choices = [
            ("", "Select a period"),
            *((key, each.label) for key, each in self.periods.items()),
        ]
        self.fields["group"].choices = [("", whole), *((code, group.title) for code, group in self.groups.items())]
        if not self.groups:
            del self.fields["group"]
        self.fields["status"].initial = ObservationStatus.ACTUAL
        self.asks_why = asks_why

    def layout(self) -> list:
        numbers = list(number_fields(self.measure))
        asked = [
            "period",
            *(["group"] if self.groups else []),
            Fieldset("The figure", *numbers),
            "status",
            "source_note",
        ]
        return [*asked, "reason"]

    def figure(self) -> Figure:
        """What was typed. Ask only of a form that is valid."""
        told = self.cleaned_data
        return Figure(
            measure=self.measure,
            period=self.periods[told["period"]],
            group=self.groups.get(told.get("group", "")),
            value=_decimal(told.get("value")),
            numerator=told.get("numerator"),
            denominator=told.get("denominator"),
            status=told["status"],
            reason=told["reason"],
            source_note=told["source_note"],
        )

    def tell(self, found: Sequence[Fault]) -> None:
        """What the rules refuse, beside the fields they are about."""
        for fault in found:
            field = beside(fault.field, self.cleaned_data)
            self.add_error(field if field in self.fields else None, fault.sentence.removesuffix("."))

    @property
    def typed(self) -> str:
        """The figure as it was typed, as one short text. Ask only of a form that is valid."""
        told = self.cleaned_data
        numbers = ("" if told.get(name) in (None, "") else plain(Decimal(told[name])) for name in NUMBERS)
        return ".".join((told["period"], told.get("group", ""), *numbers))

    @property
    def seen_revision(self) -> int:
        """The revision that was on the page of the figure chosen; 0 when none of it was."""
        told = self.cleaned_data
        cell, _, revision = told["seen"].rpartition(".")
        mine = cell == f"{told['period']}.{told.get('group', '')}"
        return int(revision) if mine and revision.isascii() and revision.isdigit() else 0

    def show_conflict(self, current: Observation) -> None:
        """Keep what was typed; the page shows what is recorded, and the next save is about that."""
        self.conflict = current
        told = self.cleaned_data
        sentence = SEEN_ANOTHER if self.seen_revision else SEEN_NONE
        self.data = self.data.copy()
        self.data["seen"] = seen_text(told["period"], told.get("group", ""), current)
        asks_why = not told["reason"].strip()
        self.add_error(None, sentence)
        if asks_why:
            self.add_error("reason", "A figure is recorded for this already. Say why it is revised")

    def explain(self, error: IntegrityError) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)


def seen_text(period: str, group: str, row: Observation | None) -> str:
    """What the form carries of the figure that its page shows: "2021-07-01.black.2"."""
    return f"{period}.{group}.{row.revision if row else 0}"


def tomorrow() -> dt.date:
    """The first day on which something can be expected."""
    return clock.today() + dt.timedelta(days=1)


class DueForm(StrideForm):
    """The figure of one line in a return: all may stay empty, and what is typed must be right."""

    status = forms.ChoiceField(label="How final is it?", choices=ObservationStatus.choices, required=False)
    source_note = forms.CharField(label="Where it comes from", max_length=300, required=False)
    expected_on = DateField(
        label="Not available yet? Say when it is expected",
        named="The day it is expected",
        earliest=tomorrow,
        required=False,
        help_text="Only when you leave the figure empty.",
    )

    def __init__(self, *args, due, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.due = due
        self.about = f"{due.title}, {due.period.label}"
        if said := due.expected:
            self.fields["expected_on"].help_text = f"Last said: {in_words(said.expected_on)}."
            self.fields["expected_on"].initial = said.expected_on if said.expected_on > clock.today() else None
        self.fields = {**number_fields(due.measure), **self.fields}
        self.fields["status"].initial = ObservationStatus.ACTUAL

    @property
    def is_empty(self) -> bool:
        return all(self.cleaned_data.get(name) in (None, "") for name in ("value", "numerator", "denominator"))

    @property
    def is_expected(self) -> bool:
        """Not given, but said when it will be."""
        return self.is_empty and bool(self.cleaned_data.get("expected_on"))

    def figure(self) -> Figure:
        told = self.cleaned_data
        return Figure(
            measure=self.due.measure,
            period=self.due.period,
            group=self.due.group,
            value=_decimal(told.get("value")),
            numerator=told.get("numerator"),
            denominator=told.get("denominator"),
            status=told["status"] or ObservationStatus.ACTUAL,
            source_note=told["source_note"],
        )

    def tell(self, found: Sequence[Fault]) -> None:
        """What the rules refuse, beside the fields they are about."""
        for fault in found:
            field = beside(fault.field, self.cleaned_data)
            self.add_error(field if field in self.fields else "value", fault.sentence.removesuffix("."))


class DueForms(forms.BaseFormSet):
    """The figures of a return, one form for each that is due, told apart by what they are about."""

    def __init__(self, data, dues: Sequence) -> None:
        self.is_bound = data is not None
        self.refusal = ""
        self.forms = [DueForm(data, prefix=each.key, due=each) for each in dues]

    def is_valid(self) -> bool:
        return not self.refusal and all(form.is_valid() for form in self.forms)

    def non_form_errors(self) -> list[str]:
        """Why the service refused all of them, when it did."""
        return [self.refusal] if self.refusal else []

    def total_error_count(self) -> int:
        return len(self.non_form_errors()) + sum(len(form.errors) for form in self.forms)


class SheetForm(StrideForm):
    """Figures pasted from a spreadsheet, or a file of them."""

    figures = forms.CharField(
        label="Paste figures",
        help_text="With their headings, as copied from a spreadsheet or a CSV file.",
        max_length=FIGURES_LENGTH,
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 12, "class": "stride-figures-box", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Or upload a file",
        help_text="CSV, or XLSX with a sheet called observations. At most 2 MB.",
        required=False,
        error_messages={"empty": "The file you selected is empty"},
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args, cancel: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(self, "figures", "file", submit="Check the figures", secondary=[("Cancel", cancel)])

    def clean(self) -> dict:
        told = super().clean()
        if len(self.data.get("figures", "")) > FIGURES_LENGTH:
            self.data = self.data.copy()
            self.data["figures"] = ""  # a page of megabytes helps nobody
            self.add_error("figures", "They are not shown again. Paste them in parts, or upload files of at most 2 MB")
        if not self.errors and not (told.get("figures") or "").strip() and not told.get("file"):
            self.add_error("figures", "Paste figures, or select a file")
        return told


def _decimal(value) -> Decimal | None:
    return None if value in (None, "") else Decimal(value)


def periods_to_record(periods: Sequence[Period], on: dt.date) -> list[Period]:
    """Those that are over, the newest first."""
    return sorted((period for period in periods if period.ends < on), key=lambda each: each.starts, reverse=True)
