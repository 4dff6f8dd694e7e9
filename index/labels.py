"""Pure: the numbering of Chinese official documents.

Levels follow GB/T 9704-2012 §7.3.3 (一、 → （一） → 1. → （1）) and the drafting practice of
laws (编 章 节 条 款 项: 立法技术规范（试行）（一）).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUM = "[一二三四五六七八九十百千零〇两]+"


class Level(IntEnum):
    """Rank of a label: smaller is further out."""

    BOOK = 1
    CHAPTER = 2
    SECTION = 3
    ARTICLE = 4
    FIRST = 5
    SECOND = 6
    THIRD = 7
    FOURTH = 8
    FIFTH = 9


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
    (Level.BOOK, re.compile(rf"第\s*({_NUM}|\d+)\s*[编篇]\s*")),
    (Level.CHAPTER, re.compile(rf"第\s*({_NUM}|\d+)\s*章\s*")),
    (Level.SECTION, re.compile(rf"第\s*({_NUM}|\d+)\s*节\s*")),
    (Level.ARTICLE, re.compile(rf"第\s*({_NUM}|\d+)\s*条(?:之({_NUM}))?\s*")),
    (Level.FIRST, re.compile(rf"({_NUM})\s*、\s*")),
    (Level.SECOND, re.compile(rf"[（(〔]\s*({_NUM})\s*[）)〕]\s*[、.．]?\s*")),
    # Behind the point a figure would be a decimal, unless it is a year: 2.2023年起.
    (
        Level.THIRD,
        re.compile(r"(\d{1,3})\s*(?:[.．](?!\d)|[.．](?=(?:19|20)\d\d\s*年)|、)\s*"),
    ),
    (Level.FOURTH, re.compile(r"[（(]\s*(\d{1,3})\s*[）)]\s*[、.．]?\s*")),
    (Level.FIFTH, re.compile(r"([①-⑳])\s*[、.．]?\s*")),
)
# A line that goes on like this refers to the clause it names and does not open it.
_REFERENCE = re.compile(
    r"(?:第[^，。；]{1,8}[款项目条]|[款项目]|规定|所列|所述|所称|中[的所]|的|至|到|和第|或者?第|、第|以及)"
)


def parse_label(line: str) -> Label | None:
    """Read the label that opens `line`, or None when it opens with none."""
    for level, pattern in _PATTERNS:
        match = pattern.match(line)
        if match:
            if _is_reference(line, match, level):
                return None
            return Label(_normal(level, match), level, _ordinal(match[1]), match.end())
    return None


def _is_reference(line: str, match: re.Match[str], level: Level) -> bool:
    if level in (Level.FIRST, Level.THIRD) or match[0][-1].isspace():
        return False
    return _REFERENCE.match(line, match.end()) is not None


_BARE = (Level.FIRST, Level.SECOND, Level.THIRD, Level.FOURTH)


def _normal(level: Level, match: re.Match[str]) -> str:
    if level is Level.FIFTH:
        return match[1]
    name = unicodedata.normalize("NFKC", match[1] if level in _BARE else match[0])
    name = re.sub(r"\s+", "", name)
    return f"（{name}）" if level in (Level.SECOND, Level.FOURTH) else name


def _ordinal(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
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
