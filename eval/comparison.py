"""Two runs over the same questions: every metric tested, and every question that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from eval.run import Result
from eval.scores import BY_NAME, METRICS, Metric
from eval.statistics import PairedTest, paired_test
from index.errors import TiaoWenError

LEVEL = 0.05
GUARDED = ("correct_cited", "false_refusal", "false_answer", "ungrounded")


class ComparisonError(TiaoWenError):
    """Two runs have nothing to compare."""


class Change(StrEnum):
    """What became of a question."""

    FIXED = "改好"
    BROKEN = "改坏"
    OTHER = "结果不变，回答变了"


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that was answered differently."""

    change: Change
    before: Result
    after: Result


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric before and after, over the questions that have it in both runs."""

    metric: Metric
    before: float
    after: float
    test: PairedTest

    @property
    def worse_by(self) -> float:
        """How much worse the metric is now; negative when it is better."""
        return self.before - self.after if self.metric.higher else self.after - self.before

    @property
    def is_significant(self) -> bool:
        """Whether the difference is unlikely to be chance."""
        return self.test.p_value < LEVEL


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences of all metrics, and the changed questions: broken ones first.

    `only_before` and `only_after` are the ids of questions that are not in both runs, or were
    put differently.
    """

    differences: tuple[Difference, ...]
    changed: tuple[Changed, ...]
    shared: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


def compare(before: Sequence[Result], after: Sequence[Result]) -> Comparison:
    """Compare two runs over the questions they share.

    Raises:
        ComparisonError: if they share none.
    """
    old, new = _by_key(before), _by_key(after)
    shared = [key for key in old if key in new]
    if not shared:
        raise ComparisonError("两次评测没有相同的题目。")
    pairs = [(old[key], new[key]) for key in shared]
    return Comparison(
        tuple(_differences(pairs)),
        tuple(sorted(_changes(pairs), key=lambda c: _ORDER.index(c.change))),
        len(shared),
        tuple(key[0] for key in old if key not in new),
        tuple(key[0] for key in new if key not in old),
    )


_ORDER = (Change.BROKEN, Change.FIXED, Change.OTHER)
_Key = tuple[str, tuple[str, ...]]


def _by_key(results: Sequence[Result]) -> dict[_Key, Result]:
    return {(result.item.item_id, result.item.turns): result for result in results}


def _differences(pairs: Sequence[tuple[Result, Result]]) -> Iterator[Difference]:
    for metric in METRICS:
        name = metric.name
        both = [
            (old.scores[name], new.scores[name])
            for old, new in pairs
            if name in old.scores and name in new.scores
        ]
        if both:
            olds, news = zip(*both, strict=True)
            count = len(both)
            test = paired_test(olds, news)
            yield Difference(metric, sum(olds) / count, sum(news) / count, test)


def _changes(pairs: Sequence[tuple[Result, Result]]) -> Iterator[Changed]:
    for old, new in pairs:
        if old.is_right != new.is_right:
            yield Changed(Change.FIXED if new.is_right else Change.BROKEN, old, new)
        elif _said(old) != _said(new):
            yield Changed(Change.OTHER, old, new)


def _said(result: Result) -> tuple[object, ...]:
    answer = result.answer
    cited = tuple(citation.clause.clause_id for citation in answer.citations)
    return answer.status, answer.text, cited


def regressions(differences: Sequence[Difference], tolerance: float) -> tuple[Difference, ...]:
    """Return the guarded metrics that are worse by more than `tolerance` (a share, 0-1).

    A number without a source is never tolerated.
    """
    return tuple(
        difference
        for difference in differences
        if difference.metric.name in GUARDED
        and difference.worse_by > (tolerance if difference.metric.is_share else 0) + 1e-9
    )


def figures_worse(
    before: Mapping[str, float], after: Mapping[str, float], tolerance: float
) -> tuple[str, ...]:
    """Do the same with means alone, where the questions of the earlier run are not at hand."""
    worse = []
    for name in GUARDED:
        if name in before and name in after:
            metric = BY_NAME[name]
            loss = (before[name] - after[name]) * (1 if metric.higher else -1)
            if loss > (tolerance if metric.is_share else 0) + 1e-9:
                worse.append(name)
    return tuple(worse)
