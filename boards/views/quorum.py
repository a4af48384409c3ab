"""The quorum of a draft: asked in plain questions, read back in words, then saved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from boards.choices import MEMBERS
from boards.forms.quorum import TITLE, QuorumForm
from boards.models import Terms
from boards.presenters.crumbs import terms_crumbs
from boards.queries.checks import of_quorum
from boards.queries.seats import quorum_seats, seats_on
from boards.quorum_of import post_names, sentences
from boards.services import terms as services
from boards.terms_text import NO_QUORUM
from kit.crispy import Submit, helper
from kit.edit_pages import attempt, posted


def quorum(request: HttpRequest, draft: Terms) -> HttpResponse:
    """Sent once, the answers come back in words with what is wrong with them; sent again unchanged, they are saved."""
    lines = seats_on([draft.board_id], request.actor.on, *MEMBERS).get(draft.board_id, [])
    posts = [line.membership.post for line in lines if line.membership.post]
    form = QuorumForm(posted(request), instance=draft, posts=posts)
    back = reverse("boards:terms_edit", args=[draft.board.slug])
    words: list[str] = []
    wrong: list[str] = []
    if request.method == "POST" and form.is_valid():
        asked = _asked(draft, form)
        words = sentences(asked, post_names([asked])) or [NO_QUORUM]
        wrong = of_quorum(asked, quorum_seats(lines))
        confirmed = "save" in request.POST and form.cleaned_data["read"] == " ".join(words)
        if confirmed and attempt(form, lambda: _save(request, draft, form)) is not None:
            messages.success(request, f"{TITLE}: saved.")
            return redirect(back)
        form.show_words(" ".join(words))
    buttons = [("Cancel", back)]
    if words and not form.errors:
        submit = Submit("Save this quorum", name="save", value="yes")
        buttons.insert(0, Submit("Read it in words again", look="secondary"))
    else:
        submit = Submit("Read it in words")
    form.helper = helper(form, *form.layout(), submit=submit, secondary=buttons)
    page = {
        "form": form,
        "terms": draft,
        "title": TITLE,
        "words": words if not form.errors else [],
        "wrong": wrong,
        "caption": f"{draft.board.title}, terms of reference, version {draft.number}",
        "crumbs": [*terms_crumbs(draft.board, (f"Version {draft.number}", back)), (TITLE, "")],
    }
    return render(request, "boards/terms/quorum.html", page, status=422 if form.errors else 200)


def _asked(draft: Terms, form: QuorumForm) -> Terms:
    """The draft as it would be."""
    asked = Terms(board=draft.board, number=draft.number)
    for name, value in form.values.items():
        setattr(asked, name, value)
    return asked


def _save(request: HttpRequest, draft: Terms, form: QuorumForm) -> Terms:
    return services.change(terms=draft, values=form.values, seen=form.seen, by=request.actor)
