"""A question to judged evidence: retrieval, weighing, and how surely the best of it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.bounds import Range, ranges_for, stated_numbers
from assistant.answering.evidence import Evidence, weigh
from assistant.answering.library import LibraryView
from assistant.answering.parts import shared_run
from assistant.answering.spans import Span, row_told, search_form
from assistant.answering.terms import Term, spoken_terms, terms_of, weaker
from assistant.answering.wanted import states_any, wanted
from assistant.matching.comparison import Asked
from assistant.matching.matcher import POOL, log_odds, pair, ranked
from assistant.matching.network import Ensemble, Pair
from assistant.matching.signals import words_of
from assistant.understanding.bodies import Body, schools
from assistant.understanding.grades import (
    grades,
    only_classes,
    speaks_of_others,
    speaks_of_same,
)
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.question import Ask, Question
from assistant.understanding.routing import Route
from index.salience import load_salience
from index.search import Searcher, SearchQuery
from index.threads import one_thread
from index.types import Clause, ClauseKind, Hit

TOP_K = 20
TOPIC = 0.4
EQUAL = 0.8  # share of the surest probability that counts as no less sure
NAMING = 0.15  # the same, for a sentence that enumerates the very noun asked for
INSTEAD = 0.4  # share of the surest probability that what fits better needs to stand first
# Behind the name of a document these words only say that it rules something.
_RULES = re.compile(r"(?<=\s)(?:里面?|中)?(?:是怎么|怎么)?(?:规定|写明|明确)(?:的|了)?")
POINTER = "附件说明"  # names an annex and says nothing else
VALUES = frozenset({Ask.RATIO, Ask.NUMBER, Ask.DATE, Ask.DURATION})


@dataclass(frozen=True, slots=True)
class Judged:
    """The ranked evidence for a question, and how surely the first answers, 0-1.

    `missing` are the schools the question names when no evidence speaks of any of them;
    `lacks_grade` tells that the evidence is about other grades (一等 for 三等) than the question.
    """

    question: Question
    terms: tuple[Term, ...]
    hits: tuple[Hit, ...]
    ranked: tuple[Evidence, ...]
    confidence: float
    missing: tuple[Body, ...] = ()
    lacks_grade: bool = False

    def within(self, doc_id: str) -> Judged:
        """Return what was judged of one document alone."""
        ranked = tuple(e for e in self.ranked if e.span.clause.doc_id == doc_id)
        return replace(
            self, ranked=ranked, confidence=_confidence(self.question, self.terms, ranked)
        )


class Judge:
    """Finds and weighs the evidence for one question at a time."""

    def __init__(
        self, searcher: Searcher, lexicon: Lexicon, ensemble: Ensemble, view: LibraryView
    ) -> None:
        """Join the parts."""
        self._searcher = searcher
        self._lexicon = lexicon
        self._ensemble = ensemble
        self._view = view
        self._places = view.place_names()
        self._salience = load_salience()

    def terms(self, question: Question, route: Route) -> tuple[Term, ...]:
        """Take a question apart into weighted terms.

        What is carried over counts less, and never more than the question itself.
        """
        text = self._searcher.store.text
        skip = (*route.words, *route.unknown)
        frequency, size = text.document_frequency, len(text)
        own = terms_of(question.focus, self._lexicon, frequency, size, skip)
        carried = terms_of(question.topic, self._lexicon, frequency, size, skip)
        if not question.fields:  # 什么时候发布 is the field itself, not what the document is about
            own += spoken_terms(question.text, self._lexicon, frequency, size)
        said = {term.said for term in own}
        carried = tuple(term for term in carried if term.said not in said)
        share = sum(t.weight for t in own) / max(sum(t.weight for t in carried), 1e-9)
        return (*own, *weaker(carried, min(TOPIC, share)))

    def candidates(self, question: Question, route: Route) -> list[Evidence]:
        """Return the evidence that competes for a question, best by the weighted sum first."""
        terms = self.terms(question, route)
        hits = self.search(question, route, terms)
        return self._weigh(question, terms, hits)[:POOL]

    def _weigh(
        self, question: Question, terms: Sequence[Term], hits: Sequence[Hit]
    ) -> list[Evidence]:
        (asked,) = self._salience.meanings([question.text])

        def nearness(texts: Sequence[str]) -> list[float]:
            near: list[float] = (self._salience.meanings(texts) @ asked).tolist() if texts else []
            return near

        return weigh(question, terms, hits, self._view.context, nearness)

    def pair(self, question: Question, route: Route, found: Sequence[Evidence]) -> Pair:
        """Measure a question against evidence as the network sees them."""
        store = self._searcher.store.text
        skip = (*route.words, *route.unknown)
        frequency, size = store.document_frequency, len(store)
        plain = question.text
        for word in skip:
            plain = plain.replace(word, " ")
        plain = _RULES.sub(" ", plain)
        text = f"{plain} {question.topic}"
        words = words_of(text, self._lexicon, self._salience, frequency, size)
        asked = Asked(question.text, frequency, size, skip)
        question = replace(question, text="".join(plain.split()))
        routed = bool(route.doc_ids)
        return pair(question, asked, words, found, self._view, self._salience, routed=routed)

    def search(
        self, question: Question, route: Route, terms: Sequence[Term], most: int = TOP_K
    ) -> list[Hit]:
        """Retrieve clauses, of the named documents alone when there are such, best first."""
        expansion = " ".join([question.topic, *sorted(w for t in terms for w in t.words)])
        docs = self._view.primary(route.doc_ids) if question.ask is Ask.BASIS else route.doc_ids
        query = SearchQuery(question.focus or question.text, expansion, tuple(docs))
        return self._rows(question, route, self._searcher.search(query, most))

    def _rows(self, question: Question, route: Route, hits: list[Hit]) -> list[Hit]:
        """Take the table rows with the asked-for running number instead of everything else."""
        if not question.row:
            return hits
        docs = route.doc_ids or tuple(self._view.documents)
        rows = [
            clause
            for clause in self._view.within(docs)
            if clause.kind is ClauseKind.ROW and clause.labels.rpartition("/")[2] == question.row
        ]
        top = hits[0].score if hits else 1.0
        instead = [] if _OF_TABLE.search(question.text) else hits
        return [Hit(c, top, i, {"row": 1.0}) for i, c in enumerate(rows, 1)] or instead

    def judge(self, question: Question, route: Route, terms: Sequence[Term]) -> Judged:
        """Retrieve, weigh the evidence, and put it in the order of how surely it answers."""
        return self._judged(question, route, terms, self.search(question, route, terms))

    def read(
        self, question: Question, route: Route, terms: Sequence[Term], clauses: Sequence[Clause]
    ) -> Judged:
        """Judge what some clauses say, as `judge` does what is retrieved."""
        hits = [Hit(clause, 1.0, rank, {}) for rank, clause in enumerate(clauses, 1)]
        return self._judged(question, route, terms, hits)

    def _judged(
        self, question: Question, route: Route, terms: Sequence[Term], hits: Sequence[Hit]
    ) -> Judged:
        bodies = self._bodies(question, route)
        found = self._weigh(question, terms, hits)
        found = [e for e in found if not e.span.clause.labels.endswith(POINTER)] or found
        about = [e for e in found if self._speaks_of(e.span, bodies)] if bodies else found
        if found and not about:
            return Judged(question, tuple(terms), tuple(hits), (), 0.0, bodies)
        graded = _of_grade(question, about)
        if about and not graded:
            return Judged(question, tuple(terms), tuple(hits), tuple(about), 0.0, lacks_grade=True)
        ordered = self._ordered(question, route, graded)
        sure = _confidence(question, terms, ordered)
        ordered = _of_range(question, _with_value(question, _agreeing(ordered)))
        return Judged(question, tuple(terms), tuple(hits), tuple(ordered), sure)

    def _ordered(
        self, question: Question, route: Route, found: Sequence[Evidence]
    ) -> Sequence[Evidence]:
        """Let the best of the weighed evidence compete once more by how surely it answers."""
        if not found:
            return []
        first = found[:POOL]
        with one_thread():
            measured = self.pair(question, route, first)
            best = ranked(self._ensemble, measured, first, self._salience)
        return [*best, *found[POOL:]]

    def pieces(self, question: Question, route: Route, of: Evidence, spans: Sequence[Span]) -> Pair:
        """Measure a question against pieces of one sentence, as the network sees them."""
        return self.pair(question, route, [replace(of, span=span) for span in spans])

    def odds(
        self, question: Question, route: Route, of: Evidence, spans: Sequence[Span]
    ) -> list[float]:
        """Return the log-odds that pieces of one sentence answer."""
        with one_thread():
            measured = self.pieces(question, route, of, spans)
            return log_odds(self._ensemble, measured, self._salience)

    def unknown(self, question: Question, route: Route) -> tuple[Body, ...]:
        """Return the schools a question names when no document speaks of any of them."""
        bodies, corpus = self._bodies(question, route), self._view.corpus(route.doc_ids)
        return () if any(body.is_in(corpus) for body in bodies) else bodies

    def _bodies(self, question: Question, route: Route) -> tuple[Body, ...]:
        return tuple(schools(question.text, self._places, self._view.corpus(route.doc_ids)))

    def _speaks_of(self, span: Span, bodies: Sequence[Body]) -> bool:
        """Tell whether a sentence is about a school: it names it, or its clause does and it no other."""
        clause, said = span.clause, search_form(span.text)
        if any(body.is_in(said) for body in bodies):
            return True
        if any(schools(said, self._places, self._view.corpus((clause.doc_id,)))):
            return False
        document = self._view.documents[clause.doc_id]
        texts = (clause.text, self._view.context(clause), document.issuer)
        return any(body.is_in(*map(search_form, texts)) for body in bodies)


_OF_TABLE = re.compile("(?<!代)表(?![示彰扬现演达态])|清单|目录")


def _confidence(question: Question, terms: Sequence[Term], ranked: Sequence[Evidence]) -> float:
    """Return how sure it is that the first evidence carries what is asked, 0-1.

    Nothing answers a question without content (那呢).
    """
    if not ranked or not terms:
        return 0.0
    return 1.0 if question.row and ranked[0].hit.trace.get("row") else ranked[0].sure


def _of_grade(question: Question, found: Sequence[Evidence]) -> list[Evidence]:
    """Leave out evidence on other grades than the question's; nothing is left where none fits."""
    if not grades(question.text):
        return list(found)
    others = [e for e in found if speaks_of_others(question.text, _said(e))]
    if not others:
        return list(found)
    met = any(speaks_of_same(question.text, _said(evidence)) for evidence in found)
    met = met or only_classes(question.text)
    return [evidence for evidence in found if evidence not in others] if met else []


