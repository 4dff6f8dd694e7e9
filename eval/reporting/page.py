"""Pure: a run as one self-contained HTML page: style and plots inline, no script, no network."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from eval.comparison import Change, Changed
from eval.matching import supports
from eval.reasons import reason_of
from eval.records import SHOWN_HITS
from eval.reporting.content import Content, about, bars_of, system_bars
from eval.reporting.markup import Markup, element, joined
from eval.reporting.plots import bars, histogram, risk_curves
from eval.run import Result
from eval.runs import OURS
from eval.scores import BY_NAME
from eval.tables import (
    one_line,
    render_by_type,
    render_differences,
    render_groups,
    render_systems,
    shown,
)

_CARDS = ("correct_cited", "correct_cited_concise", "false_answer", "false_refusal")


def render_page(content: Content) -> str:
    """Return the whole page."""
    style = files("eval.reporting").joinpath("report.css").read_text("utf-8")
    title = f"评测报告 {content.run.name}"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", Markup(style)),
    )
    facts = [
        joined(element("dt", name), element("dd", value)) for name, value in about(content.run)
    ]
    body = element(
        "main",
        element("h1", title),
        element("dl", *facts, class_="about"),
        _cards(content),
        *_figures(content),
        *_comparison(content),
        _failures(content),
    )
    return f"<!doctype html>\n{element('html', head, element('body', body), lang='zh-CN')}\n"


def _cards(content: Content) -> Markup:
    total = content.groups[OURS][0]
    cards = []
    for name in _CARDS:
        metric, figure = BY_NAME[name], total.figures.get(name)
        if figure:
            low, high = shown(metric, figure.low), shown(metric, figure.high)
            small = f"95% 区间 {low}–{high}，{figure.count} 题"
            cards.append(_card(metric.label, f"{shown(metric, figure.mean)}%", small))
    count = sum(len(result.judgement.ungrounded) for result in content.run.ours)
    wrong = "bad" if count else ""
    cards.append(_card("无据数字", str(count), "应当为 0", wrong))
    cards.append(_card("延迟 p50", f"{total.p50_ms:.0f} ms", f"p95 {total.p95_ms:.0f} ms"))
    return element("div", *cards, class_="cards")


def _card(label: str, value: str, small: str, kind: str = "") -> Markup:
    return element(
        "div",
        element("span", label, class_="name"),
        element("b", value, class_=kind),
        element("small", small),
        class_="card",
    )


def _figures(content: Content) -> list[Markup]:
    ours = content.run.ours
    risk = content.risks[OURS]
    curves = {name: found.points for name, found in content.risks.items()}
    several = len(content.groups) > 1
    sections = [_section("各系统", _table(render_systems(content.groups, content.risks)))]
    if several:
        sections[0] = _section(
            "各系统",
            bars("各系统：正确且引对", system_bars(content)),
            _table(render_systems(content.groups, content.risks)),
            _folded("按组比较各系统", _table(render_by_type(content.groups))),
        )
    rule = "有答案的题为“正确且引对”，没有答案的题为“已拒答”；横线是 95% 置信区间。"
    return [
        _section("按题型", element("p", rule), bars("按题型", bars_of(content, "题型"))),
        _section("按文件", bars("按文件", bars_of(content, "文件"))),
        _section("按问法", bars("按问法", bars_of(content, "问法"))),
        *sections,
        _section("分组数字", _folded("展开表格", _table(render_groups(content.groups[OURS])))),
        _section(
            "风险与作答比例",
            element(
                "p",
                f"从最有把握的题答起：答到多少题，错多少。作答 {100 * risk.attempted:.1f}%，"
                f"AURC {risk.area:.3f}。圆点是实际停下的地方。",
            ),
            risk_curves("风险–覆盖曲线", curves),
        ),
        _section("延迟（毫秒）", histogram("延迟分布", [r.latency_ms for r in ours])),
    ]


def _section(title: str, *children: str) -> Markup:
    return element("section", element("h2", title), *children)


def _folded(title: str, *children: str) -> Markup:
    return element("details", element("summary", title), *children)


def _table(rows: Sequence[Sequence[str]], kind: str = "figures") -> Markup:
    head = element("tr", *(element("th", cell) for cell in rows[0]))
    body = [element("tr", *(element("td", cell) for cell in row)) for row in rows[1:]]
    table = element("table", element("thead", head), element("tbody", *body), class_=kind)
    return element("div", table, class_="scroll")


def _comparison(content: Content) -> list[Markup]:
    found = content.comparison
    if found is None:
        return []
    blocks = []
    for change in (Change.BROKEN, Change.FIXED, Change.OTHER):
        changed = [c for c in found.changed if c.change is change]
        blocks.append(element("h3", f"{change.value}：{len(changed)} 题"))
        blocks += [_changed(c) for c in changed]
    title = f"与 {content.compared_with} 相比（相同的 {found.shared} 题）"
    return [_section(title, _table(render_differences(found)), *blocks)]


def _changed(changed: Changed) -> Markup:
    item = changed.after.item
    rows = [
        [label, result.answer.text, reason_of(result.item, result.answer, result.judgement) or "对"]
        for label, result in (("之前", changed.before), ("现在", changed.after))
    ]
    title = f"{item.item_id}　{' → '.join(map(one_line, item.turns))}"
    return _folded(title, _table([["", "回答", "判定"], *rows], "texts"))


def _failures(content: Content) -> Markup:
    failed = content.failed
    return _section(f"未通过的题：{len(failed)}", *map(_failure, failed))


def _failure(result: Result) -> Markup:
    item, answer = result.item, result.answer
    reason = reason_of(item, answer, result.judgement)
    summary = element(
        "summary",
        element("code", item.item_id),
        " ",
        element("b", reason),
        element("span", " → ".join(map(one_line, item.turns)), class_="question"),
    )
    cited = "\n".join(f"〔{c.marker}〕{c.clause.clause_id}：{c.quote}" for c in answer.citations)
    facts = [
        ("类型", f"{item.kind}，{item.style}，{item.split}"),
        ("理解为", answer.standalone_question),
        ("参考答案", item.answer or f"应拒答：{item.why}"),
        ("依据", "　".join(item.clauses)),
        ("状态", answer.status.value),
        ("回答", answer.text),
        ("引用", cited),
        ("过程", "\n".join(answer.trace)),
    ]
    rows = [joined(element("dt", name), element("dd", text)) for name, text in facts if text]
    return element("details", summary, element("dl", *rows), _hits(result), class_="failure")


def _hits(result: Result) -> Markup:
    hits = sorted(result.answer.hits, key=lambda hit: hit.rank)[:SHOWN_HITS]
    if not hits:
        return Markup("")
    lines = []
    for hit in hits:
        gold = any(supports(g, hit.clause.clause_id) for g in result.item.clauses)
        parts = "　".join(f"{name} {value:.2f}" for name, value in hit.trace.items())
        cells = [str(hit.rank), f"{hit.score:.3f}", hit.clause.clause_id]
        row = [element("td", cell) for cell in (*cells, one_line(hit.clause.text), parts)]
        lines.append(element("tr", *row, class_="gold" if gold else "other"))
    head = element(
        "tr", *(element("th", name) for name in ("名次", "分", "条款", "原文", "得分构成"))
    )
    table = element("table", element("thead", head), element("tbody", *lines))
    return element("div", table, class_="scroll")
