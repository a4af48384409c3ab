"""The picture holds what the data holds, safely; and the list says the same."""

import itertools
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kit.charts.layers import COLOURS, INK
from kit.diagrams import Branch, Edge, Nests, Node, as_list, diagram
from kit.diagrams.layout import WIDEST, laid_out

SVG = "{http://www.w3.org/2000/svg}"
BOARDS = [
    Node("eab", "STRIDE External Advisory Board", "Advises", "/boards/eab/"),
    Node("ide", "Management Board: Inclusion, Diversity and Engagement", "Decides", "/boards/ide/?a=1&b=2"),
    Node("dlv", "STRIDE Delivery Board", "Delivers"),
]
LINES = [
    Edge("eab", "ide", "advises", up=True),
    Edge("dlv", "ide", "reports to", up=True),
    Edge("ide", "dlv", "directs"),
]
KEYS = [str(n) for n in range(8)]
GRAPHS = st.tuples(
    st.integers(0, 8),
    st.lists(
        st.builds(
            Edge,
            st.sampled_from(KEYS),
            st.sampled_from(KEYS),
            st.sampled_from("abcdefghij"),
            st.booleans(),
            st.sampled_from(Nests),
        ),
        max_size=20,
    ),
)


def tree(svg: str):
    return etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False))


def words(element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def boxes(root) -> list[tuple[float, float, float, float]]:
    found = [rect for rect in root.iter(f"{SVG}rect") if rect.get("stroke")]
    return [tuple(float(rect.get(name)) for name in ("x", "y", "width", "height")) for rect in found]


def test_titles_are_whole_and_wrapped_and_link():
    root = tree(diagram(BOARDS, LINES, "Governance map"))
    links = {link.get("href"): words(link.find(f"{SVG}text")) for link in root.iter(f"{SVG}a")}
    assert links == {node.href: node.title for node in BOARDS if node.href}
    spans = [span.text for span in root.iter(f"{SVG}tspan")]
    assert "Management Board:" in spans


def test_the_text_alternative_says_every_relation():
    root = tree(diagram(BOARDS, LINES, "Governance map"))
    assert root.get("aria-labelledby") == root.find(f"{SVG}title").get("id")
    assert root.get("aria-describedby") == root.find(f"{SVG}desc").get("id")
    assert root.find(f"{SVG}title").text == "Governance map"
    assert "STRIDE Delivery Board reports to Management Board: Inclusion" in root.find(f"{SVG}desc").text


def test_kinds_differ_by_word_line_and_colour():
    svg = diagram(BOARDS, LINES, "Governance map")
    root = tree(svg)
    legend = [words(group) for group in list(root)[-1]]
    assert legend == ["Advises", "Decides", "Delivers", "Advises", "Reports to", "Directs"]
    strokes = {(path.get("stroke"), path.get("stroke-dasharray")) for path in root.iter(f"{SVG}path")}
    assert len(strokes - {("#ffffff", None), (None, None)}) == 3


def test_only_our_colours_and_nothing_that_the_policy_refuses():
    many = [Edge("eab", "ide", f"kind {n}") for n in range(10)]
    root = tree(diagram(BOARDS, many, "Governance map"))
    used = {element.get(name) for element in root.iter() for name in ("fill", "stroke") if element.get(name)}
    assert used <= {*COLOURS, INK, "#ffffff", "none"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "g", "a", "rect", "path", "text", "tspan")
    }
    assert not [name for element in root.iter() for name in element.attrib if name == "style" or name.startswith("on")]


def test_hostile_text_stays_text():
    bad = '</title><script>alert("1")</script>\x00 & “so”'
    root = tree(diagram([Node("a", bad, bad, '/x"onload="y')], [Edge("a", "a", bad)], bad))
    assert "alert" in root.find(f"{SVG}title").text
    assert not list(root.iter(f"{SVG}script"))
    assert next(root.iter(f"{SVG}a")).get("href") == '/x"onload="y'


def test_an_address_that_runs_is_refused():
    with pytest.raises(ValueError, match="no address of a page"):
        Node("a", "A", href="javascript:alert(1)")


def test_what_reports_up_stands_below():
    tops = {}
    for link in tree(diagram([Node(n.key, n.title, "", f"/{n.key}/") for n in BOARDS], LINES[1:], "Map")).iter(
        f"{SVG}a"
    ):
        tops[link.get("href")] = float(link.find(f"{SVG}rect").get("y"))
    assert tops["/ide/"] < tops["/dlv/"]


