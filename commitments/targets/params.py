"""Reading the parameters of a target. What is wrong is said in a sentence that names the parameter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from .series import NEWEST, YEAR_TO_DATE, Series, Window
from .trajectory import Steps
from .types import MeasureFacts

EVERY = "every"
WHOLE_AND_EVERY = "whole_and_every"
WHOLE = ("",)


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups that are judged, each apart: some by code ("" is the whole), or every one the measure has."""

    codes: tuple[str, ...] = WHOLE
    every: bool = False

    def of(self, series: Series) -> list[str]:
        return [*self.codes, *series.groups()] if self.every else list(self.codes)

    def check(self, measure: MeasureFacts, param: str = "groups") -> None:
        """Raises ValueError for a group that the measure does not have."""
        for code in self.codes:
            check_group(code, measure, param)

    @property
    def is_whole(self) -> bool:
        return self.codes == WHOLE and not self.every


@dataclass(frozen=True, slots=True)
class Baseline:
    """A stated value (by group where there are several), the observed value of a period, or the first one recorded."""

    value: Decimal | None = None
    values: Mapping[str, Decimal] | None = None
    period: tuple[date, date] | None = None
    first: bool = False

    @property
    def is_stated(self) -> bool:
        return self.value is not None or self.values is not None


THE_WHOLE = Groups()


class Params:
    """Takes parameters out of a mapping one by one; done() refuses what is left.

    Every method raises ValueError for a parameter that is missing or not of the accepted form.
    """

    def __init__(self, params: Mapping[str, object]) -> None:
        if not isinstance(params, Mapping):
            raise ValueError(f"The parameters are {_shown(params)}. They must be names with values.")
        self._left = dict(params)
        self._known: list[str] = []

    def number(self, name: str, *, needed: bool = False, above: int | None = None) -> Decimal | None:
        value = self._take(name, needed, "a number")
        if value is None:
            return None
        found = as_number(name, value)
        if above is not None and found <= above:
            raise ValueError(f"{name} is {_shown(value)}. It must be a number above {above}.")
        return found

    def count(self, name: str, default: int) -> int:
        value = self._take(name, False, "a whole number of 1 or more")
        if value is None:
            return default
        return _as_count(name, value)

    def flag(self, name: str) -> bool:
        value = self._take(name, False, "true or false")
        if value is None:
            return False
        if not isinstance(value, bool):
            raise ValueError(f"{name} is {_shown(value)}. It must be true or false.")
        return value

    def choice(self, name: str, among: Sequence[str], default: str) -> str:
        value = self._take(name, False, f"one of {', '.join(among)}")
        if value is None:
            return default
        if value not in among:
            raise ValueError(f"{name} is {_shown(value)}. It must be one of {', '.join(among)}.")
        return value

    def group(self, name: str, *, needed: bool = False, default: str | None = None) -> str | None:
        """A group's code; "" is the whole."""
        value = self._take(name, needed, 'the code of a group, or "" for the whole')
        if value is None:
            return default
        if not isinstance(value, str):
            raise ValueError(f'{name} is {_shown(value)}. It must be the code of a group, or "" for the whole.')
        return value

    def groups(self, *, needed: bool = False) -> Groups:
        """groups, or group for a single one. The whole when neither is given and none is needed."""
        one = self.group("group")
        accepted = f'a list of codes of groups, "{EVERY}" or "{WHOLE_AND_EVERY}"'
        value = self._take("groups", needed and one is None, accepted)
        if one is not None:
            if value is not None:
                raise ValueError("group and groups are both given. Give group for one, groups for several.")
            return Groups((one,))
        if value is None:
            return THE_WHOLE
        if value in (EVERY, WHOLE_AND_EVERY):
            return Groups(WHOLE if value == WHOLE_AND_EVERY else (), every=True)
        if isinstance(value, str) or not isinstance(value, Sequence) or not value:
            raise ValueError(f"groups is {_shown(value)}. It must be {accepted}.")
        if not all(isinstance(code, str) for code in value) or len(set(value)) < len(value):
            raise ValueError(f"groups is {_shown(value)}. It must be {accepted}, each code once.")
        return Groups(tuple(value))

    def window(self) -> Window:
        accepted = f'"{NEWEST}", "{YEAR_TO_DATE}" or a number of months'
        value = self._take("window", False, accepted)
        if value is None:
            return NEWEST
        if value in (NEWEST, YEAR_TO_DATE):
            return value
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ValueError(f"window is {_shown(value)}. It must be {accepted}.")
        return value

    def baseline(self, *, needed: bool = False) -> Baseline | None:
        accepted = '"first", or one or two of value, values and period'
        found = self._take("baseline", needed, accepted)
        if found is None:
            return None
        if found == "first":
            return Baseline(first=True)
        if not isinstance(found, Mapping) or not found or not set(found) <= {"value", "values", "period"}:
            raise ValueError(f"baseline is {_shown(found)}. It must be {accepted}.")
        if "value" in found and "values" in found:
            raise ValueError("baseline has value and values. Give value for one figure, values for one of each group.")
        value = as_number("baseline value", found["value"]) if "value" in found else None
        values = found.get("values")
        if values is not None:
            if not isinstance(values, Mapping) or not values:
                raise ValueError(f"baseline values is {_shown(values)}. It must be codes of groups with numbers.")
            values = {code: as_number(f"baseline values {code}", each) for code, each in values.items()}
        period = _as_period("baseline period", found["period"]) if "period" in found else None
        return Baseline(value, values, period)

    def steps(self) -> Steps:
        accepted = 'a list of days with levels, such as [["2021-09-30", 13], ["2022-03-31", 15]], in order'
        value = self._take("steps", False, accepted)
        if value is None:
            return ()
        pairs = isinstance(value, Sequence) and not isinstance(value, str)
        if not pairs or not all(isinstance(each, Sequence) and len(each) == 2 for each in value):
            raise ValueError(f"steps is {_shown(value)}. It must be {accepted}.")
        steps = tuple((_as_day("steps", each[0]), as_number("steps", each[1])) for each in value)
        days = [step for step, _ in steps]
        if days != sorted(set(days)):
            raise ValueError(f"steps is {_shown(value)}. It must be {accepted}.")
        return steps

    def conditions(self) -> Sequence:
        accepted = "a list of two or more conditions, each with kind and params"
        value = self._take("conditions", True, accepted)
        if isinstance(value, str) or not isinstance(value, Sequence) or len(value) < 2:
            raise ValueError(f"conditions is {_shown(value)}. It must be {accepted}.")
        if not all(isinstance(each, Mapping) and set(each) == {"kind", "params"} for each in value):
            raise ValueError(f"conditions is {_shown(value)}. It must be {accepted}.")
        return value

    def done(self) -> None:
        for name in self._left:
            raise ValueError(f"{name} is not a parameter of this kind. It takes {', '.join(self._known)}.")

    def _take(self, name: str, needed: bool, accepted: str) -> object:
        self._known.append(name)
        value = self._left.pop(name, None)
        if needed and value is None:
            raise ValueError(f"{name} is missing. It must be {accepted}.")
        return value


