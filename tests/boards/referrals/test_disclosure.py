"""Each board sees exactly its share: one recommendation through three boards, an amendment, restricted discussions."""

import pytest
from django.urls import reverse

from boards.models import AgendaItem, Referral
from boards.queries.notes import note_body, token
from boards.queries.referral_routes import referrals_at, route_lines
from boards.services import notes
from kit.periods import period_holding
from tests.boards.referrals.conftest import CHANGED, TEXT, here, on
from tests.factories.boards import MembershipFactory
from tests.pdf_text import text_of

pytestmark = pytest.mark.django_db
FIRST, SECOND = "Ferrets were mentioned", "Weasels voted against"
EVERYBODY = ("lead", "member", "overseer", "viewer", "auditor", "secretariat", "stranger")


def read(client_as, who: str, path: str) -> str:
    """The page as text; empty when it is not found."""
    response = client_as(who).get(path)
    assert response.status_code in (200, 404)
    return response.content.decode() if response.status_code == 200 else ""


def readers(client_as, path: str, words: str) -> set[str]:
    """Who of everybody finds the words."""
    return {who for who in EVERYBODY if words in read(client_as, who, path)}


@pytest.fixture
def travelled(send, meetings, answer, member_post):
    """Answered by all three; the second board's discussion is restricted to its chair."""
    referral = send(restricted=FIRST)
    item = here(referral).item
    item.visibility, item.title = "absent", "Stoats and the strategy"
    item.save()
    item.audience.create(post=member_post)
    answer(referral, "amended", on(2, 8), text_agreed=CHANGED, summary="Every two years is enough.", restricted=SECOND)
    answer(referral, "endorsed", on(2, 22), summary="It starts in May.")
    referral.refresh_from_db()
    return referral


def test_texts_and_outcomes_are_for_all_details_for_their_readers(travelled, client_as):
    url = travelled.get_absolute_url()
    assert readers(client_as, url, "Every two years is enough.") == set(EVERYBODY)
    assert readers(client_as, url, "It starts in May.") == set(EVERYBODY)
    # Who sits on the board that sent it reads its papers; the item itself is open to all.
    assert readers(client_as, url, FIRST) == {"lead", "secretariat", "auditor"}
    assert readers(client_as, url, SECOND) == {"member", "secretariat", "auditor"}
    assert readers(client_as, url, "On the agenda of 8 February 2022") == {"member", "secretariat", "auditor"}
    assert readers(client_as, url, "Stoats") == set()


def test_a_restricted_title_is_on_no_list_route_or_next_agenda(travelled, client_as, actor_of, lead, viewer):
    for path in (reverse("boards:referrals"), reverse("boards:referrals") + "?download=referrals"):
        for words in ("Stoats", FIRST, SECOND):
            assert readers(client_as, path, words) == set()
    for user in (lead, viewer):
        said = " ".join(line.sentence for line in route_lines(travelled, actor_of(user)))
        assert "Management Board, 8 February 2022: Endorsed with changes. Every two years is enough." in said
        assert not any(words in said for words in ("Stoats", FIRST, SECOND))
    notes = " ".join(AgendaItem.objects.exclude(title__startswith="Stoats").values_list("note", flat=True))
    assert SECOND not in notes
    assert FIRST not in notes
    assert referrals_at(travelled.back_on, actor_of(viewer)) == [travelled]


@pytest.fixture
def restricted(item, lead_post, meetings, send):
    """Sent from an item that only the first board's chair sees."""
    item.visibility = "absent"
    item.save()
    item.audience.create(post=lead_post)
    return send(restricted=FIRST)


