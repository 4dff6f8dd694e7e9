"""Bytes of older and other office files to text, by way of LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from index.errors import DocumentError
from index.loaders.sheets import extract_xlsx
from index.loaders.sniff import sniff
from index.loaders.source import Extracted
from index.loaders.word import extract_docx

TIMEOUT = 120
# What a file may be by its bytes, and what it becomes. WPS writes Microsoft's formats.
_TARGETS = {".doc": ".docx", ".rtf": ".docx", ".odt": ".docx", ".xls": ".xlsx", ".ods": ".xlsx"}
_ITEM = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{}" '
    'oor:op="fuse"><value>{}</value></prop></item>'
)
_SETTINGS = (
    ("MacroSecurityLevel", "3"),
    ("DisableMacrosExecution", "true"),
    ("DisableActiveContent", "true"),
    ("BlockUntrustedRefererLinks", "true"),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items '
    'xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(_ITEM.format(name, value) for name, value in _SETTINGS)
    + "</oor:items>"
)


def extract_office(data: bytes, name: str) -> Extracted:
    """Return the text of a .doc, .wps, .rtf, .odt, .xls, .et or .ods file.

    It is converted in a folder and with a profile of its own; macros and links are never followed.

    Raises:
        DocumentError: if LibreOffice is not installed or cannot convert the file.
    """
    program = find_libreoffice()
    suffix = sniff(data)
    if suffix not in _TARGETS:
        raise DocumentError(f"{name}：内容不是能读的 Office 文件，可能已损坏或没有下载完整。")
    target = _TARGETS[suffix]
    if not program:
        raise DocumentError(
            f"{name}：读这种文件要用 LibreOffice，这台机器上没有。"
            f"请用 Word 或 WPS 另存为 {target}，或安装 LibreOffice 后再试。"
        )
    with TemporaryDirectory(prefix="tiaowen-") as folder:
        converted = _convert(program, data, suffix, target, Path(folder))
    if converted is None:
        raise DocumentError(
            f"{name}：LibreOffice 打不开它，可能有密码或已损坏。请另存为 {target} 后再试。"
        )
    return extract_xlsx(converted, name) if target == ".xlsx" else extract_docx(converted, name)


def find_libreoffice() -> str:
    """Return the path of LibreOffice's program, or "" where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def _convert(program: str, data: bytes, suffix: str, target: str, folder: Path) -> bytes | None:
    """Convert in `folder`; None when nothing came of it in time."""
    source, out, profile = folder / f"in{suffix}", folder / "out", folder / "profile"
    source.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", target[1:], "--outdir", str(out), str(source)),
    ]
    _run(command, folder)
    result = out / f"in{target}"
    return result.read_bytes() if result.is_file() else None


def _run(command: list[str], folder: Path) -> None:
    """Run a program and end it with all it has started when its time is up."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | {"HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
