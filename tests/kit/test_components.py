"""What the components promise: the right markup, a word for every colour, and escaped text."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Engine, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import SafeString

from kit import marks

HOSTILE = '<script>alert("x")</script>&{{ chrome }}'
MOMENT = dt.datetime(2022, 1, 14, 16, 5, tzinfo=dt.UTC)


def draw(source, **values):
    return Template(source).render(Context(values))


def cell(**values):
    return SimpleNamespace(**{"text": "", "url": "", "kind": "text", "note": "", "value": "", **values})


def table(rows=None, text="Recruitment"):
    columns = [
        SimpleNamespace(key="title", heading=text, sortable=True, numeric=False),
        SimpleNamespace(key="behind", heading="Behind", sortable=True, numeric=True),
        SimpleNamespace(key="rating", heading="Rating", sortable=False, numeric=False),
    ]
    row = [cell(text=text, url="/x", note=text), cell(text="3", kind="number"), cell(kind="rating", value="red")]
    return SimpleNamespace(
        caption=text,
        columns=columns,
        sort="-title",
        url_for_sort=lambda key: f"?sort={key}",
        csv_url="/x.csv",
        rows=[row] if rows is None else rows,
        empty_text=text,
    )


@pytest.mark.parametrize("key", marks.RATINGS)
def test_a_rating_is_a_word_and_a_hidden_shape(key):
    html = draw("{% rating_tag key %}", key=key)
    assert f"</svg>{marks.RATINGS[key][0]}</strong>" in html
    assert 'aria-hidden="true"' in html


def test_no_two_ratings_share_word():
    words = [word for word, _, _ in marks.RATINGS.values()]
    assert len(words) == len(set(words))


def test_ratings_of_one_scale_differ_in_shape_as_well_as_colour():
    for scale in (("green", "amber", "red", ""), ("met", "on_track", "slipping", "off_track", "no_data")):
        assert len({marks.RATINGS[key][2] for key in scale}) == len(scale)


def test_only_problems_are_red():
    assert {key for key, (_, look) in marks.STATES.items() if look == "bad"} == {"missing", "overdue", "not_kept"}
    red = {key for key, (_, look, _) in marks.RATINGS.items() if look == "bad"}
    assert red == {"red", "missing", "off_track"}


def test_a_state_takes_its_label_or_its_own_word():
    assert ">Changes requested<" in draw("{% state_tag 'changes_requested' %}")
    assert ">Sent back<" in draw("{% state_tag 'changes_requested' 'Sent back' %}")


def test_a_vacant_post_is_shown():
    lead = {"post": "Director of People", "holder": None}
    html = draw("{% record_header title='A' lead=lead overseer=None next_step='Appoint' %}", lead=lead)
    assert "Director of People" in html
    assert "Vacant" in html
    assert "Not named" in html
    assert html.index("Lead") < html.index("Overseer") < html.index("Next step")


def test_a_record_header_leaves_out_what_it_was_not_given():
    html = draw("{% record_header title='A' state='draft' %}")
    assert "Draft" in html
    assert "Overseer" not in html
    assert html.count("<h1") == 1


def test_an_empty_value_reads_not_provided_and_zero_does_not():
    html = draw("{% summary_list rows %}", rows=[{"key": "A", "value": ""}, {"key": "B", "value": 0}])
    assert html.count("Not provided") == 1
    assert ">0<" in html


def test_a_change_link_says_what_it_changes():
    actions = [{"label": "Change", "hidden": "title", "url": "/x"}]
    html = draw("{% summary_list rows %}", rows=[{"key": "Title", "value": "A", "actions": actions}])
    assert 'Change<span class="govuk-visually-hidden"> title</span>' in html


def test_a_task_that_cannot_start_is_no_link():
    items = [{"title": "Submit", "hint": "", "url": None, "status": "Cannot start yet", "status_kind": "plain"}]
    html = draw("{% task_list items %}", items=items)
    assert "<a" not in html
    assert "govuk-task-list__status--cannot-start-yet" in html


def test_a_task_link_is_described_by_its_hint_and_status():
    items = [{"title": "Rating", "hint": "One question", "url": "/x", "status": "Incomplete", "status_kind": "accent"}]
    html = draw("{% task_list items %}", items=items)
    assert 'aria-describedby="task-1-hint task-1-status"' in html
    assert 'id="task-1-hint"' in html
    assert 'id="task-1-status"' in html


def test_a_table_has_caption_scope_sort_and_csv():
    html = draw("{% data_table table %}", table=table())
    assert 'id="table-recruitment">Recruitment</caption>' in html
    assert 'role="region" aria-labelledby="table-recruitment" tabindex="0"' in html
    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == 1
    assert html.count("aria-sort=") == 2
    assert 'aria-sort="descending"' in html
    assert "?sort=behind" in html
    assert "govuk-table__header--numeric" in html
    assert "govuk-table__cell--numeric" in html
    assert 'Download CSV<span class="govuk-visually-hidden"> of Recruitment</span>' in html


def test_an_empty_table_says_what_to_do():
    html = draw("{% data_table table %}", table=table(rows=[], text="Open a round"))
    assert "<table" not in html
    assert '<p class="govuk-body">Open a round</p>' in html


def test_a_change_of_words_is_said_without_colour():
    html = draw("{% word_diff s %}", s=[("equal", "met "), ("delete", "twice"), ("insert", "often")])
    assert '<del><span class="govuk-visually-hidden">[removed: </span>twice' in html
    assert '<ins><span class="govuk-visually-hidden">[added: </span>often' in html


def test_a_timeline_is_an_ordered_list_with_times():
    html = draw("{% timeline e %}", e=[{"title": "Submitted", "who": "Asha", "when": MOMENT, "text": ""}])
    assert "<ol" in html
    assert "<time datetime=" in html
    assert "14 January 2022 at 4:05pm" in html


def test_pages_keep_the_rest_of_the_query():
    request = RequestFactory().get("/", {"q": "a&b", "page": "2"})
    page = Paginator(range(100), 10).page(2)
    html = draw("{% pagination page %}", request=request, page=page)
    assert 'href="?q=a%26b&amp;page=3" rel="next"' in html
    assert 'aria-label="Page 2" aria-current="page"' in html


def test_one_page_needs_no_pagination():
    assert not draw("{% pagination page %}", page=Paginator([1], 10).page(1)).strip()


@pytest.mark.parametrize(("count", "words"), [(0, "0 days"), (1, "1 day"), (3, "3 days"), (-1, "-1 day")])
def test_days(count, words):
    assert draw("{{ n|days }}", n=count) == words


def test_paragraphs_are_escaped_even_when_marked_safe():
    html = draw("{{ text|nl2p }}", text=SafeString("a<b\r\nc\n\n<i>d</i>"))
    assert html == '<p class="govuk-body">a&lt;b<br>c</p>\n<p class="govuk-body">&lt;i&gt;d&lt;/i&gt;</p>'
    assert draw("{{ text|nl2p }}", text=None) == ""


EVERY = {
    "page_heading": "{% page_heading t t %}",
    "rating_tag": "{% rating_tag t %}",
    "state_tag": "{% state_tag t t %}",
    "record_header": "{% record_header title=t caption=t state=t state_label=t lead=r overseer=r next_step=t %}",
    "holder": "{% holder t %}",
    "summary_list": "{% summary_list rows %}",
    "task_list": "{% task_list items %}",
    "data_table": "{% data_table table %}",
    "empty_table": "{% data_table empty %}",
    "word_diff": "{% word_diff segments %}",
    "timeline": "{% timeline entries %}",
    "empty_state": "{% empty_state t t t %}",
    "inset": "{% inset t %}",
    "warning": "{% warning t %}",
    "breadcrumbs": "{% breadcrumbs crumbs %}",
    "nl2p": "{{ t|nl2p }}",
    "messages": '{% include "kit/messages.html" %}',
}


@pytest.mark.parametrize("source", EVERY.values(), ids=EVERY)
def test_hostile_text_is_escaped_everywhere(source):
    t = HOSTILE
    html = draw(
        source,
        t=t,
        r={"post": t, "holder": t, "url": t},
        rows=[{"key": t, "value": t, "actions": [{"label": t, "hidden": t, "url": t}]}],
        items=[{"title": t, "hint": t, "url": t, "status": t, "status_kind": "plain"}],
        table=table(text=t),
        empty=table(rows=[], text=t),
        segments=[("equal", t), ("insert", t), ("delete", t)],
        entries=[{"title": t, "who": t, "when": MOMENT, "text": t, "url": t}],
        crumbs=[(t, t), (t, "")],
        messages=[SimpleNamespace(level_tag="success", __str__=lambda: t)],
    )
    assert "<script" not in html.lower()
    assert 'alert("' not in html


def test_no_component_has_inline_style_or_script():
    folders = [Path(folder) for folder in Engine.get_default().dirs if (Path(folder) / "kit").is_dir()]
    pages = [path for folder in folders for path in folder.rglob("*.html") if "mail" not in path.parts]
    assert pages
    for path in pages:
        text = path.read_text()
        assert "style=" not in text, path
        assert "<style" not in text, path
        assert "onclick" not in text, path
        assert all("src=" in part.split(">")[0] for part in text.split("<script")[1:]), path


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_last_resort_pages_need_no_context(name):
    html = render_to_string(name)
    assert html.count("<h1") == 1
    assert "<title>" in html


def test_a_refusal_shows_its_sentence():
    assert "You may not sign off your own return." in render_to_string(
        "403.html", {"reason": "You may not sign off your own return."}
    )
    assert "<b>" not in render_to_string("403.html", {"exception": "<b>no</b>"})


def test_the_base_page_works_without_anything():
    html = render_to_string("base.html")
    assert 'href="#main-content"' in html
    assert 'id="main-content"' in html
    assert 'lang="en-GB"' in html
    assert "govuk-service-navigation" not in html


def test_the_base_page_shows_who_is_signed_in_and_where():
    chrome = {
        "service_name": "STRIDE",
        "navigation": [{"label": "Home", "url": "/", "current": True}, {"label": "Plans", "url": "/p/"}],
        "person_name": "Asha Rahman",
        "posts_line": "Commander, Public Protection",
        "demonstration": True,
        "today": dt.date(2022, 1, 19),
        "contact_email": "team@body.example",
    }
    html = render_to_string("base.html", {"chrome": chrome})
    assert "Asha Rahman" in html
    assert "Commander, Public Protection" in html
    assert html.count('aria-current="true"') == 1
    assert "Demonstration: the date here is 19 January 2022." in html
    assert "mailto:team@body.example" in html
