"""Plays the meetings of the example: planned, moved, cancelled, replied to, held; and what is proposed next."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from django.utils import timezone

from boards import service_levels
from boards.choices import MEMBERS, Category, Presence
from boards.models import Board, Interest, Meeting
from boards.queries.attendance import Line, lines_of
from boards.services import agenda, attendance, calendar, interests, meetings, milestones, proposals
from boards.services.agenda import Parts, Wanted, terms_of_the_day
from commitments.models import Commitment, Strategy
from kit import clock
from kit.working_days import ENGLAND
from people.models import Post
from stride.demonstration_steps import SLUG, Row, Step, at, day, rows, secretary, split

FOLDER = "stride25-boards"
LENGTH = dt.timedelta(minutes=120)
AGENDA_BEFORE = dt.timedelta(days=16)
# Where the sheet of products says nothing, what is due on a day comes that day at this hour.
CAME_AT = 11
# Where hours are given: so long before they are over.
EARLY = dt.timedelta(hours=22)
ADOPTED = "stride-delivery-board"
PROPOSED_ON, PROPOSED_FROM = dt.date(2022, 1, 12), dt.date(2022, 4, 1)
PROPOSED_FOR = ("stride-external-advisory-board", "ide-management-board", "stride-delivery-board")
COMING_BY_DEFAULT = (*MEMBERS, Category.SECRETARIAT)


def steps() -> list[Step]:
    """Everything that happens about meetings, each with its moment."""
    found = [step for row in rows(FOLDER, "meetings.csv") for step in _meeting_steps(row)]
    replies = groupby(rows(FOLDER, "replies.csv"), key=lambda row: (row["board"], row["day"], row["replied_on"]))
    for (board, on, replied_on), group in replies:
        answers = list(group)
        found.append((at(day(replied_on), 16), lambda board=board, on=on, answers=answers: _reply(board, on, answers)))
    for row in rows(FOLDER, "declarations.csv"):
        found.append((at(day(row["declared_on"]), 16, 15), lambda row=row: _declare(row)))
    return [*found, (at(PROPOSED_ON, 15), _propose)]


def _meeting_steps(row: Row) -> Iterator[Step]:
    on, planned_on = day(row["day"]), day(row["planned_on"])
    yield at(planned_on, 12), lambda: _plan(row)
    if row["ends_as"] == "cancelled":
        yield at(day(row["changed_on"]), 12), lambda: _cancel(row)
        return
    if row["first_day"]:
        yield at(day(row["changed_on"]), 12), lambda: _move(row)
    if _items(row):
        written_on = min(max(on - AGENDA_BEFORE, planned_on), PROPOSED_ON)
        yield at(written_on, 13), lambda: _write_agenda(row)
    if row["ends_as"] == "held":
        yield at(on, 16, 30), lambda: _hold(row)
        yield from _product_steps(row, _starts(row, on))


def _plan(row: Row) -> None:
    first = day(row["first_day"] or row["day"])
    starts = _starts(row, first)
    board = Board.objects.get(slug=row["board"])
    meeting = Meeting(board=board, starts_at=starts, ends_at=starts + LENGTH, place=row["place"])
    calendar.add(meeting=meeting, by=secretary(), at=clock.now())


def _move(row: Row) -> None:
    starts = _starts(row, day(row["day"]))
    calendar.move(
        meeting=_meeting(row["board"], row["first_day"]),
        starts_at=starts,
        ends_at=starts + LENGTH,
        place=row["place"],
        reason=row["reason"],
        by=secretary(),
        at=clock.now(),
    )


def _cancel(row: Row) -> None:
    meeting = _meeting(row["board"], row["day"])
    calendar.cancel(meeting=meeting, reason=row["reason"], by=secretary(), at=clock.now())


def _write_agenda(row: Row) -> None:
    """The standing items, then those of the sheet, in its order."""
    by, meeting = secretary(), _meeting(row["board"], row["day"])
    agenda.add_standing(meeting=meeting, seen=meeting.agenda_version, by=by)
    terms = terms_of_the_day(meeting)
    duties = {duty.key: duty for duty in terms.duties.all()}
    strategy = Strategy.objects.get(slug=SLUG)
    commitments = {str(each.number): each for each in Commitment.objects.filter(strategy=strategy)}
    posts = {post.code: post for post in Post.objects.all()}
    for each in _items(row):
        values = {name: each[name] for name in ("title", "purpose", "note", "stream", "cover_title")}
        values |= {
            "minutes": int(each["minutes"]),
            "presenter_post": posts[each["presenter"]],
            "duty": duties[each["duty"]],
            "visibility": each["visibility"] or "visible",
            "is_one_off": each["one_off"] == "yes",
        }
        parts = Parts(
            strategies=[strategy] if each["commitments"] == "all" else [],
            commitments=[commitments[number] for number in split(each["commitments"]) if number != "all"],
            posts=[posts[code] for code in split(each["audience"])],
        )
        meeting.refresh_from_db(fields=["agenda_version"])
        agenda.add(meeting=meeting, wanted=Wanted(values, parts), seen=meeting.agenda_version, by=by)


def _reply(board: str, on: str, answers: list[Row]) -> None:
    meeting = _meeting(board, on)
    seats = {_code(line): line.key for line in lines_of(meeting)}
    attendance.reply(
        meeting=meeting,
        answers=[attendance.Answer(seats[each["seat"]], each["reply"], each["deputy"]) for each in answers],
        by=secretary(),
        at=clock.now(),
    )


def _declare(row: Row) -> None:
    meeting = _meeting(row["board"], row["day"])
    seat = next(line.key for line in lines_of(meeting) if _code(line) == row["seat"])
    holder = next(each for each in rows(FOLDER, "interests.csv") if each["key"] == row["interest"])
    values = {
        "item": meeting.items.get(title=row["item"]) if row["item"] else None,
        "interest": Interest.objects.get(person__code=holder["person"], text=holder["text"]),
        "text": row["text"],
        "outcome": row["outcome"],
    }
    interests.declare(meeting=meeting, seat=seat, values=values, by=secretary())


def _hold(row: Row) -> None:
    """Who was there by the sheet, everybody else present; then the meeting is recorded as held."""
    meeting = _meeting(row["board"], row["day"])
    said = {each["seat"]: each for each in _of_meeting("attendance.csv", row)}
    items = {item.title: item for item in meeting.items.all()}
    came = [_came(line, said.get(_code(line)), items) for line in lines_of(meeting) if not line.vacant]
    attendance.record(meeting=meeting, came=came, by=secretary(), at=clock.now())
    meetings.hold(meeting=meeting, by=secretary(), at=clock.now())


def _came(line: Line, row: Row | None, items: dict) -> attendance.Came:
    category = line.attendance.category
    if row is None:
        presence = Presence.PRESENT if category in COMING_BY_DEFAULT else Presence.APOLOGIES
        return attendance.Came(line.key, presence, presided=category == Category.CHAIR)
    return attendance.Came(
        line.key,
        row["presence"],
        row["deputy"],
        arrived_for=items[row["arrived_for"]] if row["arrived_for"] else None,
        left_after=items[row["left_after"]] if row["left_after"] else None,
    )


def _product_steps(row: Row, starts: dt.datetime) -> Iterator[Step]:
    """What is due comes on its day, unless the sheet says when it came, or that it never did."""
    said = {each["product"]: each for each in _of_meeting("products.csv", row)}
    for level in _levels(row["board"]):
        exception = said.get(level.product)
        if exception is None:
            came_at, note = _in_time(level, starts), ""
        elif exception["came_at"]:
            came_at = timezone.make_aware(dt.datetime.fromisoformat(exception["came_at"]))
            note = exception["note"]
        else:
            continue
        yield came_at, lambda product=level.product, note=note: _came_in(row, product, note)


def _levels(board: str) -> list[service_levels.ServiceLevel]:
    """The service levels of the first version of a board's terms, or of those that it adopts."""
    sheet = [each for each in rows(FOLDER, "service_levels.csv") if each["number"] == "1"]
    mine = [each for each in sheet if each["board"] == board]
    adopted = [each for each in sheet if each["board"] == ADOPTED]
    names = ("product", "unit", "anchor", "direction")
    return [
        service_levels.ServiceLevel(quantity=int(each["quantity"]), **{name: each[name] for name in names})
        for each in mine or adopted
    ]


