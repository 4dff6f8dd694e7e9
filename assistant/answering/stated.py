"""Pure: which of the values in a sentence is the one that a question asks for.

Each value is measured by how likely what is said of it answers, by its unit and by its bounds, and the
values of a sentence compete in a conditional logit (McFadden 1974) whose weights stand in `stated.json`;
`python -m eval match --write` makes them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files

from assistant.answering import values
from assistant.answering.bounds import covering, lies_in, stated_numbers
from assistant.answering.cutting import IN_ORDER, VALUE_KINDS, asks_for_several, told_of
from assistant.answering.evidence import value_spans
from assistant.answering.parts import Part, label, opening, parts_of, said_up_to, shared_run
from assistant.answering.spans import Span, search_form
from assistant.answering.terms import Coverage, Term
from assistant.answering.wanted import wanted
from assistant.understanding.question import LEVELS, Ask, Question, levels

CLEAR = 0.65  # probability from which a value is singled out
# likely: the log-odds that what is said of a value answers; covered … own_met: how far that meets the
# question, up to the value, since the value before, since the last comma; unit, other_unit: a value of a kind asked for, or of another;
# asked_unit: in the very unit; given: the question states it; bound: 最多 asked and 不超过 said, or least;
# limit: beginning or end of a period as asked; inside, outside: the range in front has a number of the
# question, or none; each, age, time: says how often, how old, or how long where nobody asks.
FEATURES = (
    "likely", "covered", "own_covered", "label_covered", "label_run", "own_run", "label_met", "own_met",
    "unit", "other_unit", "asked_unit", "given", "condition", "former", "anchored", "agrees", "year",
    "bound", "other_bound", "limit", "other_limit", "inside", "outside",
    "each", "age", "time",
)  # fmt: skip
_RELATIVE = 6  # the first features are measured against the best part

Odds = Callable[[Sequence[Span]], Sequence[float]]
"""Tells the log-odds that pieces of one sentence answer the question."""


def asks_for_value(question: Question, text: str) -> bool:
    """Tell whether a question asks for one value of a sentence, by its ask word or by a noun alone.

    A noun without an ask word does (起付线, 最低录取线) where it stands in front of a value.
    """
    if question.is_part or asks_for_several(question, search_form(text)):
        return False
    if question.ask is not Ask.GENERAL:
        return question.ask in VALUE_KINDS
    valued, noun = value_spans(question, text), question.text.rstrip("?。")
    if not valued or _ASKS.search(noun):
        return False
    return noun[-_NOUN:] in search_form(text[: valued[-1][0]])


_NOUN = 2  # characters at the end of a noun that say what it is
_ASKS = re.compile("多少|几|哪|什么|啥|谁|怎|咋|吗|呢|如何|是否|能不能|吧|么")


def asked_part(question: Question, terms: Sequence[Term], span: Span, odds: Odds) -> Part | None:
    """Return the value that is asked for, None when the sentence has none of the kind."""
    text = span.text
    parts = parts_of(text, value_spans(question, text))
    if not parts:
        return None
    if (respective := respective_part(question, text, parts)) is not None:
        return respective
    weights = load_weights()
    likely = odds([told_of(span, part) for part in parts]) if len(parts) > 1 else [0.0]
    measured = measures(question, terms, text, parts, likely)
    scores = [sum(m * w for m, w in zip(row, weights, strict=True)) for row in measured]
    place = scores.index(max(scores))
    share = 1 / sum(math.exp(other - scores[place]) for other in scores)
    part = parts[place]
    clear = len(parts) == 1 or (share >= CLEAR and not IN_ORDER.search(text))
    if _ASKS_CONDITION.search(question.text) and not _is_condition(text, part, parts):
        clear = False
    return Part(part.start, part.end, part.first, part.last, len(parts), clear)


# 达到职工总数多少给奖励 asks when the rule holds.
_ASKS_CONDITION = re.compile(
    r"(?:达到|超过|[满够]|不足|低于)[^，,]{0,12}(?:多少|几)[^，,]{0,4}(?:才|就|给|可以|能|算|要)"
)


@lru_cache(maxsize=1)
def load_weights() -> tuple[float, ...]:
    """Load the weights of `FEATURES` that stand beside this module."""
    data = json.loads(files("assistant.answering").joinpath("stated.json").read_text("utf-8"))
    return tuple(float(data["weights"][name]) for name in FEATURES)


def is_of_other_level(question: Question, text: str) -> bool:
    """Tell that all values of the kind in a sentence (search form) are said of other levels than asked for.

    中职生均经费政策和高职生均12000元的制度 states no sum for 中职; 中职和高职学生每人2000元 does.
    """
    if not question.levels or question.ask not in _SAID_OF_LEVELS or "分别" in text:
        return False
    found = value_spans(question, text)
    return bool(found) and all(_names_other(question.levels, text[:start]) for start, _ in found)


_SAID_OF_LEVELS = frozenset({Ask.RATIO, Ask.NUMBER})
_JOINT = re.compile(r"[和与及、,;]")
_BESIDE = 4  # characters between a level and the 和 that joins another to it


def _names_other(asked: frozenset[str], front: str) -> bool:
    """Tell that the part right in front of a value names another level, which none asked for is joined to."""
    cut = max((match.end() for match in _JOINT.finditer(front)), default=0)
    own, before = levels(front[cut:]), front[: max(cut - 1, 0)]
    if not own or own & asked:
        return False
    named = (match for level in asked for match in LEVELS[level].finditer(before))
    return not any(len(before) - match.end() <= _BESIDE for match in named)


def respective_part(question: Question, text: str, parts: Sequence[Part]) -> Part | None:
    """Match names with values in their order: 国家级、省级工厂，分别奖励60万元、25万元.

    The value found stands for the whole sentence, which alone says whose it is.
    """
    if (yearly := _yearly_part(question, text, parts)) is not None:
        return yearly
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


def _yearly_part(question: Question, text: str, parts: Sequence[Part]) -> Part | None:
    """Match the years of a range with values in their order: 2025—2027年分别安排9万元、11万元、13万元."""
    for span in _YEARS.finditer(text) if len(question.years) == 1 else ():
        asked = min(question.years) - int(span[1])
        said = [part for part in parts if span.start(3) <= part.start < span.end(3)]
        if 0 <= asked < len(said) == int(span[2]) - int(span[1]) + 1:
            return Part(said[asked].start, said[asked].end, 0, len(text), 1)
    return None


_YEARS = re.compile(r"(20\d\d)\s*年?\s*[-—–~至到]\s*(20\d\d)\s*年[^；;。]*?分别([^；;。]*)")


def measures(
    question: Question,
    terms: Sequence[Term],
    text: str,
    parts: Sequence[Part],
    likely: Sequence[float],
) -> list[tuple[float, ...]]:
    """Measure the values of a sentence: a row of `FEATURES` for each of `parts`.

    `likely` are the log-odds that what is said of them answers.
    """
    cover = Coverage(terms)
    fronts = [search_form(text[opening(text, part) : part.start]) for part in parts]
    rows = [
        (
            odd,
            *_met(question, cover, text, part, parts),
            *_unit(question, text[part.start : part.end]),
            *_meaning(question, text, part, parts),
            *_bound(question, text, part),
            *_limit(question, text, part),
            *inside,
            *_odd(question, text[part.start : part.end]),
        )
        for part, odd, inside in zip(parts, likely, _ranges(question, fronts), strict=True)
    ]
    best = [max(row[column] for row in rows) for column in range(_RELATIVE)]
    return [(*(m - b for m, b in zip(row, best, strict=False)), *row[_RELATIVE:]) for row in rows]


def _met(
    question: Question, cover: Coverage, text: str, part: Part, parts: Sequence[Part]
) -> tuple[float, ...]:
    """Measure how the words in front of a value, and the noun behind it, meet the question."""
    stop = said_up_to(text, part, parts)
    behind = search_form(text[part.end : stop])
    own, near = search_form(text[opening(text, part) : part.start]), label(text, part)
    return (
        cover.of(search_form(text[:stop])),
        cover.of(own + behind),
        cover.of(near + behind),
        min(1.0, shared_run(question.text, near) / 6),
        min(1.0, shared_run(question.text, own + behind) / 6),
        _share(question.text, near + behind),
        _share(question.text, own + behind),
    )


def _share(question: str, text: str) -> float:
    """Return the share of the characters of a text that the question has too."""
    found = _CHARACTER.findall(text)
    return sum(c in question for c in found) / len(found) if found else 0.5


_CHARACTER = re.compile(r"[\u4e00-\u9fffa-z0-9]")

# What is asked for, and what a value of it looks like.
_SUMS = "费用?|价格?|工资|金额|补贴|补助|罚款|奖金|押金|奖励|资助|津贴|补偿|助学金|奖学金|抚恤金?|保证金|经费|资金|支持|扶持|拨款"
_KINDS = (
    (
        re.compile(
            r"多少钱|[几多]少?[百千万]{0,2}[块元]|[补奖罚赔贴给发领交收缴优减](?:助|励|惠|免|款|偿|贴|费|他|我|我们|你)?(?:给)?(?:多少|几)|"
            rf"(?:{_SUMS})(?:标准|数额|额度)?(?:[一每]个?(?:[年月天周人次晚]|学[期年]))?(?:是|有|为|最高|最低)?多少|^(?!.*[多几]).*(?:{_SUMS})(?:标准|数额|额度|上限|下限|最高|最低)?[?]?$"
        ),
        re.compile(r"元|块(?!地)|钱|人民币"),
    ),
    (
        re.compile(r"几成|比例|比重|占比|百分|[^频利汇]率|幅度|权重"),
        re.compile(r"[%％‰]|百分之|分之|成$|一半|半数|[:：∶比]"),
    ),
    (re.compile(r"平方|平米|几平|面积|几亩|多少亩"), re.compile(r"平方|平米|亩|㎡")),
    (
        re.compile(r"[几多]少?个?人|人数|[几多]少?[名位]|名额|招生(?:计划|目标)|规模"),
        re.compile(r"人|名|位"),
    ),
    (
        re.compile(
            r"[几多]少?个?(?:天|月|年|小时|钟头|工作日|礼拜|星期)|多久|多长时间|期限|时限|年限|时长|有效期"
        ),
        re.compile(r"(?:天|工作日|个月|小时|分钟|学期|周|年|日|月)(?:以?内|以上|以下|之内)?$"),
    ),
    (re.compile(r"[几多]少?分|分数|分值|[扣加]多少"), re.compile(r"分(?!之|钟)")),
    (re.compile(r"多[远宽高]|[几多]少?公?[米里]|距离"), re.compile(r"(?<!平方)米|公里|厘米")),
    (re.compile(r"[几多]少?[吨斤]|公斤"), re.compile(r"吨|公斤|千克|斤")),
    (re.compile(r"[几多]少?度|温度|室温"), re.compile(r"度|℃")),
)
_TIME = _KINDS[4]


def _unit(question: Question, value: str) -> tuple[float, ...]:
    """Tell a value of a kind asked for, of another kind, in the very unit asked in, given itself."""
    asked = [shown for asking, shown in _KINDS if asking.search(question.text)]
    asked = asked or [kind.stated for kind in wanted(question.text)]
    met = any(shown.search(value.strip()) for shown in asked)
    units = set(question.units) - {"个", "钱"}
    return (
        float(met),
        float(bool(asked) and not met),
        float(any(unit in value for unit in units)),
        float(search_form(value) in question.text),
    )


def _meaning(question: Question, text: str, part: Part, parts: Sequence[Part]) -> tuple[float, ...]:
    own = values.years(search_form(text[part.first : part.last]))
    return (
        float(_is_condition(text, part, parts)),
        float(_is_former(question, text, part)),
        float(_is_anchored(question, text, part)),
        float(_agrees(question, text, part)),
        float(bool(own) and own == question.years),
    )


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
        r"[^，,；;。]{0,4}(?:提高|增加|调整|[上下]?调[高低增减]?|增|降低|下?降|提升|上升|升|改|扩大|缩[短减小]|减少?|压[减缩降]|延长|放宽)[到至为成]",
        text[part.end :],
    )
    return changed is not None and not re.search(r"原|以前|之前|过去|此前|从前|整前", question.text)


def _is_anchored(question: Question, text: str, part: Part) -> bool:
    """Tell that a value stands behind the word that the ask word stands behind: 优惠多少, 优惠3元."""
    asking = _ASKING.search(question.text)
    anchor = _COPULA.sub("", question.text[: asking.start()])[-2:] if asking else ""
    front = _COPULA.sub("", search_form(text[part.first : part.start]))
    return len(anchor) > 1 and front.endswith(anchor)


_ASKING = re.compile(r"多少|几(?!乎)|什么时候|啥时候|何时|哪天|哪年|多久|多长|多大|多高")
_COPULA = re.compile(
    r"(?:是|为|有|的|要|能|给|到|在|可以|应该|应当|不低于|不超过|最多|最少|至少|一共|大约|达|超过|不得)+$"
)


def _agrees(question: Question, text: str, part: Part) -> bool:
    """Tell that a value is said of the year and level asked for: those named last in front of it."""
    before = search_form(text[: part.last])
    if question.years and (named := values.years(before)):
        own = values.years(search_form(text[part.first : part.last]))
        if not question.years & (own or named):
            return False
    own_levels = levels(search_form(text[part.first : part.last]))
    return not (question.levels and own_levels) or bool(question.levels & own_levels)


def _bound(question: Question, text: str, part: Part) -> tuple[float, float]:
    """Tell whether a value is a bound from the side that is asked for, or only from the other."""
    said = text[max(0, part.start - 4) : part.end + 3]
    upper, lower = bool(_V_UPPER.search(said)), bool(_V_LOWER.search(said))
    most, least = bool(_UPPER.search(question.text)), bool(_LOWER.search(question.text))
    met = (most and upper) or (least and lower)
    other = (most and lower and not upper) or (least and upper and not lower)
    return float(met), float(other)


_UPPER = re.compile(
    r"最多|上限|不超过|至多|最高|封顶|顶多|最长|最大|限额|限价|顶格|超不过|不能超|最晚|最迟"
)
_LOWER = re.compile(
    r"最少|至少|下限|最低|起码|不少于|不低于|门槛|起步|最短|最小|得有|得达到|达到多少才"
)
_V_UPPER = re.compile(
    r"不超过|不高于|最高|最多|最长|以内|之内|以下|不得超过|上限|限额|[内前]$|低于"
)
_V_LOWER = re.compile(r"不低于|不少于|至少|最低|最少|以上|满|起|不得少于|不得低于")


def _limit(question: Question, text: str, part: Part) -> tuple[float, float]:
    """Tell whether a date begins or ends what it is asked to begin or end, or the other."""
    value, before, after = (
        text[part.start : part.end],
        text[: part.start].rstrip(),
        text[part.end :],
    )
    ends = bool(
        re.search("[至到]", before[-1:] + value)
        or re.search(r"(?:[前止底]|以前)\s*$", value)
        or re.match(r"之?前|止|以前", after)
    )
    begins = (
        before.endswith(("自", "从"))
        or value.startswith(("自", "从"))
        or f"{value}{after[:1]}".rstrip().endswith("起")
    )
    end, begin = bool(_ENDS.search(question.text)), bool(_BEGINS.search(question.text))
    met = (end and ends) or (begin and begins)
    other = (end and begins) or (begin and ends and not end)
    return float(met), float(other)


_ENDS = re.compile(
    r"截止|截至|最后|到什么时候|结束|为止|失效|到期|才完|哪天前|之前|止|最晚|最迟|有效期|停|哪年完|到哪"
)
_BEGINS = re.compile(
    r"开始|起|从什么时候|从哪|生效|施行|实施|几号开|什么时候能|什么时候可以|才可以开|启动|执行"
)


def _ranges(question: Question, fronts: Sequence[str]) -> list[tuple[float, float]]:
    """Tell of what stands in front of values whether it is the range of a number of the question, or another.

    86 is in 65岁以上 and in 85岁以上, and the second is meant.
    """
    numbers = stated_numbers(question.text)
    covers = [covering(numbers, front) for front in fronts]
    found = []
    for front, own in zip(fronts, covers, strict=True):
        narrower = own is not None and any(c.is_within(own) for c in covers if c is not None)
        outside = narrower or lies_in(numbers, front) is False
        found.append((float(own is not None and not narrower), float(outside)))
    return found


def _odd(question: Question, value: str) -> tuple[float, float, float]:
    """Tell a value that says how often (每年, 一次), how old, or how long where nobody asks for it."""
    value = value.strip()
    timed = bool(_TIME[1].search(value))
    each = (value.startswith("每") and timed) or re.fullmatch(r"[一二三两]?[年月日天周次轮]", value)
    aged = "岁" in value and not _AGE.search(question.text)
    dated = question.ask in (Ask.DATE, Ask.DURATION) or _TIME[0].search(question.text)
    return float(bool(each)), float(aged), float(timed and not dated)


_AGE = re.compile(r"[几多]少?岁|多大|年龄|年纪")
