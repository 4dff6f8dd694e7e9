"""Pure: results to figures, and figures to an aligned table."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.metrics import percentile
from eval.run import Result

CUT = 200
_HEADS = (
    "组 group",
    "n",
    "正确 correct",
    "+引对 cited",
    "+简明 concise",
    "该拒已拒 refused",
    "误拒 false ref.",
    "数字无据 ungr.",
    "p50 ms",
    "p95 ms",
)


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a group of results. Shares are percent, None where nothing can be shared.

    `correct`, `cited` (correct and cited), `concise` (correct, cited and concise) and
    `false_refusals` are shares of the answerable items, `refused` of the unanswerable ones;
    `ungrounded` counts numbers without a source over all items.
    """

    group: str
    count: int
    correct: float | None
    cited: float | None
    concise: float | None
    refused: float | None
    false_refusals: float | None
    ungrounded: int
    p50_ms: float | None
    p95_ms: float | None


def summarise(group: str, results: Sequence[Result]) -> Summary:
    """Compute the figures of one group."""
    asked = [r.judgement for r in results if r.item.answerable]
    unasked = [r.judgement for r in results if not r.item.answerable]
    latencies = [r.latency_ms for r in results]
    return Summary(
        group=group,
        count=len(results),
        correct=_share([j.correct for j in asked]),
        cited=_share([j.correct and j.cited for j in asked]),
        concise=_share([j.correct and j.cited and j.concise for j in asked]),
        refused=_share([j.refused for j in unasked]),
        false_refusals=_share([j.refused for j in asked]),
        ungrounded=sum(len(j.ungrounded) for j in (*asked, *unasked)),
        p50_ms=percentile(latencies, 50),
        p95_ms=percentile(latencies, 95),
    )


def _share(flags: Sequence[bool]) -> float | None:
    return 100 * sum(flags) / len(flags) if flags else None


def summaries(results: Sequence[Result]) -> tuple[Summary, ...]:
    """Compute the figures of every type, every style, and of all results, in this order."""
    return (
        *_grouped(results, "", lambda result: result.item.kind),
        *_grouped(results, "style:", lambda result: result.item.style),
        summarise("合计 total", results),
    )


def _grouped(
    results: Sequence[Result], prefix: str, key: Callable[[Result], str]
) -> tuple[Summary, ...]:
    names = dict.fromkeys(key(result) for result in sorted(results, key=_group_order))
    return tuple(summarise(prefix + name, [r for r in results if key(r) == name]) for name in names)


def _group_order(result: Result) -> tuple[bool, str]:
    """Sort the types of answerable items first."""
    return (not result.item.answerable, result.item.kind)


def render_table(figures: Sequence[Summary]) -> str:
    """Lay the figures out in columns that stay aligned where Chinese is two columns wide."""
    rows = [_HEADS, *map(_row, figures)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(_pad(cell, width, left=i == 0) for i, (cell, width) in enumerate(pairs)).rstrip()
        for pairs in (list(zip(row, widths, strict=True)) for row in rows)
    ]
    return "\n".join([lines[0], "-" * _width(lines[0]), *lines[1:]])


def _row(figures: Summary) -> tuple[str, ...]:
    return (
        figures.group,
        str(figures.count),
        *map(
            _figure,
            (
                figures.correct,
                figures.cited,
                figures.concise,
                figures.refused,
                figures.false_refusals,
            ),
        ),
        str(figures.ungrounded),
        _figure(figures.p50_ms),
        _figure(figures.p95_ms),
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


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
    item, answer, verdict = result.item, result.answer, result.judgement
    lines = [
        f"[{item.item_id}] {'、'.join(result.failures)}（{item.kind}，{item.style}，{item.split}）",
        f"  问    {' → '.join(map(_one_line, item.turns))}",
        f"  参考  {_one_line(item.answer) or f'应拒答：{item.why}'}",
        f"  状态  {answer.status.value}",
        f"  回答  {_one_line(answer.text)}",
        f"  依据  {' '.join(item.clauses) or '-'}",
        f"  引用  {' '.join(c.clause.clause_id for c in answer.citations) or '-'}",
        f"  依据条款的检索名次  {verdict.gold_rank or '-'}",
    ]
    if verdict.ungrounded:
        lines.append(f"  无据数字  {' '.join(verdict.ungrounded)}")
    return "\n".join(lines)


def _one_line(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= CUT else f"{text[:CUT]}…"
