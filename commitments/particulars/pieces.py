"""Questions about a target's particulars: levels, whose figures, which way, by how much, over what time."""

from collections.abc import Mapping
from typing import Any

from django import forms

from commitments.targets import MeasureFacts
from commitments.targets.params import EVERY, WHOLE_AND_EVERY
from commitments.targets.series import NEWEST, YEAR_TO_DATE
from commitments.targets.types import Better
from kit.fields import Checkboxes, Radios
from kit.number_field import NumberField

from .piece import WHOLE_CHOICE, Asked, Piece, Wrong, as_count, kept, revealed, typed


def number(param: str, label: str, hint: str = "", *, missing: str = "", above: int | None = None) -> Piece:
    """One number, in the unit of the measure unless the label says another. missing: what an empty answer is told."""

    def asks(params: Mapping[str, Any], facts: MeasureFacts) -> Asked:
        return {param: NumberField(label=label, help_text=hint, initial=typed(params.get(param)))}

    def reads(told: Mapping[str, Any]) -> dict[str, Any]:
        value = told.get(param)
        if value is None and missing:
            raise Wrong(param, missing)
        if value is not None and above is not None and value <= above:
            raise Wrong(param, f"{label} must be a number above {above}")
        return {} if value is None else {param: kept(value)}

    return Piece(asks, reads)


def whole_number(param: str, label: str, hint: str) -> Piece:
    """A count of 1 or more; empty is not given."""

    def asks(params: Mapping[str, Any], facts: MeasureFacts) -> Asked:
        return {param: NumberField(label=label, help_text=hint, initial=typed(params.get(param)))}

    def reads(told: Mapping[str, Any]) -> dict[str, Any]:
        return {} if told.get(param) is None else {param: as_count(param, label, told[param])}

    return Piece(asks, reads)


def groups(*, compared: bool = False, units: bool = False) -> Piece:
    """Whose figures are judged. compared: groups against another one, so the whole is none of them."""
    usual = EVERY if compared or units else "whole"

    def asks(params: Mapping[str, Any], facts: MeasureFacts) -> Asked:
        if len(facts.groups) < 2:
            return {}
        whole = facts.groups.get("") or "all"
        choices = [(EVERY, "Every group"), ("some", "Some groups")]
        if not compared:
            choices = [("whole", f"The whole: {whole}"), *choices[:1], (WHOLE_AND_EVERY, "Both of these"), choices[1]]
        choices = [choice for choice in choices if choice[0] in (EVERY, "some")] if units else choices
        scope, codes = _groups_now(params, usual)
        named = [(code or WHOLE_CHOICE, title) for code, title in facts.groups.items() if code or not compared]
        return {
            "groups": forms.ChoiceField(
                label="Whose figures are judged?",
                choices=choices,
                widget=Radios(),
                initial=scope,
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Select whose figures are judged"),
            ),
            "codes": forms.MultipleChoiceField(
                label="Which groups?", choices=named, required=False, widget=Checkboxes(small=True), initial=codes
            ),
        }

    def reads(told: Mapping[str, Any]) -> dict[str, Any]:
        scope = told.get("groups")
        if scope is None and compared:
            raise Wrong("", "This measure is not broken down, so no group of it can be compared. Read it another way")
        if scope in (EVERY, WHOLE_AND_EVERY):
            return {"groups": scope}
        if scope != "some":
            return {}
        codes = ["" if code == WHOLE_CHOICE else code for code in told["codes"]]
        if not codes:
            raise Wrong("codes", "Select one group or more")
        return {"group": codes[0]} if len(codes) == 1 else {"groups": codes}

    return Piece(asks, reads, revealed("groups", {"some": ["codes"]}))


def than(*, needed: bool = True) -> Piece:
    """What the groups are compared with: the whole, or one of them."""

    def asks(params: Mapping[str, Any], facts: MeasureFacts) -> Asked:
        choices = [(code or WHOLE_CHOICE, title) for code, title in facts.groups.items()]
        now = params.get("than", "" if needed else None)
        return {
            "than": forms.ChoiceField(
                label="Compared with",
                choices=choices if needed else [("", "No group, only the level below"), *choices],
                required=needed,
                initial=WHOLE_CHOICE if now == "" else now,
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Select what they are compared with"),
            )
        }

    def reads(told: Mapping[str, Any]) -> dict[str, Any]:
        chosen = told.get("than")
        return {} if not chosen else {"than": "" if chosen == WHOLE_CHOICE else chosen}

    return Piece(asks, reads)


