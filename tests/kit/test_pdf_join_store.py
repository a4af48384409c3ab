"""Papers made ready once: the same pack comes of them, and nothing in the store is believed without proof."""

import hashlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from kit.pdf_join import Unreadable, build, keeping, prepared
from tests.kit.pdf_join_papers import changed, everything, joined, pack_of, saved, tagged, texts, untagged


def links_and_layers() -> bytes:
    paper = changed(tagged("Links", pages=2))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Dest=Array([paper.pages[1].obj]))
    paper.pages[0].Annots = Array([paper.make_indirect(link)])
    layer = paper.make_indirect(Dictionary(Type=Name.OCG, Name=String("hidden")))
    paper.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    return saved(paper)


PAPERS = tagged("One", pages=2), untagged("Two", "100 % of it (12 0 R)"), links_and_layers()


def test_the_pack_is_the_same_byte_for_byte(tmp_path, monkeypatch):
    store = tmp_path / "store"
    plain = build(pack_of(*PAPERS), to=tmp_path / "plain.pdf")
    first = build(pack_of(*PAPERS), to=tmp_path / "first.pdf", store=store)
    assert len(list(store.iterdir())) == 3
    monkeypatch.setattr(keeping, "prepare", None)  # from now on it has to be the store
    second = build(pack_of(*PAPERS), to=tmp_path / "second.pdf", store=store)
    assert first.path.read_bytes() == second.path.read_bytes() == plain.path.read_bytes()
    assert second.problems == plain.problems


def test_a_paper_can_be_made_ready_when_it_comes(tmp_path, monkeypatch):
    path = tmp_path / "paper.pdf"
    path.write_bytes(PAPERS[0])
    assert len(prepared(path, tmp_path / "store").pages) == 2
    monkeypatch.setattr(keeping, "prepare", None)
    assert build(pack_of(PAPERS[0]), to=tmp_path / "pack.pdf", store=tmp_path / "store").accessible


def test_one_that_cannot_be_read_is_not_kept(tmp_path):
    with pytest.raises(Unreadable, match="not a PDF"):
        prepared(b"nothing", tmp_path / "store")
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("harm", ["word", "cut", "empty", "swap"])
def test_what_was_changed_in_the_store_is_made_anew(tmp_path, harm):
    store = tmp_path / "store"
    plain = build(pack_of(*PAPERS[:2]), to=tmp_path / "plain.pdf", store=store).path.read_bytes()
    one, two = sorted(store.iterdir())
    held = one.read_bytes()
    bad = {"word": held.replace(b"/Type", b"/Evil", 1), "cut": held[:-9], "empty": b"", "swap": two.read_bytes()}[harm]
    one.write_bytes(bad)
    assert build(pack_of(*PAPERS[:2]), to=tmp_path / "again.pdf", store=store).path.read_bytes() == plain
    assert one.read_bytes() == held


def test_a_paper_that_looks_like_one_that_is_ready_is_read_as_any_other(tmp_path):
    store = tmp_path / "store"
    prepared(PAPERS[0], store)
    (there,) = store.iterdir()
    built = build(pack_of(there.read_bytes(), tagged("Good")), to=tmp_path / "pack.pdf", store=store)
    assert [each.included for each in built.placed] == [True, False, True]


def test_another_version_of_the_program_does_not_use_it(tmp_path, monkeypatch):
    store = tmp_path / "store"
    prepared(PAPERS[0], store)
    monkeypatch.setattr(keeping, "_program", lambda: "other")
    prepared(PAPERS[0], store)
    names = {path.name for path in store.iterdir()}
    assert len(names) == 2
    assert {name.partition(".")[0] for name in names} == {hashlib.sha256(PAPERS[0]).hexdigest()}


def test_a_store_that_cannot_be_written_costs_no_pack(tmp_path):
    store = tmp_path / "store"
    store.write_bytes(b"a file, no folder")
    assert build(pack_of(PAPERS[0]), to=tmp_path / "pack.pdf", store=store).accessible


