"""How decisions read: in the register, on their page, in the room. Asks nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from boards.choices_records import DecisionKind
from boards.models import Decision, DecisionAct
from boards.presenters.crumbs import Crumbs, crumbs
from boards.queries.decisions import UNRATIFIED, WITHDRAWN, DecisionPage
from kit.diff import Segment, word_diff
from kit.fields import in_words
from kit.tables import Cell, Column, Table

LOOKS = {
    DecisionKind.APPROVED: "good",
    DecisionKind.REJECTED: "neutral",
    DecisionKind.DEFERRED: "warn",
    DecisionKind.NOTED: "outline",
    DecisionKind.REFERRED: "accent",
}
STANDINGS = [("", "All"), (UNRATIFIED, "Subject to ratification"), (WITHDRAWN, "Withdrawn")]
LONGEST = 240
VERBS = {"recorded": "Recorded", "corrected": "Corrected", "withdrawn": "Withdrawn"}


@dataclass(frozen=True)
class Tag:
    """A word with its look, for kit/tag.html."""

    word: str
    look: str
    shape: str = ""


@dataclass(frozen=True)
class Step:
    """Something that happened to a decision; `diff` are the words that changed."""

    title: str
    who: str
    when: object
    reason: str
    diff: Sequence[Segment] = ()


def tag(kind: str) -> Tag:
    """The outcome as a word. Only what is wrong is red, and a rejection is not."""
    return Tag(DecisionKind(kind).label, LOOKS[DecisionKind(kind)])


def standing(decision: Decision) -> str:
    """What a reader must know of it besides its words; empty for a decision that simply stands."""
    if decision.withdrawn_at:
        return "Withdrawn"
    if decision.needs_ratification:
        return f"Ratified by {decision.ratified_in}" if decision.ratified_in else "Subject to ratification"
    return ""


def as_decision(recommendation: str) -> str:
    """A recommendation in the words of a decision: "That the board approves it." becomes "The board approves it."."""
    text = recommendation.strip()
    if text[:5] != "That " or len(text) < 7:
        return text
    return text[5].upper() + text[6:]


def differs(decision: Decision) -> bool:
    """Whether the board decided other words than were recommended."""
    return bool(decision.seeded_from) and decision.text.strip() not in (
        decision.seeded_from.strip(),
        as_decision(decision.seeded_from),
    )


def table(request: HttpRequest, decisions: Iterable[Decision]) -> Table:
    """The register, sorted on the server."""
    return Table(
        request,
        caption="Decisions",
        columns=COLUMNS,
        rows=decisions,
        name="decisions",
        empty_text="No decision matches. Clear the filter to see them all.",
    )


def register_crumbs(*last: tuple[str, str]) -> Crumbs:
    """From the register."""
    return crumbs(("Decisions", reverse("boards:decisions")), *last)


def steps(acts: Sequence[DecisionAct], now: str) -> list[Step]:
    """What happened to a decision, newest first; a correction shows what it changed in the words."""
    found, after = [], now
    for act in acts:
        changed = act.verb == "corrected" and act.before != after
        found.append(
            Step(
                title=_title(act),
                who=f"{act.by_name} ({act.post_title})" if act.post_title else act.by_name,
                when=act.at,
                reason=act.reason,
                diff=word_diff(act.before, after) if changed else (),
            )
        )
        after = act.before or after
    return found


def next_step(page: DecisionPage) -> str:
    """What has to happen to it next."""
    decision = page.decision
    if decision.withdrawn_at:
        return "None. It was recorded in error and keeps its number"
    if decision.needs_ratification and page.ratified_by is None:
        return "A quorate meeting of the board ratifies it"
    open_ones = sum(action.state != "closed" for action in page.actions)
    if open_ones:
        return "1 action is to be done" if open_ones == 1 else f"{open_ones} actions are to be done"
    return "None"


def _title(act: DecisionAct) -> str:
    word = VERBS.get(act.verb, act.verb.capitalize())
    if act.from_state and act.from_state != act.to_state:
        return f"{word}: {DecisionKind(act.from_state).label} became {DecisionKind(act.to_state).label}"
    return word


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


COLUMNS = [
    Column(
        "reference",
        "Reference",
        lambda row: Cell(row.reference, url=row.get_absolute_url(), kind="date"),  # never broken over two lines
        lambda row: (row.board.code, row.year, row.number),
        plain=lambda row: row.reference,
    ),
    Column(
        "day",
        "Meeting",
        lambda row: Cell(in_words(row.meeting.day), kind="date", note=row.board.title),
        lambda row: row.meeting.starts_at,
        file=(
            Column("board", "Board", lambda row: Cell(row.board.title)),
            Column("on", "Day", lambda row: Cell(row.meeting.day.isoformat())),
        ),
    ),
    Column(
        "text",
        "Decision",
        lambda row: Cell(_shortened(row.text), note=row.item.title),
        file=(
            Column("item", "Item", lambda row: Cell(row.item.title)),
            Column("words", "Decision", lambda row: Cell(row.text)),
        ),
    ),
    Column("kind", "Outcome", lambda row: Cell(row.get_kind_display()), lambda row: row.get_kind_display()),
    Column(
        "standing",
        "Standing",
        lambda row: Cell(standing(row), note=" ".join(each.sentence for each in row.effects.all())),
        standing,
        file=(
            Column("how", "Standing", lambda row: Cell(standing(row))),
            Column("did", "Carried out", lambda row: Cell(" ".join(each.sentence for each in row.effects.all()))),
        ),
    ),
]
