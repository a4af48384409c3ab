"""The room, the register, a decision's page and the summary: what they say, what they keep, how often they ask."""

import pytest
from django.urls import reverse

from boards import effects
from boards.models import BoardAction, Decision, ItemRecord
from boards.services import decisions, room, summaries
from tests import pdf_text
from tests.boards.decisions.conftest import emptied
from tests.factories.boards import AgendaItemFactory, BoardFactory
from tests.factories.commitments import CommitmentFactory, ProgrammeFactory, StrategyFactory
from tests.factories.people import UserFactory
from tests.factories.records import DecisionFactory, SummaryFactory

pytestmark = pytest.mark.django_db
SECRETS = ("Pay of the director", "Merger with Otherville", "paid 100", "Otherville agrees")


def url(name: str, meeting, *more) -> str:
    return reverse(f"boards:{name}", args=[meeting.board.slug, meeting.pk, *more])


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def secretary(here, secretariat, client_for):
    return client_for(secretariat)


@pytest.fixture
def decided(items, keeper, now) -> list[Decision]:
    words = ("The board approves the estates plan.", "The director is paid 100.", "Otherville agrees.")
    return [
        decisions.record(item=item, kind="approved", text=text, by=keeper, at=now)
        for item, text in zip(items, words, strict=True)
    ]


# The room


def test_the_room_opens_the_item_that_is_to_be_taken_and_seeds_the_decision(secretary, here, items, paper):
    text = text_of(secretary.get(url("room", here)))
    for said in (
        "Item number 1",
        "planned 10am to 10:10am",
        "Quorum.",
        paper.title,
        "That the board approves the estates plan.",
        "The board approves the estates plan.</textarea>",
        "Next item: 2.",
        "Restricted",
    ):
        assert said in text, said
    assert text.count("<textarea") == 3  # one item open at a time: note, decision, action
    assert "Save, and take the next item" in text


def test_the_room_says_when_too_few_are_there(secretary, here, items, seats, keeper, now):
    emptied(here, seats, keeper, now)
    assert "subject to ratification" in text_of(secretary.get(url("room", here)))


@pytest.mark.parametrize("persona", ["team", "lead", "member", "viewer"])
def test_the_room_is_for_those_who_write_it_down(persona, here, client_as):
    assert client_as(persona).get(url("room", here)).status_code == 403


def test_an_auditor_reads_the_room_and_writes_nothing(here, items, auditor, client_for):
    ItemRecord.objects.create(item=items[0], discussion="It was said.")
    client = client_for(auditor)
    text = text_of(client.get(f"{url('room', here)}?item={items[0].pk}"))
    assert "It was said." in text
    assert "<textarea" not in text


@pytest.mark.parametrize("count", [1, 30])
def test_the_room_asks_as_often_for_one_item_as_for_thirty(
    secretary, here, items, keeper, now, count, django_assert_num_queries
):
    for _ in range(count):
        item = AgendaItemFactory(meeting=here)
        ItemRecord.objects.create(item=item, discussion="It was said.")
        decisions.record(item=item, kind="noted", text="Noted.", by=keeper, at=now)
    with django_assert_num_queries(34):
        secretary.get(f"{url('room', here)}?item={items[0].pk}")


def test_a_note_is_kept_with_its_times(secretary, here, items):
    where = url("item_record", here, items[0].pk)
    sent = {"discussion": "It was said.", "started": "10:05am", "ended": "10.20", "seen": room.token(None)}
    assert secretary.post(where, sent).status_code == 302
    kept = ItemRecord.objects.get()
    assert kept.discussion == "It was said."
    assert "Taken 10:05am to 10:20am" in text_of(secretary.get(f"{url('room', here)}?item={items[0].pk}"))
    wrong = secretary.post(where, sent | {"ended": "9am", "discussion": "More.", "seen": room.token(kept)})
    assert wrong.status_code == 422
    text = text_of(wrong)
    assert "The item cannot end before it starts" in text
    assert "More.</textarea>" in text


def test_taking_the_next_item_ends_this_one(secretary, here, items):
    where = url("item_record", here, items[0].pk)
    answer = secretary.post(where, {"discussion": "Done.", "seen": room.token(None), "then": "next"})
    assert answer.url.endswith(f"?item={items[1].pk}")
    assert ItemRecord.objects.get(item=items[0]).ended_at is not None
    assert ItemRecord.objects.get(item=items[1]).started_at is not None


