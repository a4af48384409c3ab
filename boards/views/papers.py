"""Papers: the list, those of a meeting with what is missing, one paper, commissioning and chasing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import rules_papers as rules
from boards.choices_papers import WITH_AUTHOR
from boards.forms.papers import CommissionForm, PapersFilter
from boards.models import Board, Meeting, Paper
from boards.presenters import meetings as present_meetings
from boards.presenters import papers as present
from boards.presenters.crumbs import crumbs
from boards.presenters.deadlines import due_words
from boards.queries import papers as queries
from boards.querysets import SEE_ALL_BOARDS
from boards.rules import may_run_boards
from boards.services import papers as services
from boards.views.loading_meetings import item_for, meeting_for
from boards.views.loading_papers import crumbs_of, paper_for, place_of, said_in
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.tables import Table
from kit.verdict import Refusal
from people.queries import holders_on

EMPTY = "No paper is here for you. Papers are commissioned for the items of a meeting."
NO_MATCH = "No paper matches. Clear the filter to see them all."


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """What the reader owes, what waits for them as chair, and every paper that they may read."""
    actor, now = request.actor, clock.now()
    visible = Paper.objects.visible_to(actor).select_related("item__meeting__board", "author_post")
    found = queries.with_newest(visible.order_by("-item__meeting__starts_at", "item__position", "number"))
    boards = {paper.item.meeting.board.slug: paper.item.meeting.board.title for paper in found}
    if (slug := request.GET.get("board", "")) and slug not in boards:
        boards |= dict(Board.objects.visible_to(actor).filter(slug=slug).values_list("slug", "title"))
    filter = PapersFilter(request.GET, boards=sorted(boards.items(), key=_second), states=[p.state for p in found])
    asked = filter.cleaned_data if filter.is_valid() else {}
    shown = [paper for paper in found if _fits(paper, asked)]
    owed_keys = set(queries.owed_by(actor).values_list("pk", flat=True))
    holders = holders_on([paper.author_post_id for paper in found], clock.today())
    rows, owed = (
        present.rows_of(chosen, {}, holders) for chosen in (shown, [each for each in found if each.pk in owed_keys])
    )
    table = _table(request, rows, now, caption="Papers", name="papers", empty=NO_MATCH if found else EMPTY)
    if table.wants_csv:
        return table.csv()
    page = {
        "owed": present.owed(owed, now),
        "waiting": list(queries.asked_of_chair(actor).select_related("item__meeting__board")),
        "table": table,
        "filter": filter,
        "is_narrowed": any(asked.values()),
        "count": len(found),
        "shown": len(shown),
        "crumbs": crumbs(("Papers", "")),
    }
    return render(request, "boards/papers/list.html", page)


@require_safe
def of_meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The papers of a meeting: for the secretariat also what is missing, and from whom."""
    meeting, actor, now = meeting_for(request, slug, pk), request.actor, clock.now()
    said = said_in(request, meeting)
    rows = _rows(request, meeting, said)
    table = present.meeting_table(
        request,
        rows,
        now,
        caption=f"Papers of the meeting of {meeting.day:%-d %B %Y}",
        name=f"papers-{meeting.pk}",
    )
    if table.wants_csv:
        return table.csv()
    missing = [row for row in rows if row.paper and row.paper.state in WITH_AUTHOR]
    commissions = bool(rules.may_commission(actor, meeting))
    there = {row.paper.item_id for row in rows if row.paper}
    page = {
        "meeting": meeting,
        "board": meeting.board,
        "table": table,
        "missing": len(missing),
        "overdue": sum(1 for row in missing if row.paper.due_at < now),
        "standing": sum(1 for row in rows if row.paper),
        "more": present.with_papers(meeting, said, there) if commissions else [],
        "due": queries.due_of(meeting),
        "sees_all": actor.has(*SEE_ALL_BOARDS),
        "may_chase": rules.may_chase(actor, meeting),
        "crumbs": [*present_meetings.crumbs_to(meeting), ("Papers", "")],
    }
    return render(request, "boards/papers/meeting.html", page)


