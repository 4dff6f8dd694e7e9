"""Pure: the lines of a table to clauses: one for its head, one a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.parsing import metadata
from index.parsing.cleaning import SHORT_LINE, Paragraph
from index.parsing.drafts import Draft, DraftCell
from index.parsing.labels import parse_label
from index.parsing.tables import NUMBER_HEADS, TableRow, parse_table
from index.parsing.walker import Walker
from index.types import ClauseKind, Heading

_CAPTION = re.compile(
    r"(?:[续附]?表\s*[一二三四五六七八九十\d][^。；;]{0,60}|附表\s*[:：][^。；;]{1,60})$"
)
_UNIT = re.compile(r"[（(]?\s*(?:计量|金额|货币)?单位\s*[:：][^。；;]{1,20}$")
_SENTENCE = re.compile(r"[。；;！？]")
_CAPTION_LINES = 3


def captions_at(body: Sequence[Paragraph], start: int) -> int:
    """Count the lines at `start` that name the table below them: 表1 …, a title, 单位：万元."""
    for count, line in enumerate(body[start : start + _CAPTION_LINES + 1]):
        if line.cells:
            return count
        if not (_UNIT.match(line.text) or _is_caption(line.text)):
            return 0
    return 0


def _is_caption(text: str) -> bool:
    titled = text.rstrip("）)").endswith("表") and metadata.is_title_line(text)
    return parse_label(text) is None and bool(_CAPTION.match(text) or titled)


def table_at(body: Sequence[Paragraph], start: int) -> list[Paragraph]:
    """Collect the rows of a table; a short line between two rows is a section row of it."""
    head = body[start]
    rows = [head]
    for position in range(start + 1, len(body)):
        paragraph = body[position]
        if not paragraph.cells:
            more = position + 1 < len(body) and _goes_on(head, body[position + 1])
            is_long = len(paragraph.text) > SHORT_LINE or _SENTENCE.search(paragraph.text)
            if not more or is_long or _is_caption(paragraph.text):
                break
            paragraph = replace(paragraph, cells=((0, len(paragraph.text)),))
        elif not _goes_on(head, paragraph):
            break
        rows.append(paragraph)
    return rows


def _goes_on(head: Paragraph, row: Paragraph) -> bool:
    """Tell whether a row belongs to the table under `head`: same shape, and no head itself."""
    if not row.cells or _shape(head) != _shape(row):
        return False
    texts = {row.text[a:b] for a, b in row.cells}
    return not texts & NUMBER_HEADS or texts == {head.text[a:b] for a, b in head.cells}


def _shape(row: Paragraph) -> str:
    """Return what stands between the cells of a row."""
    return "|" if row.text.startswith("|") else "\t" if "\t" in row.text else "\n"


def draft_rows(
    captions: Sequence[Paragraph], paragraphs: Sequence[Paragraph], walker: Walker
) -> Iterator[Draft]:
    """Yield the clauses of a table in reading order.

    The head is one clause with the lines above it that name the table; its repetitions behind
    page breaks become none.
    """
    table = parse_table([(p.text, p.cells) for p in paragraphs])
    opening = paragraphs[: table.depth]
    printed = [*(p.text for p in captions), *(p.text.strip("\t| ") for p in opening[: table.above])]
    labels, path = walker.table(" ".join(printed))
    yield Draft((*labels, "表头"), path, ClauseKind.TABLE_HEAD, (*captions, *opening))
    section: tuple[Heading, ...] = ()
    for order, row in enumerate(table.rows, 1):
        if row.is_section:
            section = (_section(row, paragraphs[row.row]),)
            step = section[0].label.replace(" ", "")[:20]
            steps = (*path, *section)
            yield Draft((*labels, step), steps, ClauseKind.HEADING, (paragraphs[row.row],))
            continue
        cells = tuple(DraftCell(c.head, paragraphs[c.row], c.start, c.end) for c in row.cells)
        step, shown = _row_step(row, order)
        steps = (*path, *section, Heading(shown))
        kind = ClauseKind.ROW if cells else ClauseKind.PARAGRAPH
        yield Draft((*labels, step), steps, kind, (paragraphs[row.row],), cells)


def _section(row: TableRow, paragraph: Paragraph) -> Heading:
    text = paragraph.text[row.cells[0].start : row.cells[0].end]
    label = parse_label(text)
    return Heading(label.text, text[label.width :]) if label else Heading(text, text)


def _row_step(row: TableRow, order: int) -> tuple[str, str]:
    """Return the step of a row's id and how it is shown: 3 and 序号3, 合计, 行2 and （第2行）."""
    number = re.sub(r"\s+", "", row.number)
    if row.total:
        return row.total, row.total
    if not row.cells:
        return "表注", "表注"
    return (number, f"序号{number}") if number else (f"行{order}", f"（第{order}行）")
