"""Pure: clauses to the pieces an answer can rest on, and how well each carries a question."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answering import values
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.question import PERIODIC, Ask, Question, levels
from index.analyzer import normalise
from index.labels import parse_label
from index.tables import NUMBER_HEADS
from index.types import Clause, ClauseKind, Hit

_SENTENCE = re.compile(r"[^。；！？!?;\n]+(?:[。；！？!?;]+[”’」』）)]*|$)")
_UNITS = re.compile(
    r"[〔［\[（(【]?\s*(?:责任|负责|牵头|配合|承办|实施|主管)(?:单位|部门|科室|机构)\s*[:：]\s*([^〕］\]）)】]+)[〕］\]）)】]?"
)
_WORDS = re.compile(r"[\u3400-\u9fff〇]+|[a-z0-9]+(?:[.+:%/-][a-z0-9]+)*%?")
_BASIS = re.compile(r"(?:根据|依据|按照?|贯彻|落实|依照|遵照|参照|执行)[^。；]{0,12}《")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DUTY = re.compile(
    r"(?:局|委|办|部|厅|科|处|院|会|中心|政府|部门|单位|学校|公司|小组|[长记])[^，。；,;]{0,8}(?:负责|牵头|主管|承担|组织|管理|主体|担任)|由[^，。；,;]{2,20}(?:局|委|办|部|厅|科|处|中心|政府|部门|单位|小组)"
)
_BOILERPLATE = re.compile(
    r"印发给你们|现予印发|请[^，。]{0,8}(?:贯彻|遵照|执行|实施)|制定本|制定如下|特制定"
)
UNIT_HEADS = re.compile(r"责任|负责|牵头|部门|单位|科室|主体|处室|机构|学校")
DATE_HEADS = re.compile(r"时间|进度|时限|期限|日期|节点")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a clause: `clause.text[start:end] == text`. `head` is the column of a cell."""

    clause: Clause
    start: int
    end: int
    text: str
    head: str = ""
    is_units: bool = False


def spans_of(clause: Clause) -> tuple[Span, ...]:
    """Cut a clause into sentences, cells and lists of responsible units."""
    if clause.kind in (ClauseKind.TITLE, ClauseKind.TABLE_HEAD):
        return ()
    if clause.kind is ClauseKind.ROW:
        return tuple(_row_spans(clause))
    return tuple(_sentence_spans(clause, _body_start(clause), len(clause.text)))


def _body_start(clause: Clause) -> int:
    label = parse_label(clause.text)
    return label.width if label else 0


def _sentence_spans(clause: Clause, start: int, end: int, head: str = "") -> Iterator[Span]:
    text = clause.text
    units = list(_UNITS.finditer(text, start, end))
    for match in _SENTENCE.finditer(text, start, end):
        first, last = match.span()
        for unit in units:
            if unit.start() <= first < unit.end() or first <= unit.start() < last:
                last = min(last, unit.start()) if first <= unit.start() else first
        while first < last and text[first] in " \t\u3000〔":
            first += 1
        if last - first >= (1 if head else 2):
            yield Span(clause, first, last, text[first:last], head)
    for unit in units:
        yield Span(clause, unit.start(1), unit.end(1), unit[1], "责任单位", is_units=True)


def _row_spans(clause: Clause) -> Iterator[Span]:
    for cell in clause.cells:
        start, end = cell.start - clause.start, cell.end - clause.start
        is_label = cell.head in NUMBER_HEADS or (not cell.head and cell.text.isdecimal())
        if start < 0 or end > len(clause.text) or not cell.text or is_label:
            continue
        if UNIT_HEADS.search(cell.head):
            yield Span(clause, start, end, cell.text, cell.head, is_units=True)
        else:
            yield from _sentence_spans(clause, start, end, cell.head)


@lru_cache(maxsize=65536)
def search_form(text: str) -> str:
    """Cache `normalise`: the same sentences are scored for question after question."""
    return normalise(text)


@dataclass(frozen=True, slots=True)
class Term:
    """Something the question is about: `said` or any of `words` covers it; rarer weighs more."""

    said: str
    words: frozenset[str]
    weight: float
    known: bool


def terms_of(
    focus: str,
    lexicon: Lexicon,
    frequency: Callable[[str], int],
    size: int,
    skip: Sequence[str] = (),
) -> tuple[Term, ...]:
    """Take the focus of a question apart into weighted terms.

    Words of the lexicon are concepts; the rest becomes bigrams and whole tokens. `frequency`
    tells in how many of `size` clauses a token stands; `skip` are words that only route.
    """
    for word in skip:
        focus = focus.replace(word, " ")
    focus = _YEARS.sub(" ", focus)
    found: dict[str, Term] = {}
    for run in _WORDS.findall(focus):
        for word in _pieces(run, lexicon):
            if word not in found:
                found[word] = _term(word, lexicon, frequency, size)
    return tuple(found.values())


