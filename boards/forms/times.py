"""A time of the day as people write it: 10am, 2:30pm, 14.30."""

import datetime as dt

from django import forms

FORMATS = ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p")


class TimeField(forms.TimeField):
    """A time in a short text box."""

    def __init__(self, *, label: str, **kwargs) -> None:
        widget = forms.TimeInput({"class": "govuk-input--width-5", "autocomplete": "off"}, format="%H:%M")
        invalid = {"invalid": f"{label} must be a time, like 10am or 14:30"}
        super().__init__(label=label, input_formats=FORMATS, widget=widget, error_messages=invalid, **kwargs)

    def to_python(self, value: object) -> dt.time | None:
        if isinstance(value, str):
            value = "".join(value.split()).replace("midday", "12:00").replace("noon", "12:00")
        return super().to_python(value)
