"""A pack in one file: where things stand, what is printed on them, and how to get there."""

import re
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest

from kit import reports
from kit.pdf_join import Cover, Own, Pack, Paper, Section, build
from tests.kit.pdf_join_papers import joined, pack_of, tagged, texts, untagged

MARKING = "OFFICIAL-SENSITIVE"


@pytest.fixture(scope="module")
def pack() -> Pack:
    minutes = Section("Minutes", "1", Paper(tagged("Minutes", pages=2)), key="minutes")
    costs = Section("Costs", "3.1", Paper(tagged("Costs", pages=3)), late=True, notes=["Replaces an earlier paper"])
    scan = Section("Letter", "3.2", Paper(untagged("Dear board", "Yours")))
    item = Section("Estates", "3", Own([reports.prose("Decide.")], list_children=True), children=[costs, scan])
    return Pack(
        title="Meeting pack",
        board="Delivery Board",
        meeting="8 February 2022",
        sections=[minutes, item],
        cover=Cover("Edition 2", [("Place", "Room 4")]),
        front=[Section("What changed", source=Own([reports.prose("Paper 3.1 is new.")]))],
        marking=MARKING,
    )


@pytest.fixture(scope="module")
def built(pack, tmp_path_factory):
    return build(pack, to=tmp_path_factory.mktemp("pack") / "pack.pdf")


def links(page: pikepdf.Page) -> list[pikepdf.Object]:
    return list(page.obj.get("/Annots", []))


def number_of(made: pikepdf.Pdf, page: pikepdf.Object) -> int:
    return next(n for n, each in enumerate(made.pages, 1) if each.obj.objgen == page.objgen)


def test_it_says_where_each_section_came_to_stand(built):
    found = [(each.section.title, each.first, each.last, each.tagged) for each in built.placed]
    minutes, item, costs, letter = found[1:]
    assert found[0] == ("What changed", 2, 2, None)
    assert minutes[1:] == (4, 5, True)
    assert item[1:] == (6, 6, None)
    assert costs[1:] == (7, 9, True)
    assert letter[1:] == (10, 11, False)
    assert built.pages == 11
    assert built.problems == []


def test_every_page_says_what_it_is(built):
    said = texts(built.path)
    assert len(said) == built.pages
    for number, words in enumerate(said, 1):
        assert f"Pack page {number}" in words
        assert words.count(MARKING) == 2
        assert "Delivery Board, 8 February 2022" in words
    assert "Delivery Board, 8 February 2022 · item 1 p 2" in said[4]
    assert "Delivery Board, 8 February 2022 · item 3 · paper 3.1 p 3" in said[8]
    assert "Dear board" in said[9]
    assert "item 3 · paper 3.2 p 1" in said[9]


def test_the_contents_lead_to_the_joined_pages(built):
    said = texts(built.path)[2]
    for words in ("Estates", "Late paper · Replaces an earlier paper", "Not tagged", "7–9", "10–11"):
        assert words in said
    with pikepdf.open(built.path) as made:
        found = links(made.pages[2])
        assert [number_of(made, link.Dest[0]) for link in found] == [4, 6, 7, 10]
        assert all(link.Contents for link in found)
        assert not any("/A" in link for link in found)
        assert [number_of(made, link.Dest[0]) for link in links(made.pages[5])] == [7, 10]


def test_bookmarks_go_down_to_the_papers(built):
    with pikepdf.open(built.path) as made, made.open_outline() as outline:
        found = [(item.title, [child.title for child in item.children]) for item in outline.root]
        assert found == [
            ("Meeting pack", []),
            ("What changed", []),
            ("Contents", []),
            ("1 Minutes", []),
            ("3 Estates", ["3.1 Costs", "3.2 Letter"]),
        ]
        assert number_of(made, outline.root[4].children[1].destination[0]) == 10
        assert made.Root.Outlines.Count == 7


