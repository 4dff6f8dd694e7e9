"""What readers are told of a document that was repealed, replaced, amended, or has expired."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.edition import open_edition
from assistant.settings import Settings
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


def test_an_answer_from_a_repealed_document_says_so_in_its_text(tmp_path):
    old = "清河县教育局文件\n清教发〔2020〕3号\n清河县校车收费办法\n第一条 校车收费标准为每生每月150元。\n清河县教育局\n2020年3月1日\n"
    new = (
        "清河县教育局文件\n清教发〔2024〕9号\n清河县教育局关于调整校车收费标准的通知\n"
        "一、校车收费标准调整为每生每月120元。\n"
        "二、《清河县校车收费办法》（清教发〔2020〕3号）同时废止。\n清河县教育局\n2024年8月20日\n"
    )
    (tmp_path / "old.txt").write_text(old, encoding="utf-8")
    (tmp_path / "new.txt").write_text(new, encoding="utf-8")
    edition = open_edition(Settings(docs=tmp_path, index=None))
    answer = edition.ask("清教发〔2020〕3号规定校车收费多少")
    assert "150元" in answer.text
    assert answer.text.endswith("（清教发〔2024〕9号）废止。")
    assert "废止" not in edition.ask("清教发〔2024〕9号规定校车收费多少").text
