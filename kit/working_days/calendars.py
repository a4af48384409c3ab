"""Which days are worked: nation, closures, and whether Saturday counts.

Source of the bank holidays: the `holidays` package, which follows the Banking and Financial Dealings Act 1971 and the
days that the government proclaims. England and Wales share theirs.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

import holidays

NATIONS = {"ENG": "England", "WLS": "Wales", "SCT": "Scotland", "NIR": "Northern Ireland"}
SATURDAY, SUNDAY = 5, 6
SUBSTITUTE = re.compile(r"^(.+) \(observed\)$")

# As GOV.UK calls them, where the package says it otherwise.
GOVUK = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Summer Bank Holiday": "Summer bank holiday",
    "New Year Holiday": "2nd January",
    "Saint Patrick's Day": "St Patrick’s Day",
    "Saint Andrew's Day": "St Andrew’s Day",
    "Battle of the Boyne": "Battle of the Boyne (Orangemen’s Day)",
}


@dataclass(frozen=True)
class WorkingCalendar:
    """The days a body works. `nation` is one of NATIONS; `closures` are its own days off, with what to call them.

    Whether Saturday counts as a working day is disputed between authorities on notice of meetings, so it is a setting.
    Raises ValueError for a nation that is not one of NATIONS.
    """

    nation: str = "ENG"
    closures: Mapping[dt.date, str] = field(default_factory=dict, hash=False)
    saturday_counts: bool = False

    def __post_init__(self) -> None:
        if self.nation not in NATIONS:
            raise ValueError(f"“{self.nation}” is not a nation with bank holidays: {', '.join(NATIONS)}.")
        object.__setattr__(self, "closures", MappingProxyType(dict(self.closures)))

    def is_weekend(self, day: dt.date) -> bool:
        """Whether nobody would work that day in any week."""
        return day.weekday() == SUNDAY or (day.weekday() == SATURDAY and not self.saturday_counts)

    def named(self, day: dt.date) -> str:
        """The bank holiday or closure that falls on the day, or nothing."""
        return _bank_holidays(self.nation, day.year).get(day) or self.closures.get(day, "")

    def works(self, day: dt.date) -> bool:
        """Whether the body works that day."""
        return not self.is_weekend(day) and not self.named(day)

    def why_off(self, day: dt.date) -> str:
        """Why the body does not work that day: "Good Friday", "a Saturday". Nothing for a working day."""
        return self.named(day) or (f"a {day:%A}" if self.is_weekend(day) else "")


@lru_cache(maxsize=512)
def _bank_holidays(nation: str, year: int) -> dict[dt.date, str]:
    found = holidays.country_holidays("GB", subdiv=nation, years=year)
    return {day: _govuk(name) for day, name in found.items()}


def _govuk(name: str) -> str:
    match = SUBSTITUTE.match(name)
    plain = match[1] if match else name
    plain = GOVUK.get(plain, plain).replace("'", "’")
    return f"{plain} (substitute day)" if match else plain


ENGLAND = WorkingCalendar("ENG")
