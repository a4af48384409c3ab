"""How papers read: next step, front sheet, versions, governance route, history; the tables of many. Asks nothing."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from boards.choices_papers import WITH_AUTHOR, FileKind, PaperState
from boards.models import Meeting, Paper, PaperAct, PaperVersion, ReferralStop, RouteStep
from boards.presenters.deadlines import due_words
from kit.clock import local_date
from kit.fields import in_words
from kit.tables import Cell, Column, Table
from kit.working_days import listed
from people.models import Tenure

# The look of each state is that of the state of a return which means the same.
LOOKS = {
    PaperState.COMMISSIONED: "not_started",
    PaperState.DRAFTING: "draft",
    PaperState.SUBMITTED: "submitted",
    PaperState.SENT_BACK: "changes_requested",
    PaperState.CLEARED: "signed_off",
    PaperState.WITHDRAWN: "closed",
}
FRONT = (
    ("purpose", "What it is for"),
    ("recommendation", "Recommendation"),
    ("financial", "Financial implications"),
    ("equality", "Equality implications"),
)


@dataclass(frozen=True)
class VersionRow:
    """A version with where its files are: (label, address)."""

    version: PaperVersion
    facts: str
    links: list[tuple[str, str]]
    is_newest: bool


@dataclass(frozen=True)
class Row:
    """A paper in a table, or an item that has none. `item` is what the reader sees of it."""

    item: str
    item_order: int
    paper: Paper | None
    holder: str = ""
    board: str = ""
    meeting: str = ""
    meeting_url: str = ""
    day: dt.date | None = None
    commission_url: str = ""


def look(paper: Paper) -> str:
    """The key of the mark of its state."""
    return LOOKS[PaperState(paper.state)]


def days_late(paper: Paper, now: dt.datetime) -> int:
    """Days since it was due, while it is missing; the days that it came late, once it is in. 0 when in time."""
    if paper.state in WITH_AUTHOR:
        until = now
    elif paper.is_late and paper.submitted_at:
        until = paper.submitted_at
    else:
        return 0
    if until <= paper.due_at:
        return 0
    return max(1, (local_date(until) - local_date(paper.due_at)).days)


def lateness(paper: Paper, now: dt.datetime) -> str:
    """In words: "3 days overdue", "came 2 days late"."""
    days = days_late(paper, now)
    if not days:
        return ""
    count = f"{days} day{'' if days == 1 else 's'}"
    return f"{count} overdue" if paper.state in WITH_AUTHOR else f"Came {count} late"


def next_step(paper: Paper, *, is_author: bool, runs: bool, blocked: bool, needs_permission: bool) -> str:
    """What has to happen next, and who does it. `blocked` when something is missing on it."""
    if paper.state == PaperState.WITHDRAWN:
        return "None. It was withdrawn"
    if paper.state == PaperState.CLEARED:
        return "None. It goes into the pack"
    if paper.state == PaperState.SUBMITTED:
        return "Clear it, or send it back" if runs else "The secretariat clears it, or sends it back"
    if needs_permission:
        return "The chair answers whether it may come late" if paper.late_asked else "Ask the chair to let it in late"
    if paper.state == PaperState.COMMISSIONED:
        return "Fill in the front sheet and add the paper" if is_author or runs else "Its author writes it"
    if not is_author and not runs:
        return "Its author finishes it and submits it"
    return "Finish it and submit it" if blocked else "Submit it"


def front(paper: Paper) -> list[dict]:
    """The front sheet, for a summary list."""
    rows = [{"key": label, "value": _said(getattr(paper, name))} for name, label in FRONT]
    return [*rows, {"key": "Protective marking", "value": paper.get_marking_display()}]


def versions(paper: Paper, rows: Sequence[PaperVersion]) -> list[VersionRow]:
    """The files, the newest first."""
    return [VersionRow(each, facts(each), links(paper, each), at == 0) for at, each in enumerate(rows)]


def facts(version: PaperVersion) -> str:
    """ "PDF, 12 pages, 340 KB, tagged for screen readers"."""
    found = [version.get_kind_display()]
    if version.pages:
        found.append(_pages(version.pages))
    found.append(
        f"{version.size / 1_000_000:.1f} MB" if version.size >= 1_000_000 else f"{-(-version.size // 1000)} KB"
    )
    if version.pack_key:
        found.append(tagged(version))
    return ", ".join(found)


def tagged(version: PaperVersion) -> str:
    """Whether a screen reader can follow it."""
    return "tagged for screen readers" if version.is_tagged else "not tagged for screen readers"


def links(paper: Paper, version: PaperVersion) -> list[tuple[str, str]]:
    """Where its files are, under their names."""
    url = reverse("boards:paper_file", args=[paper.pk, version.number])
    found = [(version.file_name, url)]
    if version.kind == FileKind.DOCX and version.pdf_key:
        made = "PDF made from it" if version.pdf_from == "converted" else "PDF from its author"
        found.append((made, f"{url}?as=pdf"))
    return found


def route(steps: Iterable[RouteStep], stops: Iterable[ReferralStop]) -> list[tuple[str, str, str]]:
    """Body, day and comment: what its author wrote, with the boards that referred it here."""
    found = [(each.on, each.body, each.comment) for each in steps]
    for stop in stops:
        referral = stop.referral
        if stop.number == 1:
            said = f"Referred it: {referral.get_kind_display().lower()} {referral.reference}"
            found.append((local_date(referral.sent_at), referral.from_board.title, said))
        if stop.disposed_at:
            said = ": ".join(filter(None, (stop.get_disposition_display(), stop.summary)))
            found.append((local_date(stop.disposed_at), stop.board.title, said))
    return [(body, in_words(on), said) for on, body, said in sorted(found, key=lambda each: each[0])]


def history(acts: Iterable[PaperAct]) -> list[dict]:
    """What happened to the paper, for a timeline, newest first."""
    verbs = {
        "drafting": "Drafting began",
        "late_asked": "Asked to come late",
        "late_permitted": "Permitted to come late",
        "chased": "Author reminded",
    }
    return [
        {
            "title": verbs.get(act.verb) or act.verb.replace("_", " ").capitalize(),
            "who": f"{act.by_name} ({act.post_title})" if act.post_title else act.by_name,
            "when": act.at,
            "text": act.reason,
            "url": "",
        }
        for act in acts
    ]


def rows_of(papers: Iterable[Paper], said: Mapping[int, str], holders: Mapping[int, Tenure]) -> list[Row]:
    """Papers with their meetings and boards, for the list of many. `said` is what the reader sees of each item."""
    return [
        Row(
            item=said.get(paper.item_id, ""),
            item_order=paper.item.position,
            paper=paper,
            holder=held.person.name if (held := holders.get(paper.author_post_id)) else "",
            board=paper.item.meeting.board.title,
            meeting=in_words(paper.item.meeting.day),
            day=paper.item.meeting.day,
        )
        for paper in papers
    ]


def without_paper(meeting: Meeting, said: Mapping[int, str], there: Collection[int], commissions: bool) -> list[Row]:
    """The items that no paper was commissioned for, with where to do it. `said` comes in the agenda's order."""
    return [
        Row(
            item=text,
            item_order=at,
            paper=None,
            commission_url=reverse("boards:paper_new", args=[meeting.board.slug, meeting.pk, key])
            if commissions
            else "",
        )
        for at, (key, text) in enumerate(said.items(), start=1)
        if key not in there
    ]


