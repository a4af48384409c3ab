"""What is asked about a board and what it is to others."""

import datetime as dt
from typing import Any

from django import forms

from boards import rules_boards
from boards.choices import BoardKind, RelationshipKind, Sensitivity
from boards.models import Board, Relationship
from boards.queries import circles
from kit.crispy import Fieldset
from kit.fields import DateField, Radios
from kit.forms import StrideForm
from kit.record_forms import CodeFromName, RecordForm
from kit.verdict import Verdict


class BoardForm(CodeFromName, RecordForm):
    named_by = "title"
    code_field = "slug"
    asks = {"title": "Enter a title", "code": "Enter letters", "kind": "Select what it is there to do"}
    beside = {"board_ends_after_it_starts": "ends", "board_not_its_own_parent": "parent"}
    kind = forms.ChoiceField(
        label="What it is there to do",
        choices=BoardKind,
        widget=Radios(
            hints={
                BoardKind.DECIDES: "Its decisions bind others.",
                BoardKind.ADVISES: "It recommends; others decide.",
                BoardKind.DELIVERS: "It carries out what was decided.",
                BoardKind.ASSURES: "It checks, and says what it found.",
            }
        ),
    )
    sensitivity = forms.ChoiceField(
        label="Who may read about it", choices=Sensitivity, initial=Sensitivity.OPEN, widget=Radios
    )

    class Meta:
        model = Board
        fields = [
            "title",
            "slug",
            "code",
            "kind",
            "summary",
            "parent",
            "unit",
            "sensitivity",
            "nation",
            "is_outside",
            "starts",
            "ends",
        ]
        field_classes = {"starts": DateField, "ends": DateField}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Board.objects.exclude(pk=self.instance.pk)
        self.fields["parent"].empty_label = "No other board"
        self.fields["unit"].empty_label = "No unit"
        self.fields["summary"].widget.attrs["rows"] = 3
        self.fields["summary"].label = "What it is, in one or two sentences"
        self.fields["code"].widget.attrs["class"] = "govuk-input--width-5"
        if self.instance.pk is None:
            del self.fields["ends"]

    def layout(self) -> list:
        """What it is, where it stands, who sees it, how long it lasts."""
        return [
            *self._there("title", "slug", "code", "kind", "summary"),
            Fieldset("Where it stands", "parent", "unit", "is_outside"),
            Fieldset("Who may read about it, and whose holidays count", "sensitivity", "nation"),
            Fieldset("How long it lasts", *self._there("starts", "ends")),
            *self._there("reason"),
        ]

    def _there(self, *names: str) -> list[str]:
        return [name for name in names if name in self.fields]

    def clean_parent(self) -> Board | None:
        parent = self.cleaned_data["parent"]
        steps = circles.steps_up(without_parent_of=self.instance.pk)
        _or_error(rules_boards.fits_above(self.instance.pk, parent, steps))
        return parent

    def clean_ends(self) -> dt.date | None:
        ends = self.cleaned_data["ends"]
        planned = self.instance.meetings.filter(state__in=["proposed", "planned"]).order_by("-starts_at")
        _or_error(rules_boards.may_end(ends, planned[:1]))
        return ends


class RelationshipForm(RecordForm):
    """Asked on the page of the board that it is said from."""

    fixed = ("board",)
    asks = {"kind": "Select what it is to the other board", "to": "Select the other board"}
    beside = {"relationship_once": "to", "relationship_not_to_itself": "to"}
    kind = forms.ChoiceField(label="What this board is to the other", choices=RelationshipKind, widget=Radios)

    class Meta:
        model = Relationship
        fields = ["kind", "to", "days_between", "note"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].label = "The other board"
        self.fields["days_between"].widget.attrs["class"] = "govuk-input--width-3"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, to = cleaned.get("kind"), cleaned.get("to")
        if kind and to:
            ways = circles.steps_up(), circles.sequence()
            if not (verdict := rules_boards.fits_relationship(self.instance.board, to, kind, *ways)):
                self.add_error("to", verdict.sentence)
        return cleaned


class BoardFilter(StrideForm):
    """Which boards to list. Anything that is not a choice is left out of account."""

    LIFE = [("", "Boards of today"), ("ended", "Boards that ended"), ("all", "All boards")]

    q = forms.CharField(label="Title", required=False, max_length=200)
    kind = forms.ChoiceField(
        label="What it is there to do", required=False, choices=[("", "All kinds"), *BoardKind.choices]
    )
    life = forms.ChoiceField(label="Show", required=False, choices=LIFE)

    def asked(self) -> dict[str, str]:
        """What was asked for, without what is not a choice."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


def _or_error(verdict: Verdict) -> None:
    if not verdict:
        raise forms.ValidationError(verdict.sentence)
