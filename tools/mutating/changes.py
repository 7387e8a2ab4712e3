"""The changes that are made to a module, one at a time: each is a fault somebody could have written there."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Final

import attrs

_COMPARED: Final[dict[type[ast.cmpop], tuple[str, str]]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
_COMPUTED: Final[dict[type[ast.operator], tuple[str, str]]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
}


@attrs.frozen(order=True)
class Change:
    """Characters of a line of a module (``start`` to ``end``), and what is to stand there instead."""

    path: str
    line: int
    start: int
    end: int
    new: str
    kind: str

    def made(self, source: str) -> str:
        """The ``source`` of the module with the change."""
        lines = source.splitlines(keepends=True)
        line = lines[self.line - 1]
        lines[self.line - 1] = line[: self.start] + self.new + line[self.end :]
        return "".join(lines)


def changes(path: str, source: str) -> list[Change]:
    """Return all changes of a module, in its order."""
    finder = _Finder(path, source.splitlines())
    finder.visit(ast.parse(source))
    return sorted(set(finder.found))


class _Finder(ast.NodeVisitor):
    """Walks through a module, but for what runs nothing: annotations, docstrings, what only type checkers see."""

    def __init__(self, path: str, lines: list[str]) -> None:
        self.found: list[Change] = []
        self._path, self._lines = path, lines

    def _add(self, kind: str, line: int, start: int, end: int, new: str) -> None:
        # The tree counts bytes, and lines are characters: a line with others than ASCII is left out.
        if self._lines[line - 1].isascii():
            self.found.append(Change(self._path, line, start, end, new, kind))

    def _replace(self, kind: str, node: ast.expr | ast.stmt, new: str) -> None:
        if node.end_lineno == node.lineno and node.end_col_offset is not None:
            self._add(kind, node.lineno, node.col_offset, node.end_col_offset, new)

    def _between(self, kind: str, before: ast.expr, after: ast.expr, pair: tuple[str, str]) -> None:
        """Replace the operator between two expressions, if both and it stand in one line."""
        if before.end_lineno != after.lineno or before.end_col_offset is None:
            return
        start, end = before.end_col_offset, after.col_offset
        between = self._lines[after.lineno - 1].encode()[start:end].decode(errors="replace")
        if (at := between.find(pair[0])) >= 0:
            self._add(kind, after.lineno, start + at, start + at + len(pair[0]), pair[1])

    def visit_Compare(self, node: ast.Compare) -> None:
        for before, operator, after in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            self._between("comparison", before, after, _COMPARED[type(operator)])
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in _COMPUTED:
            self._between("operator", node.left, node.right, _COMPUTED[type(node.op)])
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if type(node.op) in _COMPUTED:
            self._between("operator", node.target, node.value, _COMPUTED[type(node.op)])
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        pair = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for before, after in zip(node.values, node.values[1:], strict=False):
            self._between("and, or", before, after, pair)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not | ast.USub):
            length = 4 if isinstance(node.op, ast.Not) else 1
            self._add("sign, not", node.lineno, node.col_offset, node.col_offset + length, "")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            self._replace("True, False", node, str(not value))
        elif isinstance(value, int | float):
            self._replace("number", node, f"({value!r} + 1)")
        elif isinstance(value, str):
            self._replace("text", node, repr(f"XX{value}XX"))

    def _condition(self, test: ast.expr) -> None:
        if test.end_lineno == test.lineno:
            text = self._lines[test.lineno - 1][test.col_offset : test.end_col_offset]
            self._replace("condition", test, f"(not ({text}))")

    def visit_If(self, node: ast.If) -> None:
        if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            self._condition(node.test)
            self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        self._condition(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._condition(node.test)
        self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
            self._replace("return", node.value, "None")
        self.generic_visit(node)

    def visit_Break(self, node: ast.Break) -> None:
        self._replace("break, continue", node, "continue")

    def visit_Continue(self, node: ast.Continue) -> None:
        self._replace("break, continue", node, "break")

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Pass over f-strings: Python 3.11 gives their parts wrong places."""

    def visit_Raise(self, node: ast.Raise) -> None:
        """Pass over what is raised: its words are no part of what is promised."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._visit_all([*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults), *node.body])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._visit_all([node.value] if node.value is not None else [])

    def visit_arg(self, node: ast.arg) -> None:
        """Pass over a parameter: it has nothing but an annotation."""

    def _visit_all(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)
