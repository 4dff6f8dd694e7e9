"""The way of a question: understanding, retrieval, evidence, gate, words, verification."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.across import MOST_PLACES, Place, across
from assistant.answering import phrases, structural, values
from assistant.answering.compose import compose
from assistant.answering.draft import Draft, Piece
from assistant.answering.evidence import Evidence, span_years
from assistant.answering.extremes import extreme_in
from assistant.answering.finding import SHORT_LINE, Finding, joined, labelled, refusal
from assistant.answering.library import LibraryView
from assistant.answering.naming import lacking_office, lacks_names
from assistant.answering.spans import Span, is_title, search_form, spans_of
from assistant.answering.stated import is_of_other_level
from assistant.answering.terms import Term, coverage
from assistant.answering.wanted import asks_whether, states_any, wanted
from assistant.answering.wording import shortened, worded
from assistant.judge import Judge, Judged
from assistant.matching.network import Ensemble, Pair
from assistant.types import Answer, Status
from assistant.understanding.agreement import without_agreement
from assistant.understanding.bodies import Body
from assistant.understanding.chat import Talk, talk_of
from assistant.understanding.coordination import coordination_of
from assistant.understanding.followup import Standing, stand_alone
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.parts import split_parts
from assistant.understanding.question import (
    Ask,
    Question,
    analyse,
    asked_of,
    levels,
    without_years,
)
from assistant.understanding.routing import Route, Router
from assistant.understanding.scope import Scope, extreme_asked, scope_of
from assistant.understanding.typos import Typos
from index.analyzer import normalise
from index.salience import load_salience
from index.search import Searcher
from index.types import Clause, ClauseKind, Document

MAX_QUESTION = 2000
AS_SURE = 0.5  # share of the surest evidence's probability for a table to name what has the most
NEARBY = (
    0.75  # share of its probability elsewhere for what the row read for another part says of a part
)
READ = 0.05  # probability that suffices there when nothing elsewhere answers
TABLES = 3  # so many are looked through for the most or the least
RIVAL = 0.75
RIVAL_LEAST = 0.5  # what is less sure than this is no answer of its own beside another
TOLD = 0.5  # share of the threshold that suffices to tell what is said of other years
LATER = 0.1  # less likely is each further reading of a follow-up
MOVES_ON = 0.2  # less likely is one that is asked of other documents than those read last
GOES_ON = 0.3  # likelier is one that goes on where the last answer was read
NEAR = 8
BESIDE = 0.4  # how sure an answer to one of several things is that stands beside the others
TOLD_OF = 0.75  # of what a thing is called, by weight, that an answer has to say
WIDELY = 300  # clauses that tell which of many places speak of a matter
_TALK = {
    Talk.GREETING: phrases.GREETING,
    Talk.THANKS: phrases.THANKS,
    Talk.GOODBYE: phrases.GOODBYE,
    Talk.SELF: phrases.SELF,
}
_DECLINED = {Talk.ADVICE: phrases.ADVICE, Talk.OUTSIDE: phrases.OUTSIDE}


# Asked of several places, each means the places, not the sentences of one.
_EACH_PLACE = re.compile(r"分别|各自|各(?=是|为|多少|几|有|定)")
_SETTLED = frozenset({Ask.LETTERHEAD, Ask.COUNT, Ask.CATALOGUE})
READ_ON = frozenset({Ask.NUMBER, Ask.RATIO, Ask.DATE, Ask.DURATION, Ask.UNIT})
_LISTING = frozenset({Ask.LIST, Ask.GENERAL, Ask.UNIT, Ask.OUTLINE})
_OUTLINED = frozenset({Ask.LIST, Ask.OUTLINE, Ask.NUMBER, Ask.COUNT})
_WHAT = {
    Ask.RATIO: "具体比例",
    Ask.NUMBER: "具体数字",
    Ask.DATE: "具体时间",
    Ask.DURATION: "具体期限",
}


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What was asked before, as questions that stand alone, and the clauses cited last.

    `doc_ids` are the documents of the very last answer, none when that was a refusal.
    """

    questions: tuple[str, ...]
    cited: tuple[Clause, ...]
    doc_ids: tuple[str, ...]

    @classmethod
    def of(cls, history: Sequence[Answer]) -> _Earlier:
        told = [answer for answer in history if answer.status is not Status.CHAT]
        cited = next((a.citations for a in reversed(told) if a.citations), ())
        return cls(
            tuple(a.standalone_question for a in told),
            tuple(dict.fromkeys(citation.clause for citation in cited)),
            tuple(dict.fromkeys(c.clause.doc_id for a in told[-1:] for c in a.citations)),
        )


