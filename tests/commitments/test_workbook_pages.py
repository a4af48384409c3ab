"""The plan workbook's pages: check, confirm, download; who may; and that the browser is not trusted."""

import datetime as dt
import io
import os
import re
import time

import openpyxl
import pytest
from django.core import signing
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from commitments.choices import StrategyState
from commitments.models import Programme, Strategy
from commitments.services import workbook
from commitments.services.workbook import pending
from people.models import Person
from tests.commitments.workbook_makers import book_of, held, small_plan, write_folder

pytestmark = pytest.mark.django_db

URL = "/plan-workbook/"


@pytest.fixture(autouse=True)
def store(monkeypatch, tmp_path):
    """A storage of this test's own."""
    own = FileSystemStorage(location=tmp_path / "store")
    monkeypatch.setattr(pending, "default_storage", own)
    return own


def upload_of(sheets, name="plan.xlsx"):
    buffer = io.BytesIO()
    book_of(sheets).save(buffer)
    return SimpleUploadedFile(name, buffer.getvalue())


def check(client, sheets=None, **more):
    return client.post(URL, {"workbook": upload_of(sheets or small_plan(), **more)})


def token_in(response) -> str:
    return re.search(r'name="token" value="([^"]+)"', response.content.decode())[1]


def waiting(store):
    return store.listdir(pending.FOLDER)[1] if store.exists(pending.FOLDER) else []


def text(response) -> str:
    return " ".join(re.sub("<[^>]+>", " ", response.content.decode()).split())


def test_the_page_asks_for_a_file_and_tells_the_format(client_for, team):
    page = client_for(team).get(URL)
    assert page.status_code == 200
    assert 'enctype="multipart/form-data"' in page.content.decode()
    assert re.search('<input type="file"[^>]* accept=".xlsx,.csv"[^>]* multiple', page.content.decode())
    assert reverse("commitments:workbook_empty") in page.content.decode()
    assert "or all CSV files of a folder together: one for each sheet" in text(page)
    assert "One of not_started, in_progress, complete, paused, stopped." in text(page)


def test_check_confirm_and_there_it_is(client_for, team, store):
    client = client_for(team)
    before = held()
    page = check(client)
    assert page.status_code == 200
    assert "Check what would change" in text(page)
    assert "commitments 2 0 0 0" in text(page)
    assert "1: Keep people safe" in text(page)
    assert "Why are you changing it?" not in text(page)
    assert held() == before
    assert len(waiting(store)) == 1
    done = client.post(URL, {"token": token_in(page)})
    assert done.status_code == 302
    assert done.url == reverse("monitoring:strategy", args=["plan"])
    assert Strategy.objects.get().commitments.count() == 2
    assert waiting(store) == []
    assert "Imported plan.xlsx: 20 rows added, 0 changed." in text(client.get(done.url))


def test_problems_are_listed_with_their_places(client_for, team, store):
    sheets = small_plan()
    sheets["posts"][1]["title"] = ""
    sheets["commitments"][0]["lead_post"] = "<script>alert(1)</script>"
    before = held()
    page = check(client_for(team), sheets)
    html = page.content.decode()
    assert page.status_code == 422
    assert "<title>Error: Import a plan workbook" in html
    assert '<a href="#problems">2 problems in plan.xlsx. Nothing was changed</a>' in html
    assert '<a href="#problem-1">posts, row 3, column title: The cell is empty.</a>' in html
    assert 'id="problem-2"' in html
    assert "Problems in plan.xlsx" in html
    assert "<script>alert" not in html
    assert waiting(store) == []
    assert held() == before