def test_autosave_answers_with_one_line_and_the_next_token(secretary, here, items):
    where, script = url("item_record", here, items[0].pk), {"HTTP_HX_REQUEST": "true"}
    first = text_of(secretary.post(where, {"discussion": "One.", "seen": room.token(None)}, **script))
    assert "Saved at 1pm." in first
    assert "<html" not in first
    assert room.token(ItemRecord.objects.get()) in first
    assert "Not saved" in text_of(secretary.post(where, {"discussion": "x", "started": "soon"}, **script))


def test_two_at_once_lose_nothing(secretary, here, items):
    where, seen = url("item_record", here, items[0].pk), room.token(None)
    secretary.post(where, {"discussion": "Theirs.", "seen": seen})
    mine = {"discussion": "Mine.", "seen": seen}
    line = text_of(secretary.post(where, mine, HTTP_HX_REQUEST="true"))
    assert "somebody else changed this note" in line
    assert "Theirs." in line
    page = secretary.post(where, mine)
    assert page.status_code == 422
    text = text_of(page)
    assert "Theirs." in text
    assert "Mine.</textarea>" in text
    assert ItemRecord.objects.get().discussion == "Theirs."
    assert secretary.post(where, mine | {"seen": room.token(ItemRecord.objects.get())}).status_code == 302
    assert ItemRecord.objects.get().discussion == "Mine."


def test_signed_out_while_writing_is_said_in_the_line(here, items, client):
    answer = client.post(url("item_record", here, items[0].pk), {"discussion": "x"}, HTTP_HX_REQUEST="true")
    assert "signed out" in text_of(answer)


def test_a_decision_is_recorded_with_what_it_does(secretary, here, items, paper):
    strategy = StrategyFactory(state="draft", title="Estates 2030")
    where = url("decide", here, items[0].pk)
    sent = {"kind": "approved", "text": "Agreed, with a change.", "paper": str(paper.pk)}
    page = secretary.post(where, sent | {"does": f"approve_strategy:{strategy.pk}"})
    assert page.status_code == 422
    text = text_of(page)
    assert "It promises nothing yet" in text
    assert "Agreed, with a change.</textarea>" in text
    CommitmentFactory(programme=ProgrammeFactory(strategy=strategy))
    answer = secretary.post(where, sent | {"does": f"approve_strategy:{strategy.pk}"}, follow=True)
    made = Decision.objects.get()
    assert (made.paper, made.text) == (paper, "Agreed, with a change.")
    assert "The strategy “Estates 2030” is approved." in text_of(answer)


def test_a_second_press_records_nothing_twice(secretary, here, items):
    where = url("decide", here, items[0].pk)
    drawn = secretary.get(url("room", here), {"item": items[0].pk}).context["forms"]["decide"]
    sent = {"kind": "noted", "text": "The report was noted.", "after": drawn["after"].value()}
    secretary.post(where, sent)
    answer = secretary.post(where, sent, follow=True)
    made = Decision.objects.get()
    assert f"It was recorded already, as {made.reference}." in text_of(answer)
    anew = answer.context["forms"]["decide"]["after"].value()
    secretary.post(where, sent | {"after": anew})
    assert Decision.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Select the outcome"),
        ({"kind": "approved"}, "Enter what was decided"),
        ({"kind": "approved", "text": "x", "does": "fly:1"}, "from the list"),
        ({"kind": "approved", "text": "x\x00"}, "hidden character"),
    ],
)
def test_a_wrong_decision_is_said_beside_its_field(secretary, here, items, sent, said):
    StrategyFactory(state="draft")
    page = secretary.post(url("decide", here, items[0].pk), sent)
    assert page.status_code == 422
    assert said in text_of(page)
    assert not Decision.objects.exists()


def test_an_effect_of_something_that_is_not_approved_is_left_aside(secretary, here, items):
    strategy = StrategyFactory(state="draft")
    sent = {"kind": "rejected", "text": "No.", "does": f"approve_strategy:{strategy.pk}"}
    assert secretary.post(url("decide", here, items[0].pk), sent).status_code == 302
    assert not Decision.objects.get().effects.exists()


