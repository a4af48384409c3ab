"""Questions about where a target starts from, and about the steps on the way."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from commitments.targets import MeasureFacts
from kit.crispy import Reveal
from kit.fields import DateField, Radios, in_words
from kit.number_field import NumberField

from .piece import WHOLE_CHOICE, Asked, Piece, Wrong, kept, typed

STEP = re.compile(r"(?P<day>.*\d{4}|\d{4}-\d{2}-\d{2})\s*[:,;\t ]\s*(?P<level>\S+)")


def baseline(*, needed: bool = False, first: bool = True) -> Piece:
    """Where it starts from: nothing stated, the first figure, a stated one, or the one recorded for a period."""

    def asks(params: Mapping[str, Any], facts: MeasureFacts) -> Asked:
        now = params.get("baseline")
        told = now if isinstance(now, Mapping) else {}
        choices = [] if needed else [("none", "None is stated")]
        choices += [("first", "The first figure that is recorded")] if first else []
        choices += [("observed", "The figure recorded for a period"), ("value", "A stated figure")]
        choices += [("values", "A stated figure for each group")] if len(facts.groups) > 1 else []
        starts, ends = told.get("period") or (None, None)
        found: Asked = {
            "baseline_is": forms.ChoiceField(
                label="What is the baseline?",
                choices=choices,
                widget=Radios(),
                initial=_baseline_now(now, "" if needed else "none"),
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Select what the baseline is"),
            ),
            "baseline_value": NumberField(label="Baseline", initial=typed(told.get("value"))),
        }
        for code, title in facts.groups.items() if len(facts.groups) > 1 else ():
            each = (told.get("values") or {}).get(code)
            found[f"baseline_of_{code or WHOLE_CHOICE}"] = NumberField(label=f"Baseline, {title}", initial=typed(each))
        hint = "The period of the recorded figure. A stated figure may have one too."
        found["baseline_starts"] = DateField(
            label="First day of the baseline’s period", help_text=hint, required=False, initial=_day(starts)
        )
        found["baseline_ends"] = DateField(
            label="Last day of the baseline’s period", required=False, initial=_day(ends)
        )
        return found

    def draws(asked: Asked, name: Callable[[str], str]) -> list:
        of = [name(each) for each in asked if each.startswith("baseline_of_")]
        under = {"value": [name("baseline_value")], **({"values": of} if of else {})}
        return [Reveal(name("baseline_is"), under), name("baseline_starts"), name("baseline_ends")]

    return Piece(asks, _read_baseline, draws)


def _read_baseline(told: Mapping[str, Any]) -> dict[str, Any]:
    kind = told.get("baseline_is")
    if kind in (None, "none"):
        return {}
    if kind == "first":
        return {"baseline": "first"}
    found: dict[str, Any] = {}
    if kind == "value":
        if told.get("baseline_value") is None:
            raise Wrong("baseline_value", "Enter the baseline")
        found["value"] = kept(told["baseline_value"])
    if kind == "values":
        given = {name.removeprefix("baseline_of_"): each for name, each in told.items() if "baseline_of_" in name}
        found["values"] = {
            "" if code == WHOLE_CHOICE else code: kept(each) for code, each in given.items() if each is not None
        }
        if not found["values"]:
            raise Wrong("baseline_is", "Enter the baseline of one group or more")
    starts, ends = told.get("baseline_starts"), told.get("baseline_ends")
    if kind == "observed" and not (starts or ends):
        raise Wrong("baseline_starts", "Enter the period whose figure is the baseline")
    if starts and not ends:
        raise Wrong("baseline_ends", "Enter the last day of the baseline’s period")
    if ends and not starts:
        raise Wrong("baseline_starts", "Enter the first day of the baseline’s period")
    if starts and ends < starts:
        raise Wrong("baseline_ends", "The last day of the baseline’s period must be on or after the first")
    if starts:
        found["period"] = [starts.isoformat(), ends.isoformat()]
    return {"baseline": found}


def steps() -> Piece:
    """Stated levels on the way, one a line."""

    def asks(params: Mapping[str, Any], facts: MeasureFacts) -> Asked:
        lines = [f"{in_words(_day(day))}: {typed(level)}" for day, level in params.get("steps") or ()]
        return {
            "steps": forms.CharField(
                label="Steps on the way",
                help_text="Only where steps were stated. One a line: a day, then the level, "
                "for example 31 March 2022: 13.",
                required=False,
                initial="\n".join(lines),
                max_length=2000,
                widget=forms.Textarea({"rows": 4}),
            )
        }

    def reads(told: Mapping[str, Any]) -> dict[str, Any]:
        lines = [line.strip() for line in (told.get("steps") or "").splitlines()]
        found = [_step(line) for line in lines if line]
        days = [day for day, _ in found]
        if days != sorted(set(days)):
            raise Wrong("steps", "The steps must be in the order of their days, each day once")
        return {"steps": found} if found else {}

    return Piece(asks, reads)


def _step(line: str) -> list:
    found = STEP.fullmatch(line)
    day = found and _day_typed(found["day"].rstrip(" :,;\t"))
    try:
        level = NumberField(label="The level").clean(found["level"]) if found else None
    except forms.ValidationError:
        level = None
    if day is None or level is None:
        raise Wrong("steps", f"“{line}” is not a day and a level. Write it as 31 March 2022: 13")
    return [day.isoformat(), kept(level)]


def _baseline_now(now: Any, usual: str) -> str:
    if now is None:
        return usual
    if now == "first":
        return "first"
    return next((name for name in ("value", "values") if name in now), "observed")


def _day(text: str | dt.date | None) -> dt.date | None:
    return text if text is None or isinstance(text, dt.date) else dt.date.fromisoformat(text)


def _day_typed(text: str) -> dt.date | None:
    """A day as people write it in a line: 31 March 2022, 31/3/2022 or 2022-03-31."""
    parts = re.split(r"[ /.-]+", text.strip())
    if len(parts) == 3 and len(parts[0]) == 4:
        parts.reverse()
    try:
        return DateField().clean(parts) if len(parts) == 3 else None
    except forms.ValidationError:
        return None
