"""Pure: clauses before they have a document, and the cutting of those that are too long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from index.parsing.cleaning import Paragraph
from index.types import ClauseKind, Heading

LONGEST = 800
_SENTENCE_END = re.compile(r"[。！？；;][”’」』）)》]*")


@dataclass(frozen=True, slots=True)
class DraftCell:
    """A cell of a draft: offsets into the text of the paragraph `paragraph`."""

    head: str
    paragraph: Paragraph
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause before it has a document: `labels` are the steps of its id."""

    labels: tuple[str, ...]
    path: tuple[Heading, ...]
    kind: ClauseKind
    paragraphs: tuple[Paragraph, ...]
    cells: tuple[DraftCell, ...] = ()


def shown_step(step: str) -> str:
    """Return an unprinted step as readers say it: 段2 → 第2段, 项1 → 第1项, 款2 → 第2款."""
    return f"（第{step[1:]}{step[0]}）"


def split_long(draft: Draft) -> Iterator[Draft]:
    """Cut a clause of more than `LONGEST` characters at ends of sentences into even stretches.

    The first keeps the id, so that what named the clause still does; the others are 续2, 续3, …
    below it. Rows and letterhead stay whole, because their cells point into them.
    """
    whole = draft.cells or len(draft.paragraphs) > 1 or len(draft.paragraphs[0].text) <= LONGEST
    if whole:
        yield draft
        return
    (paragraph,) = draft.paragraphs
    bounds = [0, *_cuts(paragraph.text), len(paragraph.text)]
    for order, (start, end) in enumerate(pairwise(bounds), 1):
        stretch = (_stretch(paragraph, start, end),)
        if order == 1:
            yield replace(draft, paragraphs=stretch)
        else:
            labels = (*draft.labels, f"续{order}")
            path = (*draft.path, Heading(f"（续{order}）"))
            yield replace(draft, labels=labels, path=path, paragraphs=stretch)


def _cuts(text: str) -> Iterator[int]:
    """Yield where to cut: at the end of a sentence, as near as can be to even lengths."""
    ends = [end.end() for end in _SENTENCE_END.finditer(text) if end.end() < len(text)]
    count = -(-len(text) // LONGEST)
    last = 0
    for part in range(1, count):
        later = [end for end in ends if end > last]
        if not later:
            return
        last = min(later, key=lambda end: abs(end - part * len(text) / count))
        yield last


def _stretch(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Cut a paragraph out of a paragraph; its pieces are still the file's."""
    pieces: list[tuple[int, int]] = []
    position = 0
    for first, last in paragraph.pieces:
        low, high = max(start - position, 0), min(end - position, last - first)
        if low < high:
            pieces.append((first + low, first + high))
        position += last - first
    return replace(paragraph, text=paragraph.text[start:end], pieces=tuple(pieces))
