"""Graphs of edges with attributes, made by networkx (the extra ``graph``): objects, GraphML, node-link JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from factparse.core.errors import UsageError

if TYPE_CHECKING:
    from networkx import MultiGraph

Edge = tuple[str, str, dict[str, Any]]


def multigraph(edges: Iterable[Edge]) -> MultiGraph:
    """A networkx multigraph of ``edges``: two nodes and the attributes between them.

    Raises :class:`~factparse.UsageError` (``graph-missing``) if networkx is not installed.
    """
    try:
        from networkx import MultiGraph
    except ImportError as error:
        raise UsageError("graph-missing", "graphs need networkx: pip install 'factparse[graph]'") from error
    graph: MultiGraph = MultiGraph()
    for first, second, values in edges:
        graph.add_edge(first, second, **values)
    return graph


def graphml(edges: Iterable[Edge]) -> str:
    """The graph as GraphML text. GraphML has no lists, so they are joined by ``; ``. Evidence is given by its words.

    Raises as :func:`multigraph` does.
    """
    plain = (
        (first, second, {name: _joined(value) for name, value in values.items()}) for first, second, values in edges
    )
    graph = multigraph(plain)
    from networkx import generate_graphml

    return "\n".join(generate_graphml(graph)) + "\n"


def node_link(edges: Iterable[Edge], indent: int | None = None) -> str:
    """The graph as node-link JSON text: ``nodes`` with an ``id``, ``edges`` with ``source`` and ``target``.

    Raises as :func:`multigraph` does.
    """
    graph = multigraph(edges)
    from networkx import node_link_data

    return json.dumps(node_link_data(graph, edges="edges"), ensure_ascii=False, indent=indent)


def _joined(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "; ".join(
            f"{item['subject']}: {item['text']}" if isinstance(item, dict) else str(item) for item in value
        )
    return str(value)
