"""Files that are whole or not there: written through to the disk, read with their hash."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from index.errors import BrokenIndexError


def read_intact(path: Path, expected: str) -> bytes:
    """Read a file whose hash is known.

    Raises:
        BrokenIndexError: if it is gone or altered.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BrokenIndexError(f"索引不完整（缺 {path}），请重新建立索引。") from error
    if hash_of(data) != expected:
        raise BrokenIndexError(f"索引已损坏（{path}），请重新建立索引。")
    return data


def hash_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_durably(path: Path, data: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
