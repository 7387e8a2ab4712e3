"""The server: what it answers, what it refuses, and its own page."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

import factparse
from factparse.cli import cli
from factparse.core.errors import OutputError, UsageError
from tests.made import PAGE

pytest.importorskip("starlette", reason="no starlette here: pip install 'factparse[serve]'")
pytest.importorskip("httpx2", reason="no httpx2 here: pip install 'factparse[test]'")

from starlette.requests import Request
from starlette.testclient import TestClient

from factparse.serve import guard
from factparse.serve.answers import MOST_PAGES
from factparse.serve.app import application
from factparse.serve.guard import host_name
from factparse.serve.running import hosts_of, run

HOME = "http://127.0.0.1:8765"
MOST = 20_000
FILE = {"Content-Type": "application/octet-stream"}
TEXT = {"Content-Type": "text/plain; charset=utf-8"}


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(application(max_bytes=MOST), base_url=HOME, raise_server_exceptions=False) as client:
        yield client


def code_of(answer: Any) -> tuple[int, str]:  # noqa: ANN401
    told = answer.json()["error"]
    assert told["message"]
    return answer.status_code, told["code"]


# ---- answers


def test_a_text_is_answered_with_its_pages(client: TestClient) -> None:
    validator = jsonschema.Draft202012Validator(factparse.json_schema())
    for answer in (
        client.post("/parse", content=PAGE.encode(), headers=TEXT),
        client.post("/parse", json={"text": PAGE}),
    ):
        assert answer.status_code == 200
        (page,) = answer.json()["pages"]
        validator.validate(page)
        assert page["countries"] == ["Malta", "Aruba"]
        assert len(page["facts"]) == 2


def test_html_is_read_as_html(client: TestClient, pages: Path) -> None:
    html = (pages / "page.html").read_bytes()
    told = client.post("/parse", content=html, headers={"Content-Type": "text/html"}).json()["pages"]
    assert told == client.post("/parse", json={"text": html.decode(), "html": True}).json()["pages"]
    assert {row["layout"] for section in told[0]["sections"] for row in section["rows"]} == {"html"}


def test_the_charset_of_a_text_is_heeded(client: TestClient) -> None:
    text = PAGE.replace("180 sq km", "Curaçao 180 sq km")
    sent = client.post("/parse", content=text.encode("cp1252"), headers={"Content-Type": "text/plain; charset=cp1252"})
    assert "Curaçao" in sent.text


def test_a_text_without_a_page_says_why(client: TestClient) -> None:
    (page,) = client.post("/parse", content=b"nothing to compare", headers=TEXT).json()["pages"]
    assert [remark["code"] for remark in page["diagnostics"]] == ["not-a-comparison"]


def test_editions_and_prose_are_told_on_request(client: TestClient) -> None:
    plain = client.post("/parse", content=PAGE.encode(), headers=TEXT).json()["pages"][0]
    told = client.post("/parse?editions=true&prose=true", content=PAGE.encode(), headers=TEXT).json()["pages"][0]
    assert "known" in told
    assert "known" not in plain
    assert told == client.post("/parse", json={"text": PAGE, "editions": True, "prose": True}).json()["pages"][0]


def test_one_fields_text_is_answered_with_its_facts(client: TestClient) -> None:
    asked = {
        "field": "Refugees and internally displaced persons",
        "text": "IDPs: 1.2 million (2020)",
        "subject": "Chad",
    }
    (fact,) = client.post("/extract", json=asked).json()["facts"]
    (read,) = factparse.extract(asked["field"], asked["text"], subject="Chad")
    assert isinstance(read, factparse.DisplacedPersons)
    assert (fact["type"], fact["count"], fact["subject_code"]) == ("DisplacedPersons", read.count, "TCD")


def test_a_file_is_answered_with_a_report(client: TestClient) -> None:
    lines = "".join(json.dumps({"text": PAGE.replace("316", str(number))}) + "\n" for number in range(3))
    answer = client.post("/report?name=dump.jsonl&page=2", content=lines.encode(), headers=FILE)
    assert (answer.status_code, answer.headers["x-pages"]) == (200, "3")
    assert "2 sq km" in answer.text
    assert client.post("/report?name=dump.jsonl&page=99", content=lines.encode(), headers=FILE).text == answer.text
    for name, body in (("a.txt", b""), ("a.jsonl", b""), ("a.jsonl", b"broken\n"), ("notes", b"nothing")):
        answer = client.post("/report", params={"name": name}, content=body, headers=FILE)
        assert (answer.status_code, answer.headers["x-pages"]) == (200, "1")
        assert "Remarks" in answer.text


def test_so_many_pages_of_a_file_are_shown(client: TestClient) -> None:
    one = "Malta vs. Aruba\nGeography\nMalta | Aruba | |\nArea | 316 sq km | 180 sq km |\n"
    lines = "".join(json.dumps({"text": one}) + "\n" for _ in range(MOST_PAGES + 20))
    answer = client.post("/report?name=dump.jsonl", content=lines.encode(), headers=FILE)
    assert answer.headers["x-pages"] == str(MOST_PAGES)


def test_the_description_is_openapi_and_says_what_is_true(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    routes = {route.path for route in application()._app.routes}  # type: ignore[attr-defined]
    assert set(told["paths"]) == routes - {"/", "/openapi.json"}
    schemas = told["components"]["schemas"]
    assert client.get("/schema.json").json() == factparse.json_schema()
    refs = set(json.dumps(told).split('"$ref": "')[1:])
    assert {ref.partition('"')[0].removeprefix("#/components/schemas/") for ref in refs} <= set(schemas)
    base = {"$defs": schemas, "$ref": "#/$defs/ParseAnswer"}
    schema = json.loads(json.dumps(base).replace("#/components/schemas/", "#/$defs/"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(client.post("/parse", json={"text": PAGE}).json())
    assert not validator.is_valid({"pages": [{"kind": "comparison"}]})


# ---- refusals


@pytest.mark.parametrize(
    ("method", "path", "sent", "expected"),
    [
        ("GET", "/nowhere", {}, (404, "no-such-address")),
        ("GET", "/parse", {}, (405, "wrong-method")),
        ("POST", "/", {}, (405, "wrong-method")),
        ("POST", "/parse", {"content": b"x"}, (415, "unsupported-media-type")),
        ("POST", "/parse", {"data": {"text": "x"}}, (415, "unsupported-media-type")),
        ("POST", "/extract", {"content": b"x", "headers": TEXT}, (415, "unsupported-media-type")),
        ("POST", "/report", {"content": b"x", "headers": TEXT}, (415, "unsupported-media-type")),
        ("POST", "/parse", {"json": ["x"]}, (400, "bad-request")),
        ("POST", "/parse", {"json": {"text": 5}}, (400, "bad-request")),
        ("POST", "/parse", {"json": {"text": "x", "url": "file:///etc/passwd"}}, (400, "bad-request")),
        ("POST", "/extract", {"json": {"text": "x"}}, (400, "bad-request")),
        (
            "POST",
            "/parse",
            {"content": b"\xff{", "headers": {"Content-Type": "application/json"}},
            (400, "bad-request"),
        ),
        (
            "POST",
            "/parse",
            {"content": b"[" * 9999, "headers": {"Content-Type": "application/json"}},
            (400, "bad-request"),
        ),
        ("POST", "/parse?prose=maybe", {"content": b"x", "headers": TEXT}, (400, "bad-request")),
        ("POST", "/report?page=-1", {"content": b"x", "headers": FILE}, (400, "bad-request")),
        ("POST", "/report?page=²", {"content": b"x", "headers": FILE}, (400, "bad-request")),
        ("POST", "/report?name=a.warc", {"content": b"x", "headers": FILE}, (400, "no-such-format")),
        ("POST", "/report?name=a.txt.gz", {"content": b"\x1f\x8b", "headers": FILE}, (400, "no-such-format")),
    ],
)
def test_what_makes_no_sense_is_refused(
    client: TestClient, method: str, path: str, sent: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert code_of(client.request(method, path, **sent)) == expected


@pytest.mark.parametrize("path", ["/parse", "/extract", "/report"])
def test_what_is_too_large_is_refused(client: TestClient, path: str) -> None:
    kind = {"/parse": "text/plain", "/extract": "application/json", "/report": "application/octet-stream"}[path]
    headers = {"Content-Type": kind}
    assert code_of(client.post(path, content=b"x" * (MOST + 1), headers=headers)) == (413, "too-large")
    pieces = (b"x" * 1000 for _ in range(MOST // 1000 + 1))  # without a length that is told beforehand
    assert code_of(client.post(path, content=pieces, headers=headers)) == (413, "too-large")
    assert client.post(path, content=b" " * MOST, headers=headers).status_code in (200, 400)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "https://evil.example:8765"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize(("method", "path"), [("POST", "/parse"), ("GET", "/"), ("OPTIONS", "/parse")])
def test_pages_of_other_sites_are_refused(client: TestClient, headers: dict[str, str], method: str, path: str) -> None:
    answer = client.request(method, path, headers={**TEXT, **headers})
    assert code_of(answer) == (403, "cross-site")
    assert not any(name.startswith("access-control") for name in answer.headers)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "", "a b", "::1", "[::1"],
)
def test_names_that_others_answer_for_are_refused(client: TestClient, host: str) -> None:
    assert code_of(client.get("/", headers={"Host": host})) == (403, "wrong-host")


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "LOCALHOST"])
def test_its_own_page_is_let_in(client: TestClient, host: str) -> None:
    headers = {**TEXT, "Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/parse", content=PAGE.encode(), headers=headers).status_code == 200


def test_no_answer_is_kept_or_framed(client: TestClient) -> None:
    for answer in (client.get("/"), client.get("/nowhere"), client.post("/parse", json={"text": PAGE})):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_fault_of_ours_is_told_without_its_traceback(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise ZeroDivisionError("of /secret/path")

    monkeypatch.setattr("factparse.serve.app.parsed", fail)
    answer = client.post("/parse", json={"text": PAGE})
    assert code_of(answer) == (500, "internal-error")
    assert "secret" not in answer.text


def test_hostile_text_comes_back_as_text(client: TestClient) -> None:
    for words in ("</script><script>alert(1)</script>", "\x00\x1b[31m", "\u202e", "(" * 5000):
        text = f"Aruba vs. Malta\nGeography\nAruba | Malta | |\nArea | {words} | 316 sq km |\n"
        answer = client.post("/report", params={"name": words[:50]}, content=text.encode(), headers=FILE)
        assert answer.status_code == 200
        assert answer.text.count("<script") == 2
        assert client.post("/parse", json={"text": text}).status_code == 200


def test_nothing_is_stored(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr("tempfile.mkstemp", lambda *told, **named: opened.append(told))
    monkeypatch.chdir(tmp_path)
    client.post("/report?name=page.txt", content=PAGE.encode() * 50, headers=FILE)
    assert (opened, list(tmp_path.iterdir())) == ([], [])


def test_hosts_are_told_apart() -> None:
    assert hosts_of("192.0.2.7", ["atlas"]) == ("127.0.0.1", "localhost", "::1", "192.0.2.7", "atlas")
    for everywhere in ("0.0.0.0", "::", ""):
        with pytest.raises(UsageError, match="no-host-name"):
            hosts_of(everywhere, [])
    assert [host_name(host) for host in ("a:b", "a:99999", "a\\b")] == ["", "", "a\\b"]


def test_an_address_in_use_is_told() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(OutputError, match="cannot-listen"):
        run("127.0.0.1", other.getsockname()[1])


def test_the_command_says_which_packages_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "factparse.serve.running", None)
    done = CliRunner().invoke(cli, ["serve"])
    assert (done.exit_code, "factparse[serve]" in done.output) == (2, True)


on_posix = pytest.mark.skipif(sys.platform == "win32", reason="it is ended by a signal that Windows does not have")


@pytest.fixture
def server() -> Iterator[str]:
    """The address of the command itself, running; it is ended as Ctrl-C ends it."""
    command = [sys.executable, "-m", "factparse", "serve", "--port", "0", "--max-bytes", "64K"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "NO_COLOR": "1"}) as process:
        assert process.stderr
        late = threading.Timer(300, process.kill)
        late.start()
        yield process.stderr.readline().split()[0]
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        late.cancel()
    assert (process.returncode, "Traceback" in rest) == (0, False), rest


@on_posix
def test_the_command_serves_and_ends(server: str) -> None:
    import httpx2

    assert server.startswith("http://127.0.0.1:")
    answer = httpx2.post(f"{server}parse", content=PAGE.encode(), headers=TEXT, timeout=120)
    assert answer.json()["pages"][0]["countries"] == ["Malta", "Aruba"]
    assert "server" not in answer.headers
    assert httpx2.get(server, headers={"Host": "evil.example"}, timeout=120).status_code == 403


@on_posix
def test_a_client_that_sends_all_first_reads_the_refusal(server: str) -> None:
    from urllib import request as web
    from urllib.error import HTTPError

    asked = web.Request(f"{server}parse", data=b"x" * 20_000_000, headers=TEXT)  # more than the buffers of a connection
    with pytest.raises(HTTPError) as told, web.urlopen(asked, timeout=120):
        pass
    with told.value as answer:
        assert (answer.code, json.load(answer)["error"]["code"]) == (413, "too-large")


def test_what_is_far_too_large_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_DISCARDED", 1000)
    taken = 0

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": b"x" * 1000, "more_body": True}

    for headers, most in (([], 23), ([(b"content-length", b"50000")], 0)):
        taken = 0
        request = Request({"type": "http", "method": "POST", "headers": headers}, receive)
        with pytest.raises(guard.RefusalError, match="too-large"):
            asyncio.run(guard.body_of(request, MOST))
        assert taken <= most


def test_misspelt_names_are_remarked(client: TestClient) -> None:
    asked = {"field": "Illict drugs", "text": "heroin", "subject": "Kenia"}
    told = client.post("/extract", json=asked).json()
    assert told["remarks"] == [
        "there is no field 'Illict drugs'; did you mean 'Illicit drugs'?",
        "there is no country 'Kenia'; did you mean 'Kenya'?",
    ]
    assert client.post("/extract", json={**asked, "field": "Area", "subject": "Kenya"}).json()["remarks"] == []


@on_posix
def test_its_page_shows_what_is_pasted_and_what_is_dropped(server: str, pages: Path, tmp_path: Path) -> None:
    from tests.browser import expect, launched, watched

    for browser in launched():
        with watched(browser, server) as tab:
            tab.goto(server)
            tab.get_by_role("button", name="Example").click()
            frame = tab.frame_locator("#view")
            expect(frame.locator("h1")).to_have_text("Kenya vs. Ecuador")
            frame.get_by_label("Find").fill("somalia")  # the report's own script runs in the frame
            expect(frame.locator("[data-fact]:not([hidden])")).to_have_count(1)
            tab.get_by_label("Text or HTML").fill((pages / "page.html").read_text(encoding="utf-8"))
            tab.get_by_role("button", name="Read it").click()
            expect(frame.locator("h1")).not_to_have_text("Kenya vs. Ecuador")
            file = tmp_path / "two.jsonl"
            file.write_text("".join(json.dumps({"text": PAGE}) + "\n" for _ in range(2)), encoding="utf-8")
            tab.locator("#file").set_input_files(file)
            expect(frame.locator("h1")).to_have_text("Malta vs. Aruba")
            tab.get_by_label("Page").select_option("1")
            expect(frame.locator(".where")).to_have_text("two.jsonl, record 2")
            dropped = tab.evaluate_handle(
                """text => {
                    const data = new DataTransfer();
                    data.items.add(new File([text], "dropped.txt"));
                    return data;
                }""",
                PAGE,
            )
            tab.dispatch_event("#words", "drop", {"dataTransfer": dropped})
            expect(frame.locator(".where")).to_have_text("dropped.txt")
            tab.get_by_label("Text or HTML").fill("<script>parent.alert(1)</script>" + PAGE)
            tab.get_by_role("button", name="Read it").click()
            expect(frame.locator(".where")).to_contain_text("pasted")
