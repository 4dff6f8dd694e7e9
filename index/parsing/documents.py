"""Pure: a decoded file to documents with clauses. The one door to cleaning and structure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from index.loaders.source import SourceText
from index.parsing import metadata
from index.parsing.cleaning import Cleaned, Paragraph, clean
from index.parsing.facts import corrections, full_number, issue_date, issuer_of_number, read_facts
from index.parsing.labels import parse_label
from index.parsing.places import region_of_body
from index.parsing.profile import read_profile
from index.parsing.structure import Draft, Part, draft_fields, draft_part, split_parts
from index.parsing.tables import find_flat_tables, group_cells
from index.types import (
    Cell,
    Clause,
    Document,
    DocumentKind,
    Heading,
    ParsedDocument,
    Run,
)

_KINDS = {
    "要点整理": DocumentKind.DIGEST,
    "digest": DocumentKind.DIGEST,
    "全文": DocumentKind.FULL,
    "full": DocumentKind.FULL,
    "解读": DocumentKind.INTERPRETATION,
    "interpretation": DocumentKind.INTERPRETATION,
}


def parse_documents(source: SourceText) -> tuple[ParsedDocument, ...]:
    """Parse a file into its documents: one, or two when an official 解读 is glued behind a plan."""
    cleaned = _clean(source.text)
    parts = split_parts(cleaned.paragraphs)
    cut = next(
        (i for i, part in enumerate(parts) if i and part.title.rstrip("》").endswith("解读")),
        len(parts),
    )
    first = _document(
        source, source.stem, cleaned.fields, parts[:cut], cleaned.noise, source.fields
    )
    if cut == len(parts):
        return (first,)
    second = _document(source, f"{source.stem}_解读", (), parts[cut:], (), {})
    return first, second


def _clean(raw: str) -> Cleaned:
    """Clean a file; rows of flattened tables come out as table paragraphs."""
    lines = [(m.start(1), m[1]) for m in re.finditer(r"^\s*(\S.*?)\s*$", raw, re.MULTILINE)]
    tables = list(find_flat_tables([text for _, text in lines]))
    loose = frozenset(
        lines[i][0] for table in tables for row in (table.heads, *table.rows) for i in row
    )
    cleaned = clean(raw, loose)
    if not tables:
        return cleaned
    rows = {
        lines[row[0]][0]: ({lines[i][0] for i in row}, len(table.heads))
        for table in tables
        for row in (table.heads, *table.rows)
    }
    return replace(cleaned, paragraphs=tuple(_fold(cleaned.paragraphs, rows, raw)))


def _fold(
    paragraphs: Sequence[Paragraph], rows: dict[int, tuple[set[int], int]], raw: str
) -> Iterator[Paragraph]:
    """Fold the one-cell lines of each flattened row into one table paragraph."""
    position = 0
    while position < len(paragraphs):
        row = rows.get(paragraphs[position].pieces[0][0])
        if row is None:
            yield paragraphs[position]
            position += 1
            continue
        members, width = row
        end = position
        while end < len(paragraphs) and paragraphs[end].pieces[0][0] in members:
            end += 1
        yield _row(paragraphs[position:end], width, raw)
        position = end


def _row(lines: Sequence[Paragraph], width: int, raw: str) -> Paragraph:
    pieces: list[tuple[int, int]] = []
    text = ""
    spans: list[tuple[int, int]] = []
    for group in group_cells([line.text for line in lines], width):
        if pieces:
            newline = raw.index("\n", pieces[-1][1])
            pieces.append((newline, newline + 1))
            text += "\n"
        cell = "".join(lines[i].text for i in group)
        spans.append((len(text), len(text) + len(cell)))
        pieces.extend(piece for i in group for piece in lines[i].pieces)
        text += cell
    return Paragraph(text, tuple(pieces), 0, tuple(spans))


def _document(
    source: SourceText,
    doc_id: str,
    fields: Sequence[Paragraph],
    parts: Sequence[Part],
    noise: tuple[str, ...],
    corrected: Mapping[str, str],
) -> ParsedDocument:
    drafts = [*draft_fields(fields), *_draft_parts(parts)]
    noise = (*noise, *_undrafted(fields, parts, drafts))
    text, runs, clauses = _assemble(doc_id, drafts)
    given = dict(metadata.field_of(paragraph.text) for paragraph in fields)
    facts = read_facts(clauses) | corrections(given | dict(corrected))
    titles = [part.title for part in parts if part.title and not part.annex.startswith("附")]
    title = re.sub(r"\s+", "", facts.get("标题") or _main_title(parts, titles))
    issuer = facts.get("发文机关") or next(filter(None, map(metadata.issuer_of_title, titles)), "")
    issuer = issuer or facts.get("印发机关", "")
    number = full_number(facts.get("发文字号", ""), issuer, titles)
    issuer = issuer or issuer_of_number(number)
    issued_on = issue_date(facts)
    document = Document(
        doc_id=doc_id,
        title=title or doc_id,
        number=number,
        issuer=issuer,
        region=facts.get("地区") or region_of_body(issuer, title, text),
        issued_on=issued_on,
        kind=_kind(facts.get("类型", ""), title),
        source=source.source,
        sha256=source.sha256,
        text=text,
        runs=runs,
        noise=noise,
        marks=source.marks,
        profile=read_profile(title, issuer, issued_on, clauses, facts),
    )
    return ParsedDocument(document, clauses)


def _kind(given: str, title: str) -> DocumentKind:
    read = title.rstrip("》").endswith("解读")
    return _KINDS.get(given, DocumentKind.INTERPRETATION if read else DocumentKind.FULL)


def _undrafted(
    fields: Iterable[Paragraph], parts: Iterable[Part], drafts: Iterable[Draft]
) -> Iterator[str]:
    """Yield what became no clause: repeated table heads, lines of a front matter without a name."""
    drafted = {p.pieces[0][0] for draft in drafts for p in draft.paragraphs}
    given = (*fields, *(p for part in parts for p in (*part.title_lines, *part.body)))
    yield from (p.text for p in given if p.pieces[0][0] not in drafted)


def _main_title(parts: Sequence[Part], titles: Sequence[str]) -> str:
    """Choose the title of the plan behind a covering notice, else the first title."""
    for position, part in enumerate(parts):
        if part.title and _is_labelled(part):
            return part.title if position == 0 or titles[:1] != [part.title] else titles[0]
    return titles[0] if titles else ""


def _is_labelled(part: Part) -> bool:
    return any(not p.cells and parse_label(p.text) is not None for p in part.body)


def _draft_parts(parts: Sequence[Part]) -> Iterator[Draft]:
    """Name the parts: the first numbered one is the text itself, one before it is the notice."""
    main = next((i for i, part in enumerate(parts) if _is_labelled(part)), 0)
    annexes = 0
    for position, part in enumerate(parts):
        if position == main:
            yield from draft_part(part, (), ())
        elif position < main:
            yield from draft_part(part, (Heading("通知"),), ("通知",))
        else:
            annexes += 1
            name = part.annex or f"附件{annexes if annexes > 1 else ''}"
            yield from draft_part(part, (Heading(name, part.title),), (name,))


def _assemble(
    doc_id: str, drafts: Iterable[Draft]
) -> tuple[str, tuple[Run, ...], tuple[Clause, ...]]:
    """Lay the drafts out as one text and give every clause its id and span."""
    chunks: list[str] = []
    runs: list[Run] = []
    clauses: list[Clause] = []
    starts: dict[int, int] = {}
    used: dict[str, int] = {}
    position = 0
    for draft in drafts:
        start = position
        for order, paragraph in enumerate(draft.paragraphs):
            if order:
                chunks.append("\n")
                position += 1
            starts[paragraph.pieces[0][0]] = position
            for file_start, file_end in paragraph.pieces:
                runs.append(Run(position, file_start, file_end - file_start))
                position += file_end - file_start
            chunks.append(paragraph.text)
        text = "\n".join(p.text for p in draft.paragraphs)
        cells = tuple(_cell(c.head, c.paragraph, c.start, c.end, starts) for c in draft.cells)
        clause_id = _unique(f"{doc_id}#{'/'.join(draft.labels)}", used)
        clauses.append(
            Clause(clause_id, doc_id, draft.path, draft.kind, text, start, position, cells)
        )
        chunks.append("\n")
        position += 1
    return "".join(chunks), tuple(runs), tuple(clauses)


def _cell(head: str, paragraph: Paragraph, start: int, end: int, starts: dict[int, int]) -> Cell:
    base = starts[paragraph.pieces[0][0]]
    return Cell(head, paragraph.text[start:end], base + start, base + end)


def _unique(clause_id: str, used: dict[str, int]) -> str:
    clause_id = re.sub(r"\s+", "", clause_id)
    used[clause_id] = used.get(clause_id, 0) + 1
    count = used[clause_id]
    return clause_id if count == 1 else f"{clause_id}~{count}"
