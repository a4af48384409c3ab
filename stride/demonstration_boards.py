"""Loads the example of the boards by the services that people use, on their days: bodies, seats, terms of reference.

What their meetings did is in demonstration_meetings.
"""

import datetime as dt

from boards import quorum
from boards.models import Board, Duty, ForwardPlanEntry, Interest, Membership, Relationship, ServiceLevel, Terms
from boards.services import boards, forward_plan, interests, members, terms
from boards.services.parts import parts_token
from kit import clock, stale
from people.actor import Actor
from people.models import Person, Post, Unit
from stride import demonstration_meetings
from stride.demonstration_meetings import FOLDER
from stride.demonstration_steps import Row, Step, at, day, number, rows, secretary, split

SET_UP = dt.date(2021, 3, 22)
FIELDS = (
    "purpose", "authority", "frequency_unit", "deputies_rule", "deputies_count", "attendance_note",
    "relationships_note", "products", "support",
)  # fmt: skip
NUMBERS = ("horizon_years", "frequency_every", "length_minutes", "review_every_months")


def is_loaded() -> bool:
    """Whether the example's boards are there."""
    return Board.objects.exists()


def add_people() -> None:
    """The external advisers and the non-executive directors, who hold no post."""
    for row in rows(FOLDER, "people.csv"):
        Person.objects.update_or_create(code=row["code"], defaults={"name": row["name"], "email": row["email"]})


def steps() -> list[Step]:
    """Everything that happens on boards, each with its moment. Raises nothing; playing it raises Refusal."""
    return [(at(SET_UP, 9), _set_up), *_terms_steps(), *_interest_steps(), *demonstration_meetings.steps(), *_plans()]


def _set_up() -> None:
    by = secretary()
    units = {unit.code: unit for unit in Unit.objects.all()}
    kept: dict[str, Board] = {}
    for row in rows(FOLDER, "boards.csv"):
        board = Board(
            **{name: row[name] for name in ("slug", "code", "title", "kind", "summary")},
            parent=kept.get(row["parent"]),
            unit=units.get(row["slug"]),
            is_outside=row["is_outside"] == "yes",
            starts=day(row["starts"]),
        )
        kept[row["slug"]] = boards.add(board=board, by=by)
    for row in rows(FOLDER, "relationships.csv"):
        relationship = Relationship(
            board=kept[row["board"]],
            to=kept[row["to"]],
            kind=row["kind"],
            days_between=number(row["days_between"]),
            note=row["note"],
        )
        boards.relate(relationship=relationship, by=by)
    posts = {post.code: post for post in Post.objects.all()}
    persons = {each.code: each for each in Person.objects.all()}
    for row in rows(FOLDER, "members.csv"):
        seat = Membership(
            board=kept[row["board"]],
            category=row["category"],
            post=posts[row["post"]] if row["post"] else None,
            person=persons[row["person"]] if row["person"] else None,
            deputy_post=posts[row["deputy_post"]] if row["deputy_post"] else None,
            note=row["note"],
            starts=day(row["starts"]),
            ends=day(row["ends"]) if row["ends"] else None,
        )
        members.add(membership=seat, by=by)


def _terms_steps() -> list[Step]:
    return [(at(day(row["entered_on"]), 10), lambda row=row: _enter_terms(row)) for row in rows(FOLDER, "terms.csv")]


def _enter_terms(row: Row) -> None:
    """A version drafted, written and, where a decision is given, approved."""
    by = secretary()
    board = Board.objects.get(slug=row["board"])
    draft = terms.draft(board=board, by=by, at=clock.now())
    values = _adopted(row) if row["adopts"] else _own(row)
    terms.change(terms=draft, values=values, seen=stale.token(draft, values), by=by)
    if not row["adopts"]:
        _write_parts(draft, row, by)
    if row["decision"]:
        terms.approve(
            terms=draft,
            decision=row["decision"],
            decided_on=day(row["decided_on"]),
            in_force_from=day(row["in_force_from"]),
            by=by,
            at=clock.now(),
        )


def _own(row: Row) -> dict:
    values = {name: row[name] for name in FIELDS}
    values |= {name: number(row[name]) for name in NUMBERS}
    values |= {name: split(row[name]) for name in ("standing_items", "streams")}
    if row["quorum_chair_plus"]:
        including = (
            [(int(row["quorum_externals"]), quorum.Category.EXTERNAL_ADVISER)] if row["quorum_externals"] else []
        )
        values["quorum"] = quorum.as_data(quorum.chair_plus(int(row["quorum_chair_plus"]), *including))
    return values


def _adopted(row: Row) -> dict:
    adopts = Board.objects.get(slug=row["adopts"])
    pinned = Terms.objects.get(board=adopts, number=row["pinned"]) if row["pinned"] else None
    return {"adopts": adopts, "pinned": pinned}


def _write_parts(draft: Terms, row: Row, by: Actor) -> None:
    """Duties and service levels in place of those that a draft took over from the version before."""
    duties = [
        Duty(key=each["key"], position=place, text=each["text"], times_a_year=number(each["times_a_year"]))
        for place, each in enumerate(_of_version("duties.csv", row), start=1)
    ]
    terms.change_duties(terms=draft, duties=duties, seen=parts_token(draft.duties.all()), by=by)
    names = ("product", "quantity", "unit", "direction", "anchor")
    levels = [
        ServiceLevel(**{name: each[name] for name in names} | {"quantity": int(each["quantity"])})
        for each in _of_version("service_levels.csv", row)
    ]
    terms.change_levels(terms=draft, levels=levels, seen=parts_token(draft.service_levels.all()), by=by)


def _of_version(sheet: str, row: Row) -> list[Row]:
    """The parts of a version; a sheet names those of a later version only where they differ."""
    mine = [each for each in rows(FOLDER, sheet) if each["board"] == row["board"]]
    return [each for each in mine if each["number"] == row["number"]] or [
        each for each in mine if each["number"] == "1"
    ]


def _interest_steps() -> list[Step]:
    def register(row: Row) -> None:
        interest = Interest(person=Person.objects.get(code=row["person"]), text=row["text"], starts=day(row["starts"]))
        interests.register(interest=interest, by=secretary())

    return [(at(day(row["registered_on"]), 11), lambda row=row: register(row)) for row in rows(FOLDER, "interests.csv")]


def _plans() -> list[Step]:
    return [(at(day(row["added_on"]), 14), lambda row=row: _plan(row)) for row in rows(FOLDER, "forward_plan.csv")]


def _plan(row: Row) -> None:
    """Something for later; what was dropped since says why."""
    entry = ForwardPlanEntry(
        board=Board.objects.get(slug=row["board"]),
        duty_key=row["duty"],
        presenter_post=Post.objects.get(code=row["presenter"]),
        minutes=int(row["minutes"]),
        **{name: row[name] for name in ("title", "purpose", "stream")},
        **{name: day(row[name]) if row[name] else None for name in ("not_before", "wanted_by")},
    )
    forward_plan.add(entry=entry, by=secretary())
    if row["dropped_because"]:
        forward_plan.drop(entry=entry, reason=row["dropped_because"], by=secretary())
