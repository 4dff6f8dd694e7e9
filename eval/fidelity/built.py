"""Pure: what a builder makes of an original."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Built:
    """The bytes of a file; `pages` is 0 for formats without pages of their own."""

    data: bytes
    pages: int = 0
