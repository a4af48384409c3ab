"""The picture over HTTP, the file beside it, and the figure on a page."""

import csv
import io

import pytest
from django.core.cache import cache
from django.template import Context, Template
from django.test import RequestFactory

from kit.charts import chart_response, csv_response, render, sparkline_chart, svg, svg_response, trend_chart

from .examples import full, hidden, measure


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def chart():
    return trend_chart(full(subtitle="By quarter")).at("/chart.svg", "/chart.csv")


def get(path="/chart.svg", **headers):
    return RequestFactory().get(path, headers=headers)


def test_the_picture_is_private_and_carries_its_own_policy(chart):
    response = chart_response(get(), chart)
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert "script-src" not in response["Content-Security-Policy"]
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.content == svg(chart.spec)


def test_a_reader_who_has_it_gets_nothing_new_and_nothing_is_drawn(chart, monkeypatch):
    etag = chart_response(get(), chart)["ETag"]
    monkeypatch.setattr(render, "draw", lambda spec: pytest.fail("drawn again"))
    cache.clear()
    again = chart_response(get(**{"If-None-Match": etag}), chart)
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == etag
    assert again["Cache-Control"] == "private, no-cache"


def test_other_figures_have_another_etag(chart):
    etag = chart_response(get(), chart)["ETag"]
    other = trend_chart(measure((1, 2)))
    assert svg_response(get(**{"If-None-Match": etag}), other.spec).status_code == 200
    assert chart_response(get("/chart.svg?width=narrow"), chart)["ETag"] != etag


def test_it_is_drawn_once(chart, monkeypatch):
    drawn = []
    monkeypatch.setattr(render, "draw", lambda spec: drawn.append(1) or b"<svg/>")
    svg(chart.spec)
    svg(chart.spec)
    assert len(drawn) == 1


def test_the_file_holds_one_figure_a_row_without_the_hidden():
    response = csv_response(trend_chart(hidden()))
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 8
    assert rows[0] == {
        "Period": "Q1 2020-21",
        "Starts": "2020-04-01",
        "Ends": "2020-06-30",
        "Group": "Small group",
        "Value": "5.5",
        "Unit": "%",
        "Status": "actual",
    }
    assert [row["Value"] for row in rows if row["Status"] == "suppressed"] == [""]


def draw(source, **values):
    return Template("{% load charts %}" + source).render(Context(values))


def test_the_figure_states_its_finding_and_has_table_and_file(chart):
    html = draw("{% chart chart 2 %}", chart=chart)
    assert '<h2 class="govuk-heading-m stride-chart__title"' in html
    assert f'alt="{chart.alt}"' in html
    assert chart.finding in html
    assert 'srcset="/chart.svg?width=narrow"' in html
    assert 'href="/chart.csv"' in html
    assert '<th scope="row" class="govuk-table__header">Q3 2021-22</th>' in html
    assert '13.4% <span class="stride-chart__mark">[e]</span>' in html
    assert "style=" not in html
    assert "<svg" not in html


def test_a_hostile_title_is_text(chart):
    html = draw("{% chart chart %}", chart=trend_chart(full(title="<script>x</script>")).at("/a?b=1", ""))
    assert "<script>" not in html
    assert "/a?b=1&amp;width=narrow" in html
    assert "Download CSV" not in html


def test_a_sparkline_is_a_picture_with_words():
    html = draw("{% sparkline chart %}", chart=sparkline_chart(full()).at("/s.svg"))
    assert 'width="80" height="24"' in html
    assert 'alt="Trend: Hate crime detections rose to 13.4% in Q3 2021-22."' in html
