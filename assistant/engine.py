"""The way of a question: understanding, retrieval, evidence, gate, words, verification."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering import phrases, structural
from assistant.answering.compose import Draft, Piece, compose
from assistant.answering.evidence import (
    Evidence,
    Span,
    Term,
    search_form,
    terms_of,
    weaker,
    weigh,
)
from assistant.answering.finding import Finding, joined, labelled, refusal
from assistant.answering.gate import Gate, features_of
from assistant.answering.library import LibraryView
from assistant.answering.verification import verify
from assistant.types import Answer, Citation, Status
from assistant.understanding.chat import Talk, talk_of
from assistant.understanding.followup import Standing, stand_alone
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.question import Ask, Question, analyse
from assistant.understanding.routing import Route, Router
from index.search import Searcher, SearchQuery
from index.types import Clause, ClauseKind, Document, Hit

MAX_QUESTION = 2000
STORY = 60
SUBJECT = 6
TOP_K = 40
ROUTED = 0.6
TOPIC = 0.4
RIVAL = 0.85
_PARTS = re.compile(r"[，,；;？?。！!]+|、(?=[^、，,]{0,10}(?:多少|几|谁|哪|什么|怎么))")
_TALK = {
    Talk.GREETING: phrases.GREETING,
    Talk.THANKS: phrases.THANKS,
    Talk.GOODBYE: phrases.GOODBYE,
    Talk.SELF: phrases.SELF,
}
_DECLINED = {Talk.ADVICE: phrases.ADVICE, Talk.OUTSIDE: phrases.OUTSIDE}
_WHAT = {
    Ask.RATIO: "具体比例",
    Ask.NUMBER: "具体数字",
    Ask.DATE: "具体时间",
    Ask.DURATION: "具体期限",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The ranked evidence for a question, and how sure the gate is of the first."""

    question: Question
    terms: tuple[Term, ...]
    hits: tuple[Hit, ...]
    ranked: tuple[Evidence, ...]
    confidence: float
    lacks_value: bool