@form_page
def new(request: HttpRequest, slug: str, pk: int, item: int) -> HttpResponse:
    """Commission a paper for an item."""
    found, now = item_for(request, slug, pk, item), clock.now()
    meeting = found.meeting
    insist(rules.may_commission(request.actor, meeting))
    milestone = queries.due_of(meeting)
    form = CommissionForm(posted(request), meeting=meeting, milestone=milestone, at=now, initial={"title": found.title})
    return edit_page(
        request,
        form,
        title="Commission a paper",
        caption=found.title,
        crumbs=[*present_meetings.crumbs_to(meeting), ("Papers", _url(meeting))],
        intro="Whoever holds the post gets one mail with a link.",
        submit="Commission it",
        act=lambda: services.commission(item=found, **form.cleaned_data, by=request.actor, at=now),
        done="The paper was commissioned.",
        to=_told(request),
        cancel=_url(meeting),
    )


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper, as far as the reader reads it."""
    found, actor, now = paper_for(request, pk), request.actor, clock.now()
    meeting, said = place_of(request, found)
    inside = rules.reads_drafts(actor, found)
    acts = list(found.acts.all()) if inside else []
    versions = list(found.versions.all() if inside else found.versions.all()[:1])
    given = rules.Given(
        bool(versions),
        next((act.at for act in acts if act.verb == "sent_back"), None),
        fits_pack=not versions or bool(versions[0].pack_key),
    )
    planned = found.item.meeting
    may_submit = rules.may_submit(actor, found, planned, given, now)
    may_write = rules.may_write(actor, found, planned)
    held = queries.holder_of(found.author_post, clock.today())
    page = {
        "paper": found,
        "meeting": meeting,
        "said": said,
        "look": present.look(found),
        "holder": held.person.name if held else "",
        "due": due_words(found.due_at),
        "lateness": present.lateness(found, now),
        "next_step": present.next_step(
            found,
            is_author=rules.writes(actor, found),
            runs=bool(may_run_boards(actor)),
            blocked=not rules.is_complete(found, given),
            needs_permission=rules.needs_permission(found, given, now),
        ),
        "inside": inside,
        "front": present.front(found),
        "versions": present.versions(found, versions),
        "route": present.route(found.route.all(), queries.referrals_behind(found, actor)),
        "timeline": present.history(acts),
        "may_write": may_write,
        "may_submit": may_submit,
        "may_ask": rules.may_ask_late(actor, found, planned),
        "needs_permission": rules.needs_permission(found, given, now),
        "may_permit": rules.may_permit_late(actor, found, planned, presides=False),
        "may_clear": rules.may_clear(actor, found, planned, given),
        "may_send_back": rules.may_send_back(actor, found, planned),
        "may_withdraw": rules.may_withdraw(actor, found, planned),
        "crumbs": crumbs_of(found, meeting, (found.title, "")),
    }
    return render(request, "boards/papers/paper.html", page)


@form_page
def chase(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Remind the authors whose papers are missing, after looking at who they are."""
    meeting, now = meeting_for(request, slug, pk), clock.now()
    insist(rules.may_chase(request.actor, meeting))
    if request.method == "POST":
        try:
            chased = services.chase(meeting=meeting, by=request.actor, at=now)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            tell = messages.success if chased.people else messages.warning
            tell(request, present.chased(chased.people, chased.vacant))
        return redirect(_url(meeting))
    found = list(queries.missing(meeting))
    holders = holders_on([each.author_post_id for each in found], clock.today())
    page = {
        "meeting": meeting,
        "readers": present.readers(found, holders, now),
        "vacant": sorted({str(each.author_post) for each in found if each.author_post_id not in holders}),
        "crumbs": [*present_meetings.crumbs_to(meeting), ("Papers", _url(meeting)), ("Chase", "")],
    }
    return render(request, "boards/papers/chase.html", page)


def _rows(request: HttpRequest, meeting: Meeting, said: dict[int, str]) -> list[present.Row]:
    """Every item that the reader may read papers of; for the secretariat also the items without one."""
    actor = request.actor
    visible = Paper.objects.visible_to(actor).standing().filter(item__meeting=meeting)
    found = queries.with_newest(visible.select_related("item__meeting__board", "author_post").order_by("number"))
    holders = holders_on([each.author_post_id for each in found], clock.today())
    rows = present.rows_of(found, said, holders)
    if actor.has(*SEE_ALL_BOARDS):
        commissions = bool(rules.may_commission(actor, meeting))
        there = {each.item_id for each in found}
        rows += present.without_paper(meeting, said, there, commissions)
    return rows


def _table(request: HttpRequest, rows: list[present.Row], now, **words: str) -> Table:
    return present.table(request, rows, now, **words)


def _fits(paper: Paper, asked: dict[str, str]) -> bool:
    board, state = asked.get("board"), asked.get("state")
    return (not board or paper.item.meeting.board.slug == board) and (not state or paper.state == state)


def _told(request: HttpRequest):
    """On to the paper; a vacant post is said, since nobody got a mail."""

    def to(saved: Paper) -> str:
        if queries.holder_of(saved.author_post, clock.today()) is None:
            messages.warning(request, f"{saved.author_post} is vacant, so nobody was told. Name somebody for the post.")
        return saved.get_absolute_url()

    return to


def _second(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


def _url(meeting: Meeting) -> str:
    return reverse("boards:meeting_papers", args=[meeting.board.slug, meeting.pk])
