"""Pure: which element of a web page holds its article.

By text density, as in Kohlschütter et al., Boilerplate Detection using Shallow Text Features
(WSDM 2010), and Readability: text with punctuation and few links is prose, the rest is navigation.
What the publishing systems of Chinese government sites name the article is a hint beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.loaders.html_lines import INLINE

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PROSE = re.compile(r"[，。；！？、]|,(?!\d)")
_LEAST = 10
_SHARE, _HINTED_SHARE, _CHROME_SHARE = 0.8, 0.5, 0.3
_INFORMATION = 1000
_LISTED = ("table", "ul", "dl")
# A lone paragraph is no article: its neighbours, shorter lines, belong to it.
_PARTS = frozenset(
    ("table", "thead", "tbody", "tfoot", "tr", "p", "pre", "ol", "ul", "li", "h1", "h2", "h3")
)
# TRS WCM, the UCAP of www.gov.cn, Visual SiteBuilder (v_news_content), and plain names.
_HINT = re.compile(
    r"\b(?:trs_(?:ue|e)ditor\w*|custom_unionstyle|ucapcontent|zoom(?:con)?|\w*content\w*|\w*article\w*|con_text)\b",
    re.IGNORECASE,
)
_CHROME = re.compile(
    r"\b(?:bd)?share|\bprint\b|crumb|\bposition\b(?!-)|\btoolbar|\brelated|copyright|\bsidebar|\bmenu"
    r"|qr_?code|\bewm|\bfoot(?:er)?\b|\bnav(?:bar|igation)?\b|\bbanner",
    re.IGNORECASE,
)


def find_article(body: HtmlElement) -> HtmlElement:
    """Return the innermost element with most of the prose of a body; for a hinted one half will do.

    Never a part of a data table: a cell is only chosen when it holds nearly everything, as the
    cells of layout tables do.
    """
    elements = list(body.iter())
    mass = _mass(elements)
    if not mass[body]:  # a page of links or of single words
        return body
    least, enough = (share * mass[body] for share in (_HINTED_SHARE, _SHARE))
    inside = [
        element
        for element in elements
        if mass[element] >= least and element.tag not in _PARTS and element.tag not in INLINE
    ]
    hinted = [element for element in inside if _HINT.search(_names(element))]
    found = hinted or [element for element in inside if mass[element] >= enough]
    return found[-1] if found else body


def drop_chrome(page: HtmlElement) -> None:
    """Drop what a site puts around and into an article and names so: sharing, footer, buttons.

    What holds a good part of the prose stays, whatever its name.
    """
    elements = list(page.iter())
    mass = _mass(elements)
    for element in elements[1:]:
        site = _runs_script(element) or is_information(element)
        chrome = _CHROME.search(_names(element)) and mass[element] < _CHROME_SHARE * mass[page]
        if (site or chrome) and element.getparent() is not None:
            element.drop_tree()


def is_information(element: HtmlElement) -> bool:
    """Tell the table or list 索引号, 发文机关, 成文日期 … that such sites put above an article."""
    if element.tag not in _LISTED or next(element.iterdescendants(*_LISTED), None) is not None:
        return False
    text = "".join("".join(element.itertext()).split())
    return len(text) < _INFORMATION and "索引号" in text


def _runs_script(link: HtmlElement) -> bool:
    return link.tag == "a" and (link.get("href") or "").strip().lower().startswith("javascript:")


def _names(element: HtmlElement) -> str:
    return f"{element.tag} {element.get('class') or ''} {element.get('id') or ''}"[:400]


def _mass(elements: Sequence[HtmlElement]) -> dict[HtmlElement, float]:
    """Return how many characters of prose stand below each element, itself included."""
    block: dict[HtmlElement, HtmlElement] = {}
    linked: set[HtmlElement] = set()
    texts: dict[HtmlElement, list[str]] = {}
    for element in elements:  # in document order: parents come first
        parent = element.getparent()
        is_block = element.tag not in INLINE or parent not in block
        block[element] = element if is_block else block[parent]
        if element.tag == "a" or parent in linked:
            linked.add(element)
        for owner, text in ((element, element.text), (parent, element.tail)):
            if text and owner in block and owner not in linked:
                texts.setdefault(block[owner], []).append(text)
    mass = dict.fromkeys(elements, 0.0)
    for element, parts in texts.items():
        mass[element] += prose("".join(parts))
    for element in reversed(elements):
        parent = element.getparent()
        if parent in mass:
            mass[parent] += mass[element]
    return mass


def prose(text: str) -> int:
    """Return the characters of a block of text when it is prose, else 0."""
    text = "".join(text.split())
    return len(text) if len(text) >= _LEAST and _PROSE.search(text) else 0
