"""What people and programs send by mistake or on purpose: no fault page, nothing lost, the right sentence."""

import datetime as dt
import re
from dataclasses import dataclass, field

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from kit import clock
from monitoring.models import ChangeRequest, ProgressReturn, ReturnAct, ReturnVersion
from tests.factories.commitments import CommitmentFactory
from tests.factories.monitoring import FOLLOW_UPS, GREEN, close_round, let_in_late, open_round, play
from tests.factories.people import PASSWORD
from tests.monitoring.pages import TYPED, Page, autosave, fill, get, post, section_url, token, url

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)
AFTER = dt.date(2022, 2, 3)
LONG = "word " * 20_000
HOSTILE = (
    """<script>alert(1)</script> <img src=x onerror="alert(2)"> {{ 7|add:1 }} {% now "Y" %} & 'quotes' </textarea>"""
)
UNTIL = {"until_day": "10", "until_month": "2", "until_year": "2022"}
SECTION_OF = {
    "done": "progress",
    "difference": "progress",
    "rating_reason": "recovery",
    "path_to_green": "recovery",
    "help_needed": "recovery",
    "next_steps": "next",
    "date_reason": "dates",
    "risks": "risks",
}
REASONS = [f"reason_{slug}" for slug in ("progress", "rating", "recovery", "next", "dates", "risks")]


@dataclass
class Box:
    """A text box somewhere: who fills it in, at which address, and what else the form sends."""

    name: str
    client: Client
    address: str
    row: ProgressReturn
    others: dict = field(default_factory=dict)

    def send(self, text) -> Page:
        return Page(self.client.post(self.address, {**self.others, self.name: text}))


BOXES = [*SECTION_OF, "comment", *REASONS, "reopen", "exempt", "late"]


@pytest.fixture
def row(plan, lead, overseer):
    return open_round(plan.strategy).returns.get(commitment=plan.first)


@pytest.fixture
def as_lead(client_for, lead):
    return client_for(lead)


@pytest.fixture
def box(request, row, plan, client_as) -> Box:
    name = request.param
    if name in SECTION_OF:
        slug = SECTION_OF[name]
        play(plan.first, row.round, until="draft", on=TODAY, rating="amber")
        others = {**TYPED[slug], "then": "continue", "seen": token(row, slug)}
        if slug == "dates":
            others["expected_on_year"] = "2026"
        return Box(name, client_as("lead"), section_url(row, slug), row, others)
    if name == "comment":
        play(plan.first, row.round, until="submitted", on=TODAY)
        return Box(name, client_as("overseer"), url("return_sign_off", row), row, {"rating": "red"})
    if name in REASONS:
        play(plan.first, row.round, until="submitted", on=TODAY)
        ticked = {name.replace("reason_", "section_"): "on"}
        return Box(name, client_as("overseer"), url("return_request_changes", row), row, ticked)
    team = client_as("team")
    if name == "reopen":
        play(plan.first, row.round, on=TODAY)
        return Box("reason", team, url("return_reopen", row), row)
    if name == "late":
        ProgressReturn.objects.filter(pk=row.pk).update(missed=True)
        return Box("reason", team, url("return_let_in_late", row), row, UNTIL)
    return Box("reason", team, url("return_exempt", row), row)


def stored() -> list:
    """Everything that is kept of returns."""
    return [list(model.objects.order_by("pk").values()) for model in (ProgressReturn, ReturnVersion, ReturnAct)] + [
        list(ChangeRequest.objects.order_by("pk").values())
    ]


def kept(row) -> ReturnVersion:
    return row.versions.order_by("-number").first()


every_box = pytest.mark.parametrize("box", BOXES, indirect=True)


# Every box


@every_box
def test_a_hundred_thousand_characters(box):
    before = stored()
    page = box.send(LONG)
    assert page.status == 422
    assert page.title.startswith("Error: ")
    limit = "2,000" if box.name.startswith("reason") else "10,000"
    sentence = page.error_beside(box.name)
    assert re.search(rf" must be {limit} characters or fewer\. You have entered 99,999$", sentence)
    assert page.summary == [(sentence, f"#id_{box.name}")], "one sentence, and no other that it causes"
    assert page.links_land()
    assert page.value(box.name).split() == LONG.split(), "every word is still in the box"
    for name, value in box.others.items():
        if name not in {"then", "seen", box.name}:
            assert page.value(name) == value
    assert stored() == before


