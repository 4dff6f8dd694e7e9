"""Pure: pages to text. Lines become paragraphs by where they begin and end, as a reader sees it.

A first line is indented by two characters; a line that ends before the margin, although the next
word would have fitted, ends its paragraph; titles are centred (GB/T 9704-2012 §7.2-7.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby, islice
from statistics import fmean, median

from index.loaders.continued import table_rows
from index.loaders.furniture import without_furniture
from index.loaders.geometry import Page, glue, is_autospaced, is_wide, rows_of
from index.loaders.lines import Line, Table, read_page
from index.loaders.margins import Frame, Frames, measure_frames
from index.loaders.source import Extracted
from index.parsing import metadata
from index.parsing.labels import parse_label
from index.types import Mark

_CLOSED = re.compile(r"[。！？；：!?;:…][”’」』）)》]*$")
_TOKEN = re.compile(
    r"[（(《〈“‘〔\[【「『]*(?:[A-Za-z0-9.%‰℃/-]+|.)[，。、；：！？）)》〉”’〕\]】」』,.;:!?%]*"
)
_SURE = 30
_ANNEX = re.compile(r"附\s*件\s*[一二三四五六七八九十\d]{0,3}\s*[:：]?")


def read_pages(pages: Iterable[Page]) -> Extracted:
    """Return the text of all pages, a paragraph or table row a line, with marks to the page.

    Pages may come in any order, and are let go as soon as their lines are read.
    """
    source = iter(pages)
    first = list(islice(source, _SURE))
    spaced = is_autospaced(row for p in first if not p.recognised for row in rows_of(p.pieces))
    read: dict[int, tuple[float, list[Line | Table]]] = {}
    widths: dict[int, float] = {}
    for page in chain(first, source):
        read[page.number] = page.height, read_page(page, spaced)
        widths[page.number] = page.width
    kept, repeated = without_furniture(dict(sorted(read.items())))
    blocks = [block for number in kept for block in kept[number]]
    warnings = tuple(f"每页重复的页眉页脚“{text}”没有收进正文。" for text in repeated)
    return replace(_assembled(_paragraphs(blocks, widths)), warnings=warnings)


Stretch = tuple[str, int, float]
"""Text with its page and its confidence."""


def _paragraphs(
    blocks: Sequence[Line | Table], widths: Mapping[int, float]
) -> Iterator[list[Stretch]]:
    """Yield paragraphs and table rows, each as stretches that are written one behind the other."""
    frames = measure_frames([b for b in blocks if isinstance(b, Line)], widths)
    for is_table, group in groupby(blocks, key=lambda block: isinstance(block, Table)):
        if is_table:
            tables = [block for block in group if isinstance(block, Table)]
            yield from ([(text, r.page, r.confidence)] for text, r in table_rows(tables))
        else:
            yield from _joined([block for block in group if isinstance(block, Line)], frames)


def _joined(lines: Sequence[Line], frames: Frames) -> Iterator[list[Stretch]]:
    body = median(line.size for line in lines)
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and _opens(paragraph[-1], line, frames, body):
            yield _stretches(paragraph)
            paragraph = []
        paragraph.append(line)
    yield _stretches(paragraph)


def _opens(last: Line, line: Line, frames: Frames, body: float) -> bool:
    """Tell whether a line opens a new paragraph."""
    frame, before = frames[line.page, line.column], frames[last.page, last.column]
    if not 0.83 < last.size / line.size < 1.2:
        return True
    same = (last.page, last.column) == (line.page, line.column)
    distance = (line.middle - last.middle) / line.size
    if same and not -0.5 * frame.pitch < distance < 1.3 * max(frame.pitch, 1.0):
        return True
    if _stands_alone(last.text) or _stands_alone(line.text):
        return True
    is_title = (
        before.is_centred(last)
        and frame.is_centred(line)
        and (frame.slack(line) > 1.5 or last.size > 1.15 * body)
    )
    if is_title and (last.size > 1.15 * body or abs(frame.indent(line) - 2) > 0.7):
        return parse_label(line.text) is not None
    if frame.indent(line) > 1.2:
        hangs = abs(frame.indent(line) - 2) > 0.7 and abs(line.x0 - last.x0) < 8 * line.size
        goes_on = hangs and not _ends(last, line, before) and not _CLOSED.search(last.text)
        return not goes_on or parse_label(line.text) is not None
    if _ends(last, line, before):
        return True
    return bool(_CLOSED.search(last.text)) and parse_label(line.text) is not None


def _ends(last: Line, line: Line, frame: Frame) -> bool:
    """Tell whether a line ends early: the first word of the next would still have fitted."""
    match = _TOKEN.match(line.text)
    word = sum(1.0 if is_wide(c) else 0.55 for c in match[0]) if match else 1.0
    return frame.slack(last) > max(word, 1.0) + 0.5


def _stands_alone(text: str) -> bool:
    if _ANNEX.fullmatch(text):
        return True
    return metadata.read_letterhead(text) is not None or metadata.is_date_line(text)


def _stretches(lines: Sequence[Line]) -> list[Stretch]:
    """Join the lines of a paragraph, one stretch a page."""
    stretches: list[Stretch] = []
    text = ""
    for page, group in groupby(lines, key=lambda line: line.page):
        start, here = len(text), list(group)
        for line in here:
            text = glue(text, line.text)
        stretches.append((text[start:], page, fmean(line.confidence for line in here)))
    return stretches


def _assembled(paragraphs: Iterable[Sequence[Stretch]]) -> Extracted:
    chunks: list[str] = []
    marks: list[Mark] = []
    position = 0
    for stretches in paragraphs:
        for text, page, confidence in stretches:
            mark = Mark(position, f"第{page}页", round(confidence, 2))
            if not marks or replace(mark, start=marks[-1].start) != marks[-1]:
                marks.append(mark)
            chunks.append(text)
            position += len(text)
        chunks.append("\n")
        position += 1
    return Extracted("".join(chunks), tuple(marks))
