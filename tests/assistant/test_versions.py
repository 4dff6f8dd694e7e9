"""What readers are told of a document that was repealed, replaced, amended, or has expired."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.versions import Standing, sentences, standing
from index.types import Reference
from index.versions import Note, NoteKind

TODAY = date(2026, 5, 1)
BY = Reference("某市招生办法", "某教发〔2024〕9号")


def note(kind: str, on: str = "2024-03-01", *, told: bool = False) -> Note:
    return Note(NoteKind(kind), on=on) if told else Note(NoteKind(kind), "new", BY, on)


@pytest.mark.parametrize(
    ("given", "words", "holds"),
    [
        (note("repealed"), "该文件已被《某市招生办法》（某教发〔2024〕9号）废止。", "repealed"),
        (
            note("replaced"),
            "该文件已被《某市招生办法》（某教发〔2024〕9号）取代，请以后者为准。",
            "replaced",
        ),
        (
            note("amended", ""),
            "该文件已被《某市招生办法》（某教发〔2024〕9号）修改，请一并参看。",
            "amended",
        ),
        (note("repealed", told=True), "该文件已于2024年3月1日废止。", "repealed"),
        (note("repealed", "", told=True), "该文件已废止。", "repealed"),
        (note("repealed", "2027-01-01", told=True), "该文件将于2027年1月1日废止。", "current"),
        (
            note("repealed", "2027-01-01"),
            "该文件自2027年1月1日起将被《某市招生办法》（某教发〔2024〕9号）废止。",
            "current",
        ),
        (note("expires", "2026-04-30"), "该文件的有效期已于2026年4月30日结束。", "expired"),
        (note("expires", "2026-05-01"), "该文件的有效期至2026年5月1日。", "current"),
    ],
)
def test_a_note_is_one_sentence_of_its_day(given: Note, words: str, holds: str) -> None:
    assert sentences([given], TODAY) == (words,)
    assert standing([given], TODAY) == holds


def test_the_gravest_note_counts() -> None:
    notes = [note("repealed"), note("amended"), note("expires")]
    assert standing(notes, TODAY) is Standing.REPEALED
    assert standing([], TODAY) is Standing.CURRENT