def _said(evidence: Evidence) -> str:
    span = evidence.span
    is_row = span.clause.kind is ClauseKind.ROW
    return search_form(f"{span.head}\t{row_told(span.clause)}" if is_row else span.text)


def _with_value(question: Question, ranked: Sequence[Evidence]) -> Sequence[Evidence]:
    """Put evidence with a value of the asked kind first, if it is not much less sure."""
    if ranked and question.ask is Ask.LIST:
        return _enumerating(question, ranked)
    kinds = wanted(question.text)
    if not ranked or not (kinds or question.ask in (*VALUES, Ask.UNIT, Ask.BASIS, Ask.CONTACT)):
        return ranked
    best = ranked[0]
    near = [e for e in ranked if _stands_for(question, e, best)]
    if kinds:
        near = [e for e in near if states_any(kinds, [e.span])]
    fitting = [e for e in near if e.fits] or (near if kinds else [])
    if not fitting:
        return ranked
    first = next((e for e in fitting if e.span.is_units), _closest(question, fitting))
    return [first, *(e for e in ranked if e is not first)]


def _of_range(question: Question, ranked: Sequence[Evidence]) -> Sequence[Evidence]:
    """Put what holds for the number of a question in place of what stands beside it for other numbers.

    24小时以上的不收取；2小时以内的收取30%: asked of one hour, the second. So it is with items and rows.
    """
    numbers = [n for n in stated_numbers(question.text) if n.unit and not _is_year(n)]
    if not numbers or not ranked:
        return ranked
    best = ranked[0]
    own = ranges_for(numbers, _said(best))
    if not own or any(r.begins_or_ends_at(n) for r in own for n in numbers):
        return ranked
    beside = [
        e for e in ranked[1:] if e.span.head == best.span.head and _is_beside(e.span, best.span)
    ]
    held = [
        (r, e) for e in [best, *beside] for r in ranges_for(numbers, _said(e)) if _holds(r, numbers)
    ]
    narrowest = [e for r, e in held if not any(other.is_within(r) for other, _ in held)]
    if not narrowest or best in narrowest:
        return ranked
    return [narrowest[0], *(e for e in ranked if e is not narrowest[0])]


