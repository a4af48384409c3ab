"""Service levels: how long before or after a meeting something is due, and the day or moment that follows.

level = parse({"product": "papers", "quantity": 5, "unit": "working_days",
               "anchor": "meeting_start", "direction": "before"})
due(level, meeting.starts_at, meeting.ends_at, calendar).sentence
"""

import datetime as dt
from dataclasses import asdict, dataclass, fields

from django.utils import timezone

from kit.working_days import (
    Explained,
    WorkingCalendar,
    calendar_days_from,
    clear_working_days_from,
    elapsed_hours_from,
    working_days_from,
)

# What is promised, with its verb. Any other product is named in the body's own words.
PRODUCTS = {
    "papers": "Papers reach the secretariat",
    "agenda": "The agenda goes out",
    "pack": "The pack goes out",
    "briefing": "The briefing goes out",
    "actions": "Actions go out",
    "summary": "The summary of decisions goes out",
    "minutes": "Draft minutes go out",
}
UNITS = {
    "working_days": ("working day", "working days"),
    "clear_working_days": ("clear working day", "clear working days"),
    "calendar_days": ("day", "days"),
    "elapsed_hours": ("hour", "hours"),
}
ANCHORS = ("meeting_start", "meeting_end")
DIRECTIONS = ("before", "after")
MOST = 365
LONGEST_PRODUCT = 60


@dataclass(frozen=True)
class ServiceLevel:
    """So many units before or after the start or the end of a meeting."""

    product: str
    quantity: int
    unit: str
    anchor: str
    direction: str


def parse(data: object) -> ServiceLevel:
    """The service level that the data describes. Raises ValueError with a sentence for anything else."""
    wanted = [each.name for each in fields(ServiceLevel)]
    if not isinstance(data, dict):
        raise ValueError("A service level is a record with product, quantity, unit, anchor and direction.")
    if set(data) != set(wanted):
        raise ValueError(f"A service level has exactly these parts: {', '.join(wanted)}.")
    quantity, product = data["quantity"], data["product"]
    if not isinstance(quantity, int) or isinstance(quantity, bool) or not 1 <= quantity <= MOST:
        raise ValueError(f"The quantity of a service level is a whole number from 1 to {MOST}.")
    if not isinstance(product, str) or not product.isprintable() or not 0 < len(product.strip()) <= LONGEST_PRODUCT:
        raise ValueError(f"The product of a service level is a text of at most {LONGEST_PRODUCT} characters.")
    for part, known in (("unit", tuple(UNITS)), ("anchor", ANCHORS), ("direction", DIRECTIONS)):
        if not isinstance(data[part], str) or data[part] not in known:
            raise ValueError(f"The {part} of a service level is one of {', '.join(known)}.")
    return ServiceLevel(**{**data, "product": product.strip()})


def as_data(level: ServiceLevel) -> dict[str, str | int]:
    """What parse reads, for JSON."""
    return asdict(level)


def due(level: ServiceLevel, starts: dt.datetime, ends: dt.datetime, calendar: WorkingCalendar) -> Explained:
    """When it is due for a meeting, with the sentence why. Both moments must be aware.

    Hours give a moment; days give a day, and what comes on that day is in time (`Explained.moment`).
    """
    anchor = timezone.localtime(starts if level.anchor == "meeting_start" else ends)
    n = -level.quantity if level.direction == "before" else level.quantity
    if level.unit == "elapsed_hours":
        return elapsed_hours_from(anchor, n)
    if level.unit == "calendar_days":
        return calendar_days_from(anchor.date(), n)
    count = clear_working_days_from if level.unit == "clear_working_days" else working_days_from
    return count(anchor.date(), n, calendar)


def words(level: ServiceLevel) -> str:
    """The promise as terms say it: "Papers reach the secretariat 5 working days before the meeting"."""
    what = PRODUCTS.get(level.product) or f"{level.product[:1].upper()}{level.product[1:]}:"
    one, many = UNITS[level.unit]
    unit = one if level.quantity == 1 else many
    within = "within " if level.direction == "after" else ""
    return f"{what} {within}{level.quantity} {unit} {_side(level)}"


def _side(level: ServiceLevel) -> str:
    if level.direction == "before":
        return "before the meeting" if level.anchor == "meeting_start" else "before the meeting ends"
    return "of the end of the meeting" if level.anchor == "meeting_end" else "of the start of the meeting"
