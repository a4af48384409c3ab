"""The list of posts, and one post with its holders over time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kit.edit_pages import edit_page, form_page, insist, posted
from people import presenters, queries, rules
from people.forms import PostFilter, PostForm
from people.models import Post, Unit
from people.queries import PostLine
from people.services import records


@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """All posts of today with who holds them."""
    units = list(Unit.objects.all())
    form = PostFilter(request.GET, units=presenters.unit_choices(units))
    asked = form.asked()
    lines = _fitting(queries.posts_on(request.actor.on), units, asked)
    table = presenters.posts_table(request, lines)
    if table.wants_csv:
        return table.csv()
    page = {
        "table": table,
        "filter": form,
        "filtered": any(asked.values()),
        "vacant": sum(line.holding is None for line in lines),
        "may_keep": rules.may_keep_people(request.actor),
    }
    return render(request, "people/post/list.html", page)


def _fitting(lines: list[PostLine], units: list[Unit], asked: dict[str, str]) -> list[PostLine]:
    if asked["unit"]:
        chosen = next(unit for unit in units if unit.code == asked["unit"])
        within = queries.parts_of(chosen.pk, units)
        lines = [line for line in lines if line.post.unit_id in within]
    if words := asked["q"].casefold().strip():
        lines = [line for line in lines if words in _searched(line).casefold()]
    tests = {
        "vacant": lambda line: line.holding is None,
        "held": lambda line: line.holding is not None,
        "covered": lambda line: line.holding is not None and line.holding.basis != "substantive",
    }
    return [line for line in lines if tests[asked["show"]](line)] if asked["show"] else lines


def _searched(line: PostLine) -> str:
    names = [tenure.person.name for tenure in (line.holding, *line.covered) if tenure]
    return "\n".join([line.post.title, *names])


@require_safe
def post(request: HttpRequest, code: str) -> HttpResponse:
    """One post: who holds it, who held it, who drafts for it."""
    try:
        page = queries.post_page(code, request.actor.on)
    except Post.DoesNotExist:
        raise Http404 from None
    found = page.line.post
    holders = presenters.holders_table(request, found, page.tenures)
    delegates = presenters.delegates_table(request, found, page.delegations)
    for table in (holders, delegates):
        if table.wants_csv:
            return table.csv()
    context = {
        "line": page.line,
        "post": found,
        "basis": presenters.basis_sentence(page.line),
        "holders": holders,
        "delegates": delegates,
        "on": request.actor.on,
        "may_keep": rules.may_keep_people(request.actor),
        "may_delegate": rules.may_delegate(request.actor, page.line.post),
        "crumbs": presenters.crumbs((page.line.post.title, "")),
    }
    return render(request, "people/post/post.html", context)


@form_page
def new(request: HttpRequest) -> HttpResponse:
    """Add a post."""
    insist(rules.may_keep_people(request.actor))
    form = PostForm(posted(request))
    return edit_page(
        request,
        form,
        title="Add a post",
        intro="A post is an office, not a person. After saving, say who holds it.",
        crumbs=presenters.crumbs(),
        act=lambda: records.add(record=form.instance, by=request.actor),
        done="The post was added. Now say who holds it.",
        to=lambda record: record.get_absolute_url(),
        cancel=presenters.crumbs()[0][1],
    )


@form_page
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a post, or say when it ends."""
    record = get_object_or_404(Post, code=code)
    insist(rules.may_keep_people(request.actor))
    form = PostForm(posted(request), instance=record)
    return edit_page(
        request,
        form,
        title="Change this post",
        caption=record.title,
        crumbs=presenters.post_crumbs(record),
        act=lambda: records.change(record=record, values=form.values, seen=form.seen, by=request.actor),
        done="The post was saved.",
        to=lambda saved: saved.get_absolute_url(),
        cancel=record.get_absolute_url(),
    )