_YEARS = re.compile(r"(?:19|20)\d\d年?底?|(?<!\d)(?:1[5-9]|2\d|3[0-5])年底?|年底|到(?=\s)")


def weaker(terms: Sequence[Term], factor: float) -> tuple[Term, ...]:
    """Return the terms with their weight multiplied: what is only carried over counts less."""
    return tuple(replace(term, weight=term.weight * factor) for term in terms)


def _pieces(run: str, lexicon: Lexicon) -> Iterator[str]:
    if run[0] < "\u3400" and run[0] != "〇":
        yield run
        return
    position = plain = 0
    while position < len(run):
        word = lexicon.match(run, position)
        if len(word) < 2:
            yield from [word] if word else []
            position += 1
            continue
        yield from _bigrams(run[plain:position])
        yield word
        position += len(word)
        plain = position
    yield from _bigrams(run[plain:])


def _bigrams(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    yield from (run[i : i + 2] for i in range(len(run) - 1))


def _term(word: str, lexicon: Lexicon, frequency: Callable[[str], int], size: int) -> Term:
    words = lexicon.alternatives(word)
    if len(word) == 2 and word[0] == "一" and word[1] in MEASURES:
        words |= {f"每{word[1]}"}
    count = max((_count(w, frequency) for w in words), default=0)
    rarity = math.log(1 + (size - count + 0.5) / (count + 0.5)) / math.log(1 + 2 * (size + 0.5))
    scale = 0.35 if len(word) == 1 else 1.0
    if count == 0:
        scale *= 0.6
    return Term(word, words, max(rarity, 0.05) * scale, count > 0)


def _count(word: str, frequency: Callable[[str], int]) -> int:
    """Bound the number of clauses a word stands in by its rarest bigram."""
    if len(word) <= 2 or word[0] < "\u3400":
        return frequency(word)
    return min(frequency(word[i : i + 2]) for i in range(len(word) - 1))


SYNONYM = 0.75
MEASURES = frozenset("台个人名所家户年月天次门项条块位份套件张亩辆间座栋户")


def covers(term: Term, *texts: str) -> float:
    """Return how far a term stands in any of `texts`: 1 as it was said, less in other words."""
    if any(term.said in text for text in texts):
        return 1.0
    return SYNONYM * any(word in text for text in texts for word in term.words)


def coverage(terms: Sequence[Term], *texts: str) -> float:
    """Return the share of the terms' weight that stands in any of `texts` (search form), 0-1."""
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    return sum(term.weight * covers(term, *texts) for term in terms) / total


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span with its score and what the score is made of.

    `direct` is the coverage by the span itself, `total` by the span with all it stands under;
    `fits` tells whether it holds a value of the asked kind, `year` whether the years asked for
    are met (1), left open (0) or contradicted (-1), `level` likewise.
    """

    span: Span
    hit: Hit
    score: float
    direct: float
    total: float
    fits: bool
    year: int
    level: int
    cosine: float
    parts: dict[str, float]


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
    focus: float = 0.15
    heading: float = -0.2
    outer: float = -0.25
    boilerplate: float = -0.15


def weigh(
    question: Question,
    terms: Sequence[Term],
    hits: Sequence[Hit],
    context: Callable[[Clause], str],
    weights: Weights | None = None,
) -> list[Evidence]:
    """Score every span of the hits for a question, best first.

    `context` gives what a clause stands under (titles, merged cells) in any form.
    """
    if not hits:
        return []
    top = max(hit.score for hit in hits)
    found = [
        _weigh_span(question, terms, hit, span, context, top, weights or Weights())
        for hit in hits
        for span in spans_of(hit.clause)
    ]
    return sorted(found, key=lambda e: (-e.score, e.hit.rank, e.span.start))


def _weigh_span(
    question: Question,
    terms: Sequence[Term],
    hit: Hit,
    span: Span,
    context: Callable[[Clause], str],
    top: float,
    weights: Weights,
) -> Evidence:
    clause = span.clause
    own = search_form(span.text)
    around = search_form(clause.text)
    above = search_form(context(clause))
    title = search_form(clause.titles[-1] if clause.titles else "")
    direct = _direct(question, terms, span, own, around, title)
    total = coverage(terms, own, around, above)
    fits = fits_kind(question, span, own)
    whole = span.is_units or (question.ask is Ask.DATE and DATE_HEADS.search(span.head))
    shown = around if whole else own
    year = _year_fit(question, shown, around, above)
    level = _level_fit(question, shown, around, above)
    parts = {
        "direct": weights.direct * direct,
        "total": weights.total * total,
        "fits": weights.fits * fits,
        "year": weights.year * year,
        "level": (weights.level if level > 0 else weights.wrong_level) * level,
        "hit": weights.hit * hit.score / top,
        "focus": weights.focus * coverage(terms, own) * min(1.0, 40 / max(len(own), 1)),
        "heading": weights.heading * (clause.kind in (ClauseKind.HEADING, ClauseKind.TITLE)),
        "boilerplate": weights.boilerplate
        * bool(question.ask is not Ask.BASIS and _BOILERPLATE.search(own)),
        "outer": weights.outer
        * (clause.kind in (ClauseKind.LETTERHEAD, ClauseKind.COLOPHON, ClauseKind.TABLE_HEAD)),
    }
    return Evidence(
        span,
        hit,
        sum(parts.values()),
        direct,
        total,
        fits,
        year,
        level,
        hit.trace.get("cosine", 0.0),
        parts,
    )


def _direct(
    question: Question, terms: Sequence[Term], span: Span, own: str, around: str, title: str
) -> float:
    """Cover the terms by the span and its clause's title; a cell stands for its row.

    A list of units or a date says nothing of its subject, so the clause is taken for it.
    """
    if span.is_units and question.ask is Ask.UNIT:
        return coverage(terms, around, title)
    if question.ask is Ask.DATE and DATE_HEADS.search(span.head):
        return coverage(terms, around, title)
    if span.is_units:
        return coverage(terms, own)
    if is_bare(span):
        share = 1.0 if _heads(question, span) else 0.7
        return share * coverage(terms, around, title, search_form(span.head))
    if span.clause.kind is ClauseKind.ROW:
        return (coverage(terms, own) + coverage(terms, around)) / 2
    return coverage(terms, own, title)


def fits_kind(question: Question, span: Span, own: str) -> bool:
    """Tell whether a span holds a value of the kind that is asked for."""
    ask = question.ask
    if ask is Ask.RATIO:
        return bool(values.RATIO.search(own))
    if ask in (Ask.NUMBER, Ask.DURATION):
        named = ask is Ask.NUMBER and is_bare(span) and _heads(question, span)
        return named or bool(value_spans(question, with_unit(span)))
    if ask is Ask.CONTACT:
        return bool(values.CONTACT.search(own))
    if ask is Ask.DATE and PERIODIC.search(question.text):
        return bool(values.PERIOD.search(own))
    if ask is Ask.DATE:
        return bool(DATE_HEADS.search(span.head)) or bool(values.DATE.search(own))
    if ask is Ask.UNIT:
        return span.is_units or bool(_DUTY.search(own))
    if ask is Ask.LIST:
        return own.count("、") >= 2 or own.count(",") >= 3
    if ask is Ask.BASIS:
        return bool(re.search(r"〔\d{4}〕", own) or _BASIS.search(own))
    return not span.is_units


_PATTERNS = {Ask.RATIO: values.RATIO, Ask.DATE: values.DATE, Ask.DURATION: values.DURATION}


def is_bare(span: Span) -> bool:
    """Tell a cell that holds a number alone, so that only its row and head say what it is."""
    return bool(span.head) and any(map(str.isdigit, span.text)) and not _HAN.search(span.text)


def _heads(question: Question, span: Span) -> bool:
    """Tell whether a question names the column of a cell: two characters in common."""
    head = search_form(span.head)
    return any(head[i : i + 2] in question.text for i in range(len(head) - 1))


def with_unit(span: Span) -> str:
    """Return a cell's number with the unit that its column head gives: 200 under 金额（元）."""
    unit = re.search(r"[（(]([^（）()]{1,5})[）)]", span.head)
    return f"{span.text}{unit[1]}" if unit and span.text[-1:].isdigit() else span.text


def value_spans(question: Question, text: str) -> list[tuple[int, int]]:
    """Return where values of the asked kind stand in `text`, in order."""
    pattern = _PATTERNS.get(question.ask)
    if question.ask is Ask.DATE and PERIODIC.search(question.text):
        pattern = values.PERIOD
    if pattern is not None:
        return [match.span() for match in pattern.finditer(text)]
    found = [m.span() for p in (values.RATIO, values.QUANTITY) for m in p.finditer(text)]
    found = [span for span in found if not _is_date(question, text[span[0] : span[1]])]
    if question.units:
        wanted = {_UNIT_WORDS.get(unit, unit) for unit in question.units}
        met = [
            s
            for s in found
            if any(w in text[s[0] : s[1]] for unit in wanted for w in unit.split("|"))
        ]
        return sorted(met)
    counted = values.counted(question.counter).finditer(text) if question.counter else ()
    return sorted(match.span() for match in counted) or sorted(found)


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


def _year_fit(question: Question, own: str, around: str, above: str) -> int:
    """Tell whether the years asked for are met (1), left open by the text (0), or not its (-1)."""
    if not question.years:
        return 0
    here = values.years(own)
    if here:
        return 1 if question.years & here else -1
    return 0 if question.years & (values.years(around) | values.years(above)) else -1


def _level_fit(question: Question, own: str, around: str, above: str) -> int:
    if not question.levels:
        return 0
    here = levels(own)
    if question.levels & here:
        return 1
    if here:
        return -1
    return 0 if not levels(around + above) or question.levels & levels(around + above) else -1
