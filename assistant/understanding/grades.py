"""Pure: grades that are told apart by an ordinal: 一等 and 三等, 甲级 and 乙级, 高一 and 高三.

What holds for one grade is no answer about another.
"""

from __future__ import annotations

import re

_GRADE = re.compile(
    r"(?<![哪这那每同上下])(?!(?<=的)一[级档等])(?!(?<=[校县市省区乡镇村门])[一二三四五]级)([特一二三四五六七八九十甲乙丙丁]|(?<![a-z])[a-h])(等|级|类|档|星|年级)(?!人|地|别|似|型|比|于|待|教(?!师|授)|以上|以下|及以)"
    r"|((?<![月年节至、])初|高|大)([一二三四])(?![级等类所个])"
    r"|(?<![最提升])([初中高])(级)(?!中学|人民法院|职业|技工学校|管理|教育|法院)"
)
# 第四年 is not 第三年, but may be within 第三年起.
_TURN = re.compile(
    r"第([一二三四五六七八九十\d])(学?年|学期|[名次批轮]|志愿)(?!度|级|[以之]?[上后内前]|及|起|开始|[至到—~-])"
)
_DIGITS = str.maketrans("123456789", "一二三四五六七八九")


# 再往上评一级, 降低一档: a step, whichever grade it leads to.
_STEP = re.compile(r"(?:[往向][上下]|升|提|降|高|低|调)[高低评报升提降调格聘]?一[级档等]")
_CLASSES = frozenset({"初", "高", "大", "年级"})
_ORDER = "一二三四五六七八九十"
_FROM = re.compile(rf"[{_ORDER}]([等级类档星])(?:及?以[上下]|起)")
_SEVERAL = re.compile(rf"([{_ORDER}])(至|到|[-—~、和与及])([{_ORDER}])(等|级|类|档|星|年级)")


def grades(text: str) -> dict[str, set[str]]:
    """Return the grades a text in search form names, by what they are grades of."""
    found: dict[str, set[str]] = {}
    text = _STEP.sub(" ", text)
    for match in _GRADE.finditer(text):
        first, kind, stage, year, rank, level = match.groups()
        kind, grade = (kind or level, first or rank) if kind or level else (stage, year)
        found.setdefault(kind, set()).add(grade)
    for match in _TURN.finditer(text):
        found.setdefault(f"第{match[2]}", set()).add(match[1].translate(_DIGITS))
    for match in _SEVERAL.finditer(text):  # 二、三等奖, 七至十级
        first, between, last, kind = match.groups()
        ends = _ORDER.index(first), _ORDER.index(last)
        whole = range(ends[0], ends[1] + 1) if between in "至到-—~" else ends
        found.setdefault(kind, set()).update(_ORDER[place] for place in whole)
    return found


def only_classes(text: str) -> bool:
    """Tell that the grades a text names are years of school (初二), which mostly only say who asks."""
    return _CLASSES.issuperset(grades(text))


def speaks_of_others(question: str, text: str) -> bool:
    """Tell that `text` is about grades of the same kind, but not about any the question names."""
    asked, said = grades(question), grades(text)
    return any(said.get(kind) and not said[kind] & wanted for kind, wanted in asked.items())


def speaks_of_same(question: str, text: str) -> bool:
    """Tell that `text` names a grade that the question names, or all from one on (七级以上)."""
    said = grades(text)
    if any(match[1] in grades(question) for match in _FROM.finditer(text)):
        return True
    return any(said.get(kind, set()) & wanted for kind, wanted in grades(question).items())
