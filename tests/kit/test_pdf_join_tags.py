"""The tags of the papers, carried over: one tree that holds together and keeps apart what only looks alike."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, String

from kit.pdf_join import is_tagged
from kit.pdf_join.tags import elements
from tests.kit.pdf_join_papers import changed, joined, saved, tagged, untagged


def titles(made: pikepdf.Pdf) -> list[str]:
    return [str(part.T) for part in made.Root.StructTreeRoot.K[0].K]


def roles(part: pikepdf.Object, made: pikepdf.Pdf) -> list[str]:
    """What each element is, through the role map."""
    given = made.Root.StructTreeRoot.get("/RoleMap", Dictionary())
    return [str(given.get(str(element.S), element.S)) for element in elements(part)]


def holds_together(made: pikepdf.Pdf) -> None:
    """Every key of a page, link or drawing leads to elements, whose pages are in the file."""
    root = made.Root.StructTreeRoot
    parents = dict(NumberTree(root.ParentTree).items())
    pages = {page.obj.objgen for page in made.pages}
    everywhere = {element.objgen for element in elements(root)}
    assert [str(each.S) for each in root.K] == ["/Document"]
    for page in made.pages:
        if "/StructParents" in page.obj:
            for element in parents[page.obj.StructParents]:
                assert element is None or element.objgen in everywhere
        for link in page.obj.get("/Annots", []):
            assert Name.Link == parents[link.StructParent].S
    for element in elements(root):
        assert element.P.objgen in everywhere | {root.objgen}
        assert "/Pg" not in element or element.Pg.objgen in pages
    limits = [tuple(kid.Limits) for kid in root.ParentTree.Kids]
    assert limits == sorted(limits)
    assert root.ParentTreeNextKey > max(parents)


def test_each_paper_is_a_part_of_the_one_document(tmp_path):
    built, made = joined(tmp_path, tagged("One", pages=3), untagged("Two", "2"), tagged("Three"), contents=True)
    holds_together(made)
    assert titles(made) == ["Contents", "3.1 Paper 1", "3.2 Paper 2", "3.3 Paper 3"]
    assert made.Root.MarkInfo.Marked
    first, second = made.Root.StructTreeRoot.K[0].K[1], made.Root.StructTreeRoot.K[0].K[2]
    assert roles(first, made).count("/Table") == 3
    assert "/Document" not in roles(first, made)
    assert roles(second, made) == ["/P", "/P"]
    assert [each.tagged for each in built.placed] == [None, True, False, True]


def test_content_of_a_page_finds_its_own_element(tmp_path):
    """The nth mark on a page is the nth element of its list, of that paper and no other."""
    _, made = joined(tmp_path, tagged("One"), tagged("Two"))
    parents = dict(NumberTree(made.Root.StructTreeRoot.ParentTree).items())
    parts = made.Root.StructTreeRoot.K[0].K
    for page, part in zip(made.pages, parts, strict=True):
        own = {element.objgen for element in elements(part)}
        assert {element.objgen for element in parents[page.obj.StructParents]} <= own


def test_two_papers_that_mean_different_things_by_one_name(tmp_path):
    one, two, three = (changed(tagged(title)) for title in ("One", "Two", "Three"))
    for paper, meant in ((one, Name.H1), (two, Name.BlockQuote), (three, Name.H1)):
        root = paper.Root.StructTreeRoot
        root.RoleMap = Dictionary({"/Callout": meant, "/Title": Name.P})
        next(each for each in elements(root) if each.S == Name.P).S = Name.Callout
    _, made = joined(tmp_path, *map(saved, (one, two, three)))
    first, second, third = made.Root.StructTreeRoot.K[0].K
    assert "/BlockQuote" not in roles(first, made) + roles(third, made)
    assert roles(second, made).count("/BlockQuote") == 1
    assert roles(first, made).count("/H1") == roles(third, made).count("/H1") == 2
    assert roles(second, made).count("/H1") == 1


def test_a_paper_cannot_change_what_a_standard_name_means_for_others(tmp_path):
    bad = changed(tagged("Bad"))
    bad.Root.StructTreeRoot.RoleMap = Dictionary({"/H1": Name.P, "/A": Name.B, "/B": Name.A, "/C": Name.A})
    _, made = joined(tmp_path, saved(bad), tagged("Good"))
    first, second = made.Root.StructTreeRoot.K[0].K
    assert "/H1" not in roles(first, made)
    assert "/H1" in roles(second, made)
    assert "/H1" not in made.Root.StructTreeRoot.RoleMap
    assert Name.NonStruct == made.Root.StructTreeRoot.RoleMap.A


def test_classes_of_one_name_stay_apart(tmp_path):
    papers = [changed(tagged(title)) for title in ("One", "Two", "Same")]
    for paper, indent in zip(papers, (1, 2, 1), strict=True):
        root = paper.Root.StructTreeRoot
        root.ClassMap = Dictionary(Wide=Dictionary(O=Name.Layout, StartIndent=indent))
        next(each for each in elements(root) if each.S == Name.P).C = Array([Name.Wide])
    _, made = joined(tmp_path, *map(saved, papers))
    root = made.Root.StructTreeRoot
    meant = []
    for part in root.K[0].K:
        name = next(element.C[0] for element in elements(part) if "/C" in element)
        meant.append(root.ClassMap[str(name)].StartIndent)
    assert meant == [1, 2, 1]


def test_cells_refer_to_the_headings_of_their_own_table(tmp_path):
    _, made = joined(tmp_path, tagged("One"), tagged("Two"), tagged("Three"), contents=True)
    root = made.Root.StructTreeRoot
    names = NameTree(root.IDTree)
    listed = [bytes(name) for name in root.IDTree.Names[::2]]
    assert listed == sorted(set(listed))
    for part in root.K[0].K:
        own = {element.objgen for element in elements(part)}
        cells = [each for element in elements(part) if element.S == Name.TD for each in element.A if "/Headers" in each]
        assert cells
        for cell in cells:
            assert all(names[str(header)].objgen in own for header in cell.Headers)
    for element in elements(root):
        if "/ID" in element:
            assert names[str(element.ID)].objgen == element.objgen


def test_a_paper_in_another_language_says_so(tmp_path):
    welsh = changed(tagged("Papur"))
    welsh.Root.Lang = String("cy")
    _, made = joined(tmp_path, tagged("One"), saved(welsh))
    assert [str(part.get("/Lang", "")) for part in made.Root.StructTreeRoot.K[0].K] == ["", "cy"]


def test_a_picture_without_tags_has_words_in_its_place(tmp_path):
    scan = pikepdf.new()
    scan.add_blank_page()
    _, made = joined(tmp_path, saved(scan))
    holds_together(made)
    (figure,) = made.Root.StructTreeRoot.K[0].K[0].K
    assert Name.Figure == figure.S
    assert str(figure.Alt) == "Page 1 of 3.1 Paper 1, a picture without text"
    assert len(figure.A.BBox) == 4


def test_marks_left_over_in_an_untagged_paper_do_not_pass_for_ours(tmp_path):
    paper = untagged("Words", before=b"/P <</MCID 0>> BDC /Artifact BMC EMC ", after=b" EMC")
    _, made = joined(tmp_path, paper)
    holds_together(made)
    marks = [str(each.operator) for each in pikepdf.parse_content_stream(made.pages[0])]
    assert [mark for mark in marks if mark in ("BDC", "BMC", "EMC")] == ["BDC", "EMC", "BDC", "EMC"]


def test_links_of_an_untagged_paper_are_told(tmp_path):
    paper = changed(untagged("Words"))
    action = Dictionary(S=Name.URI, URI=String("https://example.org/"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    paper.pages[0].Annots = Array([paper.make_indirect(link)])
    _, made = joined(tmp_path, saved(paper))
    holds_together(made)
    assert roles(made.Root.StructTreeRoot.K[0].K[0], made) == ["/P", "/Link"]
    assert str(made.pages[0].Annots[0].Contents) == "https://example.org/"


@pytest.mark.parametrize(
    "harm",
    [
        lambda root: root.__setitem__("/ParentTree", Dictionary(Nums=Array([]))),
        lambda root: root.__setitem__("/ParentTree", Dictionary(Kids=Array([root.K[0], 3, root.ParentTree]))),
        lambda root: root.__setitem__("/RoleMap", Array([])),
        lambda root: root.__setitem__("/IDTree", Dictionary(Names=Array([String("a"), 3, 4]))),
        lambda root: root.K[0].__setitem__("/K", Array([root.K[0]])),
        lambda root: root.__setitem__("/K", root.K[0]),
        lambda root: root.__setitem__("/K", 3),
    ],
)
def test_broken_tags_spoil_nothing(tmp_path, harm):
    paper = changed(tagged("Odd"))
    harm(paper.Root.StructTreeRoot)
    built, made = joined(tmp_path, saved(paper), tagged("Good"))
    parents = dict(NumberTree(made.Root.StructTreeRoot.ParentTree).items())
    assert all(page.obj.get("/StructParents") in {None, *parents} for page in made.pages)
    assert titles(made) == ["3.1 Paper 1", "3.2 Paper 2"]
    assert "/Table" in roles(made.Root.StructTreeRoot.K[0].K[1], made)
    assert built.pages == 2


def test_a_number_tree_with_branches_is_carried_too(tmp_path):
    paper = changed(tagged("Deep", pages=2))
    root = paper.Root.StructTreeRoot
    pairs = list(root.ParentTree.Nums)
    leaves = [
        paper.make_indirect(Dictionary(Limits=Array([pairs[at], pairs[at]]), Nums=Array(pairs[at : at + 2])))
        for at in range(0, len(pairs), 2)
    ]
    root.ParentTree = Dictionary(Kids=Array(leaves))
    _, made = joined(tmp_path, tagged("First"), saved(paper))
    holds_together(made)
    assert [page.StructParents for page in made.pages] == [0, 1, 2]


def test_tagged_means_marked_with_a_tree():
    good = changed(tagged("One"))
    assert is_tagged(good)
    assert not is_tagged(pikepdf.open(io.BytesIO(untagged("Two"))))
    good.Root.MarkInfo.Marked = False
    assert not is_tagged(good)
