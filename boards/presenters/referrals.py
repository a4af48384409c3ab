"""How referrals read: the list across boards, and one with its way. Given loaded lines, asks nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from boards.choices_records import Disposition, ReferralState
from boards.models import ReferralAct, ReferralStop
from boards.presenters.crumbs import Crumbs, crumbs
from boards.presenters.referral_words import LOOKS, is_ahead, next_step, placed, receipt, stop_state, warnings
from boards.queries.referrals import Line
from kit import clock
from kit.diff import rewritten, word_diff
from kit.fields import in_words
from kit.tables import Cell, Column, Table

VERBS = {
    "sent": "Sent",
    "received": "Receipt confirmed",
    "placed": "Placed on an agenda",
    "answered": "Answered",
    "returned": "Brought back",
    "noted": "Outcome noted",
    "reopened": "No longer noted",
    "withdrawn": "Withdrawn",
}


@dataclass(frozen=True)
class StopRow:
    """One board on the way, as its reader sees it."""

    board: str
    state: str
    label: str
    here: bool = False
    facts: Sequence[str] = ()
    summary: str = ""
    received: str = ""
    diff: Sequence[tuple[str, str]] = ()
    agreed: str = ""
    restricted: str = ""
    decision: Cell | None = None


@dataclass(frozen=True)
class Page:
    """One referral."""

    line: Line
    state: str
    facts: list[tuple[str, Cell]]
    next_step: str
    warnings: list[str]
    stops: list[StopRow] = field(default_factory=list)
    restricted: str = ""
    is_placed: bool = False


def table(request: HttpRequest, lines: Sequence[Line], empty_text: str) -> Table:
    """The list across boards."""
    columns = [
        Column("reference", "Reference", _reference, lambda line: line.referral.reference),
        Column("title", "What", lambda line: Cell(line.referral.title), lambda line: line.referral.title.casefold()),
        Column("kind", "Kind", lambda line: Cell(_kind(line)), _kind),
        Column("from", "From", lambda line: Cell(_origin(line)), lambda line: _origin(line).casefold()),
        Column("where", "Where it is", lambda line: Cell(_where(line)), lambda line: _where(line).casefold()),
        Column(
            "wanted",
            "Answer wanted by",
            lambda line: Cell(_wanted(line), kind="date"),
            lambda line: line.referral.wanted_by,
            plain=lambda line: line.referral.wanted_by.isoformat() if line.referral.wanted_by else "",
        ),
        Column("state", "State", _state, lambda line: _state(line).text),
        Column("step", "What it waits for", lambda line: Cell(" ".join([*warnings(line), next_step(line)]))),
    ]
    return Table(request, caption="Referrals", columns=columns, rows=lines, name="referrals", empty_text=empty_text)


def page(line: Line) -> Page:
    """One referral as its reader sees it."""
    referral = line.referral
    return Page(
        line=line,
        state=LOOKS[ReferralState(referral.state)],
        facts=_facts(line),
        next_step=next_step(line),
        warnings=warnings(line),
        stops=[_stop(line, stop) for stop in line.stops],
        restricted=line.restricted,
        is_placed=line.here is not None and is_ahead(line, line.here),
    )


def timeline(acts: Sequence[ReferralAct]) -> list[dict[str, Any]]:
    """Who did what, the newest first, for those who run or check the boards."""
    return [
        {
            "title": f"{VERBS.get(act.verb, act.verb)} {act.detail}".strip(),
            "who": act.by_name,
            "when": act.at,
            "text": act.reason,
            "url": "",
        }
        for act in acts
    ]


def list_crumbs() -> Crumbs:
    """To the list."""
    return crumbs(("Referrals", ""))


def page_crumbs(line: Line) -> Crumbs:
    """To one referral."""
    return crumbs(("Referrals", reverse("boards:referrals")), (line.referral.reference, ""))


def act_crumbs(line: Line) -> Crumbs:
    """To a page about one referral."""
    url = line.referral.get_absolute_url()
    return crumbs(("Referrals", reverse("boards:referrals")), (line.referral.reference, url))


def _facts(line: Line) -> list[tuple[str, Cell]]:
    referral = line.referral
    item, decision = referral.from_item, referral.from_decision
    url = referral.from_board.get_absolute_url() if referral.from_board_id in line.sights.boards else ""
    on = in_words(clock.local_date(referral.sent_at))
    found = [("From", Cell(_origin(line), url=url, note=f"Sent on {on}"))]
    if item and item.pk in line.sights.whole:
        note = f"By decision {decision.reference}" if decision else ""
        told = Cell(f"{item.title}, {in_words(item.meeting.day)}", url=item.meeting.get_absolute_url(), note=note)
        found.append(("From the item", told))
    if referral.owner_post:
        found.append(("Who answers for it", Cell(str(referral.owner_post), url=referral.owner_post.get_absolute_url())))
    if referral.wanted_by:
        found.append(("Answer wanted by", Cell(in_words(referral.wanted_by))))
    return found


def _stop(line: Line, stop: ReferralStop) -> StopRow:
    state, label = stop_state(line, stop)
    amended = stop.disposition == Disposition.AMENDED
    answered = f"Answered on {in_words(clock.local_date(stop.disposed_at))}" if stop.disposed_at else ""
    apart = amended and rewritten(stop.text_received, stop.text_agreed)
    decision = stop.decision if stop.item_id in line.sights.read else None
    as_sent = stop.text_received and stop.text_received == line.referral.text
    return StopRow(
        board=line.board(stop.board),
        state=state,
        label=label,
        here=stop == line.here,
        facts=[each for each in (receipt(stop), placed(line, stop), answered) if each],
        summary=stop.summary,
        received="" if as_sent or (amended and not apart) else stop.text_received,
        diff=word_diff(stop.text_received, stop.text_agreed) if amended and not apart else (),
        agreed=stop.text_agreed if apart else "",
        restricted=line.restricted_of(stop),
        decision=Cell(decision.reference, url=decision.get_absolute_url()) if decision else None,
    )


def _reference(line: Line) -> Cell:
    return Cell(line.referral.reference, url=line.referral.get_absolute_url())


def _kind(line: Line) -> str:
    return line.referral.get_kind_display()


def _origin(line: Line) -> str:
    return line.board(line.referral.from_board)


def _where(line: Line) -> str:
    if line.here:
        return line.board(line.here.board)
    return _origin(line) if line.referral.state == ReferralState.ANSWERED else ""


def _wanted(line: Line) -> str:
    return in_words(line.referral.wanted_by) if line.referral.wanted_by else ""


def _state(line: Line) -> Cell:
    if line.not_received:
        return Cell("Not received", kind="state", value="overdue")
    if line.overdue:
        return Cell("Overdue", kind="state", value="overdue")
    return Cell(line.referral.get_state_display(), kind="state", value=LOOKS[ReferralState(line.referral.state)])
