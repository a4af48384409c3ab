"""Forms that edit one record: the database's constraints speak beside their fields, and no edit is lost to another."""

import copy
import datetime as dt
import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, models
from django.utils.text import slugify

from kit import stale
from kit.fields import in_words
from kit.forms import StrideForm, StrideModelForm

TEXT_LIMIT = 20_000  # characters in one answer
CLASH = "Somebody else saved something that clashes with this at the same moment. Check it and save again."


class ConstraintErrors:
    """Mixin for model forms, here and in the admin.

    `fixed` names fields that are not asked but already set, so that constraints which need them are still checked.
    `beside` says beside which field a constraint, by its name, speaks; the others speak for the whole form.
    """

    fixed: tuple[str, ...] = ()
    beside: dict[str, str] = {}

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - set(self.fixed)

    def _post_clean(self) -> None:
        # Django asks all constraints at once, and a range of days that runs backwards breaks the ones about overlap.
        self.instance.validate_constraints = lambda exclude=None: None
        super()._post_clean()
        del self.instance.validate_constraints
        self.validate_constraints()

    def validate_constraints(self) -> None:
        """Ask each constraint in turn; stop at the first that fails, since later ones may rest on it."""
        exclude = self._get_validation_exclusions()
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self.instance, exclude=exclude)
                except ValidationError as error:
                    self.add_error(self._field_beside(constraint.name), error.messages)
                    return

    def explain(self, error: IntegrityError) -> None:
        """Put what the database refused, after the form was checked, where the form would have said it."""
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        known = {constraint.name: constraint for constraint in self._meta.model._meta.constraints}
        sentence = known[name].violation_error_message if name in known else CLASH
        self.add_error(self._field_beside(name), str(sentence))

    def _field_beside(self, name: str) -> str | None:
        field = self.beside.get(name)
        return field if field in self.fields else None


class RecordForm(ConstraintErrors, StrideModelForm):
    """Adds or edits one record. When it edits, it carries the version that its reader saw.

    The instance given is copied, so that a page never shows as saved what was only typed.
    """

    # What an empty answer is told, by field: "Enter a title".
    asks: dict[str, str] = {}
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="Why are you changing it?",
        help_text="Your reason goes into the record of changes.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, instance: models.Model | None = None, asks_reason: bool = False, **kwargs) -> None:
        super().__init__(*args, instance=copy.copy(instance), **kwargs)
        self.opened = copy.copy(self.instance)
        self.conflict: list[tuple[str, str]] = []
        if self.instance.pk is None:
            del self.fields["version"]
        if not asks_reason:
            del self.fields["reason"]
        for name, field in self.fields.items():
            if name in self.asks:
                field.error_messages["required"] = self.asks[name]
            if isinstance(field, forms.ModelChoiceField) and field.required and field.empty_label:
                field.empty_label = "Select one"
            if isinstance(field.widget, forms.Textarea) and not field.max_length:
                field.validators.append(MaxLengthValidator(TEXT_LIMIT))

    @property
    def watched(self) -> list[str]:
        """The fields of the record that are asked: what is saved, and what another edit may clash with."""
        return [name for name in self._meta.fields if name in self.fields]

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "version":
            return stale.token(self.opened, self.watched)
        return super().get_initial_for_field(field, field_name)

    @property
    def values(self) -> dict[str, Any]:
        """What was asked of the record itself."""
        return {name: self.cleaned_data[name] for name in self.watched}

    @property
    def seen(self) -> str:
        """The version that the reader saw."""
        return self.cleaned_data.get("version", "")

    @property
    def why(self) -> str:
        """The reason given, when one was asked."""
        return self.cleaned_data.get("reason", "")

    def conflicts_with(self, current: models.Model) -> list[tuple[str, str]]:
        """Where what was typed differs from what was saved meanwhile: the label, and the saved value in words."""
        values = self.values
        return [
            (str(self.fields[name].label), shown(current, name))
            for name in self.watched
            if values[name] != getattr(current, name)
        ]

    def show_conflict(self, current: models.Model) -> None:
        """Keep every word typed, show what was saved meanwhile, and let the next save decide."""
        self.conflict = self.conflicts_with(current)
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = stale.token(current, self.watched)
        self.add_error(
            None,
            "Somebody else changed this while you had it open. What they saved is shown first, your words are still "
            "in the form. Save again to keep yours.",
        )


class CodeFromName:
    """Mixin: a new record may be given a short name for its address; left empty, it is made from `named_by`."""

    named_by = ""
    code_field = "code"

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            del self.fields[self.code_field]
            return
        code = self.fields[self.code_field]
        code.required = False
        code.label = "Short name in addresses"
        code.help_text = f"Letters, digits and hyphens. Leave empty to make it from the {self.named_by}."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.code_field in self.fields and self.code_field not in self.errors:
            cleaned[self.code_field] = self._free_code(cleaned)
        return cleaned

    def _free_code(self, cleaned: dict[str, Any]) -> str:
        code = cleaned.get(self.code_field) or slugify(cleaned.get(self.named_by, ""))[:60].strip("-")
        if not code and cleaned.get(self.named_by):
            self.add_error(self.code_field, "Enter a short name: none can be made from what you wrote")
        elif code == "new":
            self.add_error(self.code_field, "The short name “new” is taken by STRIDE itself. Choose another")
        elif code and (taken := self._meta.model._default_manager.filter(**{self.code_field: code}).first()):
            self.add_error(
                self.code_field,
                f"{taken} already has the short name “{code}”. If this is another one, give it another short name",
            )
        return code


class ReasonForm(StrideForm):
    """One question, for acts that are recorded with their reason."""

    reason = forms.CharField(label="Reason", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    conflict: tuple = ()

    def __init__(
        self, *args, label: str = "", hint: str = "", required: bool = True, longest: int = 0, **kwargs
    ) -> None:
        """`longest` is for a record that keeps fewer characters than are asked for otherwise."""
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.required = required
        if longest:
            field.max_length = longest
            field.validators.append(MaxLengthValidator(longest))
        field.help_text = hint
        if label:
            field.label = label
            field.error_messages["required"] = "Give a reason"

    def explain(self, error: IntegrityError) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)


def shown(record: models.Model, name: str) -> str:
    """A field's value as people read it."""
    value = getattr(record, name)
    field = record._meta.get_field(name)
    if value in (None, "", [], {}):
        return "Empty"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dt.date):
        return in_words(value)
    if isinstance(value, list):
        labels = dict(field.base_field.choices or ())
        return ", ".join(str(labels.get(item, item)) for item in value)
    return str(dict(field.flatchoices).get(value, value))


class ConfirmForm(StrideForm):
    """Asks nothing: the button is the answer."""

    conflict: tuple = ()

    def explain(self, error: IntegrityError) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)
