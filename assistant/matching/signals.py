"""How each word of a question is met by a sentence, its clause, and what the clause stands under."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.answering.terms import idf, word_count
from assistant.understanding.lexicon import Lexicon
from index.parsing.labels import chinese_number
from index.salience import Salience, scaled

Floats = NDArray[np.float32]
MOST = 48
OWN = ("length", "rarity", "digit", "size", "known")
_NUMERAL = "[一二两三四五六七八九十]"
_COUNTED = "个?[年月日天周岁名人次倍万元]|小时|分钟|个工作日|学时|课时"
# A number, a word in Latin letters, or a number in characters in front of what is counted.
_RUN = re.compile(
    rf"[a-z]+|\d+(?:\.\d+)?|(?<=百分之){_NUMERAL}{{1,3}}|{_NUMERAL}{{1,3}}(?={_COUNTED})"
)
_WHOLE = re.compile(rf"[a-z]+|\d+(?:\.\d+)?|{_NUMERAL}{{1,3}}")
_AMOUNT = re.compile(rf"(\d+|{_NUMERAL}{{1,3}})({_COUNTED})?")
RARITY = OWN.index("rarity")
MET = (
    "said", "said_clause", "said_context", "meant", "meant_around", "characters",
    "joined_before", "joined_after", "concept", "concept_said",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The sub-words of a question, the first `MOST` of them.

    `own` are the measures of `OWN`, shape (n, 5); `vectors` are longer for rarer words, shape (n,
    dimension);
    `alternatives` what may stand for each, itself included; `concepts` the longest phrase of the
    lexicon that each belongs to, "" for none; `joins` the characters on both sides of the gap to the next
    word, "" where there is a blank.
    """

    texts: tuple[str, ...]
    own: Floats
    vectors: Floats
    alternatives: tuple[frozenset[str], ...]
    concepts: tuple[str, ...]
    joins: tuple[str, ...]

    @property
    def directions(self) -> Floats:
        """The vectors at length one, shape (n, dimension)."""
        return scaled(self.vectors)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to compare, all of its clause, and what that stands under, in search form."""

    text: str
    clause: str
    above: str


def words_of(
    text: str,
    lexicon: Lexicon,
    salience: Salience,
    frequency: Callable[[str], int],
    size: int,
) -> Words:
    """Cut a question in search form; `frequency` tells in how many of `size` clauses a token stands."""
    words = _words(text, salience)[:MOST]
    texts = tuple(text[word.start : word.end] for word in words)
    held = [sorted(_concepts(text, w.start, w.end, lexicon), key=len) for w in words]
    counts = [word_count(word, frequency) for word in texts]
    own = [
        (word.length / 5, idf(count, size) / 8, float(said[0].isdigit()), len(said) / 4, count > 0)
        for word, said, count in zip(words, texts, counts, strict=True)
    ]
    following = [*words[1:], None][: len(words)]
    sums = [salience.vectors(word.numbers).sum(axis=0) for word in words]
    vectors = np.stack(sums) if sums else salience.vectors(())
    return Words(
        texts,
        np.array(own, np.float32).reshape(-1, len(OWN)),
        vectors,
        tuple(
            frozenset(
                w
                for w in {word}.union(*map(lexicon.alternatives, concepts))
                if w == word or word_count(w, frequency)
            )
            | same_number(word)
            for word, concepts in zip(texts, held, strict=True)
        ),
        tuple(concepts[-1] if concepts else "" for concepts in held),
        tuple(
            text[w.end - 1 : w.end + 1] if after and after.start == w.end else ""
            for w, after in zip(words, following, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """The sub-words `numbers` of `text[start:end]`; `length` is that of the longest vector."""

    start: int
    end: int
    numbers: tuple[int, ...]
    length: float


def _words(text: str, salience: Salience) -> list[_Word]:
    """Cut a text into sub-words; a number, or a word in Latin letters, is one as a whole."""
    runs = {place: run.span() for run in _RUN.finditer(text) for place in range(*run.span())}
    found: list[_Word] = []
    for piece in salience.pieces(text):
        start, end = runs.get(piece.start, (piece.start, piece.end))
        if piece.end > end:  # 一年 is a word of its own
            start, end = piece.start, piece.end
        if found and found[-1].start == start:
            last = found[-1]
            numbers = (*last.numbers, piece.number)
            found[-1] = _Word(start, end, numbers, max(last.length, piece.length))
        else:
            found.append(_Word(start, end, (piece.number,), piece.length))
    return found


def stands_in(word: str, text: str) -> bool:
    """Tell whether a word stands in a text, a number or a word in Latin letters as a whole."""
    if word not in text:
        return False
    if not _WHOLE.fullmatch(word):
        return not word[0].isdigit() or re.search(rf"(?<![\d.]){re.escape(word)}", text) is not None
    return word in _runs(text)


def same_number(word: str) -> frozenset[str]:
    """Return how else a whole number below 100 may be written (30, 三十; 两年, 2年), nothing for others."""
    amount = _AMOUNT.fullmatch(word)
    if amount is None:
        return frozenset()
    said, unit = amount[1], amount[2] or ""
    number = int(said) if said.isdecimal() else chinese_number(said)
    if not 0 < number < 100:
        return frozenset()
    tens, ones = divmod(number, 10)
    written = f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones]}"
    forms = {str(number), written, *(["两"] if number == 2 else [])}
    return frozenset(f"{form}{unit}" for form in forms) - {word}


_DIGITS = ("", *"一二三四五六七八九")


@lru_cache(maxsize=32768)  # the same for every question
def _runs(text: str) -> frozenset[str]:
    return frozenset(_RUN.findall(text))


def signals(words: Words, sentences: Sequence[Sentence]) -> Floats:
    """Measure every word against every sentence: shape (sentences, words, `len(MET)`), in 0-1."""
    texts = {text for p in sentences for text in (p.text, p.clause, p.above)}
    said = {text: np.array([stands_in(w, text) for w in words.texts], bool) for text in texts}
    meant = {
        text: said[text] | np.array([_any(a, text) for a in words.alternatives], bool)
        for text in texts
    }
    concept = np.array([bool(c) for c in words.concepts], bool)
    found = np.zeros((len(sentences), len(words.texts), len(MET)), np.float32)
    for row, p in zip(found, sentences, strict=True):
        joined = np.array([bool(j) and j in p.text for j in words.joins], bool)
        row[:, 0] = said[p.text]
        row[:, 1] = said[p.clause]
        row[:, 2] = said[p.above]
        row[:, 3] = meant[p.text]
        row[:, 4] = meant[p.clause] | meant[p.above]
        row[:, 5] = [sum(c in p.text for c in word) / len(word) for word in words.texts]
        row[1:, 6] = joined[:-1]
        row[:, 7] = joined
        row[:, 8] = concept
        row[:, 9] = [bool(c) and c in p.text for c in words.concepts]
    return found


def _any(words: frozenset[str], text: str) -> bool:
    return any(stands_in(word, text) for word in words)


def _concepts(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[str]:
    """Yield the words of the lexicon, of two characters or more, that hold `text[start:end]`."""
    for first in range(max(0, end - lexicon.longest), start + 1):
        for last in range(max(end, first + 2), min(len(text), first + lexicon.longest) + 1):
            if text[first:last] in lexicon.groups:
                yield text[first:last]
