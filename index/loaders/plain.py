"""Bytes of a text file to text: the encodings met in Chinese offices."""

from __future__ import annotations

import re

from index.errors import DocumentError
from index.loaders.source import Extracted

MAX_LINE = 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def extract_plain(data: bytes, name: str) -> Extracted:
    """Return the text of a .txt or .md file.

    Raises:
        DocumentError: if the bytes are empty, binary, undecodable, or hold an absurd line.
    """
    return Extracted(decode(data, name))


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030, the encodings met.

    Raises:
        DocumentError: if the bytes are empty, binary, undecodable, or hold an absurd line.
    """
    if not data.strip():
        raise DocumentError(f"{name}：文件是空的。")
    encodings = [enc for bom, enc in _BOMS if data.startswith(bom)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _checked(text.replace("\r\n", "\n").replace("\r", "\n"), name)
    raise DocumentError(f"{name}：认不出文字编码，请另存为 UTF-8 后再试。")


def _checked(text: str, name: str) -> str:
    if len(_CONTROL.findall(text[:65536])) > 4:
        raise DocumentError(f"{name}：这不是文本文件（含有二进制内容）。")
    if not text.strip():
        raise DocumentError(f"{name}：文件是空的。")
    if max(map(len, text.split("\n"))) > MAX_LINE:
        raise DocumentError(f"{name}：有一行超过 {MAX_LINE // 10000} 万字，不像是正常的文档。")
    return text
