"""From a meeting to an edition with all its files."""

import pytest

from boards.choices_papers import AudienceKind
from boards.models import PackEdition, Paper
from boards.packing.assemble import Sources, assemble
from kit.private_files import read
from kit.verdict import Refusal
from tests.boards.packs.conftest import add_bytes
from tests.boards.packs.texts import outline_of, words_of

pytestmark = pytest.mark.django_db


def test_each_group_gets_a_file_of_what_it_commonly_sees(world):
    edition = world.build()
    files = {(file.audience, file.label) for file in edition.files.all()}
    assert files == {
        ("full", "All items"),
        ("members", "Members"),
        ("external", "External members"),
        ("observers", "Observers"),
    }
    assert edition.files.get(audience=AudienceKind.FULL).marking == "sensitive_personal"
    assert edition.files.get(audience=AudienceKind.MEMBERS).marking == "sensitive_commercial"
    assert edition.files.get(audience=AudienceKind.EXTERNAL).marking == "official"


def test_no_file_holds_a_word_that_its_readers_may_not_read(world):
    files = {file.audience: words_of(file) for file in world.build().files.all()}
    discipline = ("Xdiscipline", "Xnote", "Xcase", "Xword", "Xmoney")
    contract = ("Ycontract", "Ybid", "Yword")
    for word in (*discipline, *contract, "Zplan", "Zcosts", "Zestates note"):
        assert word in files["full"]
    for word in (*discipline, "2A.1", "PERSONAL"):
        assert word not in files["members"]
    for word in contract:
        assert word in files["members"]
    for audience in ("external", "observers"):
        for word in (*discipline, *contract, "COMMERCIAL", "PERSONAL"):
            assert word not in files[audience]
        for word in ("Commercial matter", "Zplan", "Zcosts"):
            assert word in files[audience]


def test_the_outline_goes_down_to_papers(world):
    full = world.build().files.get(audience="full")
    assert outline_of(full)[1:] == [
        "Contents",
        "Agenda",
        "2 Estates",
        ">2.1 Estates plan",
        ">2.2 What it costs",
        "2A Xdiscipline",
        ">2A.1 Xcase",
        "3 Ycontract",
        ">3.1 Ybid",
    ]


def test_the_same_manifest_makes_the_same_bytes(world, tmp_path):
    for file in world.build().files.all():
        assemble(file.manifest, tmp_path / "again.pdf", Sources(tmp_path))
        assert (tmp_path / "again.pdf").read_bytes() == read(file.key)


def test_whoever_is_recused_gets_their_own_copy(world):
    world.recuse(world.adviser, "estates")
    edition = world.build()
    own = edition.files.get(audience="person")
    assert own.person == world.adviser
    words = words_of(own)
    assert "Estates" in words
    for word in ("Zplan", "Zcosts", "Zestates", "Estates plan", "What it costs"):
        assert word not in words
        assert word in words_of(edition.files.get(audience="external")) or word == "Zestates"


def test_a_new_build_takes_the_place_of_one_that_did_not_go_out(world):
    first = world.build()
    second = world.build()
    assert list(PackEdition.objects.values_list("pk", "number")) == [(second.pk, 1)]
    assert second.pk != first.pk


def test_a_paper_that_breaks_is_named_and_the_rest_survives(world):
    add_bytes(world.papers["costs"], b"%PDF-1.7 of no pages")
    edition = world.build()
    broken = [problem for problem in edition.problems if problem["left_out"]]
    assert [(each["reference"], each["paper"]) for each in broken] == [("2.2", world.papers["costs"].pk)]
    words = words_of(edition.files.get(audience="observers"))
    assert "could not be put into the pack" in words
    assert "Zplan" in words


def test_a_word_paper_without_a_pdf_says_so_in_its_place(world):
    add_bytes(world.papers["costs"], b"PK", suffix=".docx", kind="docx")
    edition = world.build()
    assert "without a PDF" in next(each["text"] for each in edition.problems if each["left_out"])
    assert "there is no PDF of it" in " ".join(words_of(edition.files.get(audience="full")).split())


def test_only_cleared_papers_are_in_it(world):
    Paper.objects.filter(pk=world.papers["costs"].pk).update(state="submitted")
    words = words_of(world.build().files.get(audience="full"))
    assert "Zplan" in words
    assert "Zcosts" not in words


def test_readers_are_told_of_papers_to_follow_on_items_that_they_see(world):
    keys = [world.papers[name].pk for name in ("costs", "case")]
    Paper.objects.filter(pk__in=keys).update(state="drafting", purpose="Half a thought", recommendation="Nothing yet")
    edition = world.build()
    full, members = (words_of(edition.files.get(audience=name)) for name in ("full", "members"))
    for words, count in ((full, 2), (members, 1)):
        assert "What it costs" in words
        assert words.partition("1. Apologies")[0].count("Paper to follow") == count
        assert "Half a thought" not in words
        assert "Nothing yet" not in words
    assert "Xcase" in full
    assert "Xcase" not in members


def test_a_pack_with_a_hole_goes_out_only_when_somebody_is_sure(world):
    add_bytes(world.papers["plan"], b"nothing to read")
    edition = world.build()
    with pytest.raises(Refusal, match="Something is missing"):
        world.circulate(edition)
    world.circulate(edition, sure_of_problems=True)
