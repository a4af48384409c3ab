"""Duties and service levels of a draft: several rows on one page, added and removed without JavaScript."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.text import slugify

from boards.choices import Anchor, Direction, Product, TimeUnit
from boards.models import Duty, ServiceLevel, Terms
from boards.service_levels import PRODUCTS
from boards.services.parts import parts_token
from boards.terms_text import duty_text, level_text
from kit.crispy import Fieldset, Submit
from kit.forms import StrideForm
from kit.record_forms import CLASH

SPARE = 3
MOST = 60
LONGEST_DUTY = 2000
AFTER = (Product.ACTIONS, Product.SUMMARY, Product.MINUTES)
WHEN = [
    ("before meeting_start", "before the meeting starts"),
    ("before meeting_end", "before the meeting ends"),
    ("after meeting_start", "after the meeting starts"),
    ("after meeting_end", "after the meeting ends"),
]


class PartsForm(StrideForm):
    """Carries the version that its reader saw. `conflict` shows what somebody else saved meanwhile."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, terms: Terms, parts: Sequence, **kwargs) -> None:
        self.terms, self.parts = terms, list(parts)
        self.conflict: list[tuple[str, str]] = []
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", parts_token(self.parts))

    @property
    def seen(self) -> str:
        """The version that the reader saw."""
        return self.cleaned_data.get("version", "")

    def saved(self, terms: Terms) -> list:
        """The parts as they are now."""
        raise NotImplementedError

    def said(self, part) -> str:
        """A part as text."""
        raise NotImplementedError

    def show_conflict(self, current: Terms) -> None:
        """Keep every word typed, show what was saved meanwhile, and let the next save decide."""
        now = self.saved(current)
        self.conflict = [("Saved now", "\n\n".join(self.said(part) for part in now) or "Nothing")]
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = parts_token(now)
        self.add_error(
            None,
            "Somebody else changed this while you had it open. What they saved is shown first, your words are still "
            "in the form. Save again to keep yours.",
        )

    def explain(self, error) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)


class DutiesForm(PartsForm):
    """A row for each duty, and some to spare. Keys stay: agendas say by them which duty they fulfil.

    `typed` is what was sent when more rows were asked for: it is shown again, unchecked.
    """

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, typed: Mapping[str, str] | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.sent = self.data if self.is_bound else typed or {}
        self.count = self._rows(more=SPARE if typed else 0)
        for place in range(self.count):
            self._add_row(place)
        self.initial["rows"] = self.count
        if typed:
            self.initial |= {name: typed[name] for name in self.fields if name in typed and name != "rows"}

    def layout(self) -> list:
        """One group of questions a duty."""
        return [
            Fieldset(
                f"Responsibility {place + 1}",
                *(name for name in (f"text_{place}", f"times_{place}", f"remove_{place}") if name in self.fields),
                size="s",
            )
            for place in range(self.count)
        ] + [Submit("Add more responsibilities", name="more", value="yes", look="secondary")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for place in range(self.count):
            gone, text = cleaned.get(f"remove_{place}"), cleaned.get(f"text_{place}", "")
            known = f"remove_{place}" in self.fields
            if f"text_{place}" in self.errors:
                continue
            if known and not gone and not text.strip():
                self.add_error(f"text_{place}", f"Enter responsibility {place + 1}, or tick that it is removed")
            if not known and not text.strip() and cleaned.get(f"times_{place}"):
                self.add_error(f"text_{place}", f"Enter responsibility {place + 1}")
        return cleaned

    @property
    def duties(self) -> list[Duty]:
        """What was asked, in order, those that were there with their keys."""
        keys = {part.key for part in self.parts}
        found: list[Duty] = []
        for place in range(self.count):
            text = self.cleaned_data.get(f"text_{place}", "").strip()
            if not text or self.cleaned_data.get(f"remove_{place}"):
                continue
            old = self.cleaned_data.get(f"key_{place}", "")
            used = {each.key for each in found}
            key = old if old in keys and old not in used else _new_key(text, keys | used)
            times = self.cleaned_data.get(f"times_{place}")
            found.append(Duty(key=key, position=len(found) + 1, text=text, times_a_year=times))
        return found

    def saved(self, terms: Terms) -> list[Duty]:
        return list(terms.duties.all())

    def said(self, part: Duty) -> str:
        return duty_text(part)

    def _rows(self, more: int) -> int:
        """As many as were sent; else those there are, and some to spare."""
        asked = str(self.sent.get("rows", ""))
        if asked.isascii() and asked.isdigit():
            return min(int(asked[:4]) + more, MOST)
        return min(len(self.parts) + SPARE, MOST)

    def _add_row(self, place: int) -> None:
        duty = self.parts[place] if place < len(self.parts) else None
        known = bool(self.sent.get(f"key_{place}")) if self.sent else duty is not None
        self.fields[f"key_{place}"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=duty.key if duty else "", max_length=60
        )
        self.fields[f"text_{place}"] = forms.CharField(
            label="What the board is to do",
            required=False,
            initial=duty.text if duty else "",
            widget=forms.Textarea(attrs={"rows": 2}),
            validators=[MaxLengthValidator(LONGEST_DUTY)],
        )
        self.fields[f"times_{place}"] = forms.IntegerField(
            label="Times a year",
            required=False,
            initial=duty.times_a_year if duty else None,
            min_value=1,
            max_value=52,
            help_text="Leave empty when it does not come round.",
            widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        )
        if known:
            self.fields[f"remove_{place}"] = forms.BooleanField(label="Remove this responsibility", required=False)


class LevelsForm(PartsForm):
    """A row for each product; one without a number is not promised."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        there = {part.product: part for part in self.parts}
        for product in Product:
            self._add_product(product, there.get(product))

    def layout(self) -> list:
        """One group of questions a product."""
        return [
            Fieldset(PRODUCTS[product], f"quantity_{product}", f"unit_{product}", f"when_{product}", size="s")
            for product in Product
        ]

    @property
    def levels(self) -> list[ServiceLevel]:
        """What was asked."""
        found = []
        for product in Product:
            quantity = self.cleaned_data.get(f"quantity_{product}")
            if quantity:
                direction, anchor = self.cleaned_data[f"when_{product}"].split()
                found.append(
                    ServiceLevel(
                        product=product.value,
                        quantity=quantity,
                        unit=self.cleaned_data[f"unit_{product}"],
                        direction=direction,
                        anchor=anchor,
                    )
                )
        return found

    def saved(self, terms: Terms) -> list[ServiceLevel]:
        return list(terms.service_levels.all())

    def said(self, part: ServiceLevel) -> str:
        return level_text(part)

    def _add_product(self, product: Product, level: ServiceLevel | None) -> None:
        usual = f"{Direction.AFTER} {Anchor.MEETING_END}" if product in AFTER else WHEN[0][0]
        self.fields[f"quantity_{product}"] = forms.IntegerField(
            label="How many",
            required=False,
            min_value=1,
            max_value=365,
            initial=level.quantity if level else None,
            help_text="Leave empty when nothing is promised.",
            widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        )
        self.fields[f"unit_{product}"] = forms.ChoiceField(
            label="Of what", choices=TimeUnit, initial=level.unit if level else TimeUnit.WORKING_DAYS
        )
        self.fields[f"when_{product}"] = forms.ChoiceField(
            label="When", choices=WHEN, initial=f"{level.direction} {level.anchor}" if level else usual
        )


def _new_key(text: str, taken: set[str]) -> str:
    stem = slugify(text)[:50].strip("-") or "duty"
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
