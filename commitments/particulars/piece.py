"""What the questions about a target's particulars have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from commitments.targets import MeasureFacts
from kit.crispy import Reveal

Asked = dict[str, forms.Field]
WHOLE_CHOICE = "*"  # a group's code has no star in it


class Wrong(Exception):
    """An answer that cannot be right: `name` is the question it belongs beside."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name, self.sentence = name, sentence


@dataclass(frozen=True)
class Piece:
    """Questions that make one parameter, or a few that belong together.

    asks: the fields by name, with what the parameters say now. reads: the parameters that the answers make; raises
    Wrong. draws: how the questions stand on the page.
    """

    asks: Callable[[Mapping[str, Any], MeasureFacts], Asked]
    reads: Callable[[Mapping[str, Any]], dict[str, Any]]
    draws: Callable[[Asked, Callable[[str], str]], list] = lambda asked, name: [name(each) for each in asked]


def kept(value: Decimal) -> int | str:
    """A number as parameters keep it: whole ones as such, others as their text, so that none is rounded."""
    return int(value) if value == value.to_integral_value() else f"{value.normalize():f}"


def typed(value: Any) -> str:
    """A kept number as people type it."""
    if value is None:
        return ""
    text = str(value)
    return f"{int(text):,}" if text.lstrip("-").isdigit() and len(text) > 4 else text


def as_count(name: str, label: str, value: Decimal) -> int:
    if value < 1 or value != value.to_integral_value():
        raise Wrong(name, f"{label.removesuffix('?')} must be a whole number of 1 or more")
    return int(value)


def revealed(radio: str, under: dict[str, list[str]]) -> Callable[[Asked, Callable[[str], str]], list]:
    """Radios with the questions that follow from a choice under it."""
    return lambda asked, name: [
        Reveal(name(radio), {choice: [name(each) for each in names] for choice, names in under.items()})
    ]
