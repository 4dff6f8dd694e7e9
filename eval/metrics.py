"""Pure: what is measured. Every metric is defined, with its source, where it is computed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.types import Answer, Citation, Status
from eval.dataset import COMPUTED_TYPES, QAItem, clause_text
from eval.matching import contains, known_numbers, numbers, supports

ANSWERED = frozenset({Status.ANSWERED, Status.PARTIAL})
REFUSED = frozenset({Status.REFUSED, Status.CLARIFY, Status.CHAT})
CONCISE_LENGTH = 160
CONCISE_RATIO = 4
# The punctuation that the CMRC2018 script drops (its "……" is two characters and never matches one)
_DROPPED = frozenset("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_TOKENS = re.compile(r"[一-龥]|[^\W一-龥]+(?:[.,][^\W一-龥]+)*|[^\w\s]")
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


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """Answering only what is at least as sure as `threshold`: how much is answered, how wrong.

    `coverage` is the share of questions answered, `risk` the share of errors among these.
    """

    threshold: float
    coverage: float
    risk: float


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
    return any(_is_gold(item, citation) for citation in answer.citations)


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
    as a whole, in a cited clause, in the title of its document, or in the user's own turns (25年 there
    is 2025年 too). Figures that the answer declares as counted (`Answer.computed`) are no quotation.
    Promised to be none. Our own rule: the mechanical part of attribution (Rashkin et al., Measuring
    Attribution in Natural Language Generation Models, 2023). Numbers written in Chinese
    characters are not looked at.
    """
    asked = [_SHORT_YEAR.sub(r"20\1年 \g<0>", turn) for turn in item.turns]
    cited = [f"{clause_text(c.clause)} {c.document.title}" for c in answer.citations]
    sources = [*asked, *cited]
    known = frozenset[str]().union(*map(known_numbers, sources))
    known |= frozenset(answer.computed)
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


def exact_match(references: Sequence[str], text: str) -> bool:
    """EM: the text is one of the references, but for case, the ends and the script's punctuation.

    The evaluation script of CMRC2018 (Cui et al., A Span-Extraction Dataset for Chinese Machine
    Reading Comprehension, 2019).
    """
    return any(_unpunctuated(reference) == _unpunctuated(text) for reference in references)


def character_f1(references: Sequence[str], text: str) -> float:
    """Character F1 of CMRC2018: overlap is the longest common *substring*, best reference counts.

    Units are Chinese characters, and words of other scripts (by a simple rule in place of the
    script's nltk). SQuAD's F1 counts common units anywhere and is never lower. No reference: 0.
    """
    units = _units(text)
    return max((_f1(units, _units(r), _common_substring) for r in references), default=0.0)


def rouge_l(references: Sequence[str], text: str) -> float:
    """ROUGE-L: F-measure (beta 1) of the longest common *subsequence*, best reference counts.

    Lin, ROUGE: A Package for Automatic Evaluation of Summaries (2004), over the units of
    `character_f1`.
    """
    units = _units(text)
    return max((_f1(units, _units(r), _common_subsequence) for r in references), default=0.0)


def _unpunctuated(text: str) -> str:
    return "".join(char for char in text.lower().strip() if char not in _DROPPED)


def _units(text: str) -> list[str]:
    return _TOKENS.findall(_unpunctuated(text))


def _f1(
    units: Sequence[str],
    reference: Sequence[str],
    overlap: Callable[[Sequence[str], Sequence[str]], int],
) -> float:
    """Precision and recall have the same numerator, so F1 is 2·overlap over the sum of lengths."""
    total = len(units) + len(reference)
    return 2 * overlap(units, reference) / total if total else 0.0


def _common_substring(a: Sequence[str], b: Sequence[str]) -> int:
    longest, above = 0, [0] * (len(b) + 1)
    for unit in a:
        row = [0, *(above[j] + 1 if unit == other else 0 for j, other in enumerate(b))]
        longest, above = max(longest, *row), row
    return longest


def _common_subsequence(a: Sequence[str], b: Sequence[str]) -> int:
    above = [0] * (len(b) + 1)
    for unit in a:
        row = [0]
        for j, other in enumerate(b):
            row.append(above[j] + 1 if unit == other else max(row[j], above[j + 1]))
        above = row
    return above[-1]


def citation_precision(item: QAItem, answer: Answer) -> float | None:
    """Citation precision: the share of citations that are gold clauses; none cited is 0.

    ALCE (Gao et al., 2023), with gold clauses in place of an entailment model. None for a
    question without gold clauses.
    """
    if not item.clauses:
        return None
    right = sum(_is_gold(item, citation) for citation in answer.citations)
    return right / len(answer.citations) if answer.citations else 0.0


def citation_recall(item: QAItem, answer: Answer) -> float | None:
    """Citation recall: the share of what must be said that the cited gold clauses support.

    ALCE asks of every statement whether what it cites entails it; here the statements are the
    required elements, and one is supported when an alternative stands in a cited gold clause.
    What is counted or compared stands nowhere as such: there the gold documents take the
    elements' place. So gold clauses that say the same (text and table) need not all be cited.
    None for a question without gold clauses.
    """
    if not item.clauses:
        return None
    cited = [citation for citation in answer.citations if _is_gold(item, citation)]
    if item.kind in COMPUTED_TYPES:
        documents = {gold.partition("#")[0] for gold in item.clauses}
        return len({citation.clause.doc_id for citation in cited}) / len(documents)
    texts = [clause_text(citation.clause) for citation in cited]
    supported = sum(
        any(contains(text, part) for text in texts for part in alternatives)
        for alternatives in item.elements
    )
    return supported / len(item.elements)


def _is_gold(item: QAItem, citation: Citation) -> bool:
    return citation.document.doc_id == citation.clause.doc_id and any(
        supports(gold, citation.clause.clause_id) for gold in item.clauses
    )


def risk_coverage(confidences: Sequence[float], errors: Sequence[bool]) -> tuple[RiskPoint, ...]:
    """Risk-coverage curve: a point for every threshold that answers more than the one before.

    El-Yaniv and Wiener, On the Foundations of Noise-free Selective Classification (2010).

    Raises:
        ValueError: if there are not as many errors as confidences.
    """
    ordered = sorted(zip(confidences, errors, strict=True), key=lambda pair: -pair[0])
    points: list[RiskPoint] = []
    wrong = 0
    for answered, (confidence, error) in enumerate(ordered, 1):
        wrong += error
        if answered < len(ordered) and ordered[answered][0] == confidence:
            continue
        points.append(RiskPoint(confidence, answered / len(ordered), wrong / answered))
    return tuple(points)


def aurc(curve: Sequence[RiskPoint]) -> float:
    """Area under the risk-coverage curve, the lower the better.

    The mean over the questions of the risk at each one's own confidence (Geifman, Uziel and
    El-Yaniv, Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers, 2019); questions
    that are equally sure share one risk. An empty curve has 0.
    """
    covered = [0.0, *(point.coverage for point in curve)]
    return math.fsum(
        point.risk * (point.coverage - before)
        for point, before in zip(curve, covered, strict=False)
    )
