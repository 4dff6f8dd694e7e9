"""Pure: chosen evidence to the words of an answer. Every line is a verbatim piece of a clause."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from assistant.answering import phrases, values
from assistant.answering.cells import asked_cells, cell_lead, compared_cells, is_value, whole_row
from assistant.answering.cutting import (
    VALUE_KINDS,
    apart,
    case_part,
    duty_part,
    stripped,
    subject_lead,
    trimmed,
    valued_part,
    wants_list,
    whole_list,
    with_sequel,
    with_verb,
)
from assistant.answering.draft import MARKER, MAX_TEXT, Draft, Piece
from assistant.answering.evidence import Evidence, value_spans
from assistant.answering.naming import says_quoted
from assistant.answering.parts import Part, label, opening, parts_of
from assistant.answering.repeats import repeats, said_again, said_otherwise
from assistant.answering.spans import (
    TASK_HEADS,
    Span,
    announces,
    is_title,
    search_form,
    spans_of,
)
from assistant.answering.stated import Odds, asked_part, asks_for_value
from assistant.answering.terms import Term, coverage
from assistant.understanding.agreement import asks_of_both
from assistant.understanding.coordination import JOINT
from assistant.understanding.question import Ask, Question
from index.types import Clause, ClauseKind

ITEM = 0.3  # as a share of the lead-in's probability
NEARLY = 0.4  # as a share of the first's probability
NEARLY_VALUE = 0.7  # beside a sentence that states a value of the kind
LEAST = 0.15
HEADED = 0.45  # of the question's weight that a heading has to say for its parts to be asked for
LEAST_NAMED = 2  # characters of a title that a question may name
LEAST_TITLE = 4  # characters of a heading that a question may end with
LEAST_LEAD = 6  # characters of a lead-in that says something (会议议定 does not)
HALF = 0.5  # of what the best sentence says of a question, for another to speak of it too
MOST_BESIDE = 3  # sentences of a clause that are told side by side
MAX_ITEMS = 240  # characters of items that are told whole, not by their titles alone
FRESH = 0.1  # of the question's weight that a second sentence has to meet


class Surroundings(Protocol):
    """Where a clause stands in its document."""

    def children(self, clause: Clause) -> Sequence[Clause]:
        """Return the labelled clauses right below, in order."""

    def parent(self, clause: Clause) -> Clause | None:
        """Return the clause that it stands below, if one does."""

    def lead_in(self, clause: Clause) -> Clause | None:
        """Return the clause that announces it, if it is an item of a list."""


def compose(
    question: Question,
    terms: Sequence[Term],
    ranked: Sequence[Evidence],
    around: Surroundings,
    odds: Odds,
) -> Draft:
    """Say what the best evidence says, in the form that the kind of question asks for.

    `odds` tells how likely pieces of the best evidence answer.
    """
    ranked = _below_lead_in(question, terms, ranked, around)
    best = ranked[0]
    if question.ask is Ask.UNIT and best.span.is_units:
        return _responsible(question, terms, ranked)
    listed = _listed(question, terms, best.span, around)
    if listed:
        return Draft(tuple(Piece(span) for span in listed))
    if asks_of_both(question.text) and (both := _text_and_table(question, terms, ranked)):
        return Draft(tuple(both))
    compares = _COMPARES.search(question.text)
    if (compares or JOINT.search(question.text)) and (cells := compared_cells(question, ranked)):
        return Draft(tuple(cells))
    if compares and (each := _each(question, ranked) or _other(question, terms, ranked)):
        return Draft(tuple(each))
    if side_by_side := _side_by_side(question, best.span):
        return Draft(tuple(side_by_side))
    beside = asked_cells(question, best.span)
    if is_value(best.span) or beside:
        lead = "" if best.span.is_units else cell_lead(question, best.span)
        return Draft((Piece(best.span, lead), *(beside or whole_row(question, best.span))))
    spans = [evidence.span for evidence in ranked]
    if question.ask in VALUE_KINDS and (other := said_otherwise(best.span, spans)):
        return Draft(tuple(map(Piece, apart(best.span, other), ("", phrases.OTHERWISE))))
    part = _asked(question, terms, best.span, odds)
    duty = duty_part(question, terms, best.span)
    first = (
        duty
        or case_part(question, terms, best.span)
        or valued_part(best.span, part)
        or with_sequel(question, trimmed(whole_list(question, best.span), terms, question))
    )
    lead = "" if duty else subject_lead(best.span, first)
    value = with_verb(best.span.text, part) if part and part.is_clear else ""
    also = tuple(said_again(first, spans))
    pieces = [Piece(first, lead, also), *whole_row(question, first)]
    if announced := _announced(question, best.span, around):
        pieces.insert(0, announced)
    taken = len(value) + sum(len(piece.span.text) + MARKER for piece in pieces)
    if not value:
        pieces += _supplements(question, terms, ranked, first, MAX_TEXT - taken)
    figure = best.span.text[part.start : part.end] if part else ""
    return Draft(tuple(pieces), value, figure)


_COMPARES = re.compile(
    r"分别|对比|比较|孰|变化|各(?:是|为|自|多少|几|有|定|要|达|占|能|招|给|奖|补|罚)|相?差(?:多少|几|别|距|异|额)|相差|价差|区别|差异|相比|都是多少|(?:比(?![例重率])|较)[^，。]{1,12}(?:增加|减少|增长|提高|降低|变化|[多少高低大小长短]了?(?:多少|几))|更[多少高低大小长短]"
)


def _text_and_table(
    question: Question, terms: Sequence[Term], ranked: Sequence[Evidence]
) -> list[Piece]:
    """Return what the text and what a table of the same document say best, where both say something."""
    best = ranked[0].span
    least = HALF * coverage(terms, search_form(best.text))
    inside = [
        e
        for e in ranked
        if e.span.clause.doc_id == best.clause.doc_id
        and coverage(terms, search_form(e.span.text)) >= max(least, FRESH)
    ]
    rows = [e.span for e in inside if e.span.clause.kind is ClauseKind.ROW]
    said = [e.span for e in inside if e.span.clause.kind is not ClauseKind.ROW]
    if not rows or not said:
        return []
    return [Piece(trimmed(span, terms, question)) for span in (said[0], rows[0])]


def _asked(question: Question, terms: Sequence[Term], span: Span, odds: Odds) -> Part | None:
    if not asks_for_value(question, span.text):
        return None
    part = asked_part(question, terms, span, odds)
    if part is None or question.ask in VALUE_KINDS:
        return part
    return part if part.count > 1 and part.is_clear else None


def _each(question: Question, ranked: Sequence[Evidence]) -> list[Piece]:
    """Return all sentences of the best clause with a value of the kind, when each is asked for."""
    clause, valued = ranked[0].span.clause, question.ask in VALUE_KINDS
    inside = [e for e in ranked if e.span.clause is clause and not e.span.head]
    fitting = [e.span for e in inside if (e.fits if valued else values.has_figure(e.span.text))]
    spans = sorted(fitting, key=lambda span: span.start)
    short = sum(len(span.text) + MARKER for span in spans) <= MAX_TEXT
    return [Piece(stripped(s, 0, len(s.text))) for s in spans] if len(spans) > 1 and short else []


def _side_by_side(question: Question, span: Span) -> list[Piece]:
    """Return of several values those that a question names side by side: 文化价值与创新性各占几分.

    They stand in one sentence, or in the sentences of one clause.
    """
    if span.head or not JOINT.search(question.text):
        return []
    parts = parts_of(span.text, value_spans(question, span.text))
    named = _joined(question, [label(span.text, part) for part in parts])
    if 1 < len(named) < len(parts):
        inside = [parts[place] for place in named]
        return [Piece(stripped(span, opening(span.text, p), p.last)) for p in inside]
    valued = [s for s in spans_of(span.clause) if not s.is_units and value_spans(question, s.text)]
    fronts = [s.text[: value_spans(question, s.text)[0][0]] for s in valued]
    named = _joined(question, [search_form(front) for front in fronts])
    beside = [valued[place] for place in named]
    if len(beside) < 2 or all(one.start != span.start for one in beside):
        return []
    return [Piece(stripped(one, 0, len(one.text))) for one in beside[:MOST_BESIDE]]


_AHEAD, _BEHIND = 12, 3  # characters beside a joint in which it names what it joins


def _joined(question: Question, names: Sequence[str]) -> list[int]:
    """Return the places of names that a question joins, none unless it has one on every side of a joint.

    It has a name when it has two characters in a row of it that no other name has.
    """
    pairs = [{name[i : i + 2] for i in range(len(name) - 1)} for name in names]
    counts = Counter(pair for own in pairs for pair in own)
    first, *others = JOINT.split(question.text)
    sides = [first[-_AHEAD:], *(side[:_BEHIND] for side in others)]
    found = [
        {i for i, own in enumerate(pairs) if any(counts[p] == 1 and p in side for p in own)}
        for side in sides
    ]
    apart = set[int]()
    for named in found:
        if not named - apart:
            return []
        apart |= named
    return sorted(apart)


def _other(question: Question, terms: Sequence[Term], ranked: Sequence[Evidence]) -> list[Piece]:
    """Return the best sentence and the one elsewhere in the document that says what it leaves open."""
    best, total = ranked[0], sum(term.weight for term in terms) or 1.0
    met = search_form(best.span.text)
    for rival in ranked[1:]:
        own = search_form(rival.span.text)
        fresh = sum(t.weight for t in terms if not _meets(t, met) and _meets(t, own))
        same = rival.span.clause.doc_id == best.span.clause.doc_id
        if same and rival.fits and rival.sure >= LEAST and fresh >= FRESH * total:
            return [Piece(trimmed(e.span, terms, question)) for e in (best, rival)]
    return []


def _below_lead_in(
    question: Question, terms: Sequence[Term], ranked: Sequence[Evidence], around: Surroundings
) -> Sequence[Evidence]:
    """Put the surest item first where its lead-in is: 禁止下列行为 alone tells nobody what is forbidden.

    Much less sure than the lead-in, or where it says nothing of the question that the lead-in does not, it
    is not the item that is asked for but all of them.
    """
    lead = ranked[0]
    if question.ask is Ask.LIST or not announces(lead.span.text):
        return ranked
    items = around.children(lead.span.clause)
    first = next((e for e in ranked if e.span.clause in items), None)
    if first is None or first.sure < ITEM * lead.sure:
        return ranked
    if question.ask is not Ask.YESNO and not _says_more(terms, first.span.text, lead.span.text):
        return ranked
    return [first, *(e for e in ranked if e is not first)]


def _says_more(terms: Sequence[Term], text: str, than: str) -> bool:
    """Tell whether a text says something of a question that another does not."""
    said, known = search_form(text), search_form(than)
    return any(_meets(term, said) and not _meets(term, known) for term in terms)


def _announced(question: Question, span: Span, around: Surroundings) -> Piece | None:
    """Return the lead-in of a list item, which says what holds for it (…的，不予补贴：)."""
    parent = around.lead_in(span.clause) if question.ask in _RULED else None
    if parent is None:
        return None
    spans = [s for s in spans_of(parent) if announces(s.text)]
    said = stripped(spans[-1], 0, len(spans[-1].text)) if spans else None
    return Piece(said) if said and len(said.text) >= LEAST_LEAD else None


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
    pieces += [p for p in asked_cells(question, units[0]) if not p.span.is_units]
    named = [span for span in tasks if TASK_HEADS.search(span.head)]
    tasks = named or tasks
    if tasks and sum(len(s.text) for s in units) < MAX_TEXT:
        pieces.append(Piece(trimmed(tasks[0], terms, question)))
    return Draft(tuple(pieces))


def _unit_spans(question: Question, best: Span) -> list[Span]:
    """Return the unit cells of a row whose column is asked for, else the one that was found."""
    cells = [span for span in spans_of(best.clause) if span.is_units]
    roles = [s for s in cells if any(r in question.text for r in _ROLE.findall(s.head))]
    wanted = roles or [
        s for s in cells if any(h in question.text for h in re.findall("..", s.head))
    ]
    if len(wanted) > 1:
        return wanted
    duty = [s for s in cells if re.search("责任|负责|牵头", s.head)]
    return wanted or duty[:1] or [best]


_ROLE = re.compile("牵头|配合|协[办同助]|参与|主管|监督|承办|实施")


def _listed(
    question: Question, terms: Sequence[Term], span: Span, around: Surroundings
) -> list[Span]:
    """Return the titles below a heading that is asked for as a whole, or all items with one."""
    if question.ask in VALUE_KINDS:
        return []
    clause, wants_all = span.clause, wants_list(question)
    if wants_all:
        leader = around.lead_in(clause) or _heading_met(question, terms, span, around)
        clause = leader if leader and not _names_item(question, span, leader) else clause
    said = clause.text if wants_all else span.text
    titled = clause.kind in (ClauseKind.HEADING, ClauseKind.TITLE)
    if not titled and not announces(said):
        return []
    below = around.children(clause)
    if len(below) < 2:
        return []
    whole = [stripped(Span(c, 0, len(c.text), c.text), 0, len(c.text)) for c in below]
    tells_all = announces(said) and sum(len(span.text) for span in whole) <= MAX_ITEMS
    return whole if tells_all else [_title_span(child) for child in below]


def _names_item(question: Question, span: Span, leader: Clause) -> bool:
    """Tell whether a question names what only an item says, not what is above it.

    It names the title of the clause (申报材料), or quotes what the sentence says (“四项计划”是哪四项).
    """
    above, path = search_form(leader.text), span.clause.path
    title = search_form(path[-1].title) if path else ""
    if len(title) >= LEAST_NAMED and title in question.text:
        return title not in above
    said = search_form(span.text)
    return says_quoted(question.text, said) and not says_quoted(question.text, above)


def _heading_met(
    question: Question, terms: Sequence[Term], span: Span, around: Surroundings
) -> Clause | None:
    """Return the nearest heading above a sentence that says better than it what is asked, or says just that."""
    own = " ".join([span.text, *span.clause.titles[-1:]])
    least = max(HEADED, coverage(terms, search_form(own)))
    above = around.parent(span.clause)
    while above is not None:
        said, title = search_form(above.text), search_form(above.titles[-1] if above.titles else "")
        is_asked = len(title) >= LEAST_TITLE and question.text.endswith(title)
        if above.kind is ClauseKind.HEADING and (is_asked or coverage(terms, said) >= least):
            return above
        above = around.parent(above)
    return None


def _title_span(clause: Clause) -> Span:
    """Return the label and title of a clause, or its first sentence when it has no title."""
    title = clause.path[-1].title if clause.path else ""
    position = clause.text.find(title) if title else -1
    if position >= 0 and not clause.text[position + len(title) :].startswith(("，", ",", "、")):
        return Span(clause, 0, position + len(title), clause.text[: position + len(title)])
    end = re.search(r"[。；;]|$", clause.text)
    stop = end.start() if end else len(clause.text)
    return Span(clause, 0, stop, clause.text[:stop])


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
    answered = question.ask in (*VALUE_KINDS, Ask.UNIT) and ranked[0].fits
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
        if any(repeats(known, span) for known in (first, *(piece.span for piece in pieces))):
            continue
        if len(extra.text) + MARKER > room or extra.text in first.text:
            continue
        pieces.append(Piece(extra, is_beside=True))
        met += own
        room -= len(extra.text) + MARKER
        if len(pieces) == 2:
            break
    return pieces


def _meets(term: Term, text: str) -> bool:
    return any(word in text for word in term.words)
