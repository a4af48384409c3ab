"""The page and the PDF say the same."""

import re
from html import unescape

import pytest
from django.template.loader import render_to_string

from boards import progress_report
from kit import reports
from tests.factories.boards import AgendaItemFactory, MeetingFactory
from tests.factories.records import BoardActionFactory, DecisionFactory
from tests.pdf_text import text_of

pytestmark = pytest.mark.django_db
# Addresses, pictures and the words for who cannot see them; and the names of ratings by which pages draw them.
HIDDEN = ("url", "svg", "narrow", "alt", "key", "programme")
KEYS = {"green", "amber", "red", "complete", "not_started", "missing", "awaited", "off_track", "worsened", "improved"}


@pytest.fixture
def body(told, secretariat, actor_of, now):
    told.strategy.notice = "Figures are illustrative."
    told.strategy.save()
    earlier = AgendaItemFactory(meeting=MeetingFactory(board=told.board, on=now.date().replace(day=5)))
    BoardActionFactory(item=earlier)
    DecisionFactory(item=earlier, needs_ratification=True, quorate=False, quorum_sentence="Two of three were there.")
    AgendaItemFactory(meeting=told.meeting, title="Estates", purpose="decision", note="Approve <b>the plan</b>.")
    return progress_report.body(told.progress, actor_of(secretariat), now)


def said(part) -> list[str]:
    """The words of a part of the PDF."""
    if isinstance(part, list):
        return [text for each in part for text in said(each)]
    if isinstance(part, dict):
        kept = {key: value for key, value in part.items() if key not in ("kind", "svg", "widths", "level")}
        return [text for each in kept.values() for text in said(each)]
    return [line.strip() for line in str(part).split("\n") if line.strip()]


def leaves(value, name: str = "") -> list[str]:
    """Every word of a body that is for reading."""
    if isinstance(value, dict):
        return [text for key, each in value.items() for text in leaves(each, key)]
    if isinstance(value, list):
        return [text for each in value for text in leaves(each, name)]
    return [] if name in HIDDEN or not isinstance(value, str) else [" ".join(value.split())]


def test_page_and_pdf_hold_every_word_of_it(body):
    page = render_to_string("boards/progress/_report.html", {"body": body})
    page = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split()).casefold()
    pdf = " ".join(" ".join(said(progress_report.parts(body))).split()).casefold()
    words = [text for text in leaves(body) if text and text not in KEYS]
    assert len(words) > 80
    assert [text for text in words if text.casefold() not in page] == []
    assert [text for text in words if text.casefold() not in pdf] == []


def test_it_is_typeset(body):
    text = text_of(reports.report(body["title"], progress_report.parts(body)))
    assert "Figures are illustrative." in text
    assert "Approve <b>the plan</b>." in text


def test_what_people_wrote_is_no_markup(body):
    page = render_to_string("boards/progress/_report.html", {"body": body})
    assert "Approve &lt;b&gt;the plan&lt;/b&gt;." in page
    assert " style=" not in page
    assert "<style" not in page
