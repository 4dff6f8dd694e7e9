"""Pure: what is measured. Every metric is defined, with its source, where it is computed."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Answer, Status
from eval.dataset import QAItem, clause_text
from eval.matching import contains, known_numbers, numbers, supports

ANSWERED = frozenset({Status.ANSWERED, Status.PARTIAL})
REFUSED = frozenset({Status.REFUSED, Status.CLARIFY, Status.CHAT})
CONCISE_LENGTH = 160
CONCISE_RATIO = 4
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)年")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the metrics say about one answer. `ungrounded` are the numbers without a source.

    `gold_rank` is the rank of the first gold clause among the hits, None when there is none.
    """

    correct: bool
    cited: bool
    concise: bool
    refused: bool
    ungrounded: tuple[str, ...]
    gold_rank: int | None


def judge(item: QAItem, answer: Answer) -> Judgement:
    """Apply every metric to one answer."""
    return Judgement(
        correct=is_correct(item, answer),
        cited=is_cited(item, answer),
        concise=is_concise(item, answer),
        refused=is_refused(answer),
        ungrounded=ungrounded_numbers(item, answer),
        gold_rank=gold_rank(item, answer),
    )


def is_correct(item: QAItem, answer: Answer) -> bool:
    """Correct: it is an answer, holds every required element and no forbidden string.

    An element holds when one of its alternatives occurs in the normalised text. The elements are
    the vital nuggets of TREC QA (Voorhees, Overview of the TREC 2003 Question Answering Track),
    matched as strings the way SQuAD normalises before comparing (Rajpurkar et al., 2016).
    Always false for a question that has no answer in the documents: there refusing is right.
    """
    if not item.answerable or answer.status not in ANSWERED:
        return False
    if any(contains(answer.text, part) for part in item.forbidden):
        return False
    return all(
        any(contains(answer.text, part) for part in alternatives) for alternatives in item.elements
    )


def is_cited(item: QAItem, answer: Answer) -> bool:
    """Cited: at least one citation is a gold clause of the same document (`supports`).

    Success over the citations, the all-or-nothing form of citation recall in ALCE (Gao et al.,
    Enabling Large Language Models to Generate Text with Citations, 2023), with gold clauses in
    place of an entailment model.
    """
    return any(
        citation.document.doc_id == citation.clause.doc_id
        and supports(gold, citation.clause.clause_id)
        for citation in answer.citations
        for gold in item.clauses
    )


def is_concise(item: QAItem, answer: Answer) -> bool:
    """Concise: at most 160 characters, or four times the reference answer when that is more.

    Our own rule: without it, copying whole clauses would count as answering.
    """
    return len(answer.text) <= max(CONCISE_LENGTH, CONCISE_RATIO * len(item.answer))


def is_refused(answer: Answer) -> bool:
    """Refused: the status says that no answer was given (refused, clarify or chat).

    Right for unanswerable questions, a false refusal for answerable ones; both rates are reported
    side by side as for SQuAD 2.0 (Rajpurkar et al., Know What You Don't Know, 2018).
    """
    return answer.status in REFUSED


def ungrounded_numbers(item: QAItem, answer: Answer) -> tuple[str, ...]:
    """Grounding violations: numbers of the answer text that nothing given supports.

    A number (digits with decimals, %, ratio or clock colon, range) is supported when it stands,
    as a whole, in a cited clause or in the user's own turns (25年 there is 2025年 too). Promised
    to be none. Our own rule: the mechanical part of attribution (Rashkin et al., Measuring
    Attribution in Natural Language Generation Models, 2023). Numbers written in Chinese
    characters are not looked at.
    """
    asked = [_SHORT_YEAR.sub(r"20\1年 \g<0>", turn) for turn in item.turns]
    sources = [*asked, *(clause_text(citation.clause) for citation in answer.citations)]
    known = frozenset[str]().union(*map(known_numbers, sources))
    return tuple(number for number in numbers(answer.text) if number not in known)


def gold_rank(item: QAItem, answer: Answer) -> int | None:
    """Return the rank of the first gold clause among the hits: its reciprocal is MRR's summand."""
    ranks = (
        hit.rank
        for hit in answer.hits
        if any(supports(gold, hit.clause.clause_id) for gold in item.clauses)
    )
    return min(ranks, default=None)


def percentile(values: Sequence[float], percent: float) -> float | None:
    """Return the nearest-rank percentile: the smallest value that `percent` % do not exceed.

    Definition 1 in Hyndman and Fan, Sample Quantiles in Statistical Packages (1996). None when
    there are no values.
    """
    if not values:
        return None
    return sorted(values)[max(math.ceil(len(values) * percent / 100), 1) - 1]