@every_box
def test_a_nul_byte(box):
    before = stored()
    response = box.client.post(box.address, {**box.others, box.name: "We met\x00 twice."})
    assert response.status_code == 422
    body = response.content.decode()
    assert "has a hidden character that cannot be saved. Delete it, or paste as plain text" in body
    assert f'href="#id_{box.name}"' in body
    assert "We met" in body
    assert " twice." in body
    assert stored() == before


@every_box
def test_half_a_character(box):
    """As bytes, percent-encoded, not UTF-8 at all, and an escape that is none."""
    others = "&".join(f"{name}={value}" for name, value in box.others.items()).replace(" ", "+").encode()
    words = b"Before \xed\xa0\x80 %ED%A0%80 \xff\xfe %u D800 after"
    body = others + f"&{box.name}=".encode() + words.replace(b" ", b"+")
    response = box.client.post(box.address, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 302
    assert re.search(r"Before .+ %u D800 after", str(stored()))


@every_box
def test_markup_is_text(box):
    assert box.send(HOSTILE).status == 302
    assert HOSTILE in str(stored()).replace('\\"', '"').replace("\\'", "'"), "kept to the letter"
    addresses = [url("return", box.row), box.row.round.get_absolute_url(), box.row.commitment.get_absolute_url()]
    if box.name in SECTION_OF:
        addresses += [url("return_submit", box.row), section_url(box.row, SECTION_OF[box.name])]
    shown = 0
    for address in addresses:
        response = box.client.get(address)
        if response.status_code == 200:
            shown += assert_harmless(response.content.decode())
    assert shown, "at least one page says it"


def assert_harmless(body: str) -> bool:
    assert "<script>alert" not in body
    assert "<img src=x" not in body
    assert "{% now" in body or "{{ 7|add" not in body
    return escape("<script>alert(1)</script>") in body and "{{ 7|add:1 }}" in body


@every_box
def test_what_turns_the_direction_of_a_text_is_refused_and_nothing_is_lost(box):
    before = stored()
    response = box.client.post(box.address, {**box.others, box.name: "\u202eright to left"})
    assert response.status_code == 422
    assert "has a hidden character that cannot be saved" in response.content.decode()
    assert "right to left" in response.content.decode()
    assert stored() == before


@every_box
def test_marks_of_direction_and_many_lines(box):
    text = "a \u200fmark, no\u200b width" + "\r\n" * 1_500 + "end"
    response = box.client.post(box.address, {**box.others, box.name: text})
    assert response.status_code == 302
    everything = str(stored())
    assert repr(text.replace("\r\n", "\n"))[1:-1] in everything
    assert get(box.client, url("return", box.row)).status == 200


def test_five_thousand_lines_are_kept_and_shown(row, plan, client_as):
    text = "one" + "\r\n" * 5_000 + "two"
    client = client_as("lead")
    play(plan.first, row.round, until="draft", on=TODAY)
    assert fill(client, row, "risks", risks=text).status_code == 302
    assert kept(row).risks == text.replace("\r\n", "\n")
    assert get(client, section_url(row, "risks")).value("risks") == text.replace("\r\n", "\n")
    post(client, url("return_submit", row))
    assert get(client_as("overseer"), url("return_review", row)).status == 200


# Hostile words on every page that says them


def test_hostile_words_are_escaped_wherever_they_are_said(plan, lead, overseer, client_as):
    names = (
        "done",
        "difference",
        "rating_reason",
        "path_to_green",
        "help_needed",
        "next_steps",
        "date_reason",
        "risks",
    )
    hostile = dict.fromkeys(names, HOSTILE)
    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, q2, rating="red", overseer_rating="amber", comment=HOSTILE, **hostile)
    close_round(q2)
    row = open_round(plan.strategy).returns.get(commitment=plan.first)
    persona = {name: client_as(name) for name in ("lead", "overseer", "team", "viewer")}
    fill(persona["lead"], row, "rating", rating="amber")
    pages = {section_url(row, slug): "lead" for slug in ("progress", "recovery", "next", "risks")}
    stale = token(row, "progress")
    fill(persona["lead"], row, "progress", done="Quiet.")
    conflict = persona["lead"].post(section_url(row, "progress"), {"done": HOSTILE, "seen": stale})
    assert conflict.status_code == 409
    assert assert_harmless(conflict.content.decode())
    for address, who in pages.items():
        assert assert_harmless(persona[who].get(address).content.decode()), address
    play(plan.first, row.round, until="changes_requested", on=TODAY, rating="red", comment=HOSTILE, **hostile)
    assert assert_harmless(persona["lead"].get(url("return", row)).content.decode())
    play(plan.first, row.round, until="submitted", on=TODAY, rating="red", **{**hostile, "done": f"{HOSTILE} More."})
    assert assert_harmless(persona["overseer"].get(url("return_review", row)).content.decode())
    play(plan.first, row.round, on=TODAY, overseer_rating="green", comment=HOSTILE)
    for address, who in {
        url("return", row): "viewer",
        url("return_version", row, 1): "viewer",
        plan.first.get_absolute_url(): "viewer",
        "/dashboard/stride/": "viewer",
        "/returns/": "team",
        row.round.get_absolute_url(): "team",
        "/": "lead",
    }.items():
        response = persona[who].get(address, follow=True)
        assert response.status_code == 200
        assert_harmless(response.content.decode())
    assert assert_harmless(persona["viewer"].get(url("return", row)).content.decode())