def test_an_action_is_raised_without_leaving_the_room(secretary, here, items, lead_post):
    where = url("item_action", here, items[0].pk)
    sent = {
        "action-text": "Write to the landlord.",
        "action-owner_post": lead_post.pk,
        "action-due_day": "1",
        "action-due_month": "3",
        "action-due_year": "2022",
    }
    page = secretary.post(where, sent | {"action-owner_post": ""})
    assert page.status_code == 422
    assert "Write to the landlord.</textarea>" in text_of(page)
    assert secretary.post(where, sent).url.endswith(f"?item={items[0].pk}")
    assert BoardAction.objects.get().text == "Write to the landlord."


def test_a_commitment_says_which_decision_closed_it(secretary, items, keeper, now, plan):
    items[0].commitments.add(plan.first)
    asked = [effects.Asked("close_commitment", plan.first.pk)]
    decisions.record(item=items[0], kind="approved", text="It is kept.", effects=asked, by=keeper, at=now)
    history = reverse("commitments:commitment_history", args=[plan.strategy.slug, plan.first.number])
    assert "By decision DB 2021-22/001 of Delivery board." in text_of(secretary.get(history))


# The register and a decision


def test_the_register_is_searched_and_narrowed(secretary, decided, items, keeper, now):
    where = reverse("boards:decisions")
    assert "3 decisions" in text_of(secretary.get(where))
    for query, found in (
        ("words=estates", "DB 2021-22/001"),
        ("words=2021-22/002", "DB 2021-22/002"),
        ("words=otherville+agrees", "DB 2021-22/003"),
    ):
        text = text_of(secretary.get(f"{where}?{query}"))
        assert "1 decision<" in text, query
        assert found in text
    assert "No decision matches" in text_of(secretary.get(f"{where}?kind=rejected"))
    assert "No decision matches" in text_of(secretary.get(f"{where}?standing=unratified"))
    decisions.withdraw(decision=decided[0], because="Twice", by=keeper, at=now)
    assert "DB 2021-22/001" in text_of(secretary.get(f"{where}?standing=withdrawn"))


def test_a_board_without_decisions_can_be_chosen(secretary, decided):
    quiet = BoardFactory(slug="quiet", title="Quiet board")
    page = text_of(secretary.get(reverse("boards:decisions"), {"board": quiet.slug}))
    assert "No decision matches" in page
    assert "Quiet board" in page
    assert "Error" not in page


def test_the_register_as_a_file_has_every_word(secretary, decided):
    file = text_of(secretary.get(f"{reverse('boards:decisions')}?download=decisions"))
    assert "DB 2021-22/002" in file
    assert "The director is paid 100." in file
    assert "Pay of the director" in file


@pytest.mark.parametrize("count", [1, 4])
def test_the_register_asks_as_often_for_one_as_for_four(secretary, items, count, django_assert_num_queries):
    for _ in range(count):
        DecisionFactory(item=items[0], needs_ratification=True, quorate=False)
    with django_assert_num_queries(10):
        secretary.get(reverse("boards:decisions"))


def test_a_decision_shows_what_was_recommended_where_it_differs(secretary, items, paper, keeper, now):
    same = decisions.record(
        item=items[0], kind="approved", text="The board approves the estates plan.", paper=paper, by=keeper, at=now
    )
    other = decisions.record(
        item=items[0], kind="approved", text="The board approves half of it.", paper=paper, by=keeper, at=now
    )
    assert "As it was recommended." in text_of(secretary.get(same.get_absolute_url()))
    text = text_of(secretary.get(other.get_absolute_url()))
    assert "Recommended" in text
    assert "That the board approves the estates plan." in text


def test_a_correction_shows_the_words_before_and_a_clash_both(secretary, decided):
    where = reverse("boards:decision_correct", args=[decided[0].pk])
    page = secretary.get(where)
    seen = page.context["form"]["version"].value()
    sent = {"kind": "approved", "text": "The board approves half of it.", "reason": "Misheard", "version": seen}
    assert secretary.post(where, sent | {"reason": ""}).status_code == 422
    assert secretary.post(where, sent).status_code == 302
    text = text_of(secretary.get(decided[0].get_absolute_url()))
    assert "Misheard" in text
    assert "[removed: </span>" in text
    clash = secretary.post(where, sent | {"text": "Other words."})
    assert clash.status_code == 422
    assert "The board approves half of it." in text_of(clash)
    assert "Other words.</textarea>" in text_of(clash)


