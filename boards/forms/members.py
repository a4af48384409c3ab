"""What is asked about a seat on a board."""

import datetime as dt
from typing import Any

from django.db.models import Q

from boards import rules_boards
from boards.choices import Category
from boards.models import Membership
from kit.crispy import Fieldset
from kit.fields import DateField
from kit.record_forms import RecordForm
from people.models import Post

BESIDE = {
    "membership_ends_after_it_starts": "ends",
    "membership_one_named_deputy": "deputy_person",
    "membership_post_or_person": "person",
    "membership_post_once": "post",
    "membership_person_once": "person",
}


class SeatForm(RecordForm):
    """A seat of a board that is the instance's; `on` is the day whose posts may be chosen."""

    asks = {"category": "Select a category"}

    def __init__(self, *args, on: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("post", "deputy_post"):
            if name in self.fields:
                chosen = getattr(self.instance, f"{name}_id")
                existing = Post.objects.existing_on(on).order_by().values("pk")
                self.fields[name].queryset = Post.objects.filter(Q(pk=chosen) | Q(pk__in=existing))
        for name in ("post", "person", "deputy_post", "deputy_person"):
            if name in self.fields:
                self.fields[name].empty_label = "None"
        if "category" in self.fields:
            self.fields["category"].choices = [("", "Select one"), *Category.choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.watched:
            if name in cleaned:
                setattr(self.instance, name, cleaned[name])
        seat = self.instance
        if self.errors or not (seat.post_id or seat.person_id) or (seat.ends and seat.ends < seat.starts):
            return cleaned
        if not (verdict := rules_boards.fits_seat(seat.board, seat)):
            self.add_error("starts" if seat.starts < seat.board.starts else "ends", verdict.sentence)
        elif not (verdict := rules_boards.fits_deputy(seat)):
            self.add_error("deputy_post" if seat.deputy_post_id else "deputy_person", verdict.sentence)
        return cleaned


class NewSeatForm(SeatForm):
    fixed = ("board",)
    beside = BESIDE

    class Meta:
        model = Membership
        fields = ["post", "person", "category", "starts", "ends", "deputy_post", "deputy_person", "note"]
        field_classes = {"starts": DateField, "ends": DateField}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].help_text = "Whoever holds it sits on the board. While it is vacant, so is the seat."
        self.fields["person"].label = "Or a person without a post"
        self.fields["person"].help_text = "For example an external adviser."

    def layout(self) -> list:
        """Who, as what, how long, and who may come instead."""
        return [
            Fieldset("Who has the seat", "post", "person", "category"),
            Fieldset("How long", "starts", "ends"),
            Fieldset("Named deputy", "deputy_post", "deputy_person", hint="One of the two, or none."),
            "note",
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("post") and not cleaned.get("person"):
            self.add_error("post", "Choose a post, or a person without one")
        return cleaned


class EditSeatForm(SeatForm):
    """Whose seat it is stays: another post or person has a seat of its own."""

    fixed = ("board", "post", "person")
    beside = {**BESIDE, "membership_post_once": "starts", "membership_person_once": "starts"}

    class Meta:
        model = Membership
        fields = ["category", "starts", "ends", "deputy_post", "deputy_person", "note"]
        field_classes = {"starts": DateField, "ends": DateField}

    def layout(self) -> list:
        """As what, how long, who may come instead, and why it changes."""
        return [
            "category",
            Fieldset("How long", "starts", "ends"),
            Fieldset("Named deputy", "deputy_post", "deputy_person", hint="One of the two, or none."),
            "note",
            "reason",
        ]


class EndSeatForm(SeatForm):
    fixed = ("board", "post", "person", "starts")
    beside = {**BESIDE, "membership_post_once": "ends", "membership_person_once": "ends"}

    class Meta:
        model = Membership
        fields = ["ends"]
        field_classes = {"ends": DateField}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ends"]
        field.required, field.label, field.help_text = True, "Last day", "That day is still included."
        self.fields["reason"].label = "Why does the seat end?"
        self.fields["reason"].error_messages["required"] = "Say why the seat ends"
