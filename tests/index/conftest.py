"""Ways to put a text through the package in one call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.build import build_store, read_library
from index.loaders.source import SourceText
from index.parsing.documents import parse_documents
from index.storage.store import ClauseStore
from index.types import ParsedDocument

Parse = Callable[[str], tuple[ParsedDocument, ...]]

_NOTICE = "青山市教育局关于做好招生工作的通知\n一、时间\n六月一日报名。\n二、学校\n招生三百人。\n"
_RULES = "白河市学校安全办法\n第一条 学校每学期演练两次。\n第二条 校车由公安部门管理。\n"


@pytest.fixture
def parse() -> Parse:
    """Parse a made-up file, called d.txt."""
    return lambda text: parse_documents(SourceText("d", "d.txt", text, "0" * 64))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A folder with two made-up documents."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "notice.txt").write_text(_NOTICE, encoding="utf-8")
    (folder / "rules.txt").write_text(_RULES, encoding="utf-8")
    return folder


@pytest.fixture
def store(library: Path, embedding) -> ClauseStore:
    """An index of the two made-up documents."""
    return build_store(read_library(library).parsed, embedding)
