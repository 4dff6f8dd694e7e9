"""What is installed, which files can be read, which model and index are active, what is wrong."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.settings import Settings
from index.build import read_library, require_documents
from index.embedding import Embedding, load_embedding
from index.errors import TiaoWenError
from index.loaders.files import list_documents
from index.loaders.formats import ARCHIVES, FORMATS
from index.loaders.office import extract_office, find_libreoffice
from index.storage.manifest import Manifest, read_manifest
from index.storage.plan import plan_for
from index.storage.store import load_store

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
    findings += [_formats(), _office(), _recognition()]
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


def _formats() -> Finding:
    suffixes = [name for name, kind in FORMATS.items() if kind.extract is not extract_office]
    return Finding("可读的文件", True, " ".join([*suffixes, *ARCHIVES]))


def _office() -> Finding:
    suffixes = " ".join(name for name, kind in FORMATS.items() if kind.extract is extract_office)
    if program := find_libreoffice():
        return Finding("旧版 Office 文件", True, f"{suffixes}，由 {program} 转换")
    text = f"没有 LibreOffice，{suffixes} 要先另存为 .docx 或 .xlsx"
    return Finding("旧版 Office 文件", True, text)


def _recognition() -> Finding:
    """Try to recognise a blank page, which loads all of its models."""
    import numpy as np  # noqa: PLC0415

    try:
        from index.loaders.ocr import recognise  # noqa: PLC0415

        recognise(np.full((64, 64, 3), 255, dtype=np.uint8), 1)
    except Exception as error:  # whatever a library stumbles over: pages of images stay unread
        return Finding("图片识别", False, f"不能用（{error}），请运行 make install")
    return Finding("图片识别", True, "扫描件和图片能识别，不需要联网")


def _documents(settings: Settings) -> Finding:
    try:
        if settings.index is None:
            return _read_now(settings.docs)
        paths = list_documents(settings.docs)
        require_documents(settings.docs, bool(paths), ())
    except TiaoWenError as error:
        return Finding("文档", False, str(error))
    text = f"{settings.docs}：{len(paths)} 个文件"
    try:
        files = read_manifest(settings.index).files
    except TiaoWenError:  # told of where the index is looked at
        return Finding("文档", True, text)
    refused = [entry.report.error for entry in files if entry.report.error]
    return Finding("文档", not refused, "；".join([text, *refused]))


def _read_now(docs: Path) -> Finding:
    library = read_library(docs)
    clauses = sum(len(item.clauses) for item in library.parsed)
    text = f"{docs}：{len(library.parsed)} 份，{clauses} 条"
    return Finding("文档", not library.problems, "；".join([text, *library.problems]))


def _index(settings: Settings, folder: Path | None, embedding: Embedding, own: bool) -> Finding:
    if folder is None:
        return Finding("索引", True, "每次在内存里建立")
    if own and not folder.exists():
        return Finding("索引", True, f"{folder} 还没有建立，第一次提问时会自动建立")
    try:
        manifest = read_manifest(folder)
        store = load_store(folder, embedding.name)
        stale = _stale(settings.docs, manifest) if own else ""
    except TiaoWenError as error:
        return Finding("索引", False, str(error))
    text = f"{folder}：{len(store.documents)} 份文件，{len(store.clauses)} 条"
    if hidden := manifest.documents - len(store.documents):
        text += f"，另有 {hidden} 份与它们重复或只是其要点"
    return Finding("索引", True, text + stale)


def _stale(docs: Path, manifest: Manifest) -> str:
    plan = plan_for(docs, manifest)
    if not plan.todo and not plan.gone:
        return "，与文档一致"
    changes = f"{len(plan.todo)} 个文件待读入，{len(plan.gone)} 个已不在"
    return f"（文档有变动：{changes}，下次提问时会更新）"
