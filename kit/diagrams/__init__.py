"""Diagrams: things and how they relate, as a picture and as a nested list from the same data.

nodes = [Node("ide", "IDE Board", "Decides", "/boards/ide/"), Node("eab", "Advisory Board", "Advises")]
edges = [Edge("eab", "ide", "advises", up=True)]
diagram(nodes, edges, "Governance map")     SVG to put into a page or a document
as_list(nodes, edges)                       the same for those who do not see it
"""

from .draw import diagram
from .listing import Branch, as_list
from .types import Edge, Nests, Node

__all__ = ["Branch", "Edge", "Nests", "Node", "as_list", "diagram"]
