"""How a standing reads: its word, and what has to be said beside it."""

from commitments.choices import StatusRule
from kit import marks
from monitoring.choices import Rating
from monitoring.queries.history import Standing

# The order in which a sorted column lists them: what needs a look comes first.
ORDER = {
    kind: place
    for place, kind in enumerate(
        (
            "missing",
            "red",
            "amber",
            "green",
            "paused",
            "stopped",
            "not_started",
            "complete",
            "nil",
            "exempt",
            "awaited",
        )
    )
}


def word(kind: str) -> str:
    """A rating, lifecycle or other standing as people say it."""
    return marks.rating(kind)["word"]


def notes(standing: Standing | None) -> list[str]:
    """What a reader has to know beside the word."""
    if standing is None:
        return []
    found = []
    if standing.gap:
        found.append(f"Overseer: {Rating(standing.overseer).label}")
    if standing.version and not standing.signed:
        found.append("Not signed off")
    if standing.reopened:
        found.append("Reopened")
    elif standing.version > 1:
        found.append(f"Version {standing.version}")
    if standing.was_missing and standing.version:
        found.append("Was missing, came in late")
    return found


def sentence(standing: Standing | None) -> str:
    """The word with its notes, for files: "Green (overseer: Amber, reopened)"."""
    if standing is None:
        return ""
    beside = [note[0].lower() + note[1:] for note in notes(standing)]
    return f"{word(standing.kind)} ({', '.join(beside)})" if beside else word(standing.kind)


def order(standing: Standing | None) -> int | None:
    """What a column of standings sorts by; no return comes last."""
    return None if standing is None else ORDER[standing.kind]


def unjudged(rule: str) -> str:
    """What stands where a commitment's measures give no status: because it is not to have one, or there is none yet."""
    return "Only counted, by its rule" if rule == StatusRule.NONE else "Not judged"
