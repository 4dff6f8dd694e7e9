"""What a library holds, file by file, and which file a name means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath

from index.choice import Choice, choose
from index.copies import plain
from index.errors import TiaoWenError
from index.storage.growth import with_files
from index.storage.manifest import FileReport, Manifest
from index.storage.records import read_clauses, read_document
from index.storage.segments import read_lines
from index.types import Document, ParsedDocument

_SHOWN = 5

Shown = tuple[FileReport, tuple[ParsedDocument, ...]]
"""What became of a file, and the documents in it."""


class UnknownNameError(TiaoWenError):
    """A name means no file of the library, or several."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The files of a library, and their documents one after the other."""

    files: tuple[FileReport, ...]
    choice: Choice

    @property
    def reports(self) -> tuple[FileReport, ...]:
        """The files, with the ids that their documents bear in answers."""
        return tuple(
            replace(report, doc_ids=tuple(document.doc_id for document in documents))
            for report, documents in self._by_file()
        )

    def documents_of(self, source: str) -> tuple[Document, ...]:
        """Return the documents of a file, given by its path in the library."""
        return next(found for report, found in self._by_file() if report.source == source)

    def source_of(self, name: str) -> str:
        """Return the path of the file that is meant by a path, an id, a file name, or part of a title.

        Raises:
            UnknownNameError: if there is none, or more than one.
        """
        if any(report.source == name for report in self.files):
            return name
        by_id: list[str] = []
        by_file = [report.source for report in self.files if name in _file_names(report.source)]
        by_title: list[str] = []
        part = plain(name)
        for report, documents in self._by_file():
            if any(document.doc_id == name for document in documents):
                by_id.append(report.source)
            if part and any(part in plain(document.title) for document in documents):
                by_title.append(report.source)
        found = by_id or by_file or by_title
        if not found:
            raise UnknownNameError(f"资料库里没有“{name}”。可以写编号、文件名，或标题的一部分。")
        if len(found) > 1:
            shown = "、".join(found[:_SHOWN]) + ("等" if len(found) > _SHOWN else "")
            raise UnknownNameError(f"“{name}”可能是 {shown}，请写得更准一些。")
        return found[0]

    def file_of(self, name: str) -> str:
        """Return the path of the file that goes when what a name means goes.

        Raises:
            UnknownNameError: as `source_of`, and if it is one document in an archive of several.
        """
        source = self.source_of(name)
        others = [document for document in self.documents_of(source) if document.source != source]
        if name != source and others:
            raise UnknownNameError(
                f"“{name}”在 {source} 里，里面还有别的文件。要一起移走，请写 {source}。"
            )
        return source

    def _by_file(self) -> Iterator[tuple[FileReport, tuple[Document, ...]]]:
        documents = iter(self.choice.documents)
        for report in self.files:
            yield report, tuple(islice(documents, len(report.doc_ids)))


def _file_names(source: str) -> tuple[str, str]:
    """Return what a file is called without its folder: 办法.txt and 办法."""
    path = PurePosixPath(source)
    return path.name, path.stem


def read_catalogue(folder: Path, manifest: Manifest) -> Catalogue:
    """Read what an index says of its files and documents.

    Raises:
        BrokenIndexError: if it is damaged.
    """
    documents = map(read_document, read_lines(folder, manifest, "documents.jsonl"))
    return Catalogue(tuple(entry.report for entry in manifest.files), choose(tuple(documents)))


def read_shown(folder: Path, manifest: Manifest, name: str) -> Shown:
    """Read the file that a name means.

    Raises:
        UnknownNameError: if it means no file or several.
        BrokenIndexError: if the index is damaged.
    """
    catalogue = read_catalogue(folder, manifest)
    source = catalogue.source_of(name)
    only = with_files(manifest, [e for e in manifest.files if e.report.source == source])
    documents = catalogue.documents_of(source)
    lines = read_lines(folder, only, "clauses.jsonl")
    return next(report for report in catalogue.reports if report.source == source), tuple(
        ParsedDocument(document, read_clauses(line, document))
        for document, line in zip(documents, lines, strict=True)
    )