# Days


NO_DAYS = [
    ("31", "2", "2022", "Green by must be a real date"),
    ("29", "2", "2023", "Green by must be a real date"),
    ("0", "1", "2022", "Green by must be a real date"),
    ("1", "13", "2022", "Green by must be a real date"),
    ("-1", "1", "2022", "Green by must be a real date"),
    ("first", "of", "May", "Green by must have a year of 4 digits, like 2022"),
    ("1", "1", "99999", "Green by must have a year of 4 digits, like 2022"),
    ("1", "1", "22", "Green by must have a year of 4 digits, like 2022"),
    ("1", "1", "0000", "Green by must have a year of 4 digits, like 2022"),
    ("١", "١", "٢٠٢٢", "Green by must have a year of 4 digits, like 2022"),
    ("9" * 5_000, "1", "2022", "Green by must be a real date"),
    ("", "6", "2022", "Green by must include a day"),
    ("30", "", "", "Green by must include a month and a year"),
    ("30\x00", "6", "2022", "Green by has a hidden character that cannot be saved."),
    ("<b>", "6", "2022", "Green by must be a real date"),
]


def test_days_that_are_none(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY, rating="amber")
    before = stored()
    for day, month, year, sentence in NO_DAYS:
        parts = {"green_by_day": day, "green_by_month": month, "green_by_year": year}
        sent = {**TYPED["recovery"], **parts, "rating_reason": "Newly written.", "then": "continue"}
        response = as_lead.post(section_url(row, "recovery"), sent)
        assert response.status_code == 422, parts
        body = response.content.decode()
        assert body.count(sentence) == 2, "beside the question and in the summary"
        assert "Newly written." in body
        if "\x00" not in day:
            page = Page(response)
            assert page.links_land()
            assert {name: page.value(name) for name in parts} == parts
    line = autosave(as_lead, row, "recovery", **sent).content.decode()
    assert line.strip().startswith(
        '<span class="stride-autosave__problem">Not saved yet: Green by must be a real date.'
    )
    assert stored() == before


GOOD_DAYS = [
    (("29", "2", "2024"), dt.date(2024, 2, 29)),
    (("29", "feb", "2024"), dt.date(2024, 2, 29)),
    ((" 01 ", "Sept.", "2022"), dt.date(2022, 9, 1)),
    (("31", "December", "2025"), dt.date(2025, 12, 31)),
]


def test_days_as_people_type_them(row, as_lead):
    for (day, month, year), expected in GOOD_DAYS:
        as_lead.post(
            section_url(row, "dates"), {"expected_on_day": day, "expected_on_month": month, "expected_on_year": year}
        )
        assert kept(row).expected_on == expected


# Choices, missing and foreign fields


