"""Closing a commitment as kept: the door that a board's decision opens too."""

import datetime as dt

from django.db import transaction

from commitments import rules
from commitments.choices import Lifecycle
from commitments.models import Commitment, CommitmentAct, Strategy
from commitments.services.reasons import on_ledger
from kit.verdict import require
from people.actor import Actor
from people.mandate import Mandate
from people.services.acts import stamp


@transaction.atomic
def complete(
    *, commitment: Commitment, by: Actor, at: dt.datetime, reason: str = "", mandate: Mandate | None = None
) -> Commitment:
    """It is kept, and no longer under way: by the strategy team or by decision of a board. Raises Refusal."""
    Strategy.objects.select_for_update(of=("self",)).get(pk=commitment.strategy_id)
    row = Commitment.objects.select_for_update(of=("self",)).select_related("strategy").get(pk=commitment.pk)
    require(rules.may_complete(by, row, mandate))
    reason = mandate.sentence if mandate else reason
    was, row.lifecycle = row.lifecycle, Lifecycle.COMPLETE
    with on_ledger(reason):
        row.save(update_fields=["lifecycle"])
    CommitmentAct.objects.create(
        commitment=row, verb="completed", from_state=was, to_state=row.lifecycle, at=at, reason=reason, **stamp(by)
    )
    return row
