"""Pure: the paragraphs of a part to clauses with a path, one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.parsing import metadata
from index.parsing.cleaning import SHORT_LINE, Paragraph
from index.parsing.drafts import Draft, DraftCell, shown_step
from index.parsing.labels import Label, Level, parse_label
from index.parsing.letterhead import is_office_line, read_enactment, read_letterhead, read_marks
from index.parsing.metadata import FieldValue
from index.parsing.parts import annex_mark
from index.types import ClauseKind, Heading

_ITEM = re.compile(r"(?:[—–\-]{1,3}(?=[^\d\s—–-])|[•●·▪◆■*]\s*(?=\S))")
_SENTENCE = re.compile(r"[。；;！？]")
_QUESTIONS = re.compile(r"(?:[^。；;！？]+？)+")  # the heading of an answer
_SPACED = re.compile(r"\S(?:\s+\S)+$")
_TITLE_AND_BODY = re.compile(r"([^\s。，,：:]{2,20})\s+(?=\S{20,}|\S.{20,}[。；])")
UNNUMBERED = ("总则", "分则", "附则")
_SELF = r"本(?:通知|意见|办法|方案|规定|细则|计划|规划|公告|通告|决定|措施|政策|制度|章程|标准|指南|预案|实施\w{2}|行动\w{2})"
# What closes a document, and what closes a list and speaks of all of it.
_CLOSING = re.compile(
    rf"特此(?:通知|公告|通告|函告|批复|报告|函复|说明)|{_SELF}.{{0,4}}自.{{2,30}}(?:施行|实施|执行|生效)|{_SELF}由.{{2,40}}负责解释"
)
_SUMMING = re.compile(
    r"以上(?:各|所|\d|[一二三四五六七八九十两]|措施|任务|工作|规定|事项|政策|要求|内容|意见|人员|材料|学校|单位|时间|标准|条件|情形|资金|请)"
)


@dataclass(slots=True)
class _Step:
    rank: float
    level: Level
    name: str
    heading: Heading
    is_heading: bool = False
    plain: int = 0
    items: int = 0


@dataclass(slots=True)
class Walker:
    """Walks down a part and keeps the stack of open headings."""

    prefix: tuple[Heading, ...]
    labels: tuple[str, ...]
    stack: list[_Step] = field(default_factory=list)
    root: _Step = field(default_factory=lambda: _Step(0, Level.BOOK, "", Heading("")))
    last: dict[Level, int] = field(default_factory=dict)
    tables: int = 0
    colophon: str = ""
    pointers: int = 0

    def step(self, paragraph: Paragraph, following: Sequence[Paragraph], above: bool) -> Draft:
        """Make the clause of one paragraph that is no table row; `above` says: above the title."""
        if (draft := self._outer(paragraph, following, above)) is not None:
            self.pointers = 0
            return draft
        self.colophon = ""
        label = parse_label(paragraph.text)
        if self._is_pointer(paragraph, label):
            labels = (*self.labels, "附件说明")
            path = (*self.prefix, Heading("附件说明"))
            return Draft(labels, path, ClauseKind.PARAGRAPH, (paragraph,))
        if label and self._fits(label, paragraph.text):
            return self._labelled(paragraph, label)
        if (name := unspaced(paragraph.text)) in UNNUMBERED:
            chapter = Label(name, Level.CHAPTER, self.last.get(Level.CHAPTER, 1), 0)
            return self._labelled(paragraph, chapter)
        return self._plain(paragraph)

    def _is_pointer(self, paragraph: Paragraph, label: Label | None) -> bool:
        """Tell a line of 附件说明: 附件：1.…, then 2.… and so on."""
        if annex_mark(paragraph.text):
            self.pointers = 1
        elif self.pointers and label and label.level is Level.THIRD:
            self.pointers += 1 if label.ordinal == self.pointers + 1 else -self.pointers
        else:
            self.pointers = 0
        return bool(self.pointers)

    def _outer(
        self, paragraph: Paragraph, following: Sequence[Paragraph], above: bool
    ) -> Draft | None:
        """Make a letterhead, signature or colophon clause, if the paragraph is one."""
        text = paragraph.text
        is_first = not self.stack and not self.root.plain
        whole = FieldValue("", 0, len(text))
        if values := read_letterhead(text) or (read_marks(text) if is_first else ()):
            self.colophon = "抄送" if values[0].name == "抄送" else ""
            return letterhead(_field_label(values[0].name), values, paragraph)
        if is_first and (dates := read_enactment(text)):
            label = "版头/题注" if text[0] in "（(" else "版头/公布"
            return letterhead(label, dates, paragraph)
        if metadata.is_date_line(text):
            return letterhead("落款/成文日期", (replace(whole, name="成文日期"),), paragraph)
        if is_office_line(text) and _is_signed(following):
            return letterhead("落款/署名", (replace(whole, name="署名"),), paragraph)
        if metadata.is_organ_line(text) and not _SENTENCE.search(text):
            name = "发文机关" if above else self._organ_role(following)
            roles = {"发文机关": "版头/发文机关", "署名": "落款/署名", "印发机关": "版记/印发机关"}
            label = roles.get(name, "")
            return letterhead(label, (replace(whole, name=name),), paragraph) if name else None
        if is_first and metadata.is_addressee(text) and parse_label(text) is None:
            return letterhead("版头/主送", (FieldValue("主送", 0, len(text) - 1),), paragraph)
        if self.colophon and parse_label(text) is None:
            return letterhead("版记/抄送", (replace(whole, name="抄送"),), paragraph)
        return None

    def _organ_role(self, following: Sequence[Paragraph]) -> str:
        """Tell what an organ on a line of its own does; a list of schools does nothing."""
        for paragraph in following:
            if metadata.is_date_line(paragraph.text):
                return "署名"
            if read_letterhead(paragraph.text):
                return "印发机关"
            if not metadata.is_organ_line(paragraph.text):
                return ""
        return "印发机关" if self.colophon else ""

    def _fits(self, label: Label, text: str) -> bool:
        """Tell a heading from a number that only happens to open a line: it must go on."""
        seen = self.last.get(label.level)
        if seen is None or label.ordinal == 1:
            return True
        if label.level is Level.ARTICLE:  # an excerpt leaves articles out
            is_set_off = text[label.width - 1].isspace() or text[
                label.width : label.width + 1
            ] in tuple("【（")
            return seen <= label.ordinal and (is_set_off or label.ordinal <= seen + 5)
        return seen < label.ordinal <= seen + 3

    def _rank(self, level: Level) -> float:
        """Rank a level: where 一、 came before the first article, articles stand below it."""
        seen = list(self.last)
        if level is not Level.FIRST:
            return level
        inside = Level.ARTICLE in seen and Level.FIRST not in seen[: seen.index(Level.ARTICLE)]
        return level if inside else Level.ARTICLE - 0.5

    def _labelled(self, paragraph: Paragraph, label: Label) -> Draft:
        rank = self._rank(label.level)
        while self.stack and self.stack[-1].rank >= rank:
            self.stack.pop()
        if label.level is not Level.ARTICLE:
            for level in [lv for lv in self.last if lv > label.level]:
                if level not in (Level.THIRD, Level.ARTICLE, Level.FIRST):
                    del self.last[level]
        self.last[label.level] = label.ordinal
        body = paragraph.text[label.width :].strip()
        title = heading_title(body, label.level)
        is_heading = title in (body, unspaced(body))
        name = label.text
        self.stack.append(_Step(rank, label.level, name, Heading(name, title), is_heading))
        kind = ClauseKind.HEADING if is_heading else ClauseKind.PARAGRAPH
        return Draft(self._labels(), self._path(), kind, (paragraph,))

    def _plain(self, paragraph: Paragraph) -> Draft:
        is_item = _ITEM.match(paragraph.text) is not None
        article = next((i for i, s in enumerate(self.stack) if s.level is Level.ARTICLE), -1)
        if article >= 0 and not is_item:
            return self._subarticle(paragraph, article)
        self._close(paragraph.text)
        parent = self.stack[-1] if self.stack else self.root
        if is_item:
            parent.items += 1
            step, kind = f"项{parent.items}", ClauseKind.ITEM
        else:
            parent.plain += 1
            step, kind = f"段{parent.plain}", ClauseKind.PARAGRAPH
        path = (*self._path(), Heading(shown_step(step)))
        return Draft((*self._labels(), step), path, kind, (paragraph,))

    def _subarticle(self, paragraph: Paragraph, article: int) -> Draft:
        """Open the next 款 of an article; what is numbered behind it belongs to it."""
        del self.stack[article + 1 :]
        self.stack[-1].plain += 1
        name = f"款{self.stack[-1].plain + 1}"
        rank = Level.SUBARTICLE
        self.stack.append(_Step(rank, rank, name, Heading(shown_step(name))))
        return Draft(self._labels(), self._path(), ClauseKind.PARAGRAPH, (paragraph,))

    def _close(self, text: str) -> None:
        """Leave the last item of a list before a paragraph that speaks of all of them."""
        if _CLOSING.match(text):
            self.stack.clear()
        elif _SUMMING.match(text) and self.stack and not self.stack[-1].is_heading:
            self.stack.pop()

    def _labels(self) -> tuple[str, ...]:
        return (*self.labels, *(step.name for step in self.stack))

    def _path(self) -> tuple[Heading, ...]:
        return (*self.prefix, *(step.heading for step in self.stack))

    def table(self, caption: str) -> tuple[tuple[str, ...], tuple[Heading, ...]]:
        """Open a table and return the labels and path of its rows' parent."""
        self.tables += 1
        labels, path = self._labels(), self._path()
        main = bool(self.labels) and self.labels[0].startswith("附") and not self.stack
        name = f"表{self.tables}" if self.tables > 1 else "表"
        if main and self.tables == 1:
            return labels, (*path, Heading(name, caption)) if caption else path
        return (*labels, name), (*path, Heading(name, caption))