@pytest.mark.parametrize("name", ["lifecycle", "rating", "outlook"])
def test_choices_that_do_not_exist(row, plan, as_lead, name):
    play(plan.first, row.round, until="draft", on=TODAY)
    before = stored()
    for value in ("GREEN", "x" * 100_000, HOSTILE):
        page = Page(as_lead.post(section_url(row, "rating"), {**TYPED["rating"], name: value, "then": "continue"}))
        assert page.status == 422
        [(sentence, target)] = page.summary
        assert sentence.startswith("Select ")
        assert target == f"#id_{name}_0"
        assert page.links_land()
    assert stored() == before


@pytest.mark.parametrize("slug", ["progress", "rating", "recovery", "next", "dates", "risks"])
def test_a_form_without_its_fields_empties_nothing(row, plan, as_lead, slug):
    play(plan.first, row.round, until="draft", on=TODAY, rating="amber")
    before = ReturnVersion.objects.values().get()
    for body in ({"sent": "yes"}, {"seen": ""}, {"seen": "nonsense", "then": "nonsense"}):
        assert as_lead.post(section_url(row, slug), body).status_code == 302
        assert autosave(as_lead, row, slug, **body).status_code == 200
    after = ReturnVersion.objects.values().get()
    assert {**after, "sections_done": []} == {**before, "sections_done": []}


def test_fields_that_are_not_on_the_page_change_nothing(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY)
    foreign = {
        "state": "signed_off",
        "is_nil": "on",
        "risks": "Smuggled.",
        "submitted_by": "1",
        "signed_off_at": "2022-01-01",
        "number": "7",
        "expected_was": "2020-01-01",
        "sections_done": "risks",
    }
    fill(as_lead, row, "progress", then="draft", **foreign)
    version = kept(row)
    row.refresh_from_db()
    assert (row.state, version.is_nil, version.risks, version.number) == ("draft", False, GREEN["risks"], 1)
    assert version.submitted_at is None
    assert version.sections_done == []


def test_a_field_sent_twice(row, as_lead):
    as_lead.post(section_url(row, "progress"), {"done": ["One.", "Two."], "then": "draft"})
    assert kept(row).done == "Two."


def test_a_token_out_of_bounds_keeps_the_words_on_the_page(row, as_lead):
    for seen in ("x" * 100_000, "\x00"):
        response = as_lead.post(section_url(row, "progress"), {"done": "Mine.", "seen": seen})
        assert response.status_code == 422
        assert b"Mine." in response.content


def test_a_file_where_words_belong(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY)
    sent = {"done": SimpleUploadedFile("notes.docx", b"PK\x03\x04"), "difference": "Much.", "then": "draft"}
    assert as_lead.post(section_url(row, "progress"), sent).status_code == 302
    assert (kept(row).done, kept(row).difference) == (GREEN["done"], "Much.")
    sent = {"done": SimpleUploadedFile("notes.docx", b"PK\x03\x04")}
    assert autosave(as_lead, row, "progress", **sent).status_code == 200
    assert kept(row).done == GREEN["done"]


