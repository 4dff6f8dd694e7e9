"""Pure: paragraphs to parts (letterhead, notice, plan, annexes) and parts to draft clauses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index import metadata
from index.cleaning import SHORT_LINE, Paragraph
from index.labels import Label, Level, parse_label
from index.tables import parse_table
from index.types import ClauseKind, Heading

_ITEM = re.compile(r"(?:[—–\-]{1,3}(?=[^\d\s—–-])|[•●·▪◆■*]\s*(?=\S))")
_ANNEX = re.compile(r"附\s*件\s*([一二三四五六七八九十\d]{0,3})\s*(?:[:：]\s*|$)(.*)$")
_SENTENCE = re.compile(r"[。；！？]")


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


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the file under one title: the notice, the plan, an annex, an 解读."""

    title: str
    annex: str
    title_lines: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]


@dataclass(slots=True)
class _Part:
    annex: str = ""
    title_lines: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)

    def frozen(self) -> Part:
        title = "".join(p.text for p in self.title_lines if not _ANNEX.match(p.text))
        for line in self.title_lines:
            if not title and (match := _ANNEX.match(line.text)):
                title = match[2]
        return Part(title, self.annex, tuple(self.title_lines), tuple(self.body))


def split_parts(paragraphs: Sequence[Paragraph]) -> tuple[Part, ...]:
    """Cut a file where a title or an annex mark opens something new.

    A title-like line only opens a part where a title can stand: at the top, behind letterhead,
    signature or colophon, behind an annex mark, or behind a table.
    """
    parts = [_Part()]
    titles = {_plain(p.text) for p in paragraphs if not _ANNEX.match(p.text)}
    for paragraph in paragraphs:
        current = parts[-1]
        annex = _ANNEX.match(paragraph.text)
        if annex and not _is_pointer(annex, paragraph, titles):
            parts.append(_Part(f"附件{annex[1]}", [paragraph]))
        elif _is_open(current) and metadata.is_title_rest(paragraph.text):
            current.title_lines.append(paragraph)
        elif _is_title(paragraph, current):
            if current.body and not _is_top(current):
                parts.append(_Part())
            parts[-1].title_lines.append(paragraph)
        else:
            current.body.append(paragraph)
    return tuple(part.frozen() for part in parts if part.title_lines or part.body)


def _is_pointer(annex: re.Match[str], paragraph: Paragraph, titles: set[str]) -> bool:
    """Tell 附件说明 (a pointer at the end of the text) from the annex itself."""
    title = _plain(re.sub(r"^\s*\d+[.．、]", "", annex[2]))
    if paragraph.rank or not title:
        return False
    return "。" in title or any(len(t) > 5 and title.startswith(t) for t in titles)


def _plain(text: str) -> str:
    return re.sub(r"[\s《》]", "", unicodedata.normalize("NFKC", text))


def _is_open(part: _Part) -> bool:
    return bool(part.title_lines) and not part.body


def _is_top(part: _Part) -> bool:
    """Tell whether a part holds nothing but letterhead so far."""
    return not part.title_lines and all(
        metadata.read_letterhead(p.text) or metadata.is_organ_line(p.text) for p in part.body
    )


def _is_title(paragraph: Paragraph, part: _Part) -> bool:
    text = paragraph.text
    if paragraph.rank == 1 and parse_label(text) is None:
        return True
    if paragraph.cells or paragraph.rank or parse_label(text) or len(text) > 120:
        return False
    if not metadata.is_title_line(text):
        return False
    last = part.body[-1] if part.body else None
    return last is None or bool(last.cells) or _closes(last.text) or text.endswith("解读")


def _closes(text: str) -> bool:
    """Tell whether a line can stand right above a title."""
    return (
        metadata.read_letterhead(text) is not None
        or metadata.is_date_line(text)
        or metadata.is_organ_line(text)
    )


def draft_fields(fields: Sequence[Paragraph]) -> Iterator[Draft]:
    """Yield the letterhead clauses of a front matter."""
    for paragraph in fields:
        value = metadata.read_field(paragraph.text)
        if value is not None:
            label = metadata.FIELD_LABELS.get(value.name, f"版头/{value.name}")
            yield _letterhead(label, value, paragraph)


