"""Loads the records of the example by the services that people use, on their days.

Papers, packs, what was decided and agreed, minutes, actions and referrals; each part has a module of its own.
"""

from boards.models import Decision, Paper, Referral
from stride import demonstration_papers, demonstration_referrals, demonstration_room
from stride.demonstration_kept import Kept
from stride.demonstration_steps import Step

PARTS = (demonstration_papers, demonstration_room, demonstration_referrals)


def is_loaded() -> bool:
    """Whether the example's papers, decisions and referrals are there."""
    return all(model.objects.exists() for model in (Paper, Decision, Referral))


def steps() -> list[Step]:
    """Everything that happens to records, each with its moment. Raises nothing; playing it raises Refusal."""
    kept = Kept()
    return [step for part in PARTS for step in part.steps(kept)]
