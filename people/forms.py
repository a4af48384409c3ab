"""What is asked about people, posts, units and tenures."""

import datetime as dt
from typing import Any

from django import forms

from kit.fields import DateField, Radios
from kit.forms import StrideForm
from kit.record_forms import CodeFromName, RecordForm
from kit.verdict import Verdict
from people import rules
from people.models import Basis, Delegation, Person, Post, Tenure, Unit, UnitKind


class PostForm(CodeFromName, RecordForm):
    named_by = "title"
    asks = {"title": "Enter a title"}

    class Meta:
        model = Post
        fields = ["title", "unit", "code", "abolished_on"]
        field_classes = {"abolished_on": DateField}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].empty_label = "No unit"
        if self.instance.pk is None:
            del self.fields["abolished_on"]
        else:
            self.fields["abolished_on"].label = "Last day that the post exists"
            self.fields["abolished_on"].help_text = "Leave empty while it exists."

    def clean_abolished_on(self) -> dt.date | None:
        day = self.cleaned_data["abolished_on"]
        if day:
            _or_error(
                rules.may_abolish(
                    day,
                    self.instance.tenures.select_related("person"),
                    self.instance.delegations.select_related("person"),
                )
            )
        return day


class PersonForm(CodeFromName, RecordForm):
    named_by = "name"
    asks = {"name": "Enter a name"}

    class Meta:
        model = Person
        fields = ["name", "email", "code"]


class UnitForm(CodeFromName, RecordForm):
    named_by = "name"
    asks = {"name": "Enter a name", "kind": "Select a kind"}
    beside = {"unit_not_part_of_itself": "parent", "unit_no_circle": "parent"}
    kind = forms.ChoiceField(choices=UnitKind, initial=UnitKind.TEAM, widget=Radios)

    class Meta:
        model = Unit
        fields = ["name", "kind", "parent", "code"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].empty_label = "Nothing: it stands at the top"

    def clean_parent(self) -> Unit | None:
        parent = self.cleaned_data["parent"]
        _or_error(rules.fits_under(self.instance, parent, Unit.objects.all()))
        return parent


class TenureForm(RecordForm):
    """Asked on the page of its post, so the post is not asked. Give it as the instance's."""

    fixed = ("post",)
    asks = {"person": "Select a person", "basis": "Select a basis"}
    beside = {"tenure_ends_after_it_starts": "ends", "tenure_one_holder_at_a_time": "starts"}
    basis = forms.ChoiceField(
        choices=Basis,
        initial=Basis.SUBSTANTIVE,
        widget=Radios(
            hints={
                Basis.SUBSTANTIVE: "Appointed to the post.",
                Basis.ACTING: "Covers the post, and counts as its holder before everybody else.",
                Basis.TEMPORARY: "Holds it for a while; counts before the substantive holder.",
            }
        ),
    )

    class Meta:
        model = Tenure
        fields = ["person", "basis", "starts", "ends"]
        field_classes = {"starts": DateField, "ends": DateField}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        _check_days(self, cleaned.get("starts"), cleaned.get("ends"))
        return cleaned


class DelegationForm(RecordForm):
    """Asked on the page of its post."""

    fixed = ("post",)
    asks = {"person": "Select a person"}
    beside = {"delegation_ends_after_it_starts": "ends", "delegation_once_at_a_time": "person"}

    class Meta:
        model = Delegation
        fields = ["person", "starts", "ends"]
        field_classes = {"starts": DateField, "ends": DateField}

    def exclude_person(self, person_id: int | None) -> None:
        """Leave out the holder: nobody is their own delegate."""
        self.fields["person"].queryset = Person.objects.exclude(pk=person_id)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        _check_days(self, cleaned.get("starts"), cleaned.get("ends"))
        return cleaned


class EndForm(RecordForm):
    """Only the last day, which has to be given."""

    class Meta:
        fields = ["ends"]
        field_classes = {"ends": DateField}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ends"]
        field.required = True
        field.label = "Last day"
        field.help_text = "That day is still included."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        _check_days(self, self.instance.starts, cleaned.get("ends"))
        return cleaned


class EndTenureForm(EndForm):
    fixed = ("post", "basis", "starts")
    beside = {"tenure_ends_after_it_starts": "ends", "tenure_one_holder_at_a_time": "ends"}

    class Meta(EndForm.Meta):
        model = Tenure


class EndDelegationForm(EndForm):
    fixed = ("post", "person", "starts")
    beside = {"delegation_ends_after_it_starts": "ends", "delegation_once_at_a_time": "ends"}

    class Meta(EndForm.Meta):
        model = Delegation


class PostFilter(StrideForm):
    """Which posts to list. Anything that is not a choice is left out of account."""

    SHOW = [("", "All posts"), ("vacant", "Vacant"), ("covered", "Acting or temporary cover"), ("held", "Held")]

    q = forms.CharField(label="Title or name", required=False, max_length=200)
    unit = forms.ChoiceField(label="Unit", required=False)
    show = forms.ChoiceField(label="Show", required=False, choices=SHOW)

    def __init__(self, *args, units: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "All units"), *units]

    def asked(self) -> dict[str, str]:
        """What was asked for, without what is not a choice."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


def _check_days(form: RecordForm, starts: dt.date | None, ends: dt.date | None) -> None:
    if starts is None or form.errors:
        return
    if not (verdict := rules.fits_post(form.instance.post, starts, ends)):
        form.add_error("ends", verdict.sentence)


def _or_error(verdict: Verdict) -> None:
    if not verdict:
        raise forms.ValidationError(verdict.sentence)
