"""Bytes of a saved web page to text: the article and what its head says, without the site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from index.errors import DocumentError
from index.loaders.html_article import drop_chrome, find_article, is_information
from index.loaders.html_lines import lines_of, squeeze
from index.loaders.html_page import read_page
from index.loaders.source import Extracted
from index.parsing.metadata import (
    field_name,
    find_dates,
    find_numbers,
    is_organ_line,
    is_title_line,
    parse_date,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SITE = re.compile(r"(?:\s*[-_|—–]{1,2}\s*[^-_|—–（）()\d]{2,30})+$")
_TOP = 1000
_BRACKETS = str.maketrans("[(【])】", "〔〔〔〕〕〕")  # a 发文字号 is printed with any of them


def extract_html(data: bytes, name: str) -> Extracted:
    """Return the text of a saved web page (.html, .htm, .mht).

    The article stands alone: navigation, sharing and footer are left out. Where the article lacks
    them, 发文字号 and title stand in front of it and organ and date behind it, as they are printed
    in the site's information table. Nothing is rendered or fetched.

    Raises:
        DocumentError: if there is no page, or no text in it.
    """
    page = read_page(data, name)
    facts = _facts(page)
    title = _title(page)
    drop_chrome(page)
    body = page.find("body")
    lines = [] if body is None else lines_of(find_article(body))
    if not any(re.search(r"\w", line) for line in lines):
        raise DocumentError(f"{name}：网页里没有读到正文（可能靠脚本显示，请另存为文本再试）。")
    text = _folded("".join(lines))
    dates = {parse_date(text[start:end]) for start, end in find_dates(text)}
    parts = (
        facts.number if _folded(facts.number) not in text else "",
        title if _folded(title) not in text[:_TOP] else "",
        *lines,
        facts.organ if _folded(facts.organ) not in text else "",
        facts.date if parse_date(facts.date) not in dates else "",
    )
    return Extracted("\n".join(filter(None, parts)))


def _title(page: HtmlElement) -> str:
    """Return the title: <meta name="ArticleTitle">, a heading, or <title> without the site.

    The meta name is that of 政府网站发展指引 (国办发〔2017〕47号). A heading or <title> may be the
    site's name and has to read like the title of a document.
    """
    for meta in page.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle" and meta.get("content"):
            return squeeze(meta.get("content"))[:200]
    texts = (squeeze("".join(element.itertext()))[:200] for element in page.iter("h1", "title"))
    whole = {text: None for found in texts for text in (_SITE.sub("", found), found)}
    return next(filter(is_title_line, whole), "")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What an information table says of the document; unknown values are empty."""

    number: str = ""
    organ: str = ""
    date: str = ""


def _facts(page: HtmlElement) -> _Facts:
    """Read the information table. Without a 发文字号 it is about the web page."""
    found: dict[str, str] = {}
    for table in filter(is_information, page.iter("table", "ul", "dl")):
        for name, value in _pairs(lines_of(table)):
            found.setdefault(field_name(re.sub(r"\s", "", name)), value)
    number, organ = found.get("发文字号", ""), found.get("发文机关", "")
    if not find_numbers(number):
        return _Facts()
    return _Facts(number, organ if is_organ_line(organ) else "", found.get("成文日期", ""))


def _pairs(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield names and values: a cell behind another, or both in one, parted by a colon."""
    for row in rows:
        cells = [cell.strip("• ") for cell in row.split("\t")]
        for cell, following in zip_longest(cells, cells[1:], fillvalue=""):
            name, _, value = cell.replace(":", "：").partition("：")
            yield name, value.strip() or following


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_BRACKETS)
