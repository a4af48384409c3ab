"""What is asked about a decision: in the room, when it is put right, and to find it again."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from boards import effects
from boards.choices_records import DecisionKind
from boards.models import AgendaItem, Decision
from boards.presenters.decisions import STANDINGS
from kit.crispy import Question, Reveal
from kit.fields import Checkboxes, DateField, Radios
from kit.forms import StrideForm
from kit.record_forms import CLASH, TEXT_LIMIT, RecordForm
from people.actor import Actor

HINTS = {
    DecisionKind.DEFERRED: "It goes on the forward plan.",
    DecisionKind.REFERRED: "To another board. The referral itself is sent from this item.",
}


class DecideForm(StrideForm):
    """A decision on an item, and what it does besides. `choices` is what boards.effects offers."""

    conflict: tuple = ()
    kind = forms.ChoiceField(
        label="Outcome",
        choices=DecisionKind,
        widget=Radios(hints=HINTS, small=True),
        error_messages={"required": "Select the outcome"},
    )
    text = forms.CharField(
        label="What was decided",
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what was decided"},
    )
    does = forms.MultipleChoiceField(label="It also does this", required=False, widget=Checkboxes(small=True))
    paper = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, item: AgendaItem, actor: Actor, choices: Sequence[effects.Choice], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.actor, self.choices = item, actor, choices
        self.days = {each.effect.kind: each.effect.asks_day for each in choices if each.effect.asks_day}
        for kind, question in self.days.items():
            self.fields[f"day_{kind}"] = DateField(label=question, named="The day", required=False)
        self.fields["does"].choices = [(each.value, each.label) for each in choices]
        self.fields["does"].help_text = "Done at once, with the decision. Leave empty when it is its own record."
        if not choices:
            del self.fields["does"]

    def layout(self) -> list:
        """The words first, then the outcome, with what an approval does under it."""
        under = ["does", *(f"day_{kind}" for kind in self.days)] if self.choices else []
        kind = Reveal("kind", {DecisionKind.APPROVED: under}) if under else Question("kind")
        return ["text", kind, "paper"]

    @property
    def asked(self) -> list[effects.Asked]:
        """What it is to do: of an approval, what was ticked."""
        cleaned = getattr(self, "cleaned_data", {})
        if cleaned.get("kind") != DecisionKind.APPROVED:
            return []
        found = [effects.chosen(value) for value in cleaned.get("does", ())]
        return [effects.Asked(kind, key, self._params(kind)) for kind, key in found]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for asked in self.asked:
            if asked.kind in self.days and not asked.params.get("day"):
                if f"day_{asked.kind}" not in self.errors:
                    self.add_error(f"day_{asked.kind}", "Enter the day")
            elif not (verdict := effects.may(asked, item=self.item, by=self.actor)):
                self.add_error("does", verdict.sentence)
        return cleaned

    def explain(self, error) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)

    def _params(self, kind: str) -> dict[str, dt.date]:
        day = self.cleaned_data.get(f"day_{kind}")
        return {"day": day} if day else {}


class CorrectForm(RecordForm):
    """Other words, another outcome, and why."""

    asks = {"text": "Enter what was decided"}
    kind = forms.ChoiceField(label="Outcome", choices=DecisionKind, widget=Radios(small=True))

    class Meta:
        model = Decision
        fields = ["text", "kind"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, asks_reason=True, **kwargs)
        self.fields["text"].label = "What was decided"
        self.fields["text"].widget.attrs["rows"] = 5
        self.fields["reason"].label = "Why is it corrected?"
        self.fields["reason"].help_text = "Your reason stays with the decision, and the words before it."
        self.fields["reason"].max_length = 250


class DecisionFilter(StrideForm):
    """Narrows the register. Anything it does not know is left aside."""

    words = forms.CharField(label="Words or reference", required=False, max_length=200)
    board = forms.ChoiceField(required=False)
    year = forms.ChoiceField(label="Financial year", required=False)
    kind = forms.ChoiceField(label="Outcome", required=False, choices=[("", "All"), *DecisionKind.choices])
    standing = forms.ChoiceField(required=False, choices=STANDINGS)

    def __init__(self, *args, boards: Sequence[tuple[str, str]], years: Sequence[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].choices = [("", "All"), *boards]
        self.fields["year"].choices = [("", "All"), *((year, year) for year in years)]

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for and is known, by field."""
        self.full_clean()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}
