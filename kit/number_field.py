"""A number as people type it."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

# With a comma between thousands or none; a decimal comma would be a guess.
NUMBER = re.compile(r"[-−]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?")


class NumberField(forms.CharField):
    """A number as people type it: 1,204 or 12.4%. Empty is none."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("required", False)
        super().__init__(
            widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-10"}),
            **kwargs,
        )

    def clean(self, value) -> Decimal | None:
        text = str(super().clean(value)).strip().removesuffix("%").strip()
        if not text:
            return None
        if not NUMBER.fullmatch(text):
            raise ValidationError(f"{self.label} must be a number, like 12.5 or 1,204")
        return Decimal(text.replace(",", "").replace("−", "-"))
