"""What has happened in a folder of documents since its index was written."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from index.build import reader_version
from index.loaders.files import fingerprint, list_documents
from index.loaders.sidecar import find_sidecar
from index.storage.growth import with_files
from index.storage.manifest import Manifest

_UNSURE = 2_000_000_000  # ns; a file may change again without a new time on some disks

Stamp = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, by source: `todo` files to read, in order; entries that are `gone`.

    `restamped` are files of the same content that were touched; they count as `unchanged`, too.
    """

    todo: Mapping[str, Path]
    gone: tuple[str, ...]
    restamped: Mapping[str, Stamp]
    unchanged: tuple[str, ...]


def plan_for(docs: Path, manifest: Manifest) -> Plan:
    """Compare a folder with an index; a file is only read where its stamp is another.

    Raises:
        NoDocumentsError: if the folder is missing.
    """
    paths = {path.relative_to(docs).as_posix(): path for path in list_documents(docs)}
    known = {entry.report.source: entry for entry in manifest.files}
    todo: dict[str, Path] = {}
    restamped: dict[str, Stamp] = {}
    unchanged: list[str] = []
    for source, path in paths.items():
        entry, stamp = known.get(source), stamp_of(path)
        if entry is None or entry.reader != reader_version():
            todo[source] = path
        elif entry.stamp == stamp:
            unchanged.append(source)
        elif entry.report.fingerprint == fingerprint(path) != "":
            unchanged.append(source)
            restamped[source] = lasting(stamp)
        else:
            todo[source] = path
    gone = tuple(source for source in known if source not in paths)
    return Plan(todo, gone, restamped, tuple(unchanged))


def cleared(manifest: Manifest, plan: Plan) -> Manifest:
    """Return a manifest without what is gone, and with the new stamps of what was touched."""
    gone = frozenset(plan.gone)
    return with_files(
        manifest,
        (
            replace(entry, stamp=plan.restamped.get(entry.report.source, entry.stamp))
            for entry in manifest.files
            if entry.report.source not in gone
        ),
    )


def stamp_of(path: Path) -> Stamp:
    """Return what tells without reading that a file and its sidecar are the same as before."""
    stamp: list[int] = []
    for file in filter(None, (path, find_sidecar(path))):
        with suppress(OSError):
            stat = file.stat()
            stamp += (stat.st_size, stat.st_mtime_ns)
    return tuple(stamp)


def lasting(stamp: Stamp) -> Stamp:
    """Return a stamp that can be trusted later: none for a file of this very moment."""
    return () if any(time.time_ns() - changed < _UNSURE for changed in stamp[1::2]) else stamp