def test_page_labels_are_the_printed_numbers(tmp_path):
    built, made = joined(tmp_path, tagged("One", pages=2), page_prefix="S1-", first_number=40)
    assert [page.label for page in made.pages] == ["S1-40", "S1-41"]
    assert ["Pack page S1-40" in texts(built.path)[0], "Pack page S1-41" in texts(built.path)[1]] == [True, True]


def test_double_sided_every_section_begins_on_an_odd_page(pack, tmp_path):
    made = build(Pack(**(vars(pack) | {"double_sided": True})), to=tmp_path / "pack.pdf")
    assert all(each.first % 2 == 1 for each in made.placed)
    said = texts(made.path)
    blank = [number for number, words in enumerate(said, 1) if "This page is left blank" in words]
    taken = {number for each in made.placed for number in range(each.first, each.last + 1)}
    assert blank
    assert not taken & set(blank)
    assert all(MARKING in said[number - 1] and f"Pack page {number}" in said[number - 1] for number in blank)
    assert len(said) == made.pages


def test_the_same_pack_gives_the_same_bytes(pack, built, tmp_path):
    again = build(pack, to=tmp_path / "again.pdf")
    assert again.path.read_bytes() == built.path.read_bytes()


def test_the_file_says_its_title_language_and_date(tmp_path):
    _, made = joined(tmp_path, tagged("One"), title="Pack & more", made=datetime(2022, 2, 1, 9, 30, tzinfo=UTC))
    assert str(made.Root.Lang) == "en-GB"
    assert made.Root.ViewerPreferences.DisplayDocTitle
    assert str(made.docinfo.Title) == "Pack & more"
    assert str(made.docinfo.CreationDate) == "D:20220201093000+00'00'"
    with made.open_metadata() as metadata:
        assert metadata["dc:title"] == "Pack & more"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["xmp:CreateDate"] == "2022-02-01T09:30:00+00:00"


def test_it_claims_the_standard_only_when_every_paper_is_tagged(built):
    assert not built.accessible
    with pikepdf.open(built.path) as made, made.open_metadata() as metadata:
        assert "pdfuaid:part" not in metadata


def test_progress_is_told_step_by_step(pack, tmp_path):
    told = []
    build(pack, to=tmp_path / "pack.pdf", on_progress=lambda *step: told.append(step))
    assert [step for step, _, _ in told] == list(range(1, 9))
    assert {of for _, of, _ in told} == {8}
    assert told[1][2] == "Reading 3.1 Costs"
    assert told[-1][2] == "Writing the file"


def test_a_section_has_its_own_marking(tmp_path):
    secret = Section("Secret", "2", Paper(tagged("Secret")), marking="SECRET")
    plain = Section("Plain", "1", Paper(tagged("Plain")))
    pack = Pack("Pack", "Board", "1 May 2022", [plain, secret], cover=None, contents=False, marking="OFFICIAL")
    said = texts(build(pack, to=tmp_path / "pack.pdf").path)
    assert ["SECRET" in words for words in said] == [False, True]
    assert ["OFFICIAL" in words for words in said] == [True, False]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize(
    ("media", "crop"),
    [
        ((0, 0, 595, 842), None),
        ((-300, 100, 295, 942), None),
        ((0, 0, 1191, 842), None),
        ((0, 0, 842, 1191), (100, 200, 600, 900)),
        ((595, 842, 0, 0), None),
        ((0, 0, 200, 250), None),
    ],
)
def test_stamps_stand_upright_inside_what_is_seen(tmp_path, rotate, media, crop):
    built, made = joined(tmp_path, untagged("Middle", media=media, crop=crop, rotate=rotate), marking=MARKING)
    page = pypdfium2.PdfDocument(built.path)[0]
    found = page.get_textpage()
    words = found.get_text_range()
    assert "Middle" in words
    assert words.count(MARKING) == 2
    boxes = {text: _box(found, text) for text in ("Delivery", "Pack page 1", MARKING)}
    seen = _seen(crop or media, rotate)
    for box in boxes.values():
        assert _inside(_shown(box, crop or media, rotate), seen)
    left, number = (_shown(boxes[text], crop or media, rotate) for text in ("Delivery", "Pack page 1"))
    assert left[0] < number[0]
    assert number[2] <= seen[0]
    assert number[1] < seen[1] / 6
    assert number[2] - number[0] > number[3] - number[1]
    made.close()