def test_many_problems_are_counted(client_for, team):
    sheets = small_plan()
    sheets["programmes"] += [{"number": "x", "title": ""} for _ in range(150)]
    page = check(client_for(team), sheets)
    assert "300 problems in plan.xlsx" in text(page)
    assert "There are 100 more problems." in text(page)
    assert page.content.decode().count('href="#problem-') == 10


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Select a plan workbook"),
        (SimpleUploadedFile("plan.xlsx", b""), "A file you selected is empty"),
        (SimpleUploadedFile("plan.csv", b"a,b"), "There is no sheet of this name in a plan workbook."),
        (SimpleUploadedFile("plan.xls", b"a,b"), "The file is not an XLSX workbook."),
        (SimpleUploadedFile("plan.xlsx", b"a,b"), "The file is not an XLSX workbook."),
    ],
)
def test_files_that_cannot_be_checked(client_for, team, file, sentence):
    page = client_for(team).post(URL, {"workbook": file} if file else {})
    assert page.status_code == 422
    assert sentence in text(page)
    assert "Error: " in page.content.decode().split("</title>")[0]
    assert text(page).count("There is a problem") == 1


def test_a_file_that_is_too_large(client_for, team, settings):
    settings.WORKBOOK_MAX_BYTES = 1024 * 1024
    page = client_for(team).post(URL, {"workbook": SimpleUploadedFile("plan.xlsx", b"x" * (1024 * 1024 + 1))})
    assert "The plan workbook must be smaller than 1 MB" in text(page)


def test_what_is_there_already(client_for, team, tmp_path, store):
    workbook.import_workbook(source=workbook.load_plan(write_folder(tmp_path / "p", small_plan())), by=None)
    client = client_for(team)
    page = check(client)
    assert (page.status_code, page.url) == (302, URL)
    assert waiting(store) == []
    assert "STRIDE has all of plan.xlsx already. Nothing was changed." in text(client.get(URL))


def test_an_approved_strategy_asks_why(client_for, team, tmp_path):
    workbook.import_workbook(source=workbook.load_plan(write_folder(tmp_path / "p", small_plan())), by=None)
    Strategy.objects.update(state=StrategyState.IN_FORCE)
    sheets = small_plan()
    sheets["programmes"][0]["title"] = "Safety"
    client = client_for(team)
    page = check(client, sheets)
    assert "Changed in programmes Row Column Now New 1 title Protection Safety" in text(page)
    assert "This changes The plan, after its approval." in text(page)
    again = client.post(URL, {"token": token_in(page), "reason": " "})
    assert again.status_code == 422
    assert "Say why" in text(again)
    assert text(again).count("There is a problem") == 1
    assert Programme.objects.get(number=1).title == "Protection"
    done = client.post(URL, {"token": token_in(again), "reason": "The board renamed it."})
    assert done.status_code == 302
    assert Programme.objects.get(number=1).title == "Safety"


def test_what_changed_meanwhile_is_shown_again(client_for, team):
    client = client_for(team)
    page = check(client)
    Person.objects.create(code="ann", name="Ann Other")
    before = held()
    again = client.post(URL, {"token": token_in(page)})
    assert again.status_code == 422
    assert "STRIDE has changed since you looked." in text(again)
    assert "ann name Ann Other Ann Able" in text(again)
    assert held() == before
    assert client.post(URL, {"token": token_in(again)}).status_code == 302
    assert Person.objects.get(code="ann").name == "Ann Able"


def test_what_became_wrong_meanwhile_is_refused(client_for, team, tmp_path, store):
    client = client_for(team)
    page = check(client)
    workbook.import_workbook(source=workbook.load_plan(write_folder(tmp_path / "p", small_plan())), by=None)
    Strategy.objects.update(state=StrategyState.CLOSED)
    again = client.post(URL, {"token": token_in(page)})
    assert "The strategy is closed: it can no longer be changed." in text(again)
    assert waiting(store) == []


def gone(client, token) -> bool:
    before = held()
    page = client.post(URL, {"token": token})
    assert held() == before
    return page.status_code == 422 and "You checked this workbook too long ago" in text(page)


def test_a_token_is_good_once(client_for, team):
    client = client_for(team)
    token = token_in(check(client))
    assert client.post(URL, {"token": token}).status_code == 302
    assert gone(client, token)