def with_papers(meeting: Meeting, said: Mapping[int, str], there: Collection[int]) -> list[tuple[str, str]]:
    """The items that have papers, each with where another one is commissioned."""
    return [
        (text, reverse("boards:paper_new", args=[meeting.board.slug, meeting.pk, key]))
        for key, text in said.items()
        if key in there
    ]


def owed(rows: Iterable[Row], now: dt.datetime) -> list[dict]:
    """What the reader has to give in, for a summary list: board and day, the paper, when it is due."""
    found = []
    for row in sorted(rows, key=lambda each: each.paper.due_at):
        late = lateness(row.paper, now)
        due = f"{row.paper.get_state_display()}. Due by {due_words(row.paper.due_at)}{f', {late}' if late else ''}"
        open_it = {"label": "Open", "hidden": row.paper.title, "url": row.paper.get_absolute_url()}
        text = format_html("{}<br><span class='stride-quiet'>{}, {}</span>", due, row.board, row.meeting)
        found.append({"key": row.paper.title, "value": text, "actions": [open_it]})
    return found


def asked(paper: Paper) -> list[dict]:
    """What a chair has to know before they let it in, for a summary list."""
    return [
        {"key": "Paper", "value": paper.title},
        {"key": "Written by", "value": str(paper.author_post)},
        {"key": "Due by", "value": due_words(paper.due_at)},
        {"key": "Why it is late", "value": _said(paper.late_asked)},
    ]


