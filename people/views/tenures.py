"""Who holds a post from when to when, and who drafts for it. Each is reached through its post."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from kit.edit_pages import edit_page, form_page, insist, posted
from people import presenters, rules
from people.forms import DelegationForm, EndDelegationForm, EndTenureForm, TenureForm
from people.models import Delegation, Post, Tenure
from people.services import tenures


@form_page
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Put a person in the post."""
    post = get_object_or_404(Post, code=code)
    insist(rules.may_keep_people(request.actor))
    form = TenureForm(posted(request), instance=Tenure(post=post))
    return edit_page(
        request,
        form,
        title="Say who holds this post",
        caption=post.title,
        crumbs=presenters.post_crumbs(post),
        act=lambda: tenures.add(tenure=form.instance, by=request.actor),
        done="The holder was added.",
        to=lambda tenure: post.get_absolute_url(),
        cancel=post.get_absolute_url(),
    )


@form_page
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Correct a tenure."""
    return _change(request, code, pk, TenureForm, "Correct this tenure", "The tenure was saved.")


@form_page
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Set the last day of a tenure."""
    return _change(request, code, pk, EndTenureForm, "When does this tenure end?", "The last day was saved.")


def _change(request: HttpRequest, code: str, pk: int, form_class: type, title: str, done: str) -> HttpResponse:
    tenure = get_object_or_404(Tenure.objects.select_related("post", "person"), post__code=code, pk=pk)
    insist(rules.may_keep_people(request.actor))
    form = form_class(posted(request), instance=tenure)
    return edit_page(
        request,
        form,
        title=title,
        caption=f"{tenure.person} as {tenure.post}",
        crumbs=presenters.post_crumbs(tenure.post),
        act=lambda: tenures.change(tenure=tenure, values=form.values, seen=form.seen, by=request.actor),
        done=done,
        to=lambda saved: tenure.post.get_absolute_url(),
        cancel=tenure.post.get_absolute_url(),
    )


@form_page
def new_delegation(request: HttpRequest, code: str) -> HttpResponse:
    """Let a person draft and submit for the post."""
    post = get_object_or_404(Post, code=code)
    insist(rules.may_delegate(request.actor, post))
    form = DelegationForm(posted(request), instance=Delegation(post=post))
    form.exclude_person(request.actor.person_id if post.pk in request.actor.holds else None)
    return edit_page(
        request,
        form,
        title="Add a delegate",
        caption=post.title,
        intro="A delegate drafts and submits returns for the post. The post stays accountable for them.",
        crumbs=presenters.post_crumbs(post),
        act=lambda: tenures.delegate(delegation=form.instance, by=request.actor),
        done="The delegate was added.",
        to=lambda delegation: post.get_absolute_url(),
        cancel=post.get_absolute_url(),
    )


@form_page
def end_delegation(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Set the last day of a delegation."""
    delegation = get_object_or_404(Delegation.objects.select_related("post", "person"), post__code=code, pk=pk)
    insist(rules.may_delegate(request.actor, delegation.post))
    form = EndDelegationForm(posted(request), instance=delegation)
    return edit_page(
        request,
        form,
        title="When does this delegation end?",
        caption=f"{delegation.person} for {delegation.post}",
        crumbs=presenters.post_crumbs(delegation.post),
        act=lambda: tenures.end_delegation(delegation=delegation, values=form.values, seen=form.seen, by=request.actor),
        done="The last day was saved.",
        to=lambda saved: delegation.post.get_absolute_url(),
        cancel=delegation.post.get_absolute_url(),
    )
