"""Referrals across boards, one with its way, and its doors."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from boards import rules_referrals as rules
from boards.choices_records import DecisionKind
from boards.forms import referrals as forms
from boards.models import Board, Referral, ReferralStop
from boards.presenters import referrals as present
from boards.presenters.crumbs import board_crumbs
from boards.queries import referrals as queries
from boards.querysets import SEE_ALL_BOARDS
from boards.rules import may_run_boards
from boards.services import referrals as services
from boards.views.loading_meetings import item_for
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.record_forms import ReasonForm

ON_A_PAGE = 25


@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """`/boards/referrals/`, with kind, board, state and page in the address."""
    everything = queries.referrals(request.actor, clock.now())
    boards = list(Board.objects.visible_to(request.actor))
    form = forms.ReferralFilter(request.GET, boards=boards)
    asked = form.asked()
    found = [line for line in everything if _fits(line, asked)]
    table = present.table(request, found, "No referral is like this. Change what you asked for.")
    if table.wants_csv:
        return table.csv()
    page = Paginator(table.records, ON_A_PAGE).get_page(request.GET.get("page"))
    table.records = list(page.object_list)
    context = {
        "table": table,
        "page": page,
        "filter": form,
        "filtered": any(asked.values()),
        "none_at_all": not everything,
        "waiting": sum(line.waiting for line in everything),
        "late": sum(line.overdue or line.not_received for line in everything),
        "crumbs": present.list_crumbs(),
    }
    return render(request, "boards/referrals/list.html", context)


def _fits(line: queries.Line, asked: dict[str, str]) -> bool:
    if asked["kind"] and line.referral.kind != asked["kind"]:
        return False
    if asked["board"] and not queries.is_about(line, asked["board"]):
        return False
    if asked["state"] == forms.WAITING:
        return line.waiting
    if asked["state"] == forms.OVERDUE:
        return line.overdue or line.not_received
    return not asked["state"] or line.referral.state == asked["state"]


@require_safe
def referral(request: HttpRequest, pk: int) -> HttpResponse:
    """One referral: what was referred, which way it went and what came of it."""
    line = _line(request, pk)
    row, stop, actor, now = line.referral, line.here, request.actor, clock.now()
    sees_all = actor.has(*SEE_ALL_BOARDS)
    context = {
        "page": present.page(line),
        "referral": row,
        "may_receive": rules.may_receive(actor, row, stop),
        "may_place": rules.may_place(actor, row, stop, now),
        "may_answer": rules.may_answer(actor, row, stop, now),
        "may_note": rules.may_note(actor, row),
        "may_withdraw": rules.may_withdraw(actor, row),
        "withdrawn": row.acts.filter(verb="withdrawn").first(),
        "timeline": present.timeline(row.acts.all()) if sees_all else [],
        "crumbs": present.page_crumbs(line),
    }
    return render(request, "boards/referrals/referral.html", context)


@form_page
def new(request: HttpRequest, slug: str, pk: int, item: int) -> HttpResponse:
    """Send on what a board agreed at an item."""
    found = item_for(request, slug, pk, item)
    board, now = found.meeting.board, clock.now()
    insist(rules.may_send(request.actor, board, found, None))
    decisions = queries.decisions_on(found, DecisionKind.REFERRED)
    today = clock.today()
    asked = request.GET.get("decision", "")
    first = next((each for each in decisions if str(each.pk) == asked), decisions[0] if decisions else None)
    form = forms.SendForm(
        posted(request),
        board=board,
        boards=list(Board.objects.visible_to(request.actor).existing_on(today).exclude(pk=board.pk)),
        ways=queries.ways(board),
        decisions=decisions,
        on=today,
        initial={"title": found.title, "text": first.text if first else "", "decision": first},
    )

    def act() -> Referral:
        told = form.cleaned_data
        return services.send(
            kind=told["kind"],
            from_board=board,
            to_boards=form.way,
            title=told["title"],
            text=told["text"],
            restricted=told["restricted"],
            item=found,
            decision=told.get("decision"),
            owner_post=told["owner_post"],
            wanted_by=told["wanted_by"],
            by=request.actor,
            at=now,
        )

    return edit_page(
        request,
        form,
        title="Send it to other boards",
        caption=f"{found.title}, {board.title}",
        crumbs=board_crumbs(board, (str(found.meeting), found.meeting.get_absolute_url())),
        submit="Send",
        act=act,
        done="It was sent.",
        to=lambda saved: saved.get_absolute_url(),
        cancel=found.meeting.get_absolute_url(),
    )


@form_page
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that it has reached the board where it is."""
    line = _line(request, pk)
    if _received_already(request, line):
        messages.info(request, "You confirmed receipt already.")
        return redirect(line.referral)
    stop = _stop(request, line, lambda stop: rules.may_receive(request.actor, line.referral, stop))
    form = forms.StopForm(posted(request), initial={"stop": stop.pk})
    return _act_page(
        request,
        line,
        form,
        title="Confirm receipt",
        intro=f"You confirm for {stop.board} that it has received this. Your name and the day are the evidence.",
        submit="Confirm receipt",
        act=lambda: services.receive(stop=stop, by=request.actor, at=clock.now()),
        done="Receipt was confirmed.",
    )


