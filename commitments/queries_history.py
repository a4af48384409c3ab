"""The history of a strategy, a commitment and a measure: which rows of the ledger belong to it, removed ones too."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Model, Q

from commitments.facts import facts_of_measure, nearness, unit_judged
from commitments.models import (
    Commitment,
    CommitmentAct,
    CommitmentMeasure,
    Measure,
    Programme,
    Strand,
    Strategy,
    StrategyAct,
    Target,
)
from commitments.targets import MeasureFacts, describe
from kit.history import Of, Reader, Source, Texts, Wanted, ever, ledger_of, texts_of
from people import queries_history
from people.actor import Actor

LINK = frozenset({"commitment", "order"})


def reader_for(actor: Actor) -> Reader:
    """What the actor may be told: a strategy out of their reach is not named."""

    def names(wanted: Wanted) -> Texts:
        texts = texts_of(wanted, within={Strategy: Strategy.objects.visible_to(actor)})
        unseen = dict.fromkeys(wanted.get(Strategy, ()), "A draft that you cannot see")
        return {**texts, Strategy: unseen | texts.get(Strategy, {})}

    return replace(queries_history.reader_for(actor), names=names)


def of_strategy(strategy: Strategy) -> list[Source]:
    """The strategy with its steps and main parts, and which commitments were added and removed. Five queries."""
    given = frozenset({"strategy"})
    programmes = ledger_of(Programme).filter(strategy=strategy.pk).order_by().values("pgh_obj_id")
    commitments = ever(Commitment, strategy=strategy.pk).exclude(pgh_label="update")
    return [
        Source(StrategyAct, "Strategy", ledger_of(StrategyAct).filter(strategy=strategy.pk), _nothing, act=True),
        Source(Strategy, "Strategy", ledger_of(Strategy).filter(pgh_obj_id=strategy.pk), _title),
        Source(Programme, strategy.programme_label, ever(Programme, strategy=strategy.pk), _numbered, given=given),
        Source(Strand, strategy.strand_label, ever(Strand, programme__in=programmes), _title),
        Source(Commitment, strategy.commitment_label, commitments, _numbered, given=given, brief=True),
    ]


def of_commitment(commitment: Commitment) -> list[Source]:
    """The commitment with its closing, which measures support it, and what was removed with one. Five queries."""
    word = commitment.strategy.commitment_label
    links = ever(CommitmentMeasure, commitment=commitment.pk)
    measures = links.order_by().values("measure")
    gone = Q(pgh_label="delete")
    plain = {"params": _particulars}
    return [
        Source(CommitmentAct, word, ledger_of(CommitmentAct).filter(commitment=commitment.pk), _nothing, act=True),
        Source(
            Commitment,
            word,
            ledger_of(Commitment).filter(pgh_obj_id=commitment.pk),
            _numbered,
            given=frozenset({"strategy"}),
        ),
        Source(CommitmentMeasure, "Link to a measure", links, lambda of: of("measure"), given=LINK | {"measure"}),
        Source(Measure, "Measure", ledger_of(Measure).filter(gone, pgh_obj_id__in=measures), _title),
        Source(
            Target, "Target", ledger_of(Target).filter(gone, measure__in=measures), _code, given=_TARGET, words=plain
        ),
    ]


def of_measure(measure: Measure) -> list[Source]:
    """The measure and its targets, which are read as the measure's groups are called today. Three queries at most."""
    facts = facts_of_measure(measure)
    words = {"params": partial(_reading, facts), "tolerance": partial(_nearness, facts)}
    return [
        Source(Measure, "Measure", ledger_of(Measure).filter(pgh_obj_id=measure.pk), _title),
        Source(Target, "Target", ever(Target, measure=measure.pk), _code, given=_TARGET, words=words),
    ]


def _reading(facts: MeasureFacts, event: Model) -> str:
    """What the machine read in the particulars; where it could not read them, they themselves."""
    try:
        return describe(event.kind, event.params, facts)
    except ValueError:
        return _particulars(event)


def _particulars(event: Model) -> str:
    return _listed(event.params, "; ")


def _listed(value: Any, between: str = ", ") -> str:
    if isinstance(value, dict):
        return between.join(f"{name.replace('_', ' ')}: {_listed(each)}" for name, each in value.items())
    return ", ".join(map(_listed, value)) if isinstance(value, list) else str(value)


def _nearness(facts: MeasureFacts, event: Model) -> str:
    if not event.kind:
        return f"{event.tolerance.normalize():,f}"
    return nearness(event.tolerance, unit_judged(event.kind, facts))


_TARGET = frozenset({"measure", "order"})


def _nothing(of: Of) -> str:
    return ""


def _title(of: Of) -> str:
    return of("title")


def _numbered(of: Of) -> str:
    return f"{of('number')}. {of('title')}"


def _code(of: Of) -> str:
    return of("code")
