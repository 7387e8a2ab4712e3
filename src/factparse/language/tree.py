"""The value tree, which shows what a cell is made of and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Value(NamedTuple):
    """A node of the value tree: its ``kind``, the half-open range of the cell it covers, and its children.

    A node without children is a leaf. The leaves of a tree joined are the cell, character for character. The tree holds
    only offsets, so methods that show text are given the cell. ``docs/language.md`` tells how a cell is read.

    >>> tree = Value("cell", 0, 4, (Value("number", 0, 3), Value("percent", 3, 4)))
    >>> [leaf.text("100%") for leaf in tree.leaves()]
    ['100', '%']
    """

    kind: str
    start: int
    end: int
    children: tuple[Value, ...] = ()

    def text(self, cell: str) -> str:
        """The characters that this node covers; ``cell`` must be the text the tree was made of."""
        return cell[self.start : self.end]

    def walk(self) -> Iterator[Value]:
        """Yield this node and all nodes below it, in reading order: a node comes before its children."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def leaves(self) -> Iterator[Value]:
        """Yield the leaves in reading order: what they cover, joined, is what this node covers."""
        return (node for node in self.walk() if not node.children)

    def find(self, *kinds: str) -> Iterator[Value]:
        """Yield the nodes of these kinds in reading order, this node among them if it is of one."""
        return (node for node in self.walk() if node.kind in kinds)

    def child(self, *kinds: str) -> Value | None:
        """The first direct child of one of these kinds, or ``None``."""
        return next((node for node in self.children if node.kind in kinds), None)

    def pretty(self, cell: str) -> str:
        """The tree as text: a line for each node, indented by its depth, and behind a leaf what it covers of ``cell``.

        >>> print(Value("cell", 0, 3, (Value("number", 0, 2), Value("percent", 2, 3))).pretty("12%"))
        cell
          number '12'
          percent '%'
        """
        lines: list[str] = []
        stack = [(self, 0)]
        while stack:
            node, depth = stack.pop()
            lines.append("  " * depth + (node.kind if node.children else f"{node.kind} {node.text(cell)!r}"))
            stack.extend((child, depth + 1) for child in reversed(node.children))
        return "\n".join(lines)
