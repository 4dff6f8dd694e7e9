"""Pure: other documents that a text names, and what it says of them: rests on, ends, changes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.parsing.metadata import find_numbers, normal_number
from index.types import Clause, ClauseKind, Reference

_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_BEHIND = re.compile(r"\s*[（(]((?:[^（()）]|[（(][^（()）]*[）)]){3,80})[）)]")
_WORDS_BEFORE = re.compile(
    r".*(?:根据|依据|按照|依照|遵照|贯彻|落实|执行|印发|下发|发布|转发|结合|以及|关于|精神|文件|决定|[和及与原对将、，])"
)
_BASIS = re.compile("根据|依据|按照|依照|遵照|贯彻|落实|执行")
_OWN_WORK = re.compile("制定|制订|现将|印发|编制|修订|起草|出台|提出如下|研究了")
_ASIDE = re.compile("根据|依据|按照|依照|不一致|为准|抵触|制定|现将|印发给")
_ENDS = re.compile(
    r"(?<!已)(?<!已经)(?<!已被)(?:废止|停止执行|停止使用|不再执行|不再施行|失效)(?![前后])"
)
_DECIDES = re.compile(r"(?:决定|现|宣布|公布)[^，。]{0,80}(?:废止|失效)")
_CHANGES = re.compile(
    r"对.{0,500}(?:作出?|进行|予以)(?:如下|以下|部分|相应)?(?:的)?(?:修改|修正|修订|调整|补充)"
    r"|将.{0,500}(?:修改为|修订为|调整为|改为|删去|删除)|修改如下|修订如下"
)
_CHANGING_TITLE = re.compile(r"(?:修改|修正|修订)(?!后)(?P<what>.+?)的(?:决定|通知|公告|命令|令)$")
_NAME = re.compile(r"[\u4e00-\u9fff]{4,}$")
_ENDING_TITLE = re.compile(r"(?:废止|失效).*(?:决定|通知|公告|通告|命令|令|目录|清单)$")
_ENDING_HEADING = re.compile(
    r"(?:予以|决定|宣布)(?:废止|失效)|(?:废止|失效)的?(?:\w{0,6}文件|\w{0,4}规章|目录|清单)"
)
_OPENS_WITH_TITLE = re.compile(r"[\W\d一二三四五六七八九十]*《")
_PLAIN_OPENING = re.compile(r"(?:通知/)?段\d+$|(?:.*/)?第[一二]条$")
_PART = re.compile(
    r"(?:中|的|之)?(?:第[一二三四五六七八九十百\d]+[章节条款项]|附件|[相有]关条款|部分条款)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference with the characters it takes, its number included."""

    reference: Reference
    start: int
    end: int


def find_references(text: str) -> tuple[Mention, ...]:
    """Find 《title》（number） and numbers that stand alone, in reading order."""
    found: list[Mention] = []
    for match in _TITLE.finditer(text):
        if text.endswith("简称", 0, match.start()):
            continue
        number, end = "", match.end()
        if behind := _BEHIND.match(text, match.end()):
            spans = find_numbers(behind[1])
            if spans:
                number, end = behind[1][slice(*spans[0])], behind.end()
        title = re.sub(r"\s+", "", match[1])
        found.append(Mention(Reference(title, normal_number(number)), match.start(), end))
    masked = _masked(text, found)
    for start, end in find_numbers(masked):
        found.extend(_lone_number(masked, start, end))
    return tuple(sorted(found, key=lambda mention: mention.start))


def _lone_number(text: str, start: int, end: int) -> Iterator[Mention]:
    """Yield the number of a span without the words in front of it: 根据国发〔2019〕4号."""
    words = _WORDS_BEFORE.match(text, start, end)
    first = words.end() if words else start
    number = normal_number(text[first:end])
    if not number.startswith(("〔", "第", "令", "公告", "通告")):
        yield Mention(Reference("", number), first, end)


def read_basis(clauses: Iterable[Clause]) -> tuple[Reference, ...]:
    """Return what the opening paragraphs or the first articles say the text rests on."""
    found: list[Reference] = []
    for clause in clauses:
        if clause.kind is ClauseKind.PARAGRAPH and _PLAIN_OPENING.match(clause.labels):
            for sentence in _sentences(clause.text):
                found.extend(_basis_in(sentence))
    return _unique(found)


def _basis_in(sentence: str) -> Iterator[Reference]:
    mentions = find_references(sentence)
    masked = _masked(sentence, mentions)
    opening = _BASIS.search(masked)
    if opening is None:
        return
    closing = _OWN_WORK.search(masked, opening.end())
    end = closing.start() if closing else len(sentence)
    yield from (m.reference for m in mentions if opening.start() <= m.start < end)
    if "宪法" in masked[opening.start() : end]:
        yield Reference("中华人民共和国宪法")


