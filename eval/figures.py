"""Results to figures: means with confidence intervals, by group and in total."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from eval.dataset import KINDS, QAItem
from eval.metrics import RiskPoint, aurc, percentile, risk_coverage
from eval.run import Result
from eval.scores import METRICS, confidence_of
from eval.statistics import bootstrap_interval

TOTAL = "合计"
_LABELS = {name: said for said, name in KINDS.items()} | {"staff": "工作人员", "lay": "家长学生"}
GROUPINGS: tuple[tuple[str, Callable[[QAItem], str]], ...] = (
    ("题型", lambda item: item.kind),
    ("问法", lambda item: item.style),
    ("文件", lambda item: item.doc or "（不限一份）"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """The mean of a metric over `count` questions, with a 95 % interval."""

    mean: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of some of the questions, by name of the metric; without those nobody has.

    `kind` says by what they were grouped; the latencies are milliseconds.
    """

    kind: str
    name: str
    count: int
    figures: dict[str, Figure]
    p50_ms: float
    p95_ms: float

    @property
    def label(self) -> str:
        """The name in Chinese."""
        return _LABELS.get(self.name, self.name)


@dataclass(frozen=True, slots=True)
class Risk:
    """The risk–coverage curve of the questions that got an answer, least sure last.

    `attempted` is their share of all questions: what was refused never got an answer that could
    be right or wrong, so `coverage` ends there. `area` is the AURC over the attempted ones.
    """

    points: tuple[RiskPoint, ...]
    area: float
    attempted: float


def risk_of(results: Sequence[Result]) -> Risk:
    """Compute the curve; an error is an answer that is not both correct and cited."""
    tried = [result for result in results if not result.judgement.refused]
    share = len(tried) / len(results) if results else 0.0
    if not tried:
        return Risk((), 0.0, share)
    curve = risk_coverage(
        [confidence_of(result.answer) for result in tried],
        [not result.is_right for result in tried],
    )
    points = tuple(RiskPoint(p.threshold, p.coverage * share, p.risk) for p in curve)
    return Risk(points, aurc(curve), share)


def groups_of(results: Sequence[Result]) -> tuple[Group, ...]:
    """Compute the total first, then every type, style and document."""
    groups = [_group(TOTAL, TOTAL, results)]
    for kind, key in GROUPINGS:
        ordered = sorted(results, key=lambda r: (not r.item.answerable, key(r.item)))
        for name in dict.fromkeys(key(result.item) for result in ordered):
            groups.append(_group(kind, name, [r for r in results if key(r.item) == name]))
    return tuple(groups)


def _group(kind: str, name: str, results: Sequence[Result]) -> Group:
    latencies = [result.latency_ms for result in results]
    return Group(
        kind,
        name,
        len(results),
        dict(_figures(results)),
        percentile(latencies, 50) or 0.0,
        percentile(latencies, 95) or 0.0,
    )


def _figures(results: Sequence[Result]) -> Iterator[tuple[str, Figure]]:
    for metric in METRICS:
        values = [r.scores[metric.name] for r in results if metric.name in r.scores]
        if values:
            interval = bootstrap_interval(values)
            yield metric.name, Figure(interval.mean, interval.low, interval.high, len(values))
