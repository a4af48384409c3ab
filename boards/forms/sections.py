"""The sections of a draft of terms of reference, each a short page."""

from typing import Any

from django import forms

from boards import rules_terms
from boards.choices import DeputiesRule, FrequencyUnit, StandingItem
from boards.models import Board, Terms
from kit.crispy import Fieldset
from kit.fields import Checkboxes, DateField, Radios
from kit.record_forms import RecordForm

LONGEST_STREAM = 40
MOST_STREAMS = 6


class SectionForm(RecordForm):
    """`on` is the day; most sections do not ask it."""

    fixed = ("board",)

    def __init__(self, *args, on=None, **kwargs) -> None:
        self.on = on
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.IntegerField):
                field.widget.attrs["class"] = "govuk-input--width-4"


class PurposeForm(SectionForm):
    class Meta:
        model = Terms
        fields = ["purpose", "authority", "horizon_years"]


class FrequencyForm(SectionForm):
    asks = {
        "frequency_every": "Enter every how many weeks, months or quarters it meets",
        "frequency_unit": "Select weeks, months or quarters",
        "length_minutes": "Enter how long a meeting lasts",
    }
    frequency_unit = forms.ChoiceField(
        label="Weeks, months or quarters", choices=FrequencyUnit, widget=Radios(inline=True)
    )

    class Meta:
        model = Terms
        fields = ["frequency_every", "frequency_unit", "length_minutes"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("frequency_every", "length_minutes"):
            self.fields[name].required = True
        self.fields["frequency_every"].help_text = "Quarterly is every 1 quarter; twice a year is every 6 months."


class DeputiesForm(SectionForm):
    deputies_rule = forms.ChoiceField(
        label="Who may send a deputy?",
        choices=DeputiesRule,
        widget=Radios(
            hints={
                DeputiesRule.NOT_STATED: "Anybody may be sent, and does not count towards the quorum.",
                DeputiesRule.NAMED: "Only the deputy that is named for a seat.",
                DeputiesRule.SENIOR: "Anybody the chair finds senior enough.",
            }
        ),
    )

    class Meta:
        model = Terms
        fields = ["deputies_rule", "attendance_note"]


class SupportForm(SectionForm):
    class Meta:
        model = Terms
        fields = ["products", "support", "relationships_note"]


class AgendaForm(SectionForm):
    standing_items = forms.MultipleChoiceField(
        label="On every agenda", choices=StandingItem, required=False, widget=Checkboxes(small=True)
    )
    streams = forms.CharField(
        label="Deep dives at each meeting, one of each",
        help_text="One kind on each line, for example: operational pillar.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Terms
        fields = ["standing_items", "streams"]

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        found = super().get_initial_for_field(field, field_name)
        return "\n".join(found) if field_name == "streams" and isinstance(found, list) else found

    def clean_standing_items(self) -> list[str]:
        return [item.value for item in StandingItem if item.value in self.cleaned_data["standing_items"]]

    def clean_streams(self) -> list[str]:
        lines = dict.fromkeys(line.strip() for line in self.cleaned_data["streams"].splitlines() if line.strip())
        if len(lines) > MOST_STREAMS:
            raise forms.ValidationError(f"Give at most {MOST_STREAMS} kinds of deep dive")
        if any(len(line) > LONGEST_STREAM for line in lines):
            raise forms.ValidationError(f"Each kind of deep dive must be {LONGEST_STREAM} characters or fewer")
        return list(lines)


class ReviewForm(SectionForm):
    asks = {"review_every_months": "Enter after how many months it is reviewed"}

    class Meta:
        model = Terms
        fields = ["review_every_months", "reviewed_on"]
        field_classes = {"reviewed_on": DateField}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewed_on"].latest = self.on
        self.fields["reviewed_on"].help_text = "Leave empty to count from the day on which they are approved."


class AdoptionForm(SectionForm):
    """Terms of its own, or another board's: as they change, or as one version says."""

    beside = {"terms_not_their_own": "adopts", "terms_pinned_are_adopted": "pinned"}

    class Meta:
        model = Terms
        fields = ["adopts", "pinned"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        holding = Terms.objects.in_force_on(self.on).exclude(board=self.instance.board_id).order_by().values("board")
        self.fields["adopts"].queryset = Board.objects.filter(pk__in=holding)
        self.fields["adopts"].empty_label = "No other board: it has terms of its own"
        approved = Terms.objects.filter(state="approved").exclude(board=self.instance.board_id)
        self.fields["pinned"] = VersionChoice(
            approved.select_related("board").order_by("board__title", "-number"),
            label="Stays with version",
            help_text=self.fields["pinned"].help_text,
            required=False,
            empty_label="Follows the terms as they change",
        )

    def layout(self) -> list:
        """Whose, and which."""
        return [Fieldset("", "adopts", "pinned")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (verdict := rules_terms.fits_pin(cleaned.get("adopts"), cleaned.get("pinned"))):
            self.add_error("pinned", verdict.sentence)
        return cleaned


class VersionChoice(forms.ModelChoiceField):
    """Versions by their board."""

    def label_from_instance(self, terms: Terms) -> str:
        return f"{terms.board.title}, version {terms.number}"
