"""Each amber and red return as it was signed off, and the commitments that have none."""

from typing import Any

from kit.clock import local_date
from kit.fields import in_words
from monitoring.choices import Outlook, Rating
from monitoring.models import ReturnVersion
from monitoring.presenters.days import listed
from monitoring.presenters.standings import order, word
from monitoring.queries.dashboard import Dashboard, Line

from .counts import WITHOUT

Data = dict[str, Any]
ASKED_FOR = (Rating.RED, Rating.AMBER)
NOT_SAID = "Not said in the return."
WHY = {"missing": "Not submitted when the round closed.", "awaited": "Not signed off yet."} | {
    "nil": "The lead confirmed that there is nothing to report."
}


def of(board: Dashboard) -> list[Data]:
    """Red before amber, then in the order of the plan."""
    found = [line for line in board.lines if line.now and line.now.kind in ASKED_FOR]
    return [_return(board, line) for line in sorted(found, key=_place)]


def without(board: Dashboard) -> list[list[str]]:
    """Commitment, key, word and why, of those without a rating or a lifecycle that is signed off."""
    found = [line for line in board.lines if line.now and line.now.kind in WITHOUT]
    return [
        [str(line.commitment), line.now.kind, word(line.now.kind), _why(line)] for line in sorted(found, key=_place)
    ]


def _place(line: Line) -> tuple[int, int]:
    return order(line.now), line.commitment.number


def _why(line: Line) -> str:
    return line.row.exempt_reason if line.now.kind == "exempt" else WHY[line.now.kind]


def _return(board: Dashboard, line: Line) -> Data:
    version = line.row.shown_versions[0]
    said = [
        ["Ratings", _ratings(line, version)],
        ["What changed", _changed(board, line, version)],
        ["Why", version.rating_reason or NOT_SAID],
        ["Path to green", version.path_to_green or NOT_SAID],
        ["Green by", in_words(version.green_by) if version.green_by else NOT_SAID],
        ["Help needed", version.help_needed or NOT_SAID],
        ["Lead", _who(version.lead_post_title, version.lead_name)],
        ["Signed off by", _signed(version)],
        [board.strategy.programme_label, str(line.commitment.programme)],
    ]
    if version.overseer_comment:
        said.insert(6, ["Overseer’s comment", version.overseer_comment])
    return {
        "commitment": str(line.commitment),
        "url": line.commitment.get_absolute_url(),
        "rating": [line.now.kind, word(line.now.kind)],
        "said": said,
    }


def _ratings(line: Line, version: ReturnVersion) -> str:
    """What the lead, the overseer and the measures say, apart."""
    said = [f"The lead says {word(line.now.kind).lower()}"]
    if version.overseer_rating:
        said.append(f"the overseer says {word(version.overseer_rating).lower()}")
    if line.measures:
        said.append(f"the measures say {word(line.measures).lower()}")
    return f"{listed(said)}."


def _changed(board: Dashboard, line: Line, version: ReturnVersion) -> str:
    """From the round before to this one, where it is heading, and a date that moved with its reason."""
    said = [_moved(board, line)]
    if version.outlook:
        said.append(f"Outlook: {Outlook(version.outlook).label.lower()}.")
    if version.expected_on and version.expected_was and version.expected_on != version.expected_was:
        why = f": {version.date_reason.strip()}" if version.date_reason.strip() else "."
        said.append(f"Completion moved from {in_words(version.expected_was)} to {in_words(version.expected_on)}{why}")
    if line.now.reopened:
        said.append("It was reopened since.")
    return " ".join(said)


def _moved(board: Dashboard, line: Line) -> str:
    now = word(line.now.kind)
    if board.before is None:
        return f"{now} in the first round."
    if line.before is None:
        return f"{now}; no return was expected in {board.before.label}."
    if line.before.kind == line.now.kind:
        return f"{now}, as in {board.before.label}."
    return f"{now}; it was {word(line.before.kind).lower()} in {board.before.label}."


def _signed(version: ReturnVersion) -> str:
    who = _who(version.overseer_post_title, version.overseer_name)
    return f"{who}, {in_words(local_date(version.signed_off_at))}"


def _who(post: str, name: str) -> str:
    return f"{post} ({name})" if name else post
