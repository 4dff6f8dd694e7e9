"""How each word of a question is met by a sentence, its clause, and what the clause stands under."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answering.terms import idf, word_count
from assistant.understanding.lexicon import Lexicon
from index.salience import Salience, scaled

Floats = NDArray[np.float32]
MOST = 48
OWN = ("length", "rarity", "digit", "size", "known")
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
    pieces = salience.pieces(text)[:MOST]
    texts = tuple(text[piece.start : piece.end] for piece in pieces)
    numbers = [piece.number for piece in pieces]
    held = [sorted(_concepts(text, p.start, p.end, lexicon), key=len) for p in pieces]
    counts = [word_count(word, frequency) for word in texts]
    own = [
        (piece.length / 5, idf(count, size) / 8, float(word[0].isdigit()), len(word) / 4, count > 0)
        for piece, word, count in zip(pieces, texts, counts, strict=True)
    ]
    following = [*pieces[1:], None][: len(pieces)]
    return Words(
        texts,
        np.array(own, np.float32).reshape(-1, len(OWN)),
        salience.vectors(numbers),
        tuple(
            frozenset(
                w
                for w in {word}.union(*map(lexicon.alternatives, concepts))
                if w == word or word_count(w, frequency)
            )
            for word, concepts in zip(texts, held, strict=True)
        ),
        tuple(concepts[-1] if concepts else "" for concepts in held),
        tuple(
            text[p.end - 1 : p.end + 1] if after and after.start == p.end else ""
            for p, after in zip(pieces, following, strict=True)
        ),
    )


def signals(words: Words, sentences: Sequence[Sentence]) -> Floats:
    """Measure every word against every sentence: shape (sentences, words, `len(MET)`), in 0-1."""
    texts = {text for p in sentences for text in (p.text, p.clause, p.above)}
    said = {text: np.array([w in text for w in words.texts], bool) for text in texts}
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
    return any(map(text.__contains__, words))


def _concepts(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[str]:
    """Yield the words of the lexicon, of two characters or more, that hold `text[start:end]`."""
    for first in range(max(0, end - lexicon.longest), start + 1):
        for last in range(max(end, first + 2), min(len(text), first + lexicon.longest) + 1):
            if text[first:last] in lexicon.groups:
                yield text[first:last]
