"""Pure: plots as SVG. Colours are classes, so that the page's style sheet decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.metrics import RiskPoint
from eval.reporting.markup import Markup, element, joined

WIDTH = 720
_LEFT, _RIGHT = 190, 120
_ROW = 26
_PEAKS = (0.04, 0.08, 0.12, 0.16, 0.2, 0.24, 0.32, 0.4, 0.48, 0.6, 0.8, 1.0)
_BINS = (0, 5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled share with its interval, all 0-1, and how many questions it is of."""

    label: str
    mean: float
    low: float
    high: float
    count: int


def bars(title: str, rows: Sequence[Bar]) -> Markup:
    """Draw horizontal bars from 0 to 100 % with whiskers for the intervals."""
    height = _ROW * len(rows) + 34
    span = WIDTH - _LEFT - _RIGHT
    parts = [
        joined(
            _line(_LEFT + span * tenth / 4, 6, _LEFT + span * tenth / 4, height - 24, "grid"),
            _text(f"{25 * tenth}%", _LEFT + span * tenth / 4, height - 8, "tick", "middle"),
        )
        for tenth in range(5)
    ]
    parts += [_bar(row, 8 + _ROW * place, span) for place, row in enumerate(rows)]
    return _svg(title, height, *parts)


def _bar(row: Bar, top: float, span: float) -> Markup:
    middle = top + _ROW / 2 - 1
    said = f"{100 * row.mean:.1f}%（{row.count} 题）"
    low, high = _LEFT + span * row.low, _LEFT + span * row.high
    return joined(
        _text(row.label, _LEFT - 8, middle + 4, "label", "end"),
        _rect(_LEFT, top + 3, span * row.mean, _ROW - 8, "bar"),
        _line(low, middle, high, middle, "whisker"),
        _line(low, middle - 4, low, middle + 4, "whisker"),
        _line(high, middle - 4, high, middle + 4, "whisker"),
        _text(said, _LEFT + span + 10, middle + 4, "value", "start"),
    )


def risk_curves(title: str, series: Mapping[str, Sequence[RiskPoint]]) -> Markup:
    """Draw risk over coverage as steps, a line a system; a dot where each one stops answering."""
    left, top, width, height = 56.0, 12.0, WIDTH - 56.0 - 170, 250.0
    points = [point for curve in series.values() for point in curve]
    highest = max((point.risk for point in points), default=0.0)
    peak = next(end for end in _PEAKS if end >= highest)
    parts = [_frame(left, top, width, height, peak)]
    for place, (name, curve) in enumerate(series.items()):
        spots = [
            (left + width * p.coverage, top + height * (1 - min(p.risk, peak) / peak))
            for p in curve
        ]
        kind = f"series s{place % 4}"
        if spots:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
            x, y = spots[-1]
            parts.append(element("polyline", points=path, class_=kind, fill="none"))
            parts.append(element("circle", cx=x, cy=y, r=4, class_=f"{kind} dot"))
        key = top + 16 + 22 * place
        start = left + width + 16
        parts.append(_line(start, key, start + 18, key, kind))
        parts.append(_text(name, start + 24, key + 4, "label", "start"))
    parts.append(_text("作答的比例", left + width / 2, top + height + 36, "tick", "middle"))
    parts.append(_text("答错率", 8, top + 8, "tick", "start"))
    return _svg(title, height + 56, *parts)


def _frame(left: float, top: float, width: float, height: float, peak: float) -> Markup:
    parts = []
    for quarter in range(5):
        x, y = left + width * quarter / 4, top + height * (1 - quarter / 4)
        parts += [
            _line(x, top, x, top + height, "grid"),
            _line(left, y, left + width, y, "grid"),
            _text(f"{25 * quarter}%", x, top + height + 16, "tick", "middle"),
        ]
        if quarter < 4:
            parts.append(_text(f"{100 * peak * quarter / 4:.0f}%", left - 6, y + 4, "tick", "end"))
    return joined(*parts)


def histogram_of(values: Sequence[float]) -> list[tuple[str, int]]:
    """Count milliseconds in bins that widen; empty bins at both ends are left out."""
    ends = [*_BINS[1:], float("inf")]
    counts = [
        (
            f"{low}–{high:g}" if high != float("inf") else f"≥{low}",
            sum(low <= v < high for v in values),
        )
        for low, high in zip(_BINS, ends, strict=True)
    ]
    full = [place for place, (_, count) in enumerate(counts) if count]
    return counts[full[0] : full[-1] + 1] if full else []


def histogram(title: str, values: Sequence[float]) -> Markup:
    """Draw how many questions took how long."""
    bins = histogram_of(values)
    height, left = 200.0, 24.0
    step = (WIDTH - 2 * left) / max(len(bins), 1)
    most = max((count for _, count in bins), default=1)
    parts = []
    for place, (label, count) in enumerate(bins):
        tall = (height - 56) * count / most
        x, top = left + step * place, height - 32 - tall
        parts += [
            _rect(x + 3, top, step - 6, tall, "bar"),
            _text(str(count), x + step / 2, top - 5, "value", "middle"),
            _text(label, x + step / 2, height - 14, "tick", "middle"),
        ]
    return _svg(title, height, *parts)


def _svg(title: str, height: float, *parts: Markup) -> Markup:
    head = element("title", title)
    box = f"0 0 {WIDTH} {height:g}"
    return element("svg", head, *parts, viewBox=box, role="img", aria_label=title, class_="plot")


def _text(text: str, x: float, y: float, kind: str, anchor: str) -> Markup:
    return element("text", text, x=x, y=y, class_=kind, text_anchor=anchor)


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def _rect(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    return element("rect", x=x, y=y, width=width, height=height, rx=2, class_=kind)
