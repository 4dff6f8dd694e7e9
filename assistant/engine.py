"""The way of a question: understanding, retrieval, evidence, gate, words, verification."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering import phrases
from assistant.answering.compose import Draft, Piece, compose
from assistant.answering.evidence import Evidence, Span, Term, coverage, search_form, terms_of, weigh
from assistant.answering.gate import Gate, features_of
from assistant.answering.library import LibraryView
from assistant.answering.verification import verify
from assistant.types import Answer, Citation, Status
from assistant.understanding.chat import Talk, talk_of
from assistant.understanding.followup import stand_alone
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.question import Ask, Question, analyse
from assistant.understanding.routing import Route, Router
from index.search import Searcher, SearchQuery
from index.types import Clause, ClauseKind, Document, Hit

MAX_QUESTION = 2000
STORY = 60
TOP_K = 40
ROUTED = 0.6
_PARTS = re.compile(r"[，,；;？?。！!]+")
_TALK = {
    Talk.GREETING: phrases.GREETING,
    Talk.THANKS: phrases.THANKS,
    Talk.GOODBYE: phrases.GOODBYE,
    Talk.SELF: phrases.SELF,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one question found: its draft with a status, or fixed words without evidence."""

    status: Status
    draft: Draft = Draft(())
    words: str = ""
    hits: tuple[Hit, ...] = ()
    choices: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()


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
        question = question.strip()
        words = self._declined(question)
        if words is not None:
            return self._finish(question, question, words, started)
        earlier = [a.standalone_question for a in history if a.status is not Status.CHAT]
        standalone = stand_alone(question, earlier, self._router)
        return self._finish(question, standalone, self._find(standalone), started)

    def _declined(self, question: str) -> Finding | None:
        """Handle what is no question to the documents."""
        if not question:
            return Finding(Status.CLARIFY, words=phrases.EMPTY)
        if len(question) > MAX_QUESTION:
            return Finding(Status.REFUSED, words=phrases.TOO_LONG.format(limit=MAX_QUESTION))
        talk = talk_of(question)
        if talk in _TALK:
            return Finding(Status.CHAT, words=_TALK[talk])
        if talk is Talk.ADVICE:
            return Finding(Status.REFUSED, words=phrases.ADVICE)
        if talk is Talk.OUTSIDE:
            return Finding(Status.REFUSED, words=phrases.OUTSIDE)
        return None

    def _find(self, text: str) -> Finding:
        question = analyse(text)
        route = self._router.route(question.text)
        if route.unknown and (not route.doc_ids or _is_first(question.text, route)):
            return self._unknown_place(route)
        if question.ask is Ask.CATALOGUE:
            return self._catalogue()
        if len(route.places) > 1:
            return self._compared(question, route)
        return self._single(question, route)

    def _single(self, question: Question, route: Route) -> Finding:
        parts = self._parts(question, route)
        return _joined([self._part(part, route) for part in parts])

    def _part(self, question: Question, route: Route) -> Finding:
        terms = self._terms(question, route)
        if question.ask is Ask.LETTERHEAD:
            finding = self._letterhead(question, route, terms)
            if finding is not None:
                return finding
        if question.ask is Ask.COUNT:
            finding = self._counted(question, route, terms)
            if finding is not None:
                return finding
        return self._evidenced(question, route, terms)

    def _terms(self, question: Question, route: Route) -> tuple[Term, ...]:
        text = self._searcher.store.text
        skip = (*route.words, *route.unknown)
        return terms_of(
            question.focus, self._lexicon, text.document_frequency, len(text), skip
        )

    def _parts(self, question: Question, route: Route) -> list[Question]:
        """Split several questions in one; a part without an ask word leads to the next one.

        Of a long story only the sentences that ask are kept, with the one before the first.
        """
        pieces = [p for p in _PARTS.split(question.text) if p]
        asks = [i for i, p in enumerate(pieces) if analyse(p).ask is not Ask.GENERAL]
        if len(pieces) < 2 or not asks or (len(asks) < 2 and len(question.text) <= STORY):
            return [question]
        first = max(asks[0] - 1, 0) if len(question.text) > STORY else 0
        parts = [analyse("，".join(pieces[first : asks[0] + 1]))]
        for index in asks[1:]:
            alone = len(analyse(pieces[index]).focus) > 4
            lead = pieces[index - 1] if index - 1 not in asks else ""
            topic = lead if alone else f"{parts[0].focus}，{lead}"
            parts.append(analyse(f"{topic}，{pieces[index]}".strip("，")))
        return parts

    def _search(self, question: Question, route: Route, terms: Sequence[Term]) -> list[Hit]:
        boosts = dict.fromkeys(route.doc_ids, ROUTED)
        expansion = " ".join(sorted(w for t in terms for w in t.words))
        query = SearchQuery(question.focus or question.text, expansion, boosts)
        hits = self._searcher.search(query, TOP_K)
        if route.doc_ids:
            inside = [h for h in hits if h.clause.doc_id in route.doc_ids]
            hits = inside or hits
        return self._rows(question, route, hits)

    def _rows(self, question: Question, route: Route, hits: list[Hit]) -> list[Hit]:
        """Put the table rows with the asked-for running number in front of everything else."""
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

    def _evidenced(self, question: Question, route: Route, terms: Sequence[Term]) -> Finding:
        hits = self._search(question, route, terms)
        ranked = weigh(question, terms, hits, self._view.context)
        if not ranked:
            return Finding(Status.REFUSED, words=phrases.SILENT, hits=tuple(hits))
        ranked, near = _with_value(question, ranked)
        best = ranked[0]
        confidence = self._confidence(question, terms, best)
        trace = (_explain(question, route, best, confidence, self._gate.threshold),)
        if confidence < self._gate.threshold:
            return Finding(Status.REFUSED, words=self._silent(route), hits=tuple(hits), trace=trace)
        words = _near_miss(question, best, near)
        if words:
            piece = Piece(shortened(best.span, 160))
            return Finding(Status.REFUSED, Draft((piece,)), words, tuple(hits), trace=trace)
        draft = compose(question, terms, ranked, self._view.children)
        return Finding(Status.ANSWERED, draft, hits=tuple(hits), trace=trace)

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
            regions = dict.fromkeys(self._view.documents[d].region for d in route.doc_ids)
            return phrases.SILENT_HERE.format(places="、".join(filter(None, regions)) or "这份")
        return phrases.SILENT

    def _title(self, doc_id: str) -> str:
        return self._view.documents[doc_id].title.strip("《》")

    def _unknown_place(self, route: Route) -> Finding:
        regions = dict.fromkeys(d.region for d in self.documents if d.region)
        words = phrases.UNKNOWN_PLACE.format(place="、".join(route.unknown))
        if regions:
            words += phrases.COVERED.format(places="、".join(list(regions)[:12]))
        return Finding(Status.REFUSED, words=words)

    def _catalogue(self) -> Finding:
        documents = self.documents
        spans = [
            Piece(Span(clause, 0, len(clause.text), clause.text))
            for d in documents[:30]
            if (clause := self._view.field(d.doc_id, "标题")) is not None
        ]
        words = phrases.CATALOGUE.format(count=len(documents))
        return Finding(Status.ANSWERED, Draft(tuple(spans)), words=words)

    def _compared(self, question: Question, route: Route) -> Finding:
        """Answer for each named place on a line of its own."""
        pieces: list[Piece] = []
        hits: list[Hit] = []
        found = 0
        for place, doc_ids in route.places:
            one = replace(route, doc_ids=doc_ids, places=((place, doc_ids),))
            finding = self._single(question, one)
            hits += finding.hits[:10]
            if finding.status is Status.ANSWERED and finding.draft.pieces:
                found += 1
                first, *rest = finding.draft.pieces
                pieces.append(replace(first, lead=f"{place}：{first.lead}"))
                pieces += rest[:1]
            else:
                pieces.append(Piece(Span(_NOWHERE, 0, 0, ""), f"{place}：{phrases.NOT_STATED}"))
        if not found:
            return Finding(Status.REFUSED, words=phrases.SILENT, hits=tuple(hits))
        status = Status.ANSWERED if found == len(route.places) else Status.PARTIAL
        return Finding(status, Draft(tuple(pieces)), hits=tuple(hits))

    def _letterhead(
        self, question: Question, route: Route, terms: Sequence[Term]
    ) -> Finding | None:
        """Answer from letterhead and colophon, when the question is about a document itself."""
        doc_ids = self._view.primary(route.doc_ids) if "解读" not in question.text else route.doc_ids
        if not doc_ids:
            doc_ids = self._about(terms)
        if not doc_ids:
            return None if terms else self._which(question)
        titles = " ".join(self._title(d) + self._view.documents[d].issuer for d in doc_ids)
        if sum(t.weight for t in terms) > 0.5 and coverage(terms, search_form(titles)) < 0.45:
            return None
        pieces = [
            Piece(_field_span(clause, name), f"{name}：" if len(question.fields) > 1 else "")
            for doc_id in doc_ids[:5]
            for name in question.fields
            if (clause := self._view.field(doc_id, name)) is not None
        ]
        if not pieces:
            words = phrases.NO_FIELD.format(field="、".join(question.fields))
            return Finding(Status.REFUSED, words=words)
        return Finding(Status.ANSWERED, Draft(tuple(pieces)))

    def _counted(
        self, question: Question, route: Route, terms: Sequence[Term]
    ) -> Finding | None:
        """Count the numbered clauses below the heading, or the rows of the table, asked about."""
        docs = self._view.primary(route.doc_ids) or list(self._view.documents)
        best: tuple[float, Clause] | None = None
        for clause in self._view.clauses:
            if clause.doc_id not in docs or not self._view.counts(clause):
                continue
            own = coverage(terms, search_form(clause.text))
            total = coverage(terms, search_form(clause.text), search_form(self._title(clause.doc_id)))
            if total >= 0.5 and own >= 0.2 and (best is None or own > best[0]):
                best = (own, clause)
        if best is None:
            return None
        clause = best[1]
        counts = "，".join(f"{count}{unit}" for count, unit in self._view.counts(clause))
        piece = Piece(Span(clause, 0, len(clause.text), clause.text))
        return Finding(Status.ANSWERED, Draft((piece,)), phrases.COUNTED.format(counts=counts))

    def _about(self, terms: Sequence[Term]) -> list[str]:
        """Find the documents whose title is what the question is about."""
        if not terms:
            return [d.doc_id for d in self.documents] if len(self.documents) == 1 else []
        scored = sorted(
            ((coverage(terms, search_form(d.title + d.issuer)), d.doc_id) for d in self.documents),
            key=lambda pair: (-pair[0], pair[1]),
        )
        best = scored[0][0]
        chosen = [doc for score, doc in scored if score >= max(0.6, best - 0.05)]
        return self._view.primary(chosen) if len(chosen) <= 3 else []

    def _which(self, question: Question) -> Finding:
        choices = tuple(f"《{d.title.strip('《》')}》：{question.raw}" for d in self.documents[:8])
        return Finding(Status.CLARIFY, words=phrases.WHICH, choices=choices)

    def _finish(self, question: str, standalone: str, finding: Finding, started: float) -> Answer:
        """Number the citations, put the lines together, and verify them."""
        lines = [finding.words] if finding.words else []
        citations: list[Citation] = []
        for piece in finding.draft.pieces:
            line, citation = self._line(piece, citations)
            lines.append(line)
            citations += [citation] if citation and citation not in citations else []
        headline = finding.draft.headline
        if headline and citations and lines and lines[0].partition("〔")[0] != headline:
            lines[0] = f"{headline}〔1〕\n{lines[0]}"
        text = "\n".join(lines)
        answer = Answer(
            question, standalone, finding.status, text, headline, tuple(citations),
            finding.hits, finding.choices, trace=finding.trace,
        )  # fmt: skip
        if citations:
            answer = _verified(answer, finding.words)
        return replace(answer, timings={"total": 1000 * (time.perf_counter() - started)})

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


