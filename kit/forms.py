"""What every form of ours is: no browser validation, sentences for errors, text that can be saved."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name

from kit.fields import DateField, lower_first

# Browsers and word processors have four ways to end a line.
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")
# Neither the database nor a document can hold control characters and halves of characters. The others turn the
# direction of all that follows, so that a text reads as what it is not. What word processors leave behind unseen (marks
# of a letter's own direction, joiners, spaces without width) stays: it does no harm, and nobody could find it.
UNSAVEABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


class FormMixin:
    """For Form and ModelForm alike. `error_target` names the field that a form-wide error links to."""

    use_required_attribute = False
    error_target = ""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.label is None:
                field.label = pretty_name(name)
            _word_errors(field)
            _guard_text(field)

    def add_error(self, field, error):
        """A sentence ends without a full stop here, as every message beside a field does, wherever it comes from."""
        super().add_error(field, _grouped(_unstopped(error)))


class StrideForm(FormMixin, forms.Form):
    pass


class StrideModelForm(FormMixin, forms.ModelForm):
    pass


def _guard_text(field):
    """Lines end one way, and a character that cannot be saved is an error with a sentence, not a crash."""
    clean = field.clean

    def guarded(value, *rest):
        if isinstance(value, str):
            value = value.removeprefix("\ufeff")  # some programs put it before everything they copy
        values = value if isinstance(value, list | tuple) else [value]
        if any(isinstance(item, str) and UNSAVEABLE.search(item) for item in values):
            raise ValidationError(
                f"{field.label} has a hidden character that cannot be saved. Delete it, or paste as plain text",
                "unsaveable",
            )
        if isinstance(value, str):
            value = LINE_ENDS.sub("\n", value)
        return clean(value, *rest)

    field.clean = guarded


def _unstopped(error):
    if isinstance(error, str):
        return error.removesuffix(".")
    if isinstance(error, list | tuple):
        return [_unstopped(each) for each in error]
    if hasattr(error, "error_dict"):
        for errors in error.error_dict.values():
            _unstopped(errors)
    elif hasattr(error, "message"):
        error.message = str(error.message).removesuffix(".")
    elif hasattr(error, "error_list"):
        _unstopped(error.error_list)
    return error


def _grouped(error):
    """Numbers in our own sentences have commas, as the count of characters beside the field has."""
    for each in getattr(error, "error_list", []):
        if isinstance(each.message, str) and each.params and "%(limit_value)s" in each.message:
            numbers = {name: f"{value:,}" for name, value in each.params.items() if type(value) is int}
            each.params = {**each.params, **numbers}
    return error


def _word_errors(field):
    """Django's stock sentences become ones that name the field; a field's own words are left alone."""
    for code, sentence in _sentences(field):
        if field.error_messages.get(code) in (None, _stock(field, code)):
            field.error_messages[code] = sentence


def _stock(field, code):
    stock = [vars(kind).get("default_error_messages", {}) for kind in type(field).__mro__]
    return next((messages[code] for messages in stock if code in messages), None)


def _sentences(field):
    name = str(field.label).rstrip(".:").replace("%", "%%")
    choice = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    if isinstance(field, forms.BooleanField):
        yield "required", f"Select ‘{name}’"
    elif name.endswith("?"):
        yield "required", "Say why" if name.startswith("Why ") and not choice else f"Answer the question ‘{name}’"
    elif isinstance(field, forms.FileField):
        yield "required", f"Select a file for {lower_first(name)}"
    elif not isinstance(field, DateField):
        yield "required", f"{'Select' if choice else 'Enter'} {lower_first(name)}"
    yield from _limits(field, name)


def _limits(field, name):
    question = name.endswith("?")
    if question:
        name = f"Your answer to ‘{name}’"  # a question cannot be the subject of a sentence
    if isinstance(field, forms.EmailField):
        yield "invalid", "Enter an e-mail address in the correct format, like name@example.com"
    elif isinstance(field, forms.FloatField | forms.DecimalField):
        yield "invalid", f"{name} must be a number, like 12.5"
    elif isinstance(field, forms.IntegerField):
        yield "invalid", f"{name} must be a whole number"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) and not field.widget.allow_multiple_selected:
        asked = f"one of the answers to ‘{field.label}’" if question else f"{lower_first(name)} from the list"
        yield "invalid_choice", f"Select {asked}"
    if isinstance(field, forms.CharField):
        yield "max_length", f"{name} must be %(limit_value)s characters or fewer. You have entered %(show_value)s"
        yield "min_length", f"{name} must be %(limit_value)s characters or more"
    if isinstance(field, forms.IntegerField):
        yield "max_value", f"{name} must be %(limit_value)s or less"
        yield "min_value", f"{name} must be %(limit_value)s or more"
