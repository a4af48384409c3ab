"""Safe reading of a workbook: a folder of CSV files, or one XLSX. The only door to the other workbook modules.

Nothing is trusted: sizes are checked before files are read, archives before they are unpacked, links are not followed.
What is wrong with a file is reported in the workbook's problems; nothing here raises for a bad file.
"""

import difflib
import os
import stat
from collections.abc import Callable, Collection, Sequence
from pathlib import Path, PurePath

from kit.workbook_csv import read_csv
from kit.workbook_problems import Problem, Problems
from kit.workbook_sheets import CannotRead, Limits, Sheet, SheetRow, Workbook, clean_text
from kit.workbook_xlsx import open_xlsx, read_worksheet
from kit.workbook_zip import check_archive

__all__ = [
    "Limits",
    "Problem",
    "Problems",
    "Sheet",
    "SheetRow",
    "Workbook",
    "clean_text",
    "read_csv_files",
    "read_path",
    "read_xlsx",
]

# Sheets and files for people, which the import passes over.
NOTES = "notes"
IGNORED_FILES = {"readme.md", "notes.csv", "notes.md"}


def read_path(path: Path, known: Collection[str], limits: Limits) -> Workbook:
    """Read the known sheets of a folder of CSV files, or of an XLSX file."""
    workbook = Workbook(path.name)
    try:
        if path.is_dir():
            _read_folder(path, known, limits, workbook)
        elif not path.exists():
            raise CannotRead("There is no such file or folder.", "Give a folder of CSV files or one XLSX file.", path)
        else:
            _check_name(path.name)
            _read_xlsx(_bytes_of(path, limits.file_bytes, follow=True), known, limits, workbook)
    except (CannotRead, OSError) as error:
        _report(error, "", workbook.problems)
    return workbook


def read_xlsx(data: bytes, name: str, known: Collection[str], limits: Limits) -> Workbook:
    """Read the known sheets of an XLSX file's bytes, which came under a name."""
    workbook = Workbook(name)
    try:
        _check_name(name)
        if len(data) > limits.file_bytes:
            raise _too_large(limits.file_bytes)
        _read_xlsx(data, known, limits, workbook)
    except CannotRead as error:
        _report(error, "", workbook.problems)
    return workbook


def read_csv_files(files: Sequence[tuple[str, bytes]], name: str, known: Collection[str], limits: Limits) -> Workbook:
    """Read the bytes of CSV files, each with the name it came under. Together they may be as large as one workbook."""
    workbook = Workbook(name)
    if sum(len(data) for _, data in files) > limits.file_bytes:
        _report(_too_large(limits.file_bytes), "", workbook.problems)
        return workbook
    for file_name, data in files:
        if file_name.casefold() not in IGNORED_FILES:
            _read_csv_file(PurePath(file_name), lambda data=data: data, known, limits, workbook)
    return workbook


def _read_xlsx(data: bytes, known: Collection[str], limits: Limits, workbook: Workbook) -> None:
    check_archive(data, limits)
    book = open_xlsx(data)
    for worksheet in book.worksheets:
        name = clean_text(worksheet.title).casefold()
        if name == NOTES or not _is_wanted(name, worksheet.title, known, workbook):
            continue
        try:
            workbook.sheets[name] = read_worksheet(worksheet, name, limits, workbook.problems)
        except CannotRead as error:
            workbook.unreadable.add(name)
            _report(error, name, workbook.problems)
    book.close()


def _read_folder(folder: Path, known: Collection[str], limits: Limits, workbook: Workbook) -> None:
    left = limits.file_bytes

    def load(path: Path) -> bytes:
        nonlocal left
        data = _bytes_of(path, left, follow=False)
        left -= len(data)
        return data

    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name.casefold() in IGNORED_FILES:
            continue
        if path.suffix.casefold() != ".csv" or path.is_dir():
            workbook.problems.add(
                "The folder has something that is not a CSV file.",
                found=path.name,
                accepted="A folder holds one CSV file for each sheet, for example posts.csv.",
            )
            continue
        _read_csv_file(path, lambda path=path: load(path), known, limits, workbook)


def _read_csv_file(
    path: PurePath, load: Callable[[], bytes], known: Collection[str], limits: Limits, workbook: Workbook
) -> None:
    """The file's name says which sheet it is. `load` is only called for a sheet that is wanted."""
    name = clean_text(path.stem).casefold()
    if not _is_wanted(name, path.name, known, workbook):
        return
    try:
        workbook.sheets[name] = read_csv(load(), name, limits, workbook.problems)
    except (CannotRead, OSError) as error:
        workbook.unreadable.add(name)
        _report(error, name, workbook.problems)


def _is_wanted(name: str, found: str, known: Collection[str], workbook: Workbook) -> bool:
    if name in workbook.sheets or name in workbook.unreadable:
        workbook.problems.add("The sheet is there twice.", found=found, sheet=name, accepted="Each sheet comes once.")
        return False
    if name in known:
        return True
    near = difflib.get_close_matches(name, known, n=1)
    guess = f" Did you mean {near[0]}?" if near else ""
    workbook.problems.add(
        f"There is no sheet of this name in a plan workbook.{guess}",
        found=found,
        accepted=f"The sheets are {', '.join(known)}.",
    )
    return False


def _bytes_of(path: Path, most: int, *, follow: bool) -> bytes:
    """The bytes of a regular file, after asking its size. The file that was asked about is the file that is read.

    Raises CannotRead when it is larger, a link (unless followed) or a device.
    """
    # O_NONBLOCK: a named pipe must not hold us up.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | (0 if follow else getattr(os, "O_NOFOLLOW", 0))
    if not follow and path.is_symlink():
        raise CannotRead("The file is a link to another file.", "Put the file itself into the folder.", path.name)
    with os.fdopen(os.open(path, flags), "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise CannotRead("This is not a regular file.", found=path.name)
        if facts.st_size > most:
            raise _too_large(most)
        data = file.read(most + 1)
    if len(data) > most:
        raise _too_large(most)
    return data


def _check_name(name: str) -> None:
    if not name.casefold().endswith(".xlsx"):
        raise CannotRead(
            "The file is not an XLSX workbook.",
            "Give a file whose name ends in .xlsx. Files with macros (.xlsm), old ones (.xls) and ZIP archives are "
            "not read.",
            name,
        )


def _too_large(most: int) -> CannotRead:
    # A folder's files share one allowance, so what is left may be less than the whole.
    return CannotRead("The workbook is too large.", f"At most {most / 1024 / 1024:.3g} MB can be read here.")


def _report(error: CannotRead | OSError, sheet: str, problems: Problems) -> None:
    if isinstance(error, CannotRead):
        problems.add(error.message, accepted=error.accepted, found=error.found, sheet=sheet)
    else:
        problems.add(f"The file cannot be opened: {error.strerror or 'unknown reason'}.", sheet=sheet)
