"""What terms of reference say, field by field, as plain text: for their page, their comparison and their document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from boards import frequency, service_levels
from boards.choices import DeputiesRule, Product, StandingItem
from boards.models import Duty, ServiceLevel, Terms
from boards.quorum_of import sentences

NO_QUORUM = "The terms set no quorum, so no meeting is inquorate."
NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Said:
    """One thing that terms say. `part` is the heading it stands under; `text` is empty where they say nothing."""

    key: str
    part: str
    label: str
    text: str


def said(terms: Terms, duties: Iterable[Duty], levels: Iterable[ServiceLevel], names: Mapping[str, str]) -> list[Said]:
    """Everything, in the order of a document. `names`: titles of the posts that the quorum names, by code."""
    return [
        Said("purpose", "Purpose", "Purpose", terms.purpose),
        Said("authority", "Purpose", "What it decides or advises on", terms.authority),
        Said("horizon", "Purpose", "Looks ahead", _years(terms.horizon_years)),
        *(Said(f"duty {duty.key}", "Responsibilities", "Responsibility", duty_text(duty)) for duty in duties),
        Said("frequency", "Meetings", "Meets", frequency_text(terms)),
        Said("length", "Meetings", "Length of a meeting", _length(terms.length_minutes)),
        Said("quorum", "Quorum", "Quorum", "\n".join(sentences(terms, names)) or NO_QUORUM),
        Said("deputies", "Deputies and attendance", "Deputies", DeputiesRule(terms.deputies_rule).label),
        Said("attendance", "Deputies and attendance", "Attendance", terms.attendance_note),
        *(
            Said(f"level {level.product}", "Service levels", level.get_product_display(), f"{level_text(level)}.")
            for level in sorted(levels, key=lambda level: Product.values.index(level.product))
        ),
        Said("products", "Products and support", "What it produces", terms.products),
        Said("support", "Products and support", "Who supports it", terms.support),
        Said("relationships", "Products and support", "Relationships", terms.relationships_note),
        Said("standing", "Agenda", "Standing items", "\n".join(standing(terms))),
        Said("streams", "Agenda", "Deep dives at each meeting", "\n".join(f"One {each}" for each in terms.streams)),
        Said("review", "Review", "Reviewed", _months(terms.review_every_months)),
    ]


def duty_text(duty: Duty) -> str:
    """The duty, and how often in a year when it is cyclical."""
    if not duty.times_a_year:
        return duty.text
    number = duty.times_a_year
    spelt = NUMBERS[number] if number < len(NUMBERS) else str(number)
    times = {1: "once a year", 2: "twice a year"}.get(number, f"{spelt} times a year")
    return f"{duty.text.rstrip('.')} ({times})."


def frequency_text(terms: Terms) -> str:
    """ "Every six weeks"; empty where the terms do not say."""
    if not (terms.frequency_every and terms.frequency_unit):
        return ""
    words = frequency.words(frequency.Frequency(terms.frequency_every, terms.frequency_unit))
    return f"{words[:1].upper()}{words[1:]}"


def level_text(level: ServiceLevel) -> str:
    """The promise as a phrase."""
    return service_levels.words(
        service_levels.ServiceLevel(level.product, level.quantity, level.unit, level.anchor, level.direction)
    )


def standing(terms: Terms) -> list[str]:
    """The standing items in the order of business."""
    return [item.label for item in StandingItem if item in terms.standing_items]


def _years(years: int | None) -> str:
    if not years:
        return ""
    return "One year" if years == 1 else f"{_spelt(years)} years"


def _length(minutes: int | None) -> str:
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours else []
    parts += [f"{rest} minutes"] if rest else []
    return " ".join(parts)


def _months(months: int) -> str:
    if months == 12:
        return "Every year"
    return "Every month" if months == 1 else f"Every {months} months"


def _spelt(number: int) -> str:
    return NUMBERS[number].capitalize() if number < len(NUMBERS) else str(number)
