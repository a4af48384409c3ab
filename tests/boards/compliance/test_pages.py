"""The pages, files and documents of compliance."""

import csv
import io

import pikepdf
import pytest
from django.urls import reverse

from boards.compliance import Year
from boards.models import Board, Milestone
from boards.presenters.compliance_chart import chart
from boards.queries.compliance import records
from kit import clock
from tests.boards.compliance.conftest import SECRET
from tests.factories.boards import BoardFactory, DraftTermsFactory, MeetingFactory, approved
from tests.pdf_text import text_of

PAGE = "boards:compliance"
WHO = 9  # who asks, in a transaction that only reads


def url(name: str = PAGE, *arguments: object, **query: str) -> str:
    address = reverse(name, args=arguments or ["delivery"])
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else address


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("persona", ["auditor", "secretariat", "viewer", "member"])
def test_whoever_sees_the_board_reads_its_record(client_as, story, persona):
    page = client_as(persona).get(url()).content.decode()
    assert "1 of 6 promises kept in 2021-22." in page
    assert "Partly kept" in page
    assert "Came to 4 of 5" not in page  # the table has the numbers
    assert "The author was ill." in page
    assert "It had to be cancelled." in page


def test_no_restricted_title_is_on_it(client_as, story):
    visitor = client_as("viewer")
    assert SECRET not in visitor.get(url()).content.decode()
    assert SECRET not in text_of(visitor.get(url("boards:compliance_pdf")).content)


@pytest.mark.parametrize("name", [PAGE, "boards:compliance_chart", "boards:compliance_pdf"])
def test_a_sensitive_board_is_not_found(client_as, story, name):
    Board.objects.filter(pk=story.board.pk).update(sensitivity="members")
    assert client_as("viewer").get(url(name)).status_code == 404
    assert client_as("auditor").get(url(name)).status_code == 200


@pytest.mark.parametrize("year", ["1999-00", "2030-31", "nonsense", "2021"])
def test_a_year_that_is_none_is_not_found(client_as, story, year):
    assert client_as("auditor").get(url(year=year)).status_code == 404
    assert client_as("auditor").get(url("boards:compliance_pdf", year=year)).status_code == 404


def test_one_query_for_each_kind_of_row(client_as, story, django_assert_num_queries):
    visitor = client_as("auditor")
    with django_assert_num_queries(WHO + 10):
        visitor.get(url())
    for _ in range(3):
        MeetingFactory(board=story.board, on=story.held[0].day.replace(day=1 + _))
    with django_assert_num_queries(WHO + 10):
        visitor.get(url())


def test_the_file_has_every_figure_with_what_it_is_of(client_as, story):
    found = {row["What"]: row for row in rows_of(client_as("auditor").get(url(download="compliance-delivery-2021-22")))}
    assert len(found) == 10
    assert found["Papers in time"] | {"In words": ""} == {
        "What": "Papers in time",
        "Verdict": "Partly kept",
        "Count": "4",
        "Of": "5",
        "Per cent": "80.0",
        "In words": "",
    }
    assert found["Terms reviewed in time"]["Per cent"] == ""


@pytest.mark.parametrize(
    ("name", "rows"), [("attendance", 3), ("late", 2), ("changed", 2), ("duties", 2), ("years", 4)]
)
def test_each_table_has_its_file(client_as, story, name, rows):
    assert len(rows_of(client_as("auditor").get(url(download=name)))) == rows


