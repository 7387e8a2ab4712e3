"""The JSON Schema of a page."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any, get_args

import msgspec

from factparse.core.facts import AnyFact
from factparse.core.spans import Span
from factparse.output.json import SCHEMA_VERSION, fact_fields

_NAME = "https://json-schema.org/draft/2020-12/schema"
_SPAN = {
    "title": "Span",
    "description": "Half-open ranges of character offsets into the page's text: start, end, start, end, ...",
    "type": "array",
    "items": {"type": "integer", "minimum": 0},
    "minItems": 2,
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that the JSON of every page obeys; ``factparse schema`` prints it.

    A fact's ``type`` tells which of the ``$defs`` describes it.

    >>> sorted(json_schema()["properties"])
    ['countries', 'diagnostics', 'facts', 'kind', 'known', 'schema_version', 'sections', 'source', 'text']
    """
    kinds = get_args(AnyFact)
    _, definitions = msgspec.json.schema_components(kinds, schema_hook=_hook, ref_template="#/$defs/{name}")
    facts = {kind.__name__: _closed(definitions[kind.__name__], fact_fields(kind)) for kind in kinds}
    page = _object(
        schema_version={"const": SCHEMA_VERSION},
        kind={"enum": ["comparison", "country"]},
        source=_source(),
        countries={"type": "array", "items": {"type": "string"}, "maxItems": 2},
        sections=_list_of("Section"),
        facts={"type": "array", "items": {"anyOf": [_ref(name) for name in facts]}},
        diagnostics=_list_of("Diagnostic"),
    )
    page["properties"]["known"] = _list_of("KnownEdition")  # this and the editions of cells are written on request
    page["properties"]["text"] = {"type": "string"}  # written only of HTML: what it was rendered to, which spans cut
    return {
        "$schema": _NAME,
        "title": "factparse page",
        "description": (
            "One page, of two countries side by side or of one: its rows as they were printed, and the typed facts "
            "read from them."
        ),
        **page,
        "$defs": {**_table(), **facts, "Span": _SPAN},
    }


def _source() -> dict[str, Any]:
    text, number = _or_null("string"), _or_null("integer")
    source = _object(name=text, record=number, page={"type": "integer"}, url=text)
    source["properties"]["date"] = {"type": "string"}  # written only where an archive tells it
    return source


def _table() -> dict[str, Any]:
    text = {"type": "string"}
    span = _ref("Span")
    sure = {"type": "number", "minimum": 0, "maximum": 1}
    cells = {"type": "array", "items": _ref("Cell"), "minItems": 1, "maxItems": 2}
    number = {"type": "integer", "minimum": 1}
    cell = _object(country=_or_null("string"), text=text, span=span)
    cell["properties"]["editions"] = {"type": "array", "items": text}
    row = _object(label=text, field=_or_null("string"), layout=text, confidence=sure, cells=cells)
    row["properties"]["likelier"] = text  # written only of a row whose cell is nobody's
    return {
        "Section": _object(topic=_or_null("string"), rows=_list_of("Row")),
        "Row": row,
        "Cell": cell,
        "KnownEdition": _object(edition=text, cells=number, of=number),
        "Diagnostic": _object(code=text, message=text, span={"anyOf": [span, {"type": "null"}]}),
    }


def _closed(definition: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The schema of a class, made strict: it has every field and no other, ``derived`` only where that is true."""
    properties = {name: _plain(definition["properties"][name]) for name in names}
    properties["derived"] = {"const": True}
    # Python 3.13 takes the indentation out of docstrings, older ones leave it in.
    said = {"description": cleandoc(definition["description"])} if "description" in definition else {}
    return {
        **definition,
        **said,
        "properties": properties,
        "required": [name for name in names if name != "derived"],
        "additionalProperties": False,
    }


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without its default, since every field is written, and with a nullable type as a plain list."""
    kept = {key: value for key, value in schema.items() if key != "default"}
    options = kept.get("anyOf", ())
    if options and all(set(option) == {"type"} for option in options):
        return {"type": [option["type"] for option in options]}
    return kept


def _hook(kind: type) -> dict[str, Any]:
    if kind is Span:
        return _ref("Span")
    raise NotImplementedError(kind)  # msgspec asks for this where a type has no schema


def _object(**properties: object) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list_of(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _ref(name)}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(kind: str) -> dict[str, Any]:
    return {"type": [kind, "null"]}
