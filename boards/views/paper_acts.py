"""What is done with one paper: written, given in, and what the secretariat and the chair answer."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from boards import rules_papers as rules
from boards.forms.papers import FrontForm, PermitForm, RouteForm
from boards.models import Paper
from boards.presenters import papers as present
from boards.presenters.deadlines import due_words
from boards.queries import papers as queries
from boards.services import papers as services
from boards.views.loading_papers import asked_paper_for, crumbs_of, done_already, paper_for, place_of
from kit import clock
from kit.crispy import Submit, helper
from kit.edit_pages import attempt, edit_page, form_page, insist, posted
from kit.forms import StrideForm
from kit.record_forms import ConfirmForm, ReasonForm


@form_page
def front(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in the front sheet."""
    paper = paper_for(request, pk)
    insist(rules.may_write(request.actor, paper, paper.item.meeting))
    form = FrontForm(posted(request), instance=paper)
    return _page(
        request,
        paper,
        form,
        title="Front sheet",
        intro="It may be saved unfinished.",
        act=lambda: services.save_front(
            paper=paper, values=form.values, seen=form.seen, by=request.actor, at=clock.now()
        ),
        done="The front sheet was saved.",
    )


@form_page
def route(request: HttpRequest, pk: int) -> HttpResponse:
    """The bodies that saw the paper before: add a line, or take one off."""
    paper = paper_for(request, pk)
    insist(rules.may_write(request.actor, paper, paper.item.meeting))
    here = reverse("boards:paper_route", args=[paper.pk])
    gone = request.POST.get("remove", "")
    form = RouteForm(None if gone else posted(request), today=clock.today())
    if gone:
        key = int(gone) if gone.isascii() and gone.isdigit() and len(gone) < 12 else 0
        services.remove_step(paper=paper, step=key, by=request.actor)
        messages.success(request, "The line was taken off.")
        return redirect(here)
    if request.method == "POST" and form.is_valid():
        step = attempt(
            form, lambda: services.add_step(paper=paper, **form.cleaned_data, by=request.actor, at=clock.now())
        )
        if step:
            messages.success(request, "The line was added.")
            return redirect(here)
    form.helper = helper(
        form, submit=Submit("Add this line"), secondary=[("Back to the paper", paper.get_absolute_url())]
    )
    meeting, _ = place_of(request, paper)
    page = {
        "paper": paper,
        "steps": list(paper.route.all()),
        "form": form,
        "crumbs": crumbs_of(paper, meeting, (paper.title, paper.get_absolute_url()), ("Governance route", "")),
    }
    return render(request, "boards/papers/route.html", page, status=422 if form.errors else 200)


@form_page
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the paper in."""
    paper, now = paper_for(request, pk), clock.now()
    given = queries.given(paper)
    if done_already(request, paper, "submitted"):
        return _said_already(request, paper, "The paper was submitted already.")
    insist(rules.may_submit(request.actor, paper, paper.item.meeting, given, now))
    late = rules.is_late_now(paper, given, now)
    return _page(
        request,
        paper,
        ConfirmForm(posted(request)),
        title="Submit this paper",
        intro="It goes to the secretariat, and you cannot change it unless they send it back.",
        warning=f"It was due by {due_words(paper.due_at)}, so it will be labelled late." if late else "",
        submit="Submit it",
        act=lambda: services.submit(paper=paper, by=request.actor, at=now),
        done="The paper was submitted.",
    )


@form_page
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back to its author."""
    paper = paper_for(request, pk)
    insist(rules.may_send_back(request.actor, paper, paper.item.meeting))
    form = ReasonForm(posted(request), label="What has to change?", hint="The author reads it, and gets a mail.")
    form.fields["reason"].error_messages["required"] = "Say what has to change"
    return _page(
        request,
        paper,
        form,
        title="Send this paper back",
        submit="Send it back",
        act=lambda: services.send_back(paper=paper, because=_why(form), by=request.actor, at=clock.now()),
        done="The paper was sent back to its author.",
    )


@form_page
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is fit for the pack."""
    paper = paper_for(request, pk)
    if done_already(request, paper, "cleared"):
        return _said_already(request, paper, "The paper was cleared already.")
    insist(rules.may_clear(request.actor, paper, paper.item.meeting, queries.given(paper)))
    return _page(
        request,
        paper,
        ConfirmForm(posted(request)),
        title="Clear this paper",
        intro="It goes into the next pack, and whoever its item is put before can read it.",
        submit="Clear it",
        act=lambda: services.clear(paper=paper, by=request.actor, at=clock.now()),
        done="The paper was cleared.",
    )


@form_page
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off this meeting."""
    paper = paper_for(request, pk)
    insist(rules.may_withdraw(request.actor, paper, paper.item.meeting))
    form = ReasonForm(posted(request), label="Why is it withdrawn?", hint="Its files and its history stay.")
    return _page(
        request,
        paper,
        form,
        title="Withdraw this paper",
        submit="Withdraw it",
        look="warning",
        act=lambda: services.withdraw(paper=paper, because=_why(form), by=request.actor, at=clock.now()),
        done="The paper was withdrawn.",
    )


@form_page
def ask_late(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the chair to let it in late."""
    paper = paper_for(request, pk)
    insist(rules.may_ask_late(request.actor, paper, paper.item.meeting))
    form = ReasonForm(
        posted(request),
        label="Why is it late?",
        hint="The chair and the deputy chair get a mail and read your reason.",
        initial={"reason": paper.late_asked},
    )
    return _page(
        request,
        paper,
        form,
        title="Ask the chair to let it in late",
        intro=f"It is due by {due_words(paper.due_at)}.",
        submit="Ask the chair",
        act=lambda: services.ask_late(paper=paper, because=_why(form), by=request.actor, at=clock.now()),
        done="The chair was asked.",
    )


@form_page
def permit_late(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair's answer, or the secretariat recording it."""
    paper, presides = asked_paper_for(request, pk)
    meeting = paper.item.meeting
    insist(rules.may_permit_late(request.actor, paper, meeting, presides=presides))
    named = [line.holder for line in queries.chairs_of(meeting, clock.today())]
    form = PermitForm(posted(request), chairs=named, records=not presides, asked=present.asked(paper))
    back = reverse("boards:papers") if presides else paper.get_absolute_url()
    return _page(
        request,
        paper,
        form,
        title="Let a late paper in",
        warning="Nobody is in the chair of this board today. Name a chair first." if not named else "",
        submit="Let it in",
        act=lambda: services.permit_late(
            paper=paper, because=_why(form), chair=form.cleaned_data.get("chair", ""), by=request.actor, at=clock.now()
        ),
        done="The paper may come late. Its author was told.",
        back=back,
    )


def _said_already(request: HttpRequest, paper: Paper, sentence: str) -> HttpResponse:
    messages.info(request, sentence)
    return redirect(paper.get_absolute_url())


def _page(
    request: HttpRequest, paper: Paper, form: StrideForm, *, title: str, act: Callable, back: str = "", **words
) -> HttpResponse:
    meeting, _ = place_of(request, paper)
    home = back or paper.get_absolute_url()
    return edit_page(
        request,
        form,
        title=title,
        caption=paper.title,
        crumbs=crumbs_of(paper, meeting, (paper.title, home)),
        act=act,
        to=lambda saved: home,
        cancel=home,
        **words,
    )


def _why(form: ReasonForm) -> str:
    return form.cleaned_data["reason"]
