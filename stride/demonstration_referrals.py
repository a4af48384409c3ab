"""Plays what the boards of the example send one another: a recommendation, escalations, a quarterly note."""

from boards.models import Board, ReferralStop
from boards.queries.notes import note_body, token
from boards.services import notes, referrals
from kit import clock
from kit.periods import period_holding
from people.models import Post
from stride.demonstration_kept import Kept, item_of, rows
from stride.demonstration_steps import Row, Step, day, moment_of, secretary, split


def steps(kept: Kept) -> list[Step]:
    """Everything that goes between boards, each with its moment."""
    sent = [(moment_of(row["at"]), lambda row=row: _send(row, kept)) for row in rows("referrals.csv")]
    stops = [(moment_of(row["at"]), lambda row=row: STOPS[row["act"]](row, kept)) for row in rows("referral_steps.csv")]
    return [
        *sent,
        *stops,
        *((moment_of(row["at"]), lambda row=row: _issue(row)) for row in rows("quarterly_notes.csv")),
    ]


def _send(row: Row, kept: Kept) -> None:
    boards = {board.slug: board for board in Board.objects.all()}
    kept.referrals[row["referral"]] = referrals.send(
        kind=row["kind"],
        from_board=boards[row["board"]],
        to_boards=[boards[slug] for slug in split(row["way"])],
        title=row["title"],
        text=row["text"],
        item=item_of(row),
        decision=kept.decisions[row["decision"]] if row["decision"] else None,
        owner_post=Post.objects.get(code=row["owner"]) if row["owner"] else None,
        wanted_by=day(row["wanted_by"]) if row["wanted_by"] else None,
        by=secretary(),
        at=clock.now(),
    )


def _stop(row: Row, kept: Kept) -> ReferralStop:
    return kept.referrals[row["referral"]].stops.get(board__slug=row["board"])


def _receive(row: Row, kept: Kept) -> None:
    referrals.receive(stop=_stop(row, kept), by=secretary(), at=clock.now())


def _answer(row: Row, kept: Kept) -> None:
    referrals.answer(
        stop=_stop(row, kept),
        disposition=row["disposition"],
        summary=row["summary"],
        text_agreed=row["text_agreed"],
        restricted=row["restricted"],
        decision=kept.decisions[row["decision"]] if row["decision"] else None,
        by=secretary(),
        at=clock.now(),
    )


STOPS = {"receive": _receive, "answer": _answer}


def _issue(row: Row) -> None:
    boards = Board.objects.in_bulk([row["board"], row["to"]], field_name="slug")
    sender, reader = boards[row["board"]], boards[row["to"]]
    quarter = period_holding(day(row["quarter_holding"]), "quarterly")
    notes.issue(
        from_board=sender,
        to_board=reader,
        quarter=quarter,
        opening=row["opening"],
        seen=token(note_body(sender, reader, quarter)),
        by=secretary(),
        at=clock.now(),
    )
