"""How a meeting reads: its header, its agenda by the clock, who comes, what was declared. Asks nothing."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils import timezone

from boards.choices import Category, MeetingState, Presence, Reply
from boards.disclosure import Seen
from boards.models import Meeting, MeetingAct, Terms
from boards.presenters.crumbs import Crumbs, board_crumbs
from boards.queries.attendance import Line
from boards.queries.meetings import MeetingPage
from boards.queries.quorum import RATIFICATION
from kit import clock
from kit.fields import in_words
from kit.tables import Cell
from kit.working_days import at_time, listed
from people.models import Tenure


@dataclass(frozen=True)
class AgendaLine:
    """One item as its reader sees it. `begins` and `ends` are times of the clock; those of nobody's item are empty.

    `quorum` is said with the item only where it `stands_out`; what most items share is said once for the meeting.
    """

    seen: Seen
    begins: str
    ends: str
    presenter: str = ""
    holder: str = ""
    has_presenter: bool = False
    links: Sequence[Cell] = ()
    restriction: str = ""
    quorum: str = ""
    inquorate: bool = False
    stands_out: bool = False


@dataclass(frozen=True)
class Agenda:
    """The lines, and how their minutes stand against the meeting's length."""

    lines: list[AgendaLine]
    allotted: int
    length: int

    @property
    def over(self) -> int:
        return max(0, self.allotted - self.length)

    @property
    def sentence(self) -> str:
        """ "95 of 120 minutes are allotted."."""
        if self.over:
            return (
                f"The agenda takes {self.allotted} minutes, {self.over} more than the meeting’s {self.length}. "
                "Shorten an item, or take one off."
            )
        return f"{self.allotted} of {self.length} minutes are allotted."


@dataclass(frozen=True)
class SeatRow:
    """A seat in the table of who comes, or came."""

    label: str
    category: str
    name: str
    answer: str
    note: str = ""


@dataclass(frozen=True)
class DeclarationRow:
    """An interest that was declared."""

    who: str
    what: str
    about: str
    outcome: str
    url: str = ""


@dataclass(frozen=True)
class Summary:
    """Counts in a sentence, and the seats."""

    sentence: str
    rows: list[SeatRow] = field(default_factory=list)


def crumbs(meeting: Meeting) -> Crumbs:
    """To the meeting's own page."""
    return board_crumbs(meeting.board, (title(meeting), ""))


def crumbs_to(meeting: Meeting) -> Crumbs:
    """From the board to a page about its meeting, which comes after it."""
    return board_crumbs(meeting.board, (title(meeting), meeting.get_absolute_url()))


def title(meeting: Meeting) -> str:
    """ "Meeting of 8 February 2022"."""
    return f"Meeting of {in_words(meeting.day)}"


def when(meeting: Meeting) -> str:
    """ "Tuesday 8 February 2022, 10am to 12pm, Room 1"."""
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    text = f"{starts:%A} {in_words(starts.date())}, {at_time(starts.time())} to {at_time(ends.time())}"
    return f"{text}, {meeting.place}" if meeting.place else text


def under(page: MeetingPage) -> Cell:
    """Which terms hold for it."""
    if page.terms is None:
        return Cell("None in force on the day")
    held = page.meeting.state == MeetingState.HELD
    how = "Held under" if held else "To be held under"
    text = f"{how} version {page.terms.number}"
    note = f"which adopts the terms of {page.rules.board}, version {page.rules.number}" if _adopted(page) else ""
    return Cell(text, url=page.terms.get_absolute_url(), note=note)


def next_step(page: MeetingPage, now: dt.datetime) -> str:
    """What has to happen to the meeting next, in a sentence."""
    meeting = page.meeting
    if meeting.state == MeetingState.HELD:
        return "None. It was held, and what was recorded of it stays"
    if meeting.state == MeetingState.CANCELLED:
        return "None. It was cancelled"
    if meeting.state == MeetingState.PROPOSED:
        return "To be accepted, or moved to another day"
    if not page.items:
        return "Add the standing items and put what the board is asked on the agenda"
    if meeting.starts_at > now:
        waiting = sum(1 for line in page.lines if line.attendance.reply == Reply.NONE and not line.vacant)
        count = "1 reply is" if waiting == 1 else f"{waiting} replies are"
        return f"{count} awaited" if waiting else "Everybody has replied. It is held next"
    return "Record that it was held" if page.recorded else "Record who was there"


