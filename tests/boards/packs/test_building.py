"""From a meeting to an edition with all its files."""

import pytest

from boards.choices_papers import AudienceKind
from boards.models import PackEdition
from kit.private_files import read
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
    from boards.packing.assemble import Sources, assemble

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
