"""The tags of a paper, made ready for any pack: no other paper can mean something else by the names in them.

Roles and classes are called after what they mean; names of elements get a number of the pack when they are put in.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from kit.pdf_join import freezing, trees
from kit.pdf_join.freezing import UNIQUE
from kit.pdf_join.names import SAID_OTHERWISE, STANDARD_ROLES
from kit.pdf_join.papers import Opened

CELLS = frozenset(("/TH", "/TD"))
NOTHING = "/NonStruct"


@dataclass
class Held:
    """What is to be kept of a paper's tags besides its pages. `parents` are what keys 0, 1, … lead to."""

    part: Any = None
    parents: list[Any] = field(default_factory=list)
    pages: dict[int, int] = field(default_factory=dict)
    keyed: list[tuple[Any, str, int]] = field(default_factory=list)
    ids: list[tuple[str, Any]] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    classes: list[tuple[str, Any]] = field(default_factory=list)
    spaces: list[Any] = field(default_factory=list)
    tops: list[tuple[Any, int]] = field(default_factory=list)


def of(paper: Opened, *, own: bool = False) -> Held:
    """The tags of a tagged paper. The paper is changed in memory."""
    pdf, root = paper.pdf, paper.pdf.Root.StructTreeRoot
    parents = _parents(root)
    _forget(paper, parents)
    held = Held(part=root if root.is_indirect else pdf.makefreezing.indirect(root))
    keys = {old: new for new, old in enumerate(sorted(parents))}
    held.parents = [freezing.indirect(pdf, parents[old]) for old in keys]
    _shift(paper, keys, held)
    held.ids = _ids(root)
    spaces = root.get("/Namespaces")
    held.spaces = [freezing.indirect(pdf, each) for each in spaces] if isinstance(spaces, Array) else []
    _names(pdf, root, held, paper.digest)
    for key in root.keys() - {"/K"}:
        del root[key]
    kids = root.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and kid.get("/S") == Name.Document:  # there is one Document, the pack
            kid["/S"] = Name.Sect
    if own:
        held.tops = _tops(paper, root)
    return held


def _tops(paper: Opened, root: Any) -> list[tuple[Any, int]]:
    """The elements below the document of our own pages, each with the page on which it begins."""
    numbers = {page.objgen: number for number, page in enumerate(paper.pages)}
    found, at = [], 0
    for top in root.K:
        for element in top.K:
            at = numbers.get(page_of(element), at)
            if "/P" in element:
                del element["/P"]
            found.append((element, at))
        for key in list(top.keys()):
            del top[key]
    root["/K"] = Array()
    return found


def _shift(paper: Opened, keys: dict[int, int], held: Held) -> None:
    """Note the keys of pages, links and drawings; one that leads nowhere goes."""
    for number, page in enumerate(paper.pages):
        key = page.get("/StructParents")
        if isinstance(key, int) and key in keys:
            held.pages[number] = keys[key]
    holders = [(link, "/StructParent") for links in paper.annotations for link in links]
    holders += [(drawing, name) for drawing in paper.drawings for name in ("/StructParents", "/StructParent")]
    for holder, name in holders:
        key = holder.get(name)
        if key is None:
            continue
        del holder[name]
        if isinstance(key, int) and key in keys:
            held.keyed.append((freezing.indirect(paper.pdf, holder), name, keys[key]))


def _ids(root: Any) -> list[tuple[str, Any]]:
    """Names of elements, also where cells of their table refer to them, with an end that the pack fills in."""
    found = []
    new: dict[bytes, bytes] = {}
    tables: dict[tuple[int, int], Any] = {}
    for name, element in trees.flat(root.get("/IDTree"), "/Names"):
        if not isinstance(name, String) or not isinstance(element, Dictionary) or not element.is_indirect:
            continue
        old = bytes(name)
        if old in new:
            continue
        new[old] = b"e%d" % len(new) + UNIQUE
        element["/ID"] = String(new[old])
        found.append((f"e{len(new) - 1}", element))
        table = _table(element)
        if table is not None:
            tables[table.objgen] = table
    for table in tables.values():
        for cell in _cells(table):
            _rename_headers(cell, new)
    return found


def _names(pdf: pikepdf.Pdf, root: Any, held: Held, digest: bytes) -> None:
    roles, classes = _roles(root, held), _classes(pdf, root, held, digest)
    if not classes and not held.spaces and not roles.keys() & SAID_OTHERWISE:
        held.renamed = roles  # see freezing.renamed: that takes no look at each of them
        return
    for element in elements(root):
        role = str(element.get("/S"))
        if role in roles and "/NS" not in element:
            element["/S"] = Name(roles[role])
        if classes and "/C" in element:
            element["/C"] = _renamed_classes(element["/C"], classes)


