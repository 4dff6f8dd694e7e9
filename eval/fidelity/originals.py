"""Text files to originals: what the built files are made from and compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from eval.fidelity.blocks import Block, blocks_of
from index.errors import DocumentError
from index.loaders.files import read_folder
from index.loaders.source import SourceText
from index.parsing import metadata
from index.parsing.documents import parse_documents
from index.types import ParsedDocument

_FRONT = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_RANK = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_PLAIN = (".txt", ".md")


@dataclass(frozen=True, slots=True)
class Original:
    """A plain text with its documents (a plan, perhaps an 解读 behind it) and its layout."""

    stem: str
    text: str
    documents: tuple[ParsedDocument, ...]
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The title of the first document."""
        return self.documents[0].document.title


def read_originals(folder: Path) -> tuple[Original, ...]:
    """Read the plain texts below `folder`, in name order.

    Raises:
        DocumentError: if there is none, or one cannot be read.
        NoDocumentsError: if the folder is missing or empty.
    """
    found = tuple(original_of(source) for source in _sources(folder))
    if not found:
        raise DocumentError(f"文件夹 {folder} 里没有 .txt 或 .md 文件。")
    return found


def _sources(folder: Path) -> Iterator[SourceText]:
    for source in read_folder(folder):
        if isinstance(source, DocumentError):
            raise source
        if source.source.endswith(_PLAIN):
            yield source


def original_of(source: SourceText) -> Original:
    """Make the original of a plain text; a front matter becomes letterhead and colophon.

    No format but plain text has a front matter, so what it says is printed as an office prints it.
    """
    text = source.text
    if front := _FRONT.match(text):
        fields = dict(_fields(front[1]))
        body = _RANK.sub("", text[front.end() :]).strip("\n")
        text = "\n".join([*_letterhead(fields), body, *_colophon(fields)])
    documents = parse_documents(replace(source, text=text))
    return Original(source.stem, text, documents, blocks_of(documents))


def _fields(front: str) -> Iterator[tuple[str, str]]:
    for line in front.split("\n"):
        if value := metadata.read_field(line):
            yield value.name, line[value.start : value.end]


def _letterhead(fields: Mapping[str, str]) -> Iterator[str]:
    if "发文机关" in fields and "发文字号" in fields:
        yield f"{fields['发文机关']}文件"
        yield fields["发文字号"]


def _colophon(fields: Mapping[str, str]) -> Iterator[str]:
    if "抄送" in fields:
        yield f"抄送：{fields['抄送']}。"
    if date := fields.get("印发日期") or fields.get("成文日期"):
        yield f"{date}印发"
