"""The pages of papers: what they say, what they ask again, what they keep, and how many queries they cost."""

import pytest
from django.urls import reverse

from boards.models import AgendaItem, Paper
from boards.services import papers as services
from kit.stale import token
from kit.verdict import Refusal
from people.models import Message
from tests.boards.papers.conftest import AFTER, DUE, NOW, ready
from tests.factories.boards import BoardFactory
from tests.factories.people import PostFactory
from tests.factories.records import PaperFactory, PaperVersionFactory

FRONT = ["title", "purpose", "recommendation", "financial", "equality", "marking"]


def words(response) -> str:
    return response.content.decode()


def new_url(item) -> str:
    return reverse("boards:paper_new", args=[item.meeting.board.slug, item.meeting_id, item.pk])


def of_meeting(meeting, name: str = "meeting_papers") -> str:
    return reverse(f"boards:{name}", args=[meeting.board.slug, meeting.pk])


def url(paper, name: str) -> str:
    return reverse(f"boards:paper_{name}", args=[paper.pk])


def test_the_secretariat_commissions_for_the_promised_day(client_as, item, overseer, overseer_post):
    client = client_as("secretariat")
    page = words(client.get(new_url(item)))
    assert "Leave empty for Tuesday 1 February 2022. 5 working days." in page
    assert client.post(new_url(item), {"title": "P", "author_post": overseer_post.pk}).status_code == 302
    assert Paper.objects.get().due_at == DUE
    assert Message.objects.get().to == overseer.person


def test_a_wrong_day_is_said_beside_the_field_and_nothing_is_lost(client_as, item, overseer_post):
    sent = {"title": "P", "brief": "Say what it costs.", "author_post": overseer_post.pk}
    day = {"due_day": "9", "due_month": "2", "due_year": "2022"}
    page = client_as("secretariat").post(new_url(item), sent | day)
    assert page.status_code == 422
    assert "must not be after the meeting on 8 February 2022" in words(page)
    assert "Say what it costs." in words(page)


def test_a_board_without_papers_can_be_chosen(client_as, paper):
    BoardFactory(slug="quiet", title="Quiet board")
    page = words(client_as("secretariat").get(reverse("boards:papers"), {"board": "quiet"}))
    assert "No paper matches" in page
    assert '<option value="quiet" selected' in page
    assert "Error" not in page
    assert paper.title not in page


def test_a_vacant_post_is_said(client_as, item):
    post = PostFactory(title="Empty post")
    page = client_as("secretariat").post(new_url(item), {"title": "P", "author_post": post.pk}, follow=True)
    assert "Empty post is vacant, so nobody was told" in words(page)


def test_the_author_finds_what_is_asked_and_what_comes_next(client_as, paper):
    page = words(client_as("overseer").get(paper.get_absolute_url()))
    for said in (
        "Say what it costs.",
        "5 working days.",
        "Fill in the front sheet and add the paper",
        "Say on the front sheet",
    ):
        assert said in page
    assert "Estates plan" in page  # an item that everybody sees
    assert "What you owe" in words(client_as("overseer").get(reverse("boards:papers")))


def test_a_front_sheet_that_another_saved_shows_both_texts(client_as, paper, keeper):
    seen = token(paper, FRONT)
    services.save_front(paper=paper, values={"purpose": "Theirs."}, seen=token(paper, ["purpose"]), by=keeper, at=NOW)
    sent = {"title": paper.title, "purpose": "Mine.", "version": seen}
    page = client_as("overseer").post(url(paper, "front"), sent)
    assert page.status_code == 422
    assert "Theirs." in words(page)
    assert "Mine." in words(page)
    paper.refresh_from_db()
    assert paper.purpose == "Theirs."


def test_a_front_sheet_without_a_title_keeps_its_words(client_as, paper):
    page = client_as("overseer").post(url(paper, "front"), {"title": "", "purpose": "To decide."})
    assert page.status_code == 422
    assert "Enter a title" in words(page)
    assert "To decide." in words(page)


def test_lines_of_the_route_come_and_go_without_scripts(client_as, paper):
    client = client_as("overseer")
    sent = {"body": "Audit committee", "on_day": "4", "on_month": "1", "on_year": "2022", "comment": "Content."}
    assert client.post(url(paper, "route"), sent).status_code == 302
    page = words(client.get(paper.get_absolute_url()))
    assert "Audit committee" in page
    assert "Content." in page
    ahead = client.post(url(paper, "route"), sent | {"on_year": "2023"})
    assert ahead.status_code == 422
    assert "must be 19 January 2022 or earlier" in words(ahead)
    client.post(url(paper, "route"), {"remove": str(paper.route.get().pk)})
    assert not paper.route.exists()
    assert client.post(url(paper, "route"), {"remove": "no"}).status_code == 302