def test_nothing_and_lines_to_what_is_not_there():
    assert "There is nothing to show yet." in diagram([], LINES, "Map")
    root = tree(diagram(BOARDS[:1], LINES, "Map"))
    assert len(boxes(root)) == 1
    assert not list(root.iter(f"{SVG}path"))


def test_a_wide_map_turns_to_fit_the_page():
    sizes = {str(n): (196.0, 84.0) for n in range(12)}
    edges = [Edge(str(n), "0", "reports to", up=True) for n in range(1, 12)]
    layout = laid_out(sizes, edges)
    assert layout.width <= WIDEST
    assert layout.height > layout.width


@settings(deadline=None)
@given(graph=GRAPHS)
def test_any_graph_is_drawn_whole(graph):
    """Circles, lines to itself, twins and lone boxes too: no box on another, none outside, the same each time."""
    count, edges = graph
    nodes = [Node(key, f"Board {key}") for key in KEYS[:count]]
    svg = diagram(nodes, edges, "Map")
    assert svg == diagram(nodes, edges, "Map")
    root = tree(svg)
    found = boxes(root)
    assert len(found) == count
    wide, high = float(root.get("width")), float(root.get("height"))
    assert all(x >= 0 and y >= 0 and x + w <= wide and y + h <= high for x, y, w, h in found)
    for one, two in itertools.combinations(found, 2):
        apart = (
            one[0] + one[2] <= two[0]
            or two[0] + two[2] <= one[0]
            or one[1] + one[3] <= two[1]
            or two[1] + two[3] <= one[1]
        )
        assert apart
    drawn = [edge for edge in set(edges) if {edge.source, edge.target} <= set(KEYS[:count])]
    assert sum(1 for path in root.iter(f"{SVG}path") if path.get("stroke") == "#ffffff") == len(drawn)


@given(graph=GRAPHS)
def test_the_list_has_each_board_and_each_relation_once(graph):
    count, edges = graph
    nodes = [Node(key, f"Board {key}") for key in KEYS[:count]]
    found = list(_flat(as_list(nodes, edges)))
    assert sorted(each.node.key for each in found if not each.again) == KEYS[:count]
    wanted = {edge for edge in edges if {edge.source, edge.target} <= set(KEYS[:count])}
    said = Counter(f"Board {edge.source} {edge.kind} Board {edge.target}" for edge in wanted)
    assert Counter(each.words for each in found if each.words) == said


def _flat(branches: list[Branch] | tuple[Branch, ...]):
    for each in branches:
        yield each
        yield from _flat(each.branches)


def test_the_list_nests_from_the_top():
    (top,) = as_list(BOARDS, LINES)
    assert top.node.key == "ide"
    assert [(each.node.key, each.words, each.again) for each in top.branches] == [
        ("eab", f"{BOARDS[0].title} advises {BOARDS[1].title}", False),
        ("dlv", f"{BOARDS[2].title} reports to {BOARDS[1].title}", False),
        ("dlv", f"{BOARDS[1].title} directs {BOARDS[2].title}", True),
    ]


def test_the_list_nests_by_the_stronger_relation_and_never_by_a_weak_one():
    """However they come: who reports hangs below, who is only depended on is named below those who depend on it."""
    edges = [
        Edge("dlv", "eab", "directs", up=True),
        Edge("ide", "eab", "depends on", up=True, nests=Nests.NEVER),
        Edge("dlv", "ide", "reports to", up=True, nests=Nests.FIRST),
    ]
    first, second = as_list(BOARDS, edges)
    assert [each.node.key for each in (first, second)] == ["ide", "eab"]
    assert [(each.node.key, each.again) for each in second.branches] == [("dlv", True)]
    assert [(each.node.key, each.again) for each in first.branches] == [("dlv", False), ("eab", True)]


def test_forty_boards_are_drawn_in_half_a_second():
    nodes = [Node(str(n), f"Programme Board number {n} for culture and standards", "Decides") for n in range(40)]
    edges = [Edge(str(n), str((n - 1) // 4), "reports to", up=True) for n in range(1, 40)]
    edges += [Edge(str(n), str(n * 7 % 40), "meets before") for n in range(0, 40, 3)]
    started = time.perf_counter()
    diagram(nodes, edges, "Map")
    assert time.perf_counter() - started < 0.5