def test_a_token_of_somebody_else(client_for, team, admin):
    token = token_in(check(client_for(team)))
    other = client_for(admin)
    assert gone(other, token)
    check(other)
    assert gone(other, token)


def test_a_token_that_was_changed_or_made_up(client_for, team):
    client = client_for(team)
    token = token_in(check(client))
    assert gone(client, token[:-1] + ("a" if token[-1] != "a" else "b"))
    assert gone(client, signing.dumps({"file": "../../etc/passwd", "name": "x", "plan": "", "user": team.pk}))
    assert gone(client, "")


def test_a_token_that_is_too_old(client_for, team, monkeypatch):
    client = client_for(team)
    token = token_in(check(client))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + pending.LASTS + 1)
    assert gone(client, token)


def test_a_new_upload_replaces_the_one_before(client_for, team, store):
    client = client_for(team)
    first = token_in(check(client))
    second = token_in(check(client))
    assert len(waiting(store)) == 1
    assert gone(client, first)
    assert client.post(URL, {"token": second}).status_code == 302


def test_a_file_that_is_not_there_any_more(client_for, team, store):
    client = client_for(team)
    token = token_in(check(client))
    store.delete(f"{pending.FOLDER}/{waiting(store)[0]}")
    assert gone(client, token)


def test_uploads_that_nobody_confirmed_are_swept_out(client_for, team, admin, store):
    check(client_for(team))
    old = store.path(f"{pending.FOLDER}/{waiting(store)[0]}")
    os.utime(old, (0, dt.datetime(2020, 1, 1, tzinfo=dt.UTC).timestamp()))
    check(client_for(admin))
    assert len(waiting(store)) == 1
    assert not os.path.exists(old)


# A folder of CSV files


def csv_files(sheets, tmp_path, **others: bytes):
    folder = write_folder(tmp_path / "folder", sheets)
    named = {path.name: path.read_bytes() for path in folder.iterdir()} | others
    return [SimpleUploadedFile(name, data) for name, data in named.items()]


def test_csv_files_chosen_together_are_checked_kept_and_imported(client_for, team, tmp_path, store):
    client = client_for(team)
    before = held()
    page = client.post(URL, {"workbook": csv_files(small_plan(), tmp_path, **{"notes.csv": b"passed over"})})
    assert "15 CSV files" in text(page)
    assert "commitments 2 0 0 0" in text(page)
    assert held() == before
    assert len(waiting(store)) == 1
    done = client.post(URL, {"token": token_in(page)})
    assert done.url == reverse("monitoring:strategy", args=["plan"])
    assert waiting(store) == []
    assert "Imported 15 CSV files: 20 rows added, 0 changed." in text(client.get(done.url))
    again = client.post(URL, {"workbook": [upload_of(small_plan())]})
    assert again.status_code == 302  # the same plan in the other format


def test_csv_files_have_the_same_report(client_for, team, tmp_path, store):
    sheets = small_plan()
    sheets["posts"][1]["title"] = ""
    page = client_for(team).post(URL, {"workbook": csv_files(sheets, tmp_path)})
    assert "1 problem in 14 CSV files. Nothing was changed" in text(page)
    assert "posts, row 3, column title: The cell is empty." in text(page)
    assert waiting(store) == []


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("units.csv", b"\x89PNG\r\n\x1a\n" + b"0" * 40, "The file is not CSV: its content is image/png."),
        ("units.csv", b"PK\x03\x04" + b"0" * 40, "The file is not CSV: its content is application/zip."),
        ("units.csv", "code,näme".encode("latin-1"), "The file is not encoded as UTF-8: see line 1."),
        ("../../etc/passwd.csv", b"a,b", "There is no sheet of this name in a plan workbook."),
        ("<script>alert(1)</script>.csv", b"a,b", "There is no sheet of this name in a plan workbook."),
        ("x" * 300 + ".csv", b"a,b", "There is no sheet of this name in a plan workbook."),
        ("commitmnts.csv", b"a,b", "Did you mean commitments?"),
        ("POSTS.CSV", b"code,title,unit,abolished_on", "The sheet is there twice."),
        ("plan.xlsx", b"PK\x03\x04", "Select either one XLSX file, or only CSV files"),
        ("photo.png", b"\x89PNG", "Select either one XLSX file, or only CSV files"),
        ("units.csv", b"", "A file you selected is empty"),
    ],
)
def test_csv_files_that_cannot_be_read(client_for, team, tmp_path, store, name, data, sentence):
    before = held()
    sheets = small_plan()
    if name == "units.csv":
        del sheets["units"]
    page = client_for(team).post(URL, {"workbook": [*csv_files(sheets, tmp_path), SimpleUploadedFile(name, data)]})
    assert page.status_code == 422
    assert sentence in text(page)
    assert "<script>alert" not in page.content.decode()
    assert held() == before
    assert waiting(store) == []