def test_sending_back_needs_a_reason(client_as, paper, author):
    services.submit(paper=ready(paper), by=author, at=NOW)
    client = client_as("secretariat")
    assert "Say what has to change" in words(client.post(url(paper, "send_back"), {"reason": ""}))
    client.post(url(paper, "send_back"), {"reason": "Give the cost."})
    assert "Give the cost." in words(client_as("overseer").get(paper.get_absolute_url()))


def test_the_chair_is_shown_the_reason_and_not_the_draft(client_as, paper, author):
    Paper.objects.filter(pk=ready(paper).pk).update(due_at=NOW.replace(day=18), purpose="A draft sentence.")
    services.ask_late(paper=paper, because="Figures came late.", by=author, at=NOW)
    client = client_as("lead")
    assert client.get(paper.get_absolute_url()).status_code == 404
    assert "May this come late?" in words(client.get(reverse("boards:papers")))
    page = words(client.get(url(paper, "late_permit")))
    assert "Figures came late." in page
    assert "A draft sentence." not in page
    assert client.post(url(paper, "late_permit"), {"reason": ""}).status_code == 422
    assert client.post(url(paper, "late_permit"), {"reason": "Go on."}).status_code == 302
    told = words(client_as("overseer").get(paper.get_absolute_url()))
    assert "Permitted to come late" in told
    assert "Go on." in told


def test_a_chair_without_the_item_does_not_find_it(client_as, paper, author):
    AgendaItem.objects.filter(pk=paper.item_id).update(visibility="cover_title", cover_title="Business")
    services.ask_late(paper=paper, because="Figures.", by=author, at=NOW)
    client = client_as("lead")
    assert client.get(url(paper, "late_permit")).status_code == 404
    assert "The estate" not in words(client.get(reverse("boards:papers")))


def test_the_secretariat_says_which_chair_permitted(client_as, paper, author, lead):
    services.ask_late(paper=paper, because="Figures.", by=author, at=NOW)
    client = client_as("secretariat")
    page = client.post(url(paper, "late_permit"), {"reason": "He rang."})
    assert page.status_code == 422
    assert "Select who permitted it" in words(page)
    assert "He rang." in words(page)
    client.post(url(paper, "late_permit"), {"reason": "She rang.", "chair": "Lena Lead"})
    paper.refresh_from_db()
    assert (paper.late_permitted_by, paper.is_late) == (lead.person, False)


def test_what_is_missing_is_one_screen(client_as, item, paper, author):
    AgendaItem.objects.create(meeting=item.meeting, position=2, title="Fleet")
    page = words(client_as("secretariat").get(of_meeting(item.meeting)))
    for said in ("1 of 1 paper is missing", "Commission a paper", "Omar Overseer", "Chase what is missing", "2. Fleet"):
        assert said in page
    services.submit(paper=ready(paper), by=author, at=NOW)
    assert "All papers are in." in words(client_as("secretariat").get(of_meeting(item.meeting)))


def test_the_chase_shows_who_gets_a_mail_before_it_goes(client_as, paper, overseer):
    Message.objects.all().delete()
    client = client_as("secretariat")
    page = words(client.get(of_meeting(paper.item.meeting, "papers_chase")))
    assert "Omar Overseer" in page
    assert not Message.objects.exists()
    page = client.post(of_meeting(paper.item.meeting, "papers_chase"), follow=True)
    assert "Omar Overseer got a reminder." in words(page)
    assert Message.objects.count() == 1


def test_members_read_cleared_papers_and_nothing_of_drafts(client_as, paper, author, keeper):
    services.submit(paper=ready(paper), by=author, at=NOW)
    member = client_as("member")
    assert member.get(paper.get_absolute_url()).status_code == 404
    assert "The estate" not in words(member.get(of_meeting(paper.item.meeting)))
    services.clear(paper=paper, by=keeper, at=NOW)
    page = words(member.get(paper.get_absolute_url()))
    assert "That the board approves the plan." in page
    assert "Say what it costs." not in page  # the brief is between the secretariat and the author
    assert "What happened" not in page
    assert "The estate" in words(member.get(of_meeting(paper.item.meeting)))


