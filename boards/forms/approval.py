"""What is asked when terms of reference are approved."""

import datetime as dt
from typing import Any

from django import forms

from boards import rules_terms
from boards.models import Meeting, Terms
from kit.fields import DateField
from kit.forms import StrideForm
from kit.record_forms import CLASH


class ApprovalForm(StrideForm):
    """`terms` is the draft, `on` the day."""

    decision = forms.CharField(
        label="Which decision approved them?",
        max_length=300,
        help_text="For example: Diversity Board, 14 January 2022, decision 3.",
    )
    approved_on = DateField(label="Day of the decision")
    in_force_from = DateField(label="In force from", help_text="Meetings from this day on are held under these terms.")
    conflict: tuple = ()

    def __init__(self, *args, terms: Terms, on: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.terms, self.on = terms, on
        self.fields["decision"].error_messages["required"] = "Say which decision approved them"

    def clean_decision(self) -> str:
        decision = self.cleaned_data["decision"]
        if not (verdict := rules_terms.names_decision(decision)):
            raise forms.ValidationError(verdict.sentence)
        return decision

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        decided, starts = cleaned.get("approved_on"), cleaned.get("in_force_from")
        if decided and not (verdict := rules_terms.fits_decision_day(decided, self.on)):
            self.add_error("approved_on", verdict.sentence)
        if starts:
            board = self.terms.board
            approved = Terms.objects.filter(board=board, state="approved")
            held = Meeting.objects.filter(board=board, state="held").order_by("-starts_at")[:1]
            if not (verdict := rules_terms.fits_in_force(starts, board, approved, held)):
                self.add_error("in_force_from", verdict.sentence)
        return cleaned

    def explain(self, error) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)
