"""Pure: paragraphs to parts (letterhead, notice, plan, annexes) and parts to draft clauses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index import metadata
from index.cleaning import SHORT_LINE, Paragraph
from index.labels import Label, Level, parse_label
from index.tables import NUMBER_HEADS, parse_table
from index.types import ClauseKind, Heading

_ITEM = re.compile(r"(?:[—–\-]{1,3}(?=[^\d\s—–-])|[•●·▪◆■*]\s*(?=\S))")
_ANNEX = re.compile(r"附\s*件\s*([一二三四五六七八九十\d]{0,3})\s*(?:[:：]\s*|$)(.*)$")
_SENTENCE = re.compile(r"[。；！？]")
_TITLE_START = re.compile(r"[\u4e00-\u9fff\s]{0,60}关于")
_TITLE_LINES = 5
_POINTERS = 10


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
    position = 0
    while position < len(paragraphs):
        paragraph, current = paragraphs[position], parts[-1]
        annex = _ANNEX.match(paragraph.text)
        lines = _title_lines(paragraphs[position:], current)
        if annex and not _is_pointer(annex, paragraphs[position:], titles):
            parts.append(_Part(f"附件{annex[1]}", [paragraph]))
        elif _is_open(current) and metadata.is_title_rest(paragraph.text):
            current.title_lines.append(paragraph)
        elif lines:
            if current.body and not _is_top(current):
                parts.append(_Part())
            parts[-1].title_lines.extend(paragraphs[position : position + lines])
        else:
            current.body.append(paragraph)
        position += max(lines, 1)
    return tuple(part.frozen() for part in parts if part.title_lines or part.body)


def _is_pointer(annex: re.Match[str], rest: Sequence[Paragraph], titles: set[str]) -> bool:
    """Tell 附件说明 (a pointer at the end of the text) from the annex itself.

    A pointer names a title that stands elsewhere, or nothing but further pointers comes between
    it and the signature or the end.
    """
    title = _plain(re.sub(r"^\s*\d+[.．、]", "", annex[2]))
    if rest[0].rank or not title:
        return False
    if "。" in title or title in titles:
        return True
    if any(len(t) > 5 and title.startswith(t) for t in titles):
        return True
    for following in rest[1:_POINTERS]:
        label = parse_label(following.text)
        if metadata.is_date_line(following.text) or metadata.is_organ_line(following.text):
            return True
        if following.cells or following.rank or (label and label.level is not Level.THIRD):
            return False
    return len(rest) <= _POINTERS


def _plain(text: str) -> str:
    return re.sub(r"[\s《》]", "", unicodedata.normalize("NFKC", text))


def _is_open(part: _Part) -> bool:
    return bool(part.title_lines) and not part.body


def _is_top(part: _Part) -> bool:
    """Tell whether a part holds nothing but letterhead so far."""
    return not (part.title_lines or part.annex) and all(
        metadata.read_letterhead(p.text) or metadata.is_organ_line(p.text) for p in part.body
    )


def _title_lines(paragraphs: Sequence[Paragraph], part: _Part) -> int:
    """Count the lines of the title that opens `paragraphs`, 0 when none does.

    Over the text a title may be broken: the issuing organs on lines of their own, then 关于…的通知
    on one or more.
    """
    first = paragraphs[0]
    if first.rank == 1 and parse_label(first.text) is None:
        return 1
    last = part.body[-1] if part.body else None
    may_stand = last is None or bool(last.cells) or _closes(last.text)
    text = ""
    for count, line in enumerate(paragraphs[:_TITLE_LINES], 1):
        if line.cells or line.rank or parse_label(line.text) or _SENTENCE.search(line.text):
            return 0
        text += line.text
        if not metadata.is_title_line(text):
            continue
        if count == 1:
            return int(may_stand or text.endswith("解读"))
        return count if may_stand and _TITLE_START.match(text) else 0
    return 0


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
        yield walker.step(paragraph, part.body[position + 1 :])
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
    pointers: int = 0

    def step(self, paragraph: Paragraph, following: Sequence[Paragraph]) -> Draft:
        """Make the clause of one paragraph that is no table row."""
        if (draft := self._outer(paragraph, following)) is not None:
            self.pointers = 0
            return draft
        self.colophon = ""
        label = parse_label(paragraph.text)
        if self._is_pointer(paragraph, label):
            labels = (*self.labels, "附件说明")
            path = (*self.prefix, Heading("附件说明"))
            return Draft(labels, path, ClauseKind.PARAGRAPH, (paragraph,))
        if label and self._fits(label):
            return self._labelled(paragraph, label)
        return self._plain(paragraph)

    def _is_pointer(self, paragraph: Paragraph, label: Label | None) -> bool:
        """Tell a line of 附件说明: 附件：1.…, then 2.… and so on."""
        if _ANNEX.match(paragraph.text):
            self.pointers = 1
        elif self.pointers and label and label.level is Level.THIRD:
            self.pointers += 1 if label.ordinal == self.pointers + 1 else -self.pointers
        else:
            self.pointers = 0
        return bool(self.pointers)

    def _outer(self, paragraph: Paragraph, following: Sequence[Paragraph]) -> Draft | None:
        """Make a letterhead, signature or colophon clause, if the paragraph is one."""
        text = paragraph.text
        whole = metadata.FieldValue("", 0, len(text))
        if value := metadata.read_letterhead(text):
            self.colophon = "抄送" if value.name == "抄送" else ""
            return _letterhead(metadata.FIELD_LABELS[value.name], value, paragraph)
        if metadata.is_date_line(text):
            return _letterhead("落款/成文日期", replace(whole, name="成文日期"), paragraph)
        if metadata.is_organ_line(text) and not _SENTENCE.search(text):
            name = self._organ_role(following)
            label = "落款/署名" if name == "署名" else "版记/印发机关"
            return _letterhead(label, replace(whole, name=name), paragraph) if name else None
        if not self.stack and not self.root.plain and metadata.is_addressee(text):
            value = metadata.FieldValue("主送", 0, len(text) - 1)
            return _letterhead("版头/主送", value, paragraph)
        if self.colophon and parse_label(text) is None:
            return _letterhead("版记/抄送", replace(whole, name="抄送"), paragraph)
        return None

    def _organ_role(self, following: Sequence[Paragraph]) -> str:
        """Tell what an organ on a line of its own does; a list of schools does nothing."""
        for paragraph in following:
            if metadata.is_date_line(paragraph.text):
                return "署名"
            if metadata.read_letterhead(paragraph.text):
                return "印发机关"
            if not metadata.is_organ_line(paragraph.text):
                return ""
        return "印发机关" if self.colophon else ""

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
        articles = [i for i, step in enumerate(self.stack) if step.level is Level.ARTICLE]
        if articles:  # what follows the items of an article is its next 款
            del self.stack[articles[-1] + 1 :]
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
    head = body[start]
    rows = [head]
    for position in range(start + 1, len(body)):
        paragraph = body[position]
        if not paragraph.cells:
            more = position + 1 < len(body) and _goes_on(head, body[position + 1])
            if not more or len(paragraph.text) > SHORT_LINE or _SENTENCE.search(paragraph.text):
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


def _rows(paragraphs: Sequence[Paragraph], walker: _Walker) -> Iterator[Draft]:
    labels, path = walker.table()
    table = parse_table([(p.text, p.cells) for p in paragraphs])
    section: tuple[Heading, ...] = ()
    # Only the first head is a clause: its repetitions behind page breaks are noise.
    head = Draft((*labels, "表头"), path, ClauseKind.TABLE_HEAD, (paragraphs[0],))
    drafts = {0: head}
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
    yield from (drafts[position] for position in sorted(drafts))
