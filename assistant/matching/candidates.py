"""Pure: weighed evidence as sentences that are compared with each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering.evidence import Evidence, speaks_for_clause
from assistant.answering.spans import Span, is_bare, search_form, spans_of
from assistant.matching.comparison import Candidate, Passage
from assistant.understanding.question import Question
from index.types import Clause, ClauseKind, Hit


def candidates_of(
    question: Question, found: Sequence[Evidence], context: Callable[[Clause], str]
) -> list[Candidate]:
    """Return evidence as the ranker compares it; what says nothing itself stands for its clause."""
    hits = {evidence.hit.rank: evidence.hit for evidence in found}
    scores = sorted((hit.score for hit in hits.values()), reverse=True)
    passages = {rank: _passage(hit, scores, context) for rank, hit in hits.items()}
    return [
        Candidate(
            text=shown(question, evidence.span),
            place=_place(evidence.span),
            passage=passages[evidence.hit.rank],
            total=evidence.total,
            fits=evidence.fits,
        )
        for evidence in found
    ]


def _passage(hit: Hit, scores: Sequence[float], context: Callable[[Clause], str]) -> Passage:
    top = scores[0] or 1.0
    rival = scores[0] if hit.score < scores[0] or len(scores) == 1 else scores[1]
    return Passage(
        sentences=tuple(search_form(span.text) for span in _sentences(hit.clause)) or ("",),
        whole=search_form(hit.clause.text) + search_form(context(hit.clause)),
        score=hit.score / top,
        gap=(hit.score - rival) / top,
        is_first=hit.rank == 1,
    )


def _sentences(clause: Clause) -> list[Span]:
    return [span for span in spans_of(clause) if not span.is_units]


def _place(span: Span) -> int:
    """Return the place of a span among the sentences of its clause."""
    starts = [other.start for other in _sentences(span.clause)]
    return max((i for i, start in enumerate(starts) if start <= span.start), default=0)


def shown(question: Question, span: Span) -> str:
    """Return what a span says in search form.

    A cell says its column too; what says nothing itself stands for its clause.
    """
    stands_for = speaks_for_clause(question, span) or is_bare(span)
    text = span.clause.text if stands_for else span.text
    return search_form(f"{span.head} {text}" if span.clause.kind is ClauseKind.ROW else text)