def _is_first(text: str, route: Route) -> bool:
    """Tell whether an unknown place stands in front of every known one: it is the one asked for."""
    known = [text.find(word) for word in route.words]
    return min(text.find(place) for place in route.unknown) < min(known, default=len(text))


_NOWHERE = Clause("#", "", (), ClauseKind.PARAGRAPH, "", 0, 0)


def _shown(span: Span) -> str:
    """Return a piece as one line: cells parted, the line breaks of the file gone."""
    return re.sub(r"\s*[\n\t|]+\s*", " ", span.text).strip()


def _field_span(clause: Clause, name: str) -> Span:
    cell = next((c for c in clause.cells if c.head == name), clause.cells[0])
    start = cell.start - clause.start
    return Span(clause, start, start + len(cell.text), cell.text, cell.head)


_WHAT = {Ask.RATIO: "具体比例", Ask.NUMBER: "具体数字", Ask.DATE: "具体时间"}


def _with_value(
    question: Question, ranked: Sequence[Evidence]
) -> tuple[Sequence[Evidence], bool]:
    """Put evidence with a value of the asked kind first; tell when only other evidence fits.

    When the sentence that covers the question best holds no such value, and those that hold one
    are about something else, the documents speak of the matter without stating the value.
    """
    if question.ask not in _WHAT:
        return ranked, False
    top = max(evidence.direct for evidence in ranked[:10])
    fitting = [e for e in ranked if e.fits and e.direct >= 0.6 * top]
    if not fitting:
        return ranked, True
    first = fitting[0]
    return [first, *(e for e in ranked if e is not first)], False


