"""Pure: how well each piece of the retrieved clauses carries a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering import values
from assistant.answering.spans import (
    DATE_HEADS,
    Span,
    is_bare,
    is_title,
    search_form,
    spans_of,
    with_unit,
)
from assistant.answering.terms import Coverage, Term
from assistant.understanding.question import PERIODIC, Ask, Question, levels
from index.types import Clause, ClauseKind, Hit

_BASIS = re.compile(r"(?:根据|依据|按照?|贯彻|落实|依照|遵照|参照|执行)[^。；]{0,12}《")
DUTY = re.compile(
    r"(?:局|委|办|部|厅|科|处|政府|部门|单位|学校|公司|小组|中心|街道|社区|企业|主管)[^，。；,;]{0,4}(?:负责|牵头|主管|承担|为责任主体|是[^，。；]{0,8}责任主体)"
    r"|由[^，。；,;]{2,24}(?:局|委|办|部|厅|科|处|中心|政府|部门|单位|小组)"
)
_BOILERPLATE = re.compile(
    r"同时废止|印发给你们|现予印发|请[^，。]{0,8}(?:贯彻|遵照|执行|实施)|制定本|制定如下|特制定"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span with its score and what the score is made of.

    `direct` is the coverage by the span itself, `total` by the span with all it stands under;
    `fits` tells whether it holds a value of the asked kind, `year` whether the years asked for
    are met (1), left open (0) or contradicted (-1), `level` likewise. `sure` is the probability
    that it answers, 0 for what did not come that far.
    """

    span: Span
    hit: Hit
    score: float
    direct: float
    total: float
    fits: bool
    year: int
    level: int
    parts: dict[str, float]
    sure: float = 0.0


