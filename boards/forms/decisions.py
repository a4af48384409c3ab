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
from kit.fields import DateField, Radios
from kit.forms import StrideForm
from kit.record_forms import CLASH, TEXT_LIMIT, RecordForm
from people.actor import Actor

HINTS = {
    DecisionKind.DEFERRED: "It goes on the forward plan.",
    DecisionKind.REFERRED: "To another board. The referral itself is sent from this item.",
}

DOES = ("does", "does_too", "does_besides")


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
    does = forms.ChoiceField(label="It also does this", required=False)
    does_too = forms.ChoiceField(label="And this", required=False)
    does_besides = forms.ChoiceField(label="And this as well", required=False)
    paper = forms.CharField(required=False, widget=forms.HiddenInput)
    # The newest decision on the item when the form was drawn: what came since may be this form's own, sent before.
    after = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, item: AgendaItem, actor: Actor, choices: Sequence[effects.Choice], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.actor, self.choices = item, actor, choices
        self.days = {each.effect.kind: each.effect.asks_day for each in choices if each.effect.asks_day}
        for kind, question in self.days.items():
            self.fields[f"day_{kind}"] = DateField(label=question, named="The day", required=False)
        self.fields["does"].help_text = "Done at once, with the decision. A decision may well do nothing besides."
        for at, name in enumerate(DOES):
            self.fields[name].choices = _grouped(choices)
            if at >= len(choices):
                del self.fields[name]

    def layout(self) -> list:
        """The words first, then the outcome, with what an approval does under it."""
        under = [*(name for name in DOES if name in self.fields), *(f"day_{kind}" for kind in self.days)]
        kind = Reveal("kind", {DecisionKind.APPROVED: under}) if under else Question("kind")
        return ["text", kind, "paper", "after"]

    @property
    def drawn_after(self) -> int | None:
        """The key of the newest decision that its writer saw; None where it is not known."""
        key = self.cleaned_data["after"]
        return int(key) if key.isascii() and key.isdigit() and len(key) < 12 else None

    @property
    def asked(self) -> list[effects.Asked]:
        """What it is to do: of an approval, what was chosen, each once."""
        return list(self._chosen().values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, asked in self._chosen().items():
            if asked.kind in self.days and not asked.params.get("day"):
                if f"day_{asked.kind}" not in self.errors:
                    self.add_error(f"day_{asked.kind}", "Enter the day")
            elif not (verdict := effects.may(asked, item=self.item, by=self.actor)):
                self.add_error(name, verdict.sentence)
        return cleaned

    def explain(self, error) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)

    def _chosen(self) -> dict[str, effects.Asked]:
        cleaned = getattr(self, "cleaned_data", {})
        if cleaned.get("kind") != DecisionKind.APPROVED:
            return {}
        values = {value: name for name in reversed(DOES) if (value := cleaned.get(name))}
        found = {name: effects.chosen(value) for value, name in reversed(values.items())}
        return {name: effects.Asked(kind, key, self._params(kind)) for name, (kind, key) in found.items()}

    def _params(self, kind: str) -> dict[str, dt.date]:
        day = self.cleaned_data.get(f"day_{kind}")
        return {"day": day} if day else {}


def _grouped(choices: Sequence[effects.Choice]) -> list:
    """What can be done, kind by kind."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in choices:
        groups.setdefault(each.effect.label, []).append((each.value, each.target.label))
    return [("", "Nothing besides"), *groups.items()]


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