def test_the_file_is_sound(tmp_path):
    """Every object stands where the file says, each once, and none is named that is not there."""
    built, made = joined(tmp_path, *PAPERS, contents=True)
    assert made.get_warnings() == []
    data = built.path.read_bytes()
    for number in range(1, len(made.objects) + 1):
        assert data.count(b"\n%d " % number + b"0 obj\n") + data.count(b"\n%-7d 0 obj\n" % number) <= 1
    assert "100 % of it (12 0 R" in texts(built.path)[4]


def test_words_that_look_like_our_marks_are_words(tmp_path):
    paper = changed(tagged("Odd"))
    root = paper.Root.StructTreeRoot
    said = r"%d %s 100% 5 0 R (a) \ << /Type /Page >> endobj"
    root.K[0].K[0].Alt = String(said)
    _, made = joined(tmp_path, tagged("First"), saved(paper))
    assert str(made.Root.StructTreeRoot.K[0].K[1].K[0].K[0].Alt) == said


def test_a_page_that_was_taken_out_of_a_paper_does_not_come_back_through_its_tags(tmp_path):
    paper = changed(tagged("Whole", pages=2))
    hidden = paper.make_indirect(
        Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 9, 9]), Contents=paper.make_stream(b"% Zeppelin-4711"))
    )
    root = paper.Root.StructTreeRoot
    root.K[0].K[0].Pg = hidden
    built, made = joined(tmp_path, saved(paper))
    assert b"Zeppelin-4711" not in everything(built.path)
    assert len(made.pages) == 2


def test_a_page_takes_its_size_from_those_above_it(tmp_path):
    paper = changed(untagged("Wide"))
    page = paper.pages[0].obj
    paper.Root.Pages["/MediaBox"] = Array([0, 0, 1191, 842])
    del page["/MediaBox"]
    _, made = joined(tmp_path, saved(paper))
    assert [float(side) for side in pikepdf.Page(made.pages[0]).mediabox] == [0, 0, 1191, 842]
    assert b"1191" not in made.pages[0].Contents[-1].read_bytes()
    matrix = made.pages[0].Contents[-1].read_bytes().split(b"BDC q ")[1].split()[0]
    assert float(matrix) == pytest.approx(842 / 595.276, abs=0.001)


def test_a_drawing_keeps_its_place_in_the_tags(tmp_path):
    paper = changed(tagged("Drawn"))
    root = paper.Root.StructTreeRoot
    form = paper.make_stream(b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC 100 % of it")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    form.StructParents = 77
    element = root.K[0].K[0]
    root.ParentTree = Dictionary(Nums=Array([*list(root.ParentTree.Nums), 77, Array([element])]))
    paper.pages[0].Resources.XObject = Dictionary(X=form)
    _, made = joined(tmp_path, tagged("First"), saved(paper))
    drawn = made.pages[1].Resources.XObject.X
    assert drawn.read_bytes() == form.read_bytes()
    found = dict(pikepdf.NumberTree(made.Root.StructTreeRoot.ParentTree).items())[drawn.StructParents]
    assert found[0].objgen == made.Root.StructTreeRoot.K[0].K[1].K[0].K[0].objgen


def test_more_objects_than_a_file_can_hold_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kit.pdf_join.writing.MOST", 150)
    built, made = joined(tmp_path, tagged("Small"), tagged("Large", rows=60))
    assert [each.included for each in built.placed[1:]] == [True, False]
    assert len(made.pages) == 2


@pytest.mark.parametrize("name", ["/Callout", "/URI", "/Odd name"])
def test_only_tags_get_the_new_name_of_a_role(tmp_path, name):
    paper = changed(links_and_layers())
    root = paper.Root.StructTreeRoot
    root.RoleMap = Dictionary({name: Name.BlockQuote})
    element = root.K[0].K[0]
    element.S, element.Alt = Name(name), String(f"/S {name} (said)")
    link = Dictionary(S=Name.URI, URI=String("https://example.org/"))
    paper.pages[0].Annots[0].A = link
    _, made = joined(tmp_path, tagged("First"), saved(paper))
    found = made.Root.StructTreeRoot.K[0].K[1].K[0].K[0]
    assert str(made.Root.StructTreeRoot.RoleMap[str(found.S)]) == "/BlockQuote"
    assert str(found.Alt) == f"/S {name} (said)"
    assert [str(each.A.S) for each in made.pages[1].Annots] == ["/URI"]
