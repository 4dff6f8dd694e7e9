"""The file beside a document that corrects what is read from it: NAME.docx.meta.toml."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

from index.parsing import metadata

_MAX_BYTES = 64 * 2**10
_KNOWN = frozenset((*metadata.FIELD_NAMES.values(), *metadata.FIELD_LABELS))
# TOML wants quotes around Chinese keys; nobody writes them.
_BARE_KEY = re.compile(r"^(\s*)([^\W\d]\w*)(?=\s*=)", re.MULTILINE)


def find_sidecar(path: Path) -> Path | None:
    """Return the sidecar of a document, NAME.docx.meta.toml before NAME.meta.toml."""
    beside = (path.with_name(f"{stem}.meta.toml") for stem in (path.name, path.stem))
    return next(filter(Path.is_file, beside), None)


def read_sidecar(path: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the fields beside a document by their Chinese names, and warnings in Chinese.

    A broken sidecar gives no fields and a warning.
    """
    sidecar = find_sidecar(path)
    if sidecar is None:
        return {}, ()
    try:
        with sidecar.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
        if len(data) > _MAX_BYTES:
            raise ValueError(f"{len(data)} bytes")
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        return _fields(tomllib.loads(_BARE_KEY.sub(r'\1"\2"', text)), sidecar.name)
    except (OSError, ValueError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"第{line[1]}行有误" if line else "内容有误"
        return {}, (f"{sidecar.name} 读不出来（{where}），其中的更正没有用上。",)


def _fields(values: dict[str, object], name: str) -> tuple[dict[str, str], tuple[str, ...]]:
    fields: dict[str, str] = {}
    warnings: list[str] = []
    for key, value in values.items():
        shown = _shown(value)
        chinese = metadata.field_name(key)
        if not shown or chinese not in _KNOWN:
            warnings.append(f"{name} 里的“{key}”认不出来，没有用上。")
        else:
            fields[chinese] = shown
    return fields, tuple(warnings)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "、".join(map(_shown, value))
    if isinstance(value, date):
        return value.isoformat()[:10]
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value).strip() if plain else ""
