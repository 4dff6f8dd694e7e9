"""What can be configured, read once from a file and the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from index.errors import TiaoWenError

ROOT = Path(__file__).resolve().parent.parent
FILE = "tiaowen.toml"


class SettingsError(TiaoWenError):
    """A setting is unknown or has no sensible value."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How an assistant is put together.

    `docs` is the folder that is answered from; `index` where its index is kept, None for in
    memory only; `embedding` a model folder or name, "" for the built-in one; `lexicon` a file
    with words of the office's own; `threshold` the least confidence, 0-1, below which an
    answer is refused, None for the calibrated one.
    """

    docs: Path = ROOT / "docs_src"
    index: Path | None = ROOT / ".index"
    embedding: str = ""
    lexicon: str = ""
    threshold: float | None = None
    host: str = "127.0.0.1"
    port: int = 7860


def read_settings(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read `tiaowen.toml` (when there is one) and `TIAOWEN_*` variables over the defaults.

    Raises:
        SettingsError: if a name is unknown or a value has the wrong type.
    """
    file = path or Path(environ.get("TIAOWEN_CONFIG", ROOT / FILE))
    values: dict[str, Any] = {}
    if path is None and "TIAOWEN_CONFIG" in environ and not file.is_file():
        raise SettingsError(f"找不到配置文件 {file}")
    if file.is_file():
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"配置文件 {file} 写得不对：{error}") from error
    names = {field.name for field in fields(Settings)}
    for name in names:
        if f"TIAOWEN_{name.upper()}" in environ:
            values[name] = environ[f"TIAOWEN_{name.upper()}"]
    unknown = set(values) - names
    if unknown:
        raise SettingsError(f"配置文件 {file} 里有不认识的设置：{'、'.join(sorted(unknown))}")
    typed: dict[str, Any] = {name: _typed(name, value) for name, value in values.items()}
    return replace(Settings(), **typed)


def _typed(name: str, value: object) -> object:
    try:
        if name == "port":
            return _within(int(str(value)), 0, 65535)
        if name == "threshold":
            return _within(float(str(value)), 0.0, 1.0)
        if not isinstance(value, str):
            raise ValueError(value)
        return Path(value).expanduser() if name in ("docs", "index") else value
    except ValueError as error:
        raise SettingsError(f"设置 {name} 的值 {value!r} 不对") from error


def _within(value: float, low: float, high: float) -> float:
    if not low <= value <= high:
        raise ValueError(value)
    return value
