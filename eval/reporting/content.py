"""Pure: what both forms of the report show."""

from __future__ import annotations

from dataclasses import dataclass

from eval.comparison import Comparison
from eval.figures import Group, Risk, groups_of, risk_of
from eval.reporting.plots import Bar
from eval.run import Result
from eval.runs import OURS, Run
from eval.tables import right_figure


@dataclass(frozen=True, slots=True)
class Content:
    """A run with everything computed from it, and the comparison with an earlier one."""

    run: Run
    groups: dict[str, tuple[Group, ...]]
    risks: dict[str, Risk]
    comparison: Comparison | None = None
    compared_with: str = ""

    @property
    def failed(self) -> tuple[Result, ...]:
        """The results that fail something, wrong answers before smaller faults."""
        failed = [result for result in self.run.ours if result.failures]
        return tuple(sorted(failed, key=lambda result: result.is_right))


def content_of(run: Run, comparison: Comparison | None = None, compared_with: str = "") -> Content:
    """Compute what a report of `run` shows."""
    groups = {name: groups_of(results) for name, results in run.systems.items()}
    risks = {name: risk_of(results) for name, results in run.systems.items()}
    return Content(run, groups, risks, comparison, compared_with)


def bars_of(content: Content, kind: str) -> list[Bar]:
    """Return a bar for every group of one kind: right answers, or refusals where right."""
    rows = []
    for group in content.groups[OURS]:
        figure = right_figure(group)
        if group.kind == kind and figure:
            rows.append(Bar(group.label, figure.mean, figure.low, figure.high, figure.count))
    return rows


def system_bars(content: Content) -> list[Bar]:
    """Return a bar for every system: correct and cited answers."""
    totals = ((name, right_figure(groups[0])) for name, groups in content.groups.items())
    return [Bar(name, f.mean, f.low, f.high, f.count) for name, f in totals if f]


def about(run: Run) -> list[tuple[str, str]]:
    """Return what was measured, as pairs of a name and a value."""
    documents = run.index.get("documents", [])
    arguments = run.config.get("arguments", {})
    return [
        ("时间", str(run.config.get("started", ""))),
        ("题目", f"{len(run.ours)} 题，{'、'.join(map(str, run.config.get('questions', {})))}"),
        ("划分", str(arguments.get("split") or "全部")),
        ("文件", f"{len(documents)} 份，{run.index.get('clauses', '?')} 个条款"),
        ("嵌入", str(run.index.get("embedding", ""))),
        ("版本", f"tiaowen {run.config.get('version', '')}，Python {run.config.get('python', '')}"),
    ]
