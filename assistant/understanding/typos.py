"""Homophone typos: 高平中砖 → 高平中专, 招声 → 招生, by the words of the documents themselves.

A character is suspect when the language knows no word around it and no document holds it beside its
neighbours. It is replaced by one that sounds the same and makes a word of the documents with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from assistant.understanding.lexicon import Lexicon

Words = Callable[[str], Sequence[str]]

USUAL = 3
_HAN = re.compile(r"[\u4e00-\u9fff]+")
# Characters that stand beside anything: particles, pronouns, numerals, verbs of asking.
_FREE = frozenset(
    "的地得了着过吗呢吧啊呀嘛么是在有和与或及把被给对从到向往比跟同为以之其这那哪谁我你他她它们您咱俺俩"
    "一二三四五六七八九十百千万亿两几多少个所家名项条年月日号次不没别很太最更再又还也都就才只要能会可想让请问说看去来上下里外前后"
)


class Typos:
    """Corrects homophones in questions about one library."""

    def __init__(
        self, corpus: str, frequency: Callable[[str], int], lexicon: Lexicon, words: Words
    ) -> None:
        """Hold what the documents and the language know.

        Args:
            corpus: all text in search form.
            frequency: in how many clauses a pair of characters stands.
            lexicon: its words are known too.
            words: cuts a text into the words of the language.
        """
        self._frequency = frequency
        self._lexicon = lexicon
        self._words = words
        self._corpus = corpus

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        """The characters of the documents by sound; worked out when the first typo is suspected."""
        han = sorted(set("".join(_HAN.findall(self._corpus))))
        grouped: dict[str, list[str]] = {}
        for char, sound in zip(han, _sounds_of(han), strict=True):
            grouped.setdefault(sound, []).append(char)
        return grouped

    def corrected(self, text: str) -> str:
        """Return `text`, in search form, with its homophone typos mended."""
        alone = self._alone(text)
        for position in sorted(alone):
            near = [p for p in (position - 1, position + 1) if p in alone]
            if not any(map(self._is_known, _pairs(text, position))):
                text = text[:position] + self._better(text, position, near) + text[position + 1 :]
        return text

    def _alone(self, text: str) -> frozenset[int]:
        """Return the positions of characters that are no part of a word and may not stand free.

        A typo breaks a word, so what was beside it stands alone too.
        """
        alone: list[int] = []
        position = 0
        for word in self._words(text):
            position = text.find(word, position)
            if position < 0:
                break
            if len(word) == 1 and _HAN.match(word) and word not in _FREE:
                alone.append(position)
            position += len(word)
        return frozenset(alone)

    def _is_known(self, pair: str) -> bool:
        return self._frequency(pair) > 0 or pair in self._lexicon.groups

    def _better(self, text: str, position: int, near: Sequence[int]) -> str:
        """Return the homophone that makes the most frequent word with a neighbour, or the same."""
        same = text[position]
        scored = [
            (self._weight(char + text[p] if p > position else text[p] + char), char)
            for char in self._sounds.get(_sounds_of([same])[0], ())
            for p in near
        ]
        best = max(scored, default=(0, same))
        return best[1] if best[0] >= USUAL else same

    def _weight(self, pair: str) -> int:
        """Count a pair that is a word; letters that merely meet in the documents are none."""
        is_word = pair in self._lexicon.groups or len(self._words(pair)) == 1
        return self._frequency(pair) if is_word else 0


def _sounds_of(characters: Sequence[str]) -> list[str]:
    """Return the usual pinyin of each character, without tones."""
    # Imported here: a quarter second that questions without a typo need not pay.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return [lazy_pinyin(char)[0] for char in characters]


def _pairs(text: str, position: int) -> list[str]:
    """Return the pairs of Chinese characters that a position makes with its neighbours."""
    pairs = (text[max(position - 1, 0) : position + 1], text[position : position + 2])
    return [pair for pair in pairs if len(pair) == 2 and _HAN.fullmatch(pair)]