def _letterhead(label: str, value: metadata.FieldValue, paragraph: Paragraph) -> Draft:
    steps = tuple(label.split("/"))
    kind = ClauseKind.COLOPHON if steps[0] == "版记" else ClauseKind.LETTERHEAD
    cell = DraftCell(value.name, paragraph, value.start, value.end)
    return Draft(steps, tuple(map(Heading, steps)), kind, (paragraph,), (cell,))


def draft_part(part: Part, prefix: tuple[Heading, ...], labels: tuple[str, ...]) -> list[Draft]:
    """Return the clauses of one part in reading order."""
    return sorted(_drafts(part, prefix, labels), key=lambda d: d.paragraphs[0].pieces[0][0])


def _drafts(part: Part, prefix: tuple[Heading, ...], labels: tuple[str, ...]) -> Iterator[Draft]:
    if part.title_lines:
        yield _title(part, prefix, labels)
    walker = _Walker(prefix, labels)
    position = 0
    while position < len(part.body):
        paragraph = part.body[position]
        if paragraph.cells:
            rows = _table_at(part.body, position)
            yield from _rows(rows, walker)
            position += len(rows)
            continue
        following = part.body[position + 1].text if position + 1 < len(part.body) else ""
        yield walker.step(paragraph, following)
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


@dataclass(slots=True)
class _Step:
    level: Level
    heading: Heading
    plain: int = 0
    items: int = 0


@dataclass(slots=True)
class _Walker:
    """Walks down a part and keeps the stack of open headings."""

    prefix: tuple[Heading, ...]
    labels: tuple[str, ...]
    stack: list[_Step] = field(default_factory=list)
    root: _Step = field(default_factory=lambda: _Step(Level.BOOK, Heading("")))
    last: dict[Level, int] = field(default_factory=dict)
    tables: int = 0
    colophon: str = ""

    def step(self, paragraph: Paragraph, following: str) -> Draft:
        """Make the clause of one paragraph that is no table row."""
        if (draft := self._outer(paragraph, following)) is not None:
            return draft
        self.colophon = ""
        label = parse_label(paragraph.text)
        if label and self._fits(label):
            return self._labelled(paragraph, label)
        return self._plain(paragraph)

    def _outer(self, paragraph: Paragraph, following: str) -> Draft | None:
        """Make a letterhead, signature or colophon clause, if the paragraph is one."""
        text = paragraph.text
        whole = metadata.FieldValue("", 0, len(text))
        if value := metadata.read_letterhead(text):
            self.colophon = "抄送" if value.name == "抄送" else ""
            return _letterhead(metadata.FIELD_LABELS[value.name], value, paragraph)
        if metadata.is_date_line(text):
            return _letterhead("落款/成文日期", replace(whole, name="成文日期"), paragraph)
        if metadata.is_organ_line(text) and not _SENTENCE.search(text):
            name = "署名" if metadata.is_date_line(following) else "印发机关"
            label = "落款/署名" if name == "署名" else "版记/印发机关"
            return _letterhead(label, replace(whole, name=name), paragraph)
        if not self.stack and not self.root.plain and metadata.is_addressee(text):
            value = metadata.FieldValue("主送", 0, len(text) - 1)
            return _letterhead("版头/主送", value, paragraph)
        if self.colophon and parse_label(text) is None:
            return _letterhead("版记/抄送", replace(whole, name="抄送"), paragraph)
        return None

    def _fits(self, label: Label) -> bool:
        """Tell a heading from a number that only happens to open a line: it must go on."""
        seen = self.last.get(label.level)
        if seen is None or label.ordinal == 1:
            return True
        if label.level is Level.ARTICLE:
            return label.ordinal in (seen, seen + 1) or seen < label.ordinal <= seen + 5
        return seen < label.ordinal <= seen + 3

    def _labelled(self, paragraph: Paragraph, label: Label) -> Draft:
        while self.stack and self.stack[-1].level >= label.level:
            self.stack.pop()
        if label.level is not Level.ARTICLE:
            for level in [lv for lv in self.last if lv > label.level and lv is not Level.THIRD]:
                if level is not Level.ARTICLE:
                    del self.last[level]
        self.last[label.level] = label.ordinal
        body = paragraph.text[label.width :].strip()
        title = heading_title(body, label.level)
        self.stack.append(_Step(label.level, Heading(label.text, title)))
        kind = ClauseKind.HEADING if body == title else ClauseKind.PARAGRAPH
        return Draft(self._labels(), self._path(), kind, (paragraph,))

    def _plain(self, paragraph: Paragraph) -> Draft:
        parent = self.stack[-1] if self.stack else self.root
        if _ITEM.match(paragraph.text):
            parent.items += 1
            step = f"项{parent.items}"
            kind = ClauseKind.ITEM
        else:
            parent.plain += 1
            article = parent.level is Level.ARTICLE and bool(self.stack)
            step = f"款{parent.plain + 1}" if article else f"段{parent.plain}"
            kind = ClauseKind.PARAGRAPH
        path = (*self._path(), Heading(shown_step(step)))
        return Draft((*self._labels(), step), path, kind, (paragraph,))

    def _labels(self) -> tuple[str, ...]:
        return (*self.labels, *(step.heading.label for step in self.stack))

    def _path(self) -> tuple[Heading, ...]:
        return (*self.prefix, *(step.heading for step in self.stack))

    def table(self) -> tuple[tuple[str, ...], tuple[Heading, ...]]:
        """Open a table and return the labels and path of its rows' parent."""
        self.tables += 1
        labels, path = self._labels(), self._path()
        main = bool(self.labels) and self.labels[0].startswith("附件") and not self.stack
        if main and self.tables == 1:
            return labels, path
        name = f"表{self.tables}" if self.tables > 1 else "表"
        return (*labels, name), (*path, Heading(name))


