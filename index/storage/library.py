"""A folder of documents and the index that follows it.

The folder is the truth: files that are new, changed or gone are found by their stamps, and only
they are read. The index grows by small segments that are safe on disk before a file is reported.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from index.build import read_source, reader_version
from index.embedding import Embedding
from index.errors import BrokenIndexError, TiaoWenError
from index.loaders.files import fingerprint
from index.loaders.formats import KNOWN
from index.storage.cache import CachedEmbedding
from index.storage.catalogue import Catalogue, Shown, read_catalogue, read_shown
from index.storage.growth import Read, append, compact, with_files
from index.storage.manifest import (
    SEGMENTS,
    FileEntry,
    FileReport,
    Manifest,
    commit,
    read_current,
    read_manifest,
    writing,
)
from index.storage.plan import Plan, cleared, lasting, plan_for, stamp_of
from index.storage.segments import read_segment
from index.storage.shelf import ShelfError, bring_in, documents_at, prepare, put_away
from index.storage.store import ClauseStore, load_store

_FILES, _SECONDS = 32, 2.0  # a batch is committed after either

Progress = Callable[[int, int, FileReport], None]
"""Called with how many files are done, how many there are to do, and the one just made safe."""


def quiet(done: int, total: int, report: FileReport) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What was done to a library.

    `failed` are files that could not be taken, their reports say why; `removed` and `unchanged`
    are sources, and `notes` Chinese lines for who asked.
    """

    added: tuple[FileReport, ...] = ()
    updated: tuple[FileReport, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[FileReport, ...] = ()
    notes: tuple[str, ...] = ()


class Library:
    """Documents in a folder, and their index in another. Many may read, one may write."""

    def __init__(self, docs: Path, index: Path, embedding: Embedding) -> None:
        """Name the folders; nothing is read yet."""
        self.docs = docs
        self.index = index
        self.embedding = CachedEmbedding(embedding, index / "embeddings.sqlite")

    def open(self, progress: Progress = quiet) -> ClauseStore:
        """Bring the index up to date and load it; what is damaged is built anew.

        Raises:
            TiaoWenError: if the folder is missing, or the index cannot be written.
        """
        self.sync(progress)
        try:
            return load_store(self.index, self.embedding.name)
        except BrokenIndexError:
            self.mend(progress)
            return load_store(self.index, self.embedding.name)

    def sync(self, progress: Progress = quiet) -> Changes:
        """Make the index follow the folder; resumes what was interrupted.

        Files that could not be read are tried again when they, or the program, have changed.

        Raises:
            NoDocumentsError: if the folder is missing.
            BusyError: if another program is writing the index.
            BrokenIndexError: if it cannot be written.
        """
        plan = plan_for(self.docs, self._manifest())
        if not plan.todo and not plan.gone:
            with suppress(TiaoWenError):  # it saves some hashing next time, no more
                self._restamp(plan)
            return Changes(unchanged=plan.unchanged)
        with writing(self.index):
            return self._follow(progress)

    def refusals(self) -> tuple[str, ...]:
        """Return a line on each file that could not be taken."""
        return tuple(entry.report.error for entry in self._manifest().files if entry.report.error)

    def mend(self, progress: Progress = quiet) -> Changes:
        """Read the files of damaged segments again.

        Raises:
            TiaoWenError: as `sync`.
        """
        with writing(self.index):
            manifest = self._manifest()
            damaged = frozenset(self._damaged(manifest))
            files = (entry for entry in manifest.files if entry.segment not in damaged)
            commit(self.index, with_files(manifest, files))
            return self._follow(progress)

    def add(self, paths: Iterable[Path], progress: Progress = quiet) -> Changes:
        """Copy files, folders of them and archives into the library, and index them.

        Where another file bears its name a copy gets a number. What cannot be copied, and what
        is there already under whatever name, is told in `notes`.

        Raises:
            ShelfError: if a path leads nowhere; nothing is copied then.
            TiaoWenError: as `sync`; what was copied stays, and the next sync takes it.
        """
        found = [item for path in paths for item in documents_at(path)]
        prepare(self.docs)
        with writing(self.index):
            earlier = self._follow(progress)
            known = {mark: source for source, mark in self._manifest().sources.items()}
            notes = [note for item in found if (note := self._bring_in(*item, known))]
            return replace(_both(earlier, self._follow(progress)), notes=tuple(notes))

    def remove(self, names: Iterable[str], progress: Progress = quiet) -> Changes:
        """Take documents out of the library; their files go to `.removed`, they are not deleted.

        Args:
            names: each the id of a document, the path of its file, or a part of its title that
                no other has.
            progress: told of files that were found to be new on the way.

        Raises:
            UnknownNameError: if a name means no file or several; nothing is removed then.
            TiaoWenError: as `sync`.
        """
        with writing(self.index):
            earlier = self._follow(progress)
            catalogue = self._catalogue()
            for source in dict.fromkeys(catalogue.file_of(name) for name in names):
                put_away(self.docs, source)
            return _both(earlier, self._follow(progress))

    def reports(self) -> tuple[FileReport, ...]:
        """Return what became of each file, in the order of the files.

        Raises:
            BrokenIndexError: if there is no index, or it is damaged.
        """
        return self._catalogue().reports

    def show(self, name: str) -> Shown:
        """Return the report of a file and the documents in it; `name` as for `remove`.

        Raises:
            UnknownNameError: if it means no file or several.
            BrokenIndexError: if there is no index, or it is damaged.
        """
        return read_current(self.index, lambda manifest: read_shown(self.index, manifest, name))

    def check(self) -> tuple[str, ...]:
        """Return a line on all that is amiss: files against the index, damage, copies, refusals.

        Raises:
            NoDocumentsError: if the folder is missing.
        """
        try:
            manifest = read_manifest(self.index)
        except BrokenIndexError as error:
            return (str(error),)
        plan = plan_for(self.docs, manifest)
        lines = [f"{source}：新增或有改动，还没有收入索引。" for source in plan.todo]
        lines += [f"{source}：文件已不在，索引里还有。" for source in plan.gone]
        lines += [entry.report.error for entry in manifest.files if entry.report.error]
        damaged = list(self._damaged(manifest))
        lines += [f"索引的 {name} 一段已损坏，下次更新时会重新建立。" for name in damaged]
        if not damaged:
            lines += self._catalogue().choice.problems
        return tuple(lines)

    def _bring_in(self, path: Path, name: Path, known: dict[str, str]) -> str:
        """Copy a file into the folder, or say why not; `known` are the sources by fingerprint."""
        mark = fingerprint(path)
        if path.suffix.lower() not in KNOWN:
            return f"{path.name}：这种文件读不了，没有收入。"
        if mark and mark in known:
            return f"{path.name}：与 {known[mark]} 内容相同，没有重复收入。"
        try:
            known[mark] = self._source(bring_in(path, self.docs, name))
        except ShelfError as error:
            return str(error)
        return ""

    def _damaged(self, manifest: Manifest) -> Iterator[str]:
        for name, hashes in manifest.segments.items():
            try:
                read_segment(self.index / SEGMENTS / name, hashes)
            except BrokenIndexError:
                yield name

    def _catalogue(self) -> Catalogue:
        return read_current(self.index, lambda manifest: read_catalogue(self.index, manifest))

    def _manifest(self) -> Manifest:
        """Return the current manifest, an empty one where there is none to build on."""
        with suppress(BrokenIndexError):
            manifest = read_manifest(self.index)
            if (manifest.embedding, manifest.dim) == (self.embedding.name, self.embedding.dim):
                return manifest
        return Manifest(self.embedding.name, self.embedding.dim, {}, ())

    def _source(self, path: Path) -> str:
        return path.relative_to(self.docs).as_posix()

    def _restamp(self, plan: Plan) -> None:
        if any(plan.restamped.values()):
            with writing(self.index):
                commit(self.index, cleared(self._manifest(), plan))

    def _follow(self, progress: Progress) -> Changes:
        before = self._manifest()
        plan = plan_for(self.docs, before)
        manifest = cleared(before, plan)
        if manifest != before:
            commit(self.index, manifest)
            manifest = compact(self.index, manifest)
        reports: list[FileReport] = []
        for batch in self._batches(plan.todo):
            manifest = append(self.index, manifest, batch, self.embedding)
            for entry, _ in batch:
                reports.append(entry.report)
                progress(len(reports), len(plan.todo), entry.report)
            manifest = compact(self.index, manifest)
        old = {entry.report.source for entry in before.files if not entry.report.error}
        taken = [report for report in reports if not report.error]
        return Changes(
            tuple(report for report in taken if report.source not in old),
            tuple(report for report in taken if report.source in old),
            plan.gone,
            plan.unchanged,
            tuple(report for report in reports if report.error),
        )

    def _batches(self, todo: Mapping[str, Path]) -> Iterator[list[Read]]:
        batch: list[Read] = []
        start = time.monotonic()
        for source, path in todo.items():
            stamp = lasting(stamp_of(path))  # taken before the file is read
            report, parsed = read_source(path, source)
            batch.append((FileEntry(report, stamp, reader_version()), parsed))
            if len(batch) == _FILES or time.monotonic() - start > _SECONDS:
                yield batch
                batch, start = [], time.monotonic()
        if batch:
            yield batch


def _both(first: Changes, second: Changes) -> Changes:
    """Sum up two turns, the second of which saw all that the first left."""
    return Changes(
        first.added + second.added,
        first.updated + second.updated,
        first.removed + second.removed,
        tuple(source for source in second.unchanged if source not in _sources(first)),
        first.failed + second.failed,
    )


def _sources(changes: Changes) -> frozenset[str]:
    reports = (*changes.added, *changes.updated, *changes.failed)
    return frozenset(report.source for report in reports)