def readers(papers: Iterable[Paper], holders: Mapping[int, Tenure], now: dt.datetime) -> list[dict]:
    """Who gets a reminder, and of which papers, for a summary list."""
    found: dict[str, list[str]] = {}
    for paper in papers:
        if held := holders.get(paper.author_post_id):
            late = lateness(paper, now)
            said = f"{paper.title} ({late})" if late else f"{paper.title} (due by {in_words(local_date(paper.due_at))})"
            found.setdefault(held.person.name, []).append(said)
    return [{"key": name, "value": _said("\n".join(said))} for name, said in sorted(found.items())]


def chased(people: Sequence[str], vacant: Sequence[str]) -> str:
    """What the reminder did."""
    said = [f"{listed(people)} got a reminder." if people else "Nobody got a reminder."]
    if vacant:
        said.append(f"Vacant: {listed(vacant)}.")
    return " ".join(said)


def table(request: HttpRequest, rows: Sequence[Row], now: dt.datetime, *, caption: str, name: str, empty: str) -> Table:
    """Papers of many meetings."""
    columns = [
        Column("paper", "Paper", _paper_cell, lambda row: row.paper.title.casefold()),
        Column("board", "Board", lambda row: Cell(row.board), lambda row: row.board.casefold()),
        Column(
            "meeting",
            "Meeting",
            lambda row: Cell(row.meeting, kind="date"),
            lambda row: row.day,
            plain=lambda row: row.day.isoformat(),
        ),
        *_shared(now),
    ]
    return Table(request, caption=caption, columns=columns, rows=rows, name=name, sort="due", empty_text=empty)


def meeting_table(request: HttpRequest, rows: Sequence[Row], now: dt.datetime, *, caption: str, name: str) -> Table:
    """The papers of one meeting by item, with those that are missing."""
    columns = [
        Column("item", "Item", lambda row: Cell(row.item), lambda row: row.item_order),
        Column("paper", "Paper", _paper_cell, lambda row: row.paper.title.casefold() if row.paper else None),
        *_shared(now),
    ]
    empty = "No paper is here for you to read yet."
    return Table(request, caption=caption, columns=columns, rows=rows, name=name, sort="item", empty_text=empty)


def _shared(now: dt.datetime) -> list[Column]:
    return [
        Column("author", "Who", _author_cell, lambda row: str(row.paper.author_post).casefold() if row.paper else None),
        Column(
            "due",
            "Due",
            lambda row: Cell(in_words(local_date(row.paper.due_at)), kind="date") if row.paper else Cell(""),
            lambda row: row.paper.due_at if row.paper else None,
            plain=lambda row: local_date(row.paper.due_at).isoformat() if row.paper else "",
        ),
        Column("state", "State", _state_cell, lambda row: _order(row.paper) if row.paper else None),
        Column(
            "late",
            "Late",
            lambda row: Cell(lateness(row.paper, now)) if row.paper else Cell(""),
            lambda row: days_late(row.paper, now) if row.paper else None,
            plain=lambda row: days_late(row.paper, now) if row.paper else "",
        ),
        Column("file", "File", _file_cell),
    ]


def _paper_cell(row: Row) -> Cell:
    if row.paper is None:
        return Cell("Commission a paper", url=row.commission_url) if row.commission_url else Cell("None")
    return Cell(row.paper.title, url=row.paper.get_absolute_url())


def _author_cell(row: Row) -> Cell:
    if row.paper is None:
        return Cell("")
    post = str(row.paper.author_post)
    return Cell(post, note=row.holder) if row.holder else Cell(post, kind="vacant")


def _state_cell(row: Row) -> Cell:
    if row.paper is None:
        return Cell("")
    note = "Late" if row.paper.is_late else ""
    return Cell(row.paper.get_state_display(), kind="state", value=look(row.paper), note=note)


def _file_cell(row: Row) -> Cell:
    newest = getattr(row.paper, "newest", None)
    if newest is None:
        return Cell("")
    if not newest.pack_key:
        return Cell("Word only", note="no PDF for the pack yet")
    return Cell("Tagged" if newest.is_tagged else "Not tagged", note=_pages(newest.pages))


def _pages(count: int | None) -> str:
    return f"{count or '?'} page{'' if count == 1 else 's'}"


def _order(paper: Paper) -> int:
    return list(PaperState).index(PaperState(paper.state))


def _said(text: str) -> SafeString | str:
    return linebreaksbr(text.strip()) if text.strip() else ""
