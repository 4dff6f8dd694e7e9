"""Pure: documents, days and places as Chinese readers write them."""

from __future__ import annotations

import re

from index.types import Document, DocumentKind

KIND_NAMES = {
    DocumentKind.FULL: "全文",
    DocumentKind.DIGEST: "要点整理",
    DocumentKind.INTERPRETATION: "解读",
}
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def shown_date(iso: str) -> str:
    """Return an ISO date as Chinese readers write it; anything else as it is."""
    match = _ISO_DATE.fullmatch(iso)
    return f"{int(match[1])}年{int(match[2])}月{int(match[3])}日" if match else iso


def shown_title(title: str, number: str = "") -> str:
    """Return a title in 《》, with its 发文字号 behind it: 《…》（…〔2021〕37号）."""
    named = title if "《" in title else f"《{title}》"
    return f"{named}（{number}）" if number else named


def shown_place(document: Document, start: int, end: int) -> str:
    """Return where in the file a span of a document stands, "" for plain text.

    For what was recognised from an image it says so, with how sure the recognition is.
    """
    place, confidence = document.place_of(start, end), document.confidence_of(start, end)
    return f"{place}（{shown_recognition(confidence)}）" if confidence < 1 else place


def shown_recognition(confidence: float) -> str:
    """Return how sure character recognition is, rounded down, with what to do about it."""
    return f"图片识别，把握 {int(100 * confidence) / 100:.2f}，请对照原件"