def test_a_withdrawn_decision_says_so(secretary, decided):
    where = reverse("boards:decision_withdraw", args=[decided[0].pk])
    assert secretary.post(where, {"reason": ""}).status_code == 422
    assert secretary.post(where, {"reason": "x" * 251}).status_code == 422
    assert secretary.post(where, {"reason": "It was another board."}).status_code == 302
    text = text_of(secretary.get(decided[0].get_absolute_url()))
    assert "It was another board." in text
    assert secretary.get(where).status_code == 403


# The summary, and who reads what


def test_the_summary_goes_out_from_its_page_and_a_correction_supersedes_it(secretary, here, decided):
    page = url("summary", here)
    assert "Nobody has been told yet" in text_of(secretary.get(page))
    assert "Member: Lena Lead, Mo Member, Ann Adviser." in text_of(secretary.get(url("summary_send", here)))
    assert secretary.post(url("summary_send", here)).status_code == 302
    assert "Summary 1, sent at" in text_of(secretary.get(page))
    assert secretary.get(url("summary_send", here)).status_code == 403
    form = secretary.get(reverse("boards:decision_correct", args=[decided[0].pk])).context["form"]
    sent = {"kind": "approved", "text": "Other words.", "reason": "Misheard", "version": form["version"].value()}
    secretary.post(reverse("boards:decision_correct", args=[decided[0].pk]), sent)
    text = text_of(secretary.get(page))
    assert "What changed since summary 1" in text
    assert "was corrected: Misheard" in text
    old = text_of(secretary.get(f"{page}?number=1"))
    assert "This summary was superseded" in old
    assert "The board approves the estates plan." in old
    assert secretary.get(f"{page}?number=7").status_code == 404


def everything_for(client, here, decided) -> str:
    """Every page and file about the decisions that the reader opens, in one text."""
    paths = [
        reverse("boards:decisions"),
        f"{reverse('boards:decisions')}?download=decisions",
        url("summary", here),
        f"{url('summary', here)}?number=1",
        *(each.get_absolute_url() for each in decided),
    ]
    pages = [client.get(path) for path in paths]
    made = client.get(url("summary_pdf", here)).content
    return " ".join(text_of(page) for page in pages if page.status_code == 200) + pdf_text.text_of(made)


@pytest.mark.parametrize("persona", ["viewer", "member", "lead", "team"])
def test_nobody_gets_a_word_of_an_item_that_they_do_not_see(persona, here, decided, keeper, now, client_as):
    fix = {"decision": decided[2], "kind": "approved", "because": "Otherville agrees at last", "by": keeper, "at": now}
    summaries.circulate(meeting=here, by=keeper, at=now)
    decisions.correct(text="Otherville agrees to all.", seen=decisions.token(decided[2]), **fix)
    read = everything_for(client_as(persona), here, decided)
    assert "The board approves the estates plan." in read
    assert not [secret for secret in SECRETS if secret in read]
    for kept in decided[1:]:
        assert client_as(persona).get(kept.get_absolute_url()).status_code == 404


def test_who_may_see_it_finds_all_of_it(here, decided, keeper, now, seats, client_for):
    adviser = seats["adviser"].person
    adviser.user = UserFactory(email="ann@stride.example")
    adviser.save()
    summaries.circulate(meeting=here, by=keeper, at=now)
    read = everything_for(client_for(adviser.user), here, decided)
    assert not [secret for secret in SECRETS if secret not in read]


def test_before_the_summary_only_those_in_the_room_read_a_decision(here, decided, client_as):
    where = decided[0].get_absolute_url()
    assert client_as("member").get(where).status_code == 200
    assert client_as("viewer").get(where).status_code == 404
    assert "No summary has gone out yet" in text_of(client_as("viewer").get(url("summary", here)))


@pytest.mark.parametrize("count", [1, 4])
def test_the_summary_asks_as_often_for_one_as_for_four(
    here, items, keeper, now, count, client_as, django_assert_num_queries
):
    for _ in range(count):
        decisions.record(item=items[0], kind="noted", text="Noted.", by=keeper, at=now)
        SummaryFactory(meeting=here, body={"lines": []})
    client = client_as("viewer")
    with django_assert_num_queries(14):
        client.get(url("summary", here))
