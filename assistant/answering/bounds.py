"""Pure: whether a number in a question lies in the range that a provision is for.

满75周岁 is in 75至84周岁, 33层 in 十八层以上, 9000元 not in 不足1万元.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.figures import SCALE
from index.parsing.labels import chinese_number

_NUMBER = r"(?:\d{1,12}(?:\.\d{1,6})?|[一二三四五六七八九十百千两零]{1,7})[万亿]?"
_UNIT = (
    "周岁|岁|个月|公里|马力|人次|平方米|平米|立方米|立方|毫升|千克|元|层|楼|人|口|名|户|天|日|年|吨|亩|米|次|千瓦|瓦|分|个|级|折|%|周|小时|"
    "分钟|钟头|度|°c|里|匹|公斤|张|件|只|头|台|家|种|门|课时|学时|点|页|辆|座|升|斤|平|方|号人|桌|亩"
)
_NO_UNIT = "以那这的了呢吗之上下左右内外就能还"
_NEXT = re.compile(
    rf"({_NUMBER})[多几来余]?([万亿])?(?:个多|个(?!月))?({_UNIT}|(?![{_NO_UNIT}])[\u4e00-\u9fff])?"
)
_NOTE = r"(?:[（(][^（()）]{1,8}[）)])?"
_SHORT_OF = "不足|不满|未满|低于|少于|不到|小于"
_RANGE = re.compile(
    rf"({_NUMBER})({_UNIT})?{_NOTE}"
    rf"(?:\s*[-—–~至到]\s*|(?:以上{_NOTE})?[、，,]?但?(?:{_SHORT_OF})"
    rf"|以上{_NOTE}[、，,]?(?={_NUMBER}(?:{_UNIT}){_NOTE}以[下内]))({_NUMBER})({_UNIT})"
    rf"|({_SHORT_OF}|不超过|未超过|超过|大于|高于|年?满)?({_NUMBER})({_UNIT})"
    rf"{_NOTE}(及?以上|及?以下|以内|之内)?"
)
_BELOW = frozenset(_SHORT_OF.split("|"))
_UP_TO = frozenset({"不超过", "未超过", "以下", "及以下", "以内", "之内"})
_ABOVE = frozenset({"超过", "大于", "高于"})
_FROM = frozenset({"以上", "及以上", "满", "年满"})
_SAME = tuple(
    frozenset(units.split())
    for units in (
        "岁 周岁",
        "层 楼",
        "人 口 名 号人",
        "马力 匹",
        "公里 里",
        "度 °c",
        "小时 钟头",
        "平方米 平米 平",
        "立方米 立方 方",
        "公斤 千克",
    )
)
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`, both included, of a unit; "" for none."""

    low: float
    high: float
    unit: str

    def has(self, other: Range) -> bool:
        """Tell whether a single number, as `stated_numbers` gives it, lies inside."""
        return self.low <= other.low <= self.high

    def begins_or_ends_at(self, other: Range) -> bool:
        """Tell whether a single number of the same unit is where it begins or ends."""
        ends = (abs(self.low - other.low), abs(self.high - other.low))
        return self.fits(other) and min(ends) <= _LEAST

    def is_within(self, other: Range) -> bool:
        """Tell whether it is a part of another range, and not all of it."""
        ends = (self.low, self.high) != (other.low, other.high)
        return ends and other.low <= self.low and self.high <= other.high

    def fits(self, other: Range) -> bool:
        """Tell whether two are counted in the same unit."""
        same = any(self.unit in units and other.unit in units for units in _SAME)
        return bool(self.unit and other.unit) and (self.unit == other.unit or same)


def stated_numbers(text: str) -> list[Range]:
    """Return the numbers that a question in search form states, each as a range of one number.

    一个月能领多少 only says what the answer is to be counted by. One without a unit behind 满, or of a person
    (我爷爷一百零二了), is an age.
    """
    text = _EACH.sub(" ", text)
    found = [
        (_value(match[1] + (match[2] or "")), match[3] or "") for match in _NEXT.finditer(text)
    ]
    is_age = _OF_AGE.search(text) and len(found) == 1
    return [
        Range(value, value, "岁" if is_age and not unit and value <= _OLDEST else unit)
        for value, unit in found
    ]


_EACH = re.compile(
    r"(?:每|一)(?:个?月|年|天|次|亩|人|户|周|学?期|学年|小时|趟|张)(?=能|可|要|领|多少|几|给|补|交|发|得|收|最|拿|是)"
)
_OF_AGE = re.compile(
    "爷|奶|老[人头汉娘爸妈太]|大[爷妈]|姥|外婆|外公|我[爸妈爹娘儿孙]|娃|孩|满|年纪"
)
_OLDEST = 120


def ranges(text: str) -> Iterator[Range]:
    """Yield the ranges that a text in search form names; a single number is one of itself."""
    for match in _RANGE.finditer(text):
        if match[1]:
            high = _value(match[3])
            # 5至8万元, but not 5000元至5万元.
            scaled = match[3][-1] in SCALE and match[1][-1] not in SCALE and not match[2]
            low = _value(match[1] + match[3][-1]) if scaled else _value(match[1])
            yield Range(low, high, match[4])
        else:
            yield _bounded(_value(match[6]), match[7], match[8] or match[5] or "")


def _bounded(value: float, unit: str, bound: str) -> Range:
    if bound in _BELOW:
        return Range(-math.inf, value - _LEAST, unit)
    if bound in _UP_TO:
        return Range(-math.inf, value, unit)
    if bound in _ABOVE:
        return Range(value + _LEAST, math.inf, unit)
    return Range(value, math.inf if bound in _FROM else value, unit)


def ranges_for(numbers: Sequence[Range], text: str) -> list[Range]:
    """Return the ranges of `text`, no single numbers, in the units of the numbers of a question."""
    return [r for r in ranges(text) if r.low < r.high and any(r.fits(n) for n in numbers)]


def covering(numbers: Sequence[Range], text: str) -> Range | None:
    """Return the range of `text` that a number of a question lies in, None for none."""
    found = (
        named
        for named in ranges(text)
        for number in numbers
        if named.has(number) and _is_comparable(named, number, numbers)
    )
    return next(found, None)


def lies_in(numbers: Sequence[Range], text: str) -> bool | None:
    """Tell whether a number of a question lies in a range that `text` names; None: not comparable."""
    compared = [
        named.has(number)
        for named in ranges(text)
        for number in numbers
        if _is_comparable(named, number, numbers)
    ]
    return any(compared) if compared else None


def _is_comparable(named: Range, number: Range, numbers: Sequence[Range]) -> bool:
    return named.fits(number) or (not number.unit and len(numbers) == 1)


def _value(written: str) -> float:
    scale = SCALE.get(written[-1], 1.0)
    digits = written.rstrip("万亿")
    number = float(digits) if digits[0].isdigit() else chinese_number(digits.replace("两", "二"))
    return float(number) * scale
