"""What is asked about papers: the commission, the front sheet, the governance route, the files, the reasons."""

import datetime as dt
from typing import Any

from django import forms
from django.db import IntegrityError
from django.template.loader import render_to_string

from boards import rules_papers as rules
from boards.choices_papers import FileKind, Marking, PaperState
from boards.models import Meeting, Milestone, Paper
from kit.clock import local_date
from kit.crispy import Fieldset, Question, Text
from kit.fields import DateField, Radios
from kit.forms import StrideForm
from kit.record_forms import CLASH, ReasonForm, RecordForm
from kit.uploads import PaperFileField, UploadedPaper
from kit.working_days import day_in_words
from people.models import Post

BRIEF = "What the board wants to know, and what it is to decide."
RECOMMENDATION = (
    "Word it so that it can become the decision, as it will stand in the minutes: “That the board approves the estates "
    "plan for 2022-23.”"
)


def _long(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CommissionForm(StrideForm):
    """Give the meeting, its milestone for papers if there is one, and the day."""

    conflict: tuple = ()
    title = forms.CharField(max_length=200, error_messages={"required": "Enter a title"})
    author_post = forms.ModelChoiceField(
        Post.objects.none(),
        label="Who writes it",
        empty_label="Select one",
        error_messages={"required": "Select who writes it"},
    )
    brief = forms.CharField(
        label="What the author is asked for", help_text=BRIEF, max_length=5000, required=False, widget=_long()
    )
    due = DateField(label="The day it is due")

    def __init__(self, *args, meeting: Meeting, milestone: Milestone | None, at: dt.datetime, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.today = meeting, local_date(at)
        self.fields["author_post"].queryset = Post.objects.existing_on(self.today)
        due = self.fields["due"]
        if milestone and milestone.due_at >= at:
            due.required = False
            due.label = "Another day it is due"
            due.named = "The day it is due"
            due.help_text = f"Leave empty for {day_in_words(local_date(milestone.due_at))}. {milestone.explanation}"
        elif milestone:
            day = day_in_words(local_date(milestone.due_at))
            due.help_text = f"By its terms of reference the board wanted its papers by {day}, which is past."
        else:
            due.help_text = "The terms of reference promise no day for papers."

    def clean_due(self) -> dt.date | None:
        due = self.cleaned_data["due"]
        if due and not (verdict := rules.due_fits(due, self.meeting, self.today)):
            raise forms.ValidationError(verdict.sentence)
        return due

    def explain(self, error: IntegrityError) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)


class FrontForm(RecordForm):
    """The front sheet. It may be saved unfinished; what is missing is said when the paper is submitted."""

    asks = {"title": "Enter a title"}

    class Meta:
        model = Paper
        fields = ["title", "purpose", "recommendation", "financial", "equality", "marking"]
        widgets = {name: _long() for name in ("purpose", "recommendation", "financial", "equality")}

    marking = forms.ChoiceField(
        label="Protective marking",
        choices=Marking,
        required=False,
        widget=Radios(small=True),
        help_text="It stands on every page of the paper. Papers marked SECRET or above have no place here.",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].help_text = "What the board is to take from it, in two or three sentences."
        self.fields["recommendation"].help_text = RECOMMENDATION
        self.fields["financial"].help_text = "What it costs or saves, and from where. “None” is an answer."
        self.fields["equality"].help_text = "What it means for people with protected characteristics, and how you know."

    def layout(self) -> list[Any]:
        """What the board decides on first, then what it has to weigh."""
        hidden = ["version"] if "version" in self.fields else []
        return [
            *hidden,
            "title",
            Question("purpose"),
            Question("recommendation"),
            Fieldset("Implications", "financial", "equality"),
            "marking",
        ]


class RouteForm(StrideForm):
    """One line of the governance route."""

    body = forms.CharField(
        label="Which body saw it", max_length=200, error_messages={"required": "Enter which body saw it"}
    )
    on = DateField(label="When", named="The day it was seen", error_messages={"required": "Enter the day it was seen"})
    comment = forms.CharField(label="What it said", max_length=500, required=False, widget=_long(2))

    def __init__(self, *args, today: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = today


class UploadForm(StrideForm):
    """A file, the PDF of a Word file, and what changed. `first` when there is no version yet."""

    conflict: tuple = ()
    file = PaperFileField(label="The paper")
    pdf = PaperFileField(label="The same as a PDF, when the paper is a Word document", kinds=("pdf",), required=False)
    what_changed = forms.CharField(
        label="What changed since the last version?",
        help_text="For those who have read that one.",
        max_length=250,
        error_messages={"required": "Say what changed since the last version"},
    )

    def __init__(self, *args, first: bool, converts: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pdf"].help_text = converts
        if first:
            del self.fields["what_changed"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        file, pdf = cleaned.get("file"), cleaned.get("pdf")
        if file and pdf and file.checked.kind == FileKind.PDF:
            self.add_error("pdf", "The paper is a PDF already. Leave this empty")
        return cleaned

    @property
    def paper_file(self) -> UploadedPaper:
        """The file, checked."""
        return self.cleaned_data["file"]

    def explain(self, error: IntegrityError) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)


class PermitForm(ReasonForm):
    """Why the chair permits it; for the secretariat also which chair did.

    Give the names of the chairs of the day, and what was asked, as rows of a summary list.
    """

    chair = forms.ChoiceField(
        label="Who permitted it?", widget=Radios, error_messages={"required": "Select who permitted it"}
    )
    field_order = ["chair", "reason"]

    def __init__(self, *args, chairs: list[str], records: bool, asked: list[dict], **kwargs) -> None:
        self.asked = asked
        super().__init__(*args, label="Why may it come late?", hint="The board reads it beside the paper.", **kwargs)
        if records:
            self.fields["chair"].choices = [(name, name) for name in chairs]
        else:
            del self.fields["chair"]

    def layout(self) -> list[Any]:
        """What was asked, then the answer."""
        told = render_to_string("kit/summary_list.html", {"rows": self.asked})
        return [Text(told), *self.fields]


class PapersFilter(StrideForm):
    """Narrows the list to a board and a state. The choices are those that would find something."""

    board = forms.ChoiceField(required=False, widget=forms.Select(attrs={"class": "govuk-!-width-full"}))
    state = forms.ChoiceField(required=False, widget=forms.Select(attrs={"class": "govuk-!-width-full"}))

    def __init__(self, *args, boards: list[tuple[str, str]], states: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].choices = [("", "All"), *boards]
        self.fields["state"].choices = [
            ("", "All"),
            *((each.value, each.label) for each in PaperState if each in states),
        ]
