"""Terms of reference page by page: drafted, changed in sections, compared, approved, printed."""

import datetime as dt

import pytest

from boards.compare import differences, unchanged
from boards.models import Terms
from boards.queries.versions import all_said
from boards.quorum import as_data, chair_plus
from boards.services import terms as services
from boards.services.parts import parts_token
from boards.terms_text import Said
from kit import clock, stale
from tests.factories.boards import BoardFactory, DraftTermsFactory, MembershipFactory, approved
from tests.factories.people import TenureFactory

CHAIR = {"present": {"categories": ["chair"]}}
EDIT = "/boards/db/terms/edit/"


@pytest.fixture
def client(secretariat, client_for):
    return client_for(secretariat)


@pytest.fixture
def board(db):
    board = BoardFactory(slug="db", title="Diversity Board")
    TenureFactory(post=MembershipFactory(board=board, category="chair").post)
    return board


@pytest.fixture
def draft(board) -> Terms:
    draft = DraftTermsFactory(board=board, quorum=CHAIR)
    draft.duties.create(key="watch", position=1, text="Watch progress.")
    draft.service_levels.create(
        product="papers", quantity=5, unit="working_days", direction="before", anchor="meeting_start"
    )
    return draft


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def section(client, name: str, **sent):
    form = client.get(f"{EDIT}{name}/").context["form"]
    there = {field.html_name: field.value() for field in form if field.value() not in (None, "", False)}
    return client.post(f"{EDIT}{name}/", {**there, **sent})


# Reading


def test_a_board_without_terms_says_what_to_do(client, board, client_as):
    assert "Draft them, then have them approved" in text(client.get("/boards/db/terms/"))
    assert "The secretariat drafts them" in text(client_as("viewer").get("/boards/db/terms/"))


def test_the_page_says_everything(client, draft):
    page = text(client.get(draft.get_absolute_url()))
    for words in (
        "To keep the promises.",
        "Watch progress.",
        "Every six weeks",
        "The chair must be present.",
        "2 hours",
    ):
        assert words in page
    assert "To be approved by a decision" in page


def test_versions_have_their_states(client, draft):
    approved(draft)
    newer = DraftTermsFactory(board=draft.board, quorum=CHAIR)
    approved(newer, dt.date(2022, 1, 1))
    coming = DraftTermsFactory(board=draft.board, quorum=CHAIR)
    approved(coming, dt.date(2022, 3, 1))
    states = {row["number"]: row["state"] for row in client.get("/boards/db/terms/").context["versions"]}
    assert states == {1: "superseded", 2: "in_force", 3: "approved"}
    assert client.get("/boards/db/terms/").context["terms"] == newer


# Drafting and changing


def test_drafting_starts_from_the_version_in_force(client, draft):
    approved(draft)
    assert client.post("/boards/db/terms/new/")["Location"] == EDIT
    assert [duty.key for duty in draft.board.terms.get(number=2).duties.all()] == ["watch"]
    assert client.get("/boards/db/terms/new/").status_code == 403


def test_the_sections_say_which_are_left_and_what_stands_in_the_way(client, board):
    services_page = client.post("/boards/db/terms/new/", follow=True)
    page = text(services_page)
    assert "Not yet said" in page
    assert "Say what the board is for." in page
    assert "Approve version" not in page


@pytest.mark.parametrize(
    ("name", "sent", "field", "value"),
    [
        ("purpose", {"purpose": "New purpose.", "horizon_years": "4"}, "horizon_years", 4),
        (
            "meetings",
            {"frequency_every": "3", "frequency_unit": "months", "length_minutes": "90"},
            "frequency_every",
            3,
        ),
        ("deputies", {"deputies_rule": "named"}, "deputies_rule", "named"),
        ("support", {"products": "Decisions."}, "products", "Decisions."),
        ("agenda", {"standing_items": ["any_other", "apologies"]}, "standing_items", ["apologies", "any_other"]),
        ("agenda", {"streams": "operational\n\nenabling\noperational"}, "streams", ["operational", "enabling"]),
        ("review", {"review_every_months": "6"}, "review_every_months", 6),
    ],
)
def test_a_section_is_saved(client, draft, name, sent, field, value):
    assert section(client, name, **sent)["Location"] == EDIT
    assert getattr(Terms.objects.get(pk=draft.pk), field) == value


