"""Replies and attendance: a row for each seat, all on one page."""

from typing import Any

from django import forms

from boards.choices import Presence, Reply
from boards.disclosure import Seen
from boards.queries.attendance import Line
from boards.services.attendance import Answer, Came, SeatRefused
from kit.controls import errors_of
from kit.crispy import Reveal
from kit.fields import Radios
from kit.forms import StrideForm
from kit.record_forms import CLASH

ANSWERS = [(Reply.COMING, "Coming"), (Reply.APOLOGIES, "Apologies"), (Reply.DEPUTY, "Deputy"), (Reply.NONE, "No reply")]
ANSWERED = [
    (Presence.PRESENT, "Present"),
    (Presence.APOLOGIES, "Apologies"),
    (Presence.ABSENT, "Absent"),
    (Presence.DEPUTY, "Deputy"),
]


class SeatForm(StrideForm):
    """One seat's row. Errors name the seat, since a page holds many."""

    asked = ""
    asks = ""
    deputy = forms.CharField(max_length=120, required=False)

    def __init__(self, *args, line: Line, deputies: bool, **kwargs) -> None:
        super().__init__(*args, prefix=line.key, **kwargs)
        self.line = line
        label = line.attendance.label
        self.fields[self.asked].label = f"{self.asks}: {label}"
        self.fields["deputy"].label = f"Deputy for {label}"
        self.fields["deputy"].error_messages["max_length"] = f"The deputy for {label} must be 120 characters or fewer"
        if not deputies and not line.attendance.deputy_name:
            del self.fields["deputy"]
            field = self.fields[self.asked]
            field.choices = [choice for choice in field.choices if choice[0] != "deputy"]


class ReplySeatForm(SeatForm):
    asked, asks = "reply", "Reply"
    reply = forms.ChoiceField(choices=ANSWERS, required=False, widget=Radios(small=True, inline=True))

    def __init__(self, *args, line: Line, **kwargs) -> None:
        initial = {"reply": line.attendance.reply, "deputy": line.attendance.deputy_name}
        super().__init__(*args, line=line, initial=initial, **kwargs)

    @property
    def answer(self) -> Answer:
        """What the seat replies."""
        cleaned = self.cleaned_data
        return Answer(self.line.key, cleaned["reply"] or Reply.NONE, cleaned.get("deputy", ""))


class PresenceSeatForm(SeatForm):
    asked, asks = "presence", "Attendance"
    presence = forms.ChoiceField(choices=ANSWERED, required=False, widget=Radios(small=True, inline=True))
    presided = forms.BooleanField(label="In the chair", required=False)

    def __init__(self, *args, line: Line, items: list[Seen], **kwargs) -> None:
        row = line.attendance
        initial = {
            "presence": row.presence if row.presence != Presence.NOT_RECORDED else _as_replied(row.reply),
            "deputy": row.deputy_name,
            "presided": row.presided,
            "arrived_for": row.arrived_for_id,
            "left_after": row.left_after_id,
        }
        super().__init__(*args, line=line, initial=initial, **kwargs)
        choices = [(each.item.pk, each.said) for each in items]
        for name, empty, what in (("arrived_for", "the start", "from"), ("left_after", "the end", "until")):
            field = self.fields[name] = forms.TypedChoiceField(
                choices=[("", empty), *choices],
                required=False,
                coerce=int,
                empty_value=None,
                label=f"{row.label}: there {what}",
            )
            field.error_messages["invalid_choice"] = f"{row.label}: select an item of this agenda"
        self.fields["presided"].label = f"In the chair: {row.label}"
        self.items = {each.item.pk: each.item for each in items}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        arrived, left = (self.items.get(cleaned.get(name)) for name in ("arrived_for", "left_after"))
        if arrived and left and left.position < arrived.position:
            self.add_error("left_after", f"{self.line.attendance.label} cannot leave before the item they came for")
        return cleaned

    @property
    def came(self) -> Came:
        """Who was there for the seat."""
        cleaned = self.cleaned_data
        return Came(
            self.line.key,
            cleaned["presence"] or Presence.NOT_RECORDED,
            cleaned.get("deputy", ""),
            cleaned["presided"],
            self.items.get(cleaned["arrived_for"]),
            self.items.get(cleaned["left_after"]),
        )


class SeatForms:
    """The rows of a page. They are refused together, and every one keeps what was entered."""

    def __init__(self, forms: list[SeatForm]) -> None:
        self.forms = forms

    def __iter__(self):
        return iter(self.forms)

    @property
    def errors(self) -> bool:
        return any(form.is_bound and form.errors for form in self.forms)

    @property
    def summary(self) -> list[dict]:
        """Every error of the page, for its summary."""
        return [error for form in self.forms for error in errors_of(form)]

    def is_valid(self) -> bool:
        """Whether every row can be kept."""
        valid = [form.is_valid() for form in self.forms]  # every row says what is wrong with it
        return all(valid)

    def refuse(self, refusal: SeatRefused) -> None:
        """Put what a service refused beside its seat."""
        form = next(form for form in self.forms if form.line.key == refusal.key)
        about_deputy = form.cleaned_data.get(form.asked) == "deputy"
        form.add_error("deputy" if about_deputy and "deputy" in form.fields else form.asked, refusal.sentence)

    def explain(self) -> None:
        """The database refused: somebody else was quicker."""
        self.forms[0].add_error(None, CLASH)


class ReplyForm(StrideForm):
    """A reply for one's own seat."""

    reply = forms.ChoiceField(
        label="Will you be there?",
        choices=[(Reply.COMING, "Yes"), (Reply.APOLOGIES, "No, I send apologies"), (Reply.DEPUTY, "I send a deputy")],
        widget=Radios(),
        error_messages={"required": "Select whether you will be there"},
    )
    deputy = forms.CharField(label="Who comes in your place", max_length=120, required=False)
    conflict: tuple = ()

    def __init__(self, *args, line: Line, deputies: bool, **kwargs) -> None:
        row = line.attendance
        super().__init__(*args, initial={"reply": row.reply, "deputy": row.deputy_name}, **kwargs)
        if not deputies and not row.deputy_name:
            del self.fields["deputy"]
            self.fields["reply"].choices = self.fields["reply"].choices[:-1]
        elif line.deputy:
            self.fields["deputy"].help_text = f"The deputy named for this seat is {line.deputy}."

    def layout(self) -> list:
        """The deputy is asked under the answer that needs one."""
        return [Reveal("reply", {Reply.DEPUTY: ["deputy"]} if "deputy" in self.fields else {})]

    def explain(self, error: Exception) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)


def _as_replied(reply: str) -> str:
    """Whoever sent apologies is shown as such until it is recorded; who said they would come has still to come."""
    return Presence.APOLOGIES if reply == Reply.APOLOGIES else ""