def _in_time(level: service_levels.ServiceLevel, starts: dt.datetime) -> dt.datetime:
    due = service_levels.due(level, starts, starts + LENGTH, ENGLAND).moment
    return due - EARLY if level.unit == "elapsed_hours" else at(clock.local_date(due), CAME_AT)


def _came_in(row: Row, product: str, note: str) -> None:
    """What came with a pack, a summary or minutes of the records is there already."""
    milestone = _meeting(row["board"], row["day"]).milestones.get(product=product)
    if milestone.met_at:
        return
    milestones.meet(milestone=milestone, came_at=clock.now(), by=secretary(), at=clock.now(), note=note)


def _propose() -> None:
    boards = [Board.objects.get(slug=slug) for slug in PROPOSED_FOR]
    proposals.propose(boards=boards, from_day=PROPOSED_FROM, by=secretary(), at=clock.now())


def _items(row: Row) -> list[Row]:
    return _of_meeting("items.csv", row)


def _of_meeting(sheet: str, row: Row) -> list[Row]:
    return [each for each in rows(FOLDER, sheet) if (each["board"], each["day"]) == (row["board"], row["day"])]


def _meeting(board: str, on: str) -> Meeting:
    found = Meeting.objects.select_related("board").exclude(state="cancelled")
    return found.get(board__slug=board, starts_at__date=day(on))


def _starts(row: Row, on: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(on, dt.time.fromisoformat(row["starts"])))


def _code(line: Line) -> str:
    """The post or the person who sits there, as the sheets name them."""
    return (line.attendance.post or line.attendance.person).code
