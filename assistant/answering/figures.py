"""Pure: a value as it is printed to a number that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.parsing.labels import chinese_number

_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s*[:：]\s*(\d+(?:\.\d+)?)")
_PARTS = re.compile(r"([一二三四五六七八九十百\d]{1,6})分之([一二三四五六七八九十\d]{1,6})")
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*([万亿])?\s*([%％])?")
_DATE = re.compile(r"((?:19|20)\d\d)\s*年(?:\s*(\d{1,2})\s*月)?(?:\s*(\d{1,2})\s*日)?")
_CHINESE = re.compile(r"([一二三四五六七八九十百千]+)(?=[\u4e00-\u9fff])")
_UNIT = re.compile(
    r"[多余来几]?(元|人次|[人名位]|[所家]|个月|月|[日天]|年|周?岁|学时|课时|小时|平方米|平米|米|亩|[个项条门次倍])"
)
_SAME = {
    "名": "人",
    "位": "人",
    "家": "所",
    "日": "天",
    "个月": "月",
    "周岁": "岁",
    "平米": "平方米",
}
SCALE = {"万": 1e4, "亿": 1e8}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its kind (share, date, amount of a unit): only those of one kind can be compared."""

    value: float
    kind: str


def figure(text: str) -> Figure | None:
    """Read the first figure of a value: 85%, 3.6万人, 三分之二, 1:20, 一半, 2019年11月26日."""
    if match := _DATE.search(text):
        year, month, day = (int(part or 0) for part in match.groups())
        return Figure(year * 372 + month * 31 + day, "date")
    if match := _RATIO.search(text):
        return Figure(float(match[1]) / max(float(match[2]), 1e-9), "share")
    if match := _PARTS.search(text):
        whole, part = (int(p) if p.isdecimal() else chinese_number(p) for p in match.groups())
        return Figure(part / max(whole, 1), "share")
    if match := _NUMBER.search(text):
        value = float(match[1].replace(",", "")) * SCALE.get(match[2] or "", 1.0)
        return Figure(value / 100, "share") if match[3] else _amount(value, text[match.end() :])
    if re.search("一半|半数", text):
        return Figure(0.5, "share")
    if match := _CHINESE.search(text):
        return _amount(float(chinese_number(match[1])), text[match.end() :])
    return None


def _amount(value: float, behind: str) -> Figure:
    """Name the kind of an amount by its unit, amounts of unknown units alike."""
    unit = _UNIT.match(behind)
    return Figure(value, f"amount {_SAME.get(unit[1], unit[1])}" if unit else "amount")
