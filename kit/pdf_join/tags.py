"""The tags of papers, carried over: one tree, one parent tree, one role map for the whole pack.

A paper is made ready while it still stands alone (its keys move up, its names give way to those already taken),
then its tree is copied in one go and becomes a Part below the one Document.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from kit.pdf_join import trees
from kit.pdf_join.names import STANDARD_ROLES
from kit.pdf_join.papers import Opened

CELLS = frozenset(("/TH", "/TD"))


@dataclass
class Tags:
    """What the papers so far have taken, so that the next gives way; and what to write at the end."""

    next_key: int = 0
    count: int = 0
    ids: dict[bytes, Any] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    classes: dict[str, tuple[bytes, Any]] = field(default_factory=dict)
    leaves: list[tuple[int, int, Any]] = field(default_factory=list)
    namespaces: list[Any] = field(default_factory=list)

    def make_ready(self, paper: Opened) -> Dictionary:
        """What to copy of a tagged paper besides its pages. The paper is changed in memory."""
        self.count += 1
        root = paper.pdf.Root.StructTreeRoot
        parents = _parents(root)
        _forget(paper, parents)
        top = self._shift(paper, parents)
        carried = Dictionary(
            Leaf=Array([each for key in sorted(parents) for each in (key + self.next_key, parents[key])]),
            Ids=self._ids(root),
            Spaces=root.get("/Namespaces", Array()),
        )
        self._names(root, carried)
        for key in root.keys() - {"/K"}:
            del root[key]
        root["/Type"], root["/S"] = Name.StructElem, Name.Part
        carried["/Part"] = root if root.is_indirect else paper.pdf.make_indirect(root)
        self._first, self.next_key = self.next_key, top
        return carried

    def take(self, copied: Any) -> Any:
        """Note what has been copied; the Part is given back, still without a parent."""
        if len(copied.Leaf):
            self.leaves.append((self._first, self.next_key - 1, copied.Leaf))
        items = list(copied.Ids)
        self.ids |= {bytes(key): value for key, value in zip(items[::2], items[1::2], strict=True)}
        for name in copied.Classes.keys():  # noqa: SIM118
            self.classes[name] = (self.classes[name][0], copied.Classes[name])
        self.namespaces += list(copied.Spaces)
        part = copied.Part
        kids = part.get("/K")
        kids = list(kids) if isinstance(kids, Array) else [kids]
        for kid in kids:
            if kid.get("/S") == Name.Document:  # there is one Document, the pack
                kid["/S"] = Name.Sect
        return part

    def new_leaf(self, values: Any) -> int:
        """The key of a new entry in the parent tree."""
        key = self.next_key
        self.leaves.append((key, key, Array([key, values])))
        self.next_key += 1
        return key

    def write(self, out: pikepdf.Pdf, parts: list[Any]) -> None:
        """The tree of the whole file."""
        document = out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
        root = out.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([document])))
        document["/P"], document["/K"] = root, Array(parts)
        for part in parts:
            part["/P"] = document
        leaves = [
            out.make_indirect(Dictionary(Limits=Array([first, last]), Nums=leaf)) for first, last, leaf in self.leaves
        ]
        root["/ParentTree"] = out.make_indirect(Dictionary(Kids=Array(leaves)))
        root["/ParentTreeNextKey"] = self.next_key
        if self.roles:
            root["/RoleMap"] = Dictionary({name: Name(to) for name, to in sorted(self.roles.items())})
        if self.classes:
            root["/ClassMap"] = Dictionary({name: value for name, (_, value) in sorted(self.classes.items())})
        if self.ids:
            pairs = [each for key in sorted(self.ids) for each in (String(key), self.ids[key])]
            root["/IDTree"] = Dictionary(Names=Array(pairs))
        if self.namespaces:
            root["/Namespaces"] = Array(self.namespaces)
        out.Root["/StructTreeRoot"] = root
        out.Root["/MarkInfo"] = Dictionary(Marked=True)

    def _shift(self, paper: Opened, parents: dict[int, Any]) -> int:
        """Move the keys of pages, links and drawings up; one that leads nowhere goes."""
        holders = [(page, "/StructParents") for page in paper.pages]
        holders += [(link, "/StructParent") for links in paper.annotations for link in links]
        for drawing in paper.drawings:
            holders += [(drawing, key) for key in ("/StructParents", "/StructParent")]
        for holder, name in holders:
            key = holder.get(name)
            if key is None:
                continue
            if key in parents:
                holder[name] = key + self.next_key
            else:
                del holder[name]
        return self.next_key + max(parents, default=-1) + 1

    def _ids(self, root: Any) -> Array:
        """Names of elements. One that is taken gets an end of its own, also where cells of its table refer to it."""
        kept: list[Any] = []
        new: dict[bytes, bytes] = {}
        tables: dict[tuple[int, int], Any] = {}
        for name, element in trees.flat(root.get("/IDTree"), "/Names"):
            if not isinstance(name, String) or not isinstance(element, Dictionary):
                continue
            old = bytes(name)
            if old in self.ids:
                new[old] = b"%s~%d" % (old, self.count)
                element["/ID"] = String(new[old])
                table = _table(element)
                if table is not None:
                    tables[table.objgen] = table
            kept += [String(new.get(old, old)), element]
        for table in tables.values():
            for cell in _cells(table):
                _rename_headers(cell, new)
        return Array(kept)

    def _names(self, root: Any, carried: Dictionary) -> None:
        roles, classes = self._roles(root), self._classes(root, carried)
        if not roles and not classes:
            return
        for element in elements(root):
            role = str(element.get("/S"))
            if role in roles:
                element["/S"] = Name(roles[role])
            if classes and "/C" in element:
                element["/C"] = _renamed_classes(element["/C"], classes)

    def _roles(self, root: Any) -> dict[str, str]:
        """Which roles of this paper need another name, because another paper means something else by theirs."""
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
            if name in STANDARD_ROLES or self.roles.get(name, meant) != meant:
                taken = new[name] = f"{name}-{self.count}"
            self.roles[taken] = meant
        return new

    def _classes(self, root: Any, carried: Dictionary) -> dict[str, str]:
        own, kept, new = root.get("/ClassMap"), Dictionary(), {}
        if isinstance(own, Dictionary):
            for name in sorted(own.keys()):
                said = own[name].unparse(resolved=True)
                taken = name
                if name in self.classes and self.classes[name][0] != said:
                    taken = new[name] = f"{name}-{self.count}"
                self.classes[taken] = (said, None)
                kept[taken] = own[name]
        carried["/Classes"] = kept
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