Nearness = Callable[[Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature of an evidence adds to its score."""

    direct: float = 1.0
    total: float = 0.7
    fits: float = 0.25
    year: float = 0.35
    level: float = 0.05
    wrong_level: float = 0.3
    hit: float = 0.5
    focus: float = 0.05
    heading: float = -0.2
    outer: float = -0.25
    boilerplate: float = -0.15
    meaning: float = 1.5


def weigh(
    question: Question,
    terms: Sequence[Term],
    hits: Sequence[Hit],
    context: Callable[[Clause], str],
    nearness: Nearness,
    weights: Weights | None = None,
) -> list[Evidence]:
    """Score every span of the hits for a question, best first.

    `context` gives what a clause stands under (titles, merged cells) in any form; `nearness` tells how
    like the question texts in search form are.
    """
    if not hits:
        return []
    top = max(hit.score for hit in hits)
    around = [search_form(context(hit.clause)) for hit in hits]
    coverage = Coverage(terms).among([*around, *(search_form(hit.clause.text) for hit in hits)])
    found = [
        evidence
        for hit, above in zip(hits, around, strict=True)
        for evidence in _weigh_clause(
            question, coverage, hit, above, top, nearness, weights or Weights()
        )
    ]
    return sorted(found, key=lambda e: (-e.score, e.hit.rank, e.span.start))


def _weigh_clause(
    question: Question,
    coverage: Coverage,
    hit: Hit,
    above: str,
    top: float,
    nearness: Nearness,
    weights: Weights,
) -> Iterator[Evidence]:
    around = search_form(hit.clause.text)
    total = coverage.of(around, above)
    heads = (search_form(text) for text in _heads(hit.clause))
    coverage = coverage.within(around, above, *heads)
    kind = hit.clause.kind
    shared = {
        "total": weights.total * total,
        "hit": weights.hit * hit.score / top,
        "outer": weights.outer * (kind in (ClauseKind.LETTERHEAD, ClauseKind.COLOPHON)),
    }
    spans = spans_of(hit.clause)
    # A cell says little without its row.
    near = nearness([search_form(f"{s.head} {s.clause.text}" if s.head else s.text) for s in spans])
    for span, like in zip(spans, near, strict=True):
        own = search_form(span.text)
        shown = around if speaks_for_clause(question, span) else own
        # The title of another document says what that document is about, not this sentence.
        said = own if question.ask is Ask.BASIS else re.sub(r"《[^》]*》", "", own)
        direct = _direct(question, coverage, span, said, around)
        fits = fits_kind(question, span, own)
        year = _year_fit(question, span_years(span, shown), around, above)
        level = _level_fit(question, levels(search_form(span.head)) or levels(shown), around, above)
        boilerplate = question.ask is not Ask.BASIS and bool(_BOILERPLATE.search(own))
        parts = shared | {
            "direct": weights.direct * direct,
            "fits": weights.fits * fits,
            "year": weights.year * year,
            "level": (weights.level if level > 0 else weights.wrong_level) * level,
            "focus": weights.focus * coverage.of(own) * min(1.0, 40 / max(len(own), 1)),
            "boilerplate": weights.boilerplate * boilerplate,
            "heading": weights.heading * is_title(span),
            "meaning": weights.meaning * like,
        }
        score = sum(parts.values())
        yield Evidence(span, hit, score, direct, total, fits, year, level, parts)


def _heads(clause: Clause) -> Iterator[str]:
    """Yield what a part of a clause may be covered with beside its own words."""
    yield from clause.titles[-1:]
    yield from (cell.head for cell in clause.cells)


def speaks_for_clause(question: Question, span: Span) -> bool:
    """Tell a list of units or a date cell, which says nothing of its own subject."""
    return span.is_units or (question.ask is Ask.DATE and bool(DATE_HEADS.search(span.head)))


def _direct(question: Question, coverage: Coverage, span: Span, own: str, around: str) -> float:
    """Cover the terms by the span and the title it stands under; a cell stands for its row."""
    titles = span.clause.titles
    title = search_form(titles[-1]) if titles else ""
    if span.is_units and question.ask is not Ask.UNIT:
        return coverage.of(own)
    if speaks_for_clause(question, span):
        return coverage.of(around, title)
    if is_bare(span):
        share = 1.0 if heads(question, span) else 0.7
        return share * coverage.of(around, title, search_form(span.head))
    if span.clause.kind is ClauseKind.ROW:
        return (coverage.of(own) + coverage.of(around)) / 2
    return coverage.of(own, title)


def fits_kind(question: Question, span: Span, own: str) -> bool:
    """Tell whether a span holds a value of the kind that is asked for."""
    ask = question.ask
    if ask is Ask.RATIO:
        return bool(values.RATIO.search(own))
    if ask in (Ask.NUMBER, Ask.DURATION):
        named = ask is Ask.NUMBER and is_bare(span) and heads(question, span)
        return named or bool(value_spans(question, with_unit(span)))
    if ask is Ask.CONTACT:
        return bool(values.CONTACT.search(own))
    if ask is Ask.DATE and PERIODIC.search(question.text):
        return bool(values.PERIOD.search(own))
    if ask is Ask.DATE:
        return bool(DATE_HEADS.search(span.head)) or bool(value_spans(question, own))
    if ask is Ask.UNIT:
        return span.is_units or bool(DUTY.search(own))
    if ask is Ask.LIST:
        return own.count("、") >= 2 or own.count(",") >= 3
    if ask is Ask.BASIS:
        return bool(re.search(r"〔\d{4}〕", own) or _BASIS.search(own))
    return not span.is_units


_PATTERNS = {Ask.RATIO: values.RATIO, Ask.DATE: values.DATE, Ask.DURATION: values.DURATION}


def heads(question: Question, span: Span) -> bool:
    """Tell whether a question names the column of a cell: two characters in common."""
    head = search_form(span.head)
    return any(head[i : i + 2] in question.text for i in range(len(head) - 1))


_OFTEN = re.compile("频次|频率")


def value_spans(question: Question, text: str) -> list[tuple[int, int]]:
    """Return where values of the asked kind stand in `text`, in order."""
    pattern = _PATTERNS.get(question.ask)
    if question.ask is Ask.DATE and PERIODIC.search(question.text):
        pattern = values.PERIOD
    often = question.ask is Ask.DURATION and _OFTEN.search(question.text)
    if often and values.PERIOD.search(text):
        pattern = values.PERIOD  # 消毒频次: every week, not for thirty minutes
    if question.ask is Ask.DATE and question.counter == "点" and values.CLOCK.search(text):
        pattern = values.CLOCK
    if pattern is not None:
        dated = [match.span() for match in pattern.finditer(text)]
        lasting = question.ask is Ask.DATE and not dated and _TERM.search(question.text)
        return [match.span() for match in values.DURATION.finditer(text)] if lasting else dated
    found = [span for span in _amounts(text) if not _is_date(question, text[slice(*span)])]
    found = [span for span in found if not _is_ordinal(question, text[span[0] : span[1]])]
    found = [span for span in found if not text[: span[0]].endswith("不让")]  # 不让一名学生失学
    if question.units:
        wanted = {_UNIT_WORDS.get(unit, unit) for unit in question.units}
        met = [
            s
            for s in found
            if any(w in text[s[0] : s[1]] for unit in wanted for w in unit.split("|"))
        ]
        return sorted(met)
    counted = values.counted(question.counter).finditer(text) if question.counter else ()
    named = _of_counted_noun(question, text, found)
    return sorted(match.span() for match in counted) or sorted(named or found)


def _of_counted_noun(
    question: Question, text: str, spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the values behind which the noun stands that a question counts: 4个产业 for 产业个数."""
    noun = _NOUN_COUNTED.search(question.text)
    if noun is None:
        return []
    behind = re.compile(rf"[\u4e00-\u9fff]{{0,3}}{noun[1]}")
    return [s for s in spans if behind.match(text, s[1]) and text[s[1] - 1] not in "年月日天周"]


_NOUN_COUNTED = re.compile(
    r"([\u4e00-\u9fff]{2})(?:的)?(?:个数|总数|数量|(?<![人次岁分])数)(?=[,?]|是|为|及|和|与|$)"
)


@lru_cache(maxsize=8192)  # the same for every question
def _amounts(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(m.span() for p in (values.RATIO, values.QUANTITY) for m in p.finditer(text))


_TERM = re.compile(r"期限|时限|多久|多长|几天|多少天|几个月|周期|期(?:要求|规定)?[?]?$")


def _is_ordinal(question: Question, value: str) -> bool:
    """Tell a rank from a quantity: 二类, 三级 count nothing, unless classes or levels are asked for."""
    ranked = re.fullmatch(r"[一二三四五六七八九十]([类级届期批])", value)
    return ranked is not None and ranked[1] not in question.units


_UNIT_WORDS = {
    "钱": "元", "块": "元", "人": "人|名|位", "名": "名|人|位", "平米": "平方米", "家": "家|个|所", "所": "所|个|家",
    "个": "个|所|家|项|门|名|人|类|种|支|次", "轮": "轮|年", "次": "次|届|轮", "届": "届|次", "门": "门|个", "项": "项|个|条|大",
    "条": "条|项|个", "位": "位|名|人", "种": "种|类|个", "类": "类|种|个", "天": "天|日", "学时": "学时|课时", "课时": "课时|学时",
}  # fmt: skip


def _is_date(question: Question, value: str) -> bool:
    """Tell a date from a quantity: 2022年, 2月 are none unless months or years are asked for."""
    if re.fullmatch(r"\D*(?:19|20)\d\d\s*(?:年|[-—–~至]).*", value):
        return True
    asked = any(unit in ("年", "月", "天", "日", "个月", "周") for unit in question.units)
    return not asked and bool(
        re.fullmatch(r"\D*\d{1,2}\s*(?:[-—–~至]\s*\d{1,2}\s*)?[月日年]\D*", value)
    )


def span_years(span: Span, shown: str) -> frozenset[int]:
    """Return the years that a piece of evidence, shown in search form, speaks of.

    A cell speaks of those of its column, or of the cell that names its row; a number in it is no year.
    A sentence that names none goes on from the one before it (到2026年，建成2个；培育120家).
    """
    if not span.head:
        own = values.years(shown)
        return own if own and not _FORMERLY.search(shown) else own | _target_year(span)
    own = values.years(search_form(span.head)) or (
        frozenset() if is_bare(span) else values.years(shown)
    )
    if own:
        return own
    rows = (
        values.years(search_form(c.text))
        for c in span.clause.cells
        if _ROW_YEAR.fullmatch(c.text.strip())
    )
    return next(rows, frozenset())


def _target_year(span: Span) -> frozenset[int]:
    """Return the year of the aims that a sentence stands among, none where no 到2026年 is in front of it."""
    before = span.clause.text[: span.start]
    sentence = before[before.rfind("。") + 1 :]
    aims = _AIMS.findall(sentence)
    return frozenset({int(aims[-1])}) if aims else frozenset()


_FORMERLY = re.compile(r"[由从](?:19|20)\d\d年")  # 由2024年的71%提高到82%
_AIMS = re.compile(r"(?:^|[，。；：、)）\s])到((?:19|20)\d\d)\s*年[底末]?[，,]")
_ROW_YEAR = re.compile(r"(?:19|20)\d\d\s*年(?:度|[底末初]|[春秋]季)?")


def _year_fit(question: Question, here: frozenset[int], around: str, above: str) -> int:
    """Tell whether the years asked for are met (1), left open by the text (0), or not its (-1)."""
    if not question.years:
        return 0
    if here:
        return 1 if question.years & here else -1
    return 0 if question.years & (values.years(around) | values.years(above)) else -1


def _level_fit(question: Question, here: frozenset[str], around: str, above: str) -> int:
    if not question.levels:
        return 0
    if question.levels & here:
        return 1
    if here:
        return -1
    return 0 if not levels(around + above) or question.levels & levels(around + above) else -1
