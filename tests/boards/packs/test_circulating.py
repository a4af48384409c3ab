"""Sending an edition, what is in the way of it, and who may open it afterwards."""

import datetime as dt

import pytest
from django.urls import reverse

from boards.choices import Product
from boards.models import Milestone, PackCopy, PackEdition
from boards.services import packs
from kit import clock
from kit.verdict import Refusal
from people.models import Message
from tests.boards.packs.conftest import add_version
from tests.factories.boards import ExternalFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_pdfs")]
DUE = dt.datetime(2022, 2, 1, 17, 0, tzinfo=dt.UTC)


def copies(edition: PackEdition) -> dict[str, str]:
    return {copy.name: copy.file.label for copy in edition.copies.select_related("file")}


def test_everybody_gets_the_fullest_file_that_is_theirs(world):
    world.recuse(world.other_adviser, "estates")
    edition = world.circulate(world.build(), "Please read item 2.")
    assert copies(edition) == {
        "Lena Lead": "All items",
        "Mo Member": "Members",
        "Adviser One": "External members",
        "Adviser Two": "Adviser Two",
        "Atta Attendee": "Observers",
    }
    mails = Message.objects.filter(kind="pack_circulated")
    assert mails.count() == 5
    for mail in mails:
        assert reverse("boards:pack", args=["delivery", world.meeting.pk]) in mail.body
        assert not any(word in mail.subject + mail.body for word in ("Xdiscipline", "Ycontract", "Estates", "Zplan"))


def test_agenda_and_pack_have_come(world):
    for product in (Product.AGENDA, Product.PACK, Product.PAPERS):
        Milestone.objects.create(meeting=world.meeting, product=product, promise="p", due_at=DUE, explanation="e")
    world.circulate(world.build())
    met = set(Milestone.objects.filter(met_at__isnull=False).values_list("product", flat=True))
    assert met == {"agenda", "pack"}
    assert world.meeting.acts.filter(verb="pack_circulated").count() == 1


def test_it_goes_out_once(world):
    edition = world.circulate(world.build())
    with pytest.raises(Refusal, match="circulated already"):
        world.circulate(edition)


def test_one_that_made_way_meanwhile_is_refused(world):
    edition = world.build()
    world.build()
    with pytest.raises(Refusal, match="in its place"):
        world.circulate(edition)


def test_a_stale_pack_goes_out_only_when_somebody_is_sure(world):
    edition = world.build()
    add_version(world.papers["plan"], "Znewer")
    with pytest.raises(Refusal, match=r"Paper 2\.1, Estates plan, has a newer version"):
        world.circulate(edition)
    assert PackCopy.objects.count() == 0
    world.circulate(edition, sure_of_stale=True)
    assert PackCopy.objects.count() == 5


def test_nobody_to_send_it_to(world):
    edition = world.build()
    world.board.memberships.update(ends=dt.date(2022, 1, 1), starts=dt.date(2021, 4, 1))
    with pytest.raises(Refusal, match="Nobody would get this pack"):
        world.circulate(edition)


@pytest.mark.parametrize("word", ["Xdiscipline", "the  xCASE paper", "Ycontract"])
def test_the_message_names_nothing_that_some_may_not_read(world, word):
    edition = world.build()
    with pytest.raises(Refusal, match="which not everybody who gets it may read"):
        world.circulate(edition, f"Read {word} first.".replace("xCASE", "XCASE"))


def test_no_other_edition_while_one_is_built(world):
    packs.start(meeting=world.meeting, kind="replacement", double_sided=False, by=world.keeper, at=clock.now())
    with pytest.raises(Refusal, match="being built already"):
        packs.start(meeting=world.meeting, kind="replacement", double_sided=False, by=world.keeper, at=clock.now())