def _box(found: pypdfium2.PdfTextPage, text: str) -> tuple[float, ...]:
    start = found.get_text_range().index(text)
    boxes = [found.get_charbox(start + n) for n in range(len(text)) if text[n] != " "]
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _seen(box: tuple[float, ...], rotate: int) -> tuple[float, float]:
    width, height = abs(box[2] - box[0]), abs(box[3] - box[1])
    return (height, width) if rotate in (90, 270) else (width, height)


def _shown(box: tuple[float, ...], page: tuple[float, ...], rotate: int) -> tuple[float, ...]:
    """From the page's own units to those of the page as it is shown."""
    x0, y0, x1, y1 = min(page[0], page[2]), min(page[1], page[3]), max(page[0], page[2]), max(page[1], page[3])
    corners = {
        0: lambda x, y: (x - x0, y - y0),
        90: lambda x, y: (y - y0, x1 - x),
        180: lambda x, y: (x1 - x, y1 - y),
        270: lambda x, y: (y1 - y, x - x0),
    }[rotate]
    a, b = corners(box[0], box[1]), corners(box[2], box[3])
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _inside(box: tuple[float, ...], seen: tuple[float, float]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= seen[0] and box[3] <= seen[1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"q 3 0 0 3 50 50 cm ", b""),
        (b"q 2 0 0 2 9 9 cm q q q .1 0 0 .1 0 0 cm ", b" Q"),
        (b"", b" Q Q Q"),
        (b"Q Q 5 0 0 5 0 0 cm ", b""),
        (b"5 0 0 5 0 0 cm ", b""),
    ],
)
def test_what_a_page_leaves_behind_does_not_move_the_stamps(tmp_path, before, after):
    tidy, _ = joined(tmp_path, untagged("x"))
    plain = _box(pypdfium2.PdfDocument(tidy.path)[0].get_textpage(), "Pack page 1")
    built, _ = joined(tmp_path, untagged("x", before=before, after=after))
    found = _box(pypdfium2.PdfDocument(built.path)[0].get_textpage(), "Pack page 1")
    assert found == pytest.approx(plain, abs=0.1)


def test_the_stamps_are_no_part_of_what_is_read(built):
    with pikepdf.open(built.path) as made:
        for page in made.pages:
            drawn = page.obj.Contents[-1].read_bytes()
            assert re.fullmatch(rb"\n(Q ){8}(EMC )?\n/Artifact <<.*>> BDC q .* Q EMC\n", drawn, re.DOTALL)
            assert b"MCID" not in drawn


def test_a_paper_that_brings_our_font_names_keeps_its_own(tmp_path):
    """A pack can hold an earlier pack."""
    inner, _ = joined(tmp_path, untagged("Inner words"), board="Inner Board")
    once = inner.path.read_bytes()
    outer, _ = joined(tmp_path, once, board="Outer Board")
    said = texts(outer.path)[0]
    assert "Inner Board, 8 February 2022" in said
    assert "Outer Board, 8 February 2022 · item 3 · paper 3.1 p 1" in said


def test_long_words_are_cut_and_the_number_stays(tmp_path):
    built, _ = joined(tmp_path, tagged("One"), board="Board " * 60, marking="M" * 300)
    said = texts(built.path)[0]
    assert "…" in said
    assert "Pack page 1" in said
    assert "M" * 300 in said.replace("\r\n", "")


def test_other_scripts_are_stamped(tmp_path):
    built, _ = joined(tmp_path, tagged("One"), board="Łódź Ж α")
    assert "Łódź Ж α, 8 February 2022" in texts(built.path)[0]


def test_a_pack_without_pages_is_refused(tmp_path):
    with pytest.raises(ValueError, match="at least one page"):
        build(pack_of(cover=None, contents=False), to=tmp_path / "pack.pdf")
    assert list(tmp_path.iterdir()) == []