def _is_signed(following: Sequence[Paragraph]) -> bool:
    """Tell whether nothing but further signatures stands above the next date."""
    for paragraph in following:
        if metadata.is_date_line(paragraph.text):
            return True
        if not (is_office_line(paragraph.text) or metadata.is_organ_line(paragraph.text)):
            return False
    return False


def letterhead(label: str, values: Sequence[FieldValue], paragraph: Paragraph) -> Draft:
    """Make the clause of a line of 版头, 落款 or 版记 with the facts it holds."""
    steps = tuple(label.split("/"))
    kind = ClauseKind.COLOPHON if steps[0] == "版记" else ClauseKind.LETTERHEAD
    cells = tuple(DraftCell(value.name, paragraph, value.start, value.end) for value in values)
    return Draft(steps, tuple(map(Heading, steps)), kind, (paragraph,), cells)


def _field_label(name: str) -> str:
    return metadata.FIELD_LABELS.get(name, f"版头/{name}")


def unspaced(title: str) -> str:
    """Close up a title that is set with space between its characters: 总　则 → 总则."""
    return re.sub(r"\s+", "", title) if _SPACED.match(title) else title


def heading_title(body: str, level: Level) -> str:
    """Return the title that a labelled line carries: all of a short line, or its first sentence."""
    if len(body) <= SHORT_LINE and (not _SENTENCE.search(body) or _QUESTIONS.fullmatch(body)):
        return unspaced(body)
    if level is Level.ARTICLE:
        match = re.match(r"[【\[（(]([^】\]）)]{2,20})[】\]）)]", body)
        return match[1] if match else ""
    if set_off := _TITLE_AND_BODY.match(body):
        return set_off[1]
    first = re.split(r"[。：:]", body, maxsplit=1)[0]
    return first if len(first) <= SHORT_LINE and len(first) < len(body) - 1 else ""