def test_the_chart_is_a_picture_known_by_its_etag(client_as, story):
    visitor = client_as("auditor")
    page = visitor.get(url()).content.decode()
    assert reverse("boards:compliance_chart", args=["delivery"]) in page
    assert "Promises kept: highest for Actions in time, lowest for" in page
    answer = visitor.get(url("boards:compliance_chart"))
    assert answer["Content-Type"].startswith("image/svg+xml")
    again = visitor.get(url("boards:compliance_chart"), headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_the_chart_begins_with_the_first_year_that_counts_anything(story):
    found = records([story.board], [Year(2020), Year(2021)], clock.now())
    drawn = chart({Year(first): record for (_, first), record in found.items()})
    assert {row[0] for row in drawn.rows} == {"2021-22"}


def test_the_document_says_what_the_page_says(client_as, story):
    visitor = client_as("auditor")
    answer = visitor.get(url("boards:compliance_pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="delivery-compliance-2021-22.pdf"' in answer["Content-Disposition"]
    said = text_of(answer.content)
    for words in ("1 of 6 promises kept in 2021-22.", "Head of Estates", "4 of 5 (80%)", "The author was ill."):
        assert words in said
    with pikepdf.open(io.BytesIO(answer.content)) as made, made.open_outline() as outline:
        assert outline.root[0].title == "Promises and figures"
    assert visitor.get(url("boards:compliance_pdf")).content == answer.content
    etag = answer["ETag"]
    assert visitor.get(url("boards:compliance_pdf"), headers={"if-none-match": etag}).status_code == 304


def test_a_board_without_a_past_says_what_is_missing(client_as, db):
    BoardFactory(slug="delivery")
    page = client_as("auditor").get(url()).content.decode()
    assert "No meetings held" in page
    assert "100%" not in page
    assert "No data yet. The chart shows" in page
    assert client_as("secretariat").get(url("boards:compliance_pdf")).status_code == 200


def test_a_board_kept_by_others_is_not_judged(client_as, db):
    BoardFactory(slug="delivery", is_outside=True)
    visitor = client_as("auditor")
    assert "kept by another body" in visitor.get(url()).content.decode()
    assert visitor.get(url("boards:compliance_pdf")).status_code == 404


# All boards


@pytest.mark.parametrize("persona", ["team", "member", "viewer", "lead", "stranger"])
def test_all_boards_are_for_who_runs_or_checks_them(client_as, story, persona):
    visitor = client_as(persona)
    answer = visitor.get(reverse("boards:compliance_all"))
    assert answer.status_code == 403
    assert "The secretariat, auditors and administrators read all boards together." in answer.content.decode()
    assert "/assurance/boards/" not in visitor.get("/").content.decode()


@pytest.mark.parametrize("persona", ["admin", "auditor", "secretariat"])
def test_who_may_finds_it_in_the_navigation(client_as, story, persona):
    assert '/assurance/boards/">Assurance' in client_as(persona).get("/").content.decode()


def test_all_boards_at_a_glance(client_as, story, django_assert_num_queries):
    visitor = client_as("auditor")
    address = reverse("boards:compliance_all")
    with django_assert_num_queries(WHO + 8):
        page = visitor.get(address).content.decode()
    assert "Delivery Board" in page
    for _ in range(3):
        board = BoardFactory()
        approved(DraftTermsFactory(board=board))
        MeetingFactory(board=board)
    with django_assert_num_queries(WHO + 8):
        page = visitor.get(address).content.decode()
    assert "No meetings held" in page
    rows = {row["Board"]: row for row in rows_of(visitor.get(f"{address}?download=boards-2021-22"))}
    assert len(rows) == 4
    delivery = rows["Delivery Board"]
    assert (delivery["Papers in time: count"], delivery["Papers in time: of"]) == ("4", "5")
    assert visitor.get(f"{address}?year=1999-00").status_code == 404


def test_packs_stand_for_papers_where_the_terms_promise_those(client_as, story):
    Milestone.objects.filter(product="papers").update(product="pack")
    address = reverse("boards:compliance_all")
    (row,) = rows_of(client_as("auditor").get(f"{address}?download=boards-2021-22"))
    assert (row["Papers in time: count"], row["Papers in time: of"]) == ("4", "5")


def test_before_there_is_any_board(client_as, db):
    assert "There is no board yet." in client_as("auditor").get(reverse("boards:compliance_all")).content.decode()