def test_too_many_and_too_large_csv_files(client_for, team, tmp_path, settings):
    client = client_for(team)
    many = [SimpleUploadedFile(f"a{number}.csv", b"a,b") for number in range(21)]
    assert "Select at most 20 CSV files: one for each sheet" in text(client.post(URL, {"workbook": many}))
    settings.WORKBOOK_MAX_BYTES = 1024 * 1024
    half = [SimpleUploadedFile(f"{name}.csv", b"x" * 600_000) for name in ("units", "posts")]
    assert "The plan workbook must be smaller than 1 MB" in text(client.post(URL, {"workbook": half}))


# Who may


@pytest.mark.parametrize(
    "persona", ["lead", "delegate", "overseer", "secretariat", "member", "auditor", "viewer", "stranger"]
)
def test_others_cannot_import(client_as, persona):
    client = client_as(persona)
    page = client.get(URL)
    assert page.status_code == 403
    assert "Only the strategy team and administrators can import a plan workbook." in text(page)
    before = held()
    assert check(client).status_code == 403
    assert held() == before


def test_signing_in_comes_first(client):
    for address in (URL, "/plan-workbook/empty.xlsx", "/strategies/stride/workbook.xlsx"):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("persona", ["team", "auditor", "viewer", "stranger"])
def test_the_empty_workbook_is_for_everybody(client_as, persona):
    page = client_as(persona).get("/plan-workbook/empty.xlsx")
    assert page.status_code == 200
    assert "empty-plan.xlsx" in page["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(page.content)).sheetnames[0] == "notes"


@pytest.mark.parametrize(
    ("persona", "told"),
    [("team", True), ("admin", True), ("auditor", True), ("lead", False), ("secretariat", False), ("viewer", False)],
)
def test_a_download_and_whose_holds_addresses(client_as, plan, lead, persona, told):
    Person.objects.filter(pk=lead.person.pk).update(email="lead@stride.example")
    page = client_as(persona).get("/strategies/stride/workbook.xlsx")
    assert page.status_code == 200
    assert page["Content-Disposition"] == 'attachment; filename="stride.xlsx"'
    people = openpyxl.load_workbook(io.BytesIO(page.content))["people"]
    emails = {row[0]: row[2] for row in people.iter_rows(min_row=2, values_only=True)}
    assert emails["lead"] == ("lead@stride.example" if told else None)


def test_a_draft_is_only_for_those_who_see_drafts(client_as, plan):
    Strategy.objects.update(state=StrategyState.DRAFT)
    assert client_as("viewer").get("/strategies/stride/workbook.xlsx").status_code == 404
    assert client_as("auditor").get("/strategies/stride/workbook.xlsx").status_code == 200
    assert client_as("auditor").get("/strategies/none/workbook.xlsx").status_code == 404


def test_a_download_that_cannot_be(client_for, team, plan):
    plan.strategy.commitments.filter(number=1).update(statement="x" * 40_000)
    client = client_for(team)
    page = client.get("/strategies/stride/workbook.xlsx")
    assert page.status_code == 302
    assert "The statement of the commitment 1 is longer than" in text(client.get(page.url))
