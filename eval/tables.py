"""Pure: figures as aligned text tables, and failures as lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from eval.comparison import Change, Changed, Comparison
from eval.figures import TOTAL, Figure, Group, Risk
from eval.reasons import reason_of
from eval.run import Result
from eval.scores import BY_NAME, METRICS, Metric

CUT = 200
GROUP_METRICS = (
    "correct",
    "correct_cited",
    "correct_cited_concise",
    "false_refusal",
    "false_answer",
    "clause_success@1",
    "clause_success@10",
    "ungrounded",
)
_SHORT = {
    "correct": "正确",
    "correct_cited": "+引对",
    "correct_cited_concise": "+简明",
    "clause_success@1": "条款@1",
    "clause_success@10": "条款@10",
    "ungrounded": "无据",
}


def shown(metric: Metric, value: float) -> str:
    """Return a value as it is shown: percent for shares."""
    return f"{100 * value:.1f}" if metric.is_share else f"{value:.2f}"


def with_interval(metric: Metric, figure: Figure | None) -> str:
    """Return `86.0 [79.1, 91.9]`, or a dash."""
    if figure is None:
        return "-"
    low, high = shown(metric, figure.low), shown(metric, figure.high)
    return f"{shown(metric, figure.mean)} [{low}, {high}]"


def render_systems(
    groups: Mapping[str, Sequence[Group]], risks: Mapping[str, Risk]
) -> list[list[str]]:
    """Return the rows of the table of totals: a metric a line, a system a column."""
    totals = {name: found[0] for name, found in groups.items()}
    rows = [["指标（%，95% 置信区间）", "题数", *totals]]
    for metric in METRICS:
        figures = [total.figures.get(metric.name) for total in totals.values()]
        counts = [figure.count for figure in figures if figure]
        if counts:
            cells = [with_interval(metric, figure) for figure in figures]
            rows.append([metric.label, str(counts[0]), *cells])
    count = str(next(iter(totals.values())).count)
    rows.append(["作答比例", count, *(f"{100 * risk.attempted:.1f}" for risk in risks.values())])
    rows.append(["AURC（越低越好）", count, *(f"{risk.area:.3f}" for risk in risks.values())])
    for label, name in (("延迟 p50 ms", "p50_ms"), ("延迟 p95 ms", "p95_ms")):
        rows.append([label, count, *(f"{getattr(t, name):.1f}" for t in totals.values())])
    return rows


def render_groups(groups: Sequence[Group]) -> list[list[str]]:
    """Return the rows of the table by group: a group a line, a metric a column."""
    rows = [["组", "题数", *(_head(name) for name in GROUP_METRICS), "p50 ms", "p95 ms"]]
    for group in (*groups[1:], groups[0]):
        cells = [_cell(name, group.figures.get(name)) for name in GROUP_METRICS]
        latencies = [f"{group.p50_ms:.1f}", f"{group.p95_ms:.1f}"]
        name = group.label if group.kind == TOTAL else f"{group.kind} {group.label}"
        rows.append([name, str(group.count), *cells, *latencies])
    return rows


def _head(name: str) -> str:
    return _SHORT.get(name) or BY_NAME[name].label


def _cell(name: str, figure: Figure | None) -> str:
    if name == "correct_cited":
        return with_interval(BY_NAME[name], figure)
    if figure is None:
        return "-"
    if name == "ungrounded":
        return f"{figure.mean * figure.count:.0f}"
    return shown(BY_NAME[name], figure.mean)


def render_by_type(groups: Mapping[str, Sequence[Group]]) -> list[list[str]]:
    """Return the rows that set the systems beside each other by group: right or rightly refused.

    For types without an answer the share that was refused is shown, for others that of correct
    and cited answers.
    """
    rows = [["组（正确且引对，无答案的为已拒答）", "题数", *groups]]
    first, *_ = groups.values()
    found = [{(g.kind, g.name): right_figure(g) for g in system} for system in groups.values()]
    metric = BY_NAME["correct_cited"]
    for group in first:
        figures = [system.get((group.kind, group.name)) for system in found]
        cells = [with_interval(metric, figure) for figure in figures]
        name = group.label if group.kind == TOTAL else f"{group.kind} {group.label}"
        rows.append([name, str(group.count), *cells])
    return [rows[0], *rows[2:], rows[1]]


def right_figure(group: Group) -> Figure | None:
    """Return the deciding figure of a group: correct and cited, or refused where none can be."""
    figure = group.figures.get("correct_cited")
    wrong = group.figures.get("false_answer")
    if figure is None and wrong is not None:
        return Figure(1 - wrong.mean, 1 - wrong.high, 1 - wrong.low, wrong.count)
    return figure


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Lay rows out in columns that stay aligned where Chinese is two columns wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            _pad(cell, width, left=place == 0)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * _width(lines[0]), *lines[1:]])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int, *, left: bool) -> str:
    blanks = " " * (width - _width(text))
    return text + blanks if left else blanks + text


def render_failures(results: Sequence[Result]) -> str:
    """List every result that fails something, with what is needed to see why."""
    failed = [result for result in results if result.failures]
    return "\n\n".join([f"未通过 {len(failed)} 题", *map(_failure, failed)])


def _failure(result: Result) -> str:
    item, answer = result.item, result.answer
    lines = [
        f"[{item.item_id}] {'、'.join(result.failures)}（{item.kind}，{item.style}，{item.split}）",
        f"  原因  {reason_of(item, answer, result.judgement)}",
        f"  问    {' → '.join(map(one_line, item.turns))}",
        f"  参考  {one_line(item.answer) or f'应拒答：{item.why}'}",
        f"  状态  {answer.status.value}",
        f"  回答  {one_line(answer.text)}",
        f"  依据  {' '.join(item.clauses) or '-'}",
        f"  引用  {' '.join(c.clause.clause_id for c in answer.citations) or '-'}",
    ]
    return "\n".join(lines)


def one_line(text: str) -> str:
    """Return a text on one line, its first `CUT` characters."""
    text = " ".join(text.split())
    return text if len(text) <= CUT else f"{text[:CUT]}…"


def render_differences(comparison: Comparison) -> list[list[str]]:
    """Return the rows of a comparison: a metric a line, better and worse told apart by a word."""
    rows = [["指标", "题数", "之前", "现在", "差", "不同的题", "p", ""]]
    for d in comparison.differences:
        difference = shown(d.metric, d.after - d.before)
        signed = difference if difference.startswith("-") else f"+{difference}"
        counts = [str(d.test.pairs), shown(d.metric, d.before), shown(d.metric, d.after)]
        word = "" if not d.worse_by else ("变差" if d.worse_by > 0 else "变好")
        sure = "，显著" if word and d.is_significant else ""
        last = [signed, str(d.test.unequal), f"{d.test.p_value:.3f}", word + sure]
        rows.append([d.metric.label, *counts, *last])
    return rows


def render_changed(comparison: Comparison) -> str:
    """List the questions that changed, those that broke first."""
    blocks = []
    for change in (Change.BROKEN, Change.FIXED, Change.OTHER):
        found = [changed for changed in comparison.changed if changed.change is change]
        blocks.append("\n".join([f"{change.value}：{len(found)} 题", *map(_changed, found)]))
    for label, ids in (("之前", comparison.only_before), ("现在", comparison.only_after)):
        if ids:
            blocks.append(f"只有{label}才有的题：{'、'.join(ids)}")
    return "\n\n".join(blocks)


def _changed(changed: Changed) -> str:
    before, after = changed.before, changed.after
    lines = [f"[{after.item.item_id}] {' → '.join(map(one_line, after.item.turns))}"]
    for label, result in (("之前", before), ("现在", after)):
        reason = reason_of(result.item, result.answer, result.judgement) or "对"
        lines.append(f"  {label}  {one_line(result.answer.text)}（{reason}）")
    return "\n".join(lines)
