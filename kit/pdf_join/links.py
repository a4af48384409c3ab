"""The links of a paper: to the web and within itself they stay; to files and programs they go."""

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from kit.pdf_join import trees
from kit.pdf_join.names import LINK_KEYS, URI_KEYS

if TYPE_CHECKING:
    from kit.pdf_join.papers import Opened


def keep_links(paper: "Opened", addresses: tuple[str, ...]) -> None:
    """Fill paper.annotations with the links that may stay, a page each, and take all annotations off its pages."""
    places = _Places(paper.pdf, {page.objgen for page in paper.pages})
    lost = 0
    for page in paper.pages:
        found = page.get("/Annots")
        stay: list[Any] = []
        paper.annotations.append(stay)
        if found is None:
            continue
        if isinstance(found, Array):
            for each in found:
                if not isinstance(each, Dictionary) or each.get("/Subtype") != Name.Link:
                    continue
                if _cleaned(each, places, addresses):
                    stay.append(each)
                else:
                    paper.gone.append(each)
                    lost += 1
        del page["/Annots"]
    if lost:
        paper.problems.append(
            f"{lost} link{'s' * (lost != 1)} to files, programs or places that are not there left out."
        )


class _Places:
    """The named places of a paper, looked up only when a link asks for one."""

    def __init__(self, pdf: Pdf, pages: set[tuple[int, int]]) -> None:
        self.pdf, self.pages = pdf, pages
        self.named: dict[bytes, Any] | None = None

    def explicit(self, place: Any) -> Any:
        """The page and position that a destination means, or None."""
        if isinstance(place, String | Name):
            place = self._names().get(_key(place))
        if isinstance(place, Dictionary):
            place = place.get("/D")
        good = isinstance(place, Array) and len(place) > 0 and isinstance(place[0], Dictionary)
        return place if good and place[0].objgen in self.pages else None

    def _names(self) -> dict[bytes, Any]:
        if self.named is None:
            names, old = self.pdf.Root.get("/Names"), self.pdf.Root.get("/Dests")
            tree = names.get("/Dests") if isinstance(names, Dictionary) else None
            self.named = {bytes(key): value for key, value in trees.flat(tree, "/Names") if isinstance(key, String)}
            if isinstance(old, Dictionary):
                self.named |= {key[1:].encode(): old[key] for key in old.keys()}  # noqa: SIM118
        return self.named


def _key(place: Object) -> bytes:
    return bytes(place) if isinstance(place, String) else str(place)[1:].encode()


def _cleaned(link: Any, places: _Places, addresses: tuple[str, ...]) -> bool:
    """Whether the link may stay, after all but the link itself has been taken off it."""
    for key in link.keys() - LINK_KEYS:
        del link[key]
    action = link.get("/A")
    if isinstance(action, Dictionary):
        kind = action.get("/S")
        if kind == Name.URI:
            address = action.get("/URI")
            if not isinstance(address, String) or not bytes(address).decode("latin-1").strip().lower().startswith(
                addresses
            ):
                return False
            if action.keys() - URI_KEYS:
                link["/A"] = Dictionary(S=Name.URI, URI=address)
            return True
        if kind != Name.GoTo:
            return False
        link["/Dest"] = action.get("/D")
        del link["/A"]
    elif action is not None:
        return False
    place = places.explicit(link.get("/Dest"))
    if place is None:
        return False
    link["/Dest"] = place
    return True
