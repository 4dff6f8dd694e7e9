"""Pure: a sentence taken apart at its values, each with the words that it is said of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.spans import search_form

_END = re.compile(r"[，,；;。、]|$")
_COMMAS = "，,；;。、"
_COLONS = ("：", ":")
_STOP = re.compile(r"[，,；;。]|$")
_ALONE = re.compile(r"(?:左右|以上|以下|以内|之内)?(?:[、，,；;。）)的]|$)")
_UNTIL = re.compile(
    r"\s*\d{0,2}(?:[:：时点]\d{0,2}分?)?\s*[至到—–~-]+\s*(?:次年|次月|当年|第二年)?"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A value, `text[start:end]`, in the part of a sentence said of it, `text[first:last]`.

    `is_clear` tells that the question singles it out from the other values; `count` is how many
    values of the kind there are.
    """

    start: int
    end: int
    first: int
    last: int
    count: int
    is_clear: bool = True


def parts_of(text: str, spans: Sequence[tuple[int, int]]) -> list[Part]:
    """Part a sentence at the values that stand at `spans`; those that overlap or are the ends of a range are one.

    What announces several of them (按以下标准补贴：) is said of none alone.
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or _UNTIL.fullmatch(text[merged[-1][1] : start])):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    parts: list[Part] = []
    for place, (start, end) in enumerate(merged):
        following = merged[place + 1][0] if place + 1 < len(merged) else len(text)
        last = min(_stop(_END, text, end), following)
        parts.append(
            Part(
                start, end, parts[-1].last if parts else _announced(text, merged), last, len(merged)
            )
        )
    return parts


def _announced(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Return where the words end that announce several values, 0 when none do."""
    start = spans[0][0] if len(spans) > 1 else 0
    colon = max(text.rfind(c, 0, start) for c in _COLONS)
    return colon + 1 if text[colon + 1 : start].strip() else 0


def said_up_to(text: str, part: Part, parts: Sequence[Part]) -> int:
    """Return where that ends which a value is said of: at the value, or at the noun behind it.

    县财政承担70%、企业承担30% has it in front, 建设5个集教学、生产于一体的基地 and 8月交付 behind.
    """
    if _ALONE.match(text, part.end):
        return part.end
    following = (other.start for other in parts if other.start >= part.end)
    return min(_stop(_STOP, text, part.end), next(following, len(text)))


def label(text: str, part: Part) -> str:
    """Return what stands right in front of a value, since the last comma, in search form.

    其中 and the verb (其中电梯31560台, 中职占80名) are no part of it.
    """
    front = text[opening(text, part) : part.start].rstrip(_COMMAS)
    return search_form(_UNNAMED.sub("", re.split(f"[{_COMMAS}]", front)[-1]))


_UNNAMED = re.compile("^其中|^以及|(?<=[\u4e00-\u9fff]{2})(?:占|为|达到?|于|共|有|各)$")


def opening(text: str, part: Part) -> int:
    """Return where the words in front of a value begin: a value that is its condition is among them.

    60岁以上优惠2元 is said of those of 60, though that is a value too.
    """
    if text[: part.first].endswith(_COLONS):
        return part.first
    comma = max(text.rfind(c, 0, part.start) for c in _COMMAS)
    return min(part.first, comma + 1)


def shared_run(question: str, text: str) -> int:
    """Return the length of the longest run of characters that two texts in search form share."""
    length = 0
    for start in range(len(question)):
        while start + length < len(question) and question[start : start + length + 1] in text:
            length += 1
    return length


def _stop(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.search(text, start)
    return found.start() if found else len(text)
