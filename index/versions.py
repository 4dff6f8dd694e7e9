"""Pure: how the documents of a library stand to each other.

    resolution = resolve(documents)           # ids must be unique
    resolution.hidden                         # id → why it is not answered from, and what is instead
    resolution.notes.get(doc_id, ())          # what a reader must be told of one that is

`resolve` reads no clock: whether a day has passed is for the caller to say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from index.copies import find_copies, plain
from index.types import Document, DocumentKind, Reference

_NOBODY = Reference("")


class Reason(StrEnum):
    """Why a document is not answered from."""

    COPY = "copy"
    DIGEST = "digest"
    INTERPRETATION = "interpretation"


class NoteKind(StrEnum):
    """What has become of a document."""

    REPEALED = "repealed"
    REPLACED = "replaced"
    AMENDED = "amended"
    EXPIRES = "expires"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A document that is not answered from, and the id of the one that is in its place."""

    reason: Reason
    by: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader must be told of a document.

    `by` is the id of the document that did it and `reference` its title and 发文字号; all three
    are empty where the document itself says so. `on` is the day it holds from, for EXPIRES the last
    day, as ISO 8601; "" when it is not said.
    """

    kind: NoteKind
    by: str = ""
    reference: Reference = _NOBODY
    on: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Both by doc_id; documents that stand for themselves are in neither."""

    hidden: Mapping[str, Hidden] = field(default_factory=dict)
    notes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)


def resolve(documents: Sequence[Document]) -> Resolution:
    """Find what is hidden behind another document, and what was repealed, replaced or amended.

    Args:
        documents: of unique ids; of two equal copies the one given first is kept.
    """
    hidden = _hidden(documents)
    shown = [document for document in documents if document.doc_id not in hidden]
    return Resolution(hidden, _notes(shown))


def _hidden(documents: Sequence[Document]) -> dict[str, Hidden]:
    copies = find_copies(documents)
    hidden = {copy: Hidden(Reason.COPY, by) for copy, by in copies.items()}
    shown = [document for document in documents if document.doc_id not in copies]
    full = [document for document in shown if document.kind is DocumentKind.FULL]
    numbers = {document.number: document.doc_id for document in reversed(full) if document.number}
    sources = {document.source for document in full}
    readings = [document for document in shown if document.kind is DocumentKind.INTERPRETATION]
    official = {plain(d.title): d.doc_id for d in readings if d.source in sources}
    for document in shown:
        if document.kind is DocumentKind.DIGEST and document.number in numbers:
            hidden[document.doc_id] = Hidden(Reason.DIGEST, numbers[document.number])
    for reading in readings:
        by = official.get(plain(reading.title), "")
        if by and reading.source not in sources:
            hidden[reading.doc_id] = Hidden(Reason.INTERPRETATION, by)
    return hidden


def _notes(documents: Sequence[Document]) -> dict[str, tuple[Note, ...]]:
    notes: dict[str, dict[NoteKind, Note]] = defaultdict(dict)
    for doc_id, note in (*_own(documents), *_told(documents), *_replaced(documents)):
        known = notes[doc_id].get(note.kind)
        if known is None or (note.by and note.on > known.on):
            notes[doc_id][note.kind] = note
    return {doc_id: tuple(_telling(found)) for doc_id, found in notes.items()}


def _telling(found: Mapping[NoteKind, Note]) -> Iterator[Note]:
    """Leave out what goes without saying: a repealed text need not be called replaced, too."""
    for kind, note in found.items():
        ended = kind in (NoteKind.REPLACED, NoteKind.EXPIRES) and NoteKind.REPEALED in found
        if not ended:
            yield note


def _own(documents: Iterable[Document]) -> Iterator[tuple[str, Note]]:
    """Yield what documents say of their own end."""
    for document in documents:
        if document.profile.repealed_on:
            yield document.doc_id, Note(NoteKind.REPEALED, on=document.profile.repealed_on)
        if document.profile.expires_on:
            yield document.doc_id, Note(NoteKind.EXPIRES, on=document.profile.expires_on)


