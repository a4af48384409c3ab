"""How people, posts and tenures read: sentences, links, columns. Given loaded objects, asks nothing."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from kit.fields import in_words
from kit.tables import Cell, Column, Table
from people.models import Basis, Person, Post, Tenure, Unit
from people.queries import PostLine, UnitLine


def basis_sentence(line: PostLine) -> str:
    """On what basis the post is held, and whom the holder covers: "Acting, covers Lena Lead"."""
    if line.holding is None:
        return ""
    word = line.holding.get_basis_display()
    if line.covered:
        return f"{word}, covers {', '.join(tenure.person.name for tenure in line.covered)}"
    return word


def days_sentence(starts: dt.date, ends: dt.date | None) -> str:
    """ "From 1 April 2021", or "1 April 2021 to 3 May 2021"."""
    return f"From {in_words(starts)}" if ends is None else f"{in_words(starts)} to {in_words(ends)}"


def posts_table(request: HttpRequest, lines: list[PostLine]) -> Table:
    """The list of posts."""
    columns = [
        Column("title", "Post", lambda line: _link(line.post.title, line.post.get_absolute_url()), _by(_title)),
        Column("unit", "Unit", lambda line: Cell(line.post.unit.name if line.post.unit else ""), _by(_unit)),
        Column("holder", "Holder today", holder_cell, _by(_holder), plain=lambda line: _holder(line) or "Vacant"),
        Column("basis", "Basis", lambda line: Cell(basis_sentence(line)), basis_sentence),
        Column("since", "Since", _since_cell, lambda line: line.holding.starts if line.holding else None, plain=_since),
    ]
    return Table(
        request,
        caption="Posts",
        columns=columns,
        rows=lines,
        name="posts",
        sort="title",
        empty_text="No post fits. Change what you filter by, or add a post.",
    )


def holder_cell(line: PostLine) -> Cell:
    """The holder's name with a link, or the mark of a vacant post."""
    if line.holding is None:
        return Cell("", kind="vacant")
    return _link(line.holding.person.name, line.holding.person.get_absolute_url())


def people_table(request: HttpRequest, lines: list[tuple[Person, list[Tenure]]]) -> Table:
    """The list of people."""

    def name(line: tuple[Person, list[Tenure]]) -> str:
        return line[0].name

    def posts(line: tuple[Person, list[Tenure]]) -> str:
        return posts_sentence(line[1])

    columns = [
        Column("name", "Name", lambda line: _link(name(line), line[0].get_absolute_url()), _by(name)),
        Column("posts", "Posts today", lambda line: Cell(posts(line) or "None"), _by(posts)),
    ]
    return Table(
        request,
        caption="People",
        columns=columns,
        rows=lines,
        name="people",
        sort="name",
        empty_text="Nobody fits. Change what you search for, or add a person.",
    )


def posts_sentence(tenures: list[Tenure]) -> str:
    """The posts of tenures, those not substantive with their basis."""
    return "; ".join(
        tenure.post.title
        if tenure.basis == Basis.SUBSTANTIVE
        else f"{tenure.post.title} ({tenure.get_basis_display().lower()})"
        for tenure in tenures
    )


def units_table(request: HttpRequest, lines: list[UnitLine]) -> Table:
    """The tree of units; as long as it is not sorted by something else, its page shows depth by indenting."""

    def kind(line: UnitLine) -> str:
        return line.unit.get_kind_display()

    def parent(line: UnitLine) -> str:
        return line.unit.parent.name if line.unit.parent else ""

    def count(line: UnitLine) -> int:
        return line.post_count

    columns = [
        Column("name", "Unit", lambda line: Cell(line.unit.name), _by(_unit_name)),
        Column("kind", "Kind", lambda line: Cell(kind(line)), kind),
        Column("parent", "Part of", lambda line: Cell(parent(line)), _by(parent)),
        Column("posts", "Posts", lambda line: Cell(str(count(line)), kind="number"), count, numeric=True, plain=count),
    ]
    return Table(
        request,
        caption="Units",
        columns=columns,
        rows=lines,
        name="units",
        empty_text="There are no units yet. Add the organisation first, then its parts.",
    )


def crumbs(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page about people."""
    return [("People and posts", reverse("people:posts")), *last]


def post_crumbs(post: Post) -> list[tuple[str, str]]:
    """The way to a page about one post."""
    return crumbs((post.title, post.get_absolute_url()))


def unit_choices(units: list[Unit]) -> list[tuple[str, str]]:
    """For a filter by unit."""
    return [(unit.code, unit.name) for unit in units]


def _link(text: str, url: str) -> Cell:
    return Cell(text, url=url)


def _unit_name(line: UnitLine) -> str:
    return line.unit.name


def _title(line: PostLine) -> str:
    return line.post.title


def _unit(line: PostLine) -> str:
    return line.post.unit.name if line.post.unit else ""


def _holder(line: PostLine) -> str:
    return line.holding.person.name if line.holding else ""


def _since(line: PostLine) -> str:
    return line.holding.starts.isoformat() if line.holding else ""


def _since_cell(line: PostLine) -> Cell:
    return Cell(in_words(line.holding.starts), kind="date") if line.holding else Cell("")


def _by(text: Any) -> Any:
    """Sort by a text as people do, without regard to capitals."""
    return lambda row: text(row).casefold()
