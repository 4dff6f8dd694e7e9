"""Pure: the lines around a text that say something about it, and the fact each of them holds.

Beyond what `index.parsing.metadata` reads: 份号, 密级, 紧急程度 and 签发人 of the 版头 (GB/T 9704-2012 §7.2),
the 令 that publishes a law or a regulation, and its 题注 (通过, 公布, 修正, 施行).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from index.parsing import metadata
from index.parsing.metadata import FieldValue

_HAN = r"[\u4e00-\u9fff]"
_DATE = r"(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})\s*年\s*\w{1,3}\s*月\s*\w{1,3}\s*日"
_MARKS = (
    ("份号", re.compile(r"\d{6}")),
    ("密级", re.compile(r"(?:绝密|机密|秘密)(?:★\S{1,8})?")),
    ("紧急程度", re.compile(r"特急|加急|特提|平急|紧急")),
)
_LONGEST_MARKS = 30
_SIGNER = re.compile(r"签\s*发\s*人\s*[:：]\s*(\S.{0,40})$")
_ORDER_HEAD = re.compile(rf"{_HAN}{{2,30}}(?:主席|署)\s*令$")
_NOTE = re.compile(
    rf"[（(]\s*(?:根据)?.{{0,20}}?{_DATE}.*(?:通过|公布|发布|批准|修正|修订|施行|实施|印发)"
)
_PUBLISHES = re.compile(r"《.{2,60}》.{0,4}[已经].{4,80}通过.*(?:公布|发布|施行|实施)")
_EVENT = re.compile(
    rf"({_DATE})(?:(?!{_DATE})[^；;\n]){{0,80}}?(通过|公布|发布|批准|修正|修订|施行|实施|生效|印发)"
)
_BASIS = re.compile("根据|按照|依据|修[正订改]")
_ORDER = re.compile("令|公告|通告")  # index.parsing.facts gives these their organ
_EVENTS = {
    "通过": "通过日期",
    "批准": "批准日期",
    "公布": "公布日期",
    "发布": "公布日期",
    "修正": "修正日期",
    "修订": "修正日期",
    "施行": "施行日期",
    "实施": "施行日期",
    "生效": "施行日期",
    "印发": "印发日期",
}
_OFFICE = re.compile(
    rf"{_HAN}{{0,14}}(?:主\s*席|总\s*理|部\s*长|主\s*任|局\s*长|署\s*长|省\s*长|市\s*长|区\s*长|县\s*长)\s+"
    rf"{_HAN}\s*{_HAN}(?:\s*{_HAN}){{0,2}}$"
)


@lru_cache(maxsize=4096)  # a line is looked at by cleaning, parts and headings
def read_letterhead(line: str) -> tuple[FieldValue, ...]:
    """Read the facts of a line of 版头 or 版记, in reading order; none when it is no such line."""
    value = metadata.read_letterhead(line)
    if value is None and (both := _HEAD_AND_NUMBER.fullmatch(line)):
        return _head_and_number(both)
    if value is None and _ORDER_HEAD.match(line):
        value = FieldValue("发文机关", 0, len(line[:-1].rstrip()))
    signer = _SIGNER.search(line)
    if signer and (value or signer.start() == 0):
        named = FieldValue("签发人", signer.start(1), signer.end(1))
        return (value, named) if value else (named,)
    return (value,) if value else ()


def _head_and_number(line: re.Match[str]) -> tuple[FieldValue, ...]:
    """Read 发文机关标志 and 发文字号 that stand in one line: 青山市教育局文件 青教〔2024〕3号."""
    head, number = metadata.read_letterhead(line[1]), metadata.read_letterhead(line[2])
    if not head or not number or (head.name, number.name) != ("发文机关", "发文字号"):
        return ()
    start = line.start(2)
    return (head, replace(number, start=start + number.start, end=start + number.end))


_HEAD_AND_NUMBER = re.compile(r"(\S+文件)\s+(\S+)")


def read_marks(line: str) -> tuple[FieldValue, ...]:
    """Read 份号, 密级 and 紧急程度, alone or side by side; they stand above the title only."""
    found: list[FieldValue] = []
    if len(line) > _LONGEST_MARKS:
        return ()
    for token in re.finditer(r"\S+", line):
        name = next((name for name, mark in _MARKS if mark.fullmatch(token[0])), "")
        if not name:
            return ()
        found.append(FieldValue(name, token.start(), token.end()))
    return tuple(found)


def read_enactment(line: str) -> tuple[FieldValue, ...]:
    """Read the dates of a 题注 or of the sentence that publishes: 通过, 公布, 修正, 施行, 印发.

    Of several revisions the last is taken, of anything else the first. A 题注 may hold the 发文字号 too:
    （2024年3月20日印发，青教〔2024〕3号）.
    """
    note = _NOTE.match(line)
    if not (note or _PUBLISHES.match(line)):
        return ()
    dates: dict[str, FieldValue] = {}
    numbers = metadata.find_numbers(line) if note and not _BASIS.search(line) else ()
    if len(numbers) == 1 and not _ORDER.search(line[slice(*numbers[0])]):
        dates["发文字号"] = FieldValue("发文字号", *numbers[0])
    for event in _EVENT.finditer(line):
        name = _EVENTS[event[2]]
        if name == "修正日期" or name not in dates:
            dates[name] = FieldValue(name, event.start(1), event.end(1))
    return tuple(sorted(dates.values(), key=lambda value: value.start))


def is_office_line(line: str) -> bool:
    """Tell whether a line is an office with the name of its holder: 部长　王某某."""
    return len(line) <= 30 and _OFFICE.match(line) is not None


def closes(line: str) -> bool:
    """Tell whether a line can stand right above a title: letterhead, signature or colophon."""
    return (
        bool(read_letterhead(line)) or metadata.is_date_line(line) or metadata.is_organ_line(line)
    )
