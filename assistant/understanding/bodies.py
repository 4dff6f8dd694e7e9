"""Pure: schools that a question names, and whether a text speaks of them.

A rule for one school is no answer about another. 高平中专 is a name, 高平的中专 is any such school:
what makes a name is a core of its own (燎原职中) or a place right in front of a kind of school that
the documents name the same way (高平中专, 高平市中等专业学校).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_PROPER = (  # kinds whose schools have names of their own
    "中专|中等专业学校",
    "技校|技工学校|技师学院",
    "职教中心|职业教育中心|职业技术教育中心",
    "职业技术学院|职业学院|职院(?!校)|职业大学|高等专科学校",
    "学院(?!校)",
    "大学",
    "[一二三四五六七八九十]{1,2}中(?!心|学|等|专|职|高|小)|第[一二三四五六七八九十]{1,2}(?:初级|高级)?中学",
    "[一二三四五六七八九十]{1,2}小(?!学|时)|第[一二三四五六七八九十]{1,2}(?:实验)?小学",
    "实验(?:中学|小学|学校|幼儿园)|外国语学校|特殊教育学校|特教学校",
)
_COMMON = (  # kinds that are most often meant as a kind
    "职高(?!职)|职中|职校|职业高中|职业高级中学|职业中学|职业学校|职业技术学校|中职学校",
    "高级中学|中学",
    "小学",
    "幼儿园",
)
_VOCATIONAL = "|".join((*_PROPER[:3], _COMMON[0]))
_SCHOOL = re.compile("|".join((*_PROPER, *_COMMON)))
# What cannot stand inside a name: particles, verbs of going and asking, numerals with measures.
_STOP = re.compile(
    r".*(?:[^\u4e00-\u9fff]|[的在是和与跟把对给到从我你他她这那哪个所些家去上念读要让及或有请问等为将被比由向往了过吗呢就再还也都校院说能各求改变级性进回]"
    r"|下[面边头属辖]|底下|建设?|中心|加强|促进|打造|创建|举办|开办|报考|年底?|公办|民办|优质|全[部体市省县区]|附近|支持|参加|推进)"
)
_GENERIC = re.compile(
    r"职业|技术|技能|中等|高等|普通|初级|高级|高水平|专业|教育|综合|示范|重点|[省市区县级国家]{1,2}级|本科|专科|职教|县域|城区|乡镇|农村|当地|本地|外地"
)
_SHORTENED = "职业|技术|技师|高级|高等|专科"  # what 珂星学院 leaves out of its name
_INSIDE = re.compile("里|内|校园|生(?!源)")  # 沅棠大学里头的小卖部: any university there
_LEVEL = r"(?:市|区|县|省|州|盟|旗)"
MAX_NAME = 10


@dataclass(frozen=True, slots=True)
class Body:
    """A school that a question names: as it was `said`, and a pattern of all its names."""

    said: str
    pattern: re.Pattern[str]

    def is_in(self, *texts: str) -> bool:
        """Tell whether any of `texts`, in search form, speaks of it."""
        return any(self.pattern.search(text) for text in texts)


def schools(text: str, places: Iterable[str], corpus: str) -> Iterator[Body]:
    """Find the schools that a question names.

    Args:
        text: the question in search form.
        places: names of the places of the library, in any order.
        corpus: the text of the documents that are asked, in search form.
    """
    names = sorted(places, key=len, reverse=True)
    for match in _SCHOOL.finditer(text):
        kind = next(k for k in (*_PROPER, *_COMMON) if re.match(k, text[match.start() :]))
        place, rest = _split(text[max(match.start() - MAX_NAME, 0) : match.start()], names)
        core = _GENERIC.sub("", re.sub(rf"^{_LEVEL}", "", rest))
        pattern = _pattern(place, core, kind)
        if len(core) < 2 and kind in (_COMMON if place else (*_COMMON, *_PROPER)):
            continue
        plain = not core and _INSIDE.match(text, match.end())
        is_name = bool(place) and not plain and kind in (_PROPER if core else _PROPER[3:])
        if is_name or pattern.search(corpus):
            yield Body(f"{place}{rest}{match[0]}", pattern)


def _split(before: str, places: Iterable[str]) -> tuple[str, str]:
    """Split what stands in front of a kind into a place, if it begins with one, and the rest."""
    for place in places:
        start = before.rfind(place)
        rest = before[start + len(place) :]
        if start >= 0 and not _STOP.match(rest):
            return place, rest
    return "", _STOP.sub("", before)


def _pattern(place: str, core: str, kind: str) -> re.Pattern[str]:
    """Match all names of a school: its core before any kind like its own, or its place and kind."""
    if core:
        tail = _VOCATIONAL if kind in (*_PROPER[:3], _COMMON[0]) else kind
        return re.compile(rf"{core}[\u4e00-\u9fff]{{0,6}}?(?:{tail})")
    return re.compile(rf"(?:{place}{_LEVEL}?|{_LEVEL}级?)(?:{_SHORTENED}){{0,3}}(?:{kind})")
