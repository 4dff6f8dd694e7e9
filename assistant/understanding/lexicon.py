"""Everyday words and official ones as the same concept; place names. Read once, then pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from index.analyzer import folded
from index.errors import TiaoWenError


class LexiconError(TiaoWenError):
    """The lexicon of an office cannot be read."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts: `groups` maps a word to all words of its line(s), itself included."""

    groups: dict[str, frozenset[str]]
    longest: int

    def match(self, text: str, position: int) -> str:
        """Return the longest word of the lexicon that starts at `position`, or ""."""
        for length in range(min(self.longest, len(text) - position), 0, -1):
            word = text[position : position + length]
            if word in self.groups:
                return word
        return ""

    def alternatives(self, word: str) -> frozenset[str]:
        """Return the words that mean the same, `word` included."""
        return self.groups.get(word, frozenset({word}))


def parse_lexicon(text: str) -> Lexicon:
    """Read one concept a line; `#` opens a comment. Words are brought to search form."""
    groups: dict[str, set[str]] = {}
    for line in folded(text).splitlines():
        words = set(line.partition("#")[0].split())
        for word in words:
            groups.setdefault(word, set()).update(words)
    longest = max(map(len, groups), default=1)
    return Lexicon({word: frozenset(group) for word, group in groups.items()}, longest)


@lru_cache(maxsize=4)
def load_lexicon(extra: str = "") -> Lexicon:
    """Load the built-in lexicon, and the file `extra` of an office on top of it.

    Raises:
        LexiconError: if `extra` cannot be read as UTF-8.
    """
    text = files("assistant.understanding").joinpath("lexicon.txt").read_text(encoding="utf-8")
    if extra:
        try:
            text += "\n" + Path(extra).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise LexiconError(f"同义词文件 {extra} 读不出来：{error}") from error
    return parse_lexicon(text)


@lru_cache(maxsize=1)
def place_pattern() -> re.Pattern[str]:
    """Load the names of provinces, prefectures and county-level cities as one pattern.

    A name that is a common word too matches only with the suffix of a place behind it, and none
    across words that count or point: 多少天津贴, 哪个旧办法. Or somebody says to be from there (俺是长治的), or
    the name, as that of a county or district, stands right behind the place it lies in, which is blanked
    with NUL: 成都青羊的.
    """
    names, counties = _names("places.txt"), _names("counties.txt")
    plain = "|".join(name for name in names if not name.endswith("*"))
    common = "|".join(name.rstrip("*") for name in names if name.endswith("*"))
    small = "|".join(counties)
    return re.compile(
        rf"(?<![几少每两哪这那\d])(?:{plain}|(?:{common})(?=[市州县]))"
        rf"|(?<=[我俺咱们]是)(?:{common}|{small})(?=的|人|这[边儿里]|那[边儿里]|[,，])"
        rf"|(?<=\0)(?:{small})(?=[的这那职中学,，]|$)"
    )


def _names(file: str) -> list[str]:
    text = files("assistant.understanding").joinpath(file).read_text(encoding="utf-8")
    return sorted(re.sub(r"#.*", "", text).split(), key=len, reverse=True)
