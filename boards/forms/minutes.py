"""What minutes say of an item, while they are a draft and when they are put right."""

from django import forms

from boards.models import Correction, MinutesPart
from boards.services.minutes import token
from kit.forms import StrideForm
from kit.record_forms import CLASH, TEXT_LIMIT

CHANGED = (
    "Somebody else changed this part while you had it open. What they saved is shown first, your words are still in "
    "the form. Save again to keep yours"
)
LONGEST_NAME = Correction._meta.get_field("asked_by").max_length
LONGEST_REASON = Correction._meta.get_field("because").max_length


class PartForm(StrideForm):
    """What was discussed on an item. `seen` is the token of what its writer read."""

    text = forms.CharField(
        label="What was discussed",
        help_text="Leave an empty line between paragraphs: each gets its number. Decisions and actions have their own "
        "records and follow by themselves.",
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args, was: str, **kwargs) -> None:
        super().__init__(*args, initial={"text": was, "seen": token(was)}, **kwargs)
        self.conflict: list[tuple[str, str]] = []

    def show_conflict(self, current: MinutesPart) -> None:
        """Keep every word typed, show what was saved meanwhile, and let the next save decide."""
        self.conflict = [(str(self.fields["text"].label), current.text or "Empty")]
        self.data = self.data.copy()
        self.data["seen"] = token(current.text)
        self.add_error(None, CHANGED)

    def explain(self, error) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)


class CorrectForm(PartForm):
    """The part as it should be, who asked for it, and why."""

    asked_by = forms.CharField(
        label="Who asked for the correction",
        max_length=LONGEST_NAME,
        error_messages={"required": "Say who asked for the correction"},
    )
    because = forms.CharField(label="Why", required=False, max_length=LONGEST_REASON)
    field_order = ["text", "asked_by", "because", "seen"]

    def __init__(self, *args, was: str, **kwargs) -> None:
        super().__init__(*args, was=was, **kwargs)
        self.was = was
        self.fields["text"].label = "What it should say"
        self.fields["because"].label = "Why (optional)"

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if self.was.strip() == text.strip():
            raise forms.ValidationError("Nothing is different. Change the text, or leave it as it is")
        return text
