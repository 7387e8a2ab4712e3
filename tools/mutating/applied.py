"""Makes a change in a process that has imported the module already, so that nothing is imported for each change.

The code of functions is exchanged where they live, and assignments of a module are run again. What stands in the body
of a class or before a function (defaults, decorators) cannot be changed so.
"""

from __future__ import annotations

import ast
import functools
import gc
import inspect
import sys
from collections import defaultdict
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType

from tools.mutating.changes import Change

_BELOW = ("factparse.core", "factparse.vocabulary", "factparse.sources")  # they call nothing that is changed
_Key = tuple[str, str, int]


class Live:
    """The functions of the project, and the modules, as they live in this process."""

    def __init__(self) -> None:
        self._functions: dict[_Key, list[FunctionType]] = defaultdict(list)
        for found in gc.get_objects():
            if isinstance(found, FunctionType) and "/factparse/" in found.__code__.co_filename:
                self._functions[_key(found.__code__)].append(found)
        self._modules = {
            module.__file__: module for module in list(sys.modules.values()) if getattr(module, "__file__", None)
        }

    def make(self, change: Change, path: str) -> bool:
        """Make the change, whose module was read from ``path``; return false, with nothing changed, if it cannot be."""
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            source = file.read()
        new_source = change.made(source)
        old, new = compile(source, path, "exec"), compile(new_source, path, "exec")
        module = self._modules.get(path)
        if module is None:
            return False
        if _own(old) != _own(new):
            return _assigned(module, ast.parse(new_source), change.line)
        pairs = list(_pairs(old, new))
        if any(_own(one) != _own(other) and not one.co_flags & inspect.CO_NEWLOCALS for one, other in pairs):
            return False  # the body of a class
        changed = [(function, other) for one, other in pairs for function in self._functions.get(_key(one), ())]
        for function, code in changed:
            function.__code__ = code
        return bool(changed)


def _key(code: CodeType) -> _Key:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _own(code: CodeType) -> tuple[object, ...]:
    """What a piece of code does itself, without the functions in it."""
    constants = tuple((type(each), each) for each in code.co_consts if not isinstance(each, CodeType))
    return code.co_code, code.co_names, repr(constants)


def _pairs(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """The pieces of code inside that differ, with what they become."""
    within = [[each for each in code.co_consts if isinstance(each, CodeType)] for code in (old, new)]
    for one, other in zip(*within, strict=True):
        if one != other:
            yield one, other
            yield from _pairs(one, other)


def _assigned(module: ModuleType, tree: ast.Module, line: int) -> bool:
    """Run the assignment of that line again, and those behind it; tell other modules that imported the names."""
    assignments = [part for part in tree.body if isinstance(part, ast.Assign | ast.AnnAssign)]
    if not any(part.lineno <= line <= (part.end_lineno or 0) for part in assignments):
        return False
    before = dict(vars(module))
    behind: list[ast.stmt] = [part for part in assignments if (part.end_lineno or 0) >= line]
    try:
        exec(compile(ast.Module(behind, []), str(module.__file__), "exec"), vars(module))
    except Exception:  # as its import would fail
        sys.exit(1)
    for name, value in list(vars(module).items()):
        if name in before and before[name] is not value:
            for other in list(sys.modules.values()):
                if getattr(other, "__dict__", {}).get(name) is before[name]:
                    setattr(other, name, value)
    return True


def forget() -> None:
    """Empty all memories of functions that may call what is changed, and the memory of cells."""
    from factparse.extract import CELLS

    CELLS.clear()
    for found in gc.get_objects():
        if isinstance(found, functools._lru_cache_wrapper):
            module = getattr(found, "__module__", None) or ""
            if module.startswith("factparse.") and not module.startswith(_BELOW):
                found.cache_clear()
