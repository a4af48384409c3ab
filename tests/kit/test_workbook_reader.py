"""Reading workbooks that are broken, too large or hostile: each is refused with a sentence, and none is opened."""

import datetime as dt
import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from kit.workbook_problems import Problems, shortened
from kit.workbook_reader import Limits, read_path, read_xlsx
from kit.workbook_sheets import build_sheet, cell_text, clean_text

KNOWN = ("posts", "units")
LIMITS = Limits(file_bytes=2 * 1024 * 1024, unpacked_bytes=8 * 1024 * 1024, rows=50, columns=6)
HEAD = "code,title\n"


def xlsx(change=None, **sheets) -> bytes:
    """An XLSX with sheets of rows, after a change to its openpyxl workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (sheets or {"posts": [["code", "title"], ["head", "Head"]]}).items():
        worksheet = book.create_sheet(name)
        for row in rows:
            worksheet.append(row)
    if change:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rezipped(data: bytes, change=None, **added: bytes) -> bytes:
    """The archive with parts changed by change(name, content), and others added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, change(name, content) if change else content)
        for name, content in added.items():
            after.writestr(name, content)
    return buffer.getvalue()


def from_xlsx(data: bytes, name: str = "plan.xlsx", limits: Limits = LIMITS):
    return read_xlsx(data, name, KNOWN, limits)


def from_csv(tmp_path: Path, content: bytes, name: str = "posts.csv", limits: Limits = LIMITS):
    (tmp_path / name).write_bytes(content)
    return read_path(tmp_path, KNOWN, limits)


def only(workbook):
    assert [str(problem) for problem in workbook.problems.shown][1:] == []
    assert workbook.problems.total == 1
    return workbook.problems.shown[0]


def cells(workbook, sheet="posts"):
    assert [str(problem) for problem in workbook.problems.shown] == []
    return [(row.number, row.cells) for row in workbook.sheets[sheet].rows]


# What is read


def test_a_folder(tmp_path):
    (tmp_path / "README.md").write_text("About")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    (tmp_path / "notes.csv").write_text("anything")
    workbook = from_csv(tmp_path, b'\xef\xbb\xbfcode,title\r\nhead," A ""b"",\nc "\n\n,\nx\n')
    assert workbook.sheets["posts"].headings == ("code", "title")
    assert cells(workbook) == [(2, ("head", 'A "b",\nc')), (5, ("x",))]


def test_an_xlsx(tmp_path):
    rows = [["code", "title", None], [1.0, dt.date(2021, 9, 27)], [], [True, dt.datetime(2021, 9, 27, 8, 30)]]  # noqa: DTZ001
    (tmp_path / "plan.xlsx").write_bytes(xlsx(posts=rows, Notes=[["=1+1"]]))
    assert cells(read_path(tmp_path / "plan.xlsx", KNOWN, LIMITS)) == [
        (2, ("1", "2021-09-27")),
        (4, ("TRUE", "2021-09-27T08:30:00")),
    ]


def test_codes_that_stand_for_characters():
    def write(book):
        book["posts"]["A2"] = "a_x000D_\nb"
        book["posts"]["B2"] = "_x005F_x000D_ stays"

    assert cells(from_xlsx(xlsx(write))) == [(2, ("a\nb", "_x000D_ stays"))]


def test_what_a_sheet_says_of_its_size_is_not_believed():
    def lie(name, content):
        return content.replace(b'ref="A1:B2"', b'ref="A1:A1"')

    assert cells(from_xlsx(rezipped(xlsx(), lie))) == [(2, ("head", "Head"))]


def test_shared_strings_and_cells_without_places():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row><c t="inlineStr"><is><t>code</t></is></c></row>'
        b'<row><c t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r></is></c></row></sheetData></worksheet>'
    )
    data = rezipped(xlsx(), lambda name, content: sheet if name == "xl/worksheets/sheet1.xml" else content)
    assert cells(from_xlsx(data)) == [(2, ("two runs",))]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (3, "3"),
        (3.0, "3"),
        (2.5, "2.5"),
        (float("inf"), "inf"),
        (False, "FALSE"),
        (dt.date(2021, 1, 2), "2021-01-02"),
        (dt.time(8), "08:00:00"),
        (dt.timedelta(hours=1), "1:00:00"),
    ],
)
def test_cells_as_text(value, text):
    assert cell_text(value) == text


def test_clean_text():
    assert clean_text(" \ta\r\nb\rc\u2028d\xa0\n") == "a\nb\nc\nd"


