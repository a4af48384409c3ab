"""The action log: across boards, at one meeting, and reminding owners by mail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from boards import rules_actions as rules
from boards.choices_records import ActionState
from boards.forms.board_actions import ActionFilter, CloseSeveralForm
from boards.models import BoardAction
from boards.presenters import board_action_pages as present
from boards.presenters.board_actions import rows as in_words
from boards.presenters.crumbs import crumbs as board_crumbs
from boards.presenters.meetings import crumbs_to
from boards.queries import board_actions as queries
from boards.queries.action_chasing import chase_of, due_now
from boards.queries.boards import with_records
from boards.queries.decisions import is_confirmed
from boards.services import action_chasing
from boards.services import board_actions as services
from boards.views.loading_meetings import meeting_for
from kit import clock
from kit.crispy import Submit, helper
from kit.edit_pages import attempt, form_page, insist, posted
from people.actor import Actor

PAGE = 50


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Narrowed, sorted and paged; the file holds every page."""
    actor = request.actor
    reach = BoardAction.objects.visible_to(actor)
    boards = with_records(reach.order_by(), actor, request.GET.get("board", ""))
    asked = ActionFilter(request.GET, boards=[(each.slug, each.title) for each in boards], which=present.WHICH)
    which = asked.asked.get("which", "")
    found = queries.lines(_asked_for(reach, asked.asked, actor), actor)
    lines = present.narrowed(present.listed_lines(found, actor.on), which)
    table = present.table(request, lines, caption="Action log", name="actions", sort="due")
    if table.wants_csv:
        return table.csv()
    page = Paginator(table.records, PAGE).get_page(request.GET.get("page"))
    counts = present.counts(lines)
    table.records = list(page)
    context = {
        "table": table,
        "page": page,
        "filter": asked,
        "counts": counts,
        "any": bool(boards),
        "may_chase": rules.may_chase(actor),
        "crumbs": board_crumbs(("Actions", "")),
    }
    return render(request, "boards/actions/log.html", context)


@form_page
def of_meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The log as a meeting finds it. The secretariat closes there what the board agrees to close, all at once."""
    actor = request.actor
    meeting = meeting_for(request, slug, pk)
    found = queries.log_of(meeting.board, actor, meeting)
    may_close = rules.may_close_at(actor, meeting, is_confirmed(meeting), clock.now())
    form = CloseSeveralForm(posted(request), lines=found.proposed)
    form.helper = helper(form, submit=Submit("Record as closed"))
    if request.method == "POST":
        insist(may_close)
        if form.is_valid():
            done = attempt(
                form,
                lambda: services.close_several(actions=form.chosen, meeting=meeting, by=actor, at=clock.now()),
            )
            if done is not None:
                messages.success(request, f"{len(done)} action{'s were' if len(done) > 1 else ' was'} closed.")
                return redirect("boards:meeting_actions", slug, pk)
    context = {
        "meeting": meeting,
        "form": form if may_close and found.proposed else None,
        "proposed": [] if may_close else in_words(found.proposed, actor.on),
        "table": present.table(
            request,
            present.listed_lines([*found.open, *found.closed], actor.on),
            caption="Open and newly closed",
            name="action-log",
        ),
        "crumbs": [*crumbs_to(meeting), ("Action log", "")],
    }
    if context["table"].wants_csv:
        return context["table"].csv()
    return render(request, "boards/actions/meeting.html", context, status=422 if form.errors else 200)


@form_page
def chase(request: HttpRequest) -> HttpResponse:
    """Who would get a mail and who cannot, then the mail."""
    actor = request.actor
    insist(rules.may_chase(actor))
    if request.method == "POST":
        done = action_chasing.chase(by=actor, at=clock.now())
        tell = messages.success if done.owners else messages.warning
        tell(request, present.chased(done))
        return redirect("boards:actions")
    rows = due_now(actor.on).select_related("board", "owner_post")
    found = chase_of(list(rows), actor.on, days=action_chasing.DAILY)
    table = present.chase_table(request, found, actor.on)
    if table.wants_csv:
        return table.csv()
    context = {"chase": found, "table": table, "crumbs": present.crumbs(("Remind owners", ""))}
    return render(request, "boards/actions/chase.html", context)


def _asked_for(reach: QuerySet, asked: dict[str, str], actor: Actor) -> QuerySet:
    """Closed ones only when they are asked for."""
    closed = asked.get("which") == ActionState.CLOSED
    rows = reach.filter(state=ActionState.CLOSED) if closed else reach.not_closed()
    if board := asked.get("board"):
        rows = rows.filter(board__slug=board)
    if asked.get("owner") == "mine":
        mine = Q(owner_post__in=actor.speaks_for) | Q(contributor_links__post__in=actor.speaks_for)
        rows = rows.filter(pk__in=BoardAction.objects.filter(mine).values("pk"))
    return rows
