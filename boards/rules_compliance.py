"""Who may read how all boards keep to their terms. Pure questions: the answer says why not, in a sentence."""

from boards.querysets import SEE_ALL_BOARDS
from kit.verdict import ALLOWED, Verdict, refused
from people.actor import Actor


def may_read_assurance(actor: Actor) -> Verdict:
    """All boards at a glance. One board’s own record is for everybody who sees the board."""
    if actor.has(*SEE_ALL_BOARDS):
        return ALLOWED
    return refused("The secretariat, auditors and administrators read all boards together.")
