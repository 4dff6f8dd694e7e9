"""Pure: a value as it is printed to a number that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.parsing.labels import chinese_number

_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s*[:：]\s*(\d+(?:\.\d+)?)")
_PARTS = re.compile(r"([一二三四五六七八九十百\d]{1,6})分之([一二三四五六七八九十\d]{1,6})")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*([万亿])?\s*([%％])?")
_DATE = re.compile(r"((?:19|20)\d\d)\s*年(?:\s*(\d{1,2})\s*月)?(?:\s*(\d{1,2})\s*日)?")
_CHINESE = re.compile(r"([一二三四五六七八九十百千]+)(?=[\u4e00-\u9fff])")
SCALE = {"万": 1e4, "亿": 1e8}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its kind (share, date, amount): only figures of one kind can be compared."""

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
        value = float(match[1]) * SCALE.get(match[2] or "", 1.0)
        return Figure(value / 100, "share") if match[3] else Figure(value, "amount")
    if re.search("一半|半数", text):
        return Figure(0.5, "share")
    if match := _CHINESE.search(text):
        return Figure(float(chinese_number(match[1])), "amount")
    return None
