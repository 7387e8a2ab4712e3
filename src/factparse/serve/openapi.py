"""The OpenAPI 3.1 description of the server. Its schemas are JSON Schema 2020-12."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from factparse import __version__
from factparse.output.schema import json_schema
from factparse.serve.answers import ExtractRequest, ParseRequest

_JSON: Final = "application/json"
_TEXT: Final = {"schema": {"type": "string"}}
_STATES: Final = {
    "400": "The request makes no sense: the JSON is not as described, or a parameter is wrong.",
    "403": "The request names another host, or comes from a page of another site.",
    "408": "The request did not come in time.",
    "413": "The request is too large.",
    "415": "The Content-Type is none that this address takes.",
}


def description() -> dict[str, Any]:
    """The description of the server, with the published schema of pages among its components."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "factparse",
            "version": __version__,
            "description": "Typed facts, with their sources, from raw text of the World Factbook.",
        },
        "paths": {
            "/parse": {"post": _parse()},
            "/extract": {"post": _extract()},
            "/report": {"post": _report()},
            "/schema.json": {"get": _given("The JSON Schema of a page", "application/schema+json")},
        },
        "components": {"schemas": _schemas()},
    }


def _parse() -> dict[str, Any]:
    flags = [_parameter(name, {"type": "boolean"}, f"Of text and HTML: {said}") for name, said in _FLAGS.items()]
    return {
        "summary": "The pages of a text or of HTML, with their facts",
        "operationId": "parse",
        "parameters": flags,
        "requestBody": _body({_JSON: _ref("ParseRequest"), "text/plain": _TEXT, "text/html": _TEXT}),
        "responses": _responses("ParseAnswer"),
    }


_FLAGS: Final = {
    "editions": "tell which editions print each cell",
    "prose": "with the figures of natural prose among the facts",
}


def _extract() -> dict[str, Any]:
    return {
        "summary": "The facts of one field's text, without a page",
        "operationId": "extract",
        "requestBody": _body({_JSON: _ref("ExtractRequest")}),
        "responses": _responses("ExtractAnswer"),
    }


def _report() -> dict[str, Any]:
    html = {
        "description": "One HTML file. The header X-Pages says how many pages there are.",
        "content": {"text/html": {}},
    }
    return {
        "summary": "The report of a page of a file, as HTML to look at",
        "operationId": "report",
        "parameters": [
            _parameter("name", {"type": "string"}, "The name of the file, whose end tells its format"),
            _parameter("page", {"type": "integer", "minimum": 0}, "Which of its pages, from 0"),
        ],
        "requestBody": _body({"application/octet-stream": {}}),
        "responses": {"200": html, **_refusals()},
    }


def _given(said: str, kind: str) -> dict[str, Any]:
    return {"summary": said, "responses": {"200": {"description": said, "content": {kind: {}}}}}


def _parameter(name: str, schema: dict[str, Any], said: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": said, "schema": schema}


def _body(content: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": content}


def _ref(name: str) -> dict[str, Any]:
    return {"schema": {"$ref": f"#/components/schemas/{name}"}}


def _responses(name: str) -> dict[str, Any]:
    return {"200": {"description": "What was read", "content": {_JSON: _ref(name)}}, **_refusals()}


def _refusals() -> dict[str, Any]:
    return {state: {"description": said, "content": {_JSON: _ref("Error")}} for state, said in _STATES.items()}


def _schemas() -> dict[str, Any]:
    """The schemas of requests and answers. Facts and pages have the published schemas."""
    page = _moved(json_schema())
    parts = page.pop("$defs")
    _, asked = msgspec.json.schema_components(
        (ParseRequest, ExtractRequest), ref_template="#/components/schemas/{name}"
    )
    facts = page["properties"]["facts"]
    return {
        "Page": {key: value for key, value in page.items() if not key.startswith("$")},
        **parts,
        **asked,
        "ParseAnswer": _holding(pages={"type": "array", "items": {"$ref": "#/components/schemas/Page"}}),
        "ExtractAnswer": _holding(facts=facts, remarks={"type": "array", "items": {"type": "string"}}),
        "Error": _holding(error={"type": "object", "required": ["code", "message"]}),
    }


def _holding(**schemas: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": schemas, "required": [*schemas]}


def _moved(schema: Any) -> Any:  # noqa: ANN401 (JSON of any depth)
    """A copy of ``schema`` in which references lead to the components of the description."""
    if isinstance(schema, dict):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/") if key == "$ref" else _moved(value)
            for key, value in schema.items()
        }
    return [_moved(each) for each in schema] if isinstance(schema, list | tuple) else schema
