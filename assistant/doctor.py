"""What is installed, which model and index are active, and what is wrong."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.settings import Settings
from index.build import fingerprint_sources, read_library
from index.embedding import Embedding, load_embedding
from index.errors import TiaoWenError
from index.store import load_store, read_manifest

PACKAGES = ("llama-index-core", "sentence-transformers", "faiss-cpu", "gradio", "bm25s", "torch")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    name: str
    is_well: bool
    text: str

    def as_dict(self) -> dict[str, object]:
        """Return the finding as a JSON object."""
        return {"name": self.name, "ok": self.is_well, "text": self.text}


def examine(settings: Settings, index: Path | None = None) -> list[Finding]:
    """Look at everything an answer needs; `index` overrides the index of the settings."""
    findings = [Finding("Python", True, platform.python_version()), *_packages()]
    try:
        embedding = load_embedding(settings.embedding)
    except TiaoWenError as error:
        return [*findings, Finding("嵌入模型", False, str(error)), _documents(settings)]
    model = f"{embedding.name}，{embedding.dim} 维"
    return [
        *findings,
        Finding("嵌入模型", True, model),
        _documents(settings),
        _index(settings, index or settings.index, embedding, own=index is None),
    ]


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, True, version(name))
        except PackageNotFoundError:
            yield Finding(name, False, "没有安装，请运行 make install")


def _documents(settings: Settings) -> Finding:
    try:
        library = read_library(settings.docs)
    except TiaoWenError as error:
        return Finding("文档", False, str(error))
    clauses = sum(len(item.clauses) for item in library.parsed)
    text = f"{settings.docs}：{len(library.parsed)} 份，{clauses} 条"
    return Finding("文档", not library.problems, "；".join([text, *library.problems]))


def _index(settings: Settings, folder: Path | None, embedding: Embedding, own: bool) -> Finding:
    if folder is None:
        return Finding("索引", True, "每次在内存里建立")
    if own and not folder.exists():
        return Finding("索引", True, f"{folder} 还没有建立，第一次提问时会自动建立")
    try:
        manifest = read_manifest(folder)
        load_store(folder, embedding.name)
        fresh = not own or manifest.sources == fingerprint_sources(settings.docs)
    except TiaoWenError as error:
        return Finding("索引", False, str(error))
    text = f"{folder}：{manifest.documents} 份文件，{manifest.clauses} 条"
    return Finding("索引", True, text if fresh else f"{text}（文档有变动，下次提问时会重新建立）")