def test_what_comes_from_a_restricted_item_reaches_its_boards_and_nobody_else(restricted, answer, client_as):
    url = restricted.get_absolute_url()
    assert readers(client_as, url, TEXT) == {"lead", "member", "secretariat", "auditor"}
    assert readers(client_as, url, FIRST) == {"lead", "secretariat", "auditor"}
    meeting = here(restricted).item.meeting
    assert readers(client_as, meeting.get_absolute_url(), "Review of the strategy") == {
        "member",
        "secretariat",
        "auditor",
    }
    answer(restricted, "endorsed", on(2, 8), restricted=SECOND)
    assert readers(client_as, url, TEXT) == {"lead", "member", "overseer", "secretariat", "auditor"}
    assert readers(client_as, url, SECOND) == {"member", "secretariat", "auditor"}
    answer(restricted, "endorsed", on(2, 22), summary="It starts in May.")
    restricted.refresh_from_db()
    back = restricted.back_on
    assert back.visibility == "absent"
    assert readers(client_as, back.meeting.get_absolute_url(), "Review of the strategy") == {
        "lead",
        "secretariat",
        "auditor",
    }


def test_who_was_not_sent_the_paper_is_not_sent_the_outcome(boards, item, meetings, send, answer, member_post):
    """An open item, of which one member was kept out: nothing that follows from it is put before them."""
    MembershipFactory(board=boards["advises"], post=member_post)
    seat = item.meeting.attendances.create(category="internal", post=member_post, label="Head of Estates", name="Mo")
    item.meeting.declarations.create(attendance=seat, item=item, text="A share", outcome="not_sent")
    referral = send(to_boards=[boards["delivers"]])
    answer(referral, "endorsed", on(2, 22))
    referral.refresh_from_db()
    assert referral.back_on.visibility == "absent"
    assert [entry.post.code for entry in referral.back_on.audience.all()] == ["commander-public-protection"]


def test_a_board_that_only_its_members_know_is_not_named(boards, send, client_as):
    boards["delivers"].sensitivity = "members"
    boards["delivers"].save()
    url = send().get_absolute_url()
    assert readers(client_as, url, "Delivery Board") == {"overseer", "secretariat", "auditor"}
    assert readers(client_as, url, "Another board") == {"lead", "member", "viewer", "stranger"}


def test_what_a_closed_board_sends_is_for_its_members_and_the_receivers(boards, send, meetings, client_as):
    boards["advises"].sensitivity = "members"
    boards["advises"].save()
    referral = send()
    assert readers(client_as, referral.get_absolute_url(), TEXT) == {"lead", "member", "secretariat", "auditor"}
    page = here(referral).item.meeting.get_absolute_url()
    assert readers(client_as, page, "Review of the strategy") == {"member", "secretariat", "auditor"}


def test_a_note_leaves_out_what_its_reader_may_not_read(restricted, boards, meetings, answer, client_as, sana):
    quarter = period_holding(on(2, 1).date(), "quarterly")
    from_board, to_board = boards["advises"], boards["decides"]
    MembershipFactory(board=from_board, post=boards["delivers"].memberships.get().post)
    body = note_body(from_board, to_board, quarter)
    note = notes.issue(
        from_board=from_board,
        to_board=to_board,
        quarter=quarter,
        opening="What follows is short.",
        seen=token(body),
        by=sana,
        at=on(4, 5),
    )
    url = note.get_absolute_url()
    assert readers(client_as, url, "What follows is short.") == {
        "lead",
        "member",
        "overseer",
        "secretariat",
        "auditor",
    }
    assert readers(client_as, url, TEXT) == {"lead", "member", "secretariat", "auditor"}
    assert readers(client_as, url, FIRST) == set()
    document = reverse("boards:note_pdf", args=[from_board.slug, note.pk])
    assert TEXT not in text_of(client_as("overseer").get(document).content)
    assert TEXT in " ".join(text_of(client_as("member").get(document).content).split())


def test_the_reach_of_the_list_is_that_of_the_page(restricted, client_as, actor_of, request):
    for who in EVERYBODY:
        seen = set(Referral.objects.visible_to(actor_of(request.getfixturevalue(who))).values_list("pk", flat=True))
        assert (client_as(who).get(restricted.get_absolute_url()).status_code == 200) is (restricted.pk in seen)
