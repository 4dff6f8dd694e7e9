"""Pure: the values that documents become. Frozen, no framework, no I/O."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is in relation to the official text."""

    FULL = "full"
    DIGEST = "digest"
    INTERPRETATION = "interpretation"


class ClauseKind(StrEnum):
    """The role of a clause in its document (GB/T 9704-2012: 版头, 主体, 版记)."""

    LETTERHEAD = "letterhead"
    COLOPHON = "colophon"
    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE_HEAD = "table_head"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of document text that is copied unchanged from the file."""

    text_start: int
    file_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Where in a file a stretch of its text comes from, up to the next mark.

    `start` is a character of the decoded or extracted text; `place` is shown to readers (第3页,
    工作表“收费标准”第5行); `confidence` is that of character recognition, 0-1, and 1 for text that
    was not recognised from an image.
    """

    start: int
    place: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document as a text names it: 《title》 with its 发文字号; either may be empty."""

    title: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a document says of itself beyond its letterhead; unknown fields are empty.

    `genre` is the 文种 (通知, 意见, 办法, 方案, 解读, 法 …); `level` is 国家, 省级, 市级, 县级, 乡级
    or 学校; dates are ISO 8601; `period` are the years it plans for, as printed (2021—2025年);
    `expires_on` is its last day (有效期至…); `basis` is what it rests on, `repeals` and `amends`
    what it ends or changes.
    """

    genre: str = ""
    level: str = ""
    addressees: str = ""
    disclosure: str = ""
    period: str = ""
    printed_on: str = ""
    effective_on: str = ""
    expires_on: str = ""
    repealed_on: str = ""
    basis: tuple[Reference, ...] = ()
    repeals: tuple[Reference, ...] = ()
    amends: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """One step of a clause's path: its printed label and, when it has one, its title."""

    label: str
    title: str = ""

    def shown(self) -> str:
        """Return the step as a reader writes it: 一、指导思想 · （二） · 3 · 附件《…》."""
        if self.label in _CHINESE_ORDINALS and self.title:
            return f"{self.label}、{self.title}"
        if self.label.startswith("附件") and self.title:
            return f"{self.label}《{self.title}》"
        return self.label


_CHINESE_ORDINALS = frozenset(
    tens + unit
    for tens in ("", "十", *(f"{d}十" for d in "二三四五六七八九"))
    for unit in ("", *"一二三四五六七八九")
) - {""}


@dataclass(frozen=True, slots=True)
class Cell:
    """A named value inside a clause: a table cell under its column head, or a letterhead field.

    `start` and `end` are characters of `Document.text`, end exclusive. A merged cell that is
    carried down to later rows keeps the span of its first print, outside those rows.
    """

    head: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The passage: what is embedded, retrieved, judged and cited.

    `document.text[start:end] == text`. `clause_id` is `doc_id#label/label/…`, unique in a
    library and without white space, so that it can stand in TREC files.
    """

    clause_id: str
    doc_id: str
    path: tuple[Heading, ...]
    kind: ClauseKind
    text: str
    start: int
    end: int
    cells: tuple[Cell, ...] = ()

    @property
    def labels(self) -> str:
        """The part of the id behind the document: 四/（二）/3."""
        return self.clause_id.partition("#")[2]

    @property
    def shown_path(self) -> str:
        """The path as it is cited: 四、重点任务（二）3."""
        shown = ""
        for step in self.path:
            part = step.shown()
            shown += (
                f" {part}" if shown and shown[-1] not in "）》" and part[0] not in "（" else part
            )
        return shown

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles along the path, outermost first, empty ones left out."""
        return tuple(step.title for step in self.path if step.title)


@dataclass(frozen=True, slots=True)
class Document:
    """A normalised document with what its letterhead says.

    Unknown fields are empty strings; dates are ISO 8601 (`2021-09-10`). `text` is the file
    with noise removed: characters are dropped, never changed, so `runs` maps every span back.
    """

    doc_id: str
    title: str
    number: str
    issuer: str
    region: str
    issued_on: str
    kind: DocumentKind
    source: str
    sha256: str
    text: str
    runs: tuple[Run, ...]
    noise: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    profile: Profile = Profile()

    def file_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a non-empty span of `text` to characters of the decoded file, end exclusive.

        Raises:
            ValueError: if the span is empty or lies outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}:{end} is not inside a text of {len(self.text)}")
        return self._file_offset(start), self._file_offset(end - 1) + 1

    def marks_of(self, start: int, end: int) -> tuple[Mark, ...]:
        """Return the marks that a non-empty span of `text` lies under, in reading order.

        Empty for plain text, whose spans lead to the file themselves.

        Raises:
            ValueError: if the span is empty or lies outside the text.
        """
        first, last = self.file_span(start, end)
        opening = bisect_right(self.marks, first, key=_start_of) - 1
        closing = bisect_right(self.marks, last - 1, key=_start_of)
        return self.marks[max(opening, 0) : closing]

    def place_of(self, start: int, end: int) -> str:
        """Return where in the file a span stands, for readers: 第3页, 第3页至第4页, or ""."""
        places = list(dict.fromkeys(mark.place for mark in self.marks_of(start, end)))
        return "至".join([*places[:1], *places[1:][-1:]])

    def confidence_of(self, start: int, end: int) -> float:
        """Return the least confidence of character recognition under a span, 1 where none was."""
        return min((mark.confidence for mark in self.marks_of(start, end)), default=1.0)

    def _file_offset(self, position: int) -> int:
        run = self.runs[bisect_right(self.runs, position, key=lambda r: r.text_start) - 1]
        return run.file_start + min(position - run.text_start, max(run.length - 1, 0))


def _start_of(mark: Mark) -> int:
    return mark.start


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document with its clauses in reading order."""

    document: Document
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found for a query. `rank` counts from 1; scores do not increase with rank.

    `trace` explains the score: one entry a part (lexical, context, dense), in score units.
    """

    clause: Clause
    score: float
    rank: int
    trace: dict[str, float] = field(default_factory=dict)