class Assistant:
    """Answers questions from one library. Stateless: a conversation is passed in."""

    def __init__(self, searcher: Searcher, lexicon: Lexicon, gate: Gate) -> None:
        """Join the parts."""
        store = searcher.store
        self._searcher = searcher
        self._lexicon = lexicon
        self._gate = gate
        self._view = LibraryView(store.documents, store.clauses)
        self._router = Router(list(store.documents.values()), self._view.corpus())

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that are answered from."""
        return tuple(self._view.documents.values())

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses of these documents, in reading order."""
        return self._view.clauses

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
            earlier = [a.standalone_question for a in history if a.status is not Status.CHAT]
            finding, standalone = self._find_standing(stand_alone(question, earlier, self._router))
        answer = self._worded(question, standalone, finding)
        return replace(answer, timings={"total": 1000 * (time.perf_counter() - started)})

    def features(self, text: str) -> tuple[float, ...] | None:
        """Return the gate's features of the best evidence for a question, for calibration.

        None when the question is settled without the gate: talk, letterhead, an unknown place.
        """
        question = analyse(text.strip())
        route = self._router.route(question.text)
        if _declined(text) or (route.unknown and not route.doc_ids) or len(route.places) > 1:
            return None
        part = _parts(question)[0]
        terms = self._terms(part, route)
        judged = self.judge(part, route, terms)
        if part.ask in (Ask.LETTERHEAD, Ask.COUNT, Ask.CATALOGUE) or not judged.ranked:
            return None
        best = judged.ranked[0]
        return features_of(part, terms, best, self._view.context(best.span.clause))

    def _find_standing(self, readings: Sequence[Standing]) -> tuple[Finding, str]:
        """Try the readings of a follow-up in order; the first that is answered stands."""
        results = []
        for reading in readings:
            finding = self._find(reading)
            if finding.is_answer or finding.status is Status.CLARIFY:
                return finding, reading.text
            results.append((finding, reading.text))
        return results[0]

    def _find(self, reading: Standing) -> Finding:
        question = analyse(reading.question, reading.topic)
        route = self._router.route(search_form(reading.text))
        if route.unknown and (not route.doc_ids or _is_first(question.text, route)):
            return self._unknown_place(route.unknown)
        if question.ask is Ask.CATALOGUE:
            return structural.catalogue(self._view)
        if len(route.places) > 1:
            return self._compared(question, route)
        return joined([self._part(part, route) for part in _parts(question)])

    def _part(self, question: Question, route: Route) -> Finding:
        terms = self._terms(question, route)
        found: Finding | None = None
        if question.ask is Ask.LETTERHEAD:
            found = structural.letterhead(question, route, terms, self._view)
        elif question.ask is Ask.COUNT:
            found = structural.counted(route, terms, self._view)
        elif question.ask in (Ask.LIST, Ask.GENERAL):
            found = structural.duties(question, route, self._view)
        return found or self._evidenced(question, route, terms)

    def _terms(self, question: Question, route: Route) -> tuple[Term, ...]:
        text = self._searcher.store.text
        skip = (*route.words, *route.unknown)
        frequency, size = text.document_frequency, len(text)
        own = terms_of(question.focus, self._lexicon, frequency, size, skip)
        carried = terms_of(question.topic, self._lexicon, frequency, size, skip)
        said = {term.said for term in own}
        carried = tuple(term for term in carried if term.said not in said)
        share = sum(t.weight for t in own) / max(sum(t.weight for t in carried), 1e-9)
        return (*own, *weaker(carried, min(TOPIC, share)))

    def _search(self, question: Question, route: Route, terms: Sequence[Term]) -> list[Hit]:
        boosts = dict.fromkeys(route.doc_ids, ROUTED)
        expansion = " ".join([question.topic, *sorted(w for t in terms for w in t.words)])
        query = SearchQuery(question.focus or question.text, expansion, boosts)
        hits = self._searcher.search(query, TOP_K)
        inside = [hit for hit in hits if hit.clause.doc_id in route.doc_ids]
        return self._rows(question, route, inside or hits)

    def _rows(self, question: Question, route: Route, hits: list[Hit]) -> list[Hit]:
        """Take the table rows with the asked-for running number instead of everything else."""
        if not question.row:
            return hits
        docs = route.doc_ids or tuple(self._view.documents)
        rows = [
            clause
            for clause in self._view.clauses
            if clause.kind is ClauseKind.ROW
            and clause.doc_id in docs
            and clause.labels.rpartition("/")[2] == question.row
        ]
        top = hits[0].score if hits else 1.0
        return [Hit(c, top, i, {"row": 1.0}) for i, c in enumerate(rows, 1)] or hits

    def judge(self, question: Question, route: Route, terms: Sequence[Term]) -> Judged:
        """Retrieve, weigh the evidence, and ask the gate."""
        hits = self._search(question, route, terms)
        ranked, lacks_value = _with_value(
            question, weigh(question, terms, hits, self._view.context)
        )
        confidence = self._confidence(question, terms, ranked[0]) if ranked else 0.0
        return Judged(question, tuple(terms), tuple(hits), tuple(ranked), confidence, lacks_value)

    def _evidenced(self, question: Question, route: Route, terms: Sequence[Term]) -> Finding:
        judged = self.judge(question, route, terms)
        finding = self._answered(judged, route)
        if finding.is_answer and not route.doc_ids and not question.row:
            return self._several(judged, finding)
        return finding

    def _answered(self, judged: Judged, route: Route) -> Finding:
        """Turn judged evidence into an answer, a near miss or a refusal."""
        question, hits = judged.question, judged.hits
        if not judged.ranked:
            return refusal(phrases.SILENT)
        best = judged.ranked[0]
        trace = (_explain(judged, route, self._gate.threshold),)
        if judged.confidence < self._gate.threshold:
            return refusal(self._silent(route), hits, trace)
        if route.elsewhere and not self._mentions(best, route.elsewhere):
            return self._unknown_place(route.elsewhere)
        if question.ask is Ask.CONTACT and not best.fits:
            return refusal(phrases.NO_CONTACT, hits, trace)
        words = _near_miss(question, best, judged.lacks_value)
        if words:
            draft = Draft((Piece(shortened(best.span, 160)),))
            return replace(refusal(words, hits, trace), draft=draft)
        ranked = self._below_heading(judged.ranked)
        draft = compose(question, judged.terms, ranked, self._view.children)
        return Finding(Status.ANSWERED, draft, hits=hits, trace=trace, confidence=judged.confidence)

    def _below_heading(self, ranked: Sequence[Evidence]) -> Sequence[Evidence]:
        """Put what stands right below a heading in its place: a heading alone answers nothing."""
        clause = ranked[0].span.clause
        if clause.kind is not ClauseKind.HEADING or len(self._view.children(clause)) > 1:
            return ranked
        below = {c.clause_id for c in (*self._view.children(clause), *self._view.body(clause))}
        inside = [evidence for evidence in ranked if evidence.span.clause.clause_id in below]
        return [*inside, *(e for e in ranked if e not in inside and e is not ranked[0])] or ranked

    def _mentions(self, best: Evidence, places: Sequence[str]) -> bool:
        text = search_form(best.span.clause.text)
        return any(place in text for place in places)

    def _several(self, judged: Judged, finding: Finding) -> Finding:
        """Where no place is named and documents of several places answer, give each a line."""
        best = judged.ranked[0]
        own = best.span.clause.doc_id
        lines: dict[str, Finding] = {self._place(own): finding}
        for doc_id in dict.fromkeys(hit.clause.doc_id for hit in judged.hits):
            place = self._place(doc_id)
            if not place or place in lines or len(lines) >= 5:
                continue
            route = Route((doc_id,))
            other = self.judge(judged.question, route, judged.terms)
            if not other.ranked or other.ranked[0].score < RIVAL * best.score:
                continue
            answered = self._answered(other, route)
            if answered.is_answer:
                lines[place] = answered
        if len(lines) == 1 or not self._place(own):
            return finding
        pieces = [piece for place, found in lines.items() for piece in labelled(found, place)]
        return replace(finding, draft=Draft(tuple(pieces)), words="")

    def _place(self, doc_id: str) -> str:
        return self._view.documents[doc_id].region

    def _confidence(self, question: Question, terms: Sequence[Term], best: Evidence) -> float:
        """The gate: how sure it is that the evidence carries what is asked, 0-1."""
        if question.row and best.hit.trace.get("row"):
            return 1.0
        if not terms:
            return 0.0
        context = self._view.context(best.span.clause)
        return self._gate.confidence(features_of(question, terms, best, context))

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
            words += phrases.COVERED.format(places="、".join(list(regions)[:12]))
        return refusal(words)

    def _compared(self, question: Question, route: Route) -> Finding:
        """Answer for each named place on a line of its own."""
        pieces: list[Piece] = []
        findings: list[Finding] = []
        for place, doc_ids in route.places:
            one = replace(route, doc_ids=doc_ids, places=((place, doc_ids),))
            finding = self._part(question, one)
            findings.append(finding)
            if finding.draft.pieces:
                pieces += labelled(finding, place)
            else:
                nowhere = Span(_NOWHERE, 0, 0, "")
                pieces.append(Piece(nowhere, f"{place}：{phrases.NOT_STATED}"))
        hits = tuple(hit for finding in findings for hit in finding.hits)
        trace = tuple(line for finding in findings for line in finding.trace)
        found = sum(finding.is_answer for finding in findings)
        if not found:
            return refusal(phrases.SILENT, hits, trace)
        status = Status.ANSWERED if found == len(findings) else Status.PARTIAL
        return Finding(status, Draft(tuple(pieces)), hits=hits, trace=trace)

    def _worded(self, question: str, standalone: str, finding: Finding) -> Answer:
        """Number the citations, put the lines together, and verify them."""
        lines = [finding.words] if finding.words else []
        citations: list[Citation] = []
        for piece in finding.draft.pieces:
            line, citation = self._line(piece, citations)
            lines.append(line)
            citations += [citation] if citation and citation not in citations else []
        headline = finding.draft.headline if finding.status is Status.ANSWERED else ""
        if headline and lines[0].partition("〔")[0] != headline:
            lines.insert(0, f"{headline}〔1〕")
        answer = Answer(
            question,
            standalone,
            finding.status,
            "\n".join(lines),
            headline,
            tuple(citations),
            finding.hits,
            finding.choices,
            trace=finding.trace,
        )
        return _verified(answer, finding.words) if citations else answer

    def _line(self, piece: Piece, citations: Sequence[Citation]) -> tuple[str, Citation | None]:
        span = piece.span
        if span.clause is _NOWHERE:
            return piece.lead, None
        for known in citations:
            if known.clause is span.clause and known.quote == span.text:
                return f"{piece.lead}{_shown(span)}〔{known.marker}〕", known
        document = self._view.documents[span.clause.doc_id]
        marker = len(citations) + 1
        citation = Citation(marker, document, span.clause, span.text, span.start, span.end)
        return f"{piece.lead}{_shown(span)}〔{marker}〕", citation