def _told(documents: Sequence[Document]) -> Iterator[tuple[str, Note]]:
    """Yield what documents say of others: 同时废止, 作如下修改."""
    by_number: dict[str, list[Document]] = defaultdict(list)
    by_title: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.kind is not DocumentKind.INTERPRETATION:
            by_number[_number(document.number)].append(document)
            by_title[_subject(document.title)].append(document)
    for document in documents:
        if document.kind is DocumentKind.INTERPRETATION:
            continue
        for kind, references in (
            (NoteKind.REPEALED, document.profile.repeals),
            (NoteKind.AMENDED, document.profile.amends),
        ):
            for reference in references:
                named = by_number.get(_number(reference.number), []) if reference.number else []
                titled = by_title.get(_subject(reference.title), []) if reference.title else []
                meant = named or [d for d in titled if _may_mean(document, reference, d)]
                for other in meant:
                    if other.doc_id != document.doc_id:
                        yield other.doc_id, _note(kind, document)


def _may_mean(document: Document, reference: Reference, other: Document) -> bool:
    """Tell whether a title without a number names a document: an earlier one of the same body."""
    if reference.number and other.number and not _same_order(reference.number, other.number):
        return False
    if other.issued_on and document.issued_on and other.issued_on >= document.issued_on:
        return False
    same_subject = _subject(document.title) == _subject(other.title)
    if same_subject and not (other.issued_on and document.issued_on):
        return False
    return document.issuer == other.issuer != "" or _names_its_body(other)


def _names_its_body(document: Document) -> bool:
    """Tell whether a title says whose it is, so that no other body has a text of that title."""
    title = plain(document.title)
    place = re.split(r"(?<=[省市区县州旗])(?=.)", document.region)[-1]
    return title.startswith(_STATE) or bool(place and place in title)


def _note(kind: NoteKind, document: Document) -> Note:
    on = document.profile.effective_on or document.issued_on
    return Note(kind, document.doc_id, Reference(document.title, document.number), on)


_RULES = re.compile(
    r"(?:法|法典|条例|办法|规定|细则|规则|规程|规范|章程|制度|准则|守则|标准|目录|指南|手册|须知)$"
)
_EDITION = re.compile(
    r"[（(][^（）()]*(?:修订|修正|修改|版|年本|试行|暂行|征求意见稿|草案|讨论稿)[^（）()]*[）)]$"
    r"|(?:(?:19|20)\d\d年?)?(?:修订版|修正版|版|修订本|修订|修正)$"
)
_STATE = "中华人民共和国"
_DRAFT = re.compile("征求意见稿|草案|讨论稿")


def _number(number: str) -> str:
    """Return a 发文字号 in the form shared by 国令, 国务院令 and 中华人民共和国国务院令."""
    return re.sub("^国令", "国务院令", number.removeprefix(_STATE))


def _same_order(first: str, second: str) -> bool:
    """Tell whether two numbers can be one order: 省政府令第372号 is short for that of a province."""
    ends = [re.search(r"(?:令|公告).*$", number) for number in (first, second)]
    return all(ends) and len({end[0] for end in ends if end}) == 1


def _subject(title: str) -> str:
    """Return the text a title names: that which a covering notice prints and issues."""
    match = re.search(
        r"(?:印发|公布|发布|颁布|转发)[《〈]?(.+?)[》〉]?的(?:通知|公告|通告|令)$", title
    )
    return plain(match[1] if match else title).removeprefix(_STATE)


def _stem(title: str) -> tuple[str, str]:
    """Split a title into its stem and its edition: （2020年修订）, 2021年版, （试行）."""
    title = re.sub(r"\s+", "", title).strip("《》")
    match = _EDITION.search(title)
    return (plain(title[: match.start()]), match[0]) if match else (plain(title), "")


def _replaced(documents: Iterable[Document]) -> Iterator[tuple[str, Note]]:
    """Yield the earlier editions of rules, each with the latest one.

    Texts of one title that are no rules (two 通知 of two years) only count where one of them is
    called an edition.
    """
    editions: dict[tuple[str, str], list[tuple[str, Document]]] = defaultdict(list)
    for document in documents:
        if document.kind is DocumentKind.INTERPRETATION or not document.issued_on:
            continue
        stem, edition = _stem(document.title)
        named = _names_its_body(document)
        if named or document.issuer:
            owner = document.region if named else document.issuer
            editions[stem, owner].append((edition, document))
    for (stem, _), found in editions.items():
        if not (_RULES.search(stem) or any(edition for edition, _ in found)):
            continue
        final = [document for _, document in found if not _DRAFT.search(document.title)]
        latest = max(final, key=lambda document: document.issued_on, default=None)
        for _, document in found:
            if latest is not None and document.issued_on < latest.issued_on:
                yield document.doc_id, _note(NoteKind.REPLACED, latest)
