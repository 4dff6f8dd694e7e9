"""Pure: which documents are one document that arrived twice, and which of the two is kept.

A copy is hidden only where what it says stands in the one that is kept.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from index.types import Document, DocumentKind

_PROBES = 400
_PROBE, _SCAN_PROBE = 8, 4
_SHARED = 8  # a title that more documents bear than this says nothing about them


def find_copies(documents: Iterable[Document]) -> dict[str, str]:
    """Return each copy's id with the id of the document that is kept in its place.

    The full text is kept before a digest of the same words, text before what was recognised from
    an image, the longer before the shorter, and of equals the first given.
    """
    copies: dict[str, str] = {}
    texts: dict[str, str] = {}
    kept: dict[tuple[str, str], list[Document]] = defaultdict(list)
    skeletons: dict[str, str] = {}
    for document in sorted(documents, key=_preference):
        keys = list(_keys(document))
        near = (other for key in keys if len(kept[key]) <= _SHARED for other in kept[key])
        twin = texts.get(document.text) or next(
            (other.doc_id for other in near if _is_copy(document, other, skeletons)), ""
        )
        if twin:
            copies[document.doc_id] = twin
            continue
        texts[document.text] = document.doc_id
        for key in keys:
            kept[key].append(document)
    return copies


def plain(text: str) -> str:
    """Return letters and figures alone, in one width: what two prints of a title share."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def is_recognised(document: Document) -> bool:
    """Tell whether any of the text was recognised from an image."""
    return any(mark.confidence < 1 for mark in document.marks)


def _preference(document: Document) -> tuple[bool, bool, int]:
    # Lengths within some 5 % are equal: two formats never give quite the same characters.
    size = round(20 * math.log(max(len(document.text), 1)))
    return document.kind is not DocumentKind.FULL, is_recognised(document), -size


def _keys(document: Document) -> Iterator[tuple[str, str]]:
    if document.number:
        yield document.kind, document.number
    yield document.kind, plain(document.title)


def _is_copy(document: Document, other: Document, skeletons: dict[str, str]) -> bool:
    """Tell whether what a document says stands in another that has its number or its title."""
    if document.number and other.number and document.number != other.number:
        return False
    certain = document.number == other.number != ""
    if not certain:
        for one, two in ((document.issued_on, other.issued_on), (document.issuer, other.issuer)):
            if one and two and one != two:
                return False
        certain = document.issued_on == other.issued_on != ""
    scanned = is_recognised(document) or is_recognised(other)
    if scanned and not certain:
        return False
    same_title = certain and plain(document.title) == plain(other.title)
    least = 0.8 if scanned or same_title else 0.95 if certain else 0.99
    first, second = (_skeleton(d, skeletons) for d in (document, other))
    return first == second or _contained(first, second, scanned) >= least


def _skeleton(document: Document, skeletons: dict[str, str]) -> str:
    if document.doc_id not in skeletons:
        skeletons[document.doc_id] = "".join(document.text.split())
    return skeletons[document.doc_id]


def _contained(inner: str, outer: str, scanned: bool) -> float:
    """Return the share of probes, taken evenly from one text, that stand in the other."""
    width = _SCAN_PROBE if scanned else _PROBE
    starts = range(0, max(len(inner) - width, 0) + 1, max(len(inner) // _PROBES, 1))
    return sum(inner[s : s + width] in outer for s in starts) / len(starts)