@form_page
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it on the agenda of a meeting to come."""
    line, now = _line(request, pk), clock.now()
    stop = _stop(request, line, lambda stop: rules.may_place(request.actor, line.referral, stop, now))
    meetings = queries.meetings_for(stop, now)
    form = forms.PlaceForm(posted(request), meetings=meetings, initial={"stop": stop.pk})
    none = f"No meeting of {stop.board} is planned. Plan one: it is then placed there by itself."
    return _act_page(
        request,
        line,
        form,
        title=f"Place it on an agenda of {stop.board}",
        warning="" if meetings else none,
        submit="Place it",
        act=lambda: services.put(stop=stop, meeting=form.cleaned_data["meeting"], by=request.actor, at=now),
        done="It was placed on the agenda.",
    )


@form_page
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the board made of it."""
    line, now = _line(request, pk), clock.now()
    stop = _stop(request, line, lambda stop: rules.may_answer(request.actor, line.referral, stop, now))
    decisions = queries.decisions_on(stop.item)
    form = forms.AnswerForm(posted(request), row=stop, decisions=decisions, initial={"stop": stop.pk})

    def act() -> ReferralStop:
        told = form.cleaned_data
        return services.answer(
            stop=stop,
            disposition=told["disposition"],
            summary=told["summary"],
            text_agreed=told["text_agreed"],
            restricted=told["restricted"],
            decision=told.get("decision"),
            by=request.actor,
            at=now,
        )

    return _act_page(
        request,
        line,
        form,
        title=f"What {stop.board} made of it",
        submit="Record the answer",
        act=act,
        done="The answer was recorded.",
    )


@form_page
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the first board has noted the outcome."""
    line, now = _line(request, pk), clock.now()
    row = line.referral
    insist(rules.may_note(request.actor, row))
    form = forms.NoteForm(
        posted(request),
        meetings=queries.meetings_since(row, now),
        decisions=queries.decisions_on(row.back_on, DecisionKind.NOTED),
    )

    def act() -> Referral:
        told = form.cleaned_data
        decision = told.get("decision")
        meeting = None if decision else told["meeting"]
        return services.note(referral=row, meeting=meeting, decision=decision, by=request.actor, at=now)

    return _act_page(
        request,
        line,
        form,
        title=f"{row.from_board} has noted the outcome",
        intro="It then no longer comes back to the board.",
        submit="Record it",
        act=act,
        done="It is recorded that the board noted the outcome.",
    )


@form_page
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back, with the reason."""
    line = _line(request, pk)
    insist(rules.may_withdraw(request.actor, line.referral))
    form = ReasonForm(posted(request), label="Why is it withdrawn?", hint="Every board on its way reads it.")

    def act() -> Referral:
        reason = form.cleaned_data["reason"]
        return services.withdraw(referral=line.referral, because=reason, by=request.actor, at=clock.now())

    return _act_page(
        request,
        line,
        form,
        title="Withdraw this referral",
        submit="Withdraw it",
        look="warning",
        act=act,
        done="The referral was withdrawn.",
    )


def _line(request: HttpRequest, pk: int) -> queries.Line:
    """Raises Http404."""
    row = get_object_or_404(Referral.objects.visible_to(request.actor), pk=pk)
    return queries.one(row, request.actor, clock.now())


def _received_already(request: HttpRequest, line: queries.Line) -> bool:
    """A second press: the last thing that happened to the referral is its receipt, confirmed by this user."""
    last = line.referral.acts.order_by("-pk").first() if request.method == "POST" else None
    return last is not None and (last.verb, last.by_user_id) == ("received", request.actor.user_id)


def _stop(request: HttpRequest, line: queries.Line, rule) -> ReferralStop | None:
    """The stop that the form was opened for, else the one where it is. Raises PermissionDenied.

    When it has gone on since, the service says so on the form, and nothing typed is lost.
    """
    insist(may_run_boards(request.actor))
    typed = request.POST.get("stop", "")
    seen = next((stop for stop in line.stops if str(stop.pk) == typed), None)
    if seen is None or seen == line.here:
        insist(rule(line.here))
        return line.here
    return seen


def _act_page(request: HttpRequest, line: queries.Line, form, **more) -> HttpResponse:
    url = line.referral.get_absolute_url()
    caption = f"{line.referral.reference} {line.referral.title}"
    crumbs = present.act_crumbs(line)
    return edit_page(request, form, caption=caption, crumbs=crumbs, to=lambda saved: url, cancel=url, **more)