def test_a_building_that_died_is_failed_and_another_starts(world):
    now = clock.now()
    dead = packs.start(meeting=world.meeting, kind="replacement", double_sided=False, by=world.keeper, at=now)
    later = now + dt.timedelta(minutes=3)
    packs.start(meeting=world.meeting, kind="replacement", double_sided=False, by=world.keeper, at=later)
    dead.refresh_from_db()
    assert dead.state == "failed"
    assert "stopped without a word" in dead.problem


def test_a_supplement_holds_what_is_new_and_goes_to_whom_it_is_new(world):
    with pytest.raises(Refusal, match="nothing to supplement"):
        world.build("supplement")
    world.circulate(world.build())
    world.add_paper("discipline", "Xmore", "Xlate")
    edition = world.build("supplement")
    assert [file.label for file in edition.files.all()] == ["All items"]
    world.circulate(edition)
    assert copies(edition) == {"Lena Lead": "All items"}
    assert [change["what"] for change in edition.what_changed] == ["paper_new"]


def test_the_next_edition_says_what_changed_to_whom_it_may(world):
    world.circulate(world.build())
    add_version(world.papers["case"], "Xnewer")
    add_version(world.papers["costs"], "Zdearer")
    edition = world.build()
    told = {file.audience: [each["text"] for each in file.manifest["changed"]] for file in edition.files.all()}
    costs = "Paper 2.2, What it costs, has a newer version (2)."
    assert told["observers"] == told["external"] == told["members"] == [costs]
    assert told["full"] == [costs, "Paper 2A.1, Xcase, has a newer version (2)."]


class TestOpening:
    def address(self, world, edition, audience="full", name="pack_file"):
        where = [world.board.slug, world.meeting.pk, edition.number]
        return reverse(f"boards:{name}", args=[*where, edition.files.get(audience=audience).pk])

    def test_first_and_last_time_are_kept(self, world, client_for, lead):
        edition = world.circulate(world.build())
        copy = edition.copies.get(person=lead.person)
        for hour in (10, 11):
            with clock.standing_at(dt.datetime(2022, 1, 20, hour, 0, tzinfo=dt.UTC)):
                assert client_for(lead).get(self.address(world, edition)).status_code == 200
        copy.refresh_from_db()
        assert (copy.first_opened_at.hour, copy.last_opened_at.hour) == (10, 11)

    def test_it_is_kept_of_those_who_otherwise_only_read(self, world, client_for, stranger):
        """External advisers have a seat and nothing else."""
        adviser = PersonFactory(user=stranger)
        ExternalFactory(board=world.board, person=adviser)
        edition = world.circulate(world.build())
        copy = edition.copies.get(person=adviser)
        where = [world.board.slug, world.meeting.pk, edition.number]
        assert client_for(stranger).get(reverse("boards:pack_read", args=where)).status_code == 200
        copy.refresh_from_db()
        assert copy.first_opened_at

    def test_an_auditor_leaves_no_trace(self, world, client_for, auditor):
        ExternalFactory(board=world.board, person=auditor.person)
        edition = world.circulate(world.build())
        assert client_for(auditor).get(self.address(world, edition)).status_code == 200
        assert edition.copies.get(person=auditor.person).first_opened_at is None

    def test_nobody_opens_what_holds_more_than_they_see(self, world, client_for, member):
        edition = world.circulate(world.build())
        client = client_for(member)
        assert client.get(self.address(world, edition, "members")).status_code == 200
        assert client.get(self.address(world, edition, "full")).status_code == 403

    def test_a_recusal_after_it_went_out_closes_the_copy(self, world, client_for, member):
        edition = world.circulate(world.build())
        seat = world.board.memberships.get(post__code="head-of-estates")
        row = world.meeting.attendances.create(membership=seat, category="internal", post=seat.post, label="x")
        world.meeting.declarations.create(
            attendance=row, item=world.items["contract"], text="A share", outcome="not_sent"
        )
        assert client_for(member).get(self.address(world, edition, "members")).status_code == 403
