"""Propose a year of meetings, look at each with its reason, accept some or all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from boards.forms.calendar import ProposeForm
from boards.presenters import calendar as present
from boards.presenters import proposals as lines
from boards.queries import calendar as queries
from boards.queries.proposals import to_propose_for, waiting
from boards.queries.terms import holding_on
from boards.rules import may_run_boards
from boards.services import calendar as doors
from boards.services import proposals
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.verdict import Refusal
from kit.working_days import listed, warns_on

PROPOSE = "Propose a year of meetings"


@form_page
def propose(request: HttpRequest) -> HttpResponse:
    """Which boards and from when; then the proposals are made and shown."""
    actor = request.actor
    insist(may_run_boards(actor))
    boards = to_propose_for(actor)
    hints = lines.hints(boards, holding_on(boards, actor.on))
    form = ProposeForm(
        posted(request),
        boards=boards,
        today=actor.on,
        hints=hints,
        initial={"boards": [board.pk for board in boards], "from_day": lines.next_month(actor.on)},
    )
    return edit_page(
        request,
        form,
        title=PROPOSE,
        intro="Each board gets as many meetings as its terms in force ask, on working days, in sequence with the "
        "boards that advise or direct it. Nothing is planned until you accept it. Proposals of these boards that "
        "nobody accepted are replaced; meetings that are planned or were held stay.",
        warning=warns_on(actor.on),
        crumbs=present.crumbs(),
        act=lambda: proposals.propose(
            boards=list(form.cleaned_data["boards"]),
            from_day=form.cleaned_data["from_day"],
            weekday=form.cleaned_data["weekday"],
            time=form.cleaned_data["at"],
            by=actor,
            at=clock.now(),
        ),
        done="Look at the proposals, and accept what fits.",
        to=lambda outcome: _said(request, outcome),
        cancel=reverse("boards:calendar"),
        submit="Propose",
    )


def _said(request: HttpRequest, outcome: proposals.Outcome) -> str:
    for sentence in outcome.problems:
        messages.warning(request, sentence)
    if outcome.left_out:
        names = listed([board.title for board in outcome.left_out])
        messages.warning(request, f"Left out, because no terms in force say how often they meet: {names}.")
    return reverse("boards:calendar_proposals")


@form_page
def waiting_list(request: HttpRequest) -> HttpResponse:
    """`/boards/calendar/proposals/`: every proposal with its reason, to accept the selected or all."""
    actor = request.actor
    insist(lines.may_see(actor))
    rows = list(waiting(actor))
    refusal = ""
    if request.method == "POST":
        insist(may_run_boards(actor))
        chosen = lines.chosen(rows, request.POST, actor)
        try:
            done = doors.accept(meetings=chosen, by=actor, at=clock.now()) if chosen else []
        except Refusal as error:
            refusal = error.sentence
        else:
            if done:
                messages.success(request, lines.accepted(len(done)))
                return redirect("boards:calendar_proposals" if len(done) < len(rows) else "boards:calendar")
            refusal = "Select at least one proposal"
    boards = {row.board_id: row.board for row in rows}
    around = queries.meetings_between(actor, boards.values(), rows[0].day, rows[-1].day) if rows else []
    keys = {row.pk for row in rows}
    troubles = [each for each in queries.troubles(around, boards.values(), actor.on) if keys.intersection(each.refs)]
    context = {
        "lines": [lines.line(row, actor) for row in rows],
        "troubles": present.trouble_lines(troubles, around),
        "refusal": refusal.removesuffix("."),
        "may_run": may_run_boards(actor),
        "picked": set(request.POST.getlist("meetings")),
        "crumbs": present.crumbs(("Proposals", "")),
    }
    return render(request, "boards/calendar/proposals.html", context, status=422 if refusal else 200)
