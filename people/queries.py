"""Reads that pages, exports and other apps share. Each says how many queries it costs."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from people.models import Delegation, Person, Post, Tenure, Unit


@dataclass(frozen=True)
class PostLine:
    """A post with who holds it on the day, and whom they cover."""

    post: Post
    holding: Tenure | None
    covered: tuple[Tenure, ...]


@dataclass(frozen=True)
class PostPage:
    line: PostLine
    tenures: list[Tenure]
    delegations: list[Delegation]


@dataclass(frozen=True)
class UnitLine:
    """A unit, how deep it stands in the tree, and how many posts stand directly in it."""

    unit: Unit
    depth: int
    post_count: int


def holders_on(post_ids: Iterable[int], on: dt.date) -> dict[int, Tenure]:
    """The one tenure that counts for each post on the day; a vacant post is not a key. One query."""
    tenures = Tenure.objects.holding_on(on).filter(post_id__in=set(post_ids)).select_related("person")
    return {tenure.post_id: tenure for tenure in tenures}


def posts_on(on: dt.date) -> list[PostLine]:
    """Every post that exists on the day, by title. Two queries."""
    lasting: dict[int, list[Tenure]] = {}
    for tenure in Tenure.objects.lasting_on(on).select_related("person"):
        lasting.setdefault(tenure.post_id, []).append(tenure)
    posts = Post.objects.existing_on(on).select_related("unit")
    return [_line(post, lasting.get(post.pk, [])) for post in posts]


def post_page(code: str, on: dt.date) -> PostPage:
    """A post with everything its page shows. Four queries. Raises Post.DoesNotExist."""
    post = Post.objects.select_related("unit").get(code=code)
    lasting = list(post.tenures.lasting_on(on).select_related("person"))
    return PostPage(
        line=_line(post, lasting),
        tenures=list(post.tenures.select_related("person").order_by("-starts", "-id")),
        delegations=list(post.delegations.select_related("person").order_by("-starts", "-id")),
    )


def _line(post: Post, lasting: list[Tenure]) -> PostLine:
    """`lasting` comes in the order of precedence (TenureQuerySet.lasting_on), so the first one counts."""
    return PostLine(post, lasting[0] if lasting else None, tuple(lasting[1:]))


def tenures_of(person: Person) -> list[Tenure]:
    """The posts of a person over time, newest first. One query."""
    return list(person.tenures.select_related("post__unit").order_by("-starts", "-id"))


def people_on(on: dt.date) -> list[tuple[Person, list[Tenure]]]:
    """Every person, by name, with the posts they are in on the day. Two queries."""
    held: dict[int, list[Tenure]] = {}
    for tenure in Tenure.objects.lasting_on(on).select_related("post"):
        held.setdefault(tenure.person_id, []).append(tenure)
    return [(person, held.get(person.pk, [])) for person in Person.objects.all()]


def unit_tree() -> list[UnitLine]:
    """All units, each under the one it is part of. Two queries."""
    counts: dict[int, int] = {}
    for unit_id in Post.objects.filter(unit__isnull=False).order_by().values_list("unit_id", flat=True):
        counts[unit_id] = counts.get(unit_id, 0) + 1
    parts: dict[int | None, list[Unit]] = {}
    for unit in Unit.objects.select_related("parent"):
        parts.setdefault(unit.parent_id, []).append(unit)
    lines: list[UnitLine] = []

    def walk(parent_id: int | None, depth: int) -> None:
        for unit in parts.get(parent_id, []):
            lines.append(UnitLine(unit, depth, counts.get(unit.pk, 0)))
            walk(unit.pk, depth + 1)

    walk(None, 0)
    return lines


def parts_of(unit_id: int, units: Iterable[Unit]) -> set[int]:
    """The unit and everything that is part of it, from units already loaded."""
    found = {unit_id}
    waiting = list(units)
    while more := {unit.pk for unit in waiting if unit.parent_id in found} - found:
        found |= more
    return found
