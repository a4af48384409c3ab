"""Each amber and red return as it was signed off, and the commitments that have none."""

import datetime as dt
from typing import Any

from kit.clock import local_date
from kit.fields import in_words
from monitoring.choices import Outlook, Rating
from monitoring.models import ReturnVersion
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
        ["What changed", _changed(board, line, version)],
        ["Why", version.rating_reason or NOT_SAID],
        ["Path to green", version.path_to_green or NOT_SAID],
        ["Green by", in_words(version.green_by) if version.green_by else NOT_SAID],
        ["Help needed", version.help_needed or NOT_SAID],
        ["Lead", _who(version.lead_post_title, version.lead_name)],
        ["Signed off by", _signed(version)],
    ]
    if version.overseer_comment:
        said.insert(5, ["Overseer’s comment", version.overseer_comment])
    return {
        "commitment": str(line.commitment),
        "programme": str(line.commitment.programme),
        "url": line.commitment.get_absolute_url(),
        "rating": [line.now.kind, word(line.now.kind)],
        "overseer": _rated(version.overseer_rating),
        "measures": _rated(line.measures.value if line.measures else ""),
        "said": said,
    }


def _rated(key: str) -> list[str]:
    return [key, word(key)] if key else ["", ""]


def _changed(board: Dashboard, line: Line, version: ReturnVersion) -> str:
    """From the round before to this one, where it is heading, and a date that moved with its reason."""
    said = [_moved(board, line)]
    if version.outlook:
        said.append(f"Outlook: {Outlook(version.outlook).label.lower()}.")
    if version.expected_on and version.expected_was and version.expected_on != version.expected_was:
        why = f": {version.date_reason.strip()}" if version.date_reason.strip() else "."
        said.append(f"Completion moved from {_day(version.expected_was)} to {_day(version.expected_on)}{why}")
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


def _day(day: dt.date) -> str:
    return in_words(day)
