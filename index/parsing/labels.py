"""Pure: the numbering of Chinese official documents.

Levels follow GB/T 9704-2012 §7.3.3 (一、 → （一） → 1. → （1）) and the drafting practice of
laws (编 章 节 条 款 项 目: 立法技术规范（试行）（一）).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUM = "[一二三四五六七八九十百千零〇两]+"


class Level(IntEnum):
    """Rank of a label: smaller is further out. No document prints the label of a 款."""

    BOOK = 1  # 第一编, 第一篇, 第一部分
    SUBBOOK = 2  # 第一分编
    CHAPTER = 3  # 第一章
    SECTION = 4  # 第一节
    ARTICLE = 5  # 第一条
    SUBARTICLE = 6  # 款
    FIRST = 7  # 一、
    SECOND = 8  # （一）
    THIRD = 9  # 1.
    FOURTH = 10  # （1）
    HALF = 11  # 1）
    CIRCLED = 12  # ①
    LETTER = 13  # A. and the a) of lists in standards (GB/T 1.1-2020, 7.5)


@dataclass(frozen=True, slots=True)
class Label:
    """A numbering label at the start of a line.

    `text` is its normal form (一 · （二） · 3 · 第十二条); `ordinal` its number, from 1;
    `width` how many characters of the line it takes, the white space behind it included.
    """

    text: str
    level: Level
    ordinal: int
    width: int


_PATTERNS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (Level.SUBBOOK, re.compile(rf"第\s*({_NUM}|\d+)\s*分编\s*")),
    (
        Level.BOOK,
        re.compile(rf"第\s*({_NUM}|\d+)\s*(?:(?:编(?!制)|篇)\s*|部分(?:\s+|\s*[:：]\s*|$))"),
    ),
    (Level.CHAPTER, re.compile(rf"第\s*({_NUM}|\d+)\s*章\s*")),
    (Level.SECTION, re.compile(rf"第\s*({_NUM}|\d+)\s*节(?!课)\s*")),
    (Level.ARTICLE, re.compile(rf"第\s*({_NUM}|\d+)\s*条(?![件线])(?:之({_NUM}))?\s*")),
    (Level.FIRST, re.compile(rf"({_NUM})\s*[、.．]\s*")),
    (Level.SECOND, re.compile(rf"(?:[（(〔]\s*({_NUM})\s*[）)〕]|([㈠-㈩]))\s*[、.．]?\s*")),
    # Behind the point a figure would be a decimal, unless it is a year: 2.2023年起.
    (
        Level.THIRD,
        re.compile(r"(?:(\d{1,3})\s*(?:[.．](?!\d)|[.．](?=(?:19|20)\d\d\s*年)|、)|([⒈-⒛]))\s*"),
    ),
    (Level.FOURTH, re.compile(r"(?:[（(]\s*(\d{1,3})\s*[）)]|([⑴-⒇]))\s*[、.．]?\s*")),
    (Level.HALF, re.compile(r"(\d{1,3})\s*[）)]\s*[、.．]?\s*")),
    (Level.CIRCLED, re.compile(r"([①-⑳])\s*[、.．]?\s*")),
    (Level.LETTER, re.compile(r"(?:([A-Z])\s*[、.．](?![A-Za-z\d])|([a-z])\s*[）)])\s*")),
)
_OPENERS = re.compile(r"[第一二三四五六七八九十百千零〇两（(〔㈠-㈩\d⒈-⒛⑴-⒇①-⑳A-Za-z]")
# A line that goes on like this refers to the clause it names and does not open it.
_REFERENCE = re.compile(
    r"第[^，。；]{1,8}[款项目条]|款(?![项待])|项(?!目)|目(?![标前录的光])|规定的|所[列述称]|中[的所]|的"
    r"|[至到和、]\s*[第（(〔]|或者?\s*[第（(]|以及"
)
# 一、二类学校 and 3、4月 count; they are no headings.
_COUNTED = re.compile(rf"({_NUM}|\d+)(?=[、类级线档等批季个号月日]|年级|产业)")


@lru_cache(maxsize=4096)  # a line is looked at by cleaning, parts and headings
def parse_label(line: str) -> Label | None:
    """Read the label that opens `line`, or None when it opens with none."""
    if not _OPENERS.match(line):
        return None
    for level, pattern in _PATTERNS:
        match = pattern.match(line)
        if match:
            ordinal = _ordinal(match[1] or match[2])
            if _is_reference(line, match, level, ordinal):
                return None
            return Label(_normal(level, match), level, ordinal, match.end())
    return None


def _is_reference(line: str, match: re.Match[str], level: Level, ordinal: int) -> bool:
    if match[0][-1].isspace():
        return False
    if level in (Level.FIRST, Level.THIRD):
        counted = _COUNTED.match(line, match.end()) if match[0].endswith("、") else None
        return counted is not None and _ordinal(counted[1]) == ordinal + 1
    if _REFERENCE.match(line, match.end()):
        return True
    return level <= Level.ARTICLE and line.startswith("规定", match.end())


_NAMED = (Level.BOOK, Level.SUBBOOK, Level.CHAPTER, Level.SECTION, Level.ARTICLE)


def _normal(level: Level, match: re.Match[str]) -> str:
    if level is Level.CIRCLED:
        return match[1]
    name = match[0] if level in _NAMED else (match[1] or match[2])
    name = re.sub(r"[\s:：]+", "", unicodedata.normalize("NFKC", name)).strip("().")
    if level in (Level.SECOND, Level.FOURTH):
        return f"（{name}）"
    return f"{name}）" if level is Level.HALF else name


def _ordinal(numeral: str) -> int:
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    numeral = unicodedata.normalize("NFKC", numeral).strip("().")
    if numeral.isdecimal():
        return int(numeral)
    if "A" <= numeral.upper() <= "Z":
        return ord(numeral.upper()) - ord("A") + 1
    return chinese_number(numeral)


def chinese_number(numeral: str) -> int:
    """Read a Chinese whole number below 10,000: 二十一 → 21, 一百零三 → 103, 二〇二一 → 2021."""
    if not any(c in _UNITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total, digit = 0, 0
    for char in numeral:
        if char in _UNITS:
            total += max(digit, 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
