"""Who may record the figures of a measure, and which figures can be. Pure questions: the answer says why not."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from commitments.choices import Combine
from commitments.models import Group, Measure
from commitments.rules import KEEPERS
from kit.fields import in_words
from kit.periods import Period, next_period, period_holding
from kit.verdict import ALLOWED, Verdict, refused
from monitoring.choices import ObservationStatus
from monitoring.models import Observation
from people.actor import Actor

HUNDRED = Decimal(100)
SLACK = Decimal("0.0001")  # how far a percentage may be from its numerator over its denominator
PLACES = Decimal("0.000001")  # as far as figures are kept
LARGEST = Decimal(10) ** 12


def may_enter(actor: Actor, measure: Measure) -> Verdict:
    """Record and revise figures: the measure's owner, the leads of its commitments, their delegates, and the team.

    Give the measure with its commitments and their strategies loaded.
    """
    if actor.is_auditor:
        return refused("Auditors read and change nothing.")
    commitments = list(measure.commitments.all())
    if not actor.has(*KEEPERS):
        posts = {measure.owner_post_id, *(commitment.lead_post_id for commitment in commitments)}
        if not posts & actor.speaks_for:
            return refused(
                "Only the owner of this measure, the leads of its commitments, their delegates and the strategy team "
                "record its figures."
            )
    if commitments and all(commitment.strategy.is_locked for commitment in commitments):
        return refused("Every strategy that this measure belongs to is closed. Its figures stay as they were.")
    return ALLOWED


# Which figures can be


@dataclass(frozen=True)
class Figure:
    """What somebody wants to have recorded: a value, or the numerator and denominator that it comes from, or all."""

    measure: Measure
    period: Period
    group: Group | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    status: str = ObservationStatus.ACTUAL
    reason: str = ""
    source_note: str = ""

    @property
    def numbers(self) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """Value, numerator, denominator."""
        return self.value, self.numerator, self.denominator

    @property
    def cell(self) -> tuple[int, dt.date, dt.date, int | None]:
        """What tells figures apart; revisions are of one cell."""
        return self.measure.pk, self.period.starts, self.period.ends, self.group.pk if self.group else None


@dataclass(frozen=True)
class Fault:
    """What is wrong with a figure: the field it is about, and the sentence."""

    field: str
    sentence: str


def faults(figure: Figure, current: Observation | None, on: dt.date, *, hides: bool = False) -> list[Fault]:
    """Everything that keeps a figure from being recorded on a day; nothing when it can be.

    `current` is what is recorded for its cell. A figure that says the same again has no fault: nothing is written.
    Where what is recorded hides, the same again needs a reason as any other, or it could be found by guessing.
    """
    measure = figure.measure
    verdicts = [
        ("period", fits_period(measure, figure.period.starts, figure.period.ends, on)),
        ("group", fits_group(measure, figure.group)),
        ("value", fits_value(measure, figure.value, figure.numerator, figure.denominator)),
    ]
    if figure.status not in ObservationStatus.values:
        verdicts.append(("status", refused(f"A figure is one of {', '.join(ObservationStatus.values)}.")))
    if all(verdict for _, verdict in verdicts) and not repeats(figure, current, hides):
        verdicts.append(("reason", gives_why(current is not None, figure.reason)))
    return [Fault(field, verdict.sentence) for field, verdict in verdicts if not verdict]


def repeats(figure: Figure, current: Observation | None, hides: bool) -> bool:
    """Whether a figure says again what is recorded and shown. Of one that hides nobody is told that they are right."""
    return current is not None and not hides and same(figure, current)


def same(figure: Figure, current: Observation) -> bool:
    """Whether a figure says what is recorded already."""
    value = worked_out(figure.measure, figure.value, figure.numerator, figure.denominator)
    counted = (figure.numerator, figure.denominator)
    return (
        value == current.value
        and figure.status == current.status
        and counted == (current.numerator, current.denominator)
    )


def fits_period(measure: Measure, starts: dt.date, ends: dt.date, on: dt.date) -> Verdict:
    """A period as the measure is collected, which has ended."""
    if ends < starts:
        return refused("The period ends before it starts.")
    period = period_holding(starts, measure.cadence)
    if (period.starts, period.ends) != (starts, ends):
        return refused(
            f"This measure is collected {measure.get_cadence_display().lower()}. The period that holds "
            f"{in_words(starts)} is {period.label}: {in_words(period.starts)} to {in_words(period.ends)}."
        )
    if ends >= on:
        return refused(f"{period.label} ends on {in_words(ends)}. Record it when it is over.")
    return ALLOWED


def fits_group(measure: Measure, group: Group | None) -> Verdict:
    """The whole, where there is one, or a group of the measure's own breakdown."""
    if group is None and _has_no_whole(measure):
        return refused(
            f"This measure has no figure for the whole. Say which: it is broken down by {measure.dimension}."
        )
    if group is None or (measure.dimension_id is not None and group.dimension_id == measure.dimension_id):
        return ALLOWED
    if measure.dimension_id is None:
        return refused(f"This measure is not broken down, so it has no figure for {group}.")
    return refused(f"{group} is not a group of this measure. It is broken down by {measure.dimension.title}.")


