"""The value tree: what a cell is made of, with nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Value(NamedTuple):
    """A node of the value tree: its ``kind``, the half-open range of the cell it covers, and what it is made of.

    A node without children is a leaf. The leaves of a tree joined are the cell, character for character;
    ``docs/language.md`` lists the kinds. The tree holds offsets only, so its methods take the cell's text where needed.

    >>> tree = Value("cell", 0, 4, (Value("number", 0, 3), Value("percent", 3, 4)))
    >>> [leaf.text("100%") for leaf in tree.leaves()]
    ['100', '%']
    """

    kind: str
    start: int
    end: int
    children: tuple[Value, ...] = ()

    def text(self, cell: str) -> str:
        """The characters of ``cell`` that this node covers."""
        return cell[self.start : self.end]

    def walk(self) -> Iterator[Value]:
        """Yield this node and everything below it, in reading order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def leaves(self) -> Iterator[Value]:
        """Yield the leaves, in reading order."""
        return (node for node in self.walk() if not node.children)

    def find(self, *kinds: str) -> Iterator[Value]:
        """Yield the nodes of these kinds, this one included, in reading order."""
        return (node for node in self.walk() if node.kind in kinds)

    def child(self, *kinds: str) -> Value | None:
        """The first direct child of one of these kinds, or ``None``."""
        return next((node for node in self.children if node.kind in kinds), None)

    def pretty(self, cell: str) -> str:
        """The tree as indented lines, a leaf with its text.

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