@pytest.mark.parametrize(
    ("name", "sent", "field"),
    [
        ("meetings", {"frequency_every": "0"}, "frequency_every"),
        ("meetings", {"length_minutes": "5"}, "length_minutes"),
        ("agenda", {"streams": "x" * 41}, "streams"),
        ("agenda", {"streams": "\n".join("abcdefg")}, "streams"),
        ("review", {"review_every_months": "61"}, "review_every_months"),
        ("service-levels", {"quantity_papers": "366"}, "quantity_papers"),
        ("responsibilities", {"text_0": ""}, "text_0"),
        ("responsibilities", {"times_1": "3"}, "text_1"),
        ("responsibilities", {"text_1": "x" * 2001}, "text_1"),
    ],
)
def test_bad_input_comes_back(client, draft, name, sent, field):
    response = section(client, name, **sent)
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_an_unknown_section_is_not_found(client, draft):
    assert client.get(f"{EDIT}nonsense/").status_code == 404


def test_two_who_change_a_section_see_each_other(client, draft, secretariat, actor_of):
    version = client.get(f"{EDIT}purpose/").context["form"]["version"].value()
    services.change(
        terms=draft, values={"purpose": "Theirs"}, seen=stale.token(draft, ["purpose"]), by=actor_of(secretariat)
    )
    response = client.post(f"{EDIT}purpose/", {"version": version, "purpose": "Mine"})
    assert response.status_code == 422
    assert ("Purpose", "Theirs") in response.context["form"].conflict
    assert response.context["form"]["purpose"].value() == "Mine"


# Duties and service levels


def test_duties_are_added_changed_and_removed(client, draft):
    draft.duties.create(key="report", position=2, text="Report.")
    sent = {"text_0": "Watch all progress.", "remove_1": "on", "text_2": "Hear from staff.", "times_2": "2"}
    assert section(client, "responsibilities", **sent).status_code == 302
    assert [(duty.key, duty.position, duty.text, duty.times_a_year) for duty in draft.duties.all()] == [
        ("watch", 1, "Watch all progress.", None),
        ("hear-from-staff", 2, "Hear from staff.", 2),
    ]


def test_the_same_words_twice_have_two_keys(client, draft):
    section(client, "responsibilities", text_1="Advise.", text_2="Advise.")
    assert [duty.key for duty in draft.duties.all()] == ["watch", "advise", "advise-2"]


def test_a_key_that_was_not_there_is_not_taken_from_the_form(client, draft):
    section(client, "responsibilities", key_1="made-up", text_1="Advise.")
    assert [duty.key for duty in draft.duties.all()] == ["watch", "advise"]


def test_more_rows_keep_every_word_and_save_nothing(client, draft):
    response = section(client, "responsibilities", text_0="Half writ", text_3="And this", more="yes")
    assert response.status_code == 200
    form = response.context["form"]
    assert (form.count, form["text_0"].value(), form["text_3"].value()) == (7, "Half writ", "And this")
    assert form["key_0"].value() == "watch"
    assert draft.duties.get().text == "Watch progress."


def test_two_who_change_the_duties_see_each_other(client, draft, secretariat, actor_of):
    sent = {"rows": "4", "key_0": "watch", "text_0": "Mine", "version": parts_token(draft.duties.all())}
    services.change_duties(terms=draft, duties=[], seen=parts_token(draft.duties.all()), by=actor_of(secretariat))
    response = client.post(f"{EDIT}responsibilities/", sent)
    assert response.status_code == 422
    assert response.context["form"].conflict == [("Saved now", "Nothing")]
    again = sent | {"version": response.context["form"]["version"].value()}
    assert client.post(f"{EDIT}responsibilities/", again).status_code == 302
    assert draft.duties.get().text == "Mine"


