"""Pure: chosen evidence to the words of an answer. Every line is a verbatim piece of a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answering import values
from assistant.answering.evidence import DUTY, Evidence, heads, value_spans
from assistant.answering.spans import TASK_HEADS, Span, is_bare, is_title, search_form, spans_of
from assistant.answering.stated import Part, asked_part, shared_run
from assistant.answering.terms import Term, coverage
from assistant.understanding.question import Ask, Question
from index.types import Clause, ClauseKind

MAX_PIECE = 120
MAX_TEXT = 160
MARKER = 4  # 〔1〕 and the end of the line
NEARLY = 0.4  # as a share of the first's probability
NEARLY_VALUE = 0.7  # beside a sentence that states a value of the kind
LEAST = 0.15
_VERBS = re.compile(
    r"力争超过|力争达到|达到|超过|不低于|不少于|不超过|不高于|控制在|保持在|稳定在|调整[到至]|提高到|增加到|不得低于|一般要?占|占|达|至少|为"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_EDGE = " \t，,、：:；;。"


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of an answer: fixed words in front, a verbatim part of a clause, and its citation."""

    span: Span
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before verification. `headline` is a value that stands in the first piece."""

    pieces: tuple[Piece, ...]
    headline: str = ""


class Surroundings(Protocol):
    """Where a clause stands in its document."""

    def children(self, clause: Clause) -> Sequence[Clause]:
        """Return the labelled clauses right below, in order."""

    def lead_in(self, clause: Clause) -> Clause | None:
        """Return the clause that announces it, if it is an item of a list."""


def compose(
    question: Question,
    terms: Sequence[Term],
    ranked: Sequence[Evidence],
    around: Surroundings,
) -> Draft:
    """Say what the best evidence says, in the form that the kind of question asks for."""
    best = ranked[0]
    if question.ask is Ask.UNIT and best.span.is_units:
        return _responsible(question, terms, ranked)
    listed = _listed(question, best.span, around) if question.ask not in _VALUE_KINDS else []
    if listed:
        return Draft(tuple(Piece(span) for span in listed))
    if compared := _compared(question, ranked) or _each(question, ranked):
        return Draft(tuple(compared))
    part = _asked(question, terms, best.span)
    alone = _part(best.span, part) or _duty(question, terms, best.span)
    first = alone or trimmed(_whole_list(question, best.span), terms, question)
    if is_bare(best.span):
        return Draft(
            (Piece(best.span, _cell_lead(question, best.span)), *_row(question, best.span))
        )
    value = _with_verb(best.span.text, part) if part and part.is_clear else ""
    pieces = [Piece(first, _subject_lead(best.span, first)), *_row(question, first)]
    if announced := _announced(question, best.span, around):
        pieces.insert(0, announced)
    taken = len(value) + sum(len(piece.span.text) + MARKER for piece in pieces)
    pieces += _supplements(question, terms, ranked, first, MAX_TEXT - taken)
    return Draft(tuple(pieces), value)


def _compared(question: Question, ranked: Sequence[Evidence]) -> list[Piece]:
    """Return the cells of all rows, or of all years of the row, that a comparison names."""
    best = ranked[0].span
    if not best.head or not _COMPARES.search(question.text):
        return []
    table = best.clause.clause_id.rpartition("/")[0]
    cells = [
        span
        for span in (e.span for e in ranked)
        if span.clause.clause_id.rpartition("/")[0] == table
        and (_is_named_row(question, span, best) or _is_named_year(question, span, best))
    ]
    pieces = {(s.clause.clause_id, s.start): Piece(s, _cell_lead(question, s)) for s in cells}
    return list(pieces.values())[:MAX_COMPARED] if len(pieces) > 1 else []


def _is_named_row(question: Question, span: Span, best: Span) -> bool:
    return span.head == best.head and search_form(_row_name(question, span)) in question.text


def _is_named_year(question: Question, span: Span, best: Span) -> bool:
    return span.clause is best.clause and bool(
        values.years(search_form(span.head)) & question.years
    )


MAX_COMPARED = 6
MOSTLY = 0.6  # share of what a sentence covers that a part has to cover to stand for it
_COMPARES = re.compile(
    r"分别|各(?:是|为|自|多少|几|有)|相?差(?:多少|几|别|距|异|额)|相差|区别|差异|相比|都是多少|[比较].{0,12}(?:增|减|多|少|高|低|变化)|更[多少高低大小长短]"
)


def _asked(question: Question, terms: Sequence[Term], span: Span) -> Part | None:
    valued = question.ask in _VALUE_KINDS and not _SEVERAL.search(question.text)
    return asked_part(question, terms, span.text) if valued else None


_SEVERAL = re.compile(r"及|、|各|分别|和|与|又|还要|总共|一共|合计|加起来|起止|期间")


def _part(span: Span, part: Part | None) -> Span | None:
    """Return what a sentence says of the value asked for alone, when it states others too."""
    cuts = part is not None and part.is_clear and part.count > 1
    return _stripped(span, part.first, part.last) if part and cuts else None


def _duty(question: Question, terms: Sequence[Term], span: Span) -> Span | None:
    """Return what a sentence says of the one body asked for, when it names several with duties."""
    if question.ask is not Ask.UNIT or _SEVERAL.search(question.text):
        return None
    parts = [m.span() for m in re.finditer(r"[^，,；;。]+", span.text) if DUTY.search(m[0])]
    if len(parts) < 2:
        return None
    covered = [coverage(terms, search_form(span.text[slice(*part)])) for part in parts]
    first, second = sorted(covered, reverse=True)[:2]
    whole = coverage(terms, search_form(span.text))
    if first == second or first < MOSTLY * whole:
        return None
    return _stripped(span, *parts[covered.index(first)])


def _each(question: Question, ranked: Sequence[Evidence]) -> list[Piece]:
    """Return all sentences of the best clause with a value of the kind, when each is asked for."""
    if not _COMPARES.search(question.text):
        return []
    clause, valued = ranked[0].span.clause, question.ask in _VALUE_KINDS
    inside = [e for e in ranked if e.span.clause is clause and not e.span.head]
    fitting = [e.span for e in inside if (e.fits if valued else values.has_figure(e.span.text))]
    spans = sorted(fitting, key=lambda span: span.start)
    short = sum(len(span.text) for span in spans) <= MAX_TEXT
    return [Piece(span) for span in spans] if len(spans) > 1 and short else []


def _row(question: Question, cell: Span) -> list[Piece]:
    """Return the whole row that a cell stands in, when that is short.

    A figure with the name of its row and column says enough when nothing else is asked.
    """
    clause = cell.clause
    valued = question.ask in _VALUE_KINDS and heads(question, cell)
    if is_bare(cell) and valued and not _SEVERAL.search(question.text):
        return []
    is_short = 2 * len(cell.text) + len(clause.text) <= MAX_TEXT - 2 * len(cell.head)
    if clause.kind is not ClauseKind.ROW or cell.text == clause.text or not is_short:
        return []
    return [Piece(Span(clause, 0, len(clause.text), clause.text))]


def _announced(question: Question, span: Span, around: Surroundings) -> Piece | None:
    """Return the lead-in of a list item, which says what holds for it (…的，不予补贴：)."""
    parent = around.lead_in(span.clause) if question.ask in _RULED else None
    if parent is None:
        return None
    spans = [s for s in spans_of(parent) if s.text.rstrip().endswith(("：", ":"))]
    return Piece(_stripped(spans[-1], 0, len(spans[-1].text))) if spans else None


_RULED = frozenset({Ask.YESNO, Ask.HOW, Ask.GENERAL})


def _responsible(question: Question, terms: Sequence[Term], ranked: Sequence[Evidence]) -> Draft:
    """Name the units, and in the next line the task they are named for."""
    best = ranked[0].span
    units = _unit_spans(question, best)
    tasks = [
        e.span
        for e in ranked
        if e.span.clause is best.clause and not e.span.is_units and len(e.span.text) > 5
    ]
    pieces = [Piece(span) for span in units]
    named = [span for span in tasks if TASK_HEADS.search(span.head)]
    tasks = named or tasks
    if tasks and sum(len(s.text) for s in units) < MAX_TEXT:
        pieces.append(Piece(trimmed(tasks[0], terms, question)))
    return Draft(tuple(pieces))


def _unit_spans(question: Question, best: Span) -> list[Span]:
    """Return the unit cells of a row whose column is asked for, else the one that was found."""
    cells = [span for span in spans_of(best.clause) if span.is_units]
    wanted = [s for s in cells if any(h in question.text for h in re.findall("..", s.head))]
    if len(wanted) > 1:
        return wanted
    duty = [s for s in cells if re.search("责任|负责|牵头", s.head)]
    return wanted or duty[:1] or [best]


def _cell_lead(question: Question, span: Span) -> str:
    """Return what a bare number in a cell is, as in 评审费，金额（元）."""
    subject = _row_name(question, span)
    return f"{subject}，{span.head}：" if subject else f"{span.head}："


def _row_name(question: Question, span: Span) -> str:
    """Return the cell of a row that says in words what it is about, "" for none.

    It is the one that the question names, else the first.
    """
    others = [c.text for c in span.clause.cells if c.text and c.text != span.text]
    said = [text for text in others if _HAN.search(text)]
    return max(said, key=lambda text: shared_run(question.text, search_form(text)), default="")


def _listed(question: Question, span: Span, around: Surroundings) -> list[Span]:
    """Return the titles below a heading that is asked for as a whole, or all items with one."""
    clause = span.clause
    wants_all = question.ask is Ask.LIST or _WANTS_LIST.search(question.text)
    if wants_all and (parent := around.lead_in(clause)) is not None:
        clause = parent
    if clause.kind is not ClauseKind.HEADING and not clause.text.rstrip().endswith(("：", ":")):
        return []
    below = around.children(clause)
    if len(below) < 2:
        return []
    return [_title_span(child) for child in below]


_WANTS_LIST = re.compile(
    r"(?:材料|条件|手续|证件|情形|要求|资料|措施|职责|流程)(?:有哪些|有什么|是什么|清单|规定)?[?？]?$|[哪什].{0,4}(?:材料|条件|手续|证件|情形|要求|资料)"
)


def _title_span(clause: Clause) -> Span:
    """Return the label and title of a clause, or its first sentence when it has no title."""
    title = clause.path[-1].title if clause.path else ""
    position = clause.text.find(title) if title else -1
    if position >= 0:
        return Span(clause, 0, position + len(title), clause.text[: position + len(title)])
    end = re.search(r"[。；;]|$", clause.text)
    stop = end.start() if end else len(clause.text)
    return Span(clause, 0, stop, clause.text[:stop])


def trimmed(span: Span, terms: Sequence[Term], question: Question) -> Span:
    """Cut a long sentence down to the run of clauses between commas that carries the question."""
    alone = len(question.years) == 1
    others = values.named_years(span.text) - question.years if alone else frozenset()
    if (len(span.text) <= MAX_PIECE and not others) or question.ask in (Ask.LIST, Ask.BASIS):
        return _stripped(span, 0, len(span.text))
    cuts = [0, *(m.end() for m in _CUTS.finditer(span.text)), len(span.text)]
    runs = [(i, j) for k, i in enumerate(cuts) for j in cuts[k + 1 :] if j - i <= MAX_PIECE]
    dated = [run for run in runs if others and _is_stated(question, span.text[slice(*run)])]
    best = max(
        dated or runs, key=lambda run: _carries(question, terms, span.text[slice(*run)], others)
    )
    return _stripped(span, *best)


def _is_stated(question: Question, text: str) -> bool:
    """Tell whether a text names the year asked for, and a value when one is asked for."""
    valued = question.ask not in _VALUE_KINDS or bool(value_spans(question, text))
    return valued and bool(question.years & values.named_years(text))


def _carries(question: Question, terms: Sequence[Term], text: str, others: frozenset[int]) -> float:
    """Score how much of a question a part of a sentence carries, shorter parts first."""
    named = values.named_years(text)
    score = coverage(terms, search_form(text)) - 0.0005 * len(text)
    score += 0.3 * (question.ask in _VALUE_KINDS and bool(value_spans(question, text)))
    return score + 0.3 * bool(question.years & named) - 2 * bool(named & others)


_CUTS = re.compile(r"[，,：:；;]|、(?=(?:到|至)?(?:19|20)\d\d)")


def _subject_lead(sentence: Span, cut: Span) -> str:
    """Return the words in front of a cut-out value that say of what it is: 各年度招生目标：."""
    start = cut.start - sentence.start
    opening = _SUBJECT.match(sentence.text)
    is_front = opening is not None and opening.end() <= start
    return f"{opening[0]}：" if opening and is_front else ""


_SUBJECT = re.compile(
    r"(?!截至|到|至|自|从|对|按|经)[^，,：:；;、\d]{2,30}(?=[，,：:]|(?:19|20)\d\d年)"
)


def _whole_list(question: Question, span: Span) -> Span:
    """Extend a sentence that opens an inline list (材料为：1.申请书；2.身份证。) to the end of it."""
    if question.ask in _VALUE_KINDS or not _OPENS_LIST.search(span.text):
        return span
    text = span.clause.text
    end = text.find("。", span.end - 1, span.start + MAX_LIST) + 1
    if span.head or end <= span.end:
        return span
    return Span(span.clause, span.start, end, text[span.start : end])


MAX_LIST = 400
_OPENS_LIST = re.compile(r"[：:][^。]*[；;]$|情形。$|条件。$")
_VALUE_KINDS = frozenset({Ask.RATIO, Ask.NUMBER, Ask.DATE, Ask.DURATION})


def _stripped(span: Span, start: int, end: int) -> Span:
    while start < end and span.text[start] in _EDGE:
        start += 1
    while end > start and span.text[end - 1] in _EDGE:
        end -= 1
    first = span.start + start
    return Span(
        span.clause, first, span.start + end, span.text[start:end], span.head, span.is_units
    )


def _supplements(
    question: Question,
    terms: Sequence[Term],
    ranked: Sequence[Evidence],
    first: Span,
    room: int,
) -> list[Piece]:
    """Add what the first piece leaves open, in at most `room` characters."""
    pieces: list[Piece] = []
    met = search_form(first.text) + search_form(first.head)
    total = sum(term.weight for term in terms) or 1.0
    covered = coverage(terms, search_form(ranked[0].span.text))
    answered = question.ask in (*_VALUE_KINDS, Ask.UNIT) and ranked[0].fits
    for evidence in ranked[1:12]:
        span = evidence.span
        if span.is_units or is_title(span):
            continue
        if span.clause.doc_id != first.clause.doc_id or evidence.year < 0 or evidence.level < 0:
            continue
        own = search_form(span.text)
        fresh = [t for t in terms if not _meets(t, met) and _meets(t, own)]
        gain = sum(term.weight for term in fresh) / total
        near = span.clause.clause_id == first.clause.clause_id
        if span.clause.kind is ClauseKind.ROW and near:
            continue
        nearly = NEARLY_VALUE if answered and evidence.fits else NEARLY
        rival = near and evidence.sure >= max(nearly * ranked[0].sure, LEAST)
        if answered and evidence.fits and coverage(terms, own) < covered:
            continue
        adds = gain >= (0.2 if near else 0.4) and evidence.score >= 0.55 * ranked[0].score
        if not (rival or adds):
            continue
        extra = trimmed(span, terms, question)
        if len(extra.text) + MARKER > room or extra.text in first.text:
            continue
        pieces.append(Piece(extra))
        met += own
        room -= len(extra.text) + MARKER
        if len(pieces) == 2:
            break
    return pieces


def _meets(term: Term, text: str) -> bool:
    return any(word in text for word in term.words)


def _with_verb(text: str, part: Part) -> str:
    """Extend a value to the left up to its verb: 达到全市中考总人数的20%以上."""
    start = part.start
    verbs = [m for m in _VERBS.finditer(text, part.first, start + 1) if m.start() <= start]
    if verbs and start - verbs[-1].start() <= 24:
        start = verbs[-1].start()
    return text[start : part.end].strip(_EDGE)
