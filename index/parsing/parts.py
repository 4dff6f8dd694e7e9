"""Pure: paragraphs to parts: letterhead and notice, plan, annexes, 解读."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.parsing import metadata
from index.parsing.cleaning import Paragraph
from index.parsing.labels import Level, parse_label
from index.parsing.letterhead import closes, read_enactment, read_letterhead, read_marks

_NUMERAL = r"[一二三四五六七八九十\d]{0,3}"
_ANNEX = re.compile(rf"(附\s*(?:[件表录]\s*{_NUMERAL}|{_NUMERAL}))\s*(?:[:：]\s*|$)(.*)$")
_ANNEX_TITLED = re.compile(r"(附\s*[件表录]\s*[一二三四五六七八九十\d]{1,3})\s*(.*)$")
_SENTENCE = re.compile(r"[。；;！？]")
_SHORT_TITLE = re.compile(r"[^\d\s。，、；：;:,！？][^。，；：;:！？]{1,29}")
_TITLE_START = re.compile(r"[\u4e00-\u9fff\s]{0,60}关于")
_TITLE_LINES = 5
_LONGEST_TITLE = 60
_POINTERS = 10


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the file under one title: the notice, the plan, an annex, an 解读."""

    title: str
    annex: str
    title_lines: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class AnnexMark:
    """A line that opens an annex or points to one: 附件1, 附表：…, 附件2 名单."""

    name: str
    title: str


@dataclass(slots=True)
class _Part:
    annex: str = ""
    title_lines: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)

    def frozen(self) -> Part:
        marks = {line: annex_mark(line.text) for line in self.title_lines}
        title = "".join(line.text for line, mark in marks.items() if mark is None)
        for mark in marks.values():
            title = title or (mark.title if mark else "")
        return Part(title, self.annex, tuple(self.title_lines), tuple(self.body))


def annex_mark(text: str) -> AnnexMark | None:
    """Read the mark of an annex, or None when the line is none."""
    match = _ANNEX.match(text)
    if match is None:
        titled = _ANNEX_TITLED.match(text)
        match = titled if titled and metadata.is_title_line(titled[2]) else None
    return AnnexMark(re.sub(r"\s+", "", match[1]), match[2]) if match else None


def split_parts(paragraphs: Sequence[Paragraph]) -> tuple[Part, ...]:
    """Cut a file where a title or an annex mark opens something new.

    A title-like line only opens a part where a title can stand: at the top, behind letterhead,
    signature or colophon, behind an annex mark, or behind a table.
    """
    parts = [_Part()]
    titles = {_plain(p.text) for p in paragraphs if annex_mark(p.text) is None}
    position = 0
    while position < len(paragraphs):
        paragraph, current = paragraphs[position], parts[-1]
        annex = None if paragraph.cells else annex_mark(paragraph.text)
        lines = _title_lines(paragraphs[position : position + _TITLE_LINES], current)
        if annex and not _is_pointer(
            annex, paragraphs[position : position + _POINTERS + 1], titles
        ):
            name = annex.name if annex.name != "附" else "附件"
            parts.append(_Part(name, [paragraph]))
        elif _is_open(current) and _goes_on(paragraphs[position : position + 2], current, lines):
            current.title_lines.append(paragraph)
        elif lines:
            if current.body and not _is_top(current):
                parts.append(_Part())
            parts[-1].title_lines.extend(paragraphs[position : position + lines])
        else:
            current.body.append(paragraph)
        position += max(lines, 1)
    return tuple(part.frozen() for part in parts if part.title_lines or part.body)


def _is_pointer(annex: AnnexMark, rest: Sequence[Paragraph], titles: set[str]) -> bool:
    """Tell 附件说明 (a pointer at the end of the text) from the annex itself.

    A pointer names a title that stands elsewhere, or nothing but further pointers comes between
    it and the signature or the end.
    """
    title = _plain(re.sub(r"^\s*\d+[.．、]", "", annex.title))
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


def _goes_on(paragraphs: Sequence[Paragraph], part: _Part, lines: int) -> bool:
    """Tell whether a line goes on with a title: （试行）, or the short name of an annex."""
    first = paragraphs[0]
    if metadata.is_title_rest(first.text):
        return True
    mark = annex_mark(part.title_lines[-1].text)
    if lines or mark is None or mark.title or len(paragraphs) == 1 or first.cells:
        return False
    is_plain = parse_label(first.text) is None and not closes(first.text)
    return is_plain and _SHORT_TITLE.fullmatch(first.text) is not None


def _plain(text: str) -> str:
    return re.sub(r"[\s《》]", "", unicodedata.normalize("NFKC", text))


def _is_open(part: _Part) -> bool:
    return bool(part.title_lines) and not part.body


def _is_top(part: _Part) -> bool:
    """Tell whether a part holds nothing but letterhead so far."""
    return not (part.title_lines or part.annex) and all(
        read_letterhead(p.text) or read_marks(p.text) or metadata.is_organ_line(p.text)
        for p in part.body
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
    may_stand = last is None or bool(last.cells) or closes(last.text) or bool(read_marks(last.text))
    text = ""
    for count, line in enumerate(paragraphs, 1):
        if line.cells or line.rank or parse_label(line.text) or _SENTENCE.search(line.text):
            break
        text += line.text
        if read_enactment(text) or not metadata.is_title_line(text):
            continue
        if count == 1:
            return int(may_stand or text.endswith("解读"))
        return count if may_stand and _TITLE_START.match(text) else 0
    return int(last is None and not part.title_lines and _names_text(paragraphs))


def _names_text(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether the first line of a file is the title of what is numbered right below it."""
    first, *rest = paragraphs
    if first.cells or parse_label(first.text) or not rest:
        return False
    if len(first.text) > _LONGEST_TITLE or re.search(r"[，。；：:;！？]", first.text):
        return False
    label = parse_label(rest[0].text)
    return bool(read_enactment(rest[0].text)) or (label is not None and label.ordinal == 1)
