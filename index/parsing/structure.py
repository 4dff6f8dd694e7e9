"""Pure: the parts of a file to draft clauses. The one door to parts, headings and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.parsing import metadata
from index.parsing.cleaning import Paragraph
from index.parsing.drafts import Draft, DraftCell, split_long
from index.parsing.parts import Part, split_parts
from index.parsing.rows import captions_at, draft_rows, table_at
from index.parsing.walker import Walker, letterhead
from index.types import ClauseKind, Heading

__all__ = ["Draft", "Part", "draft_fields", "draft_part", "split_parts"]


def draft_fields(fields: Sequence[Paragraph]) -> Iterator[Draft]:
    """Yield the letterhead clauses of a front matter."""
    for paragraph in fields:
        value = metadata.read_field(paragraph.text)
        if value is not None:
            label = metadata.FIELD_LABELS.get(value.name, f"版头/{value.name}")
            yield letterhead(label, (value,), paragraph)


def draft_part(part: Part, prefix: tuple[Heading, ...], labels: tuple[str, ...]) -> list[Draft]:
    """Return the clauses of one part in reading order."""
    drafts = [cut for draft in _drafts(part, prefix, labels) for cut in split_long(draft)]
    return sorted(drafts, key=lambda d: d.paragraphs[0].pieces[0][0])


def _drafts(part: Part, prefix: tuple[Heading, ...], labels: tuple[str, ...]) -> Iterator[Draft]:
    title_start = part.title_lines[0].pieces[0][0] if part.title_lines else -1
    if part.title_lines:
        yield _title(part, prefix, labels)
    walker = Walker(prefix, labels)
    position = 0
    while position < len(part.body):
        captions = captions_at(part.body, position)
        first = part.body[position + captions]
        if first.cells:
            rows = table_at(part.body, position + captions)
            yield from draft_rows(part.body[position : position + captions], rows, walker)
            position += captions + len(rows)
        else:
            above = first.pieces[0][0] < title_start
            yield walker.step(first, part.body[position + 1 :], above)
            position += 1


def _title(part: Part, prefix: tuple[Heading, ...], labels: tuple[str, ...]) -> Draft:
    path: tuple[Heading, ...] = (Heading("标题"),)
    if not labels:
        labels = ("标题",)
    elif labels == ("通知",):
        labels, path = ("版头", "标题"), (Heading("版头"), Heading("标题"))
    else:
        labels, path = (*labels, "标题"), prefix
    cell: tuple[DraftCell, ...] = ()
    if len(part.title_lines) == 1:
        line = part.title_lines[0]
        start = line.text.find(part.title)
        cell = (DraftCell("标题", line, max(start, 0), len(line.text)),)
    return Draft(labels, path, ClauseKind.TITLE, part.title_lines, cell)
