"""The kinds of target, by name: what a form offers, how parameters are read, and how a target is judged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import ModuleType

from . import wording
from .judging import Case
from .kinds import all_of
from .series import Series
from .trajectory import SHAPES
from .types import MeasureFacts, Outcome, Point, TargetFacts, Verdict


@dataclass(frozen=True, slots=True)
class Kind:
    """parse raises ValueError with a sentence that names the parameter and what would be accepted.

    describe takes what parse gave, and raises ValueError where it does not fit the measure.
    """

    name: str
    label: str
    parse: Callable[[Mapping[str, object]], object]
    describe: Callable[[object, MeasureFacts], str]
    evaluate: Callable[[object, Case], Outcome]


LABELS = {
    "reach_level": "Reach a level",
    "change_from_baseline": "Change from a baseline",
    "year_on_year": "Change year on year",
    "gap_at_most": "A gap of at most so many points",
    "gap_change": "A gap narrower than its baseline",
    "group_at_least_as_good": "A group at least as good as another",
    "per_unit_per_year": "So many in each unit each year",
    "full_coverage": "Full coverage",
    "set_a_baseline": "Set a baseline",
    "all_of": "Several conditions together",
}


def _kind(name: str, module: ModuleType) -> Kind:
    return Kind(name, LABELS[name], module.parse, module.describe, module.evaluate)


KINDS = {name: _kind(name, module) for name, module in {**all_of.SIMPLE, "all_of": all_of}.items()}


def kind_of(name: str) -> Kind:
    """Raises ValueError for a kind that there is not."""
    if name not in KINDS:
        raise ValueError(f"kind is “{name}”. It must be one of {', '.join(KINDS)}.")
    return KINDS[name]


def parse(kind: str, params: Mapping[str, object]) -> object:
    """The reading, a frozen dataclass of the kind. Raises ValueError."""
    return kind_of(kind).parse(params)


def describe(kind: str, params: Mapping[str, object], measure: MeasureFacts) -> str:
    """The machine's reading of a target, as a sentence. Raises ValueError where it cannot be read, or fits ill."""
    found = kind_of(kind)
    return found.describe(found.parse(params), measure)


def evaluate(
    target: TargetFacts,
    measure: MeasureFacts,
    points: Sequence[Point] | Series,
    on: date,
    hidden: frozenset[str] = frozenset(),
) -> Outcome:
    """The verdict on a day, of the points whose period had ended by then. The rules are told in verdicts.py.

    Several targets of one measure, or several days: make one Series and give it as the points.
    Raises ValueError for a target that cannot be read or does not fit the measure.
    """
    kind = kind_of(target.kind)
    reading = kind.parse(target.params)
    if target.trajectory not in SHAPES:
        raise ValueError(f"trajectory is “{target.trajectory}”. It must be one of {', '.join(SHAPES)}.")
    if target.starts is not None and target.starts > on:
        sentence = f"Not yet due: it applies from {wording.day(target.starts)}."
        return Outcome(Verdict.NOT_DUE, None, None, sentence)
    series = points if isinstance(points, Series) else Series(measure, points)
    case = Case(target, measure, series, on, hidden)
    outcome = kind.evaluate(reading, case)
    return _with_its_date(outcome, kind, reading, case)


def _with_its_date(outcome: Outcome, kind: Kind, reading: object, case: Case) -> Outcome:
    """The newest figure decides; where it is newer than the due date, the sentence tells how it was on the date."""
    due_on = case.target.due_on
    if due_on is None or outcome.period is None or outcome.period[1] <= due_on:
        return outcome
    then = kind.evaluate(reading, replace(case, on=due_on)).verdict
    if outcome.verdict is Verdict.MET and then is not Verdict.MET:
        return replace(outcome, sentence=f"{outcome.sentence} That was after its date.")
    if outcome.verdict is not Verdict.MET and then is Verdict.MET:
        return replace(outcome, sentence=f"{outcome.sentence} It was met on its date.")
    return outcome