@pytest.mark.parametrize("persona", ["lead", "member", "viewer", "team"])
def test_who_does_not_see_the_item_finds_no_word_of_it(client_as, meeting, persona, overseer_post):
    item = AgendaItem.objects.create(
        meeting=meeting, position=1, title="Zebra", visibility="cover_title", cover_title="Business"
    )
    paper = PaperFactory(
        item=item, title="Zebra stripes", state="cleared", submitted_at=NOW, author_post=overseer_post,
        purpose="Zebra hay", is_late=True, late_permitted_at=NOW, late_reason="Zebra ill", late_asked="Zebra cough",
    )  # fmt: skip
    version = PaperVersionFactory(paper=paper, file_name="zebra.pdf")
    client = client_as(persona)
    for path in (reverse("boards:papers"), of_meeting(meeting), f"{of_meeting(meeting)}?download=papers-{meeting.pk}"):
        assert "zebra" not in words(client.get(path)).casefold()
    file = reverse("boards:paper_file", args=[paper.pk, version.number])
    for path in (paper.get_absolute_url(), file, url(paper, "late_permit"), url(paper, "front")):
        response = client.get(path)
        assert response.status_code == 404
        assert "zebra" not in words(response).casefold()


def test_an_author_reads_no_more_of_the_item_than_disclosure_says(client_as, meeting, overseer, overseer_post):
    item = AgendaItem.objects.create(
        meeting=meeting, position=1, title="Zebra", visibility="cover_title", cover_title="Business"
    )
    paper = PaperFactory(item=item, title="Costs", author_post=overseer_post)
    page = words(client_as("overseer").get(paper.get_absolute_url()))
    assert "Zebra" not in page
    assert "Business" in page


def test_late_is_said_wherever_the_paper_is(client_as, item, overseer_post):
    paper = PaperFactory(
        item=item, author_post=overseer_post, state="cleared", submitted_at=AFTER, due_at=DUE,
        is_late=True, late_permitted_at=NOW, late_permitted_name="Lena Lead", late_reason="It cannot wait.",
    )  # fmt: skip
    client = client_as("member")
    for path in (paper.get_absolute_url(), reverse("boards:papers"), of_meeting(item.meeting)):
        assert "Came 2 days late" in words(client.get(path))
    assert "It cannot wait." in words(client.get(paper.get_absolute_url()))


def test_the_list_is_narrowed_by_board_and_state(client_as, item, paper):
    PaperFactory(title="Elsewhere", state="withdrawn")
    client = client_as("secretariat")
    narrowed = words(client.get(reverse("boards:papers"), {"board": "delivery", "state": "commissioned"}))
    assert "Elsewhere" not in narrowed
    assert "Showing 1 of 2 papers." in narrowed
    assert client.get(reverse("boards:papers"), {"board": "nowhere"}).status_code == 200


@pytest.mark.parametrize("rows", [1, 4])
def test_queries_do_not_grow_with_the_papers(client_as, item, rows, overseer, overseer_post, django_assert_num_queries):
    for at in range(rows):
        PaperVersionFactory(paper=PaperFactory(item=item, author_post=overseer_post, title=f"P{at}", due_at=DUE))
    secretary, author = client_as("secretariat"), client_as("overseer")
    with django_assert_num_queries(15):
        secretary.get(of_meeting(item.meeting))
    with django_assert_num_queries(10):
        secretary.get(reverse("boards:papers"))
    with django_assert_num_queries(11):
        author.get(reverse("boards:papers"))


@pytest.mark.parametrize("rows", [1, 4])
def test_queries_of_a_paper_do_not_grow_with_its_versions(client_as, paper, rows, django_assert_num_queries):
    for _ in range(rows):
        PaperVersionFactory(paper=paper)
        paper.route.create(body="Audit", on=NOW.date())
    client = client_as("overseer")
    with django_assert_num_queries(17):
        client.get(paper.get_absolute_url())


def test_a_word_paper_without_a_pdf_cannot_go_into_the_pack(client_as, paper, author, keeper):
    """Neither is it submitted, nor, where it was before the rule was, is it cleared."""
    ready(paper)
    PaperVersionFactory(paper=paper, kind="docx", file_name="estate.docx", key="w", pdf_key="", pdf_from="")
    page = words(client_as("overseer").get(paper.get_absolute_url()))
    assert "The pack needs a PDF of this Word paper. Add a version with its PDF." in page
    with pytest.raises(Refusal, match="needs a PDF"):
        services.submit(paper=paper, by=author, at=NOW)
    Paper.objects.filter(pk=paper.pk).update(state="submitted", submitted_at=NOW)
    with pytest.raises(Refusal, match="Send it back, so that its author adds one"):
        services.clear(paper=paper, by=keeper, at=NOW)


def test_a_second_click_is_told_that_it_is_done(client_as, paper):
    ready(paper)
    for who, name, said in (("overseer", "submit", "submitted already"), ("secretariat", "clear", "cleared already")):
        client = client_as(who)
        assert client.post(url(paper, name)).status_code == 302
        assert said in words(client.post(url(paper, name), follow=True))
        assert client.get(url(paper, name)).status_code == 403
    assert [act.verb for act in paper.acts.order_by("pk")][-2:] == ["submitted", "cleared"]
