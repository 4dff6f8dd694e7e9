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

_NUMBER = r"(?:\d{1,12}(?:\.\d{1,6})?|[一二三四五六七八九十百千两]{1,6})[万亿]?"
_UNIT = (
    "周岁|岁|个月|公里|马力|人次|平方米|元|层|楼|人|口|名|户|天|日|年|吨|亩|米|次|千瓦|瓦|分|个|级|折|%|周|小时|"
    "分钟|度|里|匹|公斤|张|件|只|头|台|家|种|门|课时|学时|点|页|辆|座"
)
_NEXT = re.compile(rf"({_NUMBER})[多几来余]?个?({_UNIT}|[\u4e00-\u9fff])?")
_NOTE = r"(?:[（(][^（()）]{1,8}[）)])?"
_RANGE = re.compile(
    rf"({_NUMBER})(?:{_UNIT})?{_NOTE}"
    rf"(?:\s*[-—–~至到]\s*|以上{_NOTE}[、，,]?(?={_NUMBER}(?:{_UNIT}){_NOTE}以[下内]))({_NUMBER})({_UNIT})"
    rf"|(不足|不满|未满|低于|少于|不到|小于|不超过|未超过|超过|大于|高于)?({_NUMBER})({_UNIT})"
    rf"{_NOTE}(及?以上|及?以下|以内|之内)?"
)
_BELOW = frozenset({"不足", "不满", "未满", "低于", "少于", "不到", "小于"})
_UP_TO = frozenset({"不超过", "未超过", "以下", "及以下", "以内", "之内"})
_ABOVE = frozenset({"超过", "大于", "高于"})
_FROM = frozenset({"以上", "及以上"})
_SAME = ("岁周岁", "层楼", "人口名", "马力匹", "公里里")
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

    def fits(self, other: Range) -> bool:
        """Tell whether two are counted in the same unit."""
        same = any(self.unit in units and other.unit in units for units in _SAME)
        return bool(self.unit and other.unit) and (self.unit == other.unit or same)


def stated_numbers(text: str) -> list[Range]:
    """Return the numbers that a question in search form states, each as a range of one number."""
    found = ((_value(match[1]), match[2] or "") for match in _NEXT.finditer(text))
    return [Range(value, value, unit) for value, unit in found]


def ranges(text: str) -> Iterator[Range]:
    """Yield the ranges that a text in search form names; a single number is one of itself."""
    for match in _RANGE.finditer(text):
        if match[1]:
            high = _value(match[2])
            scaled = match[2][-1] in SCALE and match[1][-1] not in SCALE
            low = _value(match[1] + match[2][-1]) if scaled else _value(match[1])
            yield Range(low, high, match[3])
        else:
            yield _bounded(_value(match[5]), match[6], match[4] or match[7] or "")


def _bounded(value: float, unit: str, bound: str) -> Range:
    if bound in _BELOW:
        return Range(-math.inf, value - _LEAST, unit)
    if bound in _UP_TO:
        return Range(-math.inf, value, unit)
    if bound in _ABOVE:
        return Range(value + _LEAST, math.inf, unit)
    return Range(value, math.inf if bound in _FROM else value, unit)


def lies_in(numbers: Sequence[Range], text: str) -> bool | None:
    """Tell whether a number of a question lies in a range that `text` names; None: not comparable."""
    compared = [
        named.has(number)
        for named in ranges(text)
        for number in numbers
        if named.fits(number) or (not number.unit and len(numbers) == 1)
    ]
    return any(compared) if compared else None


def _value(written: str) -> float:
    scale = SCALE.get(written[-1], 1.0)
    digits = written.rstrip("万亿")
    number = float(digits) if digits[0].isdigit() else chinese_number(digits.replace("两", "二"))
    return float(number) * scale