def test_bodies_of_another_kind(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY)
    before = ReturnVersion.objects.values().get()
    for content_type in (
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=no-such-thing",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "",
    ):
        body = b'{"done": "x"}\xed\xa0\x80'
        response = as_lead.generic("POST", section_url(row, "progress"), body, content_type)
        assert response.status_code in {302, 400}, content_type
    assert ReturnVersion.objects.values().get() == before


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("&".join(f"f{n}=1" for n in range(2_001)), "We could not read that request"),
        ("done=" + "x" * (5 * 1024 * 1024 + 1), "What you sent is larger than 5 MB. Nothing was changed."),
    ],
)
def test_too_much_at_once_is_a_bad_request(row, as_lead, body, says):
    response = as_lead.post(section_url(row, "progress"), body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert says in response.content.decode()
    assert row.versions.count() == 0


# Addresses


GETS = ["return", "return_submit", "return_submitted", "return_nil", "return_review", "return_sign_off",
        "return_request_changes", "return_reopen", "return_exempt", "return_include", "return_let_in_late"]  # fmt: skip
EVERY = [(name, ()) for name in GETS] + [
    ("return_section", ("progress",)),
    ("return_autosave", ("progress",)),
    ("return_version", (1,)),
]
READ_ONLY = {"return", "return_submitted", "return_review", "return_version"}


@pytest.fixture
def others(plan, row):
    """A return of a commitment that the cast neither leads nor oversees, drafted."""
    commitment = CommitmentFactory(programme=plan.programme, number=9, title="Somebody else's")
    other = ProgressReturn.objects.create(round=row.round, commitment=commitment)
    return play(commitment, other.round, until="draft", on=TODAY)


@pytest.mark.parametrize("persona", ["lead", "overseer", "member"])
def test_another_leads_return_does_not_exist(others, client_as, persona):
    before = stored()
    client = client_as(persona)
    sent = {"done": "Mine now.", "reason": "Mine.", "rating": "green", "then": "continue"}
    for name, more in EVERY:
        if name != "return_autosave":
            assert client.get(url(name, others, *more)).status_code == 404, name
        if name not in READ_ONLY:
            assert client.post(url(name, others, *more), sent).status_code == 404, name
    assert stored() == before


def test_out_of_reach_and_not_there_look_the_same(others, as_lead):
    there, nowhere = (as_lead.get(url("return", row)) for row in (others, ProgressReturn(pk=others.pk + 1_000)))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content


def test_once_signed_it_is_read_and_still_not_touched(others, as_lead):
    play(others.commitment, others.round, on=TODAY)
    before = stored()
    for name, more in EVERY:
        address = url(name, others, *more)
        read = as_lead.get(address, follow=True).status_code
        refused = 405 if name == "return_autosave" else 403
        assert read == (200 if name in READ_ONLY - {"return_review"} else refused), name
        if name in READ_ONLY:
            continue
        response = as_lead.post(address, {"done": "Mine now.", "reason": "Mine.", "rating": "green"})
        if name == "return_autosave":
            assert b"Not saved. Only the " in response.content
        else:
            assert response.status_code == 403, name
    assert stored() == before


def test_addresses_that_lead_nowhere(row, as_lead):
    for address in (
        "/returns/abc/",
        "/returns/-1/",
        "/returns/0/",
        "/returns/1.5/",
        "/returns/1e3/",
        "/returns/١/",
        "/returns/%00/",
        "/returns/999999999999999999999999999999/",
        "/returns/999999999999999999999999999999/submit/",
        f"/returns/{row.pk}/versions/abc/",
        f"/returns/{row.pk}/versions/99999999999999999999/",
        f"/returns/{row.pk}/section/nonsense/",
        f"/returns/{row.pk}/section/done/",
        f"/returns/{row.pk}/section/Progress/",
        f"/returns/{row.pk}/section/%3Cscript%3E/",
        f"/returns/{row.pk}/section/../submit/x",
        f"/returns/{row.pk}/section/" + "x" * 5_000 + "/",
    ):
        page = get(as_lead, address)
        assert page.status == 404, address
        assert "Page not found" in page.main
        assert as_lead.post(address, {"done": "Mine."}).status_code in {404, 405}, address


def test_a_section_that_does_not_exist_is_not_autosaved(row, as_lead):
    for slug in ("nonsense", "done"):
        assert autosave(as_lead, row, slug, done="Mine.").status_code == 404


def test_wrong_methods(row, as_lead):
    for name, more in EVERY:
        for method in (as_lead.put, as_lead.patch, as_lead.delete):
            assert method(url(name, row, *more)).status_code == 405, name


def test_reading_pages_take_no_post_and_autosave_no_get(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY)
    for name in READ_ONLY - {"return_version"}:
        assert as_lead.post(url(name, row)).status_code == 405
    assert as_lead.post(url("return_version", row, 1)).status_code == 405
    assert as_lead.get(url("return_autosave", row, "progress")).status_code == 405


# Doors that shut while somebody was writing


def test_saving_after_the_close_gives_every_word_back(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY, rating="amber")
    typed = {**TYPED["recovery"], "rating_reason": "New words.", "seen": token(row, "recovery"), "then": "continue"}
    close_round(row.round)
    with clock.standing_at(AFTER):
        page = Page(as_lead.post(section_url(row, "recovery"), typed))
    assert page.status == 403
    assert "This could not be saved" in page.main
    assert "closed on 31 January 2022, so this return is missing. What was written is kept." in page.main
    boxes = {page.words(f"//label[@for='{box.get('id')}']"): box.text for box in page.tree.xpath("//textarea")}
    assert {name: text.strip() for name, text in boxes.items()} == {
        "Why is it amber?": "New words.",
        "What will bring it to green": FOLLOW_UPS["path_to_green"],
        "Green by": "30 6 2022",
        "What help is needed": "None.",
    }
    assert kept(row).rating_reason == FOLLOW_UPS["rating_reason"], "the draft is kept as it was"
    row.refresh_from_db()
    let_in_late(row, until=AFTER, on=AFTER)
    with clock.standing_at(AFTER):
        assert get(as_lead, section_url(row, "recovery")).value("rating_reason") == FOLLOW_UPS["rating_reason"]


def test_choices_are_given_back_in_words(row, plan, as_lead):
    typed = {**TYPED["rating"], "rating": "red", "seen": token(row, "rating")}
    close_round(row.round)
    with clock.standing_at(AFTER):
        page = Page(as_lead.post(section_url(row, "rating"), typed))
    assert [text.strip() for text in page.tree.xpath("//textarea/text()")] == [
        "In progress",
        "Red",
        "No change expected",
    ]


def test_words_that_could_not_be_saved_anyway_are_given_back_too(row, as_lead):
    close_round(row.round)
    with clock.standing_at(AFTER):
        for text in (LONG, HOSTILE):
            page = Page(as_lead.post(section_url(row, "progress"), {"done": text}))
            assert page.status == 403
            assert page.tree.xpath("//textarea/text()")[0].strip().split() == text.split()
        assert as_lead.post(section_url(row, "progress"), {"done": "We met\x00."}).status_code == 403


def test_submitting_after_the_close(row, plan, as_lead):
    play(plan.first, row.round, until="draft", on=TODAY)
    close_round(row.round)
    with clock.standing_at(AFTER):
        for name in ("return_submit", "return_nil"):
            page = Page(post(as_lead, url(name, row)))
            assert page.status == 403
            assert "closed on 31 January 2022, so this return is missing. What was written is kept." in page.main
    row.refresh_from_db()
    assert (row.state, row.missed, kept(row).done) == ("draft", True, GREEN["done"])


def test_saving_what_a_colleague_has_submitted_meanwhile(row, plan, as_lead, client_as):
    play(plan.first, row.round, until="draft", on=TODAY)
    stale = token(row, "progress")
    post(client_as("delegate"), url("return_submit", row))
    page = Page(as_lead.post(section_url(row, "progress"), {"done": "One more thing.", "seen": stale}))
    assert page.status == 403
    assert "This return is with the overseer. It can be changed again if they ask for changes." in page.main
    assert page.tree.xpath("//textarea/text()")[0].strip() == "One more thing."
    assert kept(row).done == GREEN["done"]


def test_signing_off_what_is_no_longer_there_gives_the_comment_back(row, plan, client_as):
    play(plan.first, row.round, until="changes_requested", on=TODAY)
    sent = {"rating": "green", "comment": "A long and careful comment."}
    page = Page(client_as("overseer").post(url("return_sign_off", row), sent))
    assert page.status == 403
    assert "There is nothing to sign off: this return is not with the overseer." in page.main
    assert page.tree.xpath("//textarea/text()")[0].strip() == "A long and careful comment."


def test_a_session_that_ended_gives_back_what_was_written_since(row, as_lead, lead):
    autosave(as_lead, row, "progress", done="Saved as I went.", seen=token(row, "progress"))
    as_lead.logout()
    address = section_url(row, "progress")
    response = as_lead.post(address, {"done": "Saved as I went. And this since."})
    page = Page(response)
    assert page.status == 403
    assert "You were signed out before this was sent." in page.main
    assert "Saved as I went. And this since." in page.main
    as_lead.post("/sign-in/", {"login": lead.email, "password": PASSWORD, "next": address})
    assert get(as_lead, address).value("done") == "Saved as I went."


def test_an_old_token_says_what_to_do(row, lead):
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead)
    for address in (section_url(row, "progress"), url("return_submit", row)):
        page = Page(client.post(address, {"done": "Mine.", "csrfmiddlewaretoken": "x" * 64}))
        assert page.status == 403
        assert "This page was open for too long, or was opened before you signed in. Copy what you wrote" in page.main
    assert row.versions.count() == 0
