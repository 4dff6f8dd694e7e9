"""Pure: what a loader makes of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.types import Mark


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of one file, as its loader returns it.

    One paragraph a line, in reading order; line ends are single line feeds. A table row is a line
    whose cells are joined by tabs; a merged cell stands in its first row and column, the places it
    covers are empty. Headings of Markdown rank are plain lines. `marks` say where in the file the
    text comes from, with rising starts; empty where characters of the file are the answer.
    `warnings` are Chinese sentences for the report of the file.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file with its name in the library.

    For plain text `text` counts characters the way `open(path, encoding=…).read()` does, so spans
    into it are spans into the file as given; for other formats they are spans into what
    `index.loaders.formats.extract` returns for the same bytes, and `marks` lead to the page.
    `fields` are corrections by hand, by their Chinese name (标题, 发文字号, 成文日期 …).
    """

    stem: str
    source: str
    text: str
    sha256: str
    marks: tuple[Mark, ...] = ()
    warnings: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
