"""Pure: every metric of one question by name, and what the names mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.types import Answer
from eval.dataset import QAItem
from eval.matching import strip_markers, supports
from eval.metrics import (
    Judgement,
    character_f1,
    citation_precision,
    citation_recall,
    exact_match,
    rouge_l,
)
from eval.ranking import (
    credited,
    documents_of,
    ndcg_at,
    recall_at,
    reciprocal_rank,
    success_at,
)

DEPTH = 10
_SURE = re.compile(r"把握(\d+(?:\.\d+)?) 门槛(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as it is shown. `is_share`: 0-1, shown in percent. `higher`: more is better."""

    name: str
    label: str
    is_share: bool = True
    higher: bool = True


METRICS = (
    Metric("correct", "正确"),
    Metric("correct_cited", "正确且引对"),
    Metric("correct_cited_concise", "正确、引对且简明"),
    Metric("exact_match", "EM 完全一致"),
    Metric("character_f1", "字 F1"),
    Metric("rouge_l", "ROUGE-L"),
    Metric("citation_precision", "引用准确率"),
    Metric("citation_recall", "引用召回率"),
    Metric("false_refusal", "误拒", higher=False),
    Metric("false_answer", "该拒未拒", higher=False),
    Metric("ungrounded", "无据数字（每题）", is_share=False, higher=False),
    *(
        Metric(f"{level}_{name}", f"{shown} {name}")
        for level, shown in (("clause", "条款"), ("document", "文件"))
        for name in ("success@1", "success@5", "success@10", "recall@10", "mrr", "ndcg@10")
    ),
)
BY_NAME = {metric.name: metric for metric in METRICS}


def scores_of(item: QAItem, answer: Answer, verdict: Judgement) -> dict[str, float]:
    """Return the metrics that apply to an item: those of answers only where there is one.

    `correct_cited` and `correct_cited_concise` are conjunctions: an answer that misses the first
    condition fails the others. `false_refusal` and `false_answer` are the two error rates of
    SQuAD 2.0 (Rajpurkar et al., Know What You Don't Know, 2018); `ungrounded` counts the numbers
    without a source.
    """
    ungrounded = {"ungrounded": float(len(verdict.ungrounded))}
    if not item.answerable:
        return {"false_answer": float(not verdict.refused), **ungrounded}
    cited = verdict.correct and verdict.cited
    return {
        "correct": float(verdict.correct),
        "correct_cited": float(cited),
        "correct_cited_concise": float(cited and verdict.concise),
        **_overlap(item, answer),
        "false_refusal": float(verdict.refused),
        **ungrounded,
        **dict(_retrieval(item, answer)),
    }


def _overlap(item: QAItem, answer: Answer) -> dict[str, float]:
    """Compare with the reference what was said: the asked-for value when there is one."""
    said = strip_markers(answer.headline or answer.text)
    references = (item.answer,)
    return {
        "exact_match": float(exact_match(references, said)),
        "character_f1": character_f1(references, said),
        "rouge_l": rouge_l(references, said),
        "citation_precision": citation_precision(item, answer) or 0.0,
        "citation_recall": citation_recall(item, answer) or 0.0,
    }


def _retrieval(item: QAItem, answer: Answer) -> Iterator[tuple[str, float]]:
    clauses = ranking_of(answer)
    levels = {
        "clause": (dict.fromkeys(credited(clauses, item.clauses, supports)), item.clauses),
        "document": (documents_of(clauses), documents_of(item.clauses)),
    }
    for level, (found, relevant) in levels.items():
        ranked = tuple(found)
        for k in (1, 5, 10):
            yield f"{level}_success@{k}", success_at(ranked, relevant, k)
        yield f"{level}_recall@10", recall_at(ranked, relevant, DEPTH)
        yield f"{level}_mrr", reciprocal_rank(ranked, relevant)
        yield f"{level}_ndcg@10", ndcg_at(ranked, dict.fromkeys(relevant, 1), DEPTH)


def ranking_of(answer: Answer) -> list[str]:
    """Return the clause ids found for a question, best first, each once.

    The hits in order of rank, so that the hits of a question in several parts take turns. What
    is looked up without a search (the letterhead, counts) has no hits: there, what is cited.
    """
    hits = sorted(answer.hits, key=lambda hit: hit.rank)
    found = [hit.clause.clause_id for hit in hits]
    cited = [citation.clause.clause_id for citation in answer.citations]
    return list(dict.fromkeys(found or cited))


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure an engine was of its evidence, and from where on it answers (None: unknown)."""

    value: float
    threshold: float | None = None


def sureness_of(answer: Answer) -> Sureness | None:
    """Read how sure the engine was out of the trace; None when the gate was not asked.

    Of several parts the least sure that passed counts, when none passed the surest.
    """
    read = [(float(a), float(b)) for line in answer.trace for a, b in _SURE.findall(line)]
    passed = [pair for pair in read if pair[0] >= pair[1]]
    chosen = min(passed) if passed else max(read, default=None)
    return Sureness(*chosen) if chosen else None


def confidence_of(answer: Answer) -> float:
    """Return what orders the answers of one engine: its gate, else its best score, else 1."""
    sure = sureness_of(answer)
    if sure is not None:
        return sure.value
    return answer.hits[0].score if answer.hits else 1.0
