"""How people, posts and tenures read: sentences, links, columns. Given loaded objects, asks nothing."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from kit.fields import in_words
from kit.tables import Cell, Column, Table
from people.models import Basis, Delegation, Person, Post, Tenure, Unit
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


def holders_table(request: HttpRequest, post: Post, tenures: list[Tenure]) -> Table:
    """Who held a post, and when, the newest first."""
    return Table(
        request,
        caption=f"Holders of {post.title} over time",
        columns=[_person_column(), _basis_column(), *_days_columns()],
        rows=tenures,
        name=f"holders-{post.code}",
        sort="-starts",
        sort_param="holders-sort",
        empty_text="Nobody has held this post yet. The strategy team says who does.",
    )


def delegates_table(request: HttpRequest, post: Post, delegations: list[Delegation]) -> Table:
    """Who drafted for a post, and when, the newest first."""
    return Table(
        request,
        caption=f"Delegates of {post.title} over time",
        columns=[_person_column(), *_days_columns()],
        rows=delegations,
        name=f"delegates-{post.code}",
        sort="-starts",
        sort_param="delegates-sort",
        empty_text="Nobody drafts for this post besides its holder.",
    )


def tenures_table(request: HttpRequest, person: Person, tenures: list[Tenure]) -> Table:
    """The posts that a person was in, the newest first."""

    def title(tenure: Tenure) -> str:
        return tenure.post.title

    def unit(tenure: Tenure) -> str:
        return tenure.post.unit.name if tenure.post.unit else ""

    columns = [
        Column("post", "Post", lambda tenure: _link(title(tenure), tenure.post.get_absolute_url()), _by(title)),
        Column("unit", "Unit", lambda tenure: Cell(unit(tenure)), _by(unit)),
        _basis_column(),
        *_days_columns(),
    ]
    return Table(
        request,
        caption=f"Posts of {person.name}",
        columns=columns,
        rows=tenures,
        name=f"posts-{person.code}",
        sort="-starts",
        empty_text="This person has not been in any post. Posts are given on the page of the post.",
    )


def _person_column() -> Column:
    def name(row: Tenure | Delegation) -> str:
        return row.person.name

    return Column("person", "Person", lambda row: _link(name(row), row.person.get_absolute_url()), _by(name))


def _basis_column() -> Column:
    return Column("basis", "Basis", lambda row: Cell(row.get_basis_display()), lambda row: row.get_basis_display())


def _days_columns() -> list[Column]:
    """An end that is open comes last, whichever way the others run."""

    def last_day(row: Tenure | Delegation) -> Cell:
        return Cell(in_words(row.ends), kind="date") if row.ends else Cell("No last day")

    return [
        Column(
            "starts",
            "First day",
            lambda row: Cell(in_words(row.starts), kind="date"),
            lambda row: row.starts,
            plain=lambda row: row.starts.isoformat(),
        ),
        Column(
            "ends",
            "Last day",
            last_day,
            lambda row: row.ends,
            plain=lambda row: row.ends.isoformat() if row.ends else "",
        ),
    ]


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