def chairs(page: MeetingPage) -> list[tuple[str, str]]:
    """The chair, or the joint chairs: the seat and the name, which is empty while it is vacant."""
    seats = [line.attendance for line in page.lines if line.attendance.category == Category.CHAIR]
    return [(seat.label if seat.label != seat.name else "", seat.name) for seat in seats]


def agenda(page: MeetingPage) -> Agenda:
    """The items by the clock. Times are those of what the reader sees, so that they show no gap."""
    lines = []
    moment = timezone.localtime(page.meeting.starts_at)
    allotted = 0
    for seen in page.items:
        ends = moment + dt.timedelta(minutes=seen.item.minutes)
        lines.append(_agenda_line(page, seen, moment, ends))
        moment, allotted = ends, allotted + seen.item.minutes
    shared = _shared(lines)
    lines = [replace(line, stands_out=bool(line.quorum) and line.quorum != shared) for line in lines]
    return Agenda(lines, allotted, page.meeting.minutes)


def attendance(page: MeetingPage) -> Summary:
    """Who comes, from their replies; who came, once it is recorded."""
    rows = [_seat_row(line, page) for line in page.lines]
    return Summary(_came(page.lines) if page.recorded else _replied(page.lines), rows)


def declarations(page: MeetingPage, may_edit: bool) -> list[DeclarationRow]:
    """What was declared, as far as the reader may see it."""
    seen = {each.item.pk: each for each in page.items}
    meeting = page.meeting
    return [
        DeclarationRow(
            who=each.attendance.name or each.attendance.label,
            what=each.text,
            about=seen[each.item_id].said if each.item_id else "The whole meeting",
            outcome=each.get_outcome_display(),
            url=reverse("boards:declaration_remove", args=[meeting.board.slug, meeting.pk, each.pk])
            if may_edit
            else "",
        )
        for each in page.declarations
    ]


def history(acts: Sequence[MeetingAct]) -> list[dict]:
    """What happened to the meeting, for a timeline, newest first."""
    return [
        {
            "title": act.verb.replace("_", " ").capitalize(),
            "who": f"{act.by_name} ({act.post_title})" if act.post_title else act.by_name,
            "when": act.at,
            "text": "\n".join(filter(None, (act.detail, act.reason))),
            "url": "",
        }
        for act in acts
    ]


def _adopted(page: MeetingPage) -> bool:
    return page.terms is not None and page.rules is not None and page.terms.pk != page.rules.pk


def _agenda_line(page: MeetingPage, seen: Seen, begins: dt.datetime, ends: dt.datetime) -> AgendaLine:
    item = seen.item
    times = {"begins": at_time(begins.time()), "ends": at_time(ends.time()) if item.minutes else ""}
    if not seen.whole:
        return AgendaLine(seen, **times)
    answer = page.quorum.get(item.pk)
    holding: Tenure | None = page.holders.get(item.presenter_post_id)
    return AgendaLine(
        seen,
        **times,
        presenter=str(item.presenter_post or ""),
        holder=holding.person.name if holding else "",
        has_presenter=item.presenter_post_id is not None,
        links=_links(seen),
        restriction="" if item.visibility == "visible" else f"Restricted. Others see: {_others_see(seen)}",
        quorum=answer.sentence if answer else "",
        inquorate=answer.inquorate if answer else False,
    )


def _others_see(seen: Seen) -> str:
    item = seen.item
    return {
        "title_only": "its title only.",
        "cover_title": f"“{item.cover_title}” in its place.",
        "absent": "nothing.",
    }[item.visibility]


def _shared(lines: Sequence[AgendaLine]) -> str:
    """What is said of the quorum of several items, the most of them; empty where each has its own sentence."""
    said = Counter(line.quorum for line in lines if line.quorum).most_common(1)
    return said[0][0] if said and said[0][1] > 1 else ""


def _links(seen: Seen) -> list[Cell]:
    item = seen.item
    commitments = [Cell(f"{each.number}. {each.title}", url=each.get_absolute_url()) for each in item.commitments.all()]
    return [*(Cell(str(each), url=each.get_absolute_url()) for each in item.strategies.all()), *commitments]


def _seat_row(line: Line, page: MeetingPage) -> SeatRow:
    row = line.attendance
    shown = row.get_presence_display() if page.recorded else row.get_reply_display()
    if line.vacant and not row.deputy_name:
        shown = ""
    by_deputy = row.presence == Presence.DEPUTY if page.recorded else row.reply == Reply.DEPUTY
    notes = [row.deputy_name if by_deputy else ""]
    if page.recorded:
        notes += ["in the chair" if row.presided else "", *_stay(row, page.items)]
    return SeatRow(
        label=row.label,
        category=row.get_category_display(),
        name=row.name,
        answer=shown,
        note=", ".join(filter(None, notes)),
    )