def as_number(name: str, value: object) -> Decimal:
    """A Decimal from a number or its text. A float counts as it is written. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError(f"{name} is {_shown(value)}. It must be a number.")
    try:
        found = Decimal(str(value).strip()) if not isinstance(value, Decimal) else value
    except InvalidOperation as error:
        raise ValueError(f"{name} is {_shown(value)}. It must be a number.") from error
    if not found.is_finite():
        raise ValueError(f"{name} is {_shown(value)}. It must be a number.")
    return found


def check_group(code: str, measure: MeasureFacts, param: str) -> None:
    """Raises ValueError when the measure has no such group."""
    if code and code not in measure.groups:
        known = ", ".join(each for each in measure.groups if each) or "no groups"
        raise ValueError(f"{param} has {_shown(code)}, which the measure does not have. It has {known}.")


def _as_count(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"{name} is {_shown(value)}. It must be a whole number of 1 or more.")
    return value


def _as_day(name: str, value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} has {_shown(value)}. A day must be written as 2022-03-31.") from error


def _as_period(name: str, value: object) -> tuple[date, date]:
    if isinstance(value, str) or not isinstance(value, Sequence) or len(value) != 2:
        raise ValueError(f'{name} is {_shown(value)}. It must be two days, such as ["2019-04-01", "2020-03-31"].')
    starts, ends = (_as_day(name, each) for each in value)
    if ends < starts:
        raise ValueError(f"{name} ends before it starts. Give the first day, then the last.")
    return starts, ends


def _shown(value: object) -> str:
    text = f"“{value}”" if isinstance(value, str) else repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