def test_service_levels_are_promised_and_taken_back(client, draft):
    sent = {"quantity_papers": "", "quantity_actions": "24", "unit_actions": "elapsed_hours"}
    assert section(client, "service-levels", **sent).status_code == 302
    [level] = draft.service_levels.all()
    assert str(level) == "Actions: 24 hours after the end of the meeting"


# Adopting


def test_adopting_leaves_only_what_is_the_boards_own(client, draft):
    other = approved(DraftTermsFactory(quorum=CHAIR, purpose="Their purpose."))
    assert section(client, "adoption", adopts=other.board_id).status_code == 302
    assert len(client.get(EDIT).context["tasks"]) == 2
    assert client.get(f"{EDIT}purpose/").status_code == 404
    page = text(client.get(draft.get_absolute_url()))
    assert "Their purpose." in page
    assert "To keep the promises." not in page


def test_a_version_of_another_board_is_no_pin(client, draft):
    one, other = (approved(DraftTermsFactory(quorum=CHAIR)) for _ in range(2))
    response = section(client, "adoption", adopts=one.board_id, pinned=other.pk)
    assert "is not one of" in str(response.context["form"].errors["pinned"])


def test_only_boards_with_terms_in_force_can_be_adopted(client, draft):
    coming = approved(DraftTermsFactory(), dt.date(2022, 2, 1))
    form = client.get(f"{EDIT}adoption/").context["form"]
    assert coming.board not in form.fields["adopts"].queryset
    assert draft.board not in form.fields["adopts"].queryset


# Approving


def approve(client, **sent):
    day = {"approved_on": (18, 1, 2022), "in_force_from": (1, 2, 2022)}
    parts = {
        f"{name}_{part}": value
        for name, days in day.items()
        for part, value in zip(("day", "month", "year"), days, strict=True)
    }
    return client.post("/boards/db/terms/approve/", {"decision": "Decision 4", **parts, **sent})


def test_terms_are_approved_and_then_stay(client, draft):
    assert approve(client)["Location"] == "/boards/db/terms/1/"
    row = Terms.objects.get(pk=draft.pk)
    assert (row.state, row.in_force_from) == ("approved", dt.date(2022, 2, 1))
    assert client.get(EDIT).status_code == 404
    assert "Decision 4" in text(client.get("/boards/db/terms/1/"))


def test_what_is_wrong_is_said_before_and_refused(client, draft):
    draft.board.memberships.all().update(ends=dt.date(2021, 12, 31))
    page = text(client.get("/boards/db/terms/approve/"))
    assert "The board has no chair" in page
    assert 'name="decision"' not in page
    response = approve(client)
    assert response.status_code == 422
    assert "The board has no chair" in str(response.context["form"].non_field_errors())
    assert Terms.objects.get(pk=draft.pk).state == "draft"


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"decision": ""}, "decision", "Say which decision approved them"),
        ({"decision": "x"}, "decision", "Say in a few words which decision approved them"),
        ({"approved_on_day": "20"}, "approved_on", "cannot be later than today, 19 January 2022"),
        ({"in_force_from_year": "2021"}, "in_force_from", "The board began on 1 April 2021"),
        ({"in_force_from_month": "13"}, "in_force_from", "real date"),
    ],
)
def test_bad_days_are_said_beside_them(client, draft, sent, field, sentence):
    response = approve(client, **sent)
    assert response.status_code == 422
    assert sentence in str(response.context["form"].errors[field])


def test_a_draft_that_a_coming_member_makes_whole_can_be_approved(client, draft):
    draft.board.memberships.all().update(starts=dt.date(2022, 2, 1))
    page = text(client.get("/boards/db/terms/approve/"))
    assert "The board has no chair" in page
    assert 'name="decision"' in page
    assert approve(client).status_code == 302