def read_repeals(title: str, clauses: Sequence[Clause]) -> tuple[Reference, ...]:
    """Return what a text ends: 《…》同时废止, or the list of a decision that repeals."""
    found: list[Reference] = []
    whole = bool(_ENDING_TITLE.search(title)) and not re.search("修改|修正|修订", title)
    listing = False
    for clause in clauses:
        if clause.kind in (ClauseKind.LETTERHEAD, ClauseKind.COLOPHON, ClauseKind.TITLE):
            continue
        listing = listing and _OPENS_WITH_TITLE.match(clause.text) is not None
        if whole or listing or any(map(_ENDING_HEADING.search, clause.titles)):
            found.extend(_listed(clause))
        for sentence in _sentences(clause.text):
            found.extend(m.reference for m in _ended(sentence) if not m.partial)
        listing |= clause.text.endswith(("：", ":")) and _ENDS.search(clause.text) is not None
    return _unique(found)


def read_amends(title: str, clauses: Iterable[Clause]) -> tuple[Reference, ...]:
    """Return what a text changes: 关于修改《…》的决定, 对《…》作如下修改, 《…》第五条同时废止."""
    found: list[Reference] = []
    mentions = find_references(title)
    if match := _CHANGING_TITLE.search(_masked(title, mentions)):
        found.extend(m.reference for m in mentions if m.start >= match.start("what"))
        if _NAME.match(match["what"]) and "部分" not in match["what"]:
            found.append(Reference(match["what"]))
    for clause in clauses:
        if clause.kind in (ClauseKind.LETTERHEAD, ClauseKind.COLOPHON, ClauseKind.TITLE):
            continue
        for sentence in _sentences(clause.text):
            found.extend(m.reference for m in _ended(sentence) if m.partial)
            found.extend(_changed(sentence))
    return _unique(found)


@dataclass(frozen=True, slots=True)
class _Ended:
    reference: Reference
    partial: bool


def _ended(sentence: str) -> Iterator[_Ended]:
    """Yield what one sentence ends; `partial` where only some articles of it end."""
    if not _ENDS.search(sentence):
        return
    mentions = find_references(sentence)
    masked = _masked(sentence, mentions)
    ends = _ENDS.search(masked) if mentions else None
    if ends is None:
        return
    before = _straight(masked, (m for m in mentions if m.end <= ends.start()))
    decides = _DECIDES.search(masked) is not None
    after = [m for m in mentions if decides and m.start >= ends.end()]
    for mention in before or after:
        yield _Ended(mention.reference, _PART.match(sentence, mention.end) is not None)


def _straight(masked: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Leave out what stands in a part of the sentence that says something else of it."""
    bounds = [comma.start() for comma in re.finditer("，", masked)]
    parts = [bool(_ASIDE.search(part)) for part in masked.split("，")]
    return [m for m in mentions if not parts[bisect_left(bounds, m.start)]]


def _changed(sentence: str) -> Iterator[Reference]:
    if not _CHANGES.search(sentence):
        return
    mentions = find_references(sentence)
    masked = _masked(sentence, mentions)
    changes = _CHANGES.search(masked) if mentions else None
    if changes is not None:
        meant = (m for m in mentions if changes.start() <= m.start < changes.end())
        yield from (m.reference for m in _straight(masked, meant))


def _listed(clause: Clause) -> Iterator[Reference]:
    """Yield what a clause of a list names: 《…》（…） or the cells 名称 and 文号 of a row."""
    if clause.kind is ClauseKind.ROW:
        title = next(
            (c.text for c in clause.cells if re.search("名称|标题|文件(?!.*号)", c.head)), ""
        )
        number = next((c.text for c in clause.cells if re.search("文号|字号", c.head)), "")
        if title or number:
            yield Reference(re.sub(r"[\s《》]+", "", title), normal_number(number))
        return
    for sentence in _sentences(clause.text):
        mentions = find_references(sentence)
        masked = _masked(sentence, mentions)
        yield from (m.reference for m in _straight(masked, mentions))


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"[。；;\n]", text) if part.strip()]


def _masked(text: str, mentions: Iterable[Mention]) -> str:
    """Return the sentence with the references blanked, so that words in titles trigger nothing."""
    parts: list[str] = []
    position = 0
    for mention in mentions:
        parts += [text[position : mention.start], "□" * (mention.end - mention.start)]
        position = mention.end
    return "".join([*parts, text[position:]])


def _unique(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Drop repetitions; where a title is named with and without its number, the number stays."""
    found = list(dict.fromkeys(references))
    numbered = {r.title for r in found if r.number and r.title}
    return tuple(r for r in found if r.number or r.title not in numbered)
