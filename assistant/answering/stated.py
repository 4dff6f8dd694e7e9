"""Pure: which of the values in a sentence is the one that a question asks for.

In 优良路率达到87%，县道达到92%，乡道达到88% each value is said of the words in front of it; what the
first value is said of holds for those behind it too, but not the other way round. So the value
asked for is the first one with all in front of it that meets the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering import values
from assistant.answering.evidence import value_spans
from assistant.answering.spans import search_form
from assistant.answering.terms import Coverage, Term
from assistant.understanding.question import Question, levels

ENOUGH = 0.75
CLEARLY = 2
_EPSILON = 1e-6
_END = re.compile(r"[，,；;。、]|$")


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


def asked_part(question: Question, terms: Sequence[Term], text: str) -> Part | None:
    """Return the value that is asked for, None when the sentence has none of the kind."""
    parts = _parts(text, value_spans(question, text))
    if not parts:
        return None
    if (respective := _respective(question, text, parts)) is not None:
        return respective
    chosen = _left(question, text, parts)
    cover = Coverage(terms)
    ends = [_said_up_to(text, part, parts) for part in chosen]
    covered = [cover.of(search_form(text[:end])) for end in ends]
    best = max(covered)
    tied = [i for i, share in enumerate(covered) if share >= best - _EPSILON]
    shared = [shared_run(question.text, search_form(_label(text, chosen[i]))) for i in tied]
    place = tied[shared.index(max(shared)) if max(shared) >= shared[0] + CLEARLY else 0]
    singled = len(chosen) == 1 or ((place > 0 or best >= ENOUGH) and "分别" not in text)
    part = chosen[place]
    return Part(part.start, part.end, part.first, part.last, len(parts), singled)


def _respective(question: Question, text: str, parts: Sequence[Part]) -> Part | None:
    """Match names with values in their order: 国家级、省级工厂，分别奖励60万元、25万元.

    The value found stands for the whole sentence, which alone says whose it is.
    """
    respectively = re.search(r"([^，,；;。：:]+)[，,]?[^，,；;。：:]{0,8}分别([^；;。]+)", text)
    if respectively is None:
        return None
    names = [search_form(name) for name in re.split(r"[、和与或]", respectively[1])]
    said = [part for part in parts if respectively.start(2) <= part.start < respectively.end(2)]
    if len(names) < 2 or len(names) != len(said):
        return None
    width = max(2, min(map(len, names)))
    cut = [names[0][-width:], *(name[:width] for name in names[1:])]
    met = [shared_run(question.text, name) for name in cut]
    best = max(met)
    if best < 2 or met.count(best) > 1:
        return None
    part = said[met.index(best)]
    return Part(part.start, part.end, 0, len(text), 1)


def _said_up_to(text: str, part: Part, parts: Sequence[Part]) -> int:
    """Return where that ends which a value is said of: at the value, or at the noun behind it.

    县财政承担70%、企业承担30% has it in front, 建设5个集教学、生产于一体的基地 and 8月交付 behind.
    """
    if _ALONE.match(text, part.end):
        return part.end
    following = (other.start for other in parts if other.start >= part.end)
    stop = re.compile(r"[，,；;。]|$").search(text, part.end)
    return min(stop.start() if stop else len(text), next(following, len(text)))


_ALONE = re.compile(r"(?:左右|以上|以下|以内|之内)?(?:[、，,；;。）)的]|$)")


def _left(question: Question, text: str, parts: Sequence[Part]) -> list[Part]:
    """Leave out the values that the question cannot mean, as far as others remain."""
    left = [part for part in parts if not _is_given(question, text, part)] or list(parts)
    left = [part for part in left if _agrees(question, text, part)] or left
    left = [part for part in left if _is_in_unit(question, text, part)] or left
    if anchored := [part for part in left if _is_anchored(question, text, part)]:
        return anchored
    left = [part for part in left if not _is_condition(text, part, parts)] or left
    return [part for part in left if not _is_former(question, text, part)] or left


def _is_in_unit(question: Question, text: str, part: Part) -> bool:
    """Tell a value in the very unit asked in; 个 is any."""
    units = set(question.units) - {"个", "钱"}
    return any(unit in text[part.start : part.end] for unit in units)


def _is_given(question: Question, text: str, part: Part) -> bool:
    """Tell a value that the question itself states: 80岁 when asked what those of 80 get."""
    return search_form(text[part.start : part.end]) in question.text


def _is_condition(text: str, part: Part, parts: Sequence[Part]) -> bool:
    """Tell a value that says when a rule holds (超过20公里的补助220元, 满4个月的，), not what it is."""
    said = re.match(r"(?:以上|以下|以内)?的([^，,；;。]*)", text[part.end :])
    if said is None:
        return False
    stop = part.end + said.end()
    return not said[1] or any(part.end < other.start < stop for other in parts)


def _is_former(question: Question, text: str, part: Part) -> bool:
    """Tell the old value of a change: 由800元提高到1800元."""
    changed = re.match(
        r"[^，,；;。]{0,4}(?:提高|增加|调整|调|增|降低|降|提升|上调|下调|改|扩大)[到至为成]",
        text[part.end :],
    )
    return changed is not None and not re.search(r"原|以前|之前|过去|此前|从前", question.text)


def _is_anchored(question: Question, text: str, part: Part) -> bool:
    """Tell that a value stands behind the word that the ask word stands behind: 优惠多少, 优惠3元."""
    asking = _ASKING.search(question.text)
    anchor = _COPULA.sub("", question.text[: asking.start()])[-2:] if asking else ""
    return len(anchor) > 1 and anchor in search_form(text[part.first : part.start])[-6:]


_ASKING = re.compile(r"多少|几(?!乎)|什么时候|啥时候|何时|哪天|哪年|多久|多长|多大|多高")
_COPULA = re.compile(
    r"(?:是|为|有|的|要|能|给|到|在|可以|应该|应当|不低于|不超过|最多|最少|至少|一共|大约)+$"
)


def _label(text: str, part: Part) -> str:
    """Return what stands right in front of a value, since the last comma."""
    return re.split(r"[，,；;。、]", text[part.first : part.start].rstrip("，,；;。、"))[-1]


def shared_run(question: str, text: str) -> int:
    """Return the length of the longest run of characters that two texts in search form share."""
    length = 0
    for start in range(len(question)):
        while start + length < len(question) and question[start : start + length + 1] in text:
            length += 1
    return length


def _parts(text: str, spans: Sequence[tuple[int, int]]) -> list[Part]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    parts: list[Part] = []
    for place, (start, end) in enumerate(merged):
        following = merged[place + 1][0] if place + 1 < len(merged) else len(text)
        stop = _END.search(text, end)
        last = min(stop.start() if stop else len(text), following)
        parts.append(Part(start, end, parts[-1].last if parts else 0, last, len(merged)))
    return parts


def _agrees(question: Question, text: str, part: Part) -> bool:
    """Tell that a value is said of the year and level asked for: those named last in front of it."""
    before = search_form(text[: part.last])
    if question.years and (named := values.years(before)):
        own = values.years(search_form(text[part.first : part.last]))
        if not question.years & (own or named):
            return False
    own_levels = levels(search_form(text[part.first : part.last]))
    return not (question.levels and own_levels) or bool(question.levels & own_levels)
