"""What our forms say when an answer is wrong: sentences that name the question, and end without a full stop."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from kit.fields import Radios
from kit.forms import StrideForm


class Asking(StrideForm):
    reason = forms.CharField(label="Why do you close it?", max_length=5)
    day = forms.CharField(label="Until when?")
    period = forms.ChoiceField(label="Which period?", choices=[("1", "One")], widget=Radios)
    programme = forms.ChoiceField(label="Programme", choices=[("1", "One")])


@pytest.mark.parametrize(
    ("field", "data", "sentence"),
    [
        ("reason", {}, "Say why"),
        (
            "reason",
            {"reason": "Too long"},
            "Your answer to ‘Why do you close it?’ must be 5 characters or fewer. You have entered 8",
        ),
        ("day", {}, "Answer the question ‘Until when?’"),
        ("period", {}, "Answer the question ‘Which period?’"),
        ("period", {"period": "2"}, "Select one of the answers to ‘Which period?’"),
        ("programme", {"programme": "2"}, "Select programme from the list"),
    ],
)
def test_a_question_is_not_the_subject_of_a_sentence(field, data, sentence):
    assert Asking(data).errors[field] == [sentence]


@pytest.mark.parametrize(
    "error",
    ["Say more.", ["Say more."], ValidationError("Say more."), ValidationError(["Say more."])],
)
@pytest.mark.parametrize("field", [None, "reason"])
def test_no_message_ends_with_a_full_stop(field, error):
    form = Asking({"reason": "Short", "day": "x", "period": "1", "programme": "1"})
    assert form.is_valid()
    form.add_error(field, error)
    assert form.errors[field or "__all__"] == ["Say more"]


def test_nor_those_of_a_model():
    form = Asking({})
    form.is_valid()
    form.add_error(None, ValidationError({"reason": ["Taken. Choose another."]}))
    assert form.errors["reason"][-1] == "Taken. Choose another"