def _roles(root: Any, held: Held) -> dict[str, str]:
    """The roles that are not of the standard, by names that say what they mean."""
    own = root.get("/RoleMap")
    if not isinstance(own, Dictionary):
        return {}
    given = {name: str(own[name]) for name in own.keys() if isinstance(own[name], Name)}  # noqa: SIM118
    new = {}
    for name in sorted(given):
        meant = _meant(name, given)
        if meant == name:
            continue
        taken = name
        if meant != NOTHING or name in STANDARD_ROLES or "-" in name:
            taken = new[name] = _called(name, meant)
        held.roles[taken] = meant
    return new


def _called(name: str, meant: str) -> str:
    if "-" in name + meant:
        return f"{name}--{hashlib.sha256(repr((name, meant)).encode()).hexdigest()[:12]}"
    return f"{name}-{meant[1:]}"


def _classes(pdf: pikepdf.Pdf, root: Any, held: Held, digest: bytes) -> dict[str, str]:
    own, new = root.get("/ClassMap"), {}
    if isinstance(own, Dictionary):
        for name in sorted(own.keys()):
            said = own[name].unparse(resolved=True)
            if b" R" in said:  # what it refers to is of this paper alone
                said += digest
            new[name] = f"{name}-{hashlib.sha256(said).hexdigest()[:12]}"
            held.classes.append((new[name], freezing.indirect(pdf, own[name])))
    return new


def elements(root: Any) -> Iterator[Any]:
    """Every element below, each once, whatever loops the tree makes."""
    stack, seen = [root], set()
    while stack:
        kids = stack.pop().get("/K")
        for kid in kids if isinstance(kids, Array) else [kids]:
            if not isinstance(kid, Dictionary) or "/S" not in kid:
                continue
            if kid.is_indirect:
                if kid.objgen in seen:
                    continue
                seen.add(kid.objgen)
            yield kid
            stack.append(kid)


def page_of(element: Any) -> tuple[int, int] | None:
    """The page on which the element begins."""
    for each in (element, *elements(element)):
        if "/Pg" in each:
            return each.Pg.objgen
    return None


def _parents(root: Any) -> dict[int, Any]:
    found = trees.flat(root.get("/ParentTree"), "/Nums")
    good = {key: value for key, value in found if isinstance(key, int) and isinstance(value, Array | Dictionary)}
    return {key: value for key, value in good.items() if 0 <= key < 2**24}


def _forget(paper: Opened, parents: dict[int, Any]) -> None:
    """What was taken off the pages leaves the tree too, and nothing of it stays."""
    for gone in paper.gone:
        key = gone.get("/StructParent")
        holder = parents.pop(key, None) if isinstance(key, int) else None
        kids = holder.get("/K") if isinstance(holder, Dictionary) else None
        if isinstance(kids, Dictionary):
            kids = Array([kids])
        if isinstance(kids, Array):
            holder["/K"] = Array([kid for kid in kids if not _refers(kid, gone)])
    for gone in paper.gone:
        for key in list(gone.keys()):
            del gone[key]


def _refers(kid: Any, gone: Any) -> bool:
    held = kid.get("/Obj") if isinstance(kid, Dictionary) else None
    return isinstance(held, Dictionary) and held.objgen == gone.objgen


def _table(element: Any) -> Any:
    for _ in range(6):
        if not isinstance(element, Dictionary):
            return None
        if element.get("/S") == Name.Table:
            return element
        element = element.get("/P")
    return None


def _cells(table: Any) -> Iterator[Any]:
    """The cells of a table that have attributes, not what is in them. Thousands in a pack: every look counts."""
    stack, seen = [table], {table.objgen}
    while stack:
        kids = stack.pop().get("/K")
        for kid in kids if isinstance(kids, Array) else [kids]:
            if not isinstance(kid, Dictionary) or kid.objgen in seen:
                continue
            if str(kid.get("/S")) not in CELLS:
                seen.add(kid.objgen)
                stack.append(kid)
            elif "/A" in kid:
                yield kid


def _rename_headers(cell: Any, new: dict[bytes, bytes]) -> None:
    attributes = cell["/A"]
    for each in attributes if isinstance(attributes, Array) else (attributes,):
        headers = each.get("/Headers") if isinstance(each, Dictionary) else None
        if not isinstance(headers, Array):
            continue
        for at, name in enumerate(headers):
            if isinstance(name, String) and bytes(name) in new:
                headers[at] = String(new[bytes(name)])
        return


def _meant(name: str, given: dict[str, str]) -> str:
    """The standard role at the end of the chain; one that goes in circles is a plain group."""
    seen = {name}
    at = given[name]
    while at not in STANDARD_ROLES and at in given:
        if at in seen:
            return "/NonStruct"
        seen.add(at)
        at = given[at]
    return at


def _renamed_classes(found: Any, new: dict[str, str]) -> Any:
    if isinstance(found, Name):
        return Name(new.get(str(found), str(found)))
    if isinstance(found, Array):
        return Array([_renamed_classes(each, new) for each in found])
    return found