def _holds(held: Range, numbers: Sequence[Range]) -> bool:
    return any(held.fits(number) and held.has(number) for number in numbers)


def _is_year(number: Range) -> bool:
    return number.unit == "年" and number.low >= _FIRST_YEAR


_FIRST_YEAR = 1900


def _is_beside(one: Span, other: Span) -> bool:
    """Tell sentences of one clause, items of one list, and rows of one table."""
    first, second = one.clause, other.clause
    if first is second:
        return True
    lists = (ClauseKind.ITEM, ClauseKind.ROW)
    same = first.clause_id.rpartition("/")[0] == second.clause_id.rpartition("/")[0]
    return same and first.kind in lists and second.kind in lists


def _enumerating(question: Question, ranked: Sequence[Evidence]) -> Sequence[Evidence]:
    """Put evidence that enumerates the asked noun first (哪几个国家: 德国、美国等国家), if none surer does."""
    noun = _LISTED.search(question.text)
    if noun is None:
        return ranked
    names = re.compile(rf"、[^,;。]{{1,24}}{noun[1]}")
    naming = (e for e in ranked if names.search(search_form(e.span.text)))
    first = next(naming, None)
    if first is None or first is ranked[0] or first.sure < NAMING * ranked[0].sure:
        return ranked
    return [first, *(e for e in ranked if e is not first)]


