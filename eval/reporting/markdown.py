"""Pure: a run as Markdown, for pull requests and mails; the plots become tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from eval.figures import Risk
from eval.reasons import reason_of
from eval.reporting.content import Content, about
from eval.reporting.plots import histogram_of
from eval.run import Result
from eval.runs import OURS
from eval.tables import (
    one_line,
    render_by_type,
    render_differences,
    render_groups,
    render_systems,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~!&])")
_SHARES = 10


def render_markdown(content: Content) -> str:
    """Return the whole report."""
    ours = content.run.ours
    groups = content.groups
    facts = [f"- {escaped(name)}：{escaped(value)}" for name, value in about(content.run)]
    parts = [
        f"# 评测报告 {escaped(content.run.name)}",
        "\n".join(facts),
        "## 各系统",
        table(render_systems(groups, content.risks)),
        *([table(render_by_type(groups))] if len(groups) > 1 else []),
        "## 按题型、问法、文件",
        table(render_groups(groups[OURS])),
        "## 风险与作答比例",
        table(_risk_rows(content.risks[OURS])),
        "## 延迟",
        table([["毫秒", "题数"], *([b, str(n)] for b, n in histogram_of(_latencies(ours)))]),
        *_comparison(content),
        f"## 未通过的题：{len(content.failed)}",
        *map(_failure, content.failed),
    ]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table; the first column is text, the others are figures."""
    head, *body = ([escaped(cell) for cell in row] for row in rows)
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))


def _risk_rows(risk: Risk) -> list[list[str]]:
    """Return the curve at its points nearest below each tenth of coverage."""
    rows = [["作答比例", "答错率", "把握不低于"]]
    for point, following in pairwise((*risk.points, None)):
        if point is None:
            continue
        reached = int(point.coverage * _SHARES)
        if following is None or int(following.coverage * _SHARES) > reached:
            shares = [f"{100 * point.coverage:.1f}%", f"{100 * point.risk:.1f}%"]
            rows.append([*shares, f"{point.threshold:.2f}"])
    return rows


def _latencies(results: Sequence[Result]) -> list[float]:
    return [result.latency_ms for result in results]


def _comparison(content: Content) -> list[str]:
    found = content.comparison
    if found is None:
        return []
    lines = [
        f"- {changed.change.value} {escaped(changed.after.item.item_id)} "
        f"{escaped(one_line(changed.after.item.question))}：{_verdict(changed.before)}"
        f" → {_verdict(changed.after)}"
        for changed in found.changed
    ]
    title = f"## 与 {escaped(content.compared_with)} 相比（相同的 {found.shared} 题）"
    return [title, table(render_differences(found)), "\n".join(lines) or "没有变化。"]


def _verdict(result: Result) -> str:
    return escaped(reason_of(result.item, result.answer, result.judgement) or "对")


def _failure(result: Result) -> str:
    item, answer = result.item, result.answer
    return "\n".join(
        [
            f"- **{escaped(item.item_id)}** {_verdict(result)}",
            f"  - 问：{escaped(' → '.join(map(one_line, item.turns)))}",
            f"  - 参考：{escaped(one_line(item.answer) or f'应拒答：{item.why}')}",
            f"  - 答：{escaped(one_line(answer.text))}",
        ]
    )
