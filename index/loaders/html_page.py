"""Bytes of a saved web page to a tree of what a reader of the page can see."""

from __future__ import annotations

import codecs
import re
from email import message_from_bytes
from email.message import Message
from typing import TYPE_CHECKING

from index.errors import DocumentError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_HEAD = 8192
_BAD = 0.05
# What a browser reads under these names is a superset of each (WHATWG Encoding, 4.2).
_ENCODINGS = {
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "xgbk": "gb18030",
    "big5": "big5hkscs",
}
_MIME = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.IGNORECASE)
_UNSEEN = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "select",
    "button",
    "textarea",
    "nav",
    "footer",
    "aside",
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def read_page(data: bytes, name: str) -> HtmlElement:
    """Parse a page, or the page in a web archive (.mht), and drop what is not shown.

    Style sheets are not applied: hidden is what a tag or its own style hides.

    Raises:
        DocumentError: if there is no page in the bytes, or one that cannot be decoded.
    """
    from lxml.etree import LxmlError  # noqa: PLC0415
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415

    text = _CONTROL.sub("", _decode(*_unpacked(data)))
    if text.count("\ufffd") > _BAD * len(text):
        raise DocumentError(f"{name}：认不出文字编码，请另存为 UTF-8 后再试。")
    # The tree is built from UTF-8 whatever the page declares; deep nesting is cut by the parser.
    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        page = document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (LxmlError, AssertionError, ValueError) as error:
        raise DocumentError(f"{name}：网页是空的，或者不是网页。") from error
    _prune(page)
    return page


def _unpacked(data: bytes) -> tuple[bytes, str]:
    """Return the page of a web archive and the encoding its part declares, or the bytes given."""
    if not _MIME.match(data[:_HEAD].replace(b"\r\n", b"\n")):
        return data, ""
    part: Message
    for part in message_from_bytes(data).walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            return content, part.get_content_charset() or ""
    return data, ""


def _decode(data: bytes, declared: str) -> str:
    """Decode by byte order mark, as declared, or as UTF-8 or GB18030, whichever fits best.

    A page may hold a few broken bytes; they become U+FFFD.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    match = _CHARSET.search(data[:_HEAD])
    names = (declared, match[1].decode("ascii") if match else "")
    known = [_ENCODINGS.get(re.sub(r"[-_]", "", name.lower())) for name in names]
    best = data.decode("utf-8", "replace")
    for encoding in dict.fromkeys((*filter(None, known), "utf-8", "gb18030")):
        text = data.decode(encoding, "replace")
        if "\ufffd" not in text:
            return text
        best = min(best, text, key=lambda t: t.count("\ufffd"))
    return best


def _prune(page: HtmlElement) -> None:
    from lxml import etree  # noqa: PLC0415

    etree.strip_elements(
        page, etree.Comment, etree.ProcessingInstruction, *_UNSEEN, with_tail=False
    )
    for element in list(page.iter()):
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        if hidden and element.getparent() is not None:
            element.drop_tree()
