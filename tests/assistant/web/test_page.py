"""The real page on a loopback port, asked over its HTTP interface."""

from __future__ import annotations

import html
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn, cast

import httpx
import pytest
from gradio_client import Client  # type: ignore[import-untyped]

from assistant.edition import Edition, open_edition
from assistant.engine import Assistant
from assistant.live import open_live
from assistant.settings import Settings
from assistant.web.address import AddressError
from assistant.web.page import EXAMPLES, SORRY, Current, build_page, example_questions, launch
from assistant.web.render import NO_CITATIONS
from index.embedding import load_embedding
from index.storage.library import Library
from index.types import Document

QUESTION = "高平中专2022年招生目标是多少"
FOLLOW_UP = "那2025年呢？"
NUMBER = "高政办发〔2021〕37号"
LATER = "{place}教育局关于招生的通知\n一、名额\n{place}每校招收{number}人。\n"
HOSTILE = '<img src=x onerror="alert(1)"> **粗** [链](http://evil.example) ${1+1} {{x}}'


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _served(current: Current) -> Iterator[str]:
    port = _free_port()
    page = launch(current, "127.0.0.1", port, wait=False)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        page.close(verbose=False)


@pytest.fixture(scope="module")
def edition() -> Edition:
    """The documents that come with the project."""
    return open_edition(Settings(index=None))


@pytest.fixture(scope="module")
def address(edition: Edition) -> Iterator[str]:
    """The address of the running page."""
    yield from _served(lambda: edition)


class _BrokenAssistant:
    def __init__(self, documents: tuple[Document, ...]) -> None:
        self.documents = documents

    def stream(self, *_: object) -> NoReturn:
        raise RuntimeError


@pytest.fixture
def broken_address(edition: Edition) -> Iterator[str]:
    """The address of a page whose assistant fails."""
    broken = Edition(cast(Assistant, _BrokenAssistant(edition.documents)), {})
    yield from _served(lambda: broken)


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    """A new session of the page."""
    yield from _session(address)


def _session(address: str) -> Iterator[Client]:
    client = Client(address, verbose=False, analytics_enabled=False)
    try:
        yield client
    finally:
        client.close()


def _chat(client: Client, question: str) -> tuple[list[str], str]:
    messages, panel, _ = client.predict(question, api_name="/chat")
    return _texts(messages), panel


def _texts(messages: list[dict[str, Any]]) -> list[str]:
    return ["".join(part["text"] for part in message["content"]) for message in messages]


def _read(markdown: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markdown))


def test_the_endpoint_answers_with_citations(client: Client) -> None:
    text, citations = client.predict(QUESTION, api_name="/ask")
    assert "20%" in text
    first = citations[0]
    assert {"marker", "clause_path", "quote", "place", "notes"} <= set(first)
    assert first["number"] == NUMBER
    assert first["quote"] in first["text"]


def test_the_endpoint_leaves_the_chat_alone(client: Client) -> None:
    client.predict(QUESTION, api_name="/ask")
    texts, _ = _chat(client, QUESTION)
    assert len(texts) == 2


def test_the_chat_answers_beside_the_cited_clause(client: Client) -> None:
    texts, panel = _chat(client, QUESTION)
    assert texts[0] == QUESTION
    assert "20%" in _read(texts[1])
    assert "(#cite-0-1)" in texts[1]
    assert 'id="cite-0-1"' in panel
    assert NUMBER in panel
    assert "<mark>" in panel


def test_the_answer_grows_and_the_box_is_emptied_first(client: Client) -> None:
    job = client.submit(QUESTION, api_name="/chat")
    job.result(timeout=60)
    outputs = job.outputs()
    assert len(outputs) > 1
    assert outputs[0][2] == ""
    assert _texts(outputs[0][0]) == [QUESTION]


def test_a_follow_up_is_understood(client: Client) -> None:
    _chat(client, QUESTION)
    texts, panel = _chat(client, FOLLOW_UP)
    assert len(texts) == 4
    assert "25%" in _read(texts[3])
    assert 'id="cite-0-1"' in panel
    assert 'id="cite-1-1"' in panel


def test_sessions_do_not_mix(address: str, client: Client) -> None:
    _chat(client, QUESTION)
    for other in _session(address):
        texts, panel = _chat(other, FOLLOW_UP)
        assert len(texts) == 2
        assert QUESTION not in panel
    texts, _ = _chat(client, FOLLOW_UP)
    assert texts[0] == QUESTION
    assert len(texts) == 4


