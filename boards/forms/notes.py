"""For whom a quarterly note is, about which quarter, and what stands before it."""

from collections.abc import Sequence

from django import forms

from boards.forms.referrals import ActForm
from boards.models import Board
from kit.fields import in_words
from kit.periods import Period
from kit.record_forms import TEXT_LIMIT


class NoteForm(ActForm):
    """Shown again with the preview, which sends its token along."""

    to_board = forms.ChoiceField(label="To which board")
    quarter = forms.ChoiceField(label="About which quarter")
    opening = forms.CharField(
        label="Opening, in your own words",
        help_text="Everybody who reads the note reads it. What was decided follows by itself.",
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, *args, boards: Sequence[Board], quarters: Sequence[Period], likely: Board | None, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.boards = {str(each.pk): each for each in boards}
        self.quarters = {each.starts.isoformat(): each for each in quarters}
        first = [] if likely else [("", "Select a board")]
        self.fields["to_board"].choices = [*first, *((key, each.title) for key, each in self.boards.items())]
        self.fields["to_board"].initial = str(likely.pk) if likely else ""
        self.fields["to_board"].error_messages["required"] = "Select the board that the note is for"
        self.fields["quarter"].choices = [
            (key, f"{each.label}, {in_words(each.starts)} to {in_words(each.ends)}")
            for key, each in self.quarters.items()
        ]
        self.fields["quarter"].error_messages["required"] = "Select a quarter"

    @property
    def to(self) -> Board:
        """The board it is for."""
        return self.boards[self.cleaned_data["to_board"]]

    @property
    def period(self) -> Period:
        """The quarter it is about."""
        return self.quarters[self.cleaned_data["quarter"]]
