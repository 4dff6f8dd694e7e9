"""Pure: what has become of a document, in sentences for readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from assistant.shown import shown_date, shown_title
from assistant.types import Answer, Citation
from index.versions import Note, NoteKind


class Standing(StrEnum):
    """Whether a document still holds, as far as the library tells; the gravest comes last."""

    CURRENT = "current"
    AMENDED = "amended"
    EXPIRED = "expired"
    REPLACED = "replaced"
    REPEALED = "repealed"


STANDING_NAMES = {
    Standing.CURRENT: "现行",
    Standing.AMENDED: "已修改",
    Standing.EXPIRED: "已过有效期",
    Standing.REPLACED: "已被取代",
    Standing.REPEALED: "已废止",
}
Notes = Mapping[str, tuple[Note, ...]]
"""What must be told of documents, by their ids."""

_ORDER = tuple(Standing)
_STANDINGS = {
    NoteKind.AMENDED: Standing.AMENDED,
    NoteKind.EXPIRES: Standing.EXPIRED,
    NoteKind.REPLACED: Standing.REPLACED,
    NoteKind.REPEALED: Standing.REPEALED,
}
_DONE = {NoteKind.REPEALED: "废止", NoteKind.REPLACED: "取代", NoteKind.AMENDED: "修改"}
_ADVICE = {NoteKind.REPLACED: "，请以后者为准", NoteKind.AMENDED: "，请一并参看"}


def noted(answer: Answer, notes: Notes, today: date) -> Answer:
    """Return an answer whose citations tell what has become of their documents.

    Where a document holds no longer, the text of the answer says so too, for who reads no further.
    """
    if not any(citation.document.doc_id in notes for citation in answer.citations):
        return answer
    citations = tuple(
        replace(citation, notes=sentences(notes.get(citation.document.doc_id, ()), today))
        for citation in answer.citations
    )
    told = dict.fromkeys(
        f"注意：〔{citation.marker}〕{sentence}"
        for citation in _one_a_document(citations)
        if standing(notes.get(citation.document.doc_id, ()), today) in _NO_LONGER
        for sentence in citation.notes
    )
    return replace(answer, text="\n".join([answer.text, *told]), citations=citations)


def _one_a_document(citations: Sequence[Citation]) -> list[Citation]:
    return list({citation.document.doc_id: citation for citation in reversed(citations)}.values())


_NO_LONGER = (Standing.EXPIRED, Standing.REPLACED, Standing.REPEALED)


def standing(notes: Iterable[Note], today: date) -> Standing:
    """Return the gravest of what has become of a document by a day."""
    found = [_STANDINGS[note.kind] for note in notes if _holds(note, today)]
    return max(found, key=_ORDER.index, default=Standing.CURRENT)


def sentences(notes: Sequence[Note], today: date) -> tuple[str, ...]:
    """Return what a reader must be told of a document, a sentence a note."""
    return tuple(_sentence(note, _holds(note, today)) for note in notes)


def _holds(note: Note, today: date) -> bool:
    """Tell whether a note holds by now; the last day of a text is still its own."""
    if note.kind is NoteKind.EXPIRES:
        return note.on < today.isoformat()
    return note.on <= today.isoformat()


def _sentence(note: Note, holds: bool) -> str:
    day = shown_date(note.on)
    if note.kind is NoteKind.EXPIRES:
        return f"该文件的有效期已于{day}结束。" if holds else f"该文件的有效期至{day}。"
    if not note.by:
        when = f"于{day}" if day else ""
        return f"该文件{'已' if holds else '将'}{when}{_DONE[note.kind]}。"
    by = shown_title(note.reference.title, note.reference.number)
    done = f"被{by}{_DONE[note.kind]}{_ADVICE.get(note.kind, '')}。"
    return f"该文件已{done}" if holds else f"该文件自{day}起将{done}"
