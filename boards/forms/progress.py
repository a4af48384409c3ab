"""Which round is reported on under an agenda item."""

from collections.abc import Sequence

from django import forms

from boards.forms.agenda import VersionForm
from boards.models import AgendaItem
from kit.fields import Radios
from monitoring.models import ReportingRound
from monitoring.presenters.dashboard import said_of
from monitoring.rules import say

NONE = "none"


class ProgressForm(VersionForm):
    """Carries the version of the agenda. An item that reports already can also stop doing so."""

    round = forms.ChoiceField(
        label="Which round is it about?",
        error_messages={"required": "Select a round", "invalid_choice": "Select a round from the list"},
    )

    def __init__(self, *args, item: AgendaItem, rounds: Sequence[ReportingRound], **kwargs) -> None:
        super().__init__(*args, meeting=item.meeting, **kwargs)
        self.rounds = {str(round.pk): round for round in rounds}
        several = len({round.strategy_id for round in rounds}) > 1
        hints = {key: _hint(round) for key, round in self.rounds.items()}
        choices = [(key, str(round) if several else round.label) for key, round in self.rounds.items()]
        now = getattr(item, "progress", None)
        if now is not None:
            choices.append((NONE, "No progress report under this item"))
            self.initial["round"] = str(now.round_id)
        self.fields["round"].choices = choices
        self.fields["round"].widget = Radios(choices=choices, hints=hints)

    @property
    def chosen(self) -> ReportingRound | None:
        """The round, or None when the item is to report no more."""
        return self.rounds.get(self.cleaned_data["round"])


def _hint(round: ReportingRound) -> str:
    return f"Covers {say(round.period_starts)} to {say(round.period_ends)}. {said_of(round)}."
