"""Who may build, circulate and open a pack, and when. Pure questions: the answer says why not, in a sentence."""

import datetime as dt
from collections.abc import Mapping, Sequence

from boards.choices_papers import BuildState
from boards.models import Meeting, PackBuild, PackEdition
from boards.querysets import SEE_ALL_BOARDS
from boards.rules import may_run_boards
from boards.rules_meetings import may_be_planned
from kit.verdict import ALLOWED, Verdict, refused
from people.actor import Actor

UNDER_WAY = (BuildState.WAITING, BuildState.BUILDING)
SILENCE = dt.timedelta(minutes=2)
DIED = "The building stopped without a word, and nothing came of it. Build the pack again."


def may_build(actor: Actor, meeting: Meeting) -> Verdict:
    """Build the pack of a meeting to come."""
    if not (verdict := may_run_boards(actor)):
        return verdict
    return may_be_planned(meeting)


def may_circulate(actor: Actor, meeting: Meeting, edition: PackEdition) -> Verdict:
    """Send an edition that was built and has not gone out."""
    if not (verdict := may_build(actor, meeting)):
        return verdict
    if edition.circulated_at is not None:
        return refused(f"Edition {edition.number} was circulated already. Build the next one to change something.")
    return ALLOWED


def runs_or_checks(actor: Actor) -> bool:
    """Whether they read every file of every edition."""
    return actor.has(*SEE_ALL_BOARDS)


def may_open(actor: Actor, *, is_recipient: bool, now: Mapping[int, int], inside: Mapping[int, int]) -> Verdict:
    """Open a file: those it was sent to, as long as they see at least what is in it. `now` is what they see today.

    An item that has been taken off the agenda since is no reason against it.
    """
    if runs_or_checks(actor):
        return ALLOWED
    if not is_recipient:
        return refused("This pack was not sent to you.")
    if any(sight > now[key] for key, sight in inside.items() if key in now):
        return refused(
            "This copy holds something that is no longer put before you. Ask the secretariat for a copy that is yours."
        )
    return ALLOWED


def has_died(build: PackBuild, now: dt.datetime) -> bool:
    """Whether a building that should be going on has said nothing for too long."""
    return build.state in UNDER_WAY and abs(now - build.alive_at) > SILENCE


def is_fit(
    *, readers: int, stale: Sequence[str], left_out: Sequence[str], sure_of_stale: bool, sure_of_problems: bool
) -> Verdict:
    """Whether an edition may go out as it is, or only when somebody says that they know."""
    if not readers:
        return refused("Nobody would get this pack: nobody sits on the board on that day. Add its members first.")
    if stale and not sure_of_stale:
        return refused(f"The pack is out of date. {stale[0]} Build it again, or confirm that it goes out as it is.")
    if left_out and not sure_of_problems:
        return refused(f"Something is missing from the pack. {left_out[0]} Mend it, or confirm that it goes out so.")
    return ALLOWED