def _near_miss(question: Question, best: Evidence, no_value: bool) -> str:
    """Return the words that tell what the documents lack, or "" when they lack nothing."""
    if best.year < 0:
        return phrases.NO_YEAR.format(years="、".join(map(str, sorted(question.years))))
    if best.level < 0:
        return phrases.NO_LEVEL.format(levels="、".join(sorted(question.levels)))
    return phrases.NO_VALUE.format(what=_WHAT[question.ask]) if no_value else ""


def shortened(span: Span, length: int) -> Span:
    """Return the first `length` characters of a span, all of a shorter one."""
    text = span.text[:length]
    return Span(span.clause, span.start, span.start + len(text), text, span.head)


def _joined(findings: Sequence[Finding]) -> Finding:
    """Put the answers to the parts of a question together; without the first there is none."""
    if len(findings) == 1:
        return findings[0]
    answered = [f for f in findings if f.status is Status.ANSWERED]
    if not answered or findings[0].status is not Status.ANSWERED:
        return findings[0]
    pieces: dict[tuple[str, int], Piece] = {}
    for finding in answered:
        for piece in finding.draft.pieces:
            pieces.setdefault((piece.span.clause.clause_id, piece.span.start), piece)
    status = Status.ANSWERED if len(answered) == len(findings) else Status.PARTIAL
    hits = tuple(hit for finding in findings for hit in finding.hits)
    return Finding(status, Draft(tuple(pieces.values())), hits=hits)


def _verified(answer: Answer, words: str) -> Answer:
    """Withhold an answer of which a number, title or name stands in no cited clause.

    `words` are the assistant's own: counts of clauses, and fixed phrases.
    """
    report = verify(answer.text, answer.citations, answer.standalone_question, _SAID + words)
    trace = (*answer.trace, f"核对{report.checked}处，缺{list(report.missing)}")
    if report.holds:
        return replace(answer, trace=trace)
    return replace(
        answer, status=Status.REFUSED, text=phrases.UNVERIFIED, headline="", citations=(), trace=trace
    )


_SAID = " ".join(
    value for name, value in vars(phrases).items() if name.isupper() and isinstance(value, str)
)


def _explain(
    question: Question, route: Route, best: Evidence, confidence: float, threshold: float
) -> str:
    parts = " ".join(f"{name}={value:.2f}" for name, value in best.parts.items())
    return (
        f"问{question.ask.value} 重点“{question.focus}” 文件{list(route.doc_ids)} "
        f"年{sorted(question.years)} 学段{sorted(question.levels)} | "
        f"{best.span.clause.clause_id} 直接{best.direct:.2f} 合计{best.total:.2f} 把握{confidence:.2f} 门槛{threshold:.2f} | {parts}"
    )
