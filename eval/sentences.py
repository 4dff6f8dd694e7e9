"""Reading comprehension as the assistant does it: which sentence it would choose to answer with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.spans import search_form
from assistant.judge import Judge
from assistant.understanding.question import analyse
from assistant.understanding.routing import Route
from eval.formats.collection import Collection
from eval.ranking import mean
from eval.statistics import Interval, bootstrap_interval


@dataclass(frozen=True, slots=True)
class Choice:
    """What became of one question: the first piece of evidence, and whether the gate lets it by."""

    is_sentence: bool
    is_in_five: bool
    is_passage: bool
    passes: bool


@dataclass(frozen=True, slots=True)
class SentenceFigures:
    """How often the gold answer stands in the chosen sentence, as one of the right passage.

    `sentence` and `in_five` leave the gate out of account: the first, or one of the first five
    pieces. `passage` is the share whose first piece is of the right passage, `passes` the share
    that the gate lets by, `sentence_passed` is `sentence` among those.
    """

    sentence: Interval
    in_five: Interval
    passage: Interval
    passes: Interval
    sentence_passed: float
    count: int


def choices(
    judge: Judge,
    collection: Collection,
    threshold: float,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Choice]:
    """Judge as the assistant does, unrouted, and look where the gold answers stand.

    What is less sure than `threshold`, 0-1, does not pass.
    A reference answer that runs over two sentences is never found in one.
    """
    asked = [query for query in collection.queries if query.answers]
    found = []
    for done, query in enumerate(asked, 1):
        question = analyse(query.text)
        judged = judge.judge(question, Route(), judge.terms(question, Route()))
        gold = [search_form(answer) for answer in query.answers]
        relevant = frozenset(collection.relevant(query.query_id))
        pieces = [
            (e.span.clause.doc_id in relevant, any(a in search_form(e.span.text) for a in gold))
            for e in judged.ranked[:5]
        ]
        right = [all(piece) for piece in pieces]
        passes = judged.confidence >= threshold
        found.append(Choice(right[:1] == [True], any(right), any(p[0] for p in pieces[:1]), passes))
        progress(done, len(asked))
    return found


def figures_of(found: Sequence[Choice]) -> SentenceFigures:
    """Take the means.

    Raises:
        ValueError: if there are no choices.
    """
    return SentenceFigures(
        sentence=bootstrap_interval([float(c.is_sentence) for c in found]),
        in_five=bootstrap_interval([float(c.is_in_five) for c in found]),
        passage=bootstrap_interval([float(c.is_passage) for c in found]),
        passes=bootstrap_interval([float(c.passes) for c in found]),
        sentence_passed=mean([float(c.is_sentence) for c in found if c.passes]),
        count=len(found),
    )
