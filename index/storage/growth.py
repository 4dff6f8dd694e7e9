"""How an index on disk grows: a segment a batch, and now and then several made one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from index.build import build_indexes
from index.embedding import Embedding
from index.errors import BrokenIndexError
from index.storage.manifest import FileEntry, Manifest, commit, new_segment
from index.storage.segments import Segment, read_segments, write_segment
from index.types import ParsedDocument

_SEGMENTS = 8

Read = tuple[FileEntry, tuple[ParsedDocument, ...]]
"""A file as it was read, with its documents."""


def append(
    folder: Path, manifest: Manifest, batch: Sequence[Read], embedding: Embedding
) -> Manifest:
    """Commit files that were read, in one new segment; they take the place of older entries.

    Raises:
        OSError: if it cannot be written.
    """
    parsed = [item for _, found in batch for item in found]
    entries: Iterable[FileEntry] = [entry for entry, _ in batch]
    segments = dict(manifest.segments)
    if parsed:
        place = new_segment(folder)
        segment = Segment.of(parsed, build_indexes(parsed, embedding))
        segments[place.name] = write_segment(segment, place)
        entries = _placed(entries, place.name)
    return _committed(folder, replace(manifest, segments=segments), entries)


def compact(folder: Path, manifest: Manifest) -> Manifest:
    """Join the segments that are to be joined, without embedding anything anew.

    Where one of them is damaged all stay as they are; who loads the index will tell.

    Raises:
        OSError: if it cannot be written.
    """
    names = to_join(manifest)
    try:
        parts, order = read_segments(folder, manifest, names)
    except BrokenIndexError:
        names = ()
    if not names:
        return manifest
    place = new_segment(folder)
    joined = write_segment(Segment.join(parts, order), place)
    moved = [entry for entry in manifest.files if entry.segment in names]
    segments = {**manifest.segments, place.name: joined}
    return _committed(folder, replace(manifest, segments=segments), _placed(moved, place.name))


def to_join(manifest: Manifest) -> tuple[str, ...]:
    """Choose segments to join: one of which more than half is gone, or several when many are small.

    From the smallest on, each next one is taken that is not larger than those before it together:
    a document is written again only when its company has about doubled.
    """
    alive = dict.fromkeys(manifest.segments, 0)
    for entry in manifest.files:
        if entry.segment:
            alive[entry.segment] += len(entry.report.doc_ids)
    halved = [name for name in alive if 2 * alive[name] < manifest.segments[name].documents]
    small: list[str] = []
    if len(alive) > _SEGMENTS:
        together = 0
        for name in sorted(alive, key=alive.__getitem__):
            if len(small) > 1 and alive[name] > together:
                break
            small.append(name)
            together += alive[name]
    return tuple(dict.fromkeys([*halved, *small]))


def with_files(manifest: Manifest, files: Iterable[FileEntry]) -> Manifest:
    """Return a manifest of other files, the last of each source, and the segments these need."""
    by_source = {entry.report.source: entry for entry in files}
    ordered = tuple(by_source[source] for source in sorted(by_source, key=_place_in_folder))
    used = {entry.segment for entry in ordered}
    segments = {name: entry for name, entry in manifest.segments.items() if name in used}
    return replace(manifest, segments=segments, files=ordered)


def _place_in_folder(source: str) -> list[str]:
    return source.split("/")


def _committed(folder: Path, manifest: Manifest, entries: Iterable[FileEntry]) -> Manifest:
    changed = with_files(manifest, [*manifest.files, *entries])
    commit(folder, changed)
    return changed


def _placed(entries: Iterable[FileEntry], segment: str) -> Iterator[FileEntry]:
    """Say where the documents of files stand that were written one after the other."""
    first = 0
    for entry in entries:
        count = len(entry.report.doc_ids)
        yield replace(entry, segment=segment, first=first) if count else entry
        first += count
