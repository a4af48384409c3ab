"""Who may run boards, and when. Pure questions: the answer says why not, in a sentence."""

from kit.verdict import ALLOWED, Verdict, refused
from people.actor import Actor
from people.models import Role

KEEPERS = (Role.SECRETARIAT, Role.ADMINISTRATOR)


def may_run_boards(actor: Actor) -> Verdict:
    """Make boards, keep their terms, members and meetings."""
    return ALLOWED if actor.has(*KEEPERS) else refused("The secretariat runs the boards.")
