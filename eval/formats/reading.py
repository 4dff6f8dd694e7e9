"""Reading files so that every error says, in Chinese, which file and which line is wrong."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from index.errors import TiaoWenError

Record: TypeAlias = Mapping[str, object]


class FormatError(TiaoWenError):
    """A file is not of the format it is read as. The message names the file and the place."""


def read_text(path: Path) -> str:
    """Read a UTF-8 file, with or without a byte order mark; `.xz` is unpacked.

    Raises:
        FormatError: if it cannot be read, unpacked or decoded.
    """
    try:
        data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise FormatError(f"{path}：读不出来（{error}）。") from error


def read_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the lines that are not blank, each with its place: `文件 第 3 行`."""
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            yield f"{path} 第 {number} 行", line.rstrip("\r")


def read_json(path: Path) -> Record:
    """Read a file that is one JSON object.

    Raises:
        FormatError: if it is not.
    """
    return _object(path, read_text(path), str(path))


def read_records(path: Path) -> Iterator[tuple[str, Record]]:
    """Yield the objects of a JSON Lines file, each with its place.

    Raises:
        FormatError: if a line is no JSON object.
    """
    for place, line in read_lines(path):
        yield place, _object(path, line, place)


def _object(path: Path, text: str, place: str) -> Record:
    try:
        value = json.loads(text)
    except ValueError as error:
        if isinstance(error, json.JSONDecodeError) and place == str(path):
            place = f"{path} 第 {error.lineno} 行"
        raise FormatError(f"{place}：不是合法的 JSON（{error}）。") from error
    if not isinstance(value, dict):
        raise FormatError(f"{place}：应当是一个 JSON 对象。")
    return value


def string(record: Record, name: str, place: str, default: str | None = None) -> str:
    """Return a field that must be a string; a number is taken as its digits.

    Raises:
        FormatError: if it is missing and there is no default, or of another type.
    """
    value = record.get(name, default)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise FormatError(f"{place}：字段 {name} 缺失或不是字符串。")
    return value


def records(record: Record, name: str, place: str) -> tuple[Record, ...]:
    """Return a field that must be a list of objects.

    Raises:
        FormatError: if it is not.
    """
    value = record.get(name)
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise FormatError(f"{place}：字段 {name} 应当是对象的列表。")
    return tuple(value)


def find(folder: Path, name: str) -> Path:
    """Return `folder/name`, or `folder/name.xz` where only that is there.

    Raises:
        FormatError: if neither exists.
    """
    for path in (folder / name, folder / f"{name}.xz"):
        if path.is_file():
            return path
    raise FormatError(f"{folder}：没有 {name}（或 {name}.xz）。")
