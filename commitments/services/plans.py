"""The parts of a strategy: programmes, strands and commitments.

Each verb locks the strategy first, so that its state cannot change meanwhile, and asks the rule again.
"""

from typing import Any

from django.db import models, transaction

from commitments import rules
from commitments.models import Commitment, Programme, Strand, Strategy
from commitments.services.reasons import on_ledger
from kit import stale
from kit.verdict import Refusal, require
from people.actor import Actor

Part = Programme | Strand | Commitment


@transaction.atomic
def add(*, part: Part, strategy: Strategy, by: Actor, reason: str = "") -> Part:
    """Keep a new part of the strategy. Raises Refusal, or IntegrityError when its number is taken."""
    _open(strategy, by, reason)
    _check(part)
    with on_ledger(reason):
        part.save(force_insert=True)
    return part


@transaction.atomic
def change(*, part: Part, strategy: Strategy, values: dict[str, Any], seen: str, by: Actor, reason: str = "") -> Part:
    """Keep new values, unless somebody else changed the part since it was `seen`. Raises Refusal and Stale."""
    _open(strategy, by, reason)
    row = stale.current(part, values, seen)
    for name, value in values.items():
        setattr(row, name, value)
    _check(row)
    with on_ledger(reason):
        row.save(update_fields=list(values))
    return row


@transaction.atomic
def remove(*, part: Part, strategy: Strategy, by: Actor) -> None:
    """Take a part out of a draft. Raises Refusal when the strategy is no draft, or something hangs on the part."""
    row = Strategy.objects.select_for_update(of=("self",)).get(pk=strategy.pk)
    require(rules.may_remove(by, row))
    delete(part)


@transaction.atomic
def follow_return(*, commitment: Commitment, lifecycle: str, said_by: str) -> None:
    """Where the commitment is follows what its newest signed-off return says; a locked strategy stays as it was."""
    strategy = Strategy.objects.select_for_update(of=("self",)).get(pk=commitment.strategy_id)
    row = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    if strategy.is_locked or row.lifecycle == lifecycle:
        return
    row.lifecycle = lifecycle
    with on_ledger(f"Signed-off return: {said_by}"):
        row.save(update_fields=["lifecycle"])


def delete(record: models.Model) -> None:
    """Delete a record that nothing points at. Raises Refusal with what does."""
    try:
        record.delete()
    except models.ProtectedError as error:
        raise Refusal(
            f"Something still belongs to it: {_counted(error.protected_objects)}. Remove that first."
        ) from error


def _counted(records) -> str:
    """ "2 commitments, 1 strand"."""
    counts: dict[type, int] = {}
    for record in records:
        counts[type(record)] = counts.get(type(record), 0) + 1
    return ", ".join(
        f"{count} {model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural}"
        for model, count in counts.items()
    )


def _open(strategy: Strategy, by: Actor, reason: str) -> None:
    row = Strategy.objects.select_for_update(of=("self",)).get(pk=strategy.pk)
    require(rules.may_edit(by, row))
    require(rules.gives_reason(row, reason))


def _check(part: Part) -> None:
    if isinstance(part, Commitment):
        require(rules.different_posts(part))
        require(rules.fits_programme(part.strand, part.programme_id))
