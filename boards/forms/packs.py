"""What is asked when a pack is built, and when it goes out."""

from django import forms

from boards.choices_papers import PackKind
from kit.fields import Radios
from kit.forms import StrideForm
from kit.record_forms import ConfirmForm

MESSAGE = "Everybody who gets the pack reads it, in the mail too. Name nothing that not all of them may read."


class BuildForm(ConfirmForm):
    """The kind is asked once an edition has gone out."""

    kind = forms.ChoiceField(label="What is built", choices=PackKind.choices, widget=Radios)
    double_sided = forms.BooleanField(
        label="For double-sided print",
        help_text="Every item and paper then begins on an odd page, after a blank one where it must.",
        required=False,
    )

    def __init__(self, *args, may_supplement: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not may_supplement:
            del self.fields["kind"]
            return
        self.fields["kind"].help_text = (
            "A supplement holds only what is new since the last edition, and is read with it. "
            "A whole pack replaces all that went out before."
        )

    @property
    def kind_asked(self) -> str:
        """The whole pack where there is nothing to choose."""
        return self.cleaned_data.get("kind") or PackKind.REPLACEMENT


class CirculateForm(StrideForm):
    """`stale` and `left_out` are what has to be confirmed before it goes out all the same."""

    conflict: tuple = ()
    message = forms.CharField(
        label="Message", help_text=MESSAGE, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    sure_of_stale = forms.BooleanField(label="Send it although it is out of date", required=False)
    sure_of_problems = forms.BooleanField(label="Send it although something is missing", required=False)

    def __init__(self, *args, stale: bool, left_out: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not stale:
            del self.fields["sure_of_stale"]
        if not left_out:
            del self.fields["sure_of_problems"]

    explain = ConfirmForm.explain
