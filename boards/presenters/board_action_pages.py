"""How the log, the page of an action and a chase read. Asks nothing."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from boards import rules_actions as rules
from boards.action_standing import DUE_NOW, Standing, standing
from boards.presenters.board_actions import Row, row, stands
from boards.presenters.crumbs import Crumbs
from boards.presenters.crumbs import crumbs as from_boards
from boards.queries.action_chasing import Chase, Owner
from boards.queries.board_actions import Line
from kit.fields import in_words
from kit.tables import Cell, Column, Table
from kit.working_days import listed
from people.actor import Actor

VERBS = {
    "updated": "Update",
    "moved": "Date moved",
    "taken_up": "Taken up again",
    "reassigned": "Given to somebody else",
    "proposed": "Closure proposed",
    "kept_open": "Kept open by the board",
    "closed": "Closed by the board",
    "chased": "Owner reminded",
}
WHICH = [
    ("", "Not closed"),
    ("now", "Due now"),
    (Standing.OVERDUE, "Overdue"),
    (Standing.AHEAD, "Due later"),
    (Standing.PARKED, "Parked"),
    (Standing.PROPOSED, "Proposed for closure"),
    ("silent", "No update since the last meeting"),
    (Standing.CLOSED, "Closed"),
]


@dataclass(frozen=True)
class Door:
    """A button or link of the page of an action; the first is the likeliest."""

    label: str
    url: str


@dataclass(frozen=True)
class Listed:
    """A line of the log with its words."""

    line: Line
    row: Row
    standing: Standing


def crumbs(*last: tuple[str, str]) -> Crumbs:
    """From the log."""
    return from_boards(("Actions", reverse("boards:actions")), *last)


def next_step(line: Line, actor: Actor) -> str:
    """What has to happen to the action next, in a sentence."""
    action = line.action
    match standing(action, actor.on):
        case Standing.CLOSED:
            return f"None. The board closed it on {in_words(action.closed_on)}"
        case Standing.PROPOSED:
            return "The board decides whether it is closed"
        case Standing.PARKED:
            return f"None until {in_words(action.parked_until)}, when it comes back by itself"
    if line.holding is None:
        return f"Say who holds the post of {action.owner_post}"
    if rules.is_owner(actor, action):
        return "Say how it stands, or propose to close it when it is done"
    return f"{line.holding.person.name} says how it stands, or proposes to close it"


def doors(line: Line, actor: Actor) -> list[Door]:
    """What the reader may do, the likeliest first; drawn and withheld by the rules that the doors ask."""
    action = line.action
    proposed = bool(rules.may_keep_open(actor, action))
    steer = bool(rules.may_steer(actor, action))
    park = "Change until when it is parked" if action.parked_until else "Park it until a day"
    mine = rules.is_owner(actor, action)
    propose = (bool(rules.may_propose(actor, action)), "Propose to close it", "propose")
    say = (bool(rules.may_update(actor, action)), "Say how it stands", "update")
    found = [
        (proposed, "Record that the board closed it", "close"),
        (proposed, "The board keeps it open", "keep_open"),
        *((propose, say) if mine and not line.is_silent else (say, propose)),
        (steer, "Move the due date", "move"),
        (steer, park, "park"),
        (steer, "Give it to another post", "assign"),
        (bool(rules.may_close(actor, action)) and not proposed, "Record that the board closed it", "close"),
    ]
    return [Door(label, reverse(f"boards:action_{name}", args=[action.pk])) for may, label, name in found if may]


def history(line: Line) -> list[dict]:
    """What happened to it, for a timeline, newest first."""
    return [
        {
            "title": VERBS.get(act.verb, act.verb.capitalize()),
            "who": f"{act.by_name} ({act.post_title})" if act.post_title else act.by_name,
            "when": act.at,
            "text": "\n".join(filter(None, (f"{act.detail}." if act.detail else "", act.reason))),
            "url": "",
        }
        for act in line.acts
    ]


def listed_lines(lines: Iterable[Line], on: dt.date) -> list[Listed]:
    """The lines with their words, as they stand on the day."""
    return [Listed(line, row(line, on), standing(line.action, on)) for line in lines]


def narrowed(lines: Iterable[Listed], which: str) -> list[Listed]:
    """Those of one of WHICH."""
    kept: dict[str, Callable[[Listed], bool]] = {
        "": lambda each: each.standing != Standing.CLOSED,
        "now": lambda each: each.standing in DUE_NOW,
        "silent": lambda each: bool(each.row.silent),
    }
    return [each for each in lines if kept.get(which, lambda each: each.standing == which)(each)]


def counts(lines: Iterable[Listed]) -> str:
    """ "12 open: 3 overdue, 1 parked. 2 proposed for closure."."""
    found = [each.standing for each in lines]
    late, parked, proposed = (found.count(kind) for kind in (Standing.OVERDUE, Standing.PARKED, Standing.PROPOSED))
    opened = sum(kind not in (Standing.CLOSED, Standing.PROPOSED) for kind in found)
    among = ", ".join(filter(None, (f"{late} overdue" if late else "", f"{parked} parked" if parked else "")))
    first = f"{opened} open: {among}." if among else f"{opened} open."
    return f"{first} {proposed} proposed for closure." if proposed else first


def table(request: HttpRequest, rows: Sequence[Listed], *, caption: str, name: str, sort: str = "") -> Table:
    """The log. Its file has every fact in a column of its own."""
    boards = {each.line.action.board_id for each in rows}

    def came_from(each: Listed) -> str:
        """With its board where there are several."""
        minute = each.row.minute
        return f"{each.line.action.board.title}, {minute}" if len(boards) > 1 else minute[:1].upper() + minute[1:]

    columns = [
        Column(
            "reference",
            "Action",
            lambda each: Cell(each.row.reference, url=each.row.url, note=came_from(each)),
            lambda each: (each.line.action.board.code, each.line.action.year, each.line.action.number),
            file=(
                _plain("reference", "Action", lambda each: each.row.reference),
                _plain("board", "Board", lambda each: each.line.action.board.title),
                _plain("minute", "Came from", lambda each: each.row.minute),
            ),
        ),
        Column(
            "text",
            "What is to be done",
            lambda each: Cell(each.row.text, note=_latest(each.row)),
            file=(
                _plain("text", "What is to be done", lambda each: each.row.text),
                _plain("updated", "Updated on", lambda each: each.row.updated),
                _plain("update", "Update", lambda each: each.row.update),
                _plain("silent", "Silence", lambda each: each.row.silent),
            ),
        ),
        Column(
            "owner",
            "Owner",
            _owner,
            lambda each: each.row.owner.casefold(),
            file=(
                _plain("owner", "Owner", lambda each: each.row.owner),
                _plain("holder", "Held by", lambda each: each.row.holder or "Vacant"),
                _plain("contributors", "Contributors", lambda each: "; ".join(each.row.contributors)),
            ),
        ),
        Column(
            "due",
            "Due by",
            lambda each: Cell(each.row.due, kind="date", note=_moved(each.row)),
            lambda each: each.line.action.due,
            file=(
                _plain("first_due", "First due", lambda each: each.line.action.original_due.isoformat()),
                _plain("due", "Due by", lambda each: each.line.action.due.isoformat()),
                _plain("moved", "Times moved", lambda each: each.line.times_moved),
            ),
        ),
        Column(
            "stands",
            "Where it stands",
            lambda each: Cell(each.row.stands, kind="state", value=each.standing, note=each.row.closed),
            lambda each: list(Standing).index(each.standing),
            plain=lambda each: each.row.closed or each.row.stands,
        ),
    ]
    return Table(
        request,
        caption=caption,
        columns=columns,
        rows=rows,
        name=name,
        sort=sort,
        empty_text="No action matches. Clear the filter to see those that are not closed.",
    )


def chase_table(request: HttpRequest, chase: Chase, on: dt.date) -> Table:
    """Who gets a mail, about which actions."""

    def person(owner: Owner) -> Cell:
        unreached = "" if owner.person.email else ". No e-mail address is known, so the mail stays in the outbox"
        return Cell(owner.person.name, note=f"{listed([post.title for post in owner.posts])}{unreached}")

    def actions(owner: Owner) -> str:
        return "; ".join(f"{each.reference}, {_inside(stands(each, on))}" for each in owner.actions)

    columns = [
        Column("person", "Person", person, lambda owner: owner.person.name.casefold()),
        Column("actions", "Actions", lambda owner: Cell(actions(owner))),
        Column(
            "count",
            "How many",
            lambda owner: Cell(str(len(owner.actions)), kind="number", value=len(owner.actions)),
            lambda owner: len(owner.actions),
            numeric=True,
        ),
    ]
    return Table(
        request, caption="People who get a reminder", columns=columns, rows=chase.owners, name="action-reminders"
    )


def chased(chase: Chase) -> str:
    """What a chase did, in sentences."""
    names = [owner.person.name for owner in chase.owners]
    said = [f"Wrote to {listed(names)}." if names else "Nobody was written to."]
    if chase.already:
        verb = "has" if len(chase.already) == 1 else "have"
        said.append(f"{listed([person.name for person in chase.already])} {verb} been reminded today already.")
    if chase.vacant:
        verb = "is" if len(chase.vacant) == 1 else "are"
        said.append(f"{listed([post.title for post in chase.vacant])} {verb} vacant.")
    return " ".join(said)


def _latest(row: Row) -> str:
    said = f"{row.updated}: {row.update}" if row.updated else ""
    return " ".join(filter(None, (said, f"{row.silent}." if row.silent else "")))


def _owner(each: Listed) -> Cell:
    if not each.row.holder:
        return Cell(each.row.owner, kind="vacant")
    return Cell(each.row.owner, note=each.row.holder)


def _moved(row: Row) -> str:
    return f"First due {row.first_due}. {row.moved}" if row.first_due else ""


def _inside(words: str) -> str:
    return words[:1].lower() + words[1:]


def _plain(key: str, heading: str, value: Callable[[Listed], object]) -> Column:
    return Column(key, heading, lambda each: Cell(str(value(each))), plain=value)