def either_way() -> Piece:
    """Whether being ahead counts as a gap too."""

    def asks(params: Mapping[str, Any], facts: MeasureFacts) -> Asked:
        label = "Being ahead by as much counts as a gap too"
        return {"either_way": forms.BooleanField(label=label, required=False, initial=bool(params.get("either_way")))}

    return Piece(asks, lambda told: {"either_way": True} if told.get("either_way") else {})


def direction() -> Piece:
    """Which way the change goes. A measure that is best within a range has no better side to choose."""

    def asks(params: Mapping[str, Any], facts: MeasureFacts) -> Asked:
        choices = [("better", "For the better"), ("increase", "Up"), ("decrease", "Down")]
        first = 1 if facts.better is Better.RANGE else 0
        return {
            "direction": forms.ChoiceField(
                label="Which way?",
                choices=choices[first:],
                widget=Radios(inline=True),
                initial=params.get("direction", choices[first][0]),
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Select which way it changes"),
            )
        }

    return Piece(
        asks, lambda told: {} if told.get("direction") in (None, "better") else {"direction": told["direction"]}
    )


def change(of: str) -> Piece:
    """By how much: at all, by an amount, or by a share of what `of` names."""

    def asks(params: Mapping[str, Any], facts: MeasureFacts) -> Asked:
        now = next((name for name in ("by_amount", "by_share") if params.get(name) is not None), "any")
        unit = "percentage points" if facts.unit == "share" else facts.noun or "the unit of the measure"
        return {
            "by": forms.ChoiceField(
                label="By how much?",
                choices=[("any", "Any change"), ("by_amount", "By an amount"), ("by_share", f"By a share of {of}")],
                widget=Radios(),
                initial=now,
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Select by how much"),
            ),
            "by_amount": NumberField(label="Amount", help_text=f"In {unit}.", initial=typed(params.get("by_amount"))),
            "by_share": NumberField(label="Share", help_text="In per cent.", initial=typed(params.get("by_share"))),
        }

    def reads(told: Mapping[str, Any]) -> dict[str, Any]:
        by = told.get("by")
        if by not in ("by_amount", "by_share"):
            return {}
        value, word = told.get(by), "amount" if by == "by_amount" else "share"
        if value is None:
            raise Wrong(by, f"Enter the {word}")
        if value <= 0:
            raise Wrong(by, f"The {word} must be a number above 0. Which way it goes is asked above")
        return {by: kept(value)}

    return Piece(asks, reads, revealed("by", {"by_amount": ["by_amount"], "by_share": ["by_share"]}))


def window() -> Piece:
    """Over what time the figures are taken together."""

    def asks(params: Mapping[str, Any], facts: MeasureFacts) -> Asked:
        now = params.get("window", NEWEST)
        months = now if isinstance(now, int) else None
        return {
            "window": forms.ChoiceField(
                label="Over what time?",
                choices=[
                    (NEWEST, "The newest figure"),
                    (YEAR_TO_DATE, "The financial year to date"),
                    ("months", "A number of months"),
                ],
                widget=Radios(),
                initial="months" if months else now,
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Select over what time"),
            ),
            "window_months": NumberField(label="Months", initial=typed(months)),
        }

    def reads(told: Mapping[str, Any]) -> dict[str, Any]:
        chosen = told.get("window")
        if chosen == "months":
            if told.get("window_months") is None:
                raise Wrong("window_months", "Enter the number of months")
            return {"window": as_count("window_months", "Months", told["window_months"])}
        return {} if chosen in (None, NEWEST) else {"window": chosen}

    return Piece(asks, reads, revealed("window", {"months": ["window_months"]}))


def _groups_now(params: Mapping[str, Any], usual: str) -> tuple[str, list[str]]:
    """Which choice the parameters stand for, and the groups that are named."""
    now = [params["group"]] if params.get("group") is not None else params.get("groups")
    if now in (EVERY, WHOLE_AND_EVERY):
        return now, []
    if not now or now == [""]:
        return usual, []
    return "some", [code or WHOLE_CHOICE for code in now]
