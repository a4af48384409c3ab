"""How proposals read, and what was picked of them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from boards import rules_calendar as rules
from boards.frequency import Frequency
from boards.frequency import words as frequency_words
from boards.models import Board, Meeting
from boards.queries.terms import Holding
from boards.querysets import SEE_ALL_BOARDS
from kit.periods import add_months
from kit.verdict import ALLOWED, Verdict, refused
from kit.working_days import moment_in_words
from people.actor import Actor


@dataclass(frozen=True)
class Line:
    """A proposal: when, whose, why; `refusal` says why it cannot be accepted any more."""

    pk: str
    when: str
    board: str
    board_url: str
    minutes: int
    why: str
    refusal: str
    move_url: str
    drop_url: str


def may_see(actor: Actor) -> Verdict:
    """Proposals are for those who run or check the boards."""
    return ALLOWED if actor.has(*SEE_ALL_BOARDS) else refused("Proposals are for the secretariat.")


def line(row: Meeting, actor: Actor) -> Line:
    """One row of the list."""
    where = [row.board.slug, row.pk]
    return Line(
        pk=str(row.pk),
        when=moment_in_words(row.starts_at),
        board=row.board.title,
        board_url=row.board.get_absolute_url(),
        minutes=row.minutes,
        why=row.why,
        refusal=rules.may_accept(actor, row).sentence,
        move_url=reverse("boards:meeting_move", args=where),
        drop_url=reverse("boards:meeting_cancel", args=where),
    )


def chosen(rows: Iterable[Meeting], sent: QueryDict, actor: Actor) -> list[Meeting]:
    """What was picked; with "all", every proposal that can still be accepted."""
    if sent.get("which") == "all":
        return [row for row in rows if rules.may_accept(actor, row)]
    picked = set(sent.getlist("meetings"))
    return [row for row in rows if str(row.pk) in picked]


def accepted(count: int) -> str:
    """What was done."""
    return f"{count} meeting{' is' if count == 1 else 's are'} planned, and the deadlines are worked out."


def hints(boards: Iterable[Board], holding: Mapping[int, Holding]) -> dict[int, str]:
    """Under each board: how often its terms ask it to meet."""
    return {board.pk: _asks(holding.get(board.pk)) for board in boards}


def _asks(found: Holding | None) -> str:
    if found is None:
        return "No terms are in force, so nothing can be proposed"
    if not found.rules.frequency_every or not found.rules.frequency_unit:
        return "Its terms do not say how often it meets"
    words = frequency_words(Frequency(found.rules.frequency_every, str(found.rules.frequency_unit)))
    return words[:1].upper() + words[1:]


def next_month(day: dt.date) -> dt.date:
    """The first day of the next month."""
    return add_months(day.replace(day=1), 1)