def test_half_characters_are_refused_with_their_place():
    problems = Problems()
    sheet = build_sheet("posts", [(1, ["code"]), (2, ["a\ud800b"]), (3, ["c"])], LIMITS, problems)
    (problem,) = problems.shown
    assert (problem.sheet, problem.row, problem.column, problem.found) == ("posts", 2, "code", "a<U+D800>b")
    assert sheet.rows[0].cells == (None,)


def test_found_values_are_shortened():
    assert shortened("a\nb" + "x" * 100) == "a b" + "x" * 56 + "…"
    assert len(shortened("y" * 100_000)) == 60


# Folders


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEAD.encode("utf-16"), "The file is encoded as UTF-16."),
        (b"\xfe\xff\x00c\x00o", "The file is encoded as UTF-16."),
        (HEAD.encode("utf-16-le"), "The file is not CSV text: it has NUL bytes."),
        (f"{HEAD}head,Café\n".encode("latin-1"), "The file is not encoded as UTF-8: see line 2."),
        (HEAD.encode() + b"head,\xed\xa0\x80\n", "The file is not encoded as UTF-8: see line 2."),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "The file is not CSV: its content is image/png."),
        (b"GIF89a" + b"x" * 30, "The file is not CSV: its content is image/gif."),
        (b"%PDF-1.7\n" + b"x" * 30, "The file is not CSV: its content is application/pdf."),
        (b"code\0,title\n", "The file is not CSV text: it has NUL bytes."),
        (b"BM" + b"\0" * 60, "The file is not CSV text: it has NUL bytes."),
        (b"", "Row 1 is empty."),
        (b"\n" + HEAD.encode(), "Row 1 is empty."),
        (b"code;title\nhead;Head\n", "The columns are separated by semicolons."),
        (b"code\ttitle\nhead\tHead\n", "The columns are separated by tabs."),
        (HEAD.encode() + b'head,"Head', "Row 2 is not well-formed CSV: unexpected end of data."),
        (HEAD.encode() + b'head,"He"ad\n', "Row 2 is not well-formed CSV: ',' expected after '\"'."),
        (HEAD.encode() + b"x" * 140_000, "Row 2 is not well-formed CSV: field larger than field limit (131072)."),
        (HEAD.encode() + b"a,b\n" * 51, "The sheet goes on below row 51."),
        (HEAD.encode() + b"1,2,3,4,5,6,7\n", "Row 2 has more than 6 columns."),
    ],
)
def test_csv_files_that_are_refused(tmp_path, content, message):
    workbook = from_csv(tmp_path, content)
    problem = only(workbook)
    assert (problem.sheet, problem.message) == ("posts", message)
    assert problem.accepted
    assert workbook.unreadable == {"posts"}
    assert workbook.sheets == {}


def test_a_spreadsheet_named_csv(tmp_path):
    problem = only(from_csv(tmp_path, xlsx()))
    assert problem.message.startswith("The file is not CSV: its content is application/")


def test_a_text_that_begins_like_a_bitmap(tmp_path):
    assert from_csv(tmp_path, b"BMI,code\n1,2\n").problems.total == 0


def test_empty_columns_far_out_are_nothing(tmp_path):
    assert cells(from_csv(tmp_path, HEAD.encode() + b"a,b,,,,,,,,\n")) == [(2, ("a", "b", "", "", "", ""))]


def test_files_that_are_no_sheets(tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "plan.xlsx").write_bytes(xlsx())
    (tmp_path / "post.csv").write_text(HEAD)
    problems = from_csv(tmp_path, HEAD.encode()).problems.shown
    assert [problem.found for problem in problems] == ["old", "plan.xlsx", "post.csv"]
    assert "Did you mean posts?" in problems[2].message
    assert problems[2].accepted == "The sheets are posts, units."


def test_a_sheet_twice(tmp_path):
    (tmp_path / "POSTS.csv").write_text(HEAD)
    assert only(from_csv(tmp_path, HEAD.encode())).message == "The sheet is there twice."


def test_links_are_not_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(HEAD + "secret,Secret\n")
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "posts.csv").symlink_to(secret)
    workbook = read_path(folder, KNOWN, LIMITS)
    assert only(workbook).message == "The file is a link to another file."
    assert workbook.sheets == {}


def test_pipes_do_not_hold_us_up(tmp_path):
    os.mkfifo(tmp_path / "posts.csv")
    assert only(read_path(tmp_path, KNOWN, LIMITS)).message == "This is not a regular file."


