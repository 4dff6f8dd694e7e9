"""Pure: page numbers and repeated headers and footers, which are no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from index.loaders.lines import Line, Table

_DASH = r"[-—–－―·•~～_一]"
_NUMBER = (
    r"(?:第\s*[\d一二三四五六七八九十百]+\s*页(?:\s*[,，/／]?\s*共\s*[\d一二三四五六七八九十百]+\s*页)?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}|[Pp]age\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)
_PAGE_NUMBER = re.compile(
    rf"{_NUMBER}|{_DASH}{{0,3}}\s*(?:\d{{1,4}}|[ivxIVX]{{1,6}})\s*{_DASH}{{0,3}})"
)
_WITHIN = re.compile(rf"\s*{_NUMBER}|{_DASH}\s*\d{{1,4}}\s*{_DASH})\s*")
_ANNEX = re.compile(r"附\s*件")
_EDGE = 0.12
_DEPTH = 2

Blocks = Sequence[Line | Table]


def without_furniture(
    pages: Mapping[int, tuple[float, Blocks]],
) -> tuple[dict[int, list[Line | Table]], list[str]]:
    """Drop page numbers and the lines that stand at the edge of page after page.

    Args:
        pages: for each page its height and its blocks in reading order.

    Returns:
        The blocks that are left, and the texts of the repeated lines.
    """
    repeated = _repeated(pages)
    kept: dict[int, list[Line | Table]] = {}
    for number, (height, blocks) in pages.items():
        dropped = {
            id(line)
            for line in _at_edge(blocks, height)
            if _PAGE_NUMBER.fullmatch(line.text) or _is_like(line, repeated)
        }
        kept[number] = [block for block in blocks if id(block) not in dropped]
    return kept, repeated


def _repeated(pages: Mapping[int, tuple[float, Blocks]]) -> list[str]:
    """Return the texts that stand at the edge of many pages; 附件 may, and opens an annex."""
    counts: Counter[str] = Counter()
    for height, blocks in pages.values():
        counts.update({_text(line) for line in _at_edge(blocks, height)} - {""})
    least = max(2, 0.4 * len(pages)) if len(pages) < 8 else 3
    return [text for text, n in counts.items() if n >= least and not _ANNEX.match(text)]


def _is_like(line: Line, repeated: Sequence[str]) -> bool:
    """Tell whether a line is one of the repeated ones; recognition may have misread it a little."""
    text = _text(line)
    if line.confidence == 1.0:
        return text in repeated
    return any(SequenceMatcher(None, text, other).ratio() > 0.8 for other in repeated)


def _text(line: Line) -> str:
    """Return the text of a line without white space and the number of the page."""
    return re.sub(
        r"\s+", "", _WITHIN.sub("", "" if _PAGE_NUMBER.fullmatch(line.text) else line.text)
    )


def _at_edge(blocks: Blocks, height: float) -> Iterator[Line]:
    """Yield the outermost lines of a page that stand in its margins."""
    lines = sorted((b for b in blocks if isinstance(b, Line)), key=lambda line: line.middle)
    yield from (line for line in lines[:_DEPTH] if line.middle < _EDGE * height)
    yield from (line for line in lines[-_DEPTH:] if line.middle > (1 - _EDGE) * height)