def _has_no_whole(measure: Measure) -> bool:
    """Its figures stand side by side, and nothing makes one of them."""
    return measure.dimension_id is not None and not measure.dimension.whole and measure.over_groups == Combine.LATEST


def fits_value(
    measure: Measure, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> Verdict:
    """A figure of the measure's kind of number, which agrees with its numerator and denominator."""
    for number in (value, numerator, denominator):
        if number is not None and not (number.is_finite() and abs(number) < LARGEST):
            return refused("This number is too large to be kept.")
    if (numerator is None) != (denominator is None):
        return refused("Give the numerator and the denominator, or neither.")
    if value is None and numerator is None:
        return refused("Give a value.")
    if denominator is not None and not (verdict := _fits_ratio(measure, value, numerator, denominator)):
        return verdict
    return _fits_kind(measure.unit_kind, value) if value is not None else ALLOWED


def _fits_ratio(measure: Measure, value: Decimal | None, numerator: Decimal, denominator: Decimal) -> Verdict:
    kind = measure.unit_kind
    if kind == "yes_no":
        return refused("A yes or no has no numerator and denominator. Give a value.")
    if denominator < 0:
        return refused("The denominator cannot be less than 0.")
    if kind == "rate" and value is None and denominator:
        return refused("Give the rate itself too: its numerator and denominator do not say per how many it is.")
    if kind not in {"share", "count"}:
        return ALLOWED
    if numerator < 0:
        return refused("The numerator cannot be less than 0.")
    for name, number in (("numerator", numerator if kind == "share" else 0), ("denominator", denominator)):
        if number % 1:
            return refused(f"The {name} is a whole number, so it cannot be {plain(number)}.")
    if numerator > denominator:
        return refused(f"The numerator ({plain(numerator)}) is greater than the denominator ({plain(denominator)}).")
    if kind == "count":
        if value is None or value == numerator:
            return _fits_kind(kind, numerator)
        return refused(
            f"So many of so many: the numerator ({plain(numerator)}) is the count, so it cannot be {plain(value)}."
        )
    if value is not None and not denominator:
        return refused("Nothing out of nothing is no percentage. Leave the value empty.")
    if value is not None and abs(value * denominator - HUNDRED * numerator) > SLACK * denominator:
        share = plain((HUNDRED * numerator / denominator).quantize(Decimal("0.0001")))
        return refused(
            f"{plain(numerator)} of {plain(denominator)} is {share} per cent, not {plain(value)}. "
            "Leave the value empty and it is worked out."
        )
    return ALLOWED


def _fits_kind(kind: str, value: Decimal) -> Verdict:
    if kind == "share" and not 0 <= value <= HUNDRED:
        return refused(f"A percentage lies between 0 and 100, so it cannot be {plain(value)}.")
    if kind == "yes_no" and value not in {0, 1}:
        return refused(f"Yes is 1 and no is 0, so it cannot be {plain(value)}.")
    if kind == "count" and (value < 0 or value != value.to_integral_value()):
        return refused(f"A count is a whole number, 0 or more, so it cannot be {plain(value)}.")
    if kind == "days" and value < 0:
        return refused(f"Days are 0 or more, so they cannot be {plain(value)}.")
    return ALLOWED


def worked_out(
    measure: Measure, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> Decimal | None:
    """The value as it is kept: as given, or from its numerator and denominator; none out of nothing.

    A count that comes with them is its numerator: 402 of 629 wards is 402.
    """
    if numerator is not None and measure.unit_kind == "count":
        return numerator.quantize(PLACES)
    if numerator is not None and denominator and (value is None or measure.unit_kind == "share"):
        scale = HUNDRED if measure.unit_kind == "share" else Decimal(1)
        return (scale * numerator / denominator).quantize(PLACES)
    return None if value is None else value.quantize(PLACES)


def gives_why(revises: bool, reason: str) -> Verdict:
    """What was recorded once is revised with a reason."""
    if revises and not reason.strip():
        return refused("A figure is recorded for this already. Say why it is revised.")
    return ALLOWED


# What is due


def periods_due(cadence: str, since: dt.date, on: dt.date) -> list[Period]:
    """The periods of a cadence, none begun before a day, that are over on another."""
    period = period_holding(since, cadence)
    if period.starts < since:
        period = next_period(period, cadence)
    found = []
    while period.ends < on:
        found.append(period)
        period = next_period(period, cadence)
    return found


def plain(number: Decimal) -> str:
    """A number as people write it: no exponent, no empty decimals."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
