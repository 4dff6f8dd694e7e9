"""Pure: what to tell readers about pages whose text was recognised from an image."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

from index.types import Mark

_FAIR = 0.9
_EACH = 5


def told(marks: Sequence[Mark], pages: Sequence[int]) -> Iterator[str]:
    """Yield a sentence a recognised page, or one for many, with how sure the recognition is."""
    found: dict[int, float] = {}
    for page in pages:
        scores = [mark.confidence for mark in marks if mark.place == f"第{page}页"]
        if scores:
            found[page] = fmean(scores)
        else:
            yield f"第{page}页是图片，没有认出文字。"
    if len(found) <= _EACH:
        yield from (f"第{page}页由图片识别，把握 {score:.2f}。" for page, score in found.items())
        return
    worst = min(found, key=lambda page: found[page])
    yield (
        f"{shown_pages(list(found))}由图片识别，平均把握 {fmean(found.values()):.2f}，"
        f"最低是第{worst}页 {found[worst]:.2f}。"
    )
    poor = [page for page, score in found.items() if score < _FAIR]
    if poor:
        yield f"{shown_pages(poor)}识别得不大可靠，请对照原件。"


def shown_pages(pages: Sequence[int]) -> str:
    """Return page numbers as ranges: 第1至3、7页."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][-1] + 1:
            ranges[-1][1:] = [page]
        else:
            ranges.append([page])
    return f"第{'、'.join('至'.join(map(str, pair)) for pair in ranges)}页"
