"""Pure: a sentence cut down to what is asked for, or a list in it followed to its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering import values
from assistant.answering.bounds import lies_in, stated_numbers
from assistant.answering.evidence import DUTY, value_spans
from assistant.answering.parts import Part, opening
from assistant.answering.spans import Span, search_form, spans_of
from assistant.answering.terms import Term, coverage
from assistant.understanding.question import Ask, Question
from assistant.understanding.scope import extreme_asked

MAX_PIECE = 120
MAX_LIST = 400
MOSTLY = 0.6  # share of what a sentence covers that a part has to cover to stand for it
VALUE_KINDS = frozenset({Ask.RATIO, Ask.NUMBER, Ask.DATE, Ask.DURATION})
_SEVERAL = re.compile(
    r"及|、|各(?=是|为|自|有|定|要|达|占|能|招|给|奖|补|罚|收|发|部分|项|档|[^,。]{0,4}(?:多少|几)|[?]?$)|分别|和|与|又|还要|总共|一共|合计|加起来|起止|期间|对比|比较|孰|价差|差异|分担|三方|双方|各方|变化|[省市州区县]{2,3}(?:两级|三级)?(?:财政)?(?:承担|负担|配套)|构成|不同(?!意)|[一二三四]{2,}[档等级期类]|咋办|怎么办|[两三四五六七八九十]项|(?:多少|几|哪|什么|谁).*(?:多少|几|哪|什么|谁)"
)
_EDGE = " \t，,、：:；;。"
_CUTS = re.compile(r"[，,：:；;]|、(?=(?:到|至)?(?:19|20)\d\d)")
_OPENS_LIST = re.compile(r"(?:[：:]|一是|1[.．、])[^。]*[；;]$|情形。$|条件。$")
_SUBJECT = re.compile(
    r"(?!截至|到|至|自|从|对|按|经)[^，,：:；;、\d]{2,30}(?=[，,：:]|(?:19|20)\d\d年)"
)
_VERBS = re.compile(
    r"力争超过|力争达到|达到|超过|不低于|不少于|不超过|不高于|控制在|保持在|稳定在|调整[到至]|提高到|增加到|不得低于|一般要?占|占|(?<![到抵])达|至少|为"
)


_NAMES = ("合计", "差异")  # of columns and indicators too


def asks_for_several(question: Question, told: str) -> bool:
    """Tell whether a question asks for more than one thing of what `told`, a text in search form, says.

    What joins words there too (大数据与会计) or stands in it (合计) belongs to one name.
    """
    text = question.text
    return any(
        text[max(match.start() - 1, 0) : match.end() + 1] not in told
        and not (match[0] in _NAMES and match[0] in told)
        for match in _SEVERAL.finditer(text)
    )


def trimmed(span: Span, terms: Sequence[Term], question: Question) -> Span:
    """Cut a long sentence down to the run of clauses between commas that carries the question."""
    if question.ask is Ask.BASIS:
        return cited_part(span)
    # Of 2025年、2026年分别安排3万元和4万元 no year stands without the other.
    apart = not IN_ORDER.search(span.text)
    named_years = values.named_years(span.text) if apart else frozenset()
    is_one = len(question.years) == 1 and question.years <= named_years
    others = named_years - question.years if is_one else frozenset()
    whole = question.ask is Ask.LIST or extreme_asked(question.text)
    if (len(span.text) <= MAX_PIECE and not others) or whole:
        return stripped(span, 0, len(span.text))
    cuts = [0, *(m.end() for m in _CUTS.finditer(span.text)), len(span.text)]
    runs = [(i, j) for k, i in enumerate(cuts) for j in cuts[k + 1 :] if j - i <= MAX_PIECE]
    runs = [run for run in runs if not _LEFT_OPEN.search(span.text[slice(*run)])]
    dated = [run for run in runs if others and _is_stated(question, span.text[slice(*run)])]
    named = [run for run in runs if others and _is_named(question, span.text[slice(*run)])]
    best = max(
        dated or named or runs,
        key=lambda run: _carries(question, terms, span.text[slice(*run)], others),
        default=(0, len(span.text)),
    )
    return stripped(span, *best)


IN_ORDER = re.compile("分别|依次")
# 到2025年底仍未达标的学校, without what becomes of them.
_LEFT_OPEN = re.compile(r"(?:[未不没仍超满]|逾期)[^，,；;：:]{0,20}的[\u4e00-\u9fff]{0,3}[，,]$")


def cited_part(span: Span) -> Span:
    """Cut off what a sentence says behind the last document that it cites: that it makes another."""
    made = _MAKES.search(span.text)
    stop = made.start() if made else len(span.text)
    named = [m.end() for m in re.finditer(r"[》〕）][^，,；;。]*", span.text[:stop])]
    return stripped(span, 0, named[-1] if stop > MAX_PIECE and named else stop)


_MAKES = re.compile(
    r"[，,；;](?=[^，,；;《]{0,12}(?:进一步|加快|推动|促进|结合|现|特|我)[^《。]*(?:制定|编制|出台|印发|制订))"
    r"|[，,；;][^，,；;《]{0,20}(?:制定|编制|出台|印发|制订)(?:了|本|该|《|如下|以下)"
)


def _is_stated(question: Question, text: str) -> bool:
    """Tell whether a text names the year asked for, and a value when one is asked for."""
    valued = question.ask not in VALUE_KINDS or bool(value_spans(question, text))
    return valued and _is_named(question, text)


def _is_named(question: Question, text: str) -> bool:
    return bool(question.years & values.named_years(text))


def _carries(question: Question, terms: Sequence[Term], text: str, others: frozenset[int]) -> float:
    """Score how much of a question a part of a sentence carries, shorter parts first."""
    named = values.named_years(text)
    score = coverage(terms, search_form(text)) - 0.0005 * len(text)
    score += 0.3 * (question.ask in VALUE_KINDS and bool(value_spans(question, text)))
    return score + 0.3 * bool(question.years & named) - 2 * bool(named & others)


def valued_part(span: Span, part: Part | None) -> Span | None:
    """Return what a sentence says of the value asked for alone, when it states others too.

    A cap on it (按50%补助，单个项目不超过80万元) belongs to it, and the condition right in front of it
    (2小时以内的，收取30%).
    """
    if part is None or not part.is_clear or part.count < 2:
        return None
    start = opening(span.text, part)
    condition = _WHEN.search(span.text[:start])
    cap = _CAP.match(span.text, part.last)
    return stripped(
        span, condition.start() if condition else start, cap.end() if cap else part.last
    )


_WHEN = re.compile(r"[^，,；;。：:]+的[，,]?\s*$")


def told_of(span: Span, part: Part) -> Span:
    """Return what a sentence says of one of its values."""
    return stripped(span, opening(span.text, part), max(part.last, part.end))


_CAP = re.compile(
    r"[，,](?:但|且|其中)?(?:单[个项户次人店家校亩][^，,；;。]{0,4}|同一[^，,；;。]{0,4}|每[^，,；;。\d]{1,6}|[补资]助|补贴|奖励|累计|总额|合计|总计|年度|全年|金额)*"
    r"(?:不超过|不高于|不得超过|最高|最多|封顶)[^，,；;。]*"
)


def duty_part(question: Question, terms: Sequence[Term], span: Span) -> Span | None:
    """Return what a sentence says of the one body asked for, when it says more than that."""
    if question.ask is not Ask.UNIT or asks_for_several(question, search_form(span.text)):
        return None
    segments = _segments(span.text)
    duties = [segment for segment in segments if DUTY.search(segment.text)]
    if len(duties) > 1:
        return _outstanding(terms, span, duties)
    best = _outstanding(terms, span, segments) if duties else None
    return best if best and DUTY.search(best.text) else None


def case_part(question: Question, terms: Sequence[Term], span: Span) -> Span | None:
    """Return what a sentence says of the one case asked for, when it rules several alike.

    超出20%以内的加收1倍，超出20%至40%的加收2倍: that in whose range the number of the question lies, else
    the one that meets the question best.
    """
    several = asks_for_several(question, search_form(span.text))
    wants_all = several or wants_list(question)
    if question.ask not in _RULED or wants_all or "是指" in span.text:
        return None
    alike = _alike(_cases(span.text))
    numbers = stated_numbers(question.text)
    inside = [s for s in alike if lies_in(numbers, search_form(s.text))]
    if len(inside) == 1:
        return stripped(span, inside[0].start, inside[0].end)
    return _outstanding(terms, span, alike)


@dataclass(frozen=True, slots=True)
class _Segment:
    start: int
    end: int
    text: str


_RULED = frozenset({Ask.UNIT, Ask.HOW, Ask.GENERAL})
_TAIL = 2  # so many characters at the end make two segments alike


def _segments(text: str) -> list[_Segment]:
    return [_Segment(m.start(), m.end(), m[0]) for m in re.finditer(r"[^，,；;。]+", text)]


def _cases(text: str) -> list[_Segment]:
    """Cut a sentence into what it rules: a condition (逾期不改的) with all that follows from it."""
    cases: list[_Segment] = []
    for part in _segments(text):
        joined = cases and _CONDITION.search(cases[-1].text) and not _CONDITION.search(part.text)
        start = cases.pop().start if joined else part.start
        cases.append(_Segment(start, part.end, text[start : part.end]))
    return cases


_CONDITION = re.compile(r"(?:的|时|后)$|的[，,]")


def _alike(segments: Sequence[_Segment]) -> list[_Segment]:
    """Return the segments that end as others do, figures and names of levels aside."""
    tails = [_tail(segment.text) for segment in segments]
    return [s for s, tail in zip(segments, tails, strict=True) if tails.count(tail) > 1]


def _tail(text: str) -> str:
    return re.sub(r"[\d.%％一二三四五六七八九十两]+", "#", text.strip(_EDGE))[-_TAIL:]


def _outstanding(terms: Sequence[Term], span: Span, parts: Sequence[_Segment]) -> Span | None:
    """Return the one of some parts that meets the question best, and most of what its sentence does."""
    if len(parts) < 2:
        return None
    covered = [coverage(terms, search_form(part.text)) for part in parts]
    first, second = sorted(covered, reverse=True)[:2]
    whole = coverage(terms, search_form(span.text))
    if first == second or first < MOSTLY * whole:
        return None
    best = parts[covered.index(first)]
    return stripped(span, best.start, best.end)


def wants_list(question: Question) -> bool:
    """Tell whether all of something is asked for, and not one item of it."""
    return question.ask is Ask.LIST or bool(_WANTS_LIST.search(question.text))


_WANTS_LIST = re.compile(
    r"(?:材料|条件|手续|证件|情形|要求|资料|措施|职责|流程|清单|名录|范围|对象)(?:有哪些|有什么|是什么|清单|规定)?[?？]?$|[哪什].{0,4}(?:材料|条件|手续|证件|情形|情况|要求|资料)"
    r"|[两二三四五六七八九十](?:大|条|种|类|项|个方面)[\u4e00-\u9fff]{2,4}[?？]?$"
)


def whole_list(question: Question, span: Span) -> Span:
    """Extend a sentence that opens an inline list (材料为：1.申请书；2.身份证。) to the end of it.

    So is an item of one, to both ends, where all of it is asked for.
    """
    if question.ask in VALUE_KINDS or span.head:
        return span
    text, start = span.clause.text, span.start
    if not _OPENS_LIST.search(span.text):
        start = _sentence_start(span) if wants_list(question) else span.start
        if not _OPENS_LIST.search(text[start : span.start]):
            return span
    end = text.find("。", span.end - 1, start + MAX_LIST) + 1
    return Span(span.clause, start, end, text[start:end]) if end > span.end else span


def with_sequel(question: Question, span: Span) -> Span:
    """Extend a sentence to what goes on from it (；仍相同的，加试一场), where a rule is asked for."""
    if (question.ask not in _RULED and question.ask is not Ask.YESNO) or span.head:
        return span
    text, end = span.clause.text, span.end
    for other in spans_of(span.clause):
        near = other.start >= end and not text[end : other.start].strip("，,；;。” \n")
        short = other.end - span.start <= MAX_PIECE
        if near and short and not other.is_units and _GOES_ON.match(other.text):
            end = other.end
    return stripped(Span(span.clause, span.start, end, text[span.start : end]), 0, end - span.start)


_GOES_ON = re.compile(
    r"仍|逾期|情节|构成|造成|拒不|再次|其中|但|否则|经[^，,]{0,8}(?:仍|不)|多次|屡|严重|数额|[^，,]{0,6}金额"
)


def _sentence_start(span: Span) -> int:
    """Return where the sentence begins that a span between semicolons is a part of."""
    stop = span.clause.text.rfind("。", 0, span.start) + 1
    return next(other.start for other in spans_of(span.clause) if other.start >= stop)


def subject_lead(sentence: Span, cut: Span) -> str:
    """Return the words in front of a cut-out value that say of what it is: 各年度招生目标：."""
    start = cut.start - sentence.start
    front = _SUBJECT.match(sentence.text)
    if front is None or front.end() > start or _tail(front[0]) == _tail(cut.text):
        return ""
    return f"{front[0]}："


def with_verb(text: str, part: Part) -> str:
    """Extend a value to the left up to its verb: 达到全市中考总人数的20%以上."""
    start = part.start
    first = max(part.first, *(text.rfind(comma, 0, start) for comma in "，,；;"))
    verbs = [m for m in _VERBS.finditer(text, first, start + 1) if m.start() <= start]
    if verbs and start - verbs[-1].start() <= 24:
        start = verbs[-1].start()
    return text[start : part.end].strip(_EDGE)


def apart(one: Span, other: Span) -> tuple[Span, Span]:
    """Return two statements without the parts between commas that both begin with."""
    start = behind = 0
    pairs = zip(_COMMA_PARTS.finditer(one.text), _COMMA_PARTS.finditer(other.text), strict=False)
    for first, second in pairs:
        if search_form(first[0]) != search_form(second[0]):
            break
        start, behind = first.end(), second.end()
    return stripped(one, start, len(one.text)), stripped(other, behind, len(other.text))


_COMMA_PARTS = re.compile("[^，,]+[，,]")


def stripped(span: Span, start: int, end: int) -> Span:
    """Return a part of a span without the punctuation at its ends."""
    while start < end and span.text[start] in _EDGE:
        start += 1
    while end > start and span.text[end - 1] in _EDGE:
        end -= 1
    first = span.start + start
    return Span(
        span.clause, first, span.start + end, span.text[start:end], span.head, span.is_units
    )
