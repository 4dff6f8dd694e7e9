"""Which loader reads which file. The one place a format is registered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from index.loaders.plain import extract_plain
from index.loaders.source import Extracted


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one kind are read.

    `extract` takes the bytes and the name shown in messages, and raises `DocumentError`; larger
    files than `max_bytes` are refused before they are read.
    """

    extract: Callable[[bytes, str], Extracted]
    max_bytes: int = 16 * 2**20


FORMATS = {
    ".txt": Format(extract_plain),
    ".md": Format(extract_plain),
}
