"""The register of interests, and declarations at a meeting."""

from typing import Any

from django import forms

from boards.choices import Outcome
from boards.disclosure import Seen
from boards.models import Declaration, Interest
from boards.queries.attendance import Line
from kit.fields import DateField, Radios
from kit.record_forms import RecordForm


class InterestForm(RecordForm):
    """An entry of the register. It ends; it is not taken away."""

    fixed = ("person",)
    asks = {"text": "Enter the interest"}
    beside = {"interest_ends_after_it_starts": "ends"}

    class Meta:
        model = Interest
        fields = ["text", "starts", "ends"]
        field_classes = {"starts": DateField, "ends": DateField}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 3
        self.fields["text"].help_text = "For example a directorship, a contract, a close relation in a post."


class DeclarationForm(RecordForm):
    """Whose interest, in which item or all of them, and what was done about it."""

    asks = {"text": "Enter what was declared", "seat": "Select who declared it"}
    seat = forms.ChoiceField(label="Who declared it")
    item = forms.TypedChoiceField(label="For which item", required=False, empty_value=None)
    interest = forms.TypedChoiceField(label="Entry of the register", required=False, empty_value=None)
    outcome = forms.ChoiceField(
        label="What was done",
        choices=Outcome,
        widget=Radios(hints={Outcome.NOT_SENT: "They do not see what the board is asked, either."}),
        error_messages={"required": "Select what was done"},
    )

    class Meta:
        model = Declaration
        fields = ["text", "outcome"]

    def __init__(self, *args, lines: list[Line], items: list[Seen], interests: list[Interest], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {line.key: line for line in lines}
        self.items = {str(each.item.pk): each.item for each in items}
        self.interests = {str(each.pk): each for each in interests}
        self.fields["seat"].choices = [
            ("", "Select one"),
            *((line.key, _seat(line)) for line in lines if not line.vacant),
        ]
        self.fields["item"].choices = [("", "The whole meeting"), *((str(each.item.pk), each.said) for each in items)]
        self.fields["interest"].choices = [
            ("", "None: it was not on the register"),
            *((str(each.pk), f"{each.person}: {each.text[:100]}") for each in interests),
        ]
        self.fields["text"].widget.attrs["rows"] = 3

    def layout(self) -> list:
        """Who, what, about which item, what was done."""
        return ["seat", "text", "interest", "item", "outcome"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = self.interests.get(str(cleaned.get("interest") or ""))
        line = self.lines.get(cleaned.get("seat", ""))
        if chosen and line and line.attendance.name != chosen.person.name:
            self.add_error("interest", f"This entry is {chosen.person}’s. Select one of {line.attendance.name}")
        return cleaned

    @property
    def declared(self) -> dict[str, Any]:
        """What was declared, as the service takes it."""
        cleaned = self.cleaned_data
        return {
            "text": cleaned["text"],
            "outcome": cleaned["outcome"],
            "item": self.items.get(str(cleaned.get("item") or "")),
            "interest": self.interests.get(str(cleaned.get("interest") or "")),
        }


def _seat(line: Line) -> str:
    name, label = line.attendance.name, line.attendance.label
    return name if name == label else f"{name} ({label})"
