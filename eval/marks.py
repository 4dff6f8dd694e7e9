"""Marks for a CI: figures that must be reached, and an earlier run that must not be fallen behind."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.comparison import Comparison, compare, figures_worse, regressions
from eval.run import Result
from eval.runs import OURS, RunError, read_run
from eval.scores import BY_NAME

DEFAULT = "correct_cited"


@dataclass(frozen=True, slots=True)
class Mark:
    """A metric that must be at least `percent`."""

    metric: str
    percent: float


def parse_mark(text: str) -> Mark:
    """Read `80` (correct and cited) or `clause_success@1=70`.

    Raises:
        ValueError: if it is no percentage, or the metric is unknown or better when lower.
    """
    name, separator, percent = text.rpartition("=")
    metric = BY_NAME.get(name if separator else DEFAULT)
    if metric is None or not (metric.higher and metric.is_share):
        raise ValueError(f"{name} is no metric with a lower bound")
    return Mark(metric.name, float(percent))


def below(marks: Sequence[Mark], means: Mapping[str, float]) -> list[str]:
    """Return a line on every mark that is missed. A metric no question has misses nothing."""
    return [
        f"{BY_NAME[mark.metric].label} {100 * means[mark.metric]:.1f}%，低于 {mark.percent:g}%"
        for mark in marks
        if mark.metric in means and 100 * means[mark.metric] < mark.percent
    ]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an earlier run says about this one; no comparison where only its means are known."""

    lines: tuple[str, ...]
    comparison: Comparison | None = None


def against(
    baseline: Path, results: Sequence[Result], means: Mapping[str, float], points: float
) -> Verdict:
    """Compare with an earlier run: its folder, a file of it, or a copy of its metrics.json.

    Raises:
        TiaoWenError: if it cannot be read or shares no question.
    """
    alone = baseline.suffix == ".json" and not (baseline.parent / "questions.jsonl").is_file()
    if alone:
        names = figures_worse(_means(baseline), means, points / 100)
        return Verdict(tuple(f"{BY_NAME[name].label} 比 {baseline.name} 差" for name in names))
    before = read_run(baseline)
    comparison = compare(before.ours, results)
    worse = regressions(comparison.differences, points / 100)
    return Verdict(
        tuple(f"{d.metric.label} 比 {before.name} 差（p={d.test.p_value:.3f}）" for d in worse),
        comparison,
    )


def _means(path: Path) -> dict[str, float]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        figures = data["systems"][OURS]["groups"][0]["figures"]
        return {name: float(figure["mean"]) for name, figure in figures.items()}
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise RunError(f"{path}：不是评测的 metrics.json（{error}）。") from error
