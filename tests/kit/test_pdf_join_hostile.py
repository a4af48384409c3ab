"""What must not travel from a paper into a pack, and papers that break."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from kit.pdf_join import Own, Pack, Paper, Section, build
from tests.kit.pdf_join_papers import changed, everything, joined, pack_of, saved, tagged, texts, untagged

SECRET = "Zeppelin-4711"


def action(kind: str, **more) -> Dictionary:
    return Dictionary(S=Name("/" + kind), **more)


def annotation(paper: pikepdf.Pdf, kind: str, **more) -> pikepdf.Object:
    made = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([10, 10, 90, 30]), **more)
    return paper.make_indirect(made)


def attached(paper: pikepdf.Pdf) -> pikepdf.Object:
    held = paper.make_stream(SECRET.encode())
    return paper.make_indirect(Dictionary(Type=Name.Filespec, F=SECRET, EF=Dictionary(F=held)))


def drawn(paper: pikepdf.Pdf, words: str) -> pikepdf.Object:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    form = paper.make_stream(b"BT /F1 9 Tf 1 1 Td (%s) Tj ET" % words.encode())
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 80, 20])
    form.Resources = Dictionary(Font=Dictionary(F1=font))
    return Dictionary(N=form)


def script(paper):
    code = action("JavaScript", JS=String(f"app.alert('{SECRET}')"))
    paper.Root.OpenAction = code
    paper.Root.AA = Dictionary(WC=code)
    paper.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), code])))
    paper.pages[0].AA = Dictionary(O=code)


def script_in_link(paper):
    next_one = action("JavaScript", JS=String(SECRET))
    good = action("URI", URI=String("https://example.org/"), Next=next_one)
    paper.pages[0].Annots = Array([annotation(paper, "Link", A=good, AA=Dictionary(E=next_one), T=SECRET)])


def program(paper):
    paper.pages[0].Annots = Array([annotation(paper, "Link", A=action("Launch", F=String(SECRET)))])


def file_link(paper):
    links = [action("GoToR", F=String(SECRET), D=Array([0, Name.Fit])), action("URI", URI=String(f"file:///{SECRET}"))]
    paper.pages[0].Annots = Array([annotation(paper, "Link", A=each) for each in links])


def attachment(paper):
    held = attached(paper)
    paper.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("x"), held])))
    paper.Root.AF = Array([held])
    paper.pages[0].AF = Array([held])
    paper.pages[0].Annots = Array([annotation(paper, "FileAttachment", FS=held)])


def attachment_of_a_tag(paper):
    """How mathematics is attached to a formula; nothing else in the paper leads there."""
    paper.Root.StructTreeRoot.K[0].K[0].AF = Array([attached(paper)])


def author(paper):
    paper.docinfo.Author = SECRET
    with paper.open_metadata() as metadata:
        metadata["dc:creator"] = [SECRET]
    paper.pages[0].Metadata = paper.make_stream(SECRET.encode())
    paper.pages[0].PieceInfo = Dictionary(Word=Dictionary(Private=SECRET))


def author_of_a_picture(paper):
    inner = drawn(paper, "inner").N
    inner.PieceInfo = Dictionary(Draw=Dictionary(Private=SECRET))
    form = paper.make_stream(b"/X Do")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 80, 20])
    form.Resources = Dictionary(XObject=Dictionary(X=inner))
    form.Metadata = paper.make_stream(SECRET.encode())
    paper.pages[0].Resources.XObject = Dictionary(X=form)


def author_of_a_typeface(paper):
    font = next(iter(paper.pages[0].Resources.Font.values()))
    font.PieceInfo = Dictionary(Word=Dictionary(Private=SECRET))


def comment(paper):
    paper.pages[0].Annots = Array([annotation(paper, "Text", T=SECRET, Contents=SECRET)])


def bookmark(paper):
    with paper.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(SECRET, 0))


def earlier_state(paper):
    paper.trailer.Old = paper.make_indirect(Dictionary(Text=SECRET))


HARMS = [
    script,
    script_in_link,
    program,
    file_link,
    attachment,
    author,
    author_of_a_picture,
    author_of_a_typeface,
    comment,
    bookmark,
    earlier_state,
]
NEVER = b"/JavaScript", b"/JS ", b"/Launch", b"/EF ", b"/AA ", b"/OpenAction", b"/PieceInfo", b"/EmbeddedFile"


@pytest.mark.parametrize(
    ("harm", "kind"),
    [(attachment_of_a_tag, tagged), *((harm, kind) for harm in HARMS for kind in (tagged, untagged))],
)
def test_it_stays_behind(tmp_path, harm, kind):
    paper = changed(kind("One"))
    harm(paper)
    built, _ = joined(tmp_path, saved(paper))
    held = everything(built.path)
    assert SECRET.encode() not in held
    for word in (
        b"/JavaScript",
        b"/JS ",
        b"/Launch",
        b"/EF ",
        b"/AA ",
        b"/OpenAction",
        b"/PieceInfo",
        b"/EmbeddedFile",
    ):
        assert word not in held
    assert built.placed[1].included


def test_what_was_left_out_is_said(tmp_path):
    papers = []
    for harm in (program, attachment, comment, script):
        paper = changed(tagged("One"))
        harm(paper)
        papers.append(saved(paper))
    built, _ = joined(tmp_path, *papers)
    assert [each.problems for each in built.placed[1:]] == [
        ("1 link to files, programs or places that are not there left out.",),
        ("1 attached file, sound or film on its pages left out.", "Files attached to it were left out."),
        ("1 comment on its pages left out.",),
        ("Scripts in it were left out.",),
    ]


def test_links_to_the_web_stay(tmp_path):
    paper = changed(tagged("One"))
    script_in_link(paper)
    _, made = joined(tmp_path, saved(paper))
    (link,) = made.pages[0].Annots
    assert str(link.A.URI) == "https://example.org/"
    assert set(link.A.keys()) == {"/S", "/URI"}
    assert made.pages[0].Tabs == Name.S


def test_named_places_of_two_papers_do_not_clash(tmp_path):
    papers = []
    for target, where in ((1, "tree"), (2, "dictionary")):
        paper = changed(untagged("a", "b", "c"))
        place = Array([paper.pages[target].obj, Name.Fit])
        if where == "tree":
            paper.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("next"), Dictionary(D=place)])))
            goes = {"A": action("GoTo", D=String("next"))}
        else:
            paper.Root.Dests = Dictionary({"/next": place})
            goes = {"Dest": Name("/next")}
        nowhere = annotation(paper, "Link", Dest=String("nowhere"))
        paper.pages[0].Annots = Array([annotation(paper, "Link", **goes), nowhere])
        papers.append(saved(paper))
    built, made = joined(tmp_path, *papers)
    pages = [page.obj.objgen for page in made.pages]
    found = [[pages.index(link.Dest[0].objgen) for link in page.get("/Annots", [])] for page in made.pages]
    assert found == [[1], [], [], [5], [], []]
    assert len(built.problems) == 2


def test_forms_stay_as_they_were_filled_in(tmp_path):
    paper = changed(tagged("Form"))
    field = annotation(
        paper, "Widget", FT=Name.Tx, T=String("name"), V=String(SECRET), AP=drawn(paper, "Filled in"), F=4,
        AA=Dictionary(K=action("JavaScript", JS=String("x"))),
    )  # fmt: skip
    paper.pages[0].Annots = Array([field])
    paper.Root.AcroForm = Dictionary(Fields=Array([field]), DA=String("/Helv 0 Tf 0 g"))
    built, made = joined(tmp_path, saved(paper))
    assert "Filled in" in texts(built.path)[0]
    assert SECRET.encode() not in everything(built.path)
    assert "/AcroForm" not in made.Root
    assert "/Annots" not in made.pages[0]
    assert built.placed[1].problems == ("Its form fields are now plain text and pictures, as they were filled in.",)


def test_marks_are_drawn_and_blackening_that_is_not_done_is_told(tmp_path):
    paper = changed(tagged("Marks"))
    stamp = annotation(paper, "Stamp", AP=drawn(paper, "Approved"), F=4, T=SECRET)
    paper.pages[0].Annots = Array([stamp, annotation(paper, "Redact", OverlayText=SECRET)])
    built, _ = joined(tmp_path, saved(paper))
    assert "Approved" in texts(built.path)[0]
    assert SECRET.encode() not in everything(built.path)
    assert "Words are marked to be blacked out, but are still there. Ask for a finished copy." in (
        built.placed[1].problems
    )


@pytest.mark.parametrize("base", ["ON", "OFF"])
def test_hidden_layers_stay_hidden(tmp_path, base):
    paper = changed(untagged("Shown"))
    shown, hidden = (paper.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("shown", "hidden"))
    lists = {"OFF": Array([hidden])} if base == "ON" else {"ON": Array([shown])}
    paper.Root.OCProperties = Dictionary(OCGs=Array([shown, hidden]), D=Dictionary(BaseState=Name("/" + base), **lists))
    paper.pages[0].Resources.Properties = Dictionary(A=shown, B=hidden)
    _, made = joined(tmp_path, tagged("One"), saved(paper))
    kept = made.Root.OCProperties
    assert [str(each.Name) for each in kept.D.OFF] == ["hidden"]
    assert len(kept.OCGs) == 2
    assert made.pages[1].Resources.Properties.B.objgen == kept.D.OFF[0].objgen


def locked() -> bytes:
    made = changed(untagged("Locked"))
    held = io.BytesIO()
    made.save(held, encryption=pikepdf.Encryption(owner="a", user="b"))
    return held.getvalue()


def without_pages() -> bytes:
    return saved(pikepdf.new())


def page_is_no_page() -> bytes:
    made = changed(untagged("Odd"))
    made.pages[0].Resources = Array([1])
    made.pages[0].MediaBox = Name.None_
    made.pages[0].Annots = String("none")
    made.pages[0].Contents = Array([3, Name.X])
    made.pages[0].Rotate = Name.Up
    return saved(made)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"", "It is not a PDF that can be read."),
        (b"MZ\x90 this is a program", "It is not a PDF that can be read."),
        (b"%PDF-1.7\n" + b"\x00" * 2000, "It is not a PDF that can be read."),
        (locked(), "It is locked with a password."),
        (without_pages(), "It has no pages."),
    ],
)
def test_a_broken_paper_is_named_and_the_rest_survives(tmp_path, bad, why):
    built, made = joined(tmp_path, tagged("One"), bad, tagged("Three"), contents=True)
    assert [(section.title, problem) for section, problem in built.problems] == [("Paper 2", why)]
    assert [each.included for each in built.placed] == [True, True, False, True]
    said = texts(built.path)
    assert "3.2 Paper 2" in said[2]
    assert "could not be put into the pack" in said[2]
    assert why in said[2]
    assert "Could not be included" in said[0]
    assert "item 3 · paper 3.3 p 1" in said[3]
    assert len(made.pages) == 4


def test_a_file_that_is_gone_is_named(tmp_path):
    pack = Pack("Pack", "Board", "1 May 2022", [Section("Lost", "1", Paper(tmp_path / "lost.pdf"))])
    built = build(pack, to=tmp_path / "pack.pdf")
    assert [problem for _, problem in built.problems] == ["Its file is missing."]
    assert built.pages == 3


def test_a_paper_cut_short_is_mended_and_told(tmp_path):
    whole = untagged("First", "Second")
    built, _ = joined(tmp_path, whole[: int(len(whole) * 0.9)], tagged("Good"))
    assert "damaged" in built.placed[1].problems[0] or not built.placed[1].included
    assert built.placed[2].problems == ()


def test_a_page_of_nonsense_is_a_page_still(tmp_path):
    built, _ = joined(tmp_path, page_is_no_page(), tagged("Good"))
    said = texts(built.path)
    assert "Pack page 1" in said[0]
    assert "Pack page 2" in said[1]


def test_a_paper_that_breaks_while_it_is_joined_takes_nothing_along(tmp_path, monkeypatch):
    from kit.pdf_join import joining

    whole = joining.Joining.copy

    def fails(self, paper):
        if paper.lang == "xx":
            raise RuntimeError("broken object")
        return whole(self, paper)

    monkeypatch.setattr(joining.Joining, "copy", fails)
    bad = changed(tagged(SECRET))
    bad.Root.Lang = String("xx")
    built, _ = joined(tmp_path, tagged("One"), saved(bad), tagged("Three"))
    assert [each.included for each in built.placed] == [True, True, False, True]
    assert SECRET.encode() not in everything(built.path)
    assert "It broke when it was put in." in texts(built.path)[1]


def test_an_error_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "pack.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr("kit.pdf_join.writing.os.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        build(pack_of(tagged("One")), to=path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


WORDS = st.text(alphabet="ABCDEFGHJKLMNPQRSTUVWXYZ", min_size=8, max_size=12)


@settings(max_examples=12, deadline=None)
@given(words=st.lists(WORDS, min_size=3, max_size=3, unique=True), left_out=st.integers(0, 2), kind=st.booleans())
def test_no_word_of_a_paper_that_is_not_given_is_in_the_file(tmp_path_factory, words, left_out, kind):
    """Packs for audiences are built anew, from fewer papers: a paper left out has never been there."""
    make = tagged if kind else untagged
    sections = [
        Section(word, f"1.{n}", Paper(make(word)), children=[Section("Note", source=Own(above=word))])
        for n, word in enumerate(words)
    ]
    folder = tmp_path_factory.mktemp("pack")
    full = build(Pack("Pack", "Board", "1 May 2022", sections), to=folder / "full.pdf")
    less = [each for n, each in enumerate(sections) if n != left_out]
    part = build(Pack("Pack", "Board", "1 May 2022", less), to=folder / "part.pdf")
    held, read = everything(part.path), " ".join(texts(part.path))
    assert words[left_out].encode() not in held
    assert words[left_out] not in read
    for n, word in enumerate(words):
        assert word in " ".join(texts(full.path))
        assert n == left_out or word in read


def test_words_that_turn_text_round_are_taken_out_of_titles(tmp_path):
    title = "Plan\u202e\x00 of\nworks #1 $x$"
    section = Section(title, "1", Paper(tagged("One")), stamp="item\u202e 1")
    built = build(Pack("Pack\u2066", "Board\u202e", "1 May 2022", [section]), to=tmp_path / "pack.pdf")
    with pikepdf.open(built.path) as made, made.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Pack", "Contents", "1 Plan of works #1 $x$"]
        assert str(made.docinfo.Title) == "Pack"
    assert "Board, 1 May 2022 · item 1 p 1" in texts(built.path)[2]
