"""The folder of an output, and its manifest, with which a run can go on where another one ended."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

import attrs
import msgspec

from factparse import __version__
from factparse.convert.outfiles import as_output_error, open_output
from factparse.convert.report import SIGHTINGS, Shard
from factparse.convert.settings import Settings
from factparse.convert.store import Address, Place, files_in
from factparse.convert.summary import Summary
from factparse.core.errors import OutputError, UsageError
from factparse.output.json import encoded

NAME: Final = "manifest.json"
_SUMMARY: Final = "summary.json"
_LOCK: Final = ".lock"


@contextmanager
def locked(folder: Place) -> Iterator[None]:
    """Lock ``folder``, so that no other run writes to it. The folder is made if it does not exist.

    The lock ends with the process. A store has no locks, so nothing is locked there.
    Raises :class:`~factparse.OutputError`: ``in-use`` if another run holds it, ``unwritable``.
    """
    if isinstance(folder, Address):
        yield
        return
    with as_output_error(folder):
        folder.mkdir(exist_ok=True)
    try:
        import fcntl
    except (
        ImportError
    ):  # Windows: nothing holds the folder, and no file is open in it that it could not be removed with
        yield
        return
    with as_output_error(folder):
        file = (folder / _LOCK).open("ab")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = "another run is writing to this output; wait for it, or name another one"
            raise OutputError("in-use", message, source=str(folder)) from error
        yield


def terms_of(settings: Settings, shards: Sequence[Shard]) -> dict[str, Any]:
    """The part of the manifest that is known before a run begins: version, options, and the inputs of each shard."""
    terms: dict[str, Any] = {
        "factparse": __version__,
        "options": attrs.asdict(settings),
        "shards": [
            [
                {"name": stretch.input.name, "size": stretch.size, **attrs.asdict(stretch.extent)}
                for stretch in shard.stretches
            ]
            for shard in shards
        ],
    }
    written: dict[str, Any] = msgspec.json.decode(
        encoded(terms)
    )  # as JSON gives them back, so that they can be compared
    return written


def begin(folder: Place, terms: dict[str, Any], *, resume: bool = True) -> bool | None:
    """Write the manifest of a new run, or check that this run may go on where an earlier run ended.

    Without ``resume``, the files of the earlier run are removed, and a new run begins. Returns whether the earlier run
    was complete, or ``None`` if a new one begins. Raises :class:`~factparse.UsageError` if the earlier run had other
    options (``other-options``), another version (``other-version``) or other inputs (``other-inputs``), or if there was
    none and the folder holds something else (``not-empty``). Raises :class:`~factparse.OutputError`
    (``bad-manifest``) if the manifest cannot be read.
    """
    try:
        old = msgspec.json.decode((folder / NAME).read_bytes())
    except FileNotFoundError:
        _need_empty(folder)
        _begin_anew(folder, terms)
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise OutputError("bad-manifest", f"the manifest cannot be read: {error}", source=str(folder / NAME)) from error
    if not resume:
        with as_output_error(folder):
            forget(folder)
        _begin_anew(folder, terms)
        return None
    advice = "; run it with the same ones, or name another folder"
    if old.get("factparse") != terms["factparse"]:
        versions = f"version {old.get('factparse')}, and this is {terms['factparse']}"
        raise UsageError("other-version", f"the output in {folder} was begun by {versions}; name another folder")
    # The order matters: another version may have other options, and another shard size cuts the inputs differently.
    changed = [name for name, value in terms["options"].items() if old.get("options", {}).get(name) != value]
    if changed:
        was = ", ".join(f"{name} = {old.get('options', {}).get(name)!r}" for name in changed)
        raise UsageError("other-options", f"the output in {folder} was begun with other options ({was}){advice}")
    if old.get("shards") != terms["shards"]:
        raise UsageError("other-inputs", f"the output in {folder} was begun with other inputs, or they changed{advice}")
    sweep(folder)
    return bool(old.get("complete"))


def _begin_anew(folder: Place, terms: dict[str, Any]) -> None:
    with open_output(folder / NAME) as file:
        file.write(_json({**terms, "complete": False}))


def forget(folder: Place) -> None:
    """Remove the files of an earlier run from ``folder``, but not its manifest.

    The reports go first. So if this stops early, a shard without its file has no report either, and is done again.
    """
    for name in (".done", SIGHTINGS, ".all", "quarantine"):
        discard(folder / name)
    for path in files_in(folder):
        if path.name == _SUMMARY or path.name.startswith("part-"):
            path.unlink()


def sweep(folder: Place) -> None:
    """Remove the unfinished files of processes that were killed."""
    if isinstance(folder, Address):
        return  # processes wrote to their own disks, and left nothing in the store
    for path in (*folder.glob(".*.part"), *folder.glob("*/.*.part")):
        path.unlink(missing_ok=True)


def distinct_before(folder: Place) -> int:
    """The number of distinct facts that a complete run has written."""
    try:
        return int(msgspec.json.decode((folder / _SUMMARY).read_bytes())["distinct"])
    except (OSError, msgspec.DecodeError, KeyError) as error:
        raise OutputError(
            "bad-manifest", f"the summary cannot be read: {error}", source=str(folder / _SUMMARY)
        ) from error


def finish(folder: Place, terms: dict[str, Any], summary: Summary) -> None:
    """Write the summary of a run. Then mark the run as complete in the manifest."""
    sweep(folder)
    counts = attrs.asdict(summary, filter=lambda field, _: field.name not in ("failures", "before"))
    with open_output(folder / _SUMMARY) as file:
        file.write(_json(counts))
    with open_output(folder / NAME) as file:
        file.write(_json({**terms, "complete": True}))
    for name in (SIGHTINGS, ".all"):
        discard(folder / name)


def discard(folder: Place) -> None:
    """Remove a folder that a run made, with its content. It may be gone already."""
    if isinstance(folder, Address):
        with suppress(OSError):
            folder.remove()
        return
    shutil.rmtree(folder, ignore_errors=True)


def clear(folder: Place) -> None:
    """Remove the content of a folder that a run made, except the lock of this run."""
    if isinstance(folder, Address):
        discard(folder)
        return
    for left in folder.iterdir():
        if left.is_dir():
            discard(left)
        elif left.name != _LOCK:
            left.unlink(missing_ok=True)


def _need_empty(folder: Place) -> None:
    with as_output_error(folder):
        there = files_in(folder) if isinstance(folder, Address) else sorted(folder.iterdir())
        others = [path.name for path in there if path.name != _LOCK and not path.name.endswith(".part")]
    if others:
        message = f"the folder {folder} holds something else ({others[0]}); name another one, or an empty one"
        raise UsageError("not-empty", message)


def _json(value: object) -> bytes:
    return msgspec.json.format(encoded(value), indent=1) + b"\n"
