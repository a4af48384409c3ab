"""Form fields and widgets that Django does not have: a date in three parts, choices with hints."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december")  # fmt: skip


class DateInput(forms.MultiWidget):
    """Day, month and year. Posts as name_day, name_month and name_year."""

    use_fieldset = True

    def __init__(self, attrs=None):
        numeric = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            {
                "day": forms.TextInput(numeric | {"class": "govuk-input--width-2"}),
                "month": forms.TextInput({"autocomplete": "off", "class": "stride-date__month"}),
                "year": forms.TextInput(numeric | {"class": "govuk-input--width-4"}),
            },
            attrs,
        )

    def decompress(self, value):
        if isinstance(value, dt.date):
            return [str(value.day), str(value.month), str(value.year)]
        return ["", "", ""]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        base = context["widget"]["attrs"].get("id")
        for part, widget in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            widget["part"] = part
            if base:
                widget["attrs"]["id"] = f"{base}_{part}"
        return context

    def id_for_label(self, id_):
        return f"{id_}_day" if id_ else id_


class DateField(forms.Field):
    """A whole date. `named` is what error messages call it; the label when left out.

    `earliest` and `latest` are dates or callables that give one.
    """

    widget = DateInput
    default_error_messages = {"required": ""}

    def __init__(self, *, named="", earliest=None, latest=None, **kwargs):
        self.named = named
        self.earliest = earliest
        self.latest = latest
        super().__init__(**kwargs)

    @property
    def _name(self):
        return str(self.named or self.label or "Date")

    def clean(self, value):
        if isinstance(value, dt.date):
            return value
        typed = [str(part or "").strip() for part in (value or ("", "", ""))]
        missing = [part for part, text in zip(PARTS, typed, strict=True) if not text]
        if len(missing) == 3:
            if self.required:
                sentence = self.error_messages["required"] or f"Enter {lower_first(self._name)}"
                raise ValidationError(sentence, "required", {"parts": PARTS})
            return None
        if missing:
            self._refuse("must include " + " and ".join(f"a {part}" for part in missing), missing)
        return self._within(self._real(*typed))

    def _real(self, day_text, month_text, year_text):
        day, month, year = _number(day_text), _month(month_text), _number(year_text)
        if year is None or not 1000 <= year <= 9999:
            self._refuse("must have a year of 4 digits, like 2022", ["year"])
        wrong = [part for part, value, top in (("day", day, 31), ("month", month, 12)) if not 1 <= (value or 0) <= top]
        if wrong:
            self._refuse("must be a real date", wrong)
        try:
            return dt.date(year, month, day)
        except ValueError:
            self._refuse("must be a real date", ["day"])

    def _within(self, date):
        earliest = self.earliest() if callable(self.earliest) else self.earliest
        latest = self.latest() if callable(self.latest) else self.latest
        if earliest and date < earliest:
            self._refuse(f"must be {in_words(earliest)} or later", PARTS)
        if latest and date > latest:
            self._refuse(f"must be {in_words(latest)} or earlier", PARTS)
        return date

    def _refuse(self, what, parts):
        raise ValidationError(f"{self._name} {what}", "invalid", {"parts": tuple(parts)})

    def has_changed(self, initial, data):
        try:
            return (initial or None) != self.clean(data)
        except ValidationError:
            return True


class Radios(forms.RadioSelect):
    """Radio buttons with a hint under some of them: hints={value: text}. `inline` for two short ones."""

    def __init__(self, attrs=None, choices=(), *, hints=None, inline=False, small=False):
        super().__init__(attrs, choices)
        self.hints, self.inline, self.small = hints or {}, inline, small


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes with a hint under some of them: hints={value: text}."""

    def __init__(self, attrs=None, choices=(), *, hints=None, small=False):
        super().__init__(attrs, choices)
        self.hints, self.small = hints or {}, small


def lower_first(text: str) -> str:
    """For the middle of a sentence: "Green by" becomes "green by"; "NHS trust" and "I agree" stay."""
    return text if text[1:2].isupper() or text[:2] == "I " else text[:1].lower() + text[1:]


def in_words(date: dt.date) -> str:
    """A day as people write it: 5 July 2021."""
    return f"{date.day} {date:%B %Y}"


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _month(text):
    word = text.casefold().rstrip(".")
    if word in FULL:
        return FULL.index(word) + 1
    if word == "sept":
        return 9
    return MONTHS.index(word) + 1 if word in MONTHS else _number(text)
