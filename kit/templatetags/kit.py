"""The components of a page. A builtin: no template loads it. Markup lives in templates/kit, one file a component."""

import re

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import slugify

from kit import marks
from kit import working_days as words

register = template.Library()
LINE_ENDS = re.compile("\r\n|\r")
BLANK_LINES = re.compile(r"\n\s*\n")


@register.inclusion_tag("kit/page_heading.html")
def page_heading(title, caption=""):
    return {"title": title, "caption": caption}


@register.inclusion_tag("kit/tag.html")
def rating_tag(rating):
    return marks.rating(rating)


@register.inclusion_tag("kit/tag.html")
def state_tag(state, label=""):
    return marks.state(state, label)


@register.inclusion_tag("kit/record_header.html")
def record_header(title="", caption="", state="", state_label="", lead="", overseer="", next_step=""):
    return {
        "title": title,
        "caption": caption,
        "state": state,
        "state_label": state_label,
        "holders": [(label, role) for label, role in (("Lead", lead), ("Overseer", overseer)) if role != ""],
        "next_step": next_step,
    }


@register.inclusion_tag("kit/holder.html")
def holder(person=None):
    return {"person": person}


@register.inclusion_tag("kit/summary_list.html")
def summary_list(rows):
    return {"rows": rows}


@register.inclusion_tag("kit/task_list.html")
def task_list(items, prefix="task"):
    return {"items": items, "prefix": prefix}


@register.inclusion_tag("kit/table.html")
def data_table(table):
    name = slugify(getattr(table, "name", "") or table.caption) or "data"
    return {"table": table, "table_id": f"table-{name}"}


@register.inclusion_tag("kit/csv_link.html")
def csv_link(table):
    """For a table that a page draws itself."""
    return {"table": table}


@register.inclusion_tag("kit/sort_header.html")
def sort_header(column, table):
    sort = table.sort or ""
    order = {column.key: "ascending", f"-{column.key}": "descending"}.get(sort, "none")
    href = table.url_for_sort(column.key) if column.sortable else ""
    return {"column": column, "order": order, "href": href}


@register.inclusion_tag("kit/word_diff.html")
def word_diff(segments):
    # The space before a changed word stands outside its mark, where it is not struck out with it.
    return {"segments": [(op, text[: len(text) - len(text.lstrip())], text.lstrip()) for op, text in segments]}


@register.inclusion_tag("kit/timeline.html")
def timeline(entries):
    return {"entries": entries}


@register.inclusion_tag("kit/empty_state.html")
def empty_state(text, action_label="", action_url=""):
    return {"text": text, "action_label": action_label, "action_url": action_url}


@register.inclusion_tag("kit/inset.html")
def inset(text):
    return {"text": text}


@register.inclusion_tag("kit/warning.html")
def warning(text):
    return {"text": text}


@register.inclusion_tag("kit/breadcrumbs.html")
def breadcrumbs(items):
    return {"items": items}


@register.inclusion_tag("kit/pagination.html", takes_context=True)
def pagination(context, page, param="page"):
    """For a Page of Django's Paginator. Keeps the rest of the query string."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def link(number):
        if query is None:
            return f"?{param}={number}"
        query[param] = number
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "previous": link(page.previous_page_number()) if page.has_previous() else "",
        "next": link(page.next_page_number()) if page.has_next() else "",
        "links": [(n, link(n)) if isinstance(n, int) else (n, "") for n in numbers],
    }


@register.simple_tag
def error_title(*forms):
    """What the title of a page starts with when a form or formset on it was refused."""
    return "Error: " if any(_refused(form) for form in forms) else ""


def _refused(form):
    if not getattr(form, "is_bound", False):
        return False
    if hasattr(form, "total_error_count"):
        return form.total_error_count() > 0
    return bool(form.errors)


@register.filter
def nl2p(text):
    """Paragraphs and line breaks from plain text. Always escaped, whatever it was marked as."""
    lines = LINE_ENDS.sub("\n", "" if text is None else str(text)).strip()
    paragraphs = [part for part in BLANK_LINES.split(lines) if part.strip()]
    body = (escape(part).replace("\n", "<br>") for part in paragraphs)
    return SafeString("\n".join(f'<p class="govuk-body">{part}</p>' for part in body))


@register.filter
def days(count):
    """1 becomes "1 day", 3 becomes "3 days"."""
    return f"{count} day" if count in (1, -1) else f"{count} days"


@register.filter
def at_time(moment):
    """The time of the clock where the body is: 2:30pm, midday."""
    return words.at_time(timezone.localtime(moment).time()) if moment else ""