_NOWHERE = Clause("#", "", (), ClauseKind.PARAGRAPH, "", 0, 0)
_SAID = " ".join(
    value for name, value in vars(phrases).items() if name.isupper() and isinstance(value, str)
)


def _declined(question: str) -> Finding | None:
    """Handle what is no question to the documents."""
    if not re.search(r"[\u3400-\u9fffA-Za-z]", question):
        return Finding(Status.CLARIFY, words=phrases.EMPTY)
    if len(question) > MAX_QUESTION:
        return refusal(phrases.TOO_LONG.format(limit=MAX_QUESTION))
    talk = talk_of(question)
    if talk in _TALK:
        return Finding(Status.CHAT, words=_TALK[talk])
    return refusal(_DECLINED[talk]) if talk in _DECLINED else None


def _parts(question: Question) -> list[Question]:
    """Split several questions in one; a part without an ask word leads to the next one.

    Of a long story only the sentences that ask are kept, with the one before the first.
    """
    pieces = [piece for piece in _PARTS.split(question.text) if piece]
    asks = [i for i, piece in enumerate(pieces) if analyse(piece).ask is not Ask.GENERAL]
    story = len(question.text) > STORY
    if len(pieces) < 2 or not asks or (len(asks) < 2 and not story):
        return [question]
    alone = len(analyse(pieces[asks[0]]).focus) >= SUBJECT
    first = max(asks[0] - (not alone), 0) if story else 0
    lead = "，".join(pieces[first : asks[0] + 1])
    parts = [analyse(lead, question.topic)]
    for index in asks[1:]:
        between = pieces[index - 1] if index - 1 not in asks else ""
        text = f"{between}，{pieces[index]}".strip("，")
        part = analyse(text, parts[0].focus)
        if parts[0].ask is not Ask.BASIS or part.ask is not Ask.LETTERHEAD:
            parts.append(part)
    return parts