class Assistant:
    """Answers questions from one library. Stateless: a conversation is passed in."""

    def __init__(
        self, searcher: Searcher, lexicon: Lexicon, ensemble: Ensemble, threshold: float
    ) -> None:
        """Join the parts; what is less sure than `threshold`, 0-1, is refused."""
        store = searcher.store
        self._view = LibraryView(store.documents, store.clauses)
        self._judge = Judge(searcher, lexicon, ensemble, self._view)
        self._threshold = threshold
        self._router = Router(list(store.documents.values()), self._view.corpus())
        self._typos = Typos(
            self._view.corpus(), store.text.document_frequency, lexicon, load_salience().words
        )

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that are answered from."""
        return tuple(self._view.documents.values())

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses of these documents, in reading order."""
        return self._view.clauses

    def announced(self, clause: Clause) -> list[Clause]:
        """Return the items that a lead-in announces, none below any other clause."""
        return self._view.children(clause)

    def stream(self, question: str, history: Sequence[Answer] = ()) -> Iterator[Answer]:
        """Yield growing answers, line by line; the last is whole and has the citations."""
        answer = self.ask(question, history)
        lines = answer.text.split("\n")
        for count in range(1, len(lines)):
            yield replace(answer, text="\n".join(lines[:count]), citations=(), choices=())
        yield answer

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        """Answer a question.

        Args:
            question: as typed; longer than `MAX_QUESTION` characters is declined.
            history: the answers of this conversation so far, oldest first.
        """
        started = time.perf_counter()
        question = question.encode("utf-8", "replace").decode("utf-8").strip()
        finding, standalone = _declined(question), question
        if finding is None:
            finding, standalone = self._find_mended(question, _Earlier.of(history))
        answer = worded(question, standalone, finding, self._view.documents)
        return replace(answer, timings={"total": 1000 * (time.perf_counter() - started)})

    def _find_mended(self, question: str, earlier: _Earlier) -> tuple[Finding, str]:
        """Answer a question without its typos; where that fails, as it was typed."""
        mended = self._mended(question)
        found = self._find_standing(mended, earlier)
        if found[0].is_answer or mended == question:
            return found
        typed = self._find_standing(question, earlier)
        return typed if typed[0].is_answer else found

    def _mended(self, question: str) -> str:
        """Return a question without its homophone typos; one that has none stays as it was typed."""
        text = normalise(question)
        mended = self._typos.corrected(text)
        return question if mended == text else mended

    def competing(self, text: str) -> tuple[list[Evidence], Pair] | None:
        """Return the evidence that competes for a question, and what is measured of it, to learn from.

        None when the question is settled without it: talk, letterhead, an unknown place.
        """
        found = self._single(text)
        if found is None:
            return None
        evidence = self._judge.candidates(*found)
        return (evidence, self._judge.pair(*found, evidence)) if evidence else None

    def pieces(self, text: str, spans: Sequence[Span]) -> Pair | None:
        """Return what is measured of a question and pieces of one sentence, to learn from.

        None when the sentence is not among the evidence that competes.
        """
        found = self._single(text)
        if found is None:
            return None
        first = spans[0]
        inside = (
            e
            for e in self._judge.candidates(*found)
            if e.span.clause == first.clause and e.span.start <= first.start < e.span.end
        )
        sentence = next(inside, None)
        return self._judge.pieces(*found, sentence, spans) if sentence else None

    def understood(self, text: str) -> tuple[Question, tuple[Term, ...]] | None:
        """Return a question as it is judged and its terms, to learn from.

        None when the question is settled without it: talk, letterhead, an unknown place.
        """
        found = self._single(text)
        return (found[0], self._judge.terms(*found)) if found else None

    def confidence(self, text: str) -> float | None:
        """Return how surely the best evidence answers a question, 0-1, to calibrate the threshold.

        None when the question is settled without it: talk, letterhead, an unknown place.
        """
        found = self._single(text)
        if found is None:
            return None
        judged = self._judge.judge(*found, self._judge.terms(*found))
        return judged.confidence if judged.ranked else None

    def _single(self, text: str) -> tuple[Question, Route] | None:
        """Return a question about one place as it is judged, None when it is settled otherwise."""
        question = analyse(text.strip())
        route = self._router.route(question.text)
        if _declined(text) or (route.unknown and not route.doc_ids) or len(route.places) > 1:
            return None
        part = split_parts(question)[0]
        return None if part.ask in _SETTLED else (part, route)

    def _find_standing(self, question: str, earlier: _Earlier) -> tuple[Finding, str]:
        """Try the readings of a follow-up; of those that are answered the surest stands.

        What goes on where the last answer was read is likelier meant, and so is the first reading.
        """
        if shown := structural.source(search_form(question), earlier.cited):
            return shown, question
        found: list[tuple[float, Finding, str]] = []
        for place, reading in enumerate(stand_alone(question, earlier.questions, self._router)):
            finding = self._find(reading, () if reading.elsewhere else earlier.doc_ids)
            if finding.status is Status.CLARIFY:
                return finding, reading.text
            if reading.only_asks and not finding.is_answer:
                finding = structural.within(analyse(reading.question), earlier.cited) or finding
            if finding.is_answer and not _tells_of(reading.must, finding):
                finding = refusal(phrases.SILENT)
            again = any(piece.span.clause in earlier.cited for piece in finding.draft.pieces)
            likely = finding.confidence - LATER * place - reading.last_resort
            likely += GOES_ON * (again and reading.goes_on) - MOVES_ON * reading.elsewhere
            found.append((likely if finding.is_answer else -2.0 - place, finding, reading.text))
        _, finding, text = max(found, key=lambda one: one[0])
        return finding, text

    def _find(self, reading: Standing, read: tuple[str, ...]) -> Finding:
        """Answer one reading of a question; where it names no document, of those that were `read` last."""
        question = asked_of(analyse(reading.question), reading.topic)
        route = self._router.route(search_form(reading.text))
        if not route.doc_ids and not route.unknown:
            route = replace(route, doc_ids=self._view.with_readings(read))
        if route.unknown and (not route.doc_ids or _is_asked_of(question.text, route)):
            return self._unknown_place(route.unknown)
        if question.ask is Ask.CATALOGUE:
            return structural.catalogue(self._view)
        scope = scope_of(question.text)
        if places := self._everywhere(scope, route):
            asked = analyse(_EACH_PLACE.sub("", scope.rest or question.text))
            speaking = places
            if question.fields:
                dated = ("成文日期",) if scope.extremes else question.fields
                asked = replace(asked, ask=question.ask, fields=dated)
            else:
                speaking = self._speaking(asked, places)
            others, answer = len(places) - len(speaking), partial(self._part, asked)
            return across(asked, speaking, route.words, scope, answer, others)
        return joined(self._parts(question, route))

    def _parts(self, question: Question, route: Route) -> list[Finding]:
        """Answer the parts of a question; where one stays open, all of it once more.

        One sentence may hold what is asked in two (由谁审批，几天办完), and either part is then too little
        to find it by.
        """
        parts = split_parts(question)
        found: list[Finding] = []
        for part in parts:
            found.append(self._beside(part, route, self._of_each(part, route), found))
        stays_open = not all(finding.is_answer for finding in found)
        if len(parts) > 1 and stays_open and not question.fields:
            found.append(self._part(replace(question, ask=Ask.GENERAL), route))
        return found

    def _of_each(self, question: Question, route: Route) -> Finding:
        """Answer a question, and once more for what it names beside that and the answer does not tell."""
        whole = self._part(question, route)
        named = None if question.fields else coordination_of(question.text)
        if named is None:
            return whole
        found = [whole] if whole.is_answer else []
        for thing, text in zip(named.things, named.questions, strict=True):
            if self._is_told(thing, found, route):
                continue
            part = replace(analyse(text, question.topic), is_part=True)
            other = self._beside(part, route, self._part(part, route), found)
            if other.is_answer and other.confidence >= BESIDE:
                found.append(other)
        complete = whole.is_answer or len(found) == len(named.things)
        return joined(found) if found and complete else whole

    def _beside(
        self, part: Question, route: Route, finding: Finding, before: Sequence[Finding]
    ) -> Finding:
        """Answer a part from the row that those before it were answered from, where that is about as sure.

        缺多少老师，打算啥时候补齐: the second is asked of the row that tells the first. A clause that is no row is
        read for what nothing else answers.
        """
        clauses = _cited(before)
        if finding.is_answer:
            clauses = [clause for clause in clauses if clause.kind is ClauseKind.ROW]
        if not clauses or part.fields or part.ask not in READ_ON or _goes_on(finding, before):
            return finding
        judged = self._judge.read(part, route, self._judge.terms(part, route), clauses)
        if not judged.ranked or not judged.ranked[0].fits:
            return finding
        least = NEARBY * finding.confidence if finding.is_answer else READ
        near = self._answered(judged, route, least)
        return near if near.is_answer else finding

    def _is_told(self, thing: str, found: Sequence[Finding], route: Route) -> bool:
        """Tell whether answers speak of a thing that a question names."""
        spans = [piece.span for finding in found for piece in finding.draft.pieces]
        said = search_form(" ".join(f"{span.head} {span.text}" for span in spans))
        return coverage(self._judge.terms(analyse(thing), route), said) >= TOLD_OF

    def _part(self, question: Question, route: Route) -> Finding:
        if unknown := self._judge.unknown(question, route):
            return _no_body(unknown)
        terms = self._judge.terms(question, route)
        found: Finding | None = None
        if question.ask is Ask.LETTERHEAD:
            found = structural.letterhead(question, route, terms, self._view)
        if question.ask is Ask.BASIS:
            found = structural.basis(question, route, terms, self._view)
        if found is None and question.ask is Ask.COUNT:
            found = structural.counted(self._near(question, route, terms), terms, self._view)
        if found is None and question.ask in _LISTING:
            found = structural.duties(question, self._near(question, route, terms), self._view)
        if found is None and question.row and _asks_for_row(question):
            found = structural.row(question, self._judge.search(question, route, terms))
        if found is None and question.ask is Ask.CONTACT:
            near = self._near(question, route, terms)
            found = structural.contact(question, near, terms, self._view)
        if found is not None:
            return found
        judged = self._judged(question, route, terms)
        if extreme_asked(question.text):
            if extreme := self._extreme(judged, route):
                return extreme
            # A sentence with several figures tells which is the greatest, no one of them does.
            judged = replace(judged, question=replace(question, ask=Ask.GENERAL))
        if question.ask in _OUTLINED:
            near, rival = self._nearest(question, route, terms), self._surest(judged)
            found = structural.outlined(question, near, terms, self._view, rival)
        return found or self._evidenced(judged, route)

    def _extreme(self, judged: Judged, route: Route) -> Finding | None:
        """Name what has the most or the least of something in the table that surest has the column asked for."""
        if not judged.ranked or "最" in judged.ranked[0].span.text:
            return None
        first: dict[str, Evidence] = {}
        for evidence in judged.ranked:
            if evidence.span.clause.kind is ClauseKind.ROW:
                first.setdefault(_above(evidence.span.clause), evidence)
        found = [
            extreme_in(
                judged.question, rows, partial(self._judge.odds, judged.question, route, cell)
            )
            for cell in list(first.values())[:TABLES]
            if (rows := self._rows_beside(cell.span.clause))
        ]
        best = max(filter(None, found), key=lambda finding: finding.confidence, default=None)
        least = AS_SURE * judged.ranked[0].sure
        return best if best is not None and best.confidence >= least else None

    def _rows_beside(self, row: Clause) -> list[Clause]:
        inside = self._view.within((row.doc_id,))
        return [c for c in inside if c.kind is ClauseKind.ROW and _above(c) == _above(row)]

    def _judged(self, question: Question, route: Route, terms: Sequence[Term]) -> Judged:
        """Judge a question; one whether text and table agree by what they are to agree about."""
        rest = without_agreement(question.text)
        if rest == question.text:
            return self._judge.judge(question, route, terms)
        subject = analyse(rest, question.topic)
        judged = self._judge.judge(subject, route, self._judge.terms(subject, route))
        return replace(judged, question=question)

    def _surest(self, judged: Judged) -> Span | None:
        """Return what would be answered, None when nothing would."""
        sure = judged.ranked and judged.confidence >= self._threshold
        return judged.ranked[0].span if sure else None

    def _near(self, question: Question, route: Route, terms: Sequence[Term]) -> Route:
        """Point a question that names no document to those its words are found in."""
        if route.doc_ids:
            return route
        hits = self._judge.search(question, route, terms)
        return replace(route, doc_ids=tuple(dict.fromkeys(h.clause.doc_id for h in hits))[:NEAR])

    def _nearest(self, question: Question, route: Route, terms: Sequence[Term]) -> Route:
        """Point a question that names no document to the one its words are found in first."""
        near = self._near(question, route, terms)
        return near if near is route else replace(near, doc_ids=near.doc_ids[:1])

    def _evidenced(self, judged: Judged, route: Route) -> Finding:
        finding = self._answered(judged, route)
        if finding.is_answer and not route.doc_ids and not judged.question.row:
            return self._several(judged, finding)
        return finding

    def _answered(self, judged: Judged, route: Route, least: float | None = None) -> Finding:
        """Turn judged evidence into an answer, a near miss or a refusal; `least` stands for the threshold."""
        least = self._threshold if least is None else least
        question, hits = judged.question, judged.hits
        if judged.missing:
            return _no_body(judged.missing)
        if not judged.ranked:
            return refusal(phrases.SILENT)
        best = judged.ranked[0]
        trace = (_explain(judged, route, self._threshold),)
        if judged.lacks_grade:
            draft = Draft((Piece(shortened(best.span, 160)),))
            return replace(refusal(phrases.NO_GRADE, hits), draft=draft)
        if judged.confidence < least:
            other = self._other_years(question, route) if question.years else None
            return other or refusal(self._silent(route), hits, trace)
        if route.elsewhere and not self._mentions(best, route.elsewhere):
            return self._unknown_place(route.elsewhere)
        if question.ask is Ask.CONTACT and not best.fits:
            return refusal(phrases.NO_CONTACT, hits, trace)
        ranked = self._below_heading(judged.ranked)
        if listed := structural.items(question, ranked[0].span, self._view):
            return replace(listed, hits=hits, trace=trace, confidence=judged.confidence)
        odds = partial(self._judge.odds, question, route, ranked[0])
        draft = compose(question, judged.terms, ranked, self._view, odds)
        if words := _near_miss(question, best) or _without_value(question, ranked[0].span, draft):
            near = Draft((Piece(shortened(best.span, 160)),))
            return replace(refusal(words, hits, trace), draft=near)
        return Finding(Status.ANSWERED, draft, hits=hits, trace=trace, confidence=judged.confidence)

    def _other_years(self, question: Question, route: Route) -> Finding | None:
        """Tell what the documents say of the same matter for other years, if they do.

        They do when the question would be answered with a year of theirs in place of its own.
        """
        text, focus = without_years(question.text), without_years(question.focus)
        undated = replace(question, text=text, focus=focus, years=frozenset())
        judged = self._judge.judge(undated, route, self._judge.terms(undated, route))
        if not judged.ranked or judged.lacks_grade:
            return None
        best = judged.ranked[0]
        years = span_years(best.span, search_form(best.span.text))
        if not years or years & question.years:
            return None
        sure = max(judged.confidence, *(self._sure_of(question, year, route) for year in years))
        if sure < TOLD * self._threshold:
            return None
        draft = Draft((Piece(shortened(best.span, 160)),))
        trace = (_explain(judged, route, self._threshold),)
        return replace(refusal(_no_year(question), judged.hits, trace), draft=draft)

    def _sure_of(self, question: Question, year: int, route: Route) -> float:
        """Return how surely a question is answered with another year in place of its own."""
        text = question.text
        for asked in question.years:
            text = text.replace(str(asked), str(year))
        other = replace(question, text=text, years=frozenset({year}))
        return self._judge.judge(other, route, self._judge.terms(other, route)).confidence

    def _below_heading(self, ranked: Sequence[Evidence]) -> Sequence[Evidence]:
        """Put what stands below a heading or a question in its place: neither answers anything."""
        best = ranked[0]
        clause = best.span.clause
        if (is_title(best.span) and not _states(best.span)) or _asks(best.span):
            own = [e for e in ranked if e.span.clause is clause]
            said = [e for e in own if not is_title(e.span) and not _asks(e.span)]
            ranked = [*said, *(e for e in ranked if e not in said)]
        alone = clause.kind is ClauseKind.HEADING or _asks(ranked[0].span)
        if not alone or len(self._view.children(clause)) > 1:
            return ranked
        below = [*self._view.children(clause), *self._view.body(clause)]
        following = self._view.following(clause)
        if not below and following and _asks(best.span):
            below = [following]
        inside = [e for e in ranked if e.span.clause in below] or [
            replace(best, span=span) for c in below for span in spans_of(c)
        ]
        return [*inside, *(e for e in ranked if e not in inside and e is not best)] or ranked

    def _mentions(self, best: Evidence, places: Sequence[str]) -> bool:
        text = search_form(best.span.clause.text)
        return any(place in text for place in places)

    def _several(self, judged: Judged, finding: Finding) -> Finding:
        """Where no place is named and documents of several places answer, give each a line."""
        best = judged.ranked[0]
        own = best.span.clause.doc_id
        lines: dict[str, Finding] = {self._place(own): finding}
        for rival in judged.ranked:
            doc_id = rival.span.clause.doc_id
            place = self._place(doc_id)
            if not place or place in lines or len(lines) >= 5 or not _rivals(rival, best):
                continue
            answered = self._answered(judged.within(doc_id), Route((doc_id,)))
            if answered.is_answer:
                lines[place] = answered
        if len(lines) == 1 or not self._place(own):
            return finding
        pieces = [
            piece for place, found in lines.items() for piece in labelled(found, place, SHORT_LINE)
        ]
        return replace(finding, draft=Draft(tuple(pieces)), words="")

    def _place(self, doc_id: str) -> str:
        return self._view.documents[doc_id].region

    def _silent(self, route: Route) -> str:
        if route.doc_ids:
            regions = dict.fromkeys(self._place(doc_id) for doc_id in route.doc_ids)
            places = "、".join(filter(None, regions))
            return phrases.SILENT_HERE.format(places=places or "这份")
        return phrases.SILENT

    def _unknown_place(self, names: Sequence[str]) -> Finding:
        regions = dict.fromkeys(d.region for d in self.documents if d.region)
        words = phrases.UNKNOWN_PLACE.format(place="、".join(names))
        if regions:
            more = "等" if len(regions) > MOST_PLACES else ""
            words += phrases.COVERED.format(places="、".join(list(regions)[:MOST_PLACES]) + more)
        return refusal(words)

    def _everywhere(self, scope: Scope, route: Route) -> tuple[Place, ...]:
        """Return the places a question is about when it asks of all of them, or of those named."""
        named = any(name[:2] in scope.excluded for name, _ in route.places)
        if scope.excluded and not named:  # 除了成职教科还有谁管: all in one place
            return route.places if len(route.places) > 1 else ()
        if not scope.everywhere or (route.places and not scope.excluding):
            return route.places if len(route.places) > 1 else ()
        groups: dict[str, list[str]] = {}
        for document in self.documents:
            if document.doc_id not in route.doc_ids:
                groups.setdefault(document.region or document.title, []).append(document.doc_id)
        return tuple((name, tuple(docs)) for name, docs in groups.items())

    def _speaking(self, question: Question, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """Keep of too many places those whose clauses speak most of what is asked, these first."""
        if len(places) <= MOST_PLACES:
            return places
        every = Route(tuple(doc_id for _, docs in places for doc_id in docs))
        terms = self._judge.terms(question, every)
        hits = self._judge.search(question, every, terms, WIDELY)
        home = {doc_id: place for place in places for doc_id in place[1]}
        found = dict.fromkeys(home[hit.clause.doc_id] for hit in hits)
        return tuple(found)[:MOST_PLACES]


def _cited(findings: Sequence[Finding]) -> list[Clause]:
    """Return the clauses that findings which answer rest on, in order."""
    pieces = (piece for finding in findings if finding.is_answer for piece in finding.draft.pieces)
    return list(
        {p.span.clause.clause_id: p.span.clause for p in pieces if not p.is_beside}.values()
    )


def _goes_on(finding: Finding, before: Sequence[Finding]) -> bool:
    """Tell whether a finding rests on a clause that those before it rest on."""
    read = {clause.clause_id for clause in _cited(before)}
    return any(clause.clause_id in read for clause in _cited([finding]))


def _above(clause: Clause) -> str:
    """Return what the id of a row shares with those of its table."""
    return clause.clause_id.rpartition("/")[0]


def _states(title: Span) -> bool:
    """Tell a first line that is a sentence of its own (秋季管控期为9月20日至11月30日。) from a mere title."""
    return title.text.rstrip().endswith("。") and bool(re.search(r"[，,]|\d", title.text))


def _tells_of(thing: str, finding: Finding) -> bool:
    """Tell whether a pair of characters of a thing stands in what is quoted (绝育犬 for 绝育的狗)."""
    quoted = search_form("\n".join(piece.span.text for piece in finding.draft.pieces))
    pairs = [thing[i : i + 2] for i in range(len(thing) - 1)] or [thing]
    return any(pair in quoted for pair in pairs)


def _asks(span: Span) -> bool:
    """Tell a question of the document itself (申请要带哪些材料？), which its next lines answer."""
    return span.text.rstrip().endswith(("？", "?"))


def _rivals(other: Evidence, best: Evidence) -> bool:
    """Tell whether evidence from another place speaks of the same matter as the best."""
    sure = other.sure >= max(RIVAL * best.sure, RIVAL_LEAST)
    return sure and other.total >= RIVAL * best.total


# What UTF-8 read as GBK, and memory that was never written, look like.
_GARBLED = re.compile("锟斤拷|烫烫烫|屯屯屯|\ufffd{2}")


def _declined(question: str) -> Finding | None:
    """Handle what is no question to the documents."""
    if not re.search(r"[\u3400-\u9fffA-Za-z]", question):
        return Finding(Status.CLARIFY, words=phrases.EMPTY)
    if _GARBLED.search(question):
        return Finding(Status.CLARIFY, words=phrases.GARBLED)
    if len(question) > MAX_QUESTION:
        return refusal(phrases.TOO_LONG.format(limit=MAX_QUESTION))
    talk = talk_of(question)
    if talk in _TALK:
        return Finding(Status.CHAT, words=_TALK[talk])
    return refusal(_DECLINED[talk]) if talk in _DECLINED else None


def _asks_for_row(question: Question) -> bool:
    """Tell whether all of a table row is wanted: nothing but its number is named, or its content."""
    return question.ask in (Ask.GENERAL, Ask.LIST) or bool(_CONTENT.search(question.text))


_CONTENT = re.compile(r"内容|是什么任务|什么工作|干什么|做什么|哪项(?:任务|工作)")


def _no_body(bodies: Sequence[Body]) -> Finding:
    return refusal(phrases.NO_BODY.format(body="、".join(body.said for body in bodies)))


def _is_asked_of(text: str, route: Route) -> bool:
    """Tell whether an unknown place is the one asked for: it stands in front of all known ones, or lies in one.

    A place right behind another is the smaller one: 成都双流.
    """
    known = [text.find(word) for word in route.words]
    if min(text.find(place) for place in route.unknown) < min(known, default=len(text)):
        return True
    return any(word + place in text for word in route.words for place in route.unknown)


def _near_miss(question: Question, best: Evidence) -> str:
    """Return the words that tell what the documents lack, or "" when they lack nothing."""
    said = search_form(best.span.text)
    told = question.ask in (Ask.YESNO, Ask.HOW) and not values.years(said)
    if best.year < 0 and not told:  # 我家2019年领过，还能再领吗: the year belongs to the story
        return _no_year(question)
    if is_of_other_level(question, said):
        return phrases.NO_VALUE.format(
            what=f"{'、'.join(sorted(question.levels))}的{_WHAT[question.ask]}"
        )
    if best.level < 0 and (not told or levels(said)):
        return phrases.NO_LEVEL.format(levels="、".join(sorted(question.levels)))
    if lacks_names(question.text, best.span.text):
        return phrases.NO_NAMES
    if office := lacking_office(question.text, search_form(best.span.clause.text)):
        return phrases.NO_HOLDER.format(office=office)
    return ""


def _without_value(question: Question, best: Span, draft: Draft) -> str:
    """Return the words that tell which value is left open, "" when one that is wanted is stated.

    What stands beside the first sentence does not state it, but where each or all are asked for.
    """
    pieces = draft.pieces if _EACH.search(question.text) else draft.pieces[:1]
    spans = [best, *(piece.span for piece in pieces)]
    if extreme_asked(question.text):  # what holds the most is named, which need not be a value
        return ""
    if kinds := wanted(question.text):
        stated = states_any(kinds, spans, question.text)
        return "" if stated else phrases.NO_VALUE.format(what=kinds[0].name)
    if question.ask not in _WHAT or asks_whether(question.text):
        return ""
    said = search_form("\n".join(span.text for span in spans))
    dated = question.ask in (Ask.DATE, Ask.DURATION) and values.DATE.search(said)
    if dated or values.has_figure(said):
        return ""
    return phrases.NO_VALUE.format(what=_WHAT[question.ask])


_EACH = re.compile(r"分别|各|哪[些几]|都|和|与|及")


def _no_year(question: Question) -> str:
    said = [year for year in sorted(question.years) if str(year) in question.text]
    return phrases.NO_YEAR.format(years="、".join(map(str, said or sorted(question.years))))


def _explain(judged: Judged, route: Route, threshold: float) -> str:
    question, best = judged.question, judged.ranked[0]
    parts = " ".join(f"{name}={value:.2f}" for name, value in best.parts.items())
    return (
        f"问{question.ask.value} 重点“{question.focus}” 文件{list(route.doc_ids)} "
        f"年{sorted(question.years)} 学段{sorted(question.levels)} | "
        f"{best.span.clause.clause_id} 直接{best.direct:.2f} 合计{best.total:.2f} "
        f"把握{judged.confidence:.2f} 门槛{threshold:.2f} | {parts}"
    )
