"""The documents within a .zip file, with limits on what it may unpack to."""

from __future__ import annotations

import posixpath
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from index.errors import DocumentError
from index.loaders.formats import ARCHIVES, KNOWN, check, suffix_of
from index.loaders.sniff import sniff

MAX_MEMBERS = 1000
MAX_UNPACKED = 512 * 2**20
MAX_DEPTH = 2
_MAX_RATIO = 200
_SMALL = 16 * 2**20
_ENCRYPTED = 0x1
_UTF_8 = 0x800


@dataclass(slots=True)
class _Budget:
    """What a file and the archives within it may still unpack."""

    members: int = MAX_MEMBERS
    unpacked: int = MAX_UNPACKED

    def spend(self, members: list[ZipInfo], name: str) -> None:
        self.members -= len(members)
        self.unpacked -= sum(info.file_size for info in members)
        if self.members < 0:
            raise DocumentError(f"{name}：压缩包里的文件太多（上限 {MAX_MEMBERS} 个），没有读。")
        if self.unpacked < 0:
            raise DocumentError(
                f"{name}：压缩包解开后太大（上限 {MAX_UNPACKED >> 20} MB），没有读。"
            )


Member = tuple[str, bytes | DocumentError]


def is_archive(data: bytes, name: str) -> bool:
    """Tell whether a file is to be unpacked: named an archive, and none of the other zip kinds."""
    return suffix_of(name) in ARCHIVES and sniff(data) in ("", ".zip")


def unpack(data: bytes, name: str) -> Iterator[Member]:
    """Yield (name, bytes) of each document in a .zip file, or the error that says why not.

    Names are `name/folder/file`; archives within are unpacked up to `MAX_DEPTH`. Hidden files,
    a README and files of unknown kinds are passed over, as in a folder.
    """
    yield from _unpack(data, name, 1, _Budget())


def _unpack(data: bytes, name: str, depth: int, budget: _Budget) -> Iterator[Member]:
    try:
        file = ZipFile(BytesIO(data))
        members = [info for info in file.infolist() if not info.is_dir()]
        budget.spend(members, name)
    except DocumentError as error:
        yield name, error
        return
    except Exception:  # zipfile stumbles over damage in many ways
        yield name, DocumentError(f"{name}：压缩包打不开，可能已损坏或没有下载完整。")
        return
    found = [(member_name(info), info) for info in members]
    found = sorted((path, info) for path, info in found if is_wanted(path)) if found else []
    if not found:
        yield name, DocumentError(f"{name}：压缩包里没有可读的文档。")
    for path, info in found:
        yield from _member(file, info, f"{name}/{path}", path, depth, budget)


def _member(
    file: ZipFile, info: ZipInfo, name: str, path: str, depth: int, budget: _Budget
) -> Iterator[Member]:
    try:
        data = _read(file, info, name, path)
    except DocumentError as error:
        yield name, error
        return
    if not is_archive(data, name):
        yield name, data
    elif depth < MAX_DEPTH:
        yield from _unpack(data, name, depth + 1, budget)
    else:
        yield name, DocumentError(f"{name}：压缩包套了太多层（上限 {MAX_DEPTH} 层），没有读。")


def _read(file: ZipFile, info: ZipInfo, name: str, path: str) -> bytes:
    if path.startswith("/") or re.match("[A-Za-z]:", path) or ".." in path.split("/"):
        raise DocumentError(f"{name}：压缩包里的路径指到了文件夹外面，为安全起见没有读。")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise DocumentError(f"{name}：压缩包里的这一项只是链接，没有读。")
    if info.flag_bits & _ENCRYPTED:
        raise DocumentError(f"{name}：压缩包有密码，读不出来。请解压后再放进来。")
    check(name, info.file_size)
    if info.file_size > max(_SMALL, _MAX_RATIO * info.compress_size):
        raise DocumentError(f"{name}：压缩比高得不正常，可能是压缩炸弹，没有读。")
    try:
        return file.read(info)
    except Exception as error:
        raise DocumentError(f"{name}：压缩包里的这个文件已损坏，读不出来。") from error


def member_name(info: ZipInfo) -> str:
    """Return the path of a member; names without a mark are UTF-8 or, from Windows, GB18030."""
    name = info.orig_filename
    if not info.flag_bits & _UTF_8:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            break
    return name.partition("\0")[0].replace("\\", "/")


def is_wanted(path: str) -> bool:
    """Tell whether a relative path names a document, not a hidden file, a lock or a README."""
    parts = [part for part in path.split("/") if part not in ("", ".", "..")]
    if any(part.startswith((".", "~$", "__MACOSX")) for part in parts):
        return False
    stem, suffix = posixpath.splitext(parts[-1] if parts else "")
    return stem.lower() != "readme" and suffix.lower() in KNOWN