def shown_step(step: str) -> str:
    """Return an unprinted step as readers say it: 段2 → 第2段, 项1 → 第1项, 款2 → 第2款."""
    return f"（第{step[1:]}{step[0]}）"


def heading_title(body: str, level: Level) -> str:
    """Return the title that a labelled line carries: all of a short line, or its first sentence."""
    if len(body) <= SHORT_LINE and not _SENTENCE.search(body):
        return body
    if level is Level.ARTICLE:
        match = re.match(r"[【\[（(]([^】\]）)]{2,20})[】\]）)]", body)
        return match[1] if match else ""
    first = re.split(r"[。：:]", body, maxsplit=1)[0]
    return first if len(first) <= SHORT_LINE and len(first) < len(body) - 1 else ""


def _table_at(body: Sequence[Paragraph], start: int) -> list[Paragraph]:
    """Collect the rows of a table; a short line between two rows is a section row of it."""
    rows: list[Paragraph] = []
    for position in range(start, len(body)):
        paragraph = body[position]
        if not paragraph.cells:
            more = position + 1 < len(body) and bool(body[position + 1].cells)
            if not more or len(paragraph.text) > SHORT_LINE or _SENTENCE.search(paragraph.text):
                break
            paragraph = replace(paragraph, cells=((0, len(paragraph.text)),))
        rows.append(paragraph)
    return rows


def _rows(paragraphs: Sequence[Paragraph], walker: _Walker) -> Iterator[Draft]:
    labels, path = walker.table()
    table = parse_table([(p.text, p.cells) for p in paragraphs])
    section: tuple[Heading, ...] = ()
    drafts = {
        row: Draft(
            (*labels, "表头" if not row else f"表头{row}"),
            path,
            ClauseKind.TABLE_HEAD,
            (paragraphs[row],),
        )
        for row in table.head_rows
    }
    for order, row in enumerate(table.rows, 1):
        paragraph = paragraphs[row.row]
        cells = tuple(DraftCell(c.head, paragraphs[c.row], c.start, c.end) for c in row.cells)
        if row.is_section:
            text = paragraph.text[row.cells[0].start : row.cells[0].end]
            label = parse_label(text)
            name = Heading(label.text, text[label.width :]) if label else Heading(text, text)
            section = (name,)
            step = (*labels, f"{name.label}".replace(" ", "")[:20])
            drafts[row.row] = Draft(step, (*path, *section), ClauseKind.HEADING, (paragraph,))
            continue
        number = re.sub(r"\s+", "", row.number)
        steps = (*path, *section, Heading(f"序号{number}" if number else f"（第{order}行）"))
        drafts[row.row] = Draft(
            (*labels, number or f"行{order}"), steps, ClauseKind.ROW, (paragraph,), cells
        )
    for position in sorted(drafts):
        if position == 0 or drafts[position].kind is not ClauseKind.TABLE_HEAD:
            yield drafts[position]
