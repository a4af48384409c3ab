"""For each kind of target the questions that it needs, and no others."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commitments.targets import MeasureFacts, describe

from .piece import Asked, Piece, Wrong
from .pieces import change, direction, either_way, groups, number, than, whole_number, window
from .starting import baseline, steps

AT_LEAST = number("at_least", "At least", "Leave empty when there is no lower limit.")
AT_MOST = number("at_most", "At most", "Leave empty when there is no upper limit. Give both for a range.")
HELD = whole_number("held_for", "For how many figures in a row?", "Leave empty when one is enough.")

PIECES: dict[str, Sequence[Piece]] = {
    "reach_level": (AT_LEAST, AT_MOST, groups(), window(), HELD, baseline(), steps()),
    "change_from_baseline": (direction(), change("the baseline"), baseline(needed=True), groups(), window(), HELD),
    "year_on_year": (direction(), change("the figure of the year before"), groups(), window()),
    "gap_at_most": (
        number(
            "points",
            "Widest gap",
            "Points for a share, else the measure’s unit.",
            missing="Enter the widest gap",
        ),
        groups(compared=True),
        than(),
        either_way(),
        window(),
        baseline(first=False),
    ),
    "gap_change": (
        change("the gap at its baseline"),
        groups(compared=True),
        than(),
        either_way(),
        baseline(needed=True, first=False),
        window(),
    ),
    "group_at_least_as_good": (
        groups(compared=True),
        than(needed=False),
        number("level", "Stated level", "Stands in for the other group while that has no figure."),
        window(),
    ),
    "per_unit_per_year": (
        number("at_least", "At least", "In each unit in each financial year.", missing="Enter how many", above=0),
        groups(units=True),
    ),
    "full_coverage": (
        number("of", "Of how many?", "Only where the figures do not say it with their denominator.", above=0),
        groups(),
        window(),
        baseline(),
        steps(),
    ),
    "set_a_baseline": (
        groups(),
        whole_number("months", "Over how many months?", "Leave empty when any one figure will do."),
    ),
}

# The question that a parameter is asked by, and what a sentence about the parameter calls it.
QUESTIONS = {
    "at_least": ("at_least", "‘At least’"),
    "at_most": ("at_most", "‘At most’"),
    "groups": ("groups", "the groups judged"),
    "group": ("groups", "the group judged"),
    "than": ("than", "what they are compared with"),
    "level": ("level", "the stated level"),
    "direction": ("direction", "the direction"),
    "by_amount": ("by_amount", "the amount"),
    "by_share": ("by_share", "the share"),
    "baseline": ("baseline_is", "the baseline"),
    "window": ("window", "the time"),
    "held_for": ("held_for", "the number of figures in a row"),
    "steps": ("steps", "the steps"),
    "points": ("points", "the widest gap"),
    "of": ("of", "how many there are"),
    "months": ("months", "the number of months"),
}


@dataclass(frozen=True)
class Particulars:
    """The questions of one kind. prefix keeps those of several conditions apart."""

    kind: str
    facts: MeasureFacts
    params: Mapping[str, Any]
    prefix: str = ""

    def name(self, question: str) -> str:
        """A question's field on the form."""
        return f"{self.prefix}{question}"

    def fields(self) -> Asked:
        """What is asked, with what is known already."""
        return {self.name(name): field for piece in self._pieces for name, field in self._asked(piece).items()}

    def layout(self) -> list:
        """The questions in their order, those that follow from a choice under it."""
        return [
            each for piece in self._pieces if (asked := self._asked(piece)) for each in piece.draws(asked, self.name)
        ]

    def read(self, cleaned: Mapping[str, Any]) -> tuple[dict[str, Any], list[Wrong]]:
        """The parameters, and what is wrong with the answers, named as the form names its fields."""
        told = {name.removeprefix(self.prefix): value for name, value in cleaned.items()}
        params: dict[str, Any] = {}
        wrong: list[Wrong] = []
        for piece in self._pieces:
            try:
                params |= piece.reads({name: told.get(name) for name in self._asked(piece)})
            except Wrong as error:
                wrong.append(Wrong(error.name and self.name(error.name), error.sentence))
        return params, wrong or self._misread(params)

    @property
    def _pieces(self) -> Sequence[Piece]:
        return PIECES[self.kind]

    def _asked(self, piece: Piece) -> Asked:
        return piece.asks(self.params, self.facts)

    def _misread(self, params: dict[str, Any]) -> list[Wrong]:
        if self.kind == "reach_level" and not {"at_least", "at_most"} & set(params):
            return [Wrong(self.name("at_least"), "Enter the level: at least, at most, or both for a range")]
        try:
            describe(self.kind, params, self.facts)
        except ValueError as error:
            return [self._told(str(error))]
        return []

    def _told(self, sentence: str) -> Wrong:
        """A sentence that names a parameter, beside the question it was asked by and in the words of the form."""
        first = sentence.split(" ", 1)[0]
        question = QUESTIONS.get(first, ("", ""))[0]
        for param, (_, words) in QUESTIONS.items():
            if "_" in param or param == first:
                sentence = re.sub(rf"\b{param}\b", words, sentence)
        return Wrong(question and self.name(question), f"{sentence[:1].upper()}{sentence[1:]}")
