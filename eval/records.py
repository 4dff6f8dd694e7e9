"""Pure: results as plain records and back. What is read back is judged anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from assistant.types import Answer, Citation, Status
from eval.dataset import QAItem, clause_text
from eval.reasons import reason_of
from eval.run import Result
from index.types import Clause, ClauseKind, Document, DocumentKind, Heading, Hit

SHOWN_HITS = 10


def result_record(result: Result) -> dict[str, Any]:
    """Return a result as one line of `questions.jsonl`.

    `item`, `answer` and `latency_ms` are what was measured. The rest follows from them and is
    there for readers; the first ten hits have their trace and text, the others id and score.
    """
    item, verdict = result.item, result.judgement
    return {
        "id": item.item_id,
        "failures": list(result.failures),
        "reason": reason_of(item, result.answer, verdict),
        "scores": dict(result.scores),
        "ungrounded": list(verdict.ungrounded),
        "gold_rank": verdict.gold_rank,
        "item": asdict(item),
        "answer": _answer_record(result.answer),
        "latency_ms": round(result.latency_ms, 3),
    }


def _answer_record(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "status": answer.status.value,
        "text": answer.text,
        "headline": answer.headline,
        "citations": [_citation_record(citation) for citation in answer.citations],
        "hits": [_hit_record(hit) for hit in answer.hits],
        "computed": list(answer.computed),
        "trace": list(answer.trace),
    }


def _citation_record(citation: Citation) -> dict[str, Any]:
    document, clause = citation.document, citation.clause
    return {
        "marker": citation.marker,
        "clause_id": clause.clause_id,
        "clause_path": clause.shown_path,
        "doc_id": document.doc_id,
        "title": document.title,
        "number": document.number,
        "text": clause_text(clause),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
    }


def _hit_record(hit: Hit) -> dict[str, Any]:
    record = {"clause_id": hit.clause.clause_id, "score": float(hit.score), "rank": hit.rank}
    if hit.rank > SHOWN_HITS:
        return record
    trace = {name: round(value, 4) for name, value in hit.trace.items()}
    return record | {"trace": trace, "text": hit.clause.text}


def result_of(record: Mapping[str, Any]) -> Result:
    """Make a result of a line and judge it.

    Raises:
        KeyError, TypeError, ValueError: if the line was not written by `result_record`.
    """
    item = QAItem(**{name: _tuples(value) for name, value in record["item"].items()})
    return Result(item, _answer(record["answer"]), float(record["latency_ms"]))


def _tuples(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _answer(data: Mapping[str, Any]) -> Answer:
    return Answer(
        question=data["question"],
        standalone_question=data["standalone_question"],
        status=Status(data["status"]),
        text=data["text"],
        headline=data["headline"],
        citations=tuple(map(_citation, data["citations"])),
        hits=tuple(
            Hit(_clause(h, ""), h["score"], h["rank"], h.get("trace", {})) for h in data["hits"]
        ),
        computed=tuple(data["computed"]),
        trace=tuple(data["trace"]),
    )


def _citation(data: Mapping[str, Any]) -> Citation:
    full, title, number = DocumentKind.FULL, data["title"], data["number"]
    document = Document(data["doc_id"], title, number, "", "", "", full, "", "", "", ())
    clause = _clause(data, data["clause_path"])
    return Citation(data["marker"], document, clause, data["quote"], data["start"], data["end"])


def _clause(data: Mapping[str, Any], path: str) -> Clause:
    text, clause_id = data.get("text", ""), data["clause_id"]
    doc_id = clause_id.partition("#")[0]
    steps = (Heading(path),) if path else ()
    return Clause(clause_id, doc_id, steps, ClauseKind.PARAGRAPH, text, 0, len(text))
