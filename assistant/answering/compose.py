"""Pure: chosen evidence to the words of an answer. Every line is a verbatim piece of a clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answering import values
from assistant.answering.evidence import Evidence, value_spans
from assistant.answering.spans import TASK_HEADS, Span, is_bare, is_title, search_form, spans_of
from assistant.answering.terms import Term, coverage
from assistant.understanding.question import Ask, Question
from index.types import Clause, ClauseKind

MAX_PIECE = 120
MAX_TEXT = 160
MARKER = 4  # 〔1〕 and the end of the line
NEARLY = 0.4  # as a share of the first's probability
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
    listed = _listed(best.span, around.children) if question.ask not in _VALUE_KINDS else []
    if listed:
        return Draft(tuple(Piece(span) for span in listed))
    if is_bare(best.span):
        return Draft((Piece(best.span, _cell_lead(best.span)), *_row(best.span)))
    first = trimmed(best.span, terms, question)
    if values_of_all := _each(question, ranked):
        return Draft(tuple(values_of_all))
    value = headline(question, terms, first)
    pieces = [Piece(first), *_row(first)]
    if announced := _announced(question, best.span, around):
        pieces.insert(0, announced)
    taken = len(value) + sum(len(piece.span.text) + MARKER for piece in pieces)
    pieces += _supplements(question, terms, ranked, first, MAX_TEXT - taken)
    return Draft(tuple(pieces), value)


def _each(question: Question, ranked: Sequence[Evidence]) -> list[Piece]:
    """Return all sentences of the best clause with a value of the kind, when each is asked for."""
    if question.ask not in _VALUE_KINDS or not _EACH.search(question.text):
        return []
    clause = ranked[0].span.clause
    fitting = [e.span for e in ranked if e.fits and e.span.clause is clause and not e.span.head]
    spans = sorted(fitting, key=lambda span: span.start)
    short = sum(len(span.text) for span in spans) <= MAX_TEXT
    return [Piece(span) for span in spans] if len(spans) > 1 and short else []


def _row(cell: Span) -> list[Piece]:
    """Return the whole row that a cell stands in, when that is short."""
    clause = cell.clause
    is_short = 2 * len(cell.text) + len(clause.text) <= MAX_TEXT - 2 * len(cell.head)
    if clause.kind is not ClauseKind.ROW or cell.text == clause.text or not is_short:
        return []
    return [Piece(Span(clause, 0, len(clause.text), clause.text))]


_EACH = re.compile(r"分别|各(?:是|为|自|多少|几)|差多少|差几|都是多少|各有多少")


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


def _cell_lead(span: Span) -> str:
    """Return what a bare number in a cell is, as in 评审费，金额（元）."""
    others = [c.text for c in span.clause.cells if c.text and c.text != span.text]
    subject = next((text for text in others if _HAN.search(text)), "")
    return f"{subject}，{span.head}：" if subject else f"{span.head}："


def _listed(span: Span, children: Callable[[Clause], Sequence[Clause]]) -> list[Span]:
    """Return the titles below a heading that is asked for as a whole."""
    clause = span.clause
    if clause.kind is not ClauseKind.HEADING and not clause.text.rstrip().endswith(("：", ":")):
        return []
    below = children(clause)
    if len(below) < 2:
        return []
    return [_title_span(child) for child in below]


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
    others = values.named_years(span.text) - question.years if question.years else frozenset()
    if (len(span.text) <= MAX_PIECE and not others) or question.ask in (Ask.LIST, Ask.BASIS):
        return _stripped(span, 0, len(span.text))
    cuts = [0, *(m.end() for m in re.finditer(r"[，,：:]", span.text)), len(span.text)]
    best, best_score = (0, len(span.text)), -1.0
    for i in range(len(cuts) - 1):
        for j in range(i + 1, len(cuts)):
            if cuts[j] - cuts[i] > MAX_PIECE:
                break
            text = span.text[cuts[i] : cuts[j]]
            score = coverage(terms, search_form(text)) - 0.0005 * len(text)
            score += 0.3 * bool(value_spans(question, text)) * (question.ask in _VALUE_KINDS)
            named = values.named_years(text)
            score += 0.3 * bool(question.years & named) - 0.6 * bool(named & others)
            if score > best_score:
                best, best_score = (cuts[i], cuts[j]), score
    return _stripped(span, *best)


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
        rival = near and evidence.sure >= max(NEARLY * ranked[0].sure, LEAST)
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


def headline(question: Question, terms: Sequence[Term], span: Span) -> str:
    """Return the asked-for value as it stands in `span`, with its verb and what it is a share of.

    The value is taken from the clause between commas that meets the question best; when several
    values of the kind stand there, none is singled out and the headline is empty.
    """
    if question.ask not in _VALUE_KINDS:
        return ""
    candidates: list[tuple[float, str, list[tuple[int, int]]]] = []
    for match in re.finditer(r"[^，,；;。]+", span.text):
        found = value_spans(question, match[0])
        if found:
            own = search_form(match[0])
            score = coverage(terms, own) + 0.5 * bool(question.years & values.years(own))
            score -= 0.5 * bool(question.years and values.years(own) - question.years)
            candidates.append((score, match[0], found))
    if not candidates:
        return ""
    top = max(candidates, key=lambda c: c[0])
    rivals = [c for c in candidates if c is not top and c[0] >= top[0] - 0.05]
    if rivals or len(top[2]) != 1:
        return ""
    return _with_verb(top[1], *top[2][0])


def _with_verb(text: str, start: int, end: int) -> str:
    """Extend a value to the left up to its verb: 达到全市中考总人数的20%以上."""
    verbs = [m for m in _VERBS.finditer(text, 0, start + 1) if m.start() <= start]
    if verbs and start - verbs[-1].start() <= 24:
        start = verbs[-1].start()
    return text[start:end].strip(_EDGE)
