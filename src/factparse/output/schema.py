"""The JSON Schema of a page."""

from __future__ import annotations

from collections.abc import Iterable
from inspect import cleandoc
from typing import Any, get_args

import msgspec

from factparse.core.facts import AnyFact
from factparse.core.spans import Span
from factparse.core.written import fact_defaults, fact_fields
from factparse.output.json import SCHEMA_VERSION

_NAME = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": "string"}
_SPAN = {
    "title": "Span",
    "description": "Half-open ranges of character offsets into the page's text: start, end, start, end, ...",
    "type": "array",
    "items": {"type": "integer", "minimum": 0},
    "minItems": 2,
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a page's JSON. ``factparse schema`` prints it.

    A fact's ``type`` tells which of the ``$defs`` describes it. A property that may be left out has a ``default``,
    unless its description says when it is there. ``version`` is that of the JSON.

    >>> sorted(json_schema()["properties"])[:8]
    ['countries', 'diagnostics', 'editions', 'facts', 'kind', 'known', 'schema_version', 'sections']
    """
    kinds = get_args(AnyFact)
    _, definitions = msgspec.json.schema_components(kinds, schema_hook=_hook, ref_template="#/$defs/{name}")
    facts = {kind.__name__: _closed(definitions[kind.__name__], kind) for kind in kinds}
    return {
        "$schema": _NAME,
        "$id": f"urn:factparse:page:{SCHEMA_VERSION}",
        "version": SCHEMA_VERSION,
        "title": "factparse page",
        "description": (
            "One page, of two countries side by side or of one: its rows as they were printed, and the typed facts "
            "read from them."
        ),
        **_page(facts),
        "$defs": {**_table(), **facts, "Span": _SPAN},
    }


def _page(facts: Iterable[str]) -> dict[str, Any]:
    names = {"type": "array", "items": _or_null("string"), "maxItems": 2, "default": []}
    rendered = "What HTML was rendered to, which spans refer to; there for HTML only."
    return _object(
        {
            "schema_version": {"const": SCHEMA_VERSION},
            "kind": {"enum": ["comparison", "country"]},
            "source": _source(),
            "countries": {"type": "array", "items": _TEXT, "maxItems": 2},
            "span": _ref("Span"),
            "sections": _list_of("Section"),
            "facts": {"type": "array", "items": {"anyOf": [_ref(name) for name in facts]}},
            "diagnostics": _list_of("Diagnostic"),
        },
        {
            "editions": {**names, "description": "As the headers of the columns print them, or a table of cells."},
            "known": {**_list_of("KnownEdition"), "description": "The editions of the cells; there on request."},
            "text": {**_TEXT, "description": rendered},
        },
    )


def _source() -> dict[str, Any]:
    text = _or_null("string")
    required = {"name": text, "record": _or_null("integer"), "page": {"type": "integer"}, "url": text}
    return _object(required, {"date": {**text, "default": None}})


def _table() -> dict[str, Any]:
    span = _ref("Span")
    sure = {"type": "number", "minimum": 0, "maximum": 1}
    cells = {"type": "array", "items": _ref("Cell"), "minItems": 1, "maxItems": 2}
    number = {"type": "integer", "minimum": 1}
    printed = {"type": "array", "items": _TEXT, "description": "Those that print the cell; there on request."}
    owner = "The likelier country of a cell that is nobody's; there only with such a cell."
    row = {"label": _TEXT, "field": _or_null("string"), "layout": _TEXT, "confidence": sure, "span": span}
    place = {"anyOf": [span, {"type": "null"}]}
    return {
        "Section": _object({"topic": _or_null("string"), "span": span, "rows": _list_of("Row")}),
        "Row": _object({**row, "cells": cells}, {"likelier": {**_TEXT, "description": owner}}),
        "Cell": _object({"country": _or_null("string"), "text": _TEXT, "span": span}, {"editions": printed}),
        "KnownEdition": _object({"edition": _TEXT, "cells": number, "of": number}),
        "Diagnostic": _object({"code": _TEXT, "message": _TEXT, "span": place}),
    }


def _closed(definition: dict[str, Any], kind: type) -> dict[str, Any]:
    """The strict schema of a class. It allows no other fields, and requires all fields without a default."""
    usual = fact_defaults(kind)
    properties = {name: _plain(definition["properties"][name], name in usual) for name in fact_fields(kind)}
    # Python 3.13 removes the indentation of docstrings. Earlier versions keep it.
    said = {"description": cleandoc(definition["description"])} if "description" in definition else {}
    return {
        **definition,
        **said,
        "properties": properties,
        "required": [name for name in properties if name not in usual],
        "additionalProperties": False,
    }


def _plain(schema: dict[str, Any], optional: bool) -> dict[str, Any]:
    """The schema of a field. It has a default only if the field is optional. A nullable type is a plain list."""
    kept = {key: value for key, value in schema.items() if key != "default"}
    options = kept.get("anyOf", ())
    if options and all(set(option) == {"type"} for option in options):
        kept = {"type": [option["type"] for option in options]}
    if optional:
        kept["default"] = list(schema["default"]) if isinstance(schema["default"], tuple) else schema["default"]
    return kept


def _hook(kind: type) -> dict[str, Any]:
    if kind is Span:
        return _ref("Span")
    raise NotImplementedError(kind)  # msgspec asks for this where a type has no schema


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _list_of(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _ref(name)}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(kind: str) -> dict[str, Any]:
    return {"type": [kind, "null"]}