def test_a_folder_that_is_too_large_as_a_whole(tmp_path):
    (tmp_path / "posts.csv").write_text(HEAD + "a" * 600)
    (tmp_path / "units.csv").write_text(HEAD + "a" * 600)
    problem = only(read_path(tmp_path, KNOWN, Limits(file_bytes=1000)))
    assert (problem.sheet, problem.message) == ("units", "The workbook is too large.")


def test_a_file_that_cannot_be_opened(tmp_path, monkeypatch):
    (tmp_path / "posts.csv").write_text(HEAD)

    def refuse(*args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    problem = only(read_path(tmp_path, KNOWN, LIMITS))
    assert (problem.sheet, problem.message) == ("posts", "The file cannot be opened: Permission denied.")


def test_nothing_there(tmp_path):
    assert only(read_path(tmp_path / "none", KNOWN, LIMITS)).message == "There is no such file or folder."


# Spreadsheets


@pytest.mark.parametrize("name", ["plan.xlsm", "plan.xls", "plan.zip", "plan.csv", "plan", "plan.xlsx.exe"])
def test_names_that_are_refused(name, tmp_path):
    assert only(from_xlsx(xlsx(), name)).found == name
    (tmp_path / name).write_bytes(xlsx())
    assert only(read_path(tmp_path / name, KNOWN, LIMITS)).message == "The file is not an XLSX workbook."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is not an XLSX workbook."),
        (b"code,title\n", "The file is not an XLSX workbook."),
        (b"%PDF-1.7\n", "The file is not an XLSX workbook: its content is application/pdf."),
        (b"\x89PNG\r\n\x1a\n", "The file is not an XLSX workbook: its content is image/png."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "The workbook is in the old .xls format."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "The workbook has a password.",
        ),
        (b"PK\x03\x04 and no more", "The file is damaged: it cannot be unpacked."),
        (xlsx()[:-30], "The file is damaged: it cannot be unpacked."),
        (rezipped(xlsx(), **{"xl/vbaProject.bin": b"x"}), "The workbook has macros."),
        (rezipped(xlsx(), **{"xl/workbook.bin": b"x"}), "The workbook is in the binary .xlsb format."),
        (
            rezipped(xlsx(), **{"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            "The workbook is an OpenDocument file.",
        ),
    ],
)
def test_files_that_are_no_plain_xlsx(data, message):
    workbook = from_xlsx(data)
    assert only(workbook).message == message
    assert workbook.sheets == {}


def test_a_zip_of_csv_files():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("posts.csv", HEAD)
    problem = only(from_xlsx(buffer.getvalue()))
    assert problem.message == "The file is a ZIP archive, not an XLSX workbook."
    assert "folder of CSV files" in problem.accepted


def test_macros_by_content_type():
    def enable(name, content):
        return content.replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")

    assert only(from_xlsx(rezipped(xlsx(), enable))).message == "The workbook may run macros."


def test_a_part_with_a_password():
    data = bytearray(xlsx())
    # The flags of the first entry of the archive's directory.
    data[data.index(b"PK\x01\x02") + 8] |= 0x1
    assert only(from_xlsx(bytes(data))).message == "The workbook has a password."


def test_an_unusual_packing():
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name))
    assert only(from_xlsx(buffer.getvalue())).message == "The workbook is packed in an unusual way."


def test_too_large_before_it_is_opened(tmp_path):
    small = Limits(file_bytes=1000)
    assert only(from_xlsx(xlsx(), limits=small)).message == "The workbook is too large."
    (tmp_path / "plan.xlsx").write_bytes(xlsx())
    assert only(read_path(tmp_path / "plan.xlsx", KNOWN, small)).message == "The workbook is too large."


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"xl/big.xml": b"<a>" + b" " * 9 * 1024 * 1024}, "The workbook unpacks to more than may be read."),
        (
            {f"xl/big{number}.bin": os.urandom(16) * 65_536 * 2 for number in range(4)},
            "The workbook unpacks to more than may be read.",
        ),
        ({"xl/big.xml": b"<a>" + b" " * 3 * 1024 * 1024}, "The workbook unpacks to far more than its size"),
        ({f"xl/{number}.bin": b"" for number in range(500)}, "parts inside."),
    ],
)
def test_archives_that_unpack_to_too_much(parts, message):
    assert message in only(from_xlsx(rezipped(xlsx(), **parts))).message


def test_a_part_larger_than_it_says_is_damaged_not_unpacked():
    data = bytearray(rezipped(xlsx(), **{"xl/big.xml": b"<a>" + b" " * 3 * 1024 * 1024}))
    place = data.rindex(b"xl/big.xml") - 46
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    assert only(from_xlsx(bytes(data))).message == "The file is damaged: it cannot be unpacked."