_LISTED = re.compile(r"哪(?:些|[几两二三四五六七八九十])(?:个|种|类|家|所|门)?([\u4e00-\u9fff]{2})")


def _closest(question: Question, fitting: Sequence[Evidence]) -> Evidence:
    """Choose among pieces of one clause that are all but equally sure the one that says most.

    Of the cells of a row it is the one whose column the question names.
    """
    best = fitting[0]
    equal = (
        e for e in fitting if e.span.clause is best.span.clause and e.sure >= EQUAL * best.sure
    )
    return max(equal, key=lambda e: (shared_run(question.text, search_form(e.span.head)), e.direct))


def _stands_for(question: Question, evidence: Evidence, best: Evidence) -> bool:
    """Tell evidence about as sure as the best; units are named apart from what they do."""
    same = evidence.span.clause is best.span.clause
    named = question.ask is Ask.UNIT and evidence.span.is_units and same
    return named or evidence.sure >= INSTEAD * best.sure


def _agreeing(ranked: Sequence[Evidence]) -> Sequence[Evidence]:
    """Put evidence of the year and level asked for in place of a surest one that is of others."""
    fitting = (e for e in ranked if e.year >= 0 and e.level >= 0)
    first = next((e for e in fitting if e.sure >= INSTEAD * ranked[0].sure), None)
    return ranked if first is None else [first, *(e for e in ranked if e is not first)]
