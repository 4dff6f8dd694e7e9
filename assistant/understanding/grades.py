"""Pure: grades that are told apart by an ordinal: 一等 and 三等, 甲级 and 乙级, 高一 and 高三.

What holds for one grade is no answer about another.
"""

from __future__ import annotations

import re

_GRADE = re.compile(
    r"(?<![哪这那每同上下])(?!(?<=[校县市省区乡镇村门])[一二三四五]级)([特一二三四五六七八九十甲乙丙丁]|(?<![a-z])[a-h])(等|级|类|档|星|年级)(?!人|地|别|似|型|比|于|待|教(?!师|授)|以上|以下|及以)"
    r"|(高|初|大)([一二三四])(?![级等类所个])"
)


def grades(text: str) -> dict[str, set[str]]:
    """Return the grades a text in search form names, by what they are grades of."""
    found: dict[str, set[str]] = {}
    for match in _GRADE.finditer(text):
        kind, grade = (match[2], match[1]) if match[2] else (match[3], match[4])
        found.setdefault(kind, set()).add(grade)
    return found


def speaks_of_others(question: str, text: str) -> bool:
    """Tell that `text` is about grades of the same kind, but not about any the question names."""
    asked, said = grades(question), grades(text)
    return any(said.get(kind) and not said[kind] & wanted for kind, wanted in asked.items())


def speaks_of_same(question: str, text: str) -> bool:
    """Tell that `text` names a grade that the question names."""
    said = grades(text)
    return any(said.get(kind, set()) & wanted for kind, wanted in grades(question).items())