def _is_first(text: str, route: Route) -> bool:
    """Tell whether an unknown place stands in front of every known one: it is the one asked for."""
    known = [text.find(word) for word in route.words]
    return min(text.find(place) for place in route.unknown) < min(known, default=len(text))


def _with_value(question: Question, ranked: Sequence[Evidence]) -> tuple[Sequence[Evidence], bool]:
    """Put evidence with a value of the asked kind first; tell when only other evidence fits.

    When the sentence that covers the question best holds no such value, and those that hold one
    are about something else, the documents speak of the matter without stating the value.
    """
    if not ranked or question.ask not in (*_WHAT, Ask.UNIT, Ask.BASIS, Ask.CONTACT):
        return ranked, False
    top = max(evidence.direct for evidence in ranked[:10])
    share = 0.0 if question.ask is Ask.BASIS else 0.6
    if question.ask is Ask.UNIT:
        top, share = max(evidence.total for evidence in ranked[:10]), 0.75
    fitting = [e for e in ranked if e.fits and _covered(question, e) >= share * top]
    if not fitting:
        return ranked, question.ask in _WHAT
    first = fitting[0]
    return [first, *(e for e in ranked if e is not first)], False


def _covered(question: Question, evidence: Evidence) -> float:
    """Who is responsible is often said apart from the matter, so its surroundings count."""
    return evidence.total if question.ask is Ask.UNIT else evidence.direct


def _near_miss(question: Question, best: Evidence, lacks_value: bool) -> str:
    """Return the words that tell what the documents lack, or "" when they lack nothing."""
    if best.year < 0:
        return phrases.NO_YEAR.format(years="、".join(map(str, sorted(question.years))))
    if best.level < 0:
        return phrases.NO_LEVEL.format(levels="、".join(sorted(question.levels)))
    return phrases.NO_VALUE.format(what=_WHAT[question.ask]) if lacks_value else ""


def shortened(span: Span, length: int) -> Span:
    """Return the first `length` characters of a span, all of a shorter one."""
    text = span.text[:length]
    return Span(span.clause, span.start, span.start + len(text), text, span.head)


def _shown(span: Span) -> str:
    """Return a piece as one line: cells parted, the line breaks of the file gone."""
    return re.sub(r"\s*[\n\t|]+\s*", " ", span.text).strip(" 。")


def _verified(answer: Answer, words: str) -> Answer:
    """Withhold an answer of which a number, title or name stands in no cited clause.

    `words` are the assistant's own: counts of clauses, and fixed phrases.
    """
    report = verify(answer.text, answer.citations, answer.standalone_question, _SAID + words)
    trace = (*answer.trace, f"核对{report.checked}处，缺{list(report.missing)}")
    if report.holds:
        return replace(answer, trace=trace)
    return replace(
        answer,
        status=Status.REFUSED,
        text=phrases.UNVERIFIED,
        headline="",
        citations=(),
        trace=trace,
    )


def _explain(judged: Judged, route: Route, threshold: float) -> str:
    question, best = judged.question, judged.ranked[0]
    parts = " ".join(f"{name}={value:.2f}" for name, value in best.parts.items())
    return (
        f"问{question.ask.value} 重点“{question.focus}” 文件{list(route.doc_ids)} "
        f"年{sorted(question.years)} 学段{sorted(question.levels)} | "
        f"{best.span.clause.clause_id} 直接{best.direct:.2f} 合计{best.total:.2f} "
        f"把握{judged.confidence:.2f} 门槛{threshold:.2f} | {parts}"
    )
