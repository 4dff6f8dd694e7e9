"""Builds the files of a format, reads them back, and measures what came out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.fidelity.comparison import NOTHING, Fidelity, compare
from eval.fidelity.formats import FileFormat
from eval.fidelity.originals import Original
from index.errors import DocumentError
from index.loaders.files import read_folder
from index.loaders.source import SourceText
from index.parsing.documents import parse_documents
from index.types import Clause, ClauseKind, ParsedDocument

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of the documents in one format.

    `pages` is 0 for formats without pages; `seconds` is the time to read and parse all files;
    `texts` are what the loader read, by stem.
    """

    files: int
    pages: int
    seconds: float
    fidelity: Fidelity
    texts: Mapping[str, str]
    problems: tuple[str, ...]


def measure_format(
    chosen: FileFormat,
    originals: Sequence[Original],
    folder: Path,
    progress: Progress = lambda done, total: None,
) -> Measured:
    """Build files of a format in an empty folder, read them back, and compare.

    Raises:
        NoFontError: if pages are to be drawn and no Chinese font is installed.
        NoDocumentsError: if files of this format are not read at all.
    """
    built = {original.stem: chosen.build(original) for original in originals}
    files = {stem: made for stem, made in built.items() if made is not None}
    for stem, made in files.items():
        path = folder / f"{stem}{chosen.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.data)
    if not files:
        return Measured(0, 0, 0.0, NOTHING, {}, ())
    start = time.perf_counter()
    items = list(_counted(folder, len(files), progress))
    sources = {item.stem: item for item in items if isinstance(item, SourceText)}
    parsed = {stem: parse_documents(source) for stem, source in sources.items()}
    seconds = time.perf_counter() - start
    chosen_originals = [original for original in originals if original.stem in files]
    fidelity = sum(
        (_compared(o, parsed.get(o.stem, ()), chosen) for o in chosen_originals), NOTHING
    )
    return Measured(
        files=len(files),
        pages=sum(made.pages for made in files.values()),
        seconds=seconds,
        fidelity=fidelity,
        texts={stem: source.text for stem, source in sources.items()},
        problems=tuple(str(item) for item in items if isinstance(item, DocumentError)),
    )


def _counted(folder: Path, total: int, progress: Progress) -> Iterator[SourceText | DocumentError]:
    for done, item in enumerate(read_folder(folder), 1):
        yield item
        progress(done, total)


def _compared(original: Original, found: Sequence[ParsedDocument], chosen: FileFormat) -> Fidelity:
    pick = _rows if chosen.tables_only else _clauses
    return compare(pick(original.documents), pick(found))


def _clauses(documents: Sequence[ParsedDocument]) -> list[Clause]:
    return [clause for parsed in documents for clause in parsed.clauses]


def _rows(documents: Sequence[ParsedDocument]) -> list[Clause]:
    """Return the table rows under their number alone: a sheet has no annex around it."""
    return [
        replace(clause, clause_id=f"{clause.doc_id}#{clause.clause_id.rpartition('/')[2]}")
        for clause in _clauses(documents)
        if clause.kind is ClauseKind.ROW
    ]