def test_those_who_follow_are_named_and_warned_of(client, draft):
    follower, pinned = BoardFactory(title="Follower Board"), BoardFactory(title="Pinned Board")
    first = approved(draft)
    for board in (follower, pinned):
        TenureFactory(post=MembershipFactory(board=board, category="chair").post)
    approved(DraftTermsFactory(board=follower, adopts=first.board))
    approved(DraftTermsFactory(board=pinned, adopts=first.board, pinned=first))
    TenureFactory(post=MembershipFactory(board=draft.board).post)
    newer = DraftTermsFactory(board=draft.board, number=2, quorum=CHAIR)
    page = text(client.get("/boards/db/terms/approve/"))
    assert "They will also hold for Follower Board, which follows them." in page
    assert "could not keep them" not in page
    Terms.objects.filter(pk=newer.pk).update(quorum=as_data(chair_plus(1)))
    page = text(client.get("/boards/db/terms/approve/"))
    assert "Follower Board follows these terms and could not keep them. The rule needs 1 member besides the" in page
    assert "Pinned Board" not in page


def test_a_version_that_says_nothing_new_is_remarked_on(client, draft, secretariat, actor_of):
    approved(draft)
    newer = services.draft(board=draft.board, by=actor_of(secretariat), at=clock.now())
    assert "This draft says the same as version 1." in text(client.get("/boards/db/terms/approve/"))
    Terms.objects.filter(pk=newer.pk).update(purpose="To keep all the promises.")
    assert "says the same" not in text(client.get("/boards/db/terms/approve/"))


# Comparing


def test_versions_are_compared_field_by_field(client, draft, secretariat, actor_of):
    approved(draft)
    by = actor_of(secretariat)
    newer = services.draft(board=draft.board, by=by, at=clock.now())
    Terms.objects.filter(pk=newer.pk).update(purpose="To keep all the promises that were made.", length_minutes=90)
    newer.duties.all().delete()
    newer.duties.create(key="hear", position=1, text="Hear from staff.")
    newer.service_levels.update(quantity=10)
    response = client.get("/boards/db/terms/compare/")
    found = {each.label: each.what for each in response.context["differences"] if each.part != "Responsibilities"}
    assert found == {"Purpose": "Changed", "Length of a meeting": "Changed", "Papers": "Changed"}
    duties = [
        (each.what, each.old, each.new) for each in response.context["differences"] if each.label == "Responsibility"
    ]
    assert ("Removed", "Watch progress.", "") in duties
    assert ("Added", "", "Hear from staff.") in duties
    assert "Quorum" in response.context["unchanged"]
    assert "Responsibilities" not in response.context["unchanged"]


def test_of_adopted_terms_what_held_is_compared(client, board):
    other = DraftTermsFactory(quorum=CHAIR, purpose="Theirs.")
    approved(other)
    approved(DraftTermsFactory(board=board, quorum=CHAIR, purpose="Our own."))
    approved(DraftTermsFactory(board=board, adopts=other.board), dt.date(2022, 1, 1))
    page = text(client.get("/boards/db/terms/compare/?old=2&new=1"))
    assert "Our own." in page
    assert "Theirs." in page
    assert "adopts the terms of" in page


def test_one_version_has_nothing_to_be_compared_with(client, draft):
    assert "only one version" in text(client.get("/boards/db/terms/compare/?old=x&new=7"))


def test_what_is_gone_stands_where_it_was():
    old = [Said(key, "Part", key, key) for key in ("a", "duty b", "c")]
    new = [Said(key, "Part", key, f"{key}{key}") for key in ("a", "c")]
    assert [each.label for each in differences(old, new)] == ["a", "duty b", "c"]
    assert unchanged(old, old) == ["a", "Part", "c"]


def test_all_that_is_said_is_plain_text(draft):
    assert {each.key for each in all_said(draft)} >= {"purpose", "duty watch", "level papers", "quorum", "review"}


# Cost


@pytest.mark.parametrize("count", [1, 8])
def test_the_page_costs_the_same_however_much_is_said(client, draft, count, django_assert_num_queries):
    for number in range(count):
        draft.duties.create(key=f"more-{number}", position=number + 2, text="More.")
        TenureFactory(post=MembershipFactory(board=draft.board).post)
    approved(draft)
    client.get("/boards/db/terms/1/")
    with django_assert_num_queries(15):
        client.get("/boards/db/terms/1/")
