"""Prints docs/roles.md from the table: `python -m tests.doors.print_roles > docs/roles.md`."""

import sys
from collections.abc import Iterable, Iterator

from tests.doors.table import AREAS, reach_of
from tests.doors.table_admin import MODELS
from tests.doors.words import ANONYMOUS, PERSONAS, Answer, Door, cell, expected

COLUMNS = {
    "admin": "Administrator",
    "team": "Strategy team",
    "lead": "Lead",
    "delegate": "Delegate",
    "overseer": "Overseer",
    "secretariat": "Secretariat",
    "member": "Other post",
    "auditor": "Auditor",
    "viewer": "Viewer",
    "stranger": "No role",
}
HEAD = """\
# Who may do what

Printed from the table in `tests/doors` by `python -m tests.doors.print_roles > docs/roles.md`; do not edit it here.
The table is asked of the running service by `tests/test_doors.py`: every address, every role, every state that matters.

| word | what happens |
| --- | --- |
| does | the page opens and what is sent from it is taken |
| opens | the page can be read |
| sent on | the address leads to the page that is right for them |
| refused | the page says why not; nothing changes |
| not found | for them there is no such record |

**Lead** and **overseer** hold the posts of the commitment that a return is about; a **delegate** drafts and submits
for the lead. **Other post** holds one that the return has nothing to do with. **No role** can sign in, and that is all.
An auditor reads everything and changes nothing: their requests run in a read-only database transaction. So do those of
viewers, and of whoever has no role, no post and no delegation.

In a state that is not listed for a page, the page is closed to everybody: refused to those who see the record, and not
found by the others.

{anonymous}
"""
CLOSED = {Answer.REFUSED.value, Answer.NOT_FOUND.value}
ACTS = (("changelist", "opens"), ("add", "adds"), ("change", "changes"), ("delete", "deletes"))


def text() -> str:
    """The whole page."""
    return "\n".join([HEAD.format(anonymous=_anonymous()), *_areas()])


def _anonymous() -> str:
    """Which pages open without signing in."""
    doors = [door for _, doors in AREAS for door in doors]
    pages = [door.what for door in doors if ANONYMOUS in door.opens and door.place == ""]
    return f"Without signing in, these open, and everything else asks to sign in first: {'; '.join(pages)}."


def _areas() -> Iterator[str]:
    for title, doors in AREAS:
        yield f"## {title}\n"
        if title == "Administration":
            yield "It is closed, with a sentence that says so, to everybody but these two.\n"
            yield from _records({door.name: door for door in doors})
        else:
            yield from _pages(doors)
        yield ""


def _pages(doors: Iterable[Door]) -> Iterator[str]:
    """A row for each group of pages and each group of states that have the same answers; so with the columns."""
    groups = _groups(doors)
    roles: dict[tuple[str, ...], list[str]] = {}
    for place, role in enumerate(COLUMNS):
        column = tuple(cells[place] for rows in groups for cells in rows)
        roles.setdefault(column, []).append(COLUMNS[role])
    yield _row("page", "when", *(", ".join(names) for names in roles.values()))
    yield _row(*["---"] * (len(roles) + 2))
    columns = list(roles)
    line = 0
    for rows, pages in groups.items():
        for states in rows.values():
            yield _row("; ".join(pages), "; ".join(filter(None, states)), *(column[line] for column in columns))
            line += 1


class Rows(dict):
    """States by the answers they share. Two pages with the same ones are printed together."""

    def __hash__(self) -> int:
        return hash(tuple((cells, tuple(states)) for cells, states in self.items()))


def _groups(doors: Iterable[Door]) -> dict[Rows, list[str]]:
    pages: dict[str, Rows] = {}
    for door in doors:
        cells = tuple(cell(door, persona, reach_of(door)) for persona in COLUMNS)
        pages.setdefault(door.what, Rows()).setdefault(cells, []).append(door.when)
    groups: dict[Rows, list[str]] = {}
    for what, rows in pages.items():
        open_to_some = Rows({cells: states for cells, states in rows.items() if not set(cells) <= CLOSED})
        groups.setdefault(open_to_some, []).append(what)
    return groups


def _records(doors: dict[str, Door]) -> Iterator[str]:
    """What administrators and the strategy team may do with each kind of record."""
    roles = ("admin", "team")
    yield _row("records", *(COLUMNS[role] for role in roles))
    yield _row("---", "---", "---")
    for name, (what, _, _) in MODELS.items():
        yield _row(what, *(", ".join(_acts(doors, name, role)) or "refused" for role in roles))


def _acts(doors: dict[str, Door], name: str, role: str) -> Iterator[str]:
    for act, word in ACTS:
        door = doors[f"admin:{name}_{act}"]
        method = "GET" if act == "changelist" else "POST"
        if expected(door, role, method, reach_of(door)) in {Answer.OPENS, Answer.ASKS, Answer.DOES}:
            yield word


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


assert {*COLUMNS, ANONYMOUS} == set(PERSONAS)

if __name__ == "__main__":
    sys.stdout.write(text())
