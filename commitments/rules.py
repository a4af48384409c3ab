"""Who may change a plan, and when. Pure questions: the answer says why not, in a sentence."""

import datetime as dt
from collections.abc import Iterable

from commitments.choices import Lifecycle, StrategyState
from commitments.models import Commitment, Measure, Strand, Strategy
from kit.fields import in_words, lower_first
from kit.verdict import ALLOWED, Verdict, refused
from people.actor import Actor
from people.mandate import Mandate
from people.models import Role

KEEPERS = (Role.STRATEGY_TEAM, Role.ADMINISTRATOR)
STANDS = (StrategyState.APPROVED, StrategyState.IN_FORCE)


def may_keep_plans(actor: Actor, mandate: Mandate | None = None) -> Verdict:
    """Make strategies and change what they promise; where a board has decided it, whoever records the decision."""
    return ALLOWED if mandate or actor.has(*KEEPERS) else refused("The strategy team keeps the plan.")


def may_edit(actor: Actor, strategy: Strategy) -> Verdict:
    """Change the strategy or anything in it, as long as it is not closed or superseded."""
    if not (verdict := may_keep_plans(actor)):
        return verdict
    if strategy.is_locked:
        return refused(locked_sentence(strategy))
    return ALLOWED


def locked_sentence(strategy: Strategy) -> str:
    """Why nothing in a closed or superseded strategy can be changed."""
    return f"{strategy} is {_state(strategy)}. What it promised stays as it was."


def asks_reason(strategy: Strategy) -> bool:
    """A draft may be changed freely; what was approved is changed with a reason that goes on the ledger."""
    return strategy.state in STANDS


def gives_reason(strategy: Strategy, reason: str) -> Verdict:
    """Refused when a reason is asked and none is given."""
    if asks_reason(strategy) and not reason.strip():
        return refused(f"{strategy} is {_state(strategy)}. Say why you are changing it.")
    return ALLOWED


def may_remove(actor: Actor, strategy: Strategy) -> Verdict:
    """Only a draft loses parts; what was approved once stays on the record."""
    if not (verdict := may_edit(actor, strategy)):
        return verdict
    if strategy.state != StrategyState.DRAFT:
        return refused(f"{strategy} is {_state(strategy)}. Only parts of a draft can be removed.")
    return ALLOWED


def may_edit_measure(actor: Actor, strategies: Iterable[Strategy]) -> Verdict:
    """A measure, with its targets, that also supports a locked strategy stays as that strategy had it."""
    if not (verdict := may_keep_plans(actor)):
        return verdict
    for strategy in strategies:
        if strategy.is_locked:
            return refused(
                f"This measure also belongs to {strategy}, which is {_state(strategy)}. Add a new measure instead."
            )
    return ALLOWED


def follows_definition(measure: Measure, applies_from: dt.date) -> Verdict:
    """A new definition applies from a later day than the one that is there: what came before keeps its own."""
    newest = max(measure.versions.all(), key=lambda version: version.number)
    if newest.applies_from is not None and applies_from < newest.applies_from:
        return refused(
            f"The present definition applies from {in_words(newest.applies_from)}. Choose that day or a later one."
        )
    return ALLOWED


# The doors between states


def may_approve(actor: Actor, strategy: Strategy, commitments: int, mandate: Mandate | None = None) -> Verdict:
    """A draft that promises something."""
    if not (verdict := may_keep_plans(actor, mandate)):
        return verdict
    if strategy.state != StrategyState.DRAFT:
        return refused(f"{strategy} is {_state(strategy)}. Only a draft can be approved.")
    if not commitments:
        word = lower_first(strategy.commitment_label)
        return refused(f"It promises nothing yet. Add at least one {word} before it is approved.")
    return ALLOWED


def may_complete(actor: Actor, commitment: Commitment, mandate: Mandate | None = None) -> Verdict:
    """Close a commitment as kept: one of a strategy in force that is not complete or stopped already."""
    if not (verdict := may_keep_plans(actor, mandate)):
        return verdict
    strategy = commitment.strategy
    if strategy.is_locked:
        return refused(locked_sentence(strategy))
    if strategy.state != StrategyState.IN_FORCE:
        return refused(f"{strategy} is {_state(strategy)}. Only commitments of a strategy in force can be closed.")
    if commitment.lifecycle in (Lifecycle.COMPLETE, Lifecycle.STOPPED):
        return refused(f"“{commitment}” is {commitment.get_lifecycle_display().lower()} already.")
    return ALLOWED


def may_bring_into_force(actor: Actor, strategy: Strategy) -> Verdict:
    """An approved strategy."""
    if not (verdict := may_keep_plans(actor)):
        return verdict
    if strategy.state != StrategyState.APPROVED:
        return refused(f"{strategy} is {_state(strategy)}. Only an approved strategy can be brought into force.")
    return ALLOWED


def may_close(actor: Actor, strategy: Strategy) -> Verdict:
    """A strategy in force. It cannot be opened again."""
    if not (verdict := may_keep_plans(actor)):
        return verdict
    if strategy.state != StrategyState.IN_FORCE:
        return refused(f"{strategy} is {_state(strategy)}. Only a strategy in force can be closed.")
    return ALLOWED


def may_supersede(actor: Actor, strategy: Strategy, successors: Iterable[Strategy]) -> Verdict:
    """A strategy in force, once one that names it as predecessor is in force."""
    if not (verdict := may_keep_plans(actor)):
        return verdict
    if strategy.state != StrategyState.IN_FORCE:
        return refused(f"{strategy} is {_state(strategy)}. Only a strategy in force can be superseded.")
    if not any(successor.state == StrategyState.IN_FORCE for successor in successors):
        return refused(f"No strategy in force names {strategy} as the one it follows.")
    return ALLOWED


# What fits together


def may_follow(strategy: Strategy, predecessor: Strategy | None) -> Verdict:
    """No strategy follows itself, nor one that follows it."""
    earlier, seen = predecessor, set()
    while earlier is not None and earlier.pk not in seen:
        if earlier.pk == strategy.pk:
            return refused(
                "A strategy cannot be its own predecessor."
                if earlier is predecessor
                else f"{predecessor} follows this strategy, so this one cannot follow it."
            )
        seen.add(earlier.pk)
        earlier = earlier.predecessor
    return ALLOWED


def different_posts(commitment: Commitment) -> Verdict:
    """Nobody oversees what they lead."""
    if commitment.lead_post_id == commitment.overseer_post_id:
        return refused("The lead and the overseer must be different posts.")
    return ALLOWED


def fits_programme(strand: Strand | None, programme_id: int) -> Verdict:
    """A commitment's strand belongs to the commitment's programme."""
    if strand is not None and strand.programme_id != programme_id:
        return refused(f"“{strand}” does not belong to the programme you chose.")
    return ALLOWED


def _state(strategy: Strategy) -> str:
    return {"draft": "a draft"}.get(strategy.state, strategy.get_state_display().lower())