LAUGHS = (
    '<?xml version="1.0"{0}?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="inlineStr">'
    "<is><t>&b;</t></is></c></row></sheetData></worksheet>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet>&e;</worksheet>'


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml", "docProps/core.xml"]
)
@pytest.mark.parametrize(
    "content",
    [LAUGHS.format("").encode(), LAUGHS.format(' encoding="utf-16"').encode("utf-16"), OUTSIDE.encode()],
    ids=["bomb", "bomb in UTF-16", "file"],
)
def test_entities_are_refused_wherever_they_stand(part, content):
    data = rezipped(xlsx(), lambda name, old: content if name == part else old)
    assert "declares XML entities" in only(from_xlsx(data)).message


def test_entities_in_a_part_with_another_ending():
    data = rezipped(xlsx(), **{"xl/evil.bin": LAUGHS.format("").encode()})
    assert "declares XML entities" in only(from_xlsx(data)).message


def test_pictures_are_not_xml():
    assert from_xlsx(rezipped(xlsx(), **{"xl/media/image1.png": b"\x89PNG\r\n"})).problems.total == 0


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_parts_that_are_not_xml(part):
    data = rezipped(xlsx(), lambda name, old: b"<not" if name == part else old)
    assert only(from_xlsx(data)).message == "The workbook is damaged: a part is not well-formed XML."


def test_a_workbook_that_makes_no_sense():
    data = rezipped(xlsx(), lambda name, old: b"<Types/>" if name == "[Content_Types].xml" else old)
    assert only(from_xlsx(data)).message == "The workbook is damaged: it cannot be opened."


def test_a_sheet_that_makes_no_sense():
    def spoil(name, content):
        return content.replace(b'r="A2"', b'r="??"') if name == "xl/worksheets/sheet1.xml" else content

    workbook = from_xlsx(rezipped(xlsx(), spoil))
    problem = only(workbook)
    assert (problem.sheet, problem.message) == ("posts", "The sheet is damaged: it cannot be read.")
    assert workbook.unreadable == {"posts"}


def test_formulas_are_named_cell_by_cell():
    def write(book):
        book["posts"]["B2"] = "=HYPERLINK(1)"
        book["posts"]["A3"] = "=A2&A2"
        book["posts"]["B3"] = "#REF!"

    problems = from_xlsx(xlsx(write)).problems
    assert [(p.sheet, p.row, p.column, p.message, p.found) for p in problems.shown] == [
        ("posts", 2, "title", "Cell B2 has a formula.", "=HYPERLINK(1)"),
        ("posts", 3, "code", "Cell A3 has a formula.", "=A2&A2"),
        ("posts", 3, "title", "Cell B3 has the error of a formula.", "#REF!"),
    ]


def test_array_formulas_too():
    def write(book):
        book["posts"]["B2"] = openpyxl.worksheet.formula.ArrayFormula("B2:B2", "=SUM(A1:A2)")

    assert only(from_xlsx(xlsx(write))).found == "=SUM(A1:A2)"


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("A52", "The sheet goes on below row 51."),
        ("A1048576", "The sheet goes on below row 51."),
        ("G2", "Row 2 has more than 6 columns."),
        ("XFD1", "Row 1 has more than 6 columns."),
    ],
)
def test_sheets_that_are_too_large(place, message):
    def write(book):
        book["posts"][place] = "x"

    problem = only(from_xlsx(xlsx(write)))
    assert (problem.sheet, problem.message) == ("posts", message)


def test_a_row_far_below_does_not_hold_us_up():
    def sink(name, content):
        return content.replace(b'<row r="2"', b'<row r="99999999999"').replace(b' r="A2"', b"").replace(b' r="B2"', b"")

    assert only(from_xlsx(rezipped(xlsx(), sink))).message == "The sheet goes on below row 51."


def test_sheets_by_name():
    workbook = from_xlsx(xlsx(**{"Posts": [["code"]], "post": [["code"]], "Sheet1": [["x"]]}))
    unknown, other = workbook.problems.shown
    assert (unknown.found, other.found) == ("post", "Sheet1")
    assert "Did you mean posts?" in unknown.message
    assert list(workbook.sheets) == ["posts"]


def test_a_chart_is_no_sheet():
    assert (
        only(from_xlsx(xlsx(lambda book: book.create_chartsheet("units")))).message == "One of the sheets is a chart."
    )