def _stay(row, items: Sequence[Seen]) -> list[str]:
    """From and until which item, by the items that the reader sees: one that they do not leaves no trace."""
    found = []
    if row.arrived_for:
        after = [each for each in items if each.item.position >= row.arrived_for.position]
        found += [f"from item {after[0].number}"] if after and after[0] is not items[0] else []
    if row.left_after:
        before = [each for each in items if each.item.position <= row.left_after.position]
        found += [f"until item {before[-1].number}"] if before and before[-1] is not items[-1] else []
    return found


def _came(lines: Sequence[Line]) -> str:
    return _counted(
        [
            line.attendance.presence
            for line in lines
            if not (line.vacant and line.attendance.presence == "not_recorded")
        ],
        {
            Presence.PRESENT: "{} present",
            Presence.DEPUTY: "{} by deputy",
            Presence.APOLOGIES: "{} with apologies",
            Presence.ABSENT: "{} absent",
            Presence.NOT_RECORDED: "{} not recorded yet",
        },
        lines,
    )


def _replied(lines: Sequence[Line]) -> str:
    return _counted(
        [line.attendance.reply for line in lines if not line.vacant],
        {
            Reply.COMING: "{} coming",
            Reply.DEPUTY: "{} sending a deputy",
            Reply.APOLOGIES: "{} with apologies",
            Reply.NONE: "{} without a reply",
        },
        lines,
    )


def _counted(answers: list[str], words: dict[str, str], lines: Sequence[Line]) -> str:
    if not lines:
        return "Nobody sits on this board on that day."
    said = [text.format(answers.count(key)) for key, text in words.items() if answers.count(key)]
    vacant = sum(line.vacant for line in lines)
    if vacant:
        said.append(f"{vacant} vacant")
    return f"{', '.join(said)}." if said else "No replies yet."


def quorum_sentence(page: MeetingPage, agenda: Agenda) -> tuple[str, bool]:
    """How the meeting stands as a whole, and whether something is wrong."""
    if not page.recorded:
        return page.outlook, page.outlook.startswith(("Unlikely", "No terms"))
    found = [line for line in agenda.lines if line.quorum]
    wrong = [line for line in found if line.inquorate]
    if not found:
        return "Put items on the agenda: each is quorate or not for itself.", False
    shared = _shared_words(found)
    if wrong:
        said = f"{_which(wrong, len(found))} not quorate."
        if RATIFICATION not in shared:
            said += " Decisions taken there will be subject to ratification."
        return f"{said} {shared}".rstrip(), True
    open_ = any(page.quorum[line.seen.item.pk].quorate is None for line in found)
    return f"{'' if open_ else _all(len(found))} {shared}".strip(), False


def _shared_words(found: Sequence[AgendaLine]) -> str:
    """What the items share, and which have it where some have not."""
    shared = [line for line in found if not line.stands_out]
    if not shared:
        return ""
    which = "" if len(shared) == len(found) else f"For items {listed([line.seen.number for line in shared])}: "
    return f"{which}{shared[0].quorum}"


def _which(wrong: list, of: int) -> str:
    if len(wrong) == of > 1:
        return f"All {of} items were"
    numbers = listed([line.seen.number for line in wrong])
    return f"Item {numbers} was" if len(wrong) == 1 else f"Items {numbers} were"


def _all(count: int) -> str:
    return "Quorate for the one item shown." if count == 1 else f"Quorate for all {count} items."


def terms_words(rules: Terms | None) -> str:
    """Whether deputies may come, for the page where replies are taken."""
    if rules is None:
        return "No terms of reference are in force on the day."
    return {
        "not_stated": "The terms of reference say nothing of deputies. One may come, and does not count.",
        "none": "The terms of reference allow no deputies.",
        "named": "The terms of reference allow named deputies only.",
        "senior": "The terms of reference allow any deputy of sufficient seniority.",
        "consistent": "The terms of reference allow a deputy, who is to be the same each time.",
    }[rules.deputies_rule]


def today_is(meeting: Meeting, now: dt.datetime) -> bool:
    """Whether it is the day of the meeting, or later."""
    return meeting.day <= clock.local_date(now)
