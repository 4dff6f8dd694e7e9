"""Pure: weighed evidence as sentences that are compared with each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.answering.evidence import Evidence, speaks_for_clause
from assistant.answering.spans import Span, announces, is_bare, search_form, spans_of, told_beside
from assistant.matching.comparison import Candidate, Passage
from assistant.understanding.question import Question
from index.types import Clause, ClauseKind, Hit

MOST_ITEMS = 300
"""Characters of what a lead-in announces that are compared with a question."""


class Surroundings(Protocol):
    """Where a clause stands in its document."""

    def context(self, clause: Clause) -> str:
        """Return what a clause stands under: titles, place, headings, merged cells."""

    def children(self, clause: Clause) -> Sequence[Clause]:
        """Return the labelled clauses right below, in order."""


def candidates_of(
    question: Question, found: Sequence[Evidence], around: Surroundings
) -> list[Candidate]:
    """Return evidence as the ranker compares it; what says nothing itself stands for its clause."""
    hits = {evidence.hit.rank: evidence.hit for evidence in found}
    scores = sorted((hit.score for hit in hits.values()), reverse=True)
    passages = {rank: _passage(hit, scores, around) for rank, hit in hits.items()}
    return [
        Candidate(
            text=shown(question, evidence.span, around),
            place=_place(evidence.span),
            passage=passages[evidence.hit.rank],
            total=evidence.total,
            fits=evidence.fits,
        )
        for evidence in found
    ]


def _passage(hit: Hit, scores: Sequence[float], around: Surroundings) -> Passage:
    top = scores[0] or 1.0
    rival = scores[0] if hit.score < scores[0] or len(scores) == 1 else scores[1]
    return Passage(
        sentences=tuple(search_form(span.text) for span in _sentences(hit.clause)) or ("",),
        whole=search_form(hit.clause.text) + search_form(around.context(hit.clause)),
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


def shown(question: Question, span: Span, around: Surroundings) -> str:
    """Return what a span says in search form.

    A cell says its row and column too; what says nothing itself stands for its clause; what announces a list
    (应当提交下列材料：) says what is listed, as much of it as `MOST_ITEMS` characters hold.
    """
    stands_for = speaks_for_clause(question, span) or is_bare(span)
    text = span.clause.text if stands_for else span.text
    if span.clause.kind is ClauseKind.ROW:
        return search_form(_told_cell(span))
    if is_lead_in(span):
        items = "".join(item.text for item in around.children(span.clause))
        text = f"{text}{items[:MOST_ITEMS]}"
    return search_form(text)


def _told_cell(span: Span) -> str:
    """Return what the other cells of a row say in words, then the column and the cell itself."""
    own = span.clause.start + span.start
    beside = (told_beside(c) for c in span.clause.cells if not c.start <= own < c.end)
    return "\t".join([*filter(None, beside), f"{span.head}：{span.text}"])


def is_lead_in(span: Span) -> bool:
    """Tell what announces a list: it ends with a colon, or is the title of an annex."""
    titled = span.clause.kind is ClauseKind.TITLE and span.clause.labels.startswith("附件")
    return titled or announces(span.text)
