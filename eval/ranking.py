"""Pure: measures of a ranking, over ids. Per query first; the mean is the caller's second step.

The names are those of ir_measures (MacAvaney et al., Streamlining Evaluation with ir-measures,
2022): Success@k is "any found in the first k", Recall@k is the share found. A query without
relevant ids scores 0, as in trec_eval; leave such queries out before taking a mean.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence


def success_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Success@k: 1 if one of the first `k` ids is relevant, else 0.

    TREC 2002 web track, named page finding (Craswell and Hawking, 2002); trec_eval `success`.
    """
    return float(any(name in relevant for name in ranked[:k]))


def recall_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Recall@k: the share of the relevant ids that stand among the first `k`.

    trec_eval `recall_k`; Manning, Raghavan and Schütze, Introduction to Information Retrieval
    (2008), section 8.4.
    """
    wanted = frozenset(relevant)
    return len(wanted.intersection(ranked[:k])) / len(wanted) if wanted else 0.0


def reciprocal_rank(
    ranked: Sequence[str], relevant: Collection[str], k: int | None = None
) -> float:
    """Reciprocal rank: 1 / rank of the first relevant id, 0 if none stands among the first `k`.

    Its mean is MRR (Voorhees, The TREC-8 Question Answering Track Report, 1999).
    """
    for rank, name in enumerate(ranked[:k], 1):
        if name in relevant:
            return 1 / rank
    return 0.0


def ndcg_at(ranked: Sequence[str], grades: Mapping[str, float], k: int) -> float:
    """nDCG@k: discounted gain of the first `k` ids over that of the best possible order.

    Gain is the grade itself and the discount log2(rank + 1), as in trec_eval `ndcg_cut` (Järvelin
    and Kekäläinen, Cumulated Gain-Based Evaluation of IR Techniques, 2002). Grades below 0 count
    as 0; an id that is ranked twice counts twice, so rankings should hold every id once.
    """
    ideal = _gain(sorted((max(grade, 0) for grade in grades.values()), reverse=True)[:k])
    return _gain([max(grades.get(name, 0), 0) for name in ranked[:k]]) / ideal if ideal else 0.0


def _gain(grades: Sequence[float]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def documents_of(ranked: Sequence[str]) -> tuple[str, ...]:
    """Return the documents of clause ids (`doc_id#path`) in order, each where it came first."""
    return tuple(dict.fromkeys(name.partition("#")[0] for name in ranked))


def credited(
    ranked: Sequence[str], gold: Sequence[str], supports: Callable[[str, str], bool]
) -> tuple[str, ...]:
    """Put in place of each ranked clause the gold clause it stands for; others stay as they are.

    A gold clause is credited once, where the first clause that `supports` it stands, so the
    measures above can be taken over the result with the gold clauses as the relevant ids.
    """
    open_gold = list(dict.fromkeys(gold))
    result = []
    for name in ranked:
        match = next((wanted for wanted in open_gold if supports(wanted, name)), None)
        if match is not None:
            open_gold.remove(match)
        result.append(name if match is None else match)
    return tuple(result)


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean, 0 for no values."""
    return math.fsum(values) / len(values) if values else 0.0
