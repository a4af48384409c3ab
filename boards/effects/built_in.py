"""The effects that boards know from the start. Imported once, when the application starts."""

from . import minutes, plans, ratification, terms
from .kinds import register

for effect in (
    minutes.CONFIRM_MINUTES,
    plans.APPROVE_STRATEGY,
    terms.APPROVE_TERMS,
    plans.CLOSE_COMMITMENT,
    ratification.RATIFY_DECISION,
):
    register(effect)