def test_clearing_forgets_the_conversation(client: Client) -> None:
    _chat(client, QUESTION)
    messages, panel, box = client.predict(api_name="/clear")
    assert (messages, box) == ([], "")
    assert NO_CITATIONS in panel
    texts, _ = _chat(client, QUESTION)
    assert len(texts) == 2


def test_hostile_words_stay_words(client: Client) -> None:
    texts, panel = _chat(client, HOSTILE)
    assert html.unescape(texts[0]) == HOSTILE
    for shown in (*texts, panel):
        assert "<img" not in shown
        assert "](http" not in shown
        assert "${" not in shown
        assert "{{" not in shown


@pytest.mark.parametrize("question", ["", "   ", "长" * 10_000])
def test_empty_and_endless_questions_get_a_kind_word(client: Client, question: str) -> None:
    texts, _ = _chat(client, question)
    assert len(texts) == 2
    assert texts[1]
    text, _ = client.predict(question, api_name="/ask")
    assert text


def test_a_failure_is_told_kindly_and_the_question_is_kept(
    broken_address: str, caplog: pytest.LogCaptureFixture
) -> None:
    for client in _session(broken_address):
        messages, _, box = client.predict(QUESTION, api_name="/chat")
        assert _texts(messages) == [QUESTION, SORRY]
        assert box == QUESTION
    assert "could not be answered" in caplog.text


def test_the_page_is_served_without_foreign_addresses(address: str) -> None:
    page = httpx.get(address, trust_env=False).text
    assert "条问" in page
    assert "fonts.googleapis" not in page
    assert not re.search(r"<(?:script|link)[^>]+(?:src|href)=\"https?://", page)


def test_a_page_answers_from_a_document_that_came_later(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    settings = Settings(docs=tmp_path / "docs", index=tmp_path / "index")
    library = Library(settings.docs, tmp_path / "index", load_embedding(""))
    (settings.docs / "a.txt").write_text(LATER.format(place="青山市", number=90), encoding="utf-8")
    for address in _served(open_live(settings)):
        for client in _session(address):
            assert "120人" not in client.predict("白河县每校招收多少人", api_name="/ask")[0]
            text = LATER.format(place="白河县", number=120)
            (settings.docs / "b.txt").write_text(text, encoding="utf-8")
            library.sync()
            end = time.monotonic() + 60
            while time.monotonic() < end:
                if "120人" in client.predict("白河县每校招收多少人", api_name="/ask")[0]:
                    return
    pytest.fail("the new document does not answer")


def test_a_page_opened_later_lists_the_documents_of_its_day(
    edition: Edition, tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_text(LATER.format(place="白河县", number=120), encoding="utf-8")
    later = open_edition(Settings(docs=tmp_path, index=None))
    editions = [edition]
    page = build_page(lambda: editions[-1])
    (load,) = [fn for fn in page.fns.values() if any(event == "load" for _, event in fn.targets)]
    assert "共6份" in load.fn()[1]
    editions.append(later)
    chat, library = load.fn()
    assert "共1份" in library
    assert "白河县" in library
    assert all("白河县" in example["text"] for example in chat.examples)


def test_the_address_is_printed(edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    port = _free_port()
    launch(lambda: edition, "127.0.0.1", port, wait=False).close(verbose=False)
    assert capsys.readouterr().out == f"打开 http://127.0.0.1:{port}\n"


def test_a_taken_port_is_told_in_chinese(edition: Edition) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        with pytest.raises(AddressError, match=f"端口{port}已被别的程序占用"):
            launch(lambda: edition, "127.0.0.1", port, wait=False)


def test_an_address_of_another_machine_is_told_in_chinese(edition: Edition) -> None:
    with pytest.raises(AddressError, match=r"192\.0\.2\.1"):
        launch(lambda: edition, "192.0.2.1", _free_port(), wait=False)


def test_examples_name_the_documents(edition: Edition) -> None:
    questions = example_questions(edition.documents)
    assert len(questions) == len(EXAMPLES)
    titles = [document.title for document in edition.documents]
    assert all(any(title.strip("《》") in question for title in titles) for question in questions)
    assert example_questions(()) == ()
