"""What is served follows an index that another process writes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import live
from assistant.edition import NO_DOCUMENTS, Edition, edition_of_index
from assistant.live import Live, live_of_index, mark_of, open_live
from assistant.settings import Settings
from index.embedding import load_embedding
from index.storage.library import Library
from index.storage.manifest import POINTER

ROOT = Path(__file__).resolve().parents[2]
NOTICE = "{place}教育局关于招生的通知\n一、名额\n{place}每校招收{number}人。\n"
QUESTION = "白河县每校招收多少人"
PATIENCE = 60


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A library of one document, which is indexed."""
    (tmp_path / "docs").mkdir()
    settings = Settings(docs=tmp_path / "docs", index=tmp_path / "index")
    add(settings, "青山市", 90)
    return settings


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the index whenever something is asked."""
    monkeypatch.setattr(live, "_PERIOD", 0.0)


def add(settings: Settings, place: str, number: int) -> None:
    assert settings.index is not None
    text = NOTICE.format(place=place, number=number)
    (settings.docs / f"{place}.txt").write_text(text, encoding="utf-8")
    Library(settings.docs, settings.index, load_embedding("")).sync()


def add_elsewhere(settings: Settings, path: Path) -> None:
    command = [sys.executable, "-m", "assistant", "docs", "add", str(path)]
    folders = ["--docs", str(settings.docs), "--index", str(settings.index)]
    nothing = path.with_name("tiaowen.toml")
    nothing.touch()
    environ = {"PATH": os.environ["PATH"], "TIAOWEN_CONFIG": str(nothing)}
    subprocess.run([*command, *folders], cwd=ROOT, env=environ, capture_output=True, check=True)


def awaited(holds: Callable[[], bool]) -> bool:
    """Tell whether something comes to hold before long."""
    end = time.monotonic() + PATIENCE
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(0.01)
    return held


def sources(current: Callable[[], Edition]) -> set[str]:
    return {document.source for document in current().documents}


def test_a_document_that_another_process_adds_answers(settings: Settings, tmp_path: Path) -> None:
    current = open_live(settings)
    before = current()
    assert "120人" not in before.ask(QUESTION).text
    path = tmp_path / "new.txt"
    path.write_text(NOTICE.format(place="白河县", number=120), encoding="utf-8")
    add_elsewhere(settings, path)
    assert awaited(lambda: "120人" in current().ask(QUESTION).text)
    assert "120人" not in before.ask(QUESTION).text


def test_a_saved_index_alone_is_followed(settings: Settings) -> None:
    assert settings.index is not None
    current = live_of_index(settings.index, settings)
    add(settings, "白河县", 120)
    assert awaited(lambda: sources(current) == {"青山市.txt", "白河县.txt"})


def test_a_broken_new_index_leaves_the_old_one(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    assert settings.index is not None
    current = live_of_index(settings.index, settings)
    good = (settings.index / POINTER).read_bytes()
    (settings.index / POINTER).write_bytes(b"m-nothing.json")
    assert sources(current) == {"青山市.txt"}
    assert awaited(lambda: "cannot be served" in caplog.text)
    assert "90人" in current().ask("青山市每校招收多少人").text
    (settings.index / POINTER).write_bytes(good)
    add(settings, "白河县", 120)
    assert awaited(lambda: len(sources(current)) == 2)


def test_an_index_is_loaded_beside_the_one_that_answers(settings: Settings) -> None:
    assert settings.index is not None
    first = edition_of_index(settings.index, settings)
    may_load, loads = threading.Event(), []

    def load() -> Edition:
        loads.append(may_load.wait(PATIENCE))
        return edition_of_index(settings.index, settings)

    held = Live(settings.index, first, mark_of(settings.index), load)
    assert held.current() is first
    add(settings, "白河县", 120)
    assert all(held.current() is first for _ in range(20))
    may_load.set()
    assert awaited(lambda: held.current() is not first)
    assert loads == [True]


def test_the_last_document_may_go(settings: Settings) -> None:
    assert settings.index is not None
    current = open_live(settings)
    Library(settings.docs, settings.index, load_embedding("")).remove(["青山市"])
    assert awaited(lambda: not current().documents)
    assert current().ask("青山市每校招收多少人").text == NO_DOCUMENTS
    assert [answer.text for answer in current().stream("青山市每校招收多少人")] == [NO_DOCUMENTS]


def test_without_an_index_there_is_nothing_to_follow(settings: Settings) -> None:
    current = open_live(Settings(docs=settings.docs, index=None))
    assert current() is current()
