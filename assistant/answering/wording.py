"""Pure: a finding to the answer that is shown: lines, markers, citations, verification."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answering import phrases
from assistant.answering.draft import Piece
from assistant.answering.finding import Finding
from assistant.answering.spans import Span
from assistant.answering.verification import verify
from assistant.types import Answer, Citation, Status
from index.types import Clause, ClauseKind, Document

NOWHERE = Clause("#", "", (), ClauseKind.PARAGRAPH, "", 0, 0)
_SAID = " ".join(
    value for name, value in vars(phrases).items() if name.isupper() and isinstance(value, str)
)


def worded(
    question: str, standalone: str, finding: Finding, documents: Mapping[str, Document]
) -> Answer:
    """Number the citations, put the lines together, and verify them."""
    lines = [finding.words] if finding.words else []
    citations: list[Citation] = []
    for piece in finding.draft.pieces:
        cited = _cited(piece, citations, documents)
        marks = "".join(f"〔{citation.marker}〕" for citation in cited)
        lines.append(f"{piece.lead}{_shown(piece.span)}{marks}" if cited else piece.lead)
        citations += [citation for citation in cited if citation not in citations]
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
        finding.computed,
        trace=finding.trace,
    )
    own = [piece.lead for piece in finding.draft.pieces if piece.span.clause is NOWHERE]
    return _verified(answer, "\n".join([finding.words, *own])) if citations else answer


def _cited(
    piece: Piece, known: Sequence[Citation], documents: Mapping[str, Document]
) -> list[Citation]:
    """Return the citations of a piece, none for fixed words alone; those that are known keep theirs."""
    found: list[Citation] = []
    for span in (piece.span, *piece.also):
        if span.clause is NOWHERE:
            continue
        same = (c for c in known if c.clause is span.clause and c.quote == span.text)
        marker = len(known) + sum(citation not in known for citation in found) + 1
        document = documents[span.clause.doc_id]
        new = Citation(marker, document, span.clause, span.text, span.start, span.end)
        found.append(next(same, new))
    return found


def shortened(span: Span, length: int) -> Span:
    """Return the first `length` characters of a span, all of a shorter one."""
    text = span.text[:length]
    return Span(span.clause, span.start, span.start + len(text), text, span.head)


def _shown(span: Span) -> str:
    """Return a piece as one line: cells parted, the line breaks of the file gone."""
    return re.sub(r"\s*[\n\t|]+\s*", " ", span.text).strip(" 。—–")


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
