"""Pure: answers as plain records, the machine interface of `ask --json`, `batch` and the page."""

from __future__ import annotations

from typing import Any

from assistant.types import Answer, Citation


def answer_record(answer: Answer) -> dict[str, Any]:
    """Return status, answer, stand-alone question, citations and latency in milliseconds."""
    return {
        "status": answer.status.value,
        "answer": answer.text,
        "standalone_question": answer.standalone_question,
        "citations": [citation_record(citation) for citation in answer.citations],
        "latency_ms": round(answer.timings.get("total", 0.0), 3),
    }


def citation_record(citation: Citation) -> dict[str, Any]:
    """Return a citation; `start` and `end` are characters of the source file, end exclusive.

    `text` is the whole clause, `quote` the part the answer rests on. `place` is where in the file
    the clause stands (第3页, "" for plain text), `confidence` that of character recognition, 1 for
    text that was not recognised, and `notes` are sentences on what has become of the document.
    """
    document, clause = citation.document, citation.clause
    start, end = document.file_span(clause.start, clause.end)
    return {
        "marker": citation.marker,
        "doc_id": document.doc_id,
        "title": document.title,
        "number": document.number,
        "clause_path": clause.shown_path,
        "text": clause.text,
        "quote": citation.quote,
        "source": document.source,
        "start": start,
        "end": end,
        "place": document.place_of(clause.start, clause.end),
        "confidence": document.confidence_of(clause.start, clause.end),
        "notes": list(citation.notes),
    }
